"""The settings that name neighbours."""

import pytest

from doses import cases
from portail.diagnostics import ConfigError
from portail.features import configured
from portail.features.pages.voisins.settings import voisins_of

ECHO = {"nom": "Écho-Voisin", "api": "https://voisin.example/sciences/api/v1/"}


def test_neighbours_are_portals_with_open_data_of_their_own():
    other = {"nom": "Autre", "api": "http://d.example:8000/api/v1/", "site": "https://a.example"}
    (one, two) = voisins_of(configured({"PORTAIL_VOISINS": [ECHO, other]}))
    assert (one.slug, one.accueil) == ("echo-voisin", "https://voisin.example/sciences/")
    assert (two.slug, two.accueil) == ("autre", "https://a.example/")
    assert configured({"PORTAIL_VOISINS": []}) == configured({})


@cases(
    ("value", "message"),
    [
        ("voisin.example", "attend une liste, par exemple"),
        (ECHO, "attend une liste, par exemple"),
        (["voisin.example"], "voisin 1 attend un dictionnaire, par exemple"),
        ([ECHO, {"nom": "Autre"}], "voisin 2 : il manque « api »"),
        ([{**ECHO, "nom": ""}], "voisin 1 : il manque « nom »"),
        ([{**ECHO, "nom": "—"}], "voisin 1 : écrivez un « nom » en lettres"),
        ([{**ECHO, "nom": "…"}], "voisin 1 : écrivez un « nom » en lettres"),
        ([{**ECHO, "apis": "x"}], "la clé « apis » n’existe pas. Vouliez-vous dire « api » ?"),
        ([{**ECHO, "api": "https://voisin.example/"}], "attend une adresse comme"),
        ([{**ECHO, "api": "file:///etc/api/v1/"}], "attend une adresse comme"),
        ([{**ECHO, "api": "https://moi:x@voisin.example/api/v1/"}], "attend une adresse comme"),
        ([{**ECHO, "api": "https://voisin.example/api/v1/?x"}], "attend une adresse comme"),
        ([{**ECHO, "site": "voisin.example"}], "site « voisin.example » n’est pas une adresse"),
        ([{**ECHO, "region": 28}], "« region » attend un texte entre guillemets"),
        ([ECHO, {**ECHO, "nom": "Autre"}], "deux voisins ont le même « api »"),
        (
            [ECHO, {**ECHO, "nom": "Echo voisin", "api": "https://b.example/api/v1/"}],
            "même « nom »",
        ),
    ],
)
def test_neighbours_that_are_none(value, message):
    with pytest.raises(ConfigError) as caught:
        configured({"PORTAIL_VOISINS": value})
    assert str(caught.value).startswith("PORTAIL_VOISINS")
    assert message in str(caught.value)


def test_the_folder_of_copies_is_a_text():
    assert configured({}).added["voisins_dossier"] == ".cache/voisins"
    with pytest.raises(ConfigError, match="PORTAIL_VOISINS_DOSSIER attend un texte"):
        configured({"PORTAIL_VOISINS_DOSSIER": 12})
