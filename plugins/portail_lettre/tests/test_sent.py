"""Files of sent letters: what the site sees of them, and everything that makes one refused."""

from datetime import date
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from lettres import CALME, ENSEIGNE, NUMERO, envoi
from plans import said
from portail_lettre.sent import check_envoi, frozen_text, sent_weeks

NAME = "newsletters/2021-s39.envoi.html"
LATER = date(2021, 10, 1)
REFUSED = rows_of("portail_lettre/tests/refus.yml")


def of_week(issue, week, day):
    return envoi(issue.model_copy(update={"semaine": week, "jour": day}))


def told(text, name=NAME):
    data = text if isinstance(text, bytes) else text.encode()
    frozen, diagnostics = check_envoi(data, PurePosixPath("content", name))
    assert (frozen is None) == bool(diagnostics)
    return [
        f"{one.code} {one.position.line}:{one.position.column} {one.message}" for one in diagnostics
    ]


SAMPLE = frozen_text(envoi())


def changed(old, new):
    assert old in SAMPLE, old
    return SAMPLE.replace(old, new, 1)


def codes(text, name=NAME):
    return [line.split()[0] for line in told(text, name)]


# ── What the site sees ───────────────────────────────────────────────────────────────


def test_the_site_has_the_weeks_in_order_as_they_were_written(tree):
    weeks = {
        "2021-s39": envoi(NUMERO, NUMERO.model_copy(update={"edition": "somme"})),
        "2021-s31": envoi(CALME),
        "2020-s53": of_week(CALME, "2020-s53", date(2020, 12, 31)),
    }
    files = {f"newsletters/{week}.envoi.html": frozen_text(one) for week, one in weeks.items()}
    site = tree.site(files, day=LATER)
    assert list(sent_weeks(site).items()) == sorted(weeks.items())
    assert sent_weeks(tree.site(day=LATER)) == weeks  # remembered, it says the same


def test_a_week_is_not_seen_before_the_day_it_was_frozen(tree):
    tree.site({NAME: frozen_text(envoi())})
    assert list(sent_weeks(tree.site(day=date(2021, 9, 29)))) == []
    assert list(sent_weeks(tree.site(day=date(2021, 9, 30)))) == ["2021-s39"]


def test_an_error_refuses_the_site_and_leaves_the_week_out_of_a_preview(tree):
    worse = frozen_text(envoi()).replace("Le ciel d’octobre", "a@a.fr b@b.fr c@c.fr")
    files = {NAME: worse, "articles/a": "x"}
    files["newsletters/2021-s31.envoi.html"] = frozen_text(envoi(CALME))
    result = tree.run(files, day=LATER)
    assert result.site is None
    assert [one.code for one in result.report] == ["E103", "E131"]
    (tree.root / "content/articles/a.md").unlink()
    assert list(sent_weeks(tree.site(day=LATER, preview=True))) == ["2021-s31"]
    again = tree.run(day=LATER)  # a fault is remembered as well
    assert [one.code for one in again.report] == ["E131"]
    mended = tree.site({NAME: frozen_text(envoi())}, day=LATER)  # what changes is checked again
    assert sent_weeks(mended)["2021-s39"] == envoi()
    spoilt = tree.run({NAME: worse}, day=LATER)
    assert [one.code for one in spoilt.report] == ["E131"]


def test_a_file_too_heavy_is_not_read(tree):
    report = tree.run({NAME: frozen_text(envoi()) + " " * 2_000_000}).report
    (only,) = said(report)
    start = f"{NAME}:1:1 E121 « 2021-s39.envoi.html » pèse 3 Mo ; la limite est de 2 Mo."
    assert only.startswith(start)


def test_a_sample_passes_whatever_its_ends_of_line():
    text = frozen_text(envoi())
    assert told(text) == told("\ufeff" + text.replace("\n", "\r\n")) == []


# ── What is refused ──────────────────────────────────────────────────────────────────


