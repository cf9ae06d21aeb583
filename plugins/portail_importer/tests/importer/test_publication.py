"""What its author did not publish is not published, whatever source says it."""

import json
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from arrivages import contents, front
from calendriers_fictifs import calendar
from doses import cases, rows_of
from portail.cli import main
from portail.text.normalise import name_key
from portail_importer.importer.public import (
    Fate,
    public_table,
    publication,
    said_in,
    said_under,
    speaks,
)

DAY = "2026-11-25"
SECRET = "sésame-ouvre"
READY, LATER, DRAFT, DOUBT, LEFT = "prêt", "à venir", "brouillon", "à compléter", "non repris"
GIVEN = ["--avec", "format=conference", "--avec", "publics=adultes"]


def becomes(site, source):
    """What the text « Le vent » of ``source`` becomes; « La pluie », beside it, is ready."""
    assert main(["importer", str(source), "--date", DAY, *GIVEN]) in (0, 1)
    there = {file.stem: file.read_text() for file in site.glob("content/*/*/*.md")}
    assert "la-pluie" in there
    if "le-vent" not in there:
        return LEFT
    said = yaml.safe_load(there["le-vent"].split("---\n")[1])
    if "\n# À compléter : " in there["le-vent"]:
        assert said["statut"] == "brouillon"
        return DOUBT
    if said.get("statut") == "brouillon":
        return DRAFT
    published = str(said["publie_le"])
    assert published <= DAY or published.startswith("2027-0")
    return LATER if published > DAY else READY


def _file(folder, name, data):
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder / name


def ics(folder, key, value):
    rows = ["DTSTART:20261210T180000Z", "LOCATION:Salle\\, 80000 Amiens", "DESCRIPTION:Un texte."]
    said = [["UID:1@e.org", "SUMMARY:Le vent", *rows, f"{key}:{value}"],
            ["UID:2@e.org", "SUMMARY:La pluie", *rows]]  # fmt: skip
    return _file(folder, "saison.ics", calendar(said))


def openagenda(folder, key, value):
    def event(uid, title, **more):
        timings = [{"begin": "2026-12-10T18:00:00+01:00", "end": "2026-12-10T20:00:00+01:00"}]
        place = {"name": "Salle", "city": "Amiens", "postalCode": "80000"}
        return {"uid": uid, "title": {"fr": title}, "description": {"fr": "Un texte."},
                "timings": timings, "location": place} | more  # fmt: skip

    events = [event(1, "Le vent", **{key: json.loads(value)}), event(2, "La pluie", state=2)]
    return _file(folder, "agenda.json", json.dumps({"events": events}))


def page(folder, key, value):
    def event(title):
        return {"@type": "Event", "name": title, "startDate": "2026-12-10T18:00",
                "url": f"https://e.org/{title[-3:]}", "description": "Un texte.",
                "location": {"name": "Salle", "address": "80000 Amiens"}}  # fmt: skip

    data = json.dumps([event("Le vent") | {key: value}, event("La pluie")])
    return _file(folder, "page.html",
                 f'<!doctype html><script type="application/ld+json">{data}</script>')  # fmt: skip


_SPACES = (
    'xmlns:app="http://www.w3.org/2007/app" xmlns:blogger="http://schemas.google.com/blogger/2018"'
    ' xmlns:thr="http://purl.org/syndication/thread/1.0"'
)


DAYS = {"date_published": "2024-03-01T10:00:00Z"}
PUB_DATE = "<pubDate>Fri, 01 Mar 2024 10:00:00 +0000</pubDate>"


def rss(folder, key, value):
    said = f"<{key}>{value}</{key}>" + PUB_DATE * (key != "pubDate")
    items = (
        f"<item><guid>{title}</guid><title>{title}</title><description>Un texte.</description>"
        f"{more}</item>"
        for title, more in (("Le vent", said), ("La pluie", PUB_DATE))
    )
    return _file(folder, "flux.xml", f"<rss {_SPACES}><channel>{''.join(items)}</channel></rss>")


def json_feed(folder, key, value):
    items = [{"id": "1", "title": "Le vent", "content_text": "Un texte.", **DAYS, key: value},
             {"id": "2", "title": "La pluie", "content_text": "Un texte.", **DAYS}]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    return _file(folder, "flux.json", json.dumps(feed))


HEADS = ["Titre", "Résumé", "Format", "Publics", "Date", "Commune"]


BESIDE = {"Validé": "oui", "Validé (oui/non)": "oui", "Publier": "oui", "À publier": "vrai"}


def table(folder, key, value):
    row = ["Un texte.", "conférence", "adultes", "10/12/2026", "Amiens"]
    rows = [[*HEADS, key], ["Le vent", *row, value], ["La pluie", *row, BESIDE.get(key, "")]]
    return _file(folder, "saison.csv", "\n".join(";".join(cells) for cells in rows))


