"""The page of calendars, and what pages say of theirs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plans import Tree, entry, inside
from portail.features.services.calendriers.page import CalendriersView
from portail.outputs.pages.views.entry import EntryView

LIEU = entry("lieux", titre="Musée-Exemple")
VISITE = entry("events", lieu="musee", themes=["numerique"], debut="2021-10-09 14:00")


def groups(view: CalendriersView) -> dict[str, list[str]]:
    return {one.titre: [link.texte for link in one.liens] for one in view.groupes}


def test_the_page_lists_every_calendar(tmp_path: Path) -> None:
    files = {"lieux/musee": LIEU, "lieux/autre": LIEU, "events/visite": VISITE}
    view = Tree(tmp_path).view("/calendriers/", files)
    assert groups(view) == {
        "Départements": ["Somme"],
        "Intercommunalités": ["Amiens Métropole"],
        "Lieux et structures": ["Musée-Exemple"],
    }
    assert view.groupes[-1].liens[0].url == "/lieux/musee/agenda.ics"
    assert view.calendrier == "/agenda/agenda.ics"


def test_long_lists_are_folded(tmp_path: Path) -> None:
    files = {f"lieux/lieu-{rank}": entry("lieux", titre=f"Lieu {rank}") for rank in range(13)}
    for rank in range(13):
        files[f"events/visite-{rank}"] = entry("events", lieu=f"lieu-{rank}")
    folded = {one.titre: one.plie for one in Tree(tmp_path).view("/calendriers/", files).groupes}
    assert folded["Lieux et structures"] and not folded["Départements"]


def test_it_does_not_change_with_an_edit_nor_a_day(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    before = tree.pages({"lieux/musee": LIEU, "events/visite": VISITE})["/calendriers/"]
    edited = entry("events", lieu="musee", themes=["numerique"], titre="Autre titre")
    after = tree.pages({"events/visite": edited})["/calendriers/"]
    assert before.key == after.key
    later = tree.pages(day=date(2021, 11, 30))["/calendriers/"]
    assert inside(before) == inside(later), "the frame alone tells the week"


def test_without_event_no_page_and_no_link(tmp_path: Path) -> None:
    pages = Tree(tmp_path).pages({"lieux/musee": LIEU})
    assert "/calendriers/" not in pages
    assert "/calendriers/" not in pages["/"].view().cadre.urls


@pytest.mark.parametrize(
    ("url", "calendar"),
    [
        ("/lieux/musee/", "/lieux/musee/agenda.ics"),
        ("/lieux/autre/", ""),
        ("/themes/numerique/", ""),
        ("/territoires/amiens/", "/agenda/epci/ca-amiens-metropole/agenda.ics"),
        ("/agenda/", "/agenda/agenda.ics"),
        ("/agenda/theme/numerique/", "/agenda/agenda.ics"),
        ("/agenda/week-end/", "/agenda/agenda.ics"),
        ("/communautes/amis/", ""),
        ("/evenements/visite/", ""),
    ],
)
def test_pages_lead_to_their_calendar(tmp_path: Path, url: str, calendar: str) -> None:
    files = {
        "lieux/musee": LIEU, "lieux/autre": LIEU, "events/visite": VISITE,
        "territoires/amiens": entry("territoires", type="ca", code="248000531"),
        "communautes/amis": entry("communautes", regle={"theme": "numerique"}),
    }  # fmt: skip
    assert Tree(tmp_path).view(url, files).calendrier == calendar


def buttons(tmp_path: Path, **fields: Any) -> list[str]:
    day = fields.pop("day", date(2021, 9, 27))
    files = {"events/visite": entry("events", **fields)}
    view: EntryView = Tree(tmp_path).view("/evenements/visite/", files, day=day)
    assert view.ics in ("", "/evenements/visite/evenement.ics")
    return [one.texte for one in view.boutons if one.url == view.ics]


def test_an_event_is_added_as_long_as_one_may_go(tmp_path: Path) -> None:
    assert buttons(tmp_path) == ["Ajouter à mon agenda"]
    assert buttons(tmp_path, etat="complet") == ["Ajouter à mon agenda"]
    assert buttons(tmp_path, etat="annule") == []
    assert buttons(tmp_path, etat="reporte", ancien_debut="2021-10-09 14:00") == []
    assert buttons(tmp_path, etat="reporte", ancien_debut="2021-10-02") == ["Ajouter à mon agenda"]
    assert buttons(tmp_path, day=date(2021, 10, 10)) == []


def test_several_dates_have_the_same_button(tmp_path: Path) -> None:
    seances = [{"debut": "2021-10-02 14:00"}, {"debut": "2021-10-09 14:00"}]
    assert buttons(tmp_path, seances=seances) == ["Ajouter à mon agenda"]
    assert buttons(tmp_path, seances=seances, day=date(2021, 10, 5)) == ["Ajouter à mon agenda"]
