"""What maps may show of another site: the setting."""

import pytest

from doses import cases, rows_of
from portail.config import IGN, Basemap, site_config
from portail.diagnostics import ConfigError

OSM = {
    "adresse": "https://tuiles.example.org/{z}/{x}/{y}.png",
    "mention": "© les contributeurs d’OpenStreetMap",
    "organisme": "l’association Exemple",
}


def test_by_default_that_of_the_state():
    told = {"adresse": IGN.adresse, "mention": IGN.mention, "organisme": IGN.organisme}
    assert site_config({}) == site_config({"PORTAIL_FOND_DE_CARTE": told})
    assert site_config({}).fond_de_carte == IGN
    assert IGN.origine == "https://data.geopf.fr"


@cases("value", ["", {}, None])
def test_none_when_it_is_empty(value):
    assert site_config({"PORTAIL_FOND_DE_CARTE": value}).fond_de_carte is None


def test_another():
    found = site_config({"PORTAIL_FOND_DE_CARTE": OSM}).fond_de_carte
    assert found == Basemap(**OSM)
    assert (found.hote, found.origine) == ("tuiles.example.org", "https://tuiles.example.org")


@cases(("change", "said"), rows_of("portail/basemap.yml"))
def test_a_faulty_setting_is_told(change, said):
    with pytest.raises(ConfigError, match=said):
        site_config({"PORTAIL_FOND_DE_CARTE": {**OSM, **change}})


def test_what_is_no_dictionary_is_told():
    with pytest.raises(ConfigError, match="attend un dictionnaire"):
        site_config({"PORTAIL_FOND_DE_CARTE": "https://tuiles.example.org/{z}/{x}/{y}.png"})
