"""Which pages have feeds, and what each tells."""

from doses import rows_of
from plans import contents, entry
from portail.features.channels.flux.feeds import LENGTH, feeds_of

ADDRESS = "https://exemple.org"
TOLD = rows_of("features/channels/flux/suivis.yml")


def test_pages_whose_news_one_follows_have_feeds(tree):
    feeds = feeds_of(tree.site(contents(TOLD["contenus"]), siteurl=ADDRESS))

    def told(page):
        return [[*feed.refs] for feed in feeds.of(page)]

    assert {page: told(page) for page in TOLD["pages"]} == TOLD["pages"]


def test_a_feed_has_an_end(tree):
    files = {f"articles/a{number}": entry("articles") for number in range(30)}
    (feed,) = feeds_of(tree.site(files, siteurl=ADDRESS)).of("/")
    assert len(feed.refs) == LENGTH


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
