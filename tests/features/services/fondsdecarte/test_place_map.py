"""The map of one place: where it is, and how well that is known."""

import pytest

from doses import cases
from plans import entry
from portail.features.services.fondsdecarte.atlas import far_phrase
from portail.features.services.fondsdecarte.drawing import REGION
from portail.outputs.pages.views.shared import Lien

NB = "\u00a0"
LIEU = "/lieux/musee/"


def lieu(tree, **fields):
    return tree.view(LIEU, {"lieux/musee": entry("lieux", titre="Musée", **fields)})


def named(carte, sorte):
    return {label.lignes[0] for label in carte.etiquettes if label.sorte == sorte}


def test_a_commune_is_shown_with_the_towns_around(tree):
    carte = lieu(tree, commune="Wizernes", themes=["numerique"]).carte
    assert (carte.forme, carte.fond) == ("lieu", REGION)
    (point,) = carte.points
    assert (point.lien, point.theme, point.numero) == (Lien("Musée"), "numerique", 0)
    x, y, wide, high = map(float, carte.cadre.split())
    assert (round(x + wide / 2, 1), round(y + high / 2, 1)) == (point.x, point.y)
    assert named(carte, "ici") == {"Wizernes"}
    assert {"Saint-Omer", "Hazebrouck"} <= named(carte, "ville")
    assert carte.titre.replace(NB, " ") == (
        "Carte : Musée, Wizernes (62). Ville la plus proche : Saint-Omer, à 5 km au nord."
    )
    assert carte.legende == ""


def test_suburbs_give_way_to_their_town_but_are_named_when_it_is_there(tree):
    assert "Lambersart" not in named(lieu(tree, commune="Armentières").carte, "ville")
    carte = lieu(tree, commune="Lambersart").carte
    assert named(carte, "ici") == {"Lambersart"}
    assert carte.titre.endswith(", Lambersart (59).")


@pytest.mark.parametrize(
    "fields", [{"commune": "Bordeaux"}, {"commune": None, "territoires": ["departement-62"]}]
)
def test_no_map_outside_the_region_nor_without_a_commune(tree, fields):
    assert lieu(tree, **fields).carte is None


def test_an_event_is_where_its_lieu_is_at_its_own_address_or_online(tree):
    """A place that is measured says no more than it knows."""
    measured = entry("lieux", commune="Lens", coordonnees={"lat": "50.43", "lon": "2.83"})
    pages = tree.pages({
        "lieux/musee": measured,
        "events/la": entry("events", lieu="musee"),
        "events/ailleurs": entry("events", adresse={"commune": "Wizernes"}),
        "events/en-ligne": entry("events", en_ligne="https://exemple.org/"),
    })  # fmt: skip
    there, elsewhere, online = (
        pages[f"/evenements/{name}/"].view().carte for name in ("la", "ailleurs", "en-ligne")
    )
    assert named(there, "ici") == {"Lens"} and there.legende == ""
    assert pages[LIEU].view().carte.legende == ""
    assert named(elsewhere, "ici") == {"Wizernes"}
    assert online is None


@cases(
    ("end", "said"),
    [((51, 2), "au nord"), ((50, 3), "à l’est"), ((49, 2), "au sud"), ((50, 1), "à l’ouest"),
     ((50.7, 3.1), "au nord-est"), ((49.3, 0.9), "au sud-ouest")],
)  # fmt: skip
def test_directions(end, said):
    assert far_phrase((50, 2), end).endswith(f"km {said}")
    assert far_phrase((50, 2), (50, 2)).startswith(f"à 1{NB}km")