@cases(("old", "new"), [*REFUSED["forme"], ("editions:", "editions: " + "[" * 100_000)])
def test_the_form_is_that_of_a_sent_letter(old, new):
    assert codes(changed(old, new)) == ["E128"]


@cases(("old", "new"), REFUSED["contraires"])
def test_a_letter_that_contradicts_itself_is_refused(old, new):
    assert codes(changed(old, new)) == ["E130"]


@pytest.mark.parametrize(
    "name",
    ["newsletters/2021-s38.envoi.html", "newsletters/2021/2021-s39.envoi.html"],
)
def test_the_file_is_where_its_week_says(name):
    assert codes(SAMPLE, name) == ["E130"]


@cases("url", REFUSED["adresses"])
def test_an_address_is_a_path_of_the_site_or_one_of_the_web(url):
    assert codes(changed('href="/agenda/"', f'href="{url}"')) == ["E130"]


@cases("url", ["/", "/agenda/?territoire=somme#jour", "/a/v1.2/c%C3%A9/", "https://a.example/?x"])
def test_paths_of_the_site_pass(url):
    assert codes(changed('href="/agenda/"', f'href="{url}"')) == []


@cases(("old", "new"), [*REFUSED["valeurs"], ('"apercu": "', '"apercu": "' + "x" * 2_000)])
def test_a_value_is_what_its_place_takes(old, new):
    assert codes(changed(old, new)) == ["E130"]


@cases(("key", "value"), [*REFUSED["enseigne"], ("region", "x" * 2_001)])
def test_the_masthead_is_one(key, value):
    assert "E130" in codes(frozen_text(envoi(**{key: value})))


@cases("text", ["Atelier \u202egnirts", "un\u2028deux", "\x1b[31mrouge", "a\u0000"])
def test_hidden_signs_are_refused(text):
    assert codes(changed("<p>Bonjour,</p>", f"<p>{text}</p>"))[0] == "E102"


def test_no_list_of_addresses():
    def put(text):
        return codes(changed("<p>Bonjour,</p>", f"<p>{text}</p>"))

    people = [f"prenom{sign}@exemple.org" for sign in "abcdefghijkl"]
    assert put(", ".join(people[:2])) == []  # a summary may cite a contact
    assert put(", ".join(people[:3])) == put("zoe%40a.fr ali%40a.fr lea%40a.fr") == ["E131"]
    assert put(f"{people[0]} {people[1]} {ENSEIGNE.expediteur} contact@exemple.org") == []
    assert put("@zoe@mamot.fr @ali@mamot.fr @lea@mamot.fr") == []
    for count, expected in ((9, []), (10, ["E131"]), (12, ["E131"] * 3)):
        assert put("</p>\n<p>".join(f"Écrire à {one}." for one in people[:count])) == expected


HOSTILE_VALUES = [
    "null", "true", "-1", "1e999", "NaN", '""', '"x"', '"\\r\\n"', '"\\ud800"', "[]", "{}", "[1]",
    '"a@b.fr"', "{", "<p", "</article>", "---", "\u202e", "&amp", "  ", ":", "a:",
]  # fmt: skip


@given(st.integers(0, SAMPLE.count("\n")), st.sampled_from(HOSTILE_VALUES), st.booleans())
def test_any_value_anywhere_is_accepted_or_told_of(rank, value, added):
    rows = SAMPLE.split("\n")
    start, colon, _ = rows[rank].partition(": ")
    rows[rank : rank + (not added)] = [f"{start}{colon}{value}"]
    text = "\n".join(rows)
    frozen, diagnostics = check_envoi(text.encode(), PurePosixPath("content", NAME))
    assert (frozen is None) == bool(diagnostics)
    assert frozen is None or frozen_text(frozen) == text


def test_what_is_not_text_says_where():
    (only,) = told(SAMPLE.encode().replace(b"Le ciel", b"Le ci\xe8l"))
    assert only.startswith("E101")
    assert [row.split()[0] for row in told(b"")] == ["E116"]
