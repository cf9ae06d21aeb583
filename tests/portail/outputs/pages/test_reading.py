"""What a reader may do with a page: cite it, send it on, tell of a mistake, mend it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from plans import Tree, entry
from portail.outputs.pages.licences import conditions
from portail.outputs.pages.views import Lecture, Lien

SITE = "https://exemple.org/portail"
TITLE = "Le sel : « de la mer » à l'*assiette*"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def reading(tree: Tree, url: str, files: dict[str, str], **settings: Any) -> Lecture:
    found: Lecture = tree.view(url, files, **settings).lecture
    return found


SIGNED = {
    "lieux/musee": entry("lieux", titre="Musée du sel"),
    "auteurs/camille": entry("auteurs", titre="Camille Exemple", affiliation="musee"),
    "articles/sel": entry(
        "articles", titre=TITLE, publie_le="2021-09-01", modifie="2021-09-20",
        auteurs=["camille", "musee", "Dominique Fictif"],
    ),
}  # fmt: skip


class TestCitation:
    def test_an_article(self, tree: Tree) -> None:
        citation = reading(tree, "/articles/sel/", SIGNED, siteurl=SITE).citation
        assert citation is not None
        assert citation.phrase == (
            "Camille Exemple, Musée du sel et Dominique Fictif, «\xa0Le sel\xa0: “de la mer” à "
            "l’assiette\xa0», Portail des sciences en Hauts-de-France, 1er\xa0septembre 2021, mis "
            "à jour le 20\xa0septembre 2021, https://exemple.org/portail/articles/sel/."
        )
        assert citation.bibtex == (
            "@misc{sel-2021,\n"
            "  author = {Camille Exemple and {Mus{\\'e}e du sel} and {Dominique Fictif}},\n"
            "  title = {{Le sel~: {\\guillemotleft}~de la mer~{\\guillemotright} {\\`a} "
            "l'assiette}},\n"
            "  year = {2021},\n"
            "  month = sep,\n"
            "  howpublished = {Portail des sciences en Hauts-de-France},\n"
            "  note = {Mis {\\`a} jour le 20~septembre 2021},\n"
            "  url = {https://exemple.org/portail/articles/sel/},\n"
            "  language = {fr}\n"
            "}"
        )

    def test_without_an_address_none_is_given(self, tree: Tree) -> None:
        files = {"articles/a": entry("articles", titre="Un titre")}
        citation = reading(tree, "/articles/a/", files).citation
        assert citation is not None
        assert citation.phrase == (
            "La rédaction, «\xa0Un titre\xa0», Portail des sciences en Hauts-de-France, "
            "20\xa0septembre 2021."
        )
        assert "url" not in citation.bibtex and "note" not in citation.bibtex

    def test_only_what_one_cites(self, tree: Tree) -> None:
        files = {f"{folder}/x": entry(folder) for folder in ("lieux", "annonces")}
        files["dossiers/x"] = entry("dossiers", elements=["lieux/x"])
        assert reading(tree, "/dossiers/x/", files).citation is not None
        assert reading(tree, "/lieux/x/", files).citation is None
        assert reading(tree, "/annonces/x/", files).citation is None


class TestGestures:
    """Of a content whose kind has no form."""

    FILES = {"communautes/musee": entry("communautes", titre="Musée & Cie")}  # noqa: RUF012

    def test_without_settings_there_is_nothing(self, tree: Tree) -> None:
        assert reading(tree, "/communautes/musee/", self.FILES) == Lecture()

    def test_a_message_to_the_editors_names_the_page(self, tree: Tree) -> None:
        settings = {
            "siteurl": SITE,
            "courriel": "redaction@exemple.org",
            "depot": "https://x.org/a",
        }
        found = reading(tree, "/communautes/musee/", self.FILES, **settings)
        address = urlsplit(found.signaler)
        assert (address.scheme, address.path) == ("mailto", "redaction@exemple.org")
        assert "+" not in address.query, "a mailer would show it"
        asked = parse_qs(address.query)
        assert asked["subject"] == ["Erreur sur « Musée & Cie »"]
        assert asked["body"] == [f"Page : {SITE}/communautes/musee/\r\n\r\nCe qui ne va pas :\r\n"]
        assert unquote(found.courriel) == (
            f"mailto:?subject=Musée & Cie&body=Musée & Cie\r\n{SITE}/communautes/musee/\r\n"
        )

    def test_without_editors_the_forge(self, tree: Tree) -> None:
        settings = {"depot": "https://github.com/a/b", "branche": "trunk"}
        found = reading(tree, "/communautes/musee/", self.FILES, **settings)
        assert found.signaler.startswith("https://github.com/a/b/issues/new?title=Erreur")
        assert found.corriger == "https://github.com/a/b/edit/trunk/content/communautes/musee.md"


class TestForms:
    """Of a content that its form takes up again."""

    def test_an_event_to_come(self, tree: Tree) -> None:
        files = {"events/2021-10-09-nuit": entry("events")}
        settings = {"courriel": "redaction@exemple.org", "depot": "https://github.com/a/b"}
        found = reading(tree, "/evenements/nuit/", files, **settings)
        assert found.signaler == "/contribuer/evenement/?signaler=nuit"
        assert found.modifier == "/contribuer/evenement/?modifier=nuit"
        assert found.reconduire == found.corriger == ""

    def test_one_that_is_over_is_taken_again(self, tree: Tree) -> None:
        files = {"events/nuit": entry("events", debut="2021-09-20")}
        found = reading(tree, "/evenements/nuit/", files)
        assert found.reconduire == "/contribuer/evenement/?reconduire=nuit"

    def test_a_draft_has_no_file_that_a_form_reads(self, tree: Tree) -> None:
        files = {"events/nuit": entry("events", statut="brouillon")}
        settings = {"depot": "https://github.com/a/b", "preview": True}
        found = reading(tree, "/evenements/nuit/", files, **settings)
        assert found.modifier == found.reconduire == ""
        assert found.corriger == "https://github.com/a/b/edit/main/content/events/nuit.md"


class TestAuthors:
    def test_those_who_have_a_sheet(self, tree: Tree) -> None:
        view = tree.view("/articles/sel/", SIGNED)
        assert view.lecture.auteurs == (
            Lien("Camille Exemple", "/auteurs/camille/", "Musée du sel"),
            Lien("Musée du sel", "/lieux/musee/", "Musée, Amiens"),
        )
        assert view.signature == (
            Lien("Camille Exemple", "/auteurs/camille/", "Musée du sel"),
            Lien("Musée du sel", "/lieux/musee/"),
            Lien("Dominique Fictif"),
        )

    def test_a_sheet_is_not_signed(self, tree: Tree) -> None:
        files = {"lieux/a": entry("lieux", auteurs=["b"]), "lieux/b": entry("lieux")}
        assert reading(tree, "/lieux/a/", files).auteurs == ()


class TestRepublication:
    @pytest.mark.parametrize(
        ("licence", "count"),
        [
            ("CC-BY-SA-4.0", 4), ("CC-BY-4.0", 3), ("CC-BY-NC-ND-4.0", 4), ("CC-BY-NC-SA-4.0", 5),
            ("CC0-1.0", 2), ("etalab-2.0", 3), ("LAL-1.3", 4), ("MIT", 0), ("ODbL-1.0", 0),
            ("LicenseRef-tous-droits-reserves", 0),
        ],
    )  # fmt: skip
    def test_conditions_of_each_licence(self, licence: str, count: int) -> None:
        assert len(conditions(licence)) == count

    def test_the_terms_are_those_of_the_licence(self) -> None:
        said = " ".join(conditions("CC-BY-NC-ND-4.0"))
        assert "commercial" in said and "sans rien y changer" in said and "adapter" not in said
        assert "même licence" in " ".join(conditions("CC-BY-SA-3.0"))

    def test_the_text_stands_alone(self, tree: Tree) -> None:
        files = {
            **SIGNED,
            "articles/b": entry(
                "articles",
                "## Là\n\nLe [musée](lieux/musee), [plus bas](#la)[^n] & fin.\n\n[^n]: Oui.",
                titre="Un *titre*", auteurs=["camille", "Zoé & Cie"], licence="CC-BY-ND-4.0",
            ),
        }  # fmt: skip
        page = tree.pages(files, siteurl=SITE)["/articles/b/republier/"]
        view: Any = page.view()
        assert view.noindex and page.sitemap is None
        assert view.fil[-1] == Lien("Un titre", "/articles/b/")
        text = view.texte.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert text == (
            "<h1>Un <em>titre</em></h1>\n<p><strong>Un résumé.</strong></p>\n"
            "<p>Par Camille Exemple et Zoé &amp; Cie</p>\n<h2>Là</h2>\n"
            f'<p>Le <a href="{SITE}/lieux/musee/">musée</a>, <a href="{SITE}/articles/b/#la">plus '
            "bas</a><sup>1</sup> &amp; fin.</p>\n<h2>Notes</h2>\n<ol><li><p>Oui. </p>\n</li>\n</ol>"
            f"\n<hr>\n<p>Cet article a paru le 20\xa0septembre 2021 sur <a "
            f'href="{SITE}/articles/b/">'
            "Portail des sciences en Hauts-de-France</a>.</p>\n<p>Licence du texte : "
            '<a href="https://creativecommons.org/licenses/by-nd/4.0/deed.fr">CC BY-ND 4.0</a>.</p>'
        )
        assert reading(tree, "/articles/b/", {}, siteurl=SITE).republier == page.url

    def test_only_when_the_licence_and_the_settings_allow(self, tree: Tree) -> None:
        kept = entry("articles", licence="LicenseRef-tous-droits-reserves")
        files = {"articles/a": entry("articles"), "articles/b": kept, "lieux/c": entry("lieux")}
        assert not [url for url in tree.pages(files) if "republier" in url]
        found = [url for url in tree.pages(siteurl=SITE) if "republier" in url]
        assert found == ["/articles/a/republier/"]
        assert reading(tree, "/articles/b/", {}, siteurl=SITE).republier == ""

    def test_what_it_does_not_show_does_not_make_it_again(self, tree: Tree) -> None:
        url, body = "/articles/a/republier/", "Un texte."
        first = tree.pages({"articles/a": entry("articles", body)}, siteurl=SITE)[url].key
        words = entry("articles", body, mots_cles=["sel"], interets="Aucun.")
        assert tree.pages({"articles/a": words}, siteurl=SITE)[url].key == first
        for change in (entry("articles", "Un autre."), entry("articles", body, titre="Autre")):
            assert tree.pages({"articles/a": change}, siteurl=SITE)[url].key != first
