"""The page of one content: from a file to the view its template receives."""

from datetime import date
from typing import ClassVar

import pytest

from pictures import picture
from plans import entry
from portail.feature import BROWSER, EDITORS
from portail.outputs.pages.views.shared import Lien

LetterConfig = pytest.importorskip("portail_lettre.settings").LetterConfig

NB = "\u00a0"
DEPOT = "https://forge.example.org/portail"


class TestPage:
    def test_all_that_every_page_has(self, tree):
        files = {
            "auteurs/camille": entry("auteurs", titre="Camille Exemple"),
            "territoires/somme": entry("territoires", titre="La *Somme*"),
            "articles/essai": entry(
                "articles",
                "Un mot. " * 500 + "\n\n## Suite\n\nFin.",
                titre="Le *Bufo*",
                resume="Un *crapaud*.",
                modifie="2021-09-25",
                auteurs=["camille", "Dominique"],
                themes=["vivant-sante", "numerique"],
                commune="Amiens",
                licence="CC0-1.0",
            ),
        }
        view = tree.view("/articles/essai/", files, depot=DEPOT, branche="principale")
        assert (view.titre, view.description, view.url) == (
            "Le Bufo", "Un crapaud.", "/articles/essai/",
        )  # fmt: skip
        assert view.fil == (Lien("Accueil", "/"), Lien("Articles", "/articles/"))
        assert (view.rubrique, view.noindex, view.kind) == ("/articles/", False, "articles")
        assert view.signature == (
            Lien("Camille Exemple", "/auteurs/camille/"), Lien("Dominique"),
        )  # fmt: skip
        assert (view.publie, view.modifie) == (date(2021, 9, 20), date(2021, 9, 25))
        assert view.minutes == 5
        assert view.themes == (
            Lien("Vivant et santé", "/themes/vivant-sante/"),
            Lien("Numérique", "/themes/numerique/"),
        )
        assert view.territoires == (
            Lien("Amiens Métropole", "/territoires/ca-amiens-metropole/"),
            Lien("La Somme", "/territoires/somme/"),
        )
        licence = "https://creativecommons.org/publicdomain/zero/1.0/deed.fr"
        assert view.licence == Lien("CC0 1.0", licence)
        assert view.fichier_url == f"{DEPOT}/blob/principale/content/articles/essai.md"
        assert [heading.anchor for heading in view.sommaire] == ["suite"]
        assert view.message is None and view.boutons == () and view.dates == ()

    def test_the_privacy_page_ends_with_what_features_keep(self, tree):
        files = {"pages/confidentialite": entry("pages"), "pages/autre": entry("pages")}
        plain = dict(tree.view("/confidentialite/", files).tableaux)
        more = {"hors_ligne": True, "lettre": LetterConfig()}
        full = dict(tree.view("/confidentialite/", files, **more).tableaux)
        assert plain.keys() == full.keys() == {BROWSER, EDITORS}
        added = {one.libelle for rows in full.values() for one in rows}
        added -= {one.libelle for rows in plain.values() for one in rows}
        assert len(added) == 3 and sum("le journal des envois" in one.lower() for one in added) == 1
        assert tree.view("/autre/", files).tableaux == ()
        for who, rows in full.items():
            grounds = {one.valeurs[1].texte for one in rows}
            assert len(grounds) == (1 if who == BROWSER else len(rows)), "each its own"

    def test_without_summary_the_beginning_of_the_text(self, tree):
        view = tree.view("/essai/", {"pages/essai": entry("pages", "Le début.", resume=None)})
        assert (view.description, view.fil) == ("Le début.", (Lien("Accueil", "/"),))
        assert (view.signature, view.fichier_url) == ((), "")

    def test_a_draft_is_kept_from_engines(self, tree):
        files = {"articles/essai": entry("articles", statut="brouillon")}
        page = tree.pages(files, preview=True)["/articles/essai/"]
        view = page.view()
        assert view.noindex and page.sitemap is None

    @pytest.mark.parametrize("folder", ["lieux", "territoires", "auteurs", "temps-forts"])
    def test_sheets_are_not_signed(self, tree, folder):
        view = tree.view(f"/{folder}/essai/", {f"{folder}/essai": entry(folder)})
        assert view.signature == ()

    def test_what_says_neither_is_signed_by_the_editors_under_the_usual_licence(self, tree):
        view = tree.view("/annonces/essai/", {"annonces/essai": entry("annonces")})
        assert view.signature == (Lien("La rédaction"),)
        assert view.licence.url.startswith("https://creativecommons.org/licenses/by-sa/4.0")


