"""What settings name and no table knows: refused by name, before anything is read."""

import pytest

from portail.config import site_config
from portail.diagnostics import ConfigError


def refused(tree, **settings):
    """What is said of an instance with these settings."""
    config = site_config({f"PORTAIL_{name}": value for name, value in settings.items()})
    with pytest.raises(ConfigError) as caught:
        tree.run({}, region=config.region)
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
def test_a_region_is_said_as_its_table_does(tree, written, meant):
    assert refused(tree, REGION=written) == (
        f"PORTAIL_REGION : « {written} » n’est le nom d’aucune région (data/regions.csv). "
        f"Vouliez-vous dire « {meant} » ?"
    )


def test_nothing_is_near(tree):
    said = "PORTAIL_REGION : « Texas » n’est le nom d’aucune région (data/regions.csv)."
    assert refused(tree, REGION="Texas") == said
