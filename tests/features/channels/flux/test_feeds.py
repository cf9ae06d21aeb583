"""Which pages have feeds, and what each tells."""

import pytest

from plans import Tree, entry
from portail.features.channels.flux.feeds import LENGTH, feeds_of

ADDRESS = "https://exemple.org"
LIEU = entry("lieux", titre="Musée-Exemple", publie_le="2021-09-02")
FILES = {
    "lieux/musee": LIEU,
    "lieux/sans-rien": entry("lieux"),
    "auteurs/alix": entry("auteurs", titre="Alix Exemple"),
    "articles/nuit": entry("articles", themes=["numerique"], auteurs=["alix"]),
    "articles/jour": entry("articles", publie_le="2021-09-25", commune="Wizernes"),
    "events/ancien": entry("events", debut="2020-10-09", lieu="musee", adresse=None),
    "events/loin": entry("events", debut="2021-12-01", publie_le="2021-09-03"),
    "events/demain": entry("events", debut="2021-09-28", publie_le="2021-09-02"),
    "events/annule": entry("events", etat="annule"),
    "events/en-cours": entry("events", debut="2021-09-01", fin="2021-11-30"),
    "dossiers/etoiles": entry("dossiers", elements=["articles/nuit"]),
    "dossiers/vide": entry("dossiers", regle={"mot_cle": "rien"}),
    "communautes/amis": entry("communautes", regle={"theme": "numerique"}),
    "territoires/nord": entry("territoires", type="departement", code="59"),
    "territoires/pas-de-calais": entry("territoires", type="departement", code="62"),
}


@pytest.fixture
def feeds(tmp_path):
    return feeds_of(Tree(tmp_path).site(FILES, siteurl=ADDRESS))


def held(feeds, page):
    (feed, *_) = feeds.of(page)
    return list(feed.refs)


def test_the_last_published_come_first(feeds):
    assert held(feeds, "/articles/") == ["articles/jour", "articles/nuit"]
    assert held(feeds, "/")[:2] == ["articles/jour", "articles/nuit"]
    assert held(feeds, "/agenda/")[:2] == ["events/loin", "events/demain"]


def test_a_directory_filled_at_once_does_not_hide_the_news(feeds):
    assert not [ref for ref in held(feeds, "/") if ref.startswith("lieux/")]
    assert held(feeds, "/lieux/") == ["lieux/musee"]


def test_pages_whose_news_one_follows(feeds):
    assert held(feeds, "/themes/numerique/") == ["articles/nuit"]
    assert held(feeds, "/communautes/amis/") == ["articles/nuit"]
    assert held(feeds, "/territoires/pas-de-calais/")[0] == "articles/jour"
    for page in ("/lieux/musee/", "/dossiers/etoiles/", "/auteurs/alix/", "/territoires/nord/"):
        assert feeds.of(page) == ()


def test_events_by_the_day_when_they_begin(feeds):
    _, coming = feeds.of("/agenda/")
    assert coming.refs == ("events/demain", "events/annule", "events/loin")
    assert [one.url for one in coming.adresses] == ["/agenda/a-venir.xml"]


def test_a_feed_has_an_end(tree):
    files = {f"articles/a{number}": entry("articles") for number in range(30)}
    assert len(held(feeds_of(tree.site(files, siteurl=ADDRESS)), "/")) == LENGTH


def test_a_preview_tells_only_what_has_appeared(tree):
    files = {
        "articles/paru": entry("articles"),
        "articles/brouillon": entry("articles", statut="brouillon"),
        "articles/demain": entry("articles", publie_le="2021-09-28"),
        "events/brouillon": entry("events", statut="brouillon"),
    }
    feeds = feeds_of(tree.site(files, siteurl=ADDRESS, preview=True))
    assert {ref for one in feeds.every for ref in one.refs} == {"articles/paru"}
    assert feeds.of("/agenda/") == ()
