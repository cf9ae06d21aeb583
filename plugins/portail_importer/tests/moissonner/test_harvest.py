"""A source is written whole in its folder, then only what changes, and never what is ours."""

from datetime import timedelta

import pytest
import yaml

from arrivages import DAY, Happening, agenda, front, ics
from calendriers_fictifs import calendar as calendar_of
from doses import rows_of
from pictures import drawing, picture
from portail.cli import main
from portail_importer.importer import imports
from portail_importer.importer.values import Question
from portail_importer.moissonner.answers import with_answers

from .conftest import events

CASES = rows_of("portail_importer/tests/moissonner/recoltes.yml")

FIRST = "events/musee-des-vents/les-vents-numero-0"


def changed(rank=0, **told):
    """The four events, one of which is told otherwise."""
    rows = events(4)
    rows[rank] = rows[rank]._replace(**told)
    return rows


def test_what_is_new_is_written_once(calendar):
    assert calendar.counts() == {"new": 4}
    before = calendar.files()
    assert calendar.run() == 0
    assert (calendar.counts(), calendar.files()) == ({"same": 4}, before)
    found = front(calendar.folder, FIRST)
    assert found["ids_externes"]["ical"] == "v0@musee.example"
    assert found["ids_externes"]["moisson"] == "musee-des-vents"
    assert (found["format"], found["publie_le"]) == (["conference"], DAY)
    assert main(["check"]) == 0


def test_a_simulation_writes_nothing(field):
    field.source(data=ics(*events(4)))
    before = field.files()
    assert field.run("--simuler") == 0
    assert (field.counts(), field.files()) == ({"new": 4}, before)
    assert "rien n’est écrit" in field.output


def test_a_change_is_told_field_by_field(calendar):
    """The day of publication stays; calendars that are followed are told of the change."""
    calendar.serve(ics(*changed(hour=16)))
    assert calendar.run(day=DAY + timedelta(7)) == 0
    [row] = calendar.told()
    assert row["sort"] == "changed"
    assert row["champs"] == [
        {"field": "debut", "before": "2026-12-05 14:00", "after": "2026-12-05 16:00"}
    ]
    found = front(calendar.folder, FIRST)
    assert (found["publie_le"], found["modifie"]) == (DAY, DAY + timedelta(7))
    before = calendar.files()
    assert calendar.run(day=DAY + timedelta(14)) == 0
    assert (calendar.counts(), calendar.files()) == ({"same": 4}, before)


def test_lines_that_end_otherwise_are_no_correction(calendar):
    file = calendar.file("les-vents-numero-0")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert calendar.run() == 0
    assert calendar.counts() == {"same": 4}


def test_what_vanishes_stays_to_be_verified(calendar):
    before = calendar.files()
    calendar.serve(ics(*events(4)[1:]))
    for _ in range(2):
        assert calendar.run() == 0
        assert calendar.counts() == {"gone": 1, "same": 3}
    assert front(calendar.folder, FIRST)["a_confirmer"] == "Musée des vents"
    assert "etat" not in front(calendar.folder, FIRST)
    calendar.serve(ics(*events(4)))
    assert calendar.run() == 0
    assert calendar.files() == before


def test_what_is_past_stays_as_it_was(calendar):
    before = calendar.files()
    calendar.serve(ics(*[one._replace(hour=18, text="Autre.") for one in events(4)]))
    assert calendar.run(day=DAY + timedelta(60)) == 0
    assert (calendar.counts(), calendar.files()) == ({"same": 4}, before)
    calendar.serve(ics())
    assert calendar.run(day=DAY + timedelta(60)) == 0
    assert calendar.files() | {"moisson.json": before["moisson.json"]} == before


def test_what_was_past_before_is_not_taken(field):
    field.source(data=ics(*events(3, shift=-20), *events(4)[3:]))
    assert field.run() == 0
    assert field.counts() == {"left": 3, "new": 1}


