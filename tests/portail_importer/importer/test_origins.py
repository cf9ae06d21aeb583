"""Which source a content is of: calendars and tables that look alike leave each other alone."""

import json
from datetime import timedelta
from functools import partial

import pytest

from arrivages import DAY, OPTIONS, Happening, agenda, files, ics, new
from portail.cli import main

HANDS = [("importer", "--accepter"), ("deposer", "--remplacer")]
"""Each command, with what writes the updates."""
NAMES = [
    ("jean/basic.ics", "Le Musée des vents", "marie/basic.ics", "Sciences en ville"),
    ("jean/basic.ics", "Calendrier", "marie/basic.ics", "Calendrier"),
    ("jean/basic.ics", "", "marie/basic.ics", ""),
    ("basic.ics", "Le Musée des vents", "basic.ics", "Sciences en ville"),
    ("basic.ics", "Calendrier", "basic.ics", "Calendrier"),
    ("basic.ics", "", "basic.ics", ""),
]
"""File and own name of one calendar, then those of another."""


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
        (HANDS[1], NAMES[4], [CONCERT]),
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
        assert "content/events/concert.md, inchangé, donné par une autre source" in told.text
        assert "-debut: 2026-12-04 14:00\n+debut: 2026-12-04 15:00" in told.text
    both = files(site)
    assert {name: both[name] for name in before} == before
    for name, text in ((file, mine), (other, theirs), (file, mine)):
        again = hand(name, text)
        assert (new(again), again.gone, files(site)) == (0, 0, both), again.text


@pytest.mark.parametrize("names", [NAMES[0], NAMES[5]])
def test_a_title_a_day_and_a_town_in_common_are_two_events_or_a_question(names, site, bring):
    tours = [Happening(f"{n}@x.example", "Visite guidée", DAY + timedelta(days=9), hour=n,
                       place="80000 Amiens") for n in (10, 16)]  # fmt: skip
    same = tours[0]._replace(uid="same@x.example", text="Une autre visite ?")
    bring(names[0], ics(tours[0], *MINE, called=names[1]))
    theirs = ics(tours[1], same, *THEIRS, called=names[3])
    run = bring(names[2], theirs, "--accepter")
    assert new(run) == 5, run.text
    found = files(site)
    assert str(found["visite-guidee"]["debut"]) == "2026-12-04 10:00"
    assert str(found["visite-guidee-2"]["debut"]) == "2026-12-04 16:00"
    assert "content/events/visite-guidee.md, inchangé, donné par une autre source" in run.text
    assert found["visite-guidee"]["resume"] == "Un texte."
    assert "Pour écrire ces mises à jour" not in run.text
    assert not [it for it in found.values() if "etat" in it]


@pytest.mark.parametrize(
    ("hand", "other"),
    [(HANDS[0], "jean/programme.csv"), (HANDS[1], "marie/programme.csv")],
    indirect=["hand"],
)
def test_two_tables_that_number_their_rows_leave_each_other_alone(other, site, hand):
    def table(word, hour):
        rows = [
            f"{n};{word} {n};Une phrase.;0{n}/12/2026;{hour}h;visite;Le Musée des vents"
            for n in range(1, 5)
        ]
        return "\n".join(["Identifiant;Titre;Résumé;Date;Heure;Format;Lieu", *rows, ""])

    assert new(hand("jean/programme.csv", table("Visite", 10))) == 4
    assert new(hand(other, table("Atelier", 14))) == 4
    both = files(site)
    for name, text in (("jean/programme.csv", table("Visite", 10)), (other, table("Atelier", 14))):
        again = hand(name, text)
        assert (new(again), again.gone, files(site)) == (0, 0, both), again.text


def test_an_event_that_another_calendar_still_tells_is_not_cancelled(site, bring):
    mine = partial(bring, "jean.ics")
    mine(ics(CONCERT, *MINE))
    bring("marie.ics", ics(CONCERT, *THEIRS, called="Sciences en ville"))
    run = mine(ics(*MINE), "--accepter")
    assert run.gone == 1 and "concert.md, n’est plus dans la source, laissé" in run.text
    assert "etat" not in files(site)["concert"]
    # It is the other’s now, who may change it.
    later = CONCERT._replace(hour=15)
    bring("marie.ics", ics(later, *THEIRS, called="Sciences en ville"), "--accepter")
    assert str(files(site)["concert"]["debut"]) == "2026-12-04 15:00"


@pytest.mark.parametrize("name", ["jean.ics", "basic (2).ics"])
def test_a_calendar_is_known_by_its_own_name(name, site, bring):
    bring("jean.ics", ics(*MINE))
    moved = [MINE[0]._replace(hour=18), *MINE[1:3]]
    run = bring(name, ics(*moved), "--accepter")
    assert (run.counts, run.gone) == ({"mis à jour": 1, "inchangés": 2}, 1), run.text
    assert files(site)["visite-13"]["etat"] == "annule"


