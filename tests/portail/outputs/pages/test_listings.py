"""Lists of each kind and theme, page by page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import pytest

from plans import Tree, entry
from portail.model.kinds import KINDS, Kind
from portail.outputs.pages.views import Lien, ListingView, Pagination


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def lieux(count: int) -> dict[str, str]:
    return {f"lieux/l{rank:03}": entry("lieux", titre=f"Lieu {rank:03}") for rank in range(count)}


def refs(view: Any) -> list[str]:
    return [card.ref for bloc in view.blocs for card in bloc.cartes]


class TestPages:
    def test_nothing_has_no_list(self, tree: Tree) -> None:
        assert not [url for url in tree.pages({"pages/a": entry("pages")}) if "lieux" in url]

    @pytest.mark.parametrize(
        ("count", "pages", "last", "nombre"),
        [
            (1, 1, 1, "1 lieu"),
            (24, 1, 24, "24 lieux"),
            (25, 2, 1, "25 lieux"),
            (500, 21, 20, "500 lieux"),
        ],
    )
    def test_boundaries(self, tree: Tree, count: int, pages: int, last: int, nombre: str) -> None:
        planned = tree.pages(lieux(count))
        urls = tuple(
            "/lieux/" if number == 1 else f"/lieux/page/{number}/" for number in range(1, pages + 1)
        )
        views: list[Any] = [planned[url].view() for url in urls]
        assert {url for url in planned if url.startswith("/lieux/page/")} == (
            {*urls[1:], "/lieux/page/"} if pages > 1 else set()
        )
        assert [ref for view in views for ref in refs(view)] == list(lieux(count))
        assert len(refs(views[-1])) == last
        for number, view in enumerate(views, start=1):
            assert view.pagination == Pagination(number, pages, urls)
            assert view.nombre == nombre
            assert view.titre == ("Annuaire" if number == 1 else f"Annuaire, page {number}")
            assert (view.url, view.rubrique, view.fil) == (
                urls[number - 1], "/lieux/", (Lien("Accueil", "/"),),
            )  # fmt: skip

    def test_the_folder_of_pages_leads_to_the_list(self, tree: Tree) -> None:
        view = tree.view("/lieux/page/", lieux(25))
        assert (view.cible, view.titre, view.noindex) == ("/lieux/", "Annuaire", True)

    def test_another_size(self, tree: Tree) -> None:
        assert len(refs(tree.view("/lieux/page/2/", lieux(5), taille_page=3))) == 2

    def test_an_edit_renders_the_page_that_shows_it_alone(self, tree: Tree) -> None:
        before = tree.pages(lieux(50))
        after = tree.pages({"lieux/l030": entry("lieux", titre="Lieu 030", resume="Autre.")})
        changed = {url for url in before if before[url].key != after[url].key}
        assert changed == {"/lieux/l030/", "/lieux/page/2/"}

    def test_one_more_renders_all_its_pages(self, tree: Tree) -> None:
        before = tree.pages(lieux(49))
        after = tree.pages(lieux(50))
        changed = {url for url in before if before[url].key != after[url].key}
        assert {"/lieux/", "/lieux/page/2/", "/lieux/page/3/"} <= changed
        assert not any(url.startswith("/lieux/l") for url in changed)


class TestKinds:
    @pytest.mark.parametrize(
        "kind", [kind for kind in Kind if kind.info.listing], ids=lambda kind: kind.value
    )
    def test_every_kind_has_its_list(self, tree: Tree, kind: Kind) -> None:
        extra = {"regle": {"theme": "numerique"}} if kind is Kind.DOSSIER else {}
        planned = tree.pages({f"{kind.value}/essai": entry(kind.value, **extra)})
        page = planned[kind.info.listing]
        view = page.view()
        assert isinstance(view, ListingView) and page.template == "listing.html"
        assert (view.titre, view.kind) == (kind.info.rubrique, kind.value)
        assert view.nombre == f"1 {KINDS[kind].nom}"
        assert view.chapo == view.description and view.chapo.endswith(".")
        assert refs(view) == [f"{kind.value}/essai"]
        assert page.sitemap is not None

    @pytest.mark.parametrize("folder", ["events", "annonces"])
    def test_what_is_over_is_in_archives(self, tree: Tree, folder: str) -> None:
        over = {"events": {"debut": "2021-09-01"}, "annonces": {"echeance": "2021-09-26"}}[folder]
        listing = {"events": "/agenda/", "annonces": "/annonces/"}[folder]
        titles = {
            "events": ("Prochains événements", "Événements passés"),
            "annonces": ("Annonces en cours", "Annonces terminées"),
        }[folder]
        files = {
            f"{folder}/fini": entry(folder, publie_le="2021-01-01", **over),
            f"{folder}/essai": entry(folder),
        }
        planned = tree.pages(files)
        first: Any = planned[listing].view()
        second: Any = planned[f"{listing}archives/"].view()
        assert (refs(first), refs(second)) == ([f"{folder}/essai"], [f"{folder}/fini"])
        assert first.voisins == (Lien(titles[1], f"{listing}archives/"),)
        assert second.voisins == (Lien(titles[0], listing),)
        assert second.titre == titles[1] and second.rubrique == listing
        assert second.fil[-1].url == listing
        assert first.blocs[0].forme == second.blocs[0].forme == "lignes"

    def test_all_over_says_that_nothing_comes(self, tree: Tree) -> None:
        view = tree.view("/agenda/", {"events/a": entry("events", debut="2021-01-01")})
        assert (refs(view), view.vide) == ([], "Aucun rendez-vous à venir pour l’instant.")
        assert view.nombre == "0 événement"
        assert view.pagination == Pagination(1, 1, ("/agenda/",))

    def test_nothing_over_has_no_archives(self, tree: Tree) -> None:
        planned = tree.pages({"events/a": entry("events")})
        view: Any = planned["/agenda/"].view()
        assert view.voisins == () and "/agenda/archives/" not in planned


class TestThemes:
    FILES: ClassVar = {
        "articles/a": entry("articles", themes=["numerique", "astronomie-espace"]),
        "lieux/b": entry("lieux", themes=["numerique"]),
    }

    def test_in_the_order_of_the_vocabulary(self, tree: Tree) -> None:
        view = tree.view("/themes/", self.FILES)
        assert view.themes == (
            ("astronomie-espace", Lien("Astronomie et espace", "/themes/astronomie-espace/",
                                       "1 contenu")),
            ("numerique", Lien("Numérique", "/themes/numerique/", "2 contenus")),
        )  # fmt: skip

    def test_the_list_of_a_theme(self, tree: Tree) -> None:
        view = tree.view("/themes/numerique/", self.FILES)
        assert refs(view) == ["articles/a", "lieux/b"]
        assert (view.titre, view.theme, view.kind) == ("Numérique", "numerique", "themes")
        assert view.fil == (Lien("Accueil", "/"), Lien("Thèmes", "/themes/"))
        assert view.nombre == "2 contenus"
        assert view.chapo == "Tout ce que le portail publie sur le thème « Numérique »."

    def test_no_theme_has_no_page(self, tree: Tree) -> None:
        planned = tree.pages({"articles/a": entry("articles")})
        assert not [url for url in planned if "themes" in url]
