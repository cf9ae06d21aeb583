"""Which contents have a drawing, and what makes it anew."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pictures import picture
from plans import Tree, entry
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.empreintes import CONTRIBUTING, LOST, EmpreinteView, plan_empreintes
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.lists import Bloc, Card
from portail.site.urls import DEEP, NUMBER, grounded

IMAGE = {"fichier": "photo.jpg", "alt": "Une photo.", "credit": "Camille", "licence": "CC-BY-4.0"}
SERVICE = {one.on("").url for one in (LOST, CONTRIBUTING)}
DRAWN = ("articles", "annonces", "auteurs", "communautes", "dossiers", "events", "projets",
         "temps-forts")  # fmt: skip
BARE = ("lieux", "newsletters", "pages", "ressources", "territoires")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def drawings(tree: Tree, files: dict[str, str | bytes], **options: Any) -> dict[str, TemplatePage]:
    """The drawings of a tree, by address."""
    site = tree.site(files, **options)
    return {one.url: one for one in plan_empreintes(site)}


@pytest.mark.parametrize("folder", DRAWN)
def test_a_content_without_picture_has_a_drawing(tree: Tree, folder: str) -> None:
    regle = {"regle": {"theme": "numerique"}} if folder == "dossiers" else {}
    site = tree.site({f"{folder}/essai": entry(folder, **regle)})
    pages = {one.url: one for one in plan_empreintes(site)}
    card = card_of(site, f"{folder}/essai")
    for url in (card.empreinte, card.profonde):
        file = url.removesuffix(f"#{DEEP}")
        assert f"/{pages[file].path}" == file


def test_each_kind_is_said_to_have_drawings_or_none() -> None:
    assert sorted((*DRAWN, *BARE)) == sorted(kind.value for kind in Kind)


@pytest.mark.parametrize("folder", BARE)
def test_what_has_another_face_or_is_only_text_has_none(tree: Tree, folder: str) -> None:
    day = {"publie_le": "2021-09-20"} if folder in ("pages", "newsletters") else {}
    site = tree.site({f"{folder}/2021-s39": entry(folder, **day)})
    assert f"{folder}/2021-s39" in site.items
    assert len(list(plan_empreintes(site))) == len(SERVICE)
    assert {card_of(site, ref).empreinte for ref in site.items} == {""}


def test_a_picture_takes_the_place_of_the_drawing(tree: Tree) -> None:
    files = {"events/photo.jpg": picture("JPEG"), "events/essai": entry("events", image=IMAGE)}
    site = tree.site(files)
    assert len(list(plan_empreintes(site))) == len(SERVICE)
    (card,) = (card_of(site, ref) for ref in site.items)
    assert card.image
    assert card.empreinte == ""


def shown(tree: Tree, text: str, slug: str = "articles/essai", **files: str) -> Card:
    return card_of(tree.site({slug: text, **files}), slug)


def test_a_theme_has_the_same_few_whatever_the_contents(tree: Tree) -> None:
    one = entry("articles", themes=["numerique", "vivant-sante"])
    card = shown(tree, one)
    assert re.fullmatch(r"/empreintes/numerique-\d\d\.svg(#profond)?", card.empreinte)
    other = shown(tree, entry("articles", themes=["numerique"], titre="Autre"))
    assert other.empreinte == card.empreinte
    many = set(drawings(tree, {f"articles/essai-{rank}": one for rank in range(400)}))
    assert sum(url.startswith("/empreintes/numerique") for url in many) == 24


def test_the_picture_is_of_the_theme_that_says_most(tree: Tree) -> None:
    card = shown(tree, entry("articles", themes=["sciences-societe", "astronomie-espace"]))
    assert card.empreinte.startswith("/empreintes/astronomie-espace-")
    assert card.theme == "sciences-societe"


def test_one_card_in_three_is_deep(tree: Tree) -> None:
    site = tree.site({f"articles/essai-{rank}": entry("articles") for rank in range(120)})
    deep = [DEEP in card_of(site, ref).empreinte for ref in site.items]
    assert 25 < sum(deep) < 55


def test_neighbours_never_show_the_same_drawing(tree: Tree) -> None:
    """And all that a list shows is published."""
    text = entry("articles", themes=["numerique"])
    files = {f"articles/essai-{rank}": text for rank in range(80)}
    site = tree.site(files)
    published = {one.url for one in plan_empreintes(site)}
    cards = sorted((card_of(site, ref) for ref in site.items), key=lambda one: one.empreinte)
    found = [one.empreinte for one in Bloc("Tout", tuple(cards)).cartes]
    assert all(a != b for a, b in pairwise(found))
    assert all(a != b for a, b in zip(found, found[2:], strict=False))
    assert {one.removesuffix(f"#{DEEP}") for one in found} <= published
    assert sum(a != b.empreinte for a, b in zip(found, cards, strict=True)) > 10
    lines = Bloc("Tout", tuple(cards), forme="lignes").cartes
    assert lines == tuple(cards)


def test_a_figure_has_room_on_a_drawing_of_its_own(tree: Tree) -> None:
    files = {"articles/essai": entry("articles", chiffre={"valeur": "101", "libelle": "essais"})}
    site = tree.site(files)
    card = card_of(site, "articles/essai")
    assert card.chiffre == ("101", "essais")
    assert card.profonde == grounded(card.empreinte, NUMBER)
    assert card.profonde in {one.url for one in plan_empreintes(site)}


def test_the_view_is_the_theme_and_the_numbers(tree: Tree) -> None:
    found = drawings(tree, {"articles/essai": entry("articles", themes=["numerique"])})
    views = [found[url].view() for url in found.keys() - SERVICE]
    assert {view.theme for view in views if isinstance(view, EmpreinteView)} == {"numerique"}
    assert {view.fond for view in views if isinstance(view, EmpreinteView)} == {""}
    assert all(view.dessin.traits for view in views if isinstance(view, EmpreinteView))
