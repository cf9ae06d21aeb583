"""What the portal announces is followed before it is sorted, whoever told it first."""

import json
from datetime import timedelta

import pytest

from arrivages import DAY, Happening, agenda, front, ics, linked
from plans import entry, write
from portail.cli import main

NIGHT = Happening("nuit@musee.example", "La nuit des lichens", DAY + timedelta(days=17), 18,
                  text="On regarde, avec science.", place="Salle des fêtes, 80000 Amiens")  # fmt: skip
OFF = {"ics": lambda *rows: ics(*rows).replace("SUMMARY", "STATUS:CANCELLED\r\nSUMMARY"),
       "json": lambda *rows: agenda(*rows).replace('"status": 1', '"status": 6'),
       "html": lambda *rows: _page(*rows).replace('"name": "La nuit',
           '"eventStatus": "https://schema.org/EventCancelled", "name": "La nuit')}  # fmt: skip
MUSEUM = "Salle des fêtes"


def _page(*rows):
    return f'<!doctype html><title>x</title><script type="application/ld+json">{linked(*rows)}</script>'


FORMS = {"ics": ics, "json": agenda, "html": _page}
HAND = entry("events", titre=NIGHT.title, debut="2026-12-12 18:00", publie_le="2026-11-20",
             format=["visite"], adresse={"nom": MUSEUM, "commune": "Amiens"})  # fmt: skip


@pytest.fixture(params=FORMS)
def form(request):
    return request.param


def there(field):
    return sorted(one.stem for one in (field.folder / "content/events").rglob("*.md"))


def said(field, name="la-nuit-des-lichens"):
    return front(field.folder, f"events/{name}")


@pytest.fixture(params=["aggregator", "hand", "itself"])
def announced(request, field, form):
    """The night, announced from somewhere, that the museum tells too; what the museum then says
    is served by ``field.museum``."""
    if request.param == "hand":
        write(field.folder, {"events/la-nuit-des-lichens": HAND})
    elif request.param == "aggregator":
        field.source("Agenda du Nord", "/tout", agenda(NIGHT._replace(uid="9101")))
    field.source(MUSEUM, "/musee", FORMS[form](NIGHT))
    assert field.run() == 0, field.output
    assert there(field) == ["la-nuit-des-lichens"]
    field.rank = len(field.sources) - 1
    return field


def week(field, data, *, days=7):
    """What the museum says a week later, and what is told of it, twice: once is enough."""
    field.serve(data, "/musee")
    assert field.run(day=DAY + timedelta(days)) == 0, field.output
    told = field.told(field.rank)
    before = field.files()
    assert field.run(day=DAY + timedelta(days + 7)) == 0
    assert field.files() == before
    assert main(["check", "--date", f"{DAY}"]) == 0
    return told


def test_what_is_cancelled_is_so_whoever_told_it_first(announced, form):
    [row] = week(announced, OFF[form](NIGHT))
    assert (row["sort"], row["ecrit"]) == ("cancelled", True)
    assert said(announced)["etat"] == "annule"
    assert there(announced) == ["la-nuit-des-lichens"]


def test_what_moves_is_one_event_with_its_former_day(announced, form):
    [row] = week(announced, FORMS[form](NIGHT._replace(day=NIGHT.day + timedelta(days=1))))
    assert (row["sort"], row["ecrit"]) == ("changed", True)
    assert there(announced) == ["la-nuit-des-lichens"]
    found = said(announced)
    assert (found["etat"], f"{found['debut']}"[:16]) == ("reprogramme", "2026-12-13 18:00")
    assert f"{found['ancien_debut']}"[:16] == "2026-12-12 18:00"
    week(announced, FORMS[form](NIGHT), days=14)
    assert "etat" not in said(announced) and "ancien_debut" not in said(announced)


@pytest.mark.parametrize("kept", [{"mots": ["science"]}, {"communes": ["Amiens"]}])
def test_what_is_announced_is_followed_whatever_is_kept(field, form, kept):
    field.source(MUSEUM, "/musee", FORMS[form](NIGHT), garder=kept)
    assert field.run() == 0 and field.counts() == {"new": 1}
    field.rank = 0
    other = NIGHT._replace(text="Annulé, avec nos excuses.", place="Halle, 62100 Calais")
    away = FORMS[form](other).replace("Amiens", "Calais").replace("80000", "62100")
    if "mots" in kept:
        [row] = week(field, OFF[form](other))
        assert (row["sort"], said(field)["etat"]) == ("cancelled", "annule")
    else:
        [row] = week(field, away)
        assert (row["sort"], "Calais" in str(said(field)["adresse"])) == ("changed", True)


def test_a_source_is_known_whatever_it_is_called(announced, form):
    announced.sources[announced.rank]["nom"] = "Le musée rénové"
    announced.listed()
    week(announced, FORMS[form](NIGHT))
    announced.sources[announced.rank]["lieu"] = "musee"
    announced.listed()
    assert "salle-des-fetes" not in str(said(announced)["ids_externes"])
    rows = week(announced, OFF[form](NIGHT), days=14)
    assert [row["sort"] for row in rows] == ["cancelled"]


def test_who_does_not_organise_it_is_told_and_changes_nothing(field, form):
    """Whichever of the two was read first."""
    rows = [(MUSEUM, "/musee", ics(NIGHT)),
            ("Agenda du Nord", "/tout", FORMS[form](NIGHT._replace(uid="9101")))]  # fmt: skip
    for order in (rows, rows[::-1]):
        field.sources.clear()
        for name, path, data in order:
            field.source(name, path, data)
        assert field.run() == 0
        before, last = field.files(), {"moisson.json": b""}
        later = NIGHT._replace(uid="9101", day=NIGHT.day + timedelta(days=1))
        for data, fate in ((OFF[form](NIGHT._replace(uid="9101")), "cancelled"),
                           (FORMS[form](later), "disputed")):  # fmt: skip
            field.serve(data, "/tout")
            assert field.run() == 0
            told = [row for rank in (0, 1) for row in field.told(rank)]
            assert [row["sort"] for row in told] == [fate]
            assert f"à vérifier auprès de {MUSEUM}" in told[0]["raison"]
            now = said(field)
            assert "etat" not in now and f"{now['debut']}"[:16] == "2026-12-12 18:00"
            assert form == "html" or {**field.files(), **last} == {**before, **last}
        for one in (field.folder / "content/events").rglob("*.md"):
            one.unlink()
        (field.folder / "moisson.json").unlink()
