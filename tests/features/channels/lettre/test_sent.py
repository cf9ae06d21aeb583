"""Files of sent letters: what the site sees of them, and everything that makes one refused."""

import json
from copy import deepcopy
from datetime import date
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from lettres import CALME, ENSEIGNE, NUMERO, envoi
from plans import said
from portail.features.channels.lettre.sent import check_envoi, sent_weeks

NAME = "newsletters/2021-s39.envoi.json"
LATER = date(2021, 10, 1)


def text_of(frozen):
    return json.dumps(frozen.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def of_week(issue, week, day):
    return envoi(issue.model_copy(update={"semaine": week, "jour": day}))


def told(text, name=NAME):
    data = text if isinstance(text, bytes) else text.encode()
    frozen, diagnostics = check_envoi(data, PurePosixPath("content", name))
    assert (frozen is None) == bool(diagnostics)
    return [
        f"{one.code} {one.position.line}:{one.position.column} {one.message}" for one in diagnostics
    ]


SAMPLE = json.loads(text_of(envoi()))
ISSUE = SAMPLE["editions"]["region"]
LINE = "editions.region.sections.0.groupes.0.lignes.0"
"""The place of the first content of « À savoir »."""


def changed(at, value):
    """The sample with ``value`` at a place: keys and ranks, with dots between."""
    data = deepcopy(SAMPLE)
    holder = data
    *above, last = at.split(".")
    for step in above:
        holder = holder[int(step) if step.isdecimal() else step]
    holder[last] = value
    return data


def codes(at, value, name=NAME):
    text = json.dumps(changed(at, value), ensure_ascii=False, indent=2)
    return [line.split()[0] for line in told(text, name)]


# ── What the site sees ───────────────────────────────────────────────────────────────


def test_the_site_has_the_weeks_in_order_as_they_were_written(tree):
    weeks = {
        "2021-s39": envoi(NUMERO, NUMERO.model_copy(update={"edition": "somme"})),
        "2021-s31": envoi(CALME),
        "2020-s53": of_week(CALME, "2020-s53", date(2020, 12, 31)),
    }
    files = {f"newsletters/{week}.envoi.json": text_of(one) for week, one in weeks.items()}
    site = tree.site(files, day=LATER)
    assert list(sent_weeks(site).items()) == sorted(weeks.items())
    assert sent_weeks(tree.site(day=LATER)) == weeks  # remembered, it says the same


def test_a_week_is_not_seen_before_the_day_it_was_frozen(tree):
    tree.site({NAME: text_of(envoi())})
    assert list(sent_weeks(tree.site(day=date(2021, 9, 29)))) == []
    assert list(sent_weeks(tree.site(day=date(2021, 9, 30)))) == ["2021-s39"]


def test_an_error_refuses_the_site_and_leaves_the_week_out_of_a_preview(tree):
    worse = text_of(envoi()).replace("Le ciel d’octobre", "a@a.fr b@b.fr c@c.fr")
    files = {NAME: worse, "articles/a": "x"}
    files["newsletters/2021-s31.envoi.json"] = text_of(envoi(CALME))
    result = tree.run(files, day=LATER)
    assert result.site is None
    assert [one.code for one in result.report] == ["E103", "E131"]
    (tree.root / "content/articles/a.md").unlink()
    assert list(sent_weeks(tree.site(day=LATER, preview=True))) == ["2021-s31"]
    again = tree.run(day=LATER)  # a fault is remembered as well
    assert [one.code for one in again.report] == ["E131"]
    mended = tree.site({NAME: text_of(envoi())}, day=LATER)  # what changes is checked again
    assert sent_weeks(mended)["2021-s39"] == envoi()
    spoilt = tree.run({NAME: worse}, day=LATER)
    assert [one.code for one in spoilt.report] == ["E131"]


def test_a_file_too_heavy_is_not_read(tree):
    report = tree.run({NAME: text_of(envoi()) + " " * 2_000_000}).report
    (only,) = said(report)
    start = f"{NAME}:1:1 E121 « 2021-s39.envoi.json » pèse 3 Mo ; la limite est de 2 Mo."
    assert only.startswith(start)


def test_a_sample_passes_whatever_its_ends_of_line():
    text = text_of(envoi())
    assert told(text) == told("\ufeff" + text.replace("\n", "\r\n")) == []


# ── What is refused ──────────────────────────────────────────────────────────────────


def test_every_fault_is_told_at_once_and_where_it_is():
    data = changed(f"{LINE}.url", "//pirate.example/")
    data["semaine"] = "2021-s40"
    data["editions"]["region"] |= {"jour": "2021-09-29", "sujet": "Deux\r\nlignes"}
    text = json.dumps(data, ensure_ascii=False, indent=2)
    rows = [row.split(" ", 2) for row in told(text)]
    places = {text.split("\n")[int(place.split(":")[0]) - 1].strip() for _, place, _ in rows}
    assert {code for code, _, _ in rows} == {"E129", "E130"}
    assert places >= {
        '"semaine": "2021-s40",', '"url": "//pirate.example/",', '"sujet": "Deux\\r\\nlignes",',
        '"jour": "2021-09-29",',
    }  # fmt: skip


@cases(
    ("at", "value", "message"),
    [
        ("abonnes", [], "« abonnes » : cette clé n’existe pas ici."),
        ("format", 2, "« format » : cette valeur n’est pas de celles"),
        ("editions", [], "« editions » : un groupe entre accolades"),
        ("editions.region.sujet", 3, "« sujet » : un texte entre guillemets"),
        ("editions.region.jour", 1632960000, "« jour » : un jour est attendu"),
        ("editions.region.errata", "x", "« errata » : une liste entre crochets"),
        ("editions.region.apercu", "\ud800", "la moitié d’un signe"),
    ],
)
def test_the_form_is_that_of_a_sent_letter(at, value, message):
    (only,) = told(json.dumps(changed(at, value), indent=1))
    assert only.startswith("E128") and message in only


def test_every_key_is_there():
    data = {key: value for key, value in SAMPLE.items() if key != "semaine"}
    (only,) = told(json.dumps(data))
    assert only.startswith("E128 1:1 « semaine » : cette clé manque.")


@cases(
    ("at", "value"),
    [
        ("semaine", "2021-s54"),
        ("fige_le", "2021-09-26"),
        ("fige_le", "2921-09-30"),
        ("editions", {}),
        ("editions", {**SAMPLE["editions"], "../x": {**ISSUE, "edition": "../x"}}),
        ("editions.somme", ISSUE),
        ("editions.region.semaine", "2021-s38"),
        ("editions.region.jour", "2021-10-01"),
        ("editions.region.sections", [*ISSUE["sections"], ISSUE["sections"][-1]]),
        ("editions.region.sections.0.groupes", []),
        ("etats.articles/a", {"etat": "annule"}),
        ("etats.events/a", {"etat": "<b>"}),
        ("etats.events/a", {"etat": "x", "jours": ["2021-13-01"]}),
        ("etats.events/a", {"etat": "x", "jours": ["demain"]}),
    ],
)
def test_a_letter_that_contradicts_itself_is_refused(at, value):
    assert set(codes(at, value)) == {"E129"}


@pytest.mark.parametrize(
    "name",
    ["newsletters/2021-s38.envoi.json", "newsletters/2021/2021-s39.envoi.json"],
)
def test_the_file_is_where_its_week_says(name):
    assert codes("semaine", "2021-s39", name) == ["E129"]


@cases(
    "url",
    [
        "", "agenda/", "//pirate.example/", "/\\pirate.example/", "https://pirate.example/",
        "javascript:alert(1)", "/agenda/../../etc/", "/%2e%2e/", "/a//b/", "/agenda/ x", "/é/",
        "/agenda/\"onclick=", "/<script>",
    ],
)  # fmt: skip
def test_an_address_is_a_path_of_the_site(url):
    assert codes(f"{LINE}.url", url) == ["E130"]


@cases(
    ("at", "value"),
    [
        ("editions.region.sujet", ""),
        (f"{LINE}.titre", ""),
        ("editions.region.errata.0.titre", ""),
        ("editions.region.sections.3.lien.texte", "\u00a0"),
        ("editions.region.sections.4.groupes.1.liens.0.texte", ""),
        ("editions.region.errata.0.jour", "9999-12-31"),
        (f"{LINE}.ref", "articles"),
        (f"{LINE}.ref", "articles/../x"),
    ],
)
def test_a_value_is_what_its_place_takes(at, value):
    assert codes(at, value) == ["E130"]


@cases("url", ["/", "/agenda/?territoire=somme#jour", "/a/v1.2/c%C3%A9/"])
def test_paths_of_the_site_pass(url):
    assert codes(f"{LINE}.url", url) == []


@cases(
    ("key", "value"),
    [
        ("siteurl", ""), ("siteurl", "ftp://exemple.org"), ("siteurl", "https://exemple.org/"),
        ("siteurl", "https://exemple.org/?a=<b>"), ("siteurl", "javascript:alert(1)"),
        ("expediteur", "lettre@exemple.org, autre@exemple.org"), ("expediteur", "La lettre"),
        ("expediteur", "\"a b\"@exemple.org"), ("courriel", "a@b"),
        ("desabonnement", "mailto:a@exemple.org"), ("etiquette", "exemple.org"),
        ("nom", "Portail\r\nBcc: tous@exemple.org"), ("region", "x" * 2_001),
    ],
)  # fmt: skip
def test_the_masthead_is_one(key, value):
    assert "E130" in codes(f"enseigne.{key}", value)


@cases(
    "word",
    [
        "<p>Bonjour<script>alert(1)</script></p>", "<p onclick='x'>a</p>", "<h2>Titre</h2>",
        '<p><img src="https://pixel.example/a.gif"></p>', "<p style='color:red'>a</p>",
        '<p><a href="javascript:alert(1)">a</a></p>', '<p><a href="//pirate.example">a</a></p>',
        '<p><a href="data:text/html,x">a</a></p>', "<p>jamais refermé", "a < b", "<!-- -->",
    ],
)  # fmt: skip
def test_the_word_is_simple_html(word):
    assert codes("editions.region.mot", word) == ["E130"]


def test_a_word_may_hold_what_editors_write():
    word = (
        "<p>Bonjour,<br>voici <em>la</em> <strong>lettre</strong>\u00a0: « a &lt; b &amp; c »</p>"
        '\n<ul>\n<li><a href="https://a.example/?x=1&amp;y=2">un</a></li>\n</ul>\n<ol>\n'
        '<li><a href="/agenda/">deux</a></li>\n</ol>\n'
        '<p><a href="mailto:contact@musee.example">écrire au musée</a></p>'
    )
    assert codes("editions.region.mot", word) == []


@cases(
    ("at", "value"),
    [
        (f"{LINE}.titre", "Atelier \u202egnirts"),
        (f"{LINE}.details", "un\u2028deux"),
        ("editions.region.sujet", "\x1b[31mrouge"),
        ("editions.region.mot", "<p>a\u0000</p>"),
    ],
)
@cases("escaped", [False, True])
def test_hidden_signs_are_refused_however_they_are_written(at, value, escaped):
    rows = told(json.dumps(changed(at, value), ensure_ascii=escaped))
    # Written as such, a control character is no JSON either.
    assert rows and all(row.startswith(("E102", "E127", "E130")) for row in rows)
    assert escaped <= any(row.startswith("E102") for row in rows)


def test_no_list_of_addresses():
    def put(text):
        return codes(f"{LINE}.texte", text)

    first = ISSUE["sections"][0]["groupes"][0]["lignes"][0]
    people = [f"prenom{sign}@exemple.org" for sign in "abcdefghijkl"]
    assert put(", ".join(people[:2])) == []  # a summary may cite a contact
    assert put(", ".join(people[:3])) == put("zoe%40a.fr ali%40a.fr lea%40a.fr") == ["E131"]
    assert put(f"{people[0]} {people[1]} {ENSEIGNE.expediteur.upper()} contact@exemple.org") == []
    assert put("@zoe@mamot.fr @ali@mamot.fr @lea@mamot.fr") == []
    for count, expected in ((9, []), (10, ["E131"]), (12, ["E131"] * 3)):
        group = {"lignes": [{**first, "texte": f"Écrire à {one}."} for one in people[:count]]}
        assert codes("editions.region.sections.0.groupes", [group]) == expected
    assert codes("etats", {"events/a@b.fr": {"etat": "x"}}) == ["E129"]


HOSTILE_VALUES = [
    None, True, -1, 10**30, 1.5, "", "x", "é" * 3000, "\r\n", "\u202e", "\0", "a@b.fr", "/", "//",
    [], {}, [1], {"url": 1}, "9999-12-31", "0001-01-01", "2021-s39", "\ud800", "<p", "&amp",
]  # fmt: skip


def places(value, loc=()):
    rows = value.items() if isinstance(value, dict) else enumerate(value)
    inside = [(*loc, key) for key, _ in rows]
    below = [
        place
        for *_, key in inside
        if isinstance(value[key], dict | list)
        for place in places(value[key], (*loc, key))
    ]
    return inside + below


PLACES = places(SAMPLE)


@given(st.sampled_from(PLACES), st.sampled_from(HOSTILE_VALUES), st.booleans(), st.booleans())
def test_any_value_anywhere_is_accepted_or_told_of(place, value, added, escaped):
    data = deepcopy(SAMPLE)
    holder = data
    for step in place[:-1]:
        holder = holder[step]
    if added and isinstance(holder, dict):
        holder["de trop"] = value
    holder[place[-1]] = value
    text = json.dumps(data, ensure_ascii=escaped, indent=1).encode("utf-8", "surrogatepass")
    frozen, diagnostics = check_envoi(text, PurePosixPath("content", NAME))
    assert (frozen is None) == bool(diagnostics)
    if frozen:
        assert check_envoi(text_of(frozen).encode(), PurePosixPath("content", NAME)) == (frozen, ())


def test_what_is_not_text_says_where():
    data = text_of(envoi()).encode().replace(b"Le ciel", b"Le ci\xe8l")
    (only,) = told(data)
    assert only.startswith("E101")
    assert [row.split()[0] for row in told(b"")] == ["E127"]