def test_what_lacks_something_is_a_draft(field):
    """It says what is missing; once the source says it, it is published."""
    rows = events(2)
    field.source(data=ics(*(one._replace(place="Ailleurs") for one in rows)))
    assert field.run() == 0
    assert field.counts() == {"incomplete": 2}
    text = field.file("les-vents-numero-0").read_text()
    assert "# À compléter : Cet événement ne dit pas où il a lieu." in text
    assert "statut: brouillon" in text
    before = field.files()
    assert field.run() == 0
    assert (field.counts(), field.files()) == ({"incomplete": 2}, before)
    assert main(["check"]) == 0
    field.serve(ics(*rows))
    assert field.run() == 0
    assert field.counts() == {"changed": 2}
    assert "statut" not in front(field.folder, FIRST)


def test_what_is_no_longer_public_is_taken_back(calendar):
    calendar.serve(
        ics(*events(4)).replace("SUMMARY:Les vents, numéro 0", "CLASS:PRIVATE\r\nSUMMARY:Secret")
    )
    assert calendar.run() == 0
    assert calendar.counts() == {"cancelled": 1, "same": 3}
    assert front(calendar.folder, FIRST)["statut"] == "brouillon"
    report = (calendar.folder.parent / "rapport.md").read_text("utf-8")
    assert "Secret" not in report + calendar.output
    calendar.serve(ics(*events(4)))
    assert calendar.run() == 0
    assert "statut" not in front(calendar.folder, FIRST)


def test_a_source_that_renumbers_its_events_changes_nothing_else(calendar):
    before = sorted(calendar.files())
    calendar.serve(ics(*[one._replace(uid=f"x{one.uid}") for one in events(4)]))
    assert calendar.run() == 0
    assert calendar.counts() == {"changed": 4}
    assert sorted(calendar.files()) == before
    assert front(calendar.folder, FIRST)["ids_externes"]["ical"] == "xv0@musee.example"


@pytest.mark.parametrize(("written", "point", "said"), CASES["ou"])
def test_what_names_no_place_or_a_room_is_where_its_source_is(written, point, said, field):
    """It needs no summary either."""
    rows = ["UID:1@x.org", "SUMMARY:Le vent", "DTSTART:20261210T180000Z"]
    rows += [f"LOCATION:{written}"] * bool(written) + [f"GEO:{point}"] * bool(point)
    (field.folder / "pelicanconf.py").write_text('PORTAIL_REGION = "Hauts-de-France"\n', "utf-8")
    field.source(data=calendar_of([rows]), lieu="musee")
    field.run()
    text = field.file("le-vent").read_text("utf-8")
    front = yaml.safe_load(text.split("---\n")[1])
    assert {name: front.get(name) for name in said} == said
    assert ("lieu" in front) is ("lieu" in said)
    told = f"# La source dit : adresse « {written} »" in text
    assert told is ("statut" in said) and "resume" not in front


def test_one_event_of_two_sources_is_one_content(field):
    """That of the first of them; the other says so, and of hand-made ones too."""
    rows = events(3)
    field.source(data=ics(*rows))
    field.source(
        "Agenda régional", "/export.json", agenda(*rows, Happening("9", "Autre", rows[0].day))
    )
    for counts in [{"left": 3, "new": 1}, {"same": 4}]:
        assert field.run() == 0
        assert field.counts(1) == counts
    assert len(list((field.folder / "content/events").rglob("*.md"))) == 4


def test_whoever_says_off_what_nobody_organises_is_believed(field):
    """Two agendas tell one event of a town, without a place; its first teller says nothing new."""
    row = Happening("1", "Les chauves-souris du fort", DAY + timedelta(9), place="80000 Amiens")
    field.source("Agenda A", "/a.ics", ics(row))
    field.source("Agenda B", "/b.ics", ics(row._replace(uid="2")))
    assert field.run() == 0 and field.counts(1) == {"left": 1}
    field.serve(ics(row._replace(uid="2", title=f"Annulé : {row.title}")), "/b.ics")
    for told in [{"cancelled": 1}, {"same": 1}]:
        assert field.run() == 0 and field.counts(1) == told
        assert front(field.folder, "events/agenda-a/les-chauves-souris-du-fort")["etat"] == "annule"


