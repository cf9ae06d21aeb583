"""What settings name and no table knows: refused by name, before anything is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plans import Tree, entry
from portail.config import site_config
from portail.diagnostics import ConfigError


def refused(tmp_path: Path, **settings: Any) -> str:
    """What is said of an instance with these settings."""
    config = site_config({f"PORTAIL_{name}": value for name, value in settings.items()})
    with pytest.raises(ConfigError) as caught:
        Tree(tmp_path).run({}, region=config.region, lettre=config.lettre)
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Normandi", "Normandie"),
        ("normandie", "Normandie"),
        ("28", "Normandie"),
        ("Réunion", "La Réunion"),
        ("Pays de Loire", "Pays de la Loire"),
    ],
)
def test_a_region_is_said_as_its_table_does(tmp_path: Path, written: str, meant: str) -> None:
    assert refused(tmp_path, REGION=written) == (
        f"PORTAIL_REGION : « {written} » n’est le nom d’aucune région (data/regions.csv). "
        f"Vouliez-vous dire « {meant} » ?"
    )


def test_nothing_is_near(tmp_path: Path) -> None:
    said = "PORTAIL_REGION : « Texas » n’est le nom d’aucune région (data/regions.csv)."
    assert refused(tmp_path, REGION="Texas") == said


@pytest.mark.parametrize("region", ["Normandie", "Provence-Alpes-Côte d’Azur", ""])
def test_regions_that_are(tmp_path: Path, region: str) -> None:
    assert Tree(tmp_path).run({"articles/a": entry("articles")}, region=region).site


HOME = "Hauts-de-France"
ELSEWHERE = "une intercommunalité de la région Hauts-de-France"


@pytest.mark.parametrize(
    ("region", "key", "value", "what", "instead"),
    [
        (HOME, "departement", "aisnee", f"un département de la région {HOME}", "aisne"),
        (HOME, "epci", "amiens-metropole", ELSEWHERE, "ca-amiens-metropole"),
        (HOME, "theme", "astronomie", "un thème (data/themes.yml)", "astronomie-espace"),
        ("Normandie", "public", "familes", "un public (data/publics.yml)", "familles"),
    ],
)
def test_an_edition_is_narrowed_to_what_is(
    tmp_path: Path, region: str, key: str, value: str, what: str, instead: str
) -> None:
    letter = {"editions": {"x": {"nom": "Une édition", key: value}}}
    assert refused(tmp_path, REGION=region, LETTRE=letter) == (
        f"PORTAIL_LETTRE, édition « x » : « {value} » n’est pas {what}. "
        f"Vouliez-vous dire « {instead} » ?"
    )


def test_the_editions_of_another_region_are_told_what_there_is(tmp_path: Path) -> None:
    letter = {"editions": {"aisne": {"nom": "Aisne", "departement": "aisne"}}}
    assert refused(tmp_path, REGION="Normandie", LETTRE=letter) == (
        "PORTAIL_LETTRE, édition « aisne » : « aisne » n’est pas un département de la région "
        "Normandie. Choisissez : calvados, eure, manche, orne, seine-maritime."
    )


def test_every_edition_of_a_region_is_admitted(tmp_path: Path) -> None:
    asked = {
        "departement": "eure",
        "epci": "cu-caen-la-mer",
        "theme": "vivant-sante",
        "public": "familles",
    }
    editions = {key: {"nom": key, key: value} for key, value in asked.items()}
    config = site_config({"PORTAIL_REGION": "Normandie", "PORTAIL_LETTRE": {"editions": editions}})
    files = {"articles/a": entry("articles")}
    assert Tree(tmp_path).run(files, region=config.region, lettre=config.lettre).site