class TestBody:
    FILES: ClassVar = {
        "lieux/musee": entry("lieux", "## Venir\n\nEn bus."),
        "articles/photo.jpg": picture(),
        "medias/plan.pdf": b"%PDF-1.4\n%%EOF\n",
        "articles/essai": entry(
            "articles",
            "Le [musée](lieux/musee#venir), le [plan](plan.pdf), la [fin](#fin).\n\n"
            "![Un crapaud](photo.jpg)\n\n## Fin\n\nDes [vues](https://example.org/?a=1&b=2).",
        ),
    }

    @pytest.mark.parametrize(
        ("siteurl", "base"),
        [("", ""), ("https://exemple.org", ""), ("https://exemple.org/portail", "/portail")],
    )
    def test_addresses_begin_with_the_prefix_of_the_site(self, tree, siteurl, base):
        html = tree.view("/articles/essai/", self.FILES, siteurl=siteurl).corps
        assert f'href="{base}/lieux/musee/#venir"' in html
        assert f'href="{base}/medias/plan.pdf"' in html
        assert 'href="#fin"' in html
        assert f'src="{base}/medias/articles/photo.jpg"' in html
        assert 'width="24" height="16"' in html
        assert 'href="https://example.org/?a=1&amp;b=2"' in html
        assert "portail:" not in html and "media:" not in html

    def test_the_address_on_the_forge_is_escaped(self, tree):
        files = {"articles/été 2021/essai": entry("articles")}
        view = tree.view("/articles/essai/", files, depot=f"{DEPOT}/")
        assert view.fichier_url == (
            f"{DEPOT}/blob/main/content/articles/%C3%A9t%C3%A9%202021/essai.md"
        )


def told(rows):
    """Tables of a view: title → rows on one line."""
    return {
        title: [
            f"{fact.libelle} : "
            + ", ".join(one.texte + (f" ({one.note})" if one.note else "") for one in fact.valeurs)
            for fact in facts
        ]
        for title, facts in rows
    }


class TestTables:
    @pytest.mark.parametrize("folder", ["lieux", "territoires"])
    def test_figures(self, tree, folder):
        figures = [
            {"libelle": "visiteurs", "valeur": "12 000", "annee": 2020, "source": "bilan"},
            {"libelle": "objets", "valeur": "environ 4 000"},
            {"libelle": "salles", "valeur": "3", "source": "plan"},
        ]
        text = entry(folder, chiffres=figures)
        view = tree.view(f"/{folder}/essai/", {f"{folder}/essai": text})
        assert told(view.tableaux) == {
            "Chiffres clés": [
                "Visiteurs : 12 000 (2020, bilan)", "Objets : environ 4 000", "Salles : 3 (plan)",
            ]
        }  # fmt: skip

    def test_steps_keep_their_order(self, tree):
        steps = [
            {"titre": "Bilan", "date": "2022-03-20 14:00"},
            {"titre": "Début", "date": "2021-06-15", "fait": True},
            {"titre": "Fête"},
        ]
        view = tree.view("/projets/essai/", {"projets/essai": entry("projets", etapes=steps)})
        assert told(view.tableaux) == {
            "Étapes": [
                f"20{NB}mars 2022, 14{NB}h : Bilan", f"15{NB}juin 2021 : Début (fait)",
                "Date à préciser : Fête",
            ]
        }  # fmt: skip
