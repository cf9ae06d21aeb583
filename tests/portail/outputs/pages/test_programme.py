"""The programme of a village, a parcours, a yearly rendezvous."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest

from plans import Tree, entry
from portail.outputs.pages.views import GroupeView, ProgrammeView

NB = "\u00a0"
CHILD = {"evenement_parent": "village"}
FETE = {"temps_fort": "fete"}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def programmes(
    tree: Tree, url: str, files: dict[str, str], **options: Any
) -> tuple[ProgrammeView, ...]:
    found: tuple[ProgrammeView, ...] = tree.view(url, files, **options).programmes
    return found


def told(group: GroupeView) -> tuple[str, list[str]]:
    return group.titre, [f"{one.heures} : {one.titre}" for one in group.lignes]


def test_a_village_by_day_and_by_hour(tree: Tree) -> None:
    files = {
        "events/village": entry("events", debut="2021-10-02", fin="2021-10-03"),
        "events/midi": entry("events", titre="Midi", debut="2021-10-02 12:00", **CHILD),
        "events/matin": entry(
            "events", titre="Matin", debut="2021-10-02 09:00", fin="2021-10-02 10:30",
            themes=["numerique"], etat="annule", **CHILD,
        ),
        "events/deux": entry(
            "events", titre="Deux",
            seances=[{"debut": "2021-10-02 14:00"}, {"debut": "2021-10-02 16:00"},
                     {"debut": "2021-10-03 10:00"}], **CHILD,
        ),
        "events/expo": entry(
            "events", titre="Expo", debut="2021-10-01", fin="2021-10-31", **CHILD
        ),
    }  # fmt: skip
    (one,) = programmes(tree, "/evenements/village/", files)
    assert (one.titre, one.forme) == ("Au programme", "jours")
    assert [told(group) for group in one.groupes] == [
        (f"Samedi 2{NB}octobre 2021", [
            f"9{NB}h – 10{NB}h{NB}30 : Matin", f"12{NB}h : Midi",
            f"14{NB}h, 16{NB}h : Deux",
        ]),
        (f"Dimanche 3{NB}octobre 2021", [f"10{NB}h : Deux"]),
        ("Plusieurs jours de suite", [f"Du 1er au 31{NB}octobre 2021 : Expo"]),
    ]  # fmt: skip
    first = one.groupes[0].lignes[0]
    assert (first.theme, first.iso, first.annule) == (
        "numerique", "2021-10-02T09:00:00+02:00", True,
    )  # fmt: skip
    assert [label.texte for label in first.etiquettes] == ["Annulé"]
    assert first.details == ("Wizernes", "Numérique · Atelier")
    assert [group.feuille and group.feuille.jour.day for group in one.groupes] == [2, 3, None]


def test_the_steps_of_a_parcours_in_their_order(tree: Tree) -> None:
    files = {
        "events/village": entry("events", format="parcours-scientifique"),
        "events/b": entry("events", titre="B", debut="2021-10-09 10:00", etape=1, **CHILD),
        "events/a": entry("events", titre="A", debut="2021-10-09", etape=2, **CHILD),
    }
    (one,) = programmes(tree, "/evenements/village/", files)
    assert (one.titre, one.forme) == ("Les étapes", "etapes")
    day = f"Sam. 9{NB}oct."
    assert told(one.groupes[0]) == ("", [f"{day}, 10{NB}h : B", f"{day} : A"])


def test_what_contains_nothing_has_no_programme(tree: Tree) -> None:
    assert programmes(tree, "/evenements/village/", {"events/village": entry("events")}) == ()


class TestTempsFort:
    EDITIONS: ClassVar = {
        "2020": {"du": "2020-10-02", "au": "2020-10-12"},
        "2021": {"du": "2021-10-01", "au": "2021-10-11"},
        "2022": {"theme": "À annoncer"},
    }

    def files(self) -> dict[str, str]:
        def event(commune: str, day: str = "2021-10-02", **fields: Any) -> str:
            return entry("events", titre=commune, debut=day, adresse={"commune": commune},
                         **FETE, **fields)  # fmt: skip

        return {
            "temps-forts/fete": entry("temps-forts", editions=self.EDITIONS),
            "territoires/somme": entry("territoires", type="departement", code="80"),
            "events/a": event("Amiens", format="village-des-sciences"),
            "events/b": event("Abbeville", envergure="festival"),
            "events/c": event("Lille"),
            "events/avant": event("Laon", "2020-10-03"),
            "events/autre": event("Laon", "2020-10-03", edition=2021),
        }

    def test_of_the_edition_that_comes(self, tree: Tree) -> None:
        first, days, places = programmes(tree, "/temps-forts/fete/", self.files())
        assert (first.titre, [card.ref for card in first.cartes]) == (
            "Villages, festivals et parcours", ["events/a", "events/b"],
        )  # fmt: skip
        assert [group.titre for group in days.groupes] == [
            f"Samedi 3{NB}octobre 2020", f"Samedi 2{NB}octobre 2021",
        ]  # fmt: skip
        assert [(group.titre, group.url, len(group.lignes)) for group in places.groupes] == [
            ("Aisne", "", 1), ("Nord", "", 1), ("Somme", "/territoires/somme/", 2),
        ]  # fmt: skip
        assert places.groupes[2].lignes[0].heures == f"Sam. 2{NB}oct."
        view = tree.view("/temps-forts/fete/", self.files())
        assert [(one.titre, [card.ref for card in one.cartes]) for one in view.blocs] == [
            ("Éditions précédentes", ["events/avant"])
        ]

    def test_after_the_last_edition_it_stays(self, tree: Tree) -> None:
        found = programmes(tree, "/temps-forts/fete/", self.files(), day=date(2022, 1, 1))
        assert [one.forme for one in found] == ["cartes", "jours", "territoires"]

    def test_before_an_edition_without_events_there_is_no_programme(self, tree: Tree) -> None:
        editions = {**self.EDITIONS, "2022": {"du": "2022-10-01"}}
        files = {**self.files(), "temps-forts/fete": entry("temps-forts", editions=editions)}
        assert programmes(tree, "/temps-forts/fete/", files, day=date(2022, 1, 1)) == ()

    def test_without_edition_all_its_events(self, tree: Tree) -> None:
        files = {**self.files(), "temps-forts/fete": entry("temps-forts")}
        del files["events/autre"]
        days = next(one for one in programmes(tree, "/temps-forts/fete/", files)
                    if one.forme == "jours")  # fmt: skip
        assert len(days.groupes) == 2
