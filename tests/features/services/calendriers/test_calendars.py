"""Which pages have a calendar, and the events that each holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plans import Tree, entry
from portail.features.services.calendriers.calendars import GROUPS, calendars_of

LIEU = entry("lieux", titre="Musée-Exemple", commune="Wizernes")
FILES = {
    "lieux/musee-exemple": LIEU,
    "lieux/sans-rien": LIEU,
    "events/atelier": entry("events", lieu="musee-exemple", themes=["numerique"]),
    "events/village": entry("events", format="village-des-sciences"),
    "events/dedans": entry("events", evenement_parent="village", organisateurs=["musee-exemple"]),
    "events/ancien": entry(
        "events", debut="2018-10-09", temps_fort="rendez-vous", publics=["familles"]
    ),
    "events/en-ligne": entry("events", en_ligne="https://example.org/", tarif={"gratuit": True}),
    "temps-forts/rendez-vous": entry("temps-forts"),
    "communautes/amis": entry("communautes", regle={"theme": "numerique"}),
    "communautes/autres": entry("communautes"),
    "territoires/saint-omer": entry("territoires", type="ca", code="200069037"),
    "territoires/somme": entry("territoires"),
    "territoires/region": entry("territoires", type="region", code="32"),
}  # fmt: skip


def test_the_calendars_of_a_site(tmp_path: Path) -> None:
    calendars = calendars_of(Tree(tmp_path).site(FILES))
    held = {one.page: [ref.removeprefix("events/") for ref in one.refs] for one in calendars.every}
    assert held.pop("/agenda/") == ["atelier", "dedans", "en-ligne", "village"]
    assert held.pop("/agenda/departement/pas-de-calais/") == ["atelier", "dedans", "village"]
    assert held.pop("/lieux/musee-exemple/") == ["atelier", "dedans"]
    # What is of long ago is no longer held, but its calendar stays where it was.
    assert held.pop("/temps-forts/rendez-vous/") == []
    assert held == {"/agenda/epci/ca-pays-de-saint-omer/": ["atelier", "dedans", "village"]}


def test_addresses_are_those_of_pages(tmp_path: Path) -> None:
    calendars = calendars_of(Tree(tmp_path).site(FILES))
    urls = [one.url for one in calendars.every]
    assert len(set(urls)) == len(urls)
    assert calendars.by_page["/lieux/musee-exemple/"].url == "/lieux/musee-exemple/agenda.ics"
    ranks = [GROUPS.index(one.groupe) for one in calendars.every]
    assert ranks == sorted(ranks)


def test_pages_that_share_a_calendar(tmp_path: Path) -> None:
    by_page = calendars_of(Tree(tmp_path).site(FILES)).by_page
    assert "/themes/numerique/" not in by_page
    assert by_page["/territoires/region/"].page == "/agenda/"
    assert by_page["/territoires/saint-omer/"].page == "/agenda/epci/ca-pays-de-saint-omer/"
    assert "/territoires/somme/" not in by_page


def test_names_are_short_and_in_order(tmp_path: Path) -> None:
    files = dict(FILES)
    files["events/amiens"] = entry("events", adresse={"commune": "Amiens"})
    every = calendars_of(Tree(tmp_path).site(files)).every
    assert [one.nom for one in every if one.groupe == "epci"] == [
        "Amiens Métropole", "Pays de Saint-Omer",
    ]  # fmt: skip


def test_no_event_no_calendar(tmp_path: Path) -> None:
    calendars = calendars_of(Tree(tmp_path).site({"lieux/musee-exemple": LIEU}))
    assert calendars.every == () and not calendars.by_page


def test_what_they_hold_changes_once_a_month(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    first = calendars_of(tree.site(FILES, day=date(2021, 12, 1)))
    assert first.since == date(2021, 11, 1)
    assert calendars_of(tree.site(day=date(2021, 12, 31))) == first
    assert calendars_of(tree.site(day=date(2022, 1, 1))).since == date(2021, 12, 1)


def test_a_calendar_that_is_full_holds_what_is_nearest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portail.features.services.calendriers.calendars.MOST", 3)
    days = {"vieux": "2021-02-01", "hier": "2021-09-24", "demain": "2021-09-28",
            "loin": "2021-12-01", "bientot": "2021-10-02"}  # fmt: skip
    files = {f"events/{slug}": entry("events", debut=day) for slug, day in days.items()}
    files["events/dure"] = entry("events", debut="2021-09-01", fin="2021-12-31")
    tree = Tree(tmp_path)
    (agenda,) = (one for one in calendars_of(tree.site(files, day=date(2021, 9, 27))).every
                 if one.groupe == "tout")  # fmt: skip
    assert agenda.refs == ("events/bientot", "events/demain", "events/dure")
    site = tree.site(day=date(2021, 11, 22))
    assert calendars_of(site).every[0].refs == ("events/bientot", "events/dure", "events/loin")
    assert (
        calendars_of(tree.site(day=date(2021, 11, 28))).every[0].refs
        == calendars_of(site).every[0].refs
    )
