"""Two events of one place at one time: an advice, unless something puts them together (C544)."""

import pytest

from doses import rows_of
from plans import entry, said

PLACE = {"lieux/musee": entry("lieux", titre="Musée"), "lieux/gare": entry("lieux", titre="Gare")}


def event(title, start, end="", **fields):
    if end:
        fields["fin"] = end
    return entry("events", titre=title, lieu="musee", debut=start, **fields)


CHOUETTE = event("Nuit de la chouette", "2021-10-09 20:00", "2021-10-09 22:00")


def advice(tree, files):
    report = tree.run(PLACE | files, plans=False).report
    return [line.replace("\u00a0", " ") for line in said(report) if "C544" in line]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2021-10-09 21:00", "2021-10-09 23:00"),
        ("2021-10-09 20:00", ""),
        ("2021-10-09 19:00", "2021-10-09 20:01"),
        ("2021-10-09 20:30", "2021-10-09 21:00"),
    ],
)
def test_what_overlaps_is_told_once(tree, start, end):
    (line,) = advice(
        tree, {"events/chouette": CHOUETTE, "events/concert": event("Concert", start, end)}
    )
    assert "samedi 9 octobre 2021" in line


@pytest.mark.parametrize("fields", rows_of("portail_contribuer/tests/choisir/clashes.yml"))
def test_what_does_not_clash_is_not_told(tree, fields):
    told = {"titre": "Concert", "lieu": "musee", "debut": "2021-10-09 21:00"}
    files = {"events/chouette": CHOUETTE, "events/concert": entry("events", **told | fields)}
    assert advice(tree, files) == []


def test_rooms_of_their_own_part_them(tree):
    files = {
        "events/chouette": event("Chouette", "2021-10-09 20:00", salle="Auditorium"),
        "events/concert": event("Concert", "2021-10-09 20:00", salle="Jardin"),
    }
    assert advice(tree, files) == []
    files["events/concert"] = event("Concert", "2021-10-09 20:00", salle="Auditorium")
    assert len(advice(tree, files)) == 1


def test_two_that_clash_every_week_are_told_once_on_the_later_one(tree):
    days = ("2021-10-06", "2021-10-13", "2021-10-20")
    sessions = [{"debut": f"{day} 14:00", "fin": f"{day} 16:00"} for day in days]
    fields = {"lieu": "musee", "seances": sessions}
    files = {
        "events/a": entry("events", titre="Robots", publie_le="2021-09-20", **fields),
        "events/b": entry("events", titre="Champignons", publie_le="2021-09-10", **fields),
    }
    (line,) = advice(tree, files)
    assert "events/a.md:" in line
    assert "« Champignons » (14 h – 16 h)" in line


def test_what_is_over_is_not_told(tree):
    files = {
        "events/a": event("Robots", "2021-09-20 14:00"),
        "events/b": event("Champignons", "2021-09-20 14:00"),
    }
    assert advice(tree, files) == []