def test_in_doubt_it_asks_and_cancels_nothing(site, bring):
    """The next season of a calendar, or that of a colleague whose program calls it the same."""
    bring("calendrier.ics", ics(*MINE, called="Calendrier"))
    text = ics(MINE[0], *THEIRS, called="Calendrier")
    run = bring("calendrier.ics", text, "--accepter")
    assert run.gone == 3
    assert (
        "content/events/visite-13.md, n’est plus dans la source, si c’est bien elle qui l’a donné "
        ": rien n’est annulé. S’il n’a plus lieu, écrivez dans sa fiche « etat: annule »."
    ) in run.text
    assert not [it for it in files(site).values() if "etat" in it]
    assert bring("calendrier.ics", text, "--accepter").gone == 0, "asked once"


def test_what_somebody_threw_away_or_left_aside_is_no_other_source(site, bring):
    """Of a colleague’s calendar, most is not for the public."""
    unready = [one._replace(text="") for one in THEIRS]
    bring("jean.ics", ics(*MINE, *unready))
    for name in ("visite-10", "visite-11", "visite-12"):
        (site / f"content/events/{name}.md").unlink()
    moved = MINE[3]._replace(hour=18)
    run = bring("jean.ics", ics(*MINE[:3], moved, *unready), "--accepter")
    assert run.counts.get("mis à jour") == 1, run.text


def test_an_export_without_a_name_is_known_by_its_identifiers(site, bring):
    bring("agenda.json", agenda(*MINE))
    moved = agenda(MINE[0]._replace(hour=18), *MINE[1:3])
    run = bring("agenda (1).json", moved, "--accepter")
    assert (run.counts, run.gone) == ({"mis à jour": 1, "inchangés": 2}, 1), run.text
    # It is not sure enough to cancel anything.
    assert not [it for it in files(site).values() if "etat" in it]


def test_an_address_is_a_source(site, output, monkeypatch):
    web = {"jean": ics(*MINE, called=""), "marie": ics(*THEIRS, called="")}

    def downloaded(url, most):
        return web[url.split("/")[3]].encode(), "basic.ics", url

    monkeypatch.setattr("portail_importer.importer.imports._downloaded", downloaded)

    def fetch(who):
        options = ("--date", f"{DAY}", "--accepter", *OPTIONS)
        assert main(["importer", f"https://x.example/{who}/basic.ics", *options]) == 0
        return output()

    for who in ("jean", "marie", "jean"):
        assert "n’est plus dans la source" not in fetch(who)
    # All but one are gone, of the same address: there is no doubt.
    web["jean"] = ics(MINE[0], called="")
    assert "n’est plus dans la source : 3" in fetch("jean")
    assert sorted(name for name, it in files(site).items() if "etat" in it) == [
        "visite-11", "visite-12", "visite-13",
    ]  # fmt: skip


def aged(site, source):
    """Make the journal as the version before wrote it: one digest, of the name of the file."""
    file = site / "imports.json"
    journal = json.loads(file.read_text("utf-8"))
    for memory in journal["contenus"].values():
        memory["@source"] = source
    file.write_text(json.dumps(journal), "utf-8")


@pytest.mark.parametrize("called", ["", "Le Musée des vents"])
def test_a_journal_of_the_version_before_is_read_safely(called, site, bring):
    """It says the same of two calendars whose files have one name."""
    basic = "6241b73eb9b6"
    bring("basic.ics", ics(*MINE, called=called))
    bring("basic.ics", ics(*THEIRS, called="Sciences en ville"))
    aged(site, basic)
    moved = [MINE[0]._replace(hour=18), *MINE[1:]]
    for _ in range(2):
        run = bring("basic.ics", ics(*moved, called=called), "--accepter")
        assert not [it for it in files(site).values() if "etat" in it], run.text
    assert str(files(site)["visite-10"]["debut"]) == "2026-12-05 18:00"
    # From now on it is known, and what it lacks is proposed again.
    run = bring("basic.ics", ics(*moved[:3], called=called), "--accepter")
    assert run.gone > 0 and files(site)["visite-13"]["etat"] == "annule", run.text
    assert not [it for it in files(site).values() if "etat" in it and "Atelier" in it["titre"]]


@pytest.mark.parametrize("source", [7, None, [], [""], ["a b c", 3, None], {"x": 1}, " ", "=x"])
def test_a_journal_that_somebody_wrote_stops_nothing(source, site, bring):
    bring("a.ics", ics(*MINE))
    aged(site, source)
    assert bring("a.ics", ics(*MINE[:3]), "--accepter").code == 0
