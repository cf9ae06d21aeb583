"""Site plan, 404, redirects and what surrounds every page."""

from typing import ClassVar

import pytest

from hosts import led, redirections_of
from plans import TODAY, Tree, entry
from portail.outputs.pages.views.shared import FaultyFile, Lien, NavGroup


class TestPlan:
    def test_themes_then_kinds(self, tree):
        files = {
            "articles/a": entry("articles", titre="Le *Bufo*", themes=["numerique"]),
            "events/b": entry("events", titre="Demain"),
            "events/c": entry("events", titre="Hier", debut="2021-09-26"),
            "pages/d": entry("pages", titre="À propos"),
            "newsletters/2021-s39": entry("newsletters"),
        }
        groups = tree.view("/plan-du-site/", files).groupes
        (season,) = (one for one in groups if one.titre == "Qui n’est pas atteint")
        assert len(season.liens) == 6
        assert tuple(one for one in groups if one is not season) == (
            NavGroup(
                "Thèmes",
                (Lien("Tous les thèmes", "/themes/"), Lien("Numérique", "/themes/numerique/")),
            ),
            NavGroup(
                "Agenda",
                (
                    Lien("Ce week-end", "/agenda/week-end/"),
                    Lien("En ce moment", "/agenda/en-ce-moment/"),
                    Lien("Agenda 2021", "/agenda/2021/"),
                    Lien("Carte : à ne pas manquer", "/carte/"),
                ),
            ),
            NavGroup(
                "Articles",
                (Lien("Tout voir : Articles", "/articles/"), Lien("Le Bufo", "/articles/a/")),
            ),
            NavGroup(
                "Événements",
                (
                    Lien("Tout voir : Agenda", "/agenda/"),
                    Lien("Demain", "/evenements/b/"),
                ),
            ),
            NavGroup(
                "La lettre du jeudi",
                (
                    Lien("Tous les numéros", "/newsletter/"),
                    Lien("Se désabonner", "/newsletter/desabonnement/"),
                ),
            ),
            NavGroup("Pages", (Lien("À propos", "/d/"),)),
            NavGroup(
                "Contribuer",
                (
                    Lien("Que proposer", "/contribuer/"),
                    Lien("Proposer un événement", "/contribuer/evenement/"),
                    Lien("Proposer un article", "/contribuer/article/"),
                    Lien("Proposer une annonce", "/contribuer/annonce/"),
                    Lien("Proposer une ressource", "/contribuer/ressource/"),
                    Lien("Proposer un lieu", "/contribuer/lieu/"),
                    Lien("Proposer un dossier", "/contribuer/dossier/"),
                ),
            ),
            NavGroup(
                "Explorer",
                (Lien("Thèmes", "/themes/"), Lien("La lettre du jeudi", "/newsletter/")),
            ),
            NavGroup(
                "Suivre",
                (
                    Lien("Calendriers", "/calendriers/"),
                    Lien("Données ouvertes", "/donnees/"),
                    Lien("Affiches à imprimer", "/affiches/"),
                ),
            ),
        )

    def test_at_most_two_hundred_of_a_kind(self, tree):
        files = {f"auteurs/a{rank:03}": entry("auteurs") for rank in range(210)}
        groups = tree.view("/plan-du-site/", files).groupes
        assert max(len(group.liens) for group in groups) == 201


class TestLost:
    def test_ways_out(self, tree):
        planned = tree.pages({"lieux/a": entry("lieux")})
        view = planned["/404.html"].view()
        assert str(planned["/404.html"].path) == "404.html"
        assert (view.titre, view.noindex) == ("Page introuvable", True)
        search = (Lien("Recherche", "/recherche/"),) if "/recherche/" in planned else ()
        assert view.issues == (
            Lien("Accueil", "/"),
            *search,
            Lien("Plan du site", "/plan-du-site/"),
        )
        assert planned["/404.html"].sitemap is None


FORMER = ("/portail/contribuer/guides/", "/portail/donnees/")
"""Where the guides that the site no longer has and its dictionary lead (``test_guides.py``)."""


def redirects(tree, files=None, **options):
    """Lines of ``_redirects``, none without the file."""
    return redirections_of(tree.run(files, **options).plan)


