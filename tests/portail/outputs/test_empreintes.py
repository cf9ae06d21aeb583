"""Which contents have a drawing, which one, and what files there are."""

import pytest

from pictures import picture
from plans import entry
from portail.model.kinds import Kind
from portail.outputs.empreintes import EmpreinteView, count_of, plan_empreintes, shown_theme
from portail.outputs.pages.cards import card_of
from portail.site.urls import DEEP

IMAGE = {"fichier": "photo.jpg", "alt": "Une photo.", "credit": "Camille", "licence": "CC-BY-4.0"}
DRAWN = ("articles", "annonces", "auteurs", "communautes", "dossiers", "events", "projets",
         "temps-forts")  # fmt: skip
BARE = ("lieux", "newsletters", "pages", "ressources", "territoires")


@pytest.mark.parametrize("folder", DRAWN)
def test_a_content_without_picture_has_a_drawing(tree, folder):
    regle = {"regle": {"theme": "numerique"}} if folder == "dossiers" else {}
    site = tree.site({f"{folder}/essai": entry(folder, **regle)})
    files = {one.url: one.path for one in plan_empreintes(site)}
    card = card_of(site, f"{folder}/essai")
    for url in (card.empreinte, card.profonde):
        file = url.removesuffix(f"#{DEEP}")
        assert f"/{files[file]}" == file


def test_each_kind_is_said_to_have_drawings_or_none():
    assert sorted((*DRAWN, *BARE)) == sorted(kind.value for kind in Kind)


@pytest.mark.parametrize("folder", BARE)
def test_what_has_another_face_or_is_only_text_has_none(tree, folder):
    day = {"publie_le": "2021-09-20"} if folder in ("pages", "newsletters") else {}
    site = tree.site({f"{folder}/2021-s39": entry(folder, **day)})
    assert f"{folder}/2021-s39" in site.items
    assert {card_of(site, ref).empreinte for ref in site.items} == {""}


def test_a_picture_takes_the_place_of_the_drawing(tree):
    files = {"events/photo.jpg": picture("JPEG"), "events/essai": entry("events", image=IMAGE)}
    site = tree.site(files)
    (card,) = (card_of(site, ref) for ref in site.items)
    assert card.image
    assert card.empreinte == card.profonde == ""


def test_a_slug_and_a_theme_choose_whatever_else_there_is(tree):
    """The same on every machine, and for ever: another choice changes pictures on every list."""
    wanted = {
        "articles/aube": "/empreintes/numerique-2.svg",
        "articles/midi": "/empreintes/numerique-3.svg",
        "articles/pluie": "/empreintes/numerique-1.svg#profond",
    }
    text, changed = entry("articles", themes=["numerique"]), entry("articles", titre="Autre")
    few = tree.site(dict.fromkeys(wanted, text))
    assert {ref: card_of(few, ref).empreinte for ref in wanted} == wanted
    others = {f"articles/autre-{rank}": changed for rank in range(9)}
    many = tree.site(others | dict.fromkeys(wanted, text.replace("résumé", "texte")))
    assert {ref: card_of(many, ref).empreinte for ref in wanted} == wanted


@pytest.mark.parametrize("theme", ["numerique", "sciences-societe"])
def test_all_drawings_of_a_theme_serve_and_one_card_in_three_is_deep(tree, theme):
    text = entry("articles", themes=[theme])
    site = tree.site({f"articles/essai-{rank}": text for rank in range(120)})
    shown = [card_of(site, ref).empreinte for ref in site.items]
    files = {one.removesuffix(f"#{DEEP}") for one in shown}
    assert files == {f"/empreintes/{theme}-{rank}.svg" for rank in range(1, count_of(theme) + 1)}
    assert 25 < sum(one.endswith(f"#{DEEP}") for one in shown) < 55


def test_the_picture_is_of_the_theme_that_says_most(tree):
    text = entry("articles", themes=["sciences-societe", "astronomie-espace"])
    card = card_of(tree.site({"articles/essai": text}), "articles/essai")
    assert card.empreinte.startswith("/empreintes/astronomie-espace-")
    assert card.theme == "sciences-societe"


def test_the_picture_tells_what_a_content_is_about():
    assert shown_theme(("sciences-societe", "numerique", "vivant-sante")) == "numerique"
    assert shown_theme(("vivant-sante", "sciences-societe")) == "vivant-sante"
    assert shown_theme(("sciences-societe",)) == "sciences-societe"
    assert shown_theme(()) == ""


def test_files_are_those_of_the_themes_whatever_the_contents(tree):
    site = tree.site({"articles/essai": entry("articles")})
    found = [one.view() for one in plan_empreintes(site)]
    themes = ("", *site.vocabularies["themes"])
    wanted = [(theme, rank) for theme in themes for rank in range(1, count_of(theme) + 1)]
    assert [(one.theme, one.rang) for one in found if isinstance(one, EmpreinteView)] == wanted
