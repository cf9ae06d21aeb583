"""Lists of each kind and theme, page by page."""

from string import ascii_uppercase
from typing import ClassVar

import pytest

from plans import entry
from portail.model.kinds import KINDS, Kind
from portail.outputs.pages.views.lists import ListingView
from portail.outputs.pages.views.shared import Lien, Pagination


def projets(count):
    return {f"projets/p{rank:03}": entry("projets") for rank in range(count)}


def lieux(*titles):
    return {
        f"lieux/l{rank:03}": entry("lieux", titre=one, type="autre")
        for rank, one in enumerate(titles)
    }


def refs(view):
    return [card.ref for bloc in view.blocs for card in bloc.cartes]


class TestPages:
    @pytest.mark.parametrize(
        ("count", "pages", "last", "nombre"),
        [
            (1, 1, 1, "1 projet"),
            (24, 1, 24, "24 projets"),
            (25, 2, 1, "25 projets"),
            (121, 3, 1, "121 projets"),
            (500, 6, 92, "500 projets"),
        ],
    )
    def test_boundaries(self, tree, count, pages, last, nombre):
        planned = tree.pages(projets(count))
        urls = tuple(
            "/projets/" if number == 1 else f"/projets/page/{number}/"
            for number in range(1, pages + 1)
        )
        views = [planned[url].view() for url in urls]
        assert {url for url in planned if url.startswith("/projets/page/")} == {*urls[1:]}
        assert [ref for view in views for ref in refs(view)] == list(projets(count))
        assert len(refs(views[-1])) == last
        for number, view in enumerate(views, start=1):
            assert view.pagination == Pagination(number, pages, urls)
            assert view.nombre == nombre
            assert view.titre == ("Projets" if number == 1 else f"Projets, page {number}")
            assert (view.url, view.rubrique, view.fil) == (
                urls[number - 1], "/projets/", (Lien("Accueil", "/"),),
            )  # fmt: skip

    def test_another_size(self, tree):
        assert len(refs(tree.view("/projets/page/2/", projets(5), taille_page=3))) == 2


def test_nothing_has_no_list(tree):
    planned = tree.pages({"articles/a": entry("articles"), "events/a": entry("events")})
    assert not [url for url in planned if "projets" in url or "themes" in url]
    assert "/agenda/archives/" not in planned
    assert planned["/agenda/"].view().voisins == ()


class TestKinds:
    @pytest.mark.parametrize(
        "kind",
        [one for one in Kind if one.info.listing and one not in (Kind.EVENT, Kind.NEWSLETTER)],
        ids=lambda kind: kind.value,
    )
    def test_every_kind_has_its_list(self, tree, kind):
        extra = {"regle": {"theme": "numerique"}} if kind is Kind.DOSSIER else {}
        planned = tree.pages({f"{kind.value}/essai": entry(kind.value, **extra)})
        page = planned[kind.info.listing]
        view = page.view()
        own = {Kind.TEMPS_FORT: "temps-forts.html", Kind.LIEU: "annuaire.html"}
        template = own.get(kind, "listing.html")
        assert isinstance(view, ListingView) and page.template == template
        assert (view.titre, view.kind) == (kind.info.rubrique, kind.value)
        count = len(refs(view))
        assert view.nombre == f"{count} {KINDS[kind].counted(count)}"
        assert view.chapo == view.description and view.chapo.endswith(".")
        wider = 1 if kind is Kind.TERRITOIRE else 0
        assert (f"{kind.value}/essai" in refs(view), count) == (True, 1 + wider)
        assert page.sitemap is not None

    def test_what_is_over_is_in_archives(self, tree):
        files = {
            "annonces/fini": entry("annonces", publie_le="2021-01-01", echeance="2021-09-26"),
            "annonces/ancien": entry("annonces", publie_le="2021-01-01", echeance="2021-08-26"),
            "annonces/essai": entry("annonces"),
        }
        planned = tree.pages(files)
        first = planned["/annonces/"].view()
        second = planned["/annonces/archives/"].view()
        assert refs(first) == ["annonces/essai"]
        assert refs(second) == ["annonces/fini", "annonces/ancien"]
        assert first.voisins == (Lien("Annonces terminées", "/annonces/archives/"),)
        assert second.voisins == (Lien("Annonces en cours", "/annonces/"),)
        assert second.titre == "Annonces terminées" and second.rubrique == "/annonces/"
        assert second.fil[-1].url == "/annonces/"
        assert [one.forme for one in (*first.blocs, *second.blocs)] == [
            "lignes",
            "finies",
            "finies",
        ]
        assert [one.titre for one in second.blocs] == ["Septembre 2021", "Août 2021"]

    def test_all_over_says_that_nothing_is_on(self, tree):
        over = entry("annonces", publie_le="2021-01-01", echeance="2021-09-26")
        view = tree.view("/annonces/", {"annonces/a": over})
        assert (refs(view), view.vide.phrase) == ([], "Aucune annonce en cours.")
        assert view.nombre == "0 annonce"
        assert view.pagination == Pagination(1, 1, ("/annonces/",))


