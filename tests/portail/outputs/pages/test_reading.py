"""What a reader may do with a page: send it on, tell of a mistake, mend it."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from doses import rows_of
from plans import contents, entry
from portail.outputs.base import TextFile
from portail.outputs.pages.entry.reading import conditions
from portail.outputs.pages.views.entry import Lecture
from portail.outputs.pages.views.shared import Lien

SITE = "https://exemple.org/portail"


def reading(tree, url, files, **settings):
    return tree.view(url, files, **settings).lecture


SIGNED = contents(rows_of("portail/outputs/pages/reading.yml"))


class TestGestures:
    """Of a content whose kind has no form."""

    FILES = {"communautes/musee": entry("communautes", titre="Musée & Cie")}  # noqa: RUF012

    def test_without_settings_there_is_nothing(self, tree):
        assert reading(tree, "/communautes/musee/", self.FILES) == Lecture()

    def test_a_message_to_the_editors_names_the_page(self, tree):
        settings = {"siteurl": SITE, "courriel": "redaction@exemple.org"}
        found = reading(tree, "/communautes/musee/", self.FILES, **settings)
        address = urlsplit(found.corriger)
        assert (address.scheme, address.path) == ("mailto", "redaction@exemple.org")
        assert "+" not in address.query, "a mailer would show it"
        asked = parse_qs(address.query)
        assert asked["subject"] == ["Erreur sur « Musée & Cie »"]
        assert asked["body"] == [f"Page : {SITE}/communautes/musee/\r\n\r\nCe qui ne va pas :\r\n"]
        assert unquote(found.courriel) == (
            f"mailto:?subject=Musée & Cie&body=Musée & Cie\r\n{SITE}/communautes/musee/\r\n"
        )

    def test_without_editors_the_forge(self, tree):
        settings = {"depot": "https://github.com/a/b", "branche": "trunk"}
        found = reading(tree, "/communautes/musee/", self.FILES, **settings)
        assert found.corriger == "https://github.com/a/b/edit/trunk/content/communautes/musee.md"


class TestForms:
    """Of a content that its form takes up again."""

    def test_an_event_to_come(self, tree):
        files = {"events/2021-10-09-nuit": entry("events")}
        settings = {"courriel": "redaction@exemple.org", "depot": "https://github.com/a/b"}
        found = reading(tree, "/evenements/nuit/", files, **settings)
        assert found.corriger == "/contribuer/evenement/?modifier=nuit"
        assert found.annuler == "/contribuer/evenement/?modifier=nuit&quoi=etat"
        assert found.reconduire == ""

    def test_one_that_is_over_is_taken_again(self, tree):
        files = {"events/nuit": entry("events", debut="2021-09-20")}
        found = reading(tree, "/evenements/nuit/", files)
        assert found.reconduire == "/contribuer/evenement/?reconduire=nuit"
        assert found.annuler == "", "it took place"

    def test_what_is_no_event_is_not_cancelled(self, tree):
        files = {"lieux/musee": entry("lieux")}
        assert reading(tree, "/lieux/musee/", files).annuler == ""

    def test_a_draft_has_no_file_that_a_form_reads(self, tree):
        files = {"events/nuit": entry("events", statut="brouillon")}
        settings = {"depot": "https://github.com/a/b", "preview": True}
        found = reading(tree, "/evenements/nuit/", files, **settings)
        assert found.reconduire == ""
        assert found.corriger == "https://github.com/a/b/edit/main/content/events/nuit.md"


class TestAuthors:
    def test_those_who_have_a_sheet(self, tree):
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

    def test_a_sheet_is_not_signed(self, tree):
        files = {"lieux/a": entry("lieux", auteurs=["b"]), "lieux/b": entry("lieux")}
        assert reading(tree, "/lieux/a/", files).auteurs == ()


class TestRepublication:
    @pytest.mark.parametrize(
        ("licence", "words"),
        [
            ("CC-BY-SA-4.0", ("signature", "même licence")), ("CC-BY-4.0", ("signature",)),
            ("CC-BY-NC-ND-4.0", ("signature", "commercial", "sans rien y changer")),
            ("CC0-1.0", ("signature",)), ("etalab-2.0", ("signature",)), ("MIT", ()),
            ("ODbL-1.0", ()), ("LicenseRef-tous-droits-reserves", ()),
        ],
    )  # fmt: skip
    def test_conditions_of_each_licence(self, licence, words):
        said = conditions(licence)
        assert all(word in said for word in words)
        assert said.count(",") == max(0, len(words) - 1) and bool(said) == bool(words)

    def test_the_text_stands_alone(self, tree):
        files = {
            **SIGNED,
            "articles/b": entry(
                "articles",
                "## Là\n\nLe [musée](lieux/musee), [plus bas](#la)[^n], [ailleurs][a] & fin.\n\n"
                "[a]: lieux/musee\n\n[^n]: Oui.",
                titre="Un *titre*", auteurs=["camille", "Zoé & Cie"], licence="CC-BY-ND-4.0",
            ),
        }  # fmt: skip
        plan = tree.run(files, siteurl=SITE).plan
        found = {one.url: one for one in plan if isinstance(one, TextFile)}
        assert "".join(found["/articles/b/texte.md"].produce()) == (
            "# Un *titre*\n\n**Un résumé.**\n\nPar Camille Exemple et Zoé & Cie\n\n"
            f"## Là\n\nLe [musée]({SITE}/lieux/musee/), [plus bas]({SITE}/articles/b/#la)[^n], "
            f"[ailleurs][a] & fin.\n\n[a]: {SITE}/lieux/musee/\n\n[^n]: Oui.\n\n---\n\n"
            f"Cet article a paru le 20\xa0septembre 2021 sur [Portail des sciences en "
            f"Hauts-de-France]({SITE}/articles/b/).\nLicence du texte : "
            "[Creative Commons Attribution – Pas de modification 4.0]"
            "(https://creativecommons.org/licenses/by-nd/4.0/deed.fr).\n"
        )
        assert reading(tree, "/articles/b/", {}, siteurl=SITE).texte == "/articles/b/texte.md"

    def test_only_when_the_licence_and_the_settings_allow(self, tree):
        kept = entry("articles", licence="LicenseRef-tous-droits-reserves")
        files = {"articles/a": entry("articles"), "articles/b": kept, "lieux/c": entry("lieux")}
        for address, wanted in (("", set()), (SITE, {"/articles/a/texte.md"})):
            plan = tree.run(files, siteurl=address).plan
            assert {one.url for one in plan if str(one.path).endswith(".md")} == wanted
        assert reading(tree, "/articles/b/", {}, siteurl=SITE).texte == ""
