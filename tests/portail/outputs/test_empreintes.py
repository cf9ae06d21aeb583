"""Which contents have a drawing, and what makes it anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pictures import picture
from plans import Tree, entry
from portail.drawing import COUNT
from portail.outputs.base import TemplatePage
from portail.outputs.empreintes import CONTRIBUTING, LOST, EmpreintesOutput, EmpreinteView
from portail.outputs.pages.cards import card_of
from portail.site.urls import empreinte_of

IMAGE = {"fichier": "photo.jpg", "alt": "Une photo.", "credit": "Camille", "licence": "CC-BY-4.0"}
SERVICE = {empreinte_of(*LOST), empreinte_of(*CONTRIBUTING)}
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
    card = card_of(site, f"{folder}/essai")
    page = pages[card.empreinte]
    assert page.url == card.empreinte
    assert f"/{page.path}" == page.url


@pytest.mark.parametrize("folder", ["pages", "newsletters"])
def test_what_is_only_text_has_none(tree: Tree, folder: str) -> None:
    site = tree.site({f"{folder}/2021-s39": entry(folder, publie_le="2021-09-20")})
    assert len(site.items) == 1
    assert len(list(EmpreintesOutput().plan(site))) == len(SERVICE)
    assert [card_of(site, ref).empreinte for ref in site.items] == [""]


def test_a_picture_takes_the_place_of_the_drawing(tree: Tree) -> None:
    files = {"lieux/photo.jpg": picture("JPEG"), "lieux/essai": entry("lieux", image=IMAGE)}
    site = tree.site(files)
    assert len(list(EmpreintesOutput().plan(site))) == len(SERVICE)
    (card,) = (card_of(site, ref) for ref in site.items)
    assert card.image
    assert card.empreinte == ""


def test_a_theme_has_the_same_few_whatever_the_contents(tree: Tree) -> None:
    def urls(**files: str) -> set[str]:
        return {*drawings(tree, {f"articles/{slug}": text for slug, text in files.items()})}

    one = entry("articles", themes=["numerique", "vivant-sante"])
    (first,) = urls(essai=one) - SERVICE
    assert re.fullmatch(r"/empreintes/numerique-\d\d\.svg", first)
    assert urls(essai=entry("articles", themes=["numerique"], titre="Autre")) == {first, *SERVICE}
    assert first not in urls(essai=entry("articles", themes=["vivant-sante"]))
    many = urls(**{f"essai-{rank}": one for rank in range(400)})
    assert sum("numerique" in url for url in many) == COUNT


def test_the_view_is_the_theme_and_the_numbers(tree: Tree) -> None:
    found = drawings(tree, {"articles/essai": entry("articles", themes=["numerique"])})
    (url,) = found.keys() - SERVICE
    view = found[url].view()
    assert isinstance(view, EmpreinteView)
    assert view.theme == "numerique"
    assert len(view.dessin.anneaux) >= 9