class TestThemes:
    FILES: ClassVar = {
        "articles/a": entry("articles", themes=["numerique", "astronomie-espace"]),
        "lieux/b": entry("lieux", themes=["numerique"]),
    }

    def test_in_the_order_of_the_vocabulary(self, tree):
        view = tree.view("/themes/", self.FILES)
        sky, digital = view.themes
        assert sky[:2] == (
            "astronomie-espace", Lien("Astronomie et espace", "/themes/astronomie-espace/", "1"),
        )  # fmt: skip
        assert digital[:2] == ("numerique", Lien("Numérique", "/themes/numerique/", "2"))
        assert digital[2].startswith("/empreintes/numerique-"), "a drawing in its colour"

    def test_the_list_of_a_theme(self, tree):
        view = tree.view("/themes/numerique/", self.FILES)
        assert refs(view) == ["articles/a", "lieux/b"]
        assert (view.titre, view.theme, view.kind) == ("Numérique", "numerique", "themes")
        assert view.fil == (Lien("Accueil", "/"), Lien("Thèmes", "/themes/"))
        assert view.nombre == "2 contenus"
        assert view.chapo == "Ce que le portail publie sur le thème « Numérique »."

    def test_grouped_by_kind_then_what_is_over(self, tree):
        files = {f"articles/a{rank}": entry("articles", themes=["numerique"]) for rank in range(5)}
        files["events/b"] = entry("events", themes=["numerique"], debut="2021-01-01")
        files["events/c"] = entry("events", themes=["numerique"])
        planned = tree.pages(files, taille_page=3)
        first = planned["/themes/numerique/"].view()
        second = planned["/themes/numerique/page/2/"].view()
        assert [(one.titre, len(one.cartes), one.forme) for one in first.blocs] == [
            ("Articles", 5, "cartes"), ("Événements", 1, "lignes"),
        ]  # fmt: skip
        assert [(one.titre, one.forme) for one in second.blocs] == [("Événements passés", "finies")]
        assert (
            first.index
            == second.index
            == (
                Lien("Articles", "/themes/numerique/#Genre-articles", "5"),
                Lien("Événements", "/themes/numerique/#Genre-events", "1"),
                Lien("Événements passés", "/themes/numerique/page/2/#Fini-events", "1"),
            )
        )

    def test_a_kind_that_a_list_tells_whole_is_cut_short(self, tree):
        """Its own list of the theme, the agenda, or archives of all themes."""
        both = {"themes": ["numerique"]}
        files = {f"articles/a{rank}": entry("articles", **both) for rank in range(5)}
        files |= {
            f"articles/b{rank}": entry("articles", themes=["vivant-sante"]) for rank in range(5)
        }
        files |= {f"events/a{rank}": entry("events", **both) for rank in range(5)}
        files |= {f"events/p{rank}": entry("events", debut="2021-01-01", **both) for rank in "abcd"}
        files |= {f"lieux/l{rank}": entry("lieux", **both) for rank in range(4)}
        planned = tree.pages(files, taille_page=3)
        view = planned["/themes/numerique/"].view()
        blocs = view.blocs + planned["/themes/numerique/page/2/"].view().blocs
        assert [(one.ancre, len(one.cartes), one.url, one.lien) for one in blocs] == [
            ("Genre-articles", 3, "/articles/theme/numerique/", "Tout voir"),
            ("Genre-events", 3, "/agenda/theme/numerique/", "Tout voir"),
            ("Genre-lieux", 4, "", ""),
            ("Fini-events", 3, "/agenda/archives/", "Événements passés, tous thèmes"),
        ]
        assert [one.note for one in view.index] == ["5", "5", "4", "4"] and view.nombre[:2] == "18"
        assert {one.url for one in blocs if one.url} <= planned.keys()


