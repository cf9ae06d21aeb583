"""The facets of the agenda: values that hold something, their pages, their counts."""

import pytest

from doses import rows_of
from plans import contents, entry
from portail.features.services.agenda.filter import facettes_view
from portail.outputs.pages.views import lists
from portail.outputs.pages.views.shared import Lien

FILES = contents(rows_of("features/services/agenda/facets.yml"))


def facet(facettes, cle):
    return next(one for one in facettes if one.cle == cle)


def test_values_that_hold_something_have_their_page(tree):
    view = facettes_view(tree.site(FILES), counted=True)
    theme = facet(view.facettes, "theme")
    assert theme.ouverte
    (value,) = theme.valeurs
    assert (value.code, value.url, value.nombre) == (
        "numerique", "/agenda/theme/numerique/", 3,
    )  # fmt: skip
    assert (value.theme, value.choisie) == ("numerique", False)
    # One control for each choice: « Ce week-end » is a value of « Quand », and nowhere else.
    assert view.raccourcis == ()
    assert "gratuit" not in {one.cle for one in view.facettes}
    assert (view.donnees, view.etat) == ("/agenda/facettes.json", "")


def test_the_page_of_a_value_marks_it_and_counts_nothing(tree):
    chosen = ("public", "familles")
    view = facettes_view(tree.site(FILES), counted=False, chosen=chosen)
    (value,) = facet(view.facettes, "public").valeurs
    assert value.choisie
    assert facet(view.facettes, "public").ouverte
    assert view.etat == "public=familles"
    assert {one.nombre for each in view.facettes for one in each.valeurs} == {None}


def test_the_page_of_a_value_leaves_many_others_to_the_whole_list(tree, monkeypatch):
    themes = ("numerique", "vivant-sante", "astronomie-espace")
    some = {"themes": themes, "publics": ["familles"], "debut": "2021-09-28"}
    site = tree.site({f"events/e{rank}": entry("events", **some) for rank in range(3)})
    monkeypatch.setattr(lists, "_LONG", len(themes) - 1)
    whole = facettes_view(site, counted=False).facettes
    assert len(facet(whole, "theme").valeurs) == 3 and facet(whole, "theme").toutes is None
    own = facet(facettes_view(site, False, ("theme", "numerique")).facettes, "theme")
    assert [(one.code, one.choisie) for one in own.valeurs] == [("numerique", True)]
    assert own.toutes == Lien("Choisir parmi les 3", "/agenda/?theme=numerique")
    other = facet(facettes_view(site, False, ("public", "familles")).facettes, "theme")
    assert other.valeurs == () and other.toutes.url == "/agenda/?public=familles"


def test_an_epci_has_its_short_name(tree):
    files = {
        f"events/{name.lower()}": entry("events", adresse={"commune": name})
        for name in ("Wizernes", "Amiens")
    }
    files["events/encore"] = entry("events", adresse={"commune": "Amiens"})
    view = facettes_view(tree.site(files), counted=False)
    labels = [one.texte for one in facet(view.facettes, "epci").valeurs]
    assert labels == ["Amiens Métropole", "Pays de Saint-Omer"]
    assert not facet(view.facettes, "epci").ouverte
    assert facet(view.facettes, "epci").tue, "the commune asks it; its pages and addresses stay"


def test_near_a_commune_needs_a_region_and_places(tree):
    view = facettes_view(tree.site(FILES, region=""), counted=False)
    assert (view.communes, view.lieux) == ("", "")
    assert "vacances" not in [one.code for one in facet(view.facettes, "quand").valeurs]
    here = tree.site({"lieux/musee": entry("lieux")}, region="Hauts-de-France")
    view = facettes_view(here, counted=False)
    assert (view.communes, view.lieux) == ("/communes.json", "/lieux/facettes.json")
    assert "vacances" in [one.code for one in facet(view.facettes, "quand").valeurs]


@pytest.mark.parametrize(("telling", "shown"), [(1, False), (2, True)])
def test_inside_or_outside_is_asked_where_half_of_the_events_tell(tree, telling, shown):
    files = {
        f"events/e{rank}": entry(
            "events", dedans_dehors=["dedans", "dehors"] if rank < telling else []
        )
        for rank in range(4)
    }
    view = facettes_view(tree.site(files), counted=True)
    found = {one.cle: [value.texte for value in one.valeurs] for one in view.facettes}
    assert found.get("dedans-dehors") == (["Dedans", "Dehors"] if shown else None)
    assert all(one.bascule for one in view.facettes if one.cle == "dedans-dehors"), "a condition"


def test_a_yearly_rendezvous_is_a_value_by_its_name_for_its_page_alone(tree):
    files = {
        "temps-forts/fete": entry("temps-forts", titre="Fête de la science"),
        "events/a": entry("events", temps_fort="fete"),
        "events/b": entry("events", temps_fort="temps-forts/fete"),
    }
    view = facettes_view(tree.site(files), counted=True)
    assert facet(view.facettes, "temps-fort").tue
    (value,) = facet(view.facettes, "temps-fort").valeurs
    assert (value.code, value.texte, value.url, value.nombre) == (
        "fete", "Fête de la science", "", 2,
    )  # fmt: skip
