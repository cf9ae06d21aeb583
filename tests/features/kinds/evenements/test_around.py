"""Three cards below an event or an announcement."""

import pytest

from doses import rows_of
from plans import entry

NB = "\u00a0"


def test_what_is_next_at_the_place_what_to_read(tree):
    files = {
        "lieux/musee": entry("lieux", commune="Amiens"),
        "events/a": entry("events", lieu="musee"),
        "events/b": entry("events", lieu="musee", debut="2021-10-10"),
        "events/c": entry("events", lieu="musee", debut="2021-10-11"),
        "articles/d": entry("articles", lieu="musee"),
    }
    bloc = tree.view("/evenements/a/", files).autour
    assert bloc.titre == "Sur place et autour"
    assert [card.ref for card in bloc.cartes] == ["events/b", "articles/d"]


def test_nothing_near_and_nothing_at_all(tree):
    files = {"events/a": entry("events", en_ligne="https://example.org/")}
    assert tree.view("/evenements/a/", files).autour is None
    files["events/b"] = entry("events", debut="2021-10-10")
    assert tree.view("/evenements/a/", files).autour is None
    files["events/a"] = entry("events", en_ligne="https://example.org/", mots_cles=["ver"])
    files["events/c"] = entry("events", debut="2021-10-11", mots_cles=["Ver"])
    around = tree.view("/evenements/a/", files).autour
    assert (around.titre, len(around.cartes)) == ("À voir aussi", 1)


def test_neither_what_contains_it_nor_what_it_contains(tree):
    files = {
        "events/village": entry("events", debut="2021-10-02"),
        "events/robots": entry("events", debut="2021-10-02", evenement_parent="village"),
    }
    assert tree.view("/evenements/village/", files).autour is None
    assert tree.view("/evenements/robots/", files).autour is None


def test_what_is_over_leads_to_what_is_on(tree):
    files = {
        "lieux/musee": entry("lieux"),
        "events/a": entry("events", lieu="musee", debut="2021-09-01"),
        "events/b": entry("events", titre="Le *Bufo*", lieu="musee", debut="2021-10-10"),
        "events/c": entry("events", debut="2021-10-11"),
    }
    message = tree.view("/evenements/a/", files).message
    assert message.invite == "À venir au même endroit"
    assert [(one.texte, one.url, one.note) for one in message.suites] == [
        ("Le *Bufo*", "/evenements/b/", f"Dimanche 10{NB}octobre 2021")
    ]
    assert tree.view("/evenements/b/", files).message is None


def test_other_announcements(tree):
    files = {
        "annonces/a": entry("annonces", publie_le="2021-01-01", echeance="2021-09-01"),
        "annonces/b": entry("annonces"),
    }
    bloc = tree.view("/annonces/a/", files).autour
    assert bloc.titre == "D’autres annonces en cours"
    assert [card.ref for card in bloc.cartes] == ["annonces/b"]
    assert tree.view("/annonces/b/", files).autour is None


@pytest.mark.parametrize(("other", "named"), rows_of("features/kinds/evenements/around.yml"))
def test_what_stands_in_is_for_the_same_people_and_has_places(tree, other, named):
    files = {
        "lieux/musee": entry("lieux"),
        "events/a": entry("events", lieu="musee", etat="annule", publics=["adultes"]),
        "events/b": entry("events", lieu="musee", debut="2021-10-10", **other),
    }
    assert bool(tree.view("/evenements/a/", files).message.suites) is named


def test_a_leaf_of_another_year_says_it(tree):
    files = {
        "lieux/musee": entry("lieux"),
        "events/a": entry("events", lieu="musee"),
        "events/b": entry("events", lieu="musee", debut="2022-02-08"),
    }
    (card,) = tree.view("/evenements/a/", files).autour.cartes
    assert card.feuille.an == "2022"
