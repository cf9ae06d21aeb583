"""A neighbour is asked as any source is; what it says is kept apart, and shown, never taken."""

from datetime import timedelta

import pytest

from arrivages import DAY, ics
from liars import to
from portail.cli import main
from voisins import agenda, event, once

from .conftest import events

COPY = ".cache/voisins/echo.json"
FILE = "/api/v1/evenements-a-venir.geojson"


def told(field, *names):
    """Events of the neighbour, to come, at its address."""
    return agenda(*[
        event(name, url=f"{field.liar.url}/evenements/{name}/", **once("2026-12-05T14:00:00+01:00"))
        for name in names
    ])  # fmt: skip


@pytest.fixture
def beside(field):
    """A portal with a neighbour, that has four events to come."""
    field.neighbour = {"nom": "Écho", "adresse": f"{field.liar.url}/", "voisin": True}
    field.source("Musée des vents", data=ics(*events(2)))
    field.sources.insert(0, field.neighbour)
    field.listed()
    field.serve(told(field, "a", "b", "c", "d"), FILE)
    return field


def checked(field, capsys, day=DAY):
    capsys.readouterr()
    main(["check", "--date", f"{day}"])
    return capsys.readouterr().out


def test_what_it_says_is_kept_apart_and_nothing_of_it_is_a_content(beside, capsys):
    assert "A150" in checked(beside, capsys)
    assert beside.run() == 0
    assert beside.counts() == {"shown": 4}
    assert "Écho : 4 montrés avec leur origine." in beside.output
    assert [path for path in beside.files() if "echo" in path.lower()] == []
    assert (beside.folder / COPY).read_bytes().endswith(told(beside, "a", "b", "c", "d"))
    assert "A150" not in checked(beside, capsys)
    assert "A152" in checked(beside, capsys, DAY + timedelta(days=15))
    before = beside.files()
    assert beside.run() == 0
    assert beside.files() == before


def test_neighbours_may_be_asked_alone(beside):
    assert beside.run("--voisins") == 0
    assert [path for _, path, _ in beside.liar.asked if path != "/robots.txt"] == [FILE]
    assert [one["nom"] for one in beside.report["sources"]] == ["Écho"]
    beside.neighbour["dort"] = True
    beside.listed()
    assert beside.run("--voisins") == 0
    assert "Aucune source à moissonner" in beside.output


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((500, {}, b""), "Le site répond par une erreur (500)."),
        ((200, {}, b"<!doctype html><p>En maintenance"), "Ce n’est pas l’agenda d’un portail"),
        ((200, {}, agenda(event())), "une adresse mène ailleurs que chez lui"),
        (to("http://nulle-part.invalid/"), "Le site est injoignable"),
        ((200, {}, agenda()), "De 4 événements à venir, 4 n’y sont plus."),
    ],
    ids=["broken", "html", "elsewhere", "gone", "emptied"],
)
def test_one_that_goes_mad_changes_nothing(beside, capsys, answer, said):
    assert beside.run() == 0
    before = (beside.folder / COPY).read_bytes()
    beside.liar.routes[FILE] = answer
    assert beside.run("--attente", "2") == 0
    assert said in beside.output
    assert (beside.folder / COPY).read_bytes() == before
    assert not {"A150", "A151"} & {*checked(beside, capsys).split()}


def test_what_it_loses_is_believed_when_somebody_says_so(beside):
    assert beside.run() == 0
    beside.serve(told(beside, "a"), FILE)
    assert beside.run() == 0
    assert "De 4 événements à venir, 3 n’y sont plus." in beside.output
    assert beside.run("--source", "Écho", "--confirmer") == 0
    assert beside.counts() == {"shown": 1}
    assert (beside.folder / COPY).read_bytes().endswith(told(beside, "a"))


def test_what_does_not_hold_is_counted(beside):
    data = told(beside, "a", "b").replace(b'"nuit"', b'""')
    beside.serve(data.replace(b'"url": "http', b'"url": "ftp', 1), FILE)
    assert beside.run() == 0
    assert beside.counts() == {"shown": 1, "left": 1}
    report = (beside.folder.parent / "rapport.md").read_text(encoding="utf-8")
    assert "- 1 : une adresse mène ailleurs que chez lui" in report


@pytest.mark.parametrize("harm", [lambda data: data[:-40], lambda data: b"", lambda data: b"\xff"])
def test_a_copy_that_is_damaged_is_as_none_and_told(beside, capsys, harm):
    assert beside.run() == 0
    file = beside.folder / COPY
    file.write_bytes(harm(file.read_bytes()))
    assert "A151" in checked(beside, capsys)
    assert beside.run() == 0
    assert "A151" not in checked(beside, capsys)
    file.unlink()
    file.mkdir()
    assert "A151" in checked(beside, capsys), "a folder in its place"


def test_one_that_moved_is_not_known_by_its_former_copy(beside, capsys):
    assert beside.run() == 0
    beside.neighbour["adresse"] += "nouveau/"
    beside.listed()
    assert "A150" in checked(beside, capsys)


@pytest.mark.parametrize(
    "more",
    [{"images": True}, {"lieu": "musee"}, {"avec": ["format=visite"]}, {"garder": {"mots": ["a"]}}],
)
def test_what_says_how_contents_are_taken_is_refused_of_a_neighbour(beside, capsys, more):
    beside.neighbour |= more
    beside.listed()
    assert "E242" in (said := checked(beside, capsys))
    assert "D’un voisin, rien n’est repris." in said