SAID = rows_of("portail_importer/tests/importer/publications.yml")
MAKERS = {make.__name__: make for make in (openagenda, ics, page, rss, json_feed, table)}


@pytest.mark.parametrize(("reader", "key", "value", "fate"), SAID["sources"])
def test_what_a_source_says_of_its_publication(reader, key, value, fate, site, output):
    source = MAKERS[reader](site.parent, key, value)
    assert becomes(site, source) == fate
    said = output()
    assert SECRET not in said
    written = [file.read_bytes() for file in site.rglob("*") if file.is_file()]
    assert not any(SECRET.encode() in data for data in written)
    if fate == LEFT:
        assert "Le vent" not in said and not any(b"Le vent" in data for data in written)
        assert "1 laissé" in said


def _begun(make, key, value):
    """A source whose first text begins by ``words``."""

    def made(folder, words):
        source = make(folder, key, value)
        for named in source.rglob("*le-vent.md") if source.is_dir() else [source]:
            text = named.read_text().replace("Un texte.", f"{words.rstrip('.')}. Un texte.", 1)
            named.write_text(text)
        return source

    return made


def press(folder, words):
    row = ["conférence", "adultes", "10/12/2026", "Amiens"]
    rows = [[*HEADS, "Texte"], ["Le vent", "Un vent.", *row, f"{words.rstrip('.')}. Un texte."],
            ["La pluie", "Une pluie.", *row, "Un texte."]]  # fmt: skip
    return _file(folder, "saison.csv", "\n".join(";".join(cells) for cells in rows))


EMBARGOED = {
    "ical": _begun(ics, "CLASS", "PUBLIC"),
    "openagenda": _begun(openagenda, "state", "2"),
    "schema.org": _begun(page, "creativeWorkStatus", "Published"),
    "rss": _begun(rss, "blogger:status", "LIVE"),
    "json": _begun(json_feed, "status", "public"),
    "tableur": press,
}  # fmt: skip


@pytest.mark.parametrize("name", EMBARGOED)
@pytest.mark.parametrize(
    ("words", "fate"),
    [
        ("SOUS EMBARGO jusqu’au jeudi 10 décembre 2026 à 18 h", DOUBT),
        ("Cuba sous embargo américain.", DOUBT),
        ("Une comète embarquée.", READY),
    ],
)
def test_what_speaks_of_an_embargo_is_for_a_person_to_judge(name, words, fate, site, output):
    source = EMBARGOED[name](site.parent, words)
    assert becomes(site, source) == (DRAFT if name == "tableur" and fate == DOUBT else fate)
    assert ("texte « embargo »" in output()) is (fate == DOUBT)


def test_what_only_the_team_of_a_site_reads_is_refused(site, capsys):
    item = f"<item><title>Le vent</title><wp:post_password>{SECRET}</wp:post_password></item>"
    export = f'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>{item}</channel></rss>'
    assert main(["importer", str(_file(site.parent, "export.xml", export)), "--date", DAY]) == 2
    said = capsys.readouterr().err
    assert "est un export de WordPress" in said and "/feed/" in said and SECRET not in said
    assert not any(SECRET in file.read_text() for file in site.rglob("*.md"))


@cases(("head", "value"), SAID["interdit"])
def test_a_word_of_state_under_a_head_that_no_field_takes(head, value):
    said = said_under(head, value, date.fromisoformat(DAY))
    assert publication([said], date.fromisoformat(DAY)).fate is not Fate.READY


@cases(("head", "value"), SAID["muet"] + SAID["permis"])
def test_what_is_no_word_of_state_says_nothing(head, value):
    assert said_under(head, value, date.fromisoformat(DAY)) is None
    assert speaks(head, value) is ([head, value] in SAID["permis"])


def test_a_row_that_is_not_ticked_beside_one_that_is_stays_a_draft(site, output):
    assert becomes(site, table(site.parent, "Validé", "")) == DRAFT
    assert "à relire : Validé « non »" in output()


def test_a_row_that_is_not_public_is_told_when_another_has_an_error(site, output):
    source = table(site.parent, "Statut", "privé")
    before, row, after = source.read_text().partition("La pluie;")
    source.write_text(before + row + after.replace("10/12/2026", "10/13/2026"))
    assert main(["importer", str(source), "--date", DAY, *GIVEN]) == 1
    said = output()
    assert "ligne 2 : laissé." in said and "Le vent" not in said


@pytest.mark.parametrize("key", ["Statut", "État"])
def test_a_word_that_a_table_alone_knows_is_shown_at_its_cell(key, site, output):
    assert main(["importer", str(table(site.parent, key, "vu")), "--date", DAY, *GIVEN]) == 1
    assert "saison.csv:2:7 E203" in output()
    assert not [path for path in contents(site) if path.endswith("le-vent.md")]


