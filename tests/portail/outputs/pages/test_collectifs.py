"""Projects, communities, authors: their box, what one does first, who takes part."""

import pytest

from doses import rows_of
from plans import entry, rows_said
from portail.outputs.pages.views.shared import Lien

FILES = {
    "lieux/musee": entry("lieux", titre="Musée des *étoiles*", commune="Wizernes"),
    "auteurs/camille": entry("auteurs", titre="Camille", affiliation="musee"),
}


def view_of(tree, folder, files=None, **fields):
    contents = {**FILES, **(files or {}), f"{folder}/essai": entry(folder, **fields)}
    return tree.view(f"/{folder}/essai/", contents)


@pytest.mark.parametrize(
    ("folder", "fields", "expected", "act"), rows_of("portail/outputs/pages/collectifs.yml")
)
def test_what_the_box_tells_and_what_one_does_first(tree, folder, fields, expected, act):
    view = view_of(tree, folder, **fields)
    assert rows_said(view.faits) == expected
    assert view.boutons == ((Lien(act, "mailto:a@example.org"),) if act else ())


def test_who_takes_part(tree):
    people = (
        Lien("Musée des étoiles", "/lieux/musee/", "Musée, Wizernes"),
        Lien("Camille", "/auteurs/camille/", "Musée des étoiles"),
        Lien("Club Exemple"),
    )
    names = ["musee", "camille", "Club Exemple"]
    assert view_of(tree, "communautes", membres=names).acteurs == people
    assert view_of(tree, "projets", partenaires=names).acteurs == people
    assert view_of(tree, "articles", auteurs=names).acteurs == ()


def test_whom_the_contents_of_a_dossier_name(tree):
    files = {
        "lieux/club": entry("lieux", titre="Club", commune=None, territoires=["somme"]),
        "territoires/somme": entry("territoires"),
        "articles/a": entry("articles", auteurs=["camille"], lieu="musee"),
        "events/b": entry("events", lieu="musee", organisateurs=["club"]),
    }
    view = view_of(tree, "dossiers", files, elements=["articles/a", "events/b", "lieux/club"])
    assert view.acteurs == (
        Lien("Musée des étoiles", "/lieux/musee/", "Musée, Wizernes"),
        Lien("Camille", "/auteurs/camille/", "Musée des étoiles"),
    )


@pytest.mark.parametrize(("folder", "form"), [("communautes", ""), ("auteurs", "article/")])
def test_where_nothing_is_published_yet(tree, folder, form):
    empty = view_of(tree, folder).vide
    assert empty.phrase
    assert [one.url for one in empty.issues] == [f"/contribuer/{form}"]
    files = {"articles/a": entry("articles", **{folder: ["essai"]})}
    assert view_of(tree, folder, files).vide is None


def test_what_is_told_of_a_project(tree):
    files = {
        "articles/dit": entry("articles", "Lire [le projet](projets/essai)."),
        "annonces/nommee": entry("annonces"),
        "events/nomme": entry("events"),
    }
    text = entry("projets", "Voir [l’appel](annonces/nommee) et [la fête](events/nomme).")
    view = tree.view("/projets/essai/", {**files, "projets/essai": text})
    assert [(one.titre, [card.ref for card in one.cartes]) for one in view.blocs] == [
        ("Prochains événements", ["events/nomme"]),
        ("À lire aussi", ["articles/dit", "annonces/nommee"]),
    ]


def test_few_of_each_kind_are_shown_together(tree):
    signed = {"auteurs": ["essai"]}
    files = {f"articles/{one}": entry("articles", **signed) for one in "abc"}
    files["ressources/d"] = entry("ressources", **signed)
    view = view_of(tree, "auteurs", files)
    assert [(one.titre, len(one.cartes)) for one in view.blocs] == [
        ("Articles", 3), ("Contributions", 1),
    ]  # fmt: skip