def test_texts_that_are_rewritten_at_once_are_told_by_their_titles(field):
    def feed(word):
        items = (
            f"<item><title>{word} {rank}</title><guid>g{rank}</guid><pubDate>Mon, 23 Nov "
            f"2026 10:00:00 +0100</pubDate><description>{word} {rank}.</description></item>"
            for rank in range(6)
        )
        return f"<rss><channel><title>F</title>{''.join(items)}</channel></rss>"

    field.source(path="/flux", data=feed("Marée"), avec=[])
    assert field.run() == 0 and field.counts() == {"new": 6}
    field.serve(feed("Casino"), "/flux")
    assert field.run() == 0 and field.counts() == {"changed": 6}
    assert "De 6 textes, 6 y sont réécrits." in field.output
    text = (field.folder.parent / "rapport.md").read_text("utf-8")
    assert "Titre : Marée 3 → Casino 3" in text


@pytest.mark.parametrize(("kept", "left"), CASES["gardes"])
def test_what_the_portal_does_not_keep_is_counted(field, kept, left):
    field.source(data=ics(*events(2)), garder=kept)
    assert field.run() == 0
    assert field.counts() == {"left": 2}
    assert {row["raison"].lower() for row in field.told()} == {left.lower()}
    field.sources.clear()
    field.source(garder={"communes": ["Amiens"], "mots": ["vents"], "genres": ["events"]})
    assert field.run() == 0
    assert field.counts() == {"new": 2}


@pytest.mark.parametrize("asked", [True, False])
def test_a_picture_comes_once_with_its_credit(field, monkeypatch, asked):
    data = picture("PNG", drawing(60, 40))
    monkeypatch.setattr(imports, "_downloaded", lambda url, most: (data, "x.png", url))
    item = (
        "<item><title>Les vents</title><guid>g1</guid><link>https://musee.example.org/vents</link>"
        "<pubDate>Mon, 23 Nov 2026 10:00:00 +0100</pubDate>"
        "<description>Un texte sur les vents, qui dit ce qu’ils sont.</description>"
        '<media:content url="https://musee.example.org/x.png" medium="image">'
        "<media:description>Une girouette</media:description>"
        "<media:credit>Musée des vents</media:credit></media:content></item>"
    )
    rss = '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>F</title>'
    field.source(path="/flux", data=f"{rss}{item}</channel></rss>", images=asked)
    assert field.run() == 0
    assert field.counts() == {"new": 1}
    folder = field.folder / "content/articles/musee-des-vents"
    assert [path.name for path in folder.rglob("*.png")] == ["les-vents.png"] * asked
    before = field.files()
    assert field.run() == 0
    assert (field.counts(), field.files()) == ({"same": 1}, before)


def test_two_events_of_one_identifier_are_refused_each_by_its_title(field):
    rows = [one._replace(uid="meme@x.example") for one in events(3)]
    field.source(data=ics(*rows))
    assert field.run() == 0
    assert field.counts() == {"new": 3}
    field.file("les-vents-numero-0").unlink()
    before = field.files()
    assert field.run() == 0
    assert (field.counts(), field.files()) == ({"refused": 1, "same": 2}, before)


def test_a_table_at_an_address_is_read(field):
    heads = "Titre;Résumé;Jour;Heure;Commune"
    field.source(
        path="/agenda.csv", data=f"{heads}\nNuit;Un vent.;{events(1)[0].day};18 h;Amiens\n"
    )
    assert field.run() == 0
    assert field.counts() == {"new": 1}


def test_what_speaks_not_of_science_is_named_and_kept_by_a_line(field):
    """A source whose organiser is one of science is kept whole; a series by its first words."""
    rows = events(2)
    field.source(data=ics(*rows), garder={"sciences": True})
    assert field.run() == 0 and field.counts() == {"left": 2}
    text = (field.folder.parent / "rapport.md").read_text("utf-8")
    assert "Laissés, qui ne parlent pas de science (2)" in text
    assert "- Les vents, numéro 0" in text
    for more in [
        {"garder": {"sciences": True, "aussi": ["Les vents"]}},
        {"garder": {"sciences": True}, "organisateur": "musee"},
    ]:
        field.sources.clear()
        field.source(**more)
        assert field.run("--simuler") == 0 and field.counts() == {"new": 2}