@pytest.mark.parametrize(("reader", "key", "shown", "hidden"), SAID["masque"])
def test_what_its_author_hides_later_is_a_draft(reader, key, shown, hidden, site, output):
    assert becomes(site, MAKERS[reader](site.parent, key, shown)) == READY
    output()
    source = MAKERS[reader](site.parent, key, hidden)
    assert becomes(site, source) == DRAFT
    said = output()
    assert "le-vent.md, annulé ou retiré, sa source ne le publie plus." in said
    assert "statut : (absent) → brouillon" in said and "etat" not in said
    (file,) = site.glob("content/*/*/le-vent.md")
    file.write_text(file.read_text().replace("brouillon", "publie"))
    before = file.read_text()
    assert main(["importer", str(source), "--date", DAY, *GIVEN]) == 0
    assert "sa source ne le publie plus" in output() and file.read_text() == before


def test_one_date_that_is_private_hides_nothing_of_the_others(site, output):
    dates = [["UID:1@e.org", "SUMMARY:Le vent", f"DTSTART:202612{day}T180000Z",
              "LOCATION:Salle\\, 80000 Amiens", "DESCRIPTION:Un texte."]
             for day in (10, 11, 12)]  # fmt: skip
    for last in ([], ["CLASS:PRIVATE"]):
        _file(site.parent, "saison.ics", calendar([*dates[:2], [*dates[2], *last]]))
        assert main(["importer", str(site.parent / "saison.ics"), "--date", DAY, *GIVEN]) == 0
    assert "statut: brouillon" not in output()


def test_what_its_author_publishes_later_may_then_appear(site):
    assert becomes(site, openagenda(site.parent, "state", "1")) == DRAFT
    assert becomes(site, openagenda(site.parent, "state", "2")) == READY


def test_what_its_author_puts_off_is_put_off_here(site):
    assert becomes(site, rss(site.parent, "pubDate", "Mon, 01 Feb 2027 10:00:00 +0000")) == LATER
    later = rss(site.parent, "pubDate", "Mon, 01 Mar 2027 10:00:00 +0000")
    assert becomes(site, later) == LATER
    assert str(front(site, "articles/le-vent")["publie_le"]) == "2027-03-01"
    shown = rss(site.parent, "pubDate", "Fri, 01 Mar 2024 10:00:00 +0000")
    assert main(["importer", str(shown), "--date", "2027-04-01"]) == 0
    assert str(front(site, "articles/le-vent")["publie_le"]) == "2027-03-01"


@cases(("said", "fate", "is_draft"), SAID["contradictions"])
def test_of_words_that_contradict_each_other_the_safest_holds(said, fate, is_draft):
    told = publication(said_in("flux", said), date.fromisoformat(DAY))
    assert (told.fate.name, told.is_draft) == (fate, is_draft)
    assert SECRET not in f"{told.refusal} {told.remarks}"
    assert bool(told.refusal) is (fate == "LEFT") and "paraîtra" not in told.refusal


KEYS = [(name, key, sort) for name, it in public_table().sources.items() for key, sort in it.keys]
WORDS = st.one_of(
    st.sampled_from([word for some in public_table().mots.values() for word in some]),
    st.text(max_size=80), st.dates().map(str), st.sampled_from(["true", "false", "0", "1", ""]),
)  # fmt: skip


@given(data=st.data())
def test_more_words_never_make_a_text_more_public(data):
    name = data.draw(st.sampled_from(sorted(public_table().sources)))
    keys = [key for source, key, _ in KEYS if source == name]
    said = data.draw(st.dictionaries(st.sampled_from(keys), WORDS, max_size=4))
    more = data.draw(st.sampled_from(keys)), data.draw(WORDS)
    today = date.fromisoformat(DAY)
    later = public_table().mots["programme"]  # a day that is added settles these
    words = (it for it in said_in(name, said) if it.sort != "des" and it.value not in later)
    before = publication(words, today)
    after = publication(said_in(name, {more[0]: more[1]} | said), today)
    assert after.fate >= before.fate
    unknown = publication(said_in(name, {**said, more[0]: f"zut{more[1]}"}), today)
    assert unknown.fate >= Fate.DOUBT


def test_each_key_says_one_thing():
    for source in public_table().sources.values():
        keys = [key for key, _ in source.keys]
        assert len({name_key(key) for key in keys}) == len(keys)
    words = [name_key(word) for some in public_table().mots.values() for word in some]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(("reader", "key", "value", "state"), SAID["etats"])
def test_a_state_of_any_source(reader, key, value, state, site):
    fate = becomes(site, MAKERS[reader](site.parent, key, value))
    assert (fate == READY) is (state is not None)
    assert state is None or front(site, "events/le-vent").get("etat", "") == state


def test_an_unknown_column_of_yes_and_no_is_asked_about_once_by_name(site, output):
    assert becomes(site, table(site.parent, "Buvette", "oui")) == READY
    assert output().count("« Buvette »") == 1