class TestRedirects:
    def test_former_addresses(self, tree):
        urls = ["/blog/2021/a.html", "/vieux", "/vieux/"]
        files = {"articles/a": entry("articles", titre="Le *Bufo*", anciennes_urls=urls)}
        planned = {url: one for url, one in tree.pages(files).items()
                   if one.template == "redirect.html" and one.source}  # fmt: skip
        assert {str(one.path) for one in planned.values()} == {
            "blog/2021/a.html", "vieux/index.html",
        }  # fmt: skip
        for page in planned.values():
            view = page.view()
            assert (view.cible, view.titre, view.noindex) == ("/articles/a/", "Le Bufo", True)
            assert str(page.source) == "content/articles/a.md" and page.sitemap is None

    def test_servers_get_the_list_of_them(self, tree):
        urls = ["/blog/2021/a.html", "/~vieux"]
        files = {
            "articles/a": entry("articles", anciennes_urls=urls),
            "events/e": entry("events"),
        }
        found = redirects(tree, files, siteurl="https://exemple.org/portail")
        known = [one for one in found if one.split()[1] not in FORMER]
        assert known[:3] == [
            "/portail/evenements/ /portail/agenda/ 301",
            "/portail/blog/2021/a.html /portail/articles/a/ 301",
            "/portail/~vieux/ /portail/articles/a/ 301",
        ]
        lists = [f"/portail{url}page/ /portail{url} 301" for url in ("/:a/", "/:a/:b/")]
        assert set(lists) <= set(found)
        around = "/portail/agenda/epci/ca-pays-de-saint-omer/"
        assert {
            *(
                f"/portail/agenda/{cle}/ /portail/agenda/ 301"
                for cle in ("departement", "epci", "format")
            ),
            "/portail/agenda/affiche/ /portail/agenda/affiche/2021-10/ 301",
            f"{around}affiche/ {around} 301",
            f"{around}affiche/:periode/ {around} 301",
            "/portail/sujets/ /portail/recherche/ 301",
        } <= set(found)
        assert len(found) < 150, "hosts read a thousand rules"
        patterns = [line for line in found if ":" in line]
        assert len(patterns) < 70, "Cloudflare reads a hundred with a part that varies"
        assert redirects(tree)[1:3] == [
            "/blog/2021/a.html /articles/a/ 301", "/~vieux/ /articles/a/ 301",
        ]  # fmt: skip
        assert redirects(tree, preview=True) == []
        quiet = redirects(Tree(tree.root / "autre"), {"lieux/a": entry("lieux")})
        assert not [line for line in quiet if "agenda" in line]

    def test_the_folder_of_events_leads_to_the_agenda(self, tree):
        assert tree.view("/evenements/", {"events/a": entry("events")}).cible == "/agenda/"
        assert "/evenements/" not in Tree(tree.root / "autre").pages({"lieux/a": entry("lieux")})

    def test_an_address_cut_at_any_slash_is_a_page(self, racine, tmp_path, tree):
        (tmp_path / "content").symlink_to(racine / "tests/sites/vitrine/content")
        planned, rules = tree.pages(taille_page=4), redirections_of(tree.run(taille_page=4).plan)
        redirected = {
            url for url, one in planned.items() if one.source and "redirect" in one.template
        }
        for url in planned.keys() - redirected - {"/404.html"}:
            parts = url.strip("/").split("/")
            for length in range(len(parts)):
                above = "/".join(["", *parts[:length], ""])
                assert above in planned or led(rules, above).partition("?")[0] in planned, above


class TestFrame:
    ALL: ClassVar = {
        "articles/a": entry("articles", themes=["numerique"]),
        "events/a": entry("events"),
        "lieux/a": entry("lieux"),
        "annonces/a": entry("annonces"),
        "ressources/a": entry("ressources"),
        "dossiers/a": entry("dossiers", elements=["lieux/a"]),
        "communautes/a": entry("communautes"),
        "projets/a": entry("projets"),
        "temps-forts/a": entry("temps-forts"),
        "territoires/a": entry("territoires"),
        "auteurs/a": entry("auteurs"),
        "newsletters/2021-s39": entry("newsletters"),
        "pages/mentions": entry("pages", titre="Mentions"),
        "pages/a-propos": entry("pages", titre="À propos"),
    }

    def frame(self, tree, files, **options):
        return tree.view("/", files, **options).cadre

    def test_menus_of_a_whole_portal(self, tree):
        frame = self.frame(tree, self.ALL)
        assert [link.texte for link in frame.menu] == [
            "Articles", "Agenda", "Annuaire", "Annonces", "Ressources", "Dossiers",
        ]  # fmt: skip
        assert [(group.titre, [link.texte for link in group.liens]) for group in frame.pied] == [
            ("Explorer", ["Temps forts", "Territoires", "Thèmes", "La lettre du jeudi",
                          "Communautés", "Projets"]),
            ("Le portail", ["À propos", "Mentions", "Plan du site"]),
        ]  # fmt: skip

    @pytest.mark.parametrize("missing", [one for one in ALL if not one.startswith("pages")])
    def test_only_what_holds_something_is_linked(self, tree, missing):
        files = {name: text for name, text in self.ALL.items() if name != missing}
        if missing == "lieux/a":
            files.pop("dossiers/a")
        planned = tree.pages(files)
        view = planned["/"].view()
        links = [*view.cadre.menu, *(link for group in view.cadre.pied for link in group.liens)]
        assert {link.url for link in links} <= planned.keys()

    def test_an_empty_portal(self, tree):
        frame = self.frame(tree, {"pages/a": entry("pages")})
        assert frame.menu == ()
        assert [group.titre for group in frame.pied] == ["Le portail"]

    def test_settings(self, tree):
        settings = {"nom": "N", "region": "Corse", "courriel": "a@example.org",
                    "depot": "https://forge.example.org/x"}  # fmt: skip
        frame = self.frame(tree, self.ALL, **settings)
        for key, value in settings.items():
            assert getattr(frame, key) == value
            changed = "Bretagne" if key == "region" else "autre"
            other = self.frame(tree, self.ALL, **{**settings, key: changed})
            assert other.digest != frame.digest

    def test_the_day_is_there_only_when_it_is_pinned(self, tree):
        assert self.frame(tree, self.ALL).date_epinglee is None
        assert self.frame(tree, self.ALL, pinned=True).date_epinglee == TODAY

    def test_a_preview_lists_the_faults_and_they_alone(self, tree):
        files = {
            "lieux/a": entry("lieux", type="zzz"),
            "pages/b": entry("pages", statut="brouillon"),
        }
        frame = self.frame(tree, files, preview=True)
        assert frame.apercu
        (trouble,) = frame.troubles
        assert trouble == FaultyFile(
            "content/lieux/a.md", 4, "« zzz » n’est pas une valeur de « type »."
        )
        forge = "https://forge.example.org/x"
        (trouble,) = self.frame(tree, files, preview=True, depot=forge).troubles
        assert trouble.url == f"{forge}/blob/main/content/lieux/a.md#L4"