def test_a_question_is_asked_once_and_what_answers_it_is_proposed_with_its_effect(field):
    """Who takes an answer away refuses it for good."""
    rows = "A;B;Lieu;Public\n" + "".join(
        f"La vie des {it};12 mars 2027;{place};Adultes, Mamies et papis\n"
        for it, place in [
            ("lichens", "Amphi 3"), ("mousses", "Amphi 3"), ("lunes", "Le musée des vents forts"),
            ("craies", "Auditorium du Musée des vents"), ("marées", "Salle des fêtes de Lens"),
            ("sables", "Antenne du musée des vents à Lens"),
        ]
    )  # fmt: skip
    field.source("Club", "/saison.csv", rows, avec=["format=conference"])
    before = (field.folder / "sources.yml").read_text("utf-8")
    assert field.run("--simuler") == 0
    assert (field.folder / "sources.yml").read_text("utf-8") == before
    assert field.run() == 0
    [kept] = yaml.safe_load((field.folder / "sources.yml").read_text("utf-8"))["sources"]
    assert kept["colonnes"] == {"A": "titre"}
    places = {"Le musée des vents forts": "musee", "Auditorium du Musée des vents": "musee",
              "Salle des fêtes de Lens": "Lens",
              "Antenne du musée des vents à Lens": "Lens"}  # fmt: skip
    assert kept["lieux"] == places and "valeurs" not in kept
    said = (field.folder.parent / "rapport.md").read_text("utf-8")
    assert "- Salle des fêtes de Lens : Lens, 1 fois" in said
    assert '      Amphi 3: "" # 2' in said and '"" # 6' in said
    assert field.counts() == {"new": 4, "incomplete": 2}
    text = (field.folder / "content/events/club/la-vie-des-lunes.md").read_text("utf-8")
    assert "lieu: musee" in text and "statut" not in text
    assert main(["check", "--date", f"{DAY}"]) == 0
    kept["lieux"].pop("Le musée des vents forts")
    field.sources = [kept | {"valeurs": {"Mamies et papis": "seniors"}}]
    field.listed()
    assert field.run() == 0 and field.counts() == {"incomplete": 3, "changed": 3}
    [kept] = yaml.safe_load((field.folder / "sources.yml").read_text("utf-8"))["sources"]
    assert "Le musée des vents forts" not in kept["lieux"]
    said = (field.folder.parent / "rapport.md").read_text("utf-8")
    assert '      Le musée des vents forts: ""\n' in said and "Mamies" not in said
    text = (field.folder / "content/events/club/la-vie-des-marees.md").read_text("utf-8")
    assert "publics: [adultes, seniors]" in text


def test_a_year_that_a_table_never_says_is_asked_once(field):
    field.source(
        "Club", "/a.csv", "Date;Nom;Annulé\n12 mars;La vie des lichens;non\n19 mars;Les lunes;\n"
    )
    assert field.run() == 0 and field.counts() == {"incomplete": 2}
    said = (field.folder.parent / "rapport.md").read_text("utf-8")
    assert '    annee: "" # 2\n' in said and "colonnes" not in said
    field.sources[0] |= {"annee": 2027, "avec": ["format=visite", "adresse.commune=Lens"]}
    field.listed()
    assert field.run() == 0 and field.counts() == {"changed": 2}
    assert "annee" not in (field.folder.parent / "rapport.md").read_text("utf-8")


ANSWERS = [Question("lieux", "AMPHI: 3", "musee"), Question("valeurs", "Causerie", "conference")]


@pytest.mark.parametrize(
    "text",
    [
        "sources:\n  # Le nôtre\n  - nom: A # ainsi\n    adresse: x\n  - {nom: B, adresse: x}\n",
        "- adresse: x\n  nom: A\n  lieux:\n    C: d\n",
        "sources: [{nom: A, adresse: x}, {nom: B}]",
        "- nom: A\n  adresse: x\n  lieux: {C: d}\n  valeurs:\n      E: f # oui\n  dort: true",
        "- nom: A\r\n  lieux: {}\r\n",
    ],
)
def test_answers_are_written_in_their_source_and_nothing_else_changes(text):
    told = yaml.safe_load(text)
    after = with_answers(text, {"a": ANSWERS})
    first = (told if isinstance(told, list) else told["sources"])[0]
    first.setdefault("lieux", {})["AMPHI: 3"] = "musee"
    first.setdefault("valeurs", {})["Causerie"] = "conference"
    assert yaml.safe_load(after) == told
    rest = iter(after)
    assert all(sign in rest for sign in text), "every former sign is there, in its order"