class TestNames:
    """Places and authors: by letter when they are many."""

    MANY = lieux("Élan", "abbaye", "7 Écluses", "Zoo", "Écomusée", "Œuvre", "Ωméga", "Eden")

    def test_a_few_have_no_index(self, tree):
        view = tree.view("/lieux/", lieux("Musée"))
        assert view.index == () and [one.titre for one in view.blocs] == ["M"]
        view = tree.view("/auteurs/", {"auteurs/a": entry("auteurs")})
        assert view.index == () and [one.forme for one in view.blocs] == ["cartes"]

    def test_letters_whatever_the_accents_and_signs(self, tree):
        view = tree.view("/lieux/", self.MANY, taille_page=4)
        found = [(one.titre, one.ancre, [card.titre for card in one.cartes]) for one in view.blocs]
        assert found == [
            ("#", "Lettre-0", ["7 Écluses", "Ωméga"]),
            ("A", "Lettre-A", ["abbaye"]),
            ("E", "Lettre-E", ["Écomusée", "Eden", "Élan"]),
            ("O", "Lettre-O", ["Œuvre"]),
            ("Z", "Lettre-Z", ["Zoo"]),
        ]  # fmt: skip
        assert [one.texte for one in view.index] == ["#", *ascii_uppercase]
        assert {one.texte for one in view.index if one.url} == set("#AEOZ")

    def test_a_letter_leads_to_the_page_where_it_begins(self, tree):
        names = [f"{letter}{rank}" for letter in "ABC" for rank in range(4)]
        planned = tree.pages(lieux(*names), taille_page=4)
        view = planned["/lieux/page/2/"].view()
        assert [(one.titre, len(one.cartes)) for one in view.blocs] == [("C", 4)]
        urls = {one.texte: one.url for one in view.index if one.url}
        assert urls == {
            "A": "/lieux/#Lettre-A", "B": "/lieux/#Lettre-B", "C": "/lieux/page/2/#Lettre-C",
        }  # fmt: skip

    def test_how_many_events_are_to_come(self, tree):
        files = lieux("Abbaye", "Bibliothèque") | {
            "events/a": entry("events", lieu="l000"),
            "events/b": entry("events", organisateurs=["l000"]),
            "events/c": entry("events", lieu="l001", debut="2021-01-01"),
        }
        view = tree.view("/lieux/", files, taille_page=1)
        assert [one.notes for one in view.blocs] == [("2 à venir",), ("",)]


def test_territories_are_grouped_by_departement(tree):
    files = {
        "territoires/somme": entry("territoires", titre="Somme", resume="La baie."),
        "territoires/gers": entry("territoires", titre="Gers", type="cc", code="200023620"),
        "lieux/a": entry("lieux", commune="Amiens"),
        "lieux/b": entry("lieux", commune="Amiens"),
        "events/c": entry("events", adresse={"commune": "Amiens"}),
        "events/d": entry("events", adresse={"commune": "Amiens"}, debut="2021-09-01"),
        "lieux/faux": entry("lieux", commune="Amiens", exemple=True),
        "articles/g": entry("articles", territoires=["nord", "cc-vimeu", "cc-senlis-sud-oise"]),
        "events/faux": entry("events", adresse={"commune": "Amiens"}, exemple=True),
    }
    view = tree.view("/territoires/", files)
    assert [(one.titre, len(one.cartes)) for one in view.blocs] == [
        ("Région", 1), ("Départements", 3), ("Oise", 1), ("Somme", 2), ("Ailleurs", 1),
    ]  # fmt: skip
    assert [(one.texte, one.note) for one in view.index[:3]] == [
        ("Région", "1"), ("Départements", "3"), ("Oise", "1"),
    ]  # fmt: skip
    assert view.nombre == "8 territoires"
    told = {
        card.titre: note
        for one in view.blocs for card, note in zip(one.cartes, one.notes, strict=True)
    }  # fmt: skip
    for name in ("Amiens Métropole", "Somme", "Hauts-de-France"):
        assert told[name] == "3 lieux · 2 à venir"
    assert told["Nord"] == told["Vimeu"] == told["Gers"] == ""
