"""Which source a content is of: calendars and tables that look alike leave each other alone."""

from datetime import timedelta

import pytest

from arrivages import DAY, OPTIONS, Happening, agenda, content, files, ics, new, tree
from portail.cli import main

HANDS = [("importer",), ("deposer", "--remplacer")]
"""Each command, with what writes the updates."""
NAMES = [
    ("jean/basic.ics", "Le Musée des vents", "marie/basic.ics", "Sciences en ville"),
    ("basic.ics", "Le Musée des vents", "basic.ics", "Sciences en ville"),
    ("jean.ics", "", "marie.ics", ""),
]
"""File and own name of one calendar, then those of another."""
ONE_NAME = [
    ("jean/basic.ics", "Calendrier", "marie/basic.ics", "Calendrier"),
    ("jean/basic.ics", "", "marie/basic.ics", ""),
    ("basic.ics", "Calendrier", "basic.ics", "Calendrier"),
]
"""The same of two that nothing parts."""


@pytest.fixture
def hand(bring, request):
    """An import or a deposit that writes the updates."""
    by, *more = request.param
    return lambda name, text: bring(name, text, *more, by=by)


def event(name, shift, **told):
    title = name.partition("@")[0].capitalize()
    return Happening(f"{name}.example", title, DAY + timedelta(days=shift))._replace(**told)


CONCERT = event("concert@both", 9)
MINE = [event(f"visite {n}@jean", n) for n in range(10, 14)]
THEIRS = [event(f"atelier {n}@marie", n) for n in range(10, 14)]


@pytest.mark.parametrize(
    ("hand", "names", "common"),
    [
        *((HANDS[0], names, [CONCERT]) for names in NAMES),
        (HANDS[0], NAMES[0], []),
        (HANDS[1], NAMES[0], [CONCERT]),
    ],
    indirect=["hand"],
)
def test_two_calendars_leave_each_other_alone(names, common, site, hand):
    file, called, other, other_called = names
    mine = ics(*common, *MINE, called=called)
    # The other one writes the concert an hour later, in other words: it does not write over it.
    later = [one._replace(hour=15, text="D’autres mots.") for one in common]
    theirs = ics(*later, *THEIRS, called=other_called)
    assert new(hand(file, mine)) == len(MINE) + len(common)
    before = files(site)
    told = hand(other, theirs)
    assert new(told) == len(THEIRS)
    if common:
        assert "/concert.md, laissé, déjà là, d’une autre source ou à la main." in told.text
        assert "debut : 2026-12-04 14:00 → 2026-12-04 15:00" in told.text
    both = files(site)
    assert {name: both[name] for name in before} == before
    for name, text in ((file, mine), (other, theirs), (file, mine)):
        again = hand(name, text)
        assert (new(again), again.gone, files(site)) == (0, 0, both), again.text


@pytest.mark.parametrize("names", ONE_NAME)
def test_two_calendars_that_nothing_parts_are_a_question(names, site, bring):
    file, called, other, other_called = names
    bring(file, ics(CONCERT, *MINE, called=called))
    before = tree(site)
    theirs = ics(CONCERT._replace(hour=15), *THEIRS, called=other_called)
    run = bring(other, theirs)
    assert "De 5 événements à venir, 4 n’y sont plus. Rien n’en est écrit." in run.text
    assert "--nom NOM" in run.text and tree(site) == before
    run = bring(other, theirs, "--nom", "Marie")
    assert (new(run), run.gone) == (4, 0), run.text
    assert {path: data for path, data in tree(site).items() if path in before} == before
    assert content(site, "events/atelier-10").parent.name == "marie"


def test_a_title_a_day_and_a_town_in_common_are_two_events_or_one(site, bring):
    tours = [Happening(f"{n}@x.example", "Visite guidée", DAY + timedelta(days=9), hour=n)
             for n in (10, 16)]  # fmt: skip
    same = tours[0]._replace(uid="same@x.example", text="Une autre visite ?")
    bring("jean.ics", ics(tours[0], *MINE))
    run = bring("marie.ics", ics(tours[1], same, *THEIRS, called="Sciences en ville"))
    assert new(run) == 5, run.text
    found = files(site)
    assert str(found["visite-guidee"]["debut"]) == "2026-12-04 10:00"
    assert str(found["visite-guidee-2"]["debut"]) == "2026-12-04 16:00"
    assert "/visite-guidee.md, laissé, déjà là" in run.text
    assert found["visite-guidee"]["resume"] == "Un texte."


def numbered(word, hour):
    rows = [
        f"{n};{word} {n};Une phrase.;0{n}/12/2026;{hour}h;visite;Le Musée des vents"
        for n in range(1, 5)
    ]
    return "\n".join(["Identifiant;Titre;Résumé;Date;Heure;Format;Lieu", *rows, ""])


@pytest.mark.parametrize("hand", HANDS, indirect=True)
def test_two_tables_that_number_their_rows_leave_each_other_alone(site, hand):
    assert new(hand("jean/visites.csv", numbered("Visite", 10))) == 4
    assert new(hand("marie/ateliers.csv", numbered("Atelier", 14))) == 4
    both = files(site)
    for name, text in (("jean/visites.csv", numbered("Visite", 10)),
                       ("marie/ateliers.csv", numbered("Atelier", 14))):  # fmt: skip
        again = hand(name, text)
        assert (new(again), again.gone, files(site)) == (0, 0, both), again.text


def test_two_tables_of_one_name_are_a_question(site, bring):
    bring("jean/programme.csv", numbered("Visite", 10))
    before = tree(site)
    assert "--nom NOM" in bring("marie/programme.csv", numbered("Atelier", 14)).text
    assert tree(site) == before


@pytest.mark.parametrize("name", ["jean.ics", "basic (2).ics"])
def test_a_calendar_is_known_by_its_own_name(name, site, bring):
    bring("jean.ics", ics(*MINE))
    moved = [MINE[0]._replace(hour=18), *MINE[1:3]]
    run = bring(name, ics(*moved))
    assert (run.counts, run.gone) == ({"changé": 1, "inchangés": 2}, 1), run.text


def test_the_address_of_its_owner_is_no_name(site, bring):
    bring("saison.ics", ics(*MINE, called="jean@perso.example"))
    assert {path.parts[-2] for path in site.rglob("events/*/*.md")} == {"saison"}


def test_an_export_without_a_name_is_known_by_its_identifiers(site, bring):
    bring("agenda.json", agenda(*MINE))
    moved = agenda(MINE[0]._replace(hour=18), *MINE[1:3])
    run = bring("agenda (1).json", moved)
    assert (run.counts, run.gone) == ({"changé": 1, "inchangés": 2}, 1), run.text


def test_an_address_is_a_source(site, output, monkeypatch):
    web = {"jean": ics(*MINE, called=""), "marie": ics(*THEIRS, called="")}

    def downloaded(url, most):
        return web[url.split("/")[3]].encode(), "basic.ics", url

    monkeypatch.setattr("portail_importer.importer.imports._downloaded", downloaded)

    def fetch(who):
        options = ("--date", f"{DAY}", *OPTIONS)
        assert main(["importer", f"https://x.example/{who}/basic.ics", *options]) == 0
        return output()

    for who in ("jean", "marie", "jean"):
        assert "n’est plus dans la source" not in fetch(who)
    web["jean"] = ics(*MINE[:2], called="")
    assert "n’est plus dans la source : 2" in fetch("jean")
    assert not any("jean" in path for path in tree(site))
