"""The page of the search: what it leads to before anything is asked."""

from plans import entry
from portail.config import SiteConfig
from portail.features.services.referencement.nodes import graph
from portail.outputs.pages.views.shared import Lien


def test_every_page_leads_to_it_and_the_home_page_tells_engines(tree):
    pages = tree.pages({"articles/a": entry("articles")})
    assert pages["/articles/a/"].view().cadre.recherche == "/recherche/"
    assert pages["/recherche/"].sitemap is not None
    config = SiteConfig(region="Hauts-de-France", siteurl="https://exemple.org/portail")
    site = next(node for node in graph(pages["/"].view(), config)["@graph"] if "@id" in node)
    assert site["potentialAction"]["target"]["urlTemplate"] == (
        "https://exemple.org/portail/recherche/?q={search_term_string}"
    )


def test_ideas_are_what_most_contents_say(tree):
    """One spelling of a keyword; what one content alone says is no idea."""
    view = tree.view(
        "/recherche/",
        {
            "articles/a": entry("articles", mots_cles=["mémoire", "fusée"], commune="Amiens"),
            "articles/b": entry("articles", mots_cles=["Mémoire", "chimie"], commune="Amiens"),
            "articles/c": entry("articles", mots_cles=["chimie", "mémoire"], commune="Lille"),
        },
    )
    assert [lien.texte for lien in view.idees] == ["mémoire", "chimie", "Amiens"]
    assert view.idees[0].url == "/recherche/?q=m%C3%A9moire"


def test_what_is_listed_has_its_count_and_its_page(tree):
    view = tree.view(
        "/recherche/",
        {
            "articles/a": entry("articles", themes=["numerique"]),
            "articles/b": entry("articles"),
            "lieux/c": entry("lieux"),
            "territoires/somme": entry("territoires", code="80"),
        },
    )
    assert view.sortes[:2] == (Lien("Articles", "/articles/", "2"), Lien("Lieu", "/lieux/", "1"))
    assert [(one.texte, one.nombre, one.url) for one in view.themes] == [
        ("Numérique", 1, "/themes/numerique/")
    ]
    assert view.territoires == (
        Lien("Somme", "/territoires/somme/"),
        Lien("Tous les territoires", "/territoires/"),
    )
    assert [lien.texte for lien in view.issues] == ["Tout l’annuaire", "Plan du site"]
