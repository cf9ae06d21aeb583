"""Which contents have a drawing, and what makes it anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pictures import picture
from plans import Tree, entry
from portail.outputs.base import TemplatePage
from portail.outputs.empreintes import EmpreintesOutput, EmpreinteView
from portail.outputs.pages.cards import build_cards
from portail.outputs.pages.kit import kit_of

IMAGE = {"fichier": "photo.jpg", "alt": "Une photo.", "credit": "Camille", "licence": "CC-BY-4.0"}
DRAWN = ("articles", "annonces", "auteurs", "communautes", "dossiers", "events", "lieux",
         "projets", "ressources", "temps-forts", "territoires")  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def drawings(tree: Tree, files: dict[str, str | bytes], **options: Any) -> dict[str, TemplatePage]:
    """The drawings of a tree, by address."""
    site = tree.site(files, **options)
    return {one.url: one for one in EmpreintesOutput().plan(site)}


@pytest.mark.parametrize("folder", DRAWN)
def test_a_content_without_picture_has_a_drawing(tree: Tree, folder: str) -> None:
    regle = {"regle": {"theme": "numerique"}} if folder == "dossiers" else {}
    site = tree.site({f"{folder}/essai": entry(folder, **regle)})
    pages = {one.url: one for one in EmpreintesOutput().plan(site)}
    assert len(pages) == len(site.items)
    card = build_cards(site, kit_of(site))[f"{folder}/essai"]
    page = pages[card.empreinte]
    assert page.url == card.empreinte == f"/empreintes{card.url[:-1]}.svg"
    assert f"/{page.path}" == page.url


@pytest.mark.parametrize("folder", ["pages", "newsletters"])
def test_what_is_only_text_has_none(tree: Tree, folder: str) -> None:
    site = tree.site({f"{folder}/2021-s39": entry(folder, publie_le="2021-09-20")})
    assert len(site.items) == 1
    assert list(EmpreintesOutput().plan(site)) == []
    assert [card.empreinte for card in build_cards(site, kit_of(site)).values()] == [""]


def test_a_picture_takes_the_place_of_the_drawing(tree: Tree) -> None:
    files = {"lieux/photo.jpg": picture("JPEG"), "lieux/essai": entry("lieux", image=IMAGE)}
    site = tree.site(files)
    assert list(EmpreintesOutput().plan(site)) == []
    (card,) = build_cards(site, kit_of(site)).values()
    assert card.image
    assert card.empreinte == ""


def test_the_slug_and_the_theme_alone_make_it_anew(tree: Tree) -> None:
    def keys(**fields: Any) -> Any:
        found = drawings(tree, {"articles/essai": entry("articles", **fields)})
        return [one.key for one in found.values()]

    first = keys(themes=["numerique"])
    assert keys(themes=["numerique", "vivant-sante"], titre="Autre", resume="Autre.") == first
    assert keys(themes=["vivant-sante"]) != first
    assert len(drawings(tree, {"articles/second": entry("articles")})) == 2


def test_the_view_is_the_theme_and_the_numbers(tree: Tree) -> None:
    found = drawings(tree, {"articles/essai": entry("articles", themes=["numerique"])})
    view = found["/empreintes/articles/essai.svg"].view()
    assert isinstance(view, EmpreinteView)
    assert view.theme == "numerique"
    assert len(view.dessin.anneaux) >= 9
