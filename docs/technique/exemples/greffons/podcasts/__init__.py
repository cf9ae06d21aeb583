"""Podcasts: a page each, their list, their feed; the search proposes them by their name, and what
they are about says so on its page, its card, in feeds and in the letter."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from feedgen.feed import FeedGenerator
from greffons.podcasts.table import CODES, Podcast, check_subjects, load

from portail import greffons as portail
from portail.greffons import Item, Lien, PageView, Site

LIST = "/podcasts/"
FEED = "/podcasts/flux.xml"
LEAD = "Ce qui s’écoute, et d’où cela vient."


class PodcastView(PageView, frozen=True, kw_only=True):
    """The page of a podcast, and what it is about."""

    podcast: Podcast
    subject: Lien | None


class ListView(PageView, frozen=True, kw_only=True):
    """All of them, the last first."""

    podcasts: tuple[Podcast, ...]


def podcasts_of(site: Site) -> tuple[Podcast, ...]:
    """Those that are out on the day of the build."""
    return tuple(one for one in site.part("podcasts") if one.day <= site.day.date)


def plan(site: Site) -> Iterator[portail.Artifact]:
    hint = portail.SitemapHint()
    yield portail.drawn(site, LIST, "podcasts.html", show_list, sitemap=hint)
    for podcast in podcasts_of(site):
        hint = portail.SitemapHint(podcast.day)
        yield portail.drawn(site, podcast.url, "podcast.html", show, podcast.slug, sitemap=hint)
    if site.config.siteurl and podcasts_of(site):
        yield portail.text_file(site, FEED, write_feed)


def show_list(site: Site) -> ListView:
    return ListView(**portail.page(site, LIST, "Podcasts", LEAD), podcasts=podcasts_of(site))


def show(site: Site, slug: str) -> PodcastView:
    podcast = next(one for one in podcasts_of(site) if one.slug == slug)
    about = site.items.get(podcast.subject)
    link = Lien(about.entry.titre, about.url) if about else None
    head = portail.page(site, podcast.url, podcast.title, podcast.summary)
    return PodcastView(**head, podcast=podcast, subject=link)


def write_feed(site: Site) -> Iterator[str]:
    """RSS 2.0 with its enclosures: what players of podcasts read."""
    feed = FeedGenerator()
    feed.title(f"Podcasts · {site.config.nom}")
    feed.link(href=site.config.absolute(LIST))
    feed.description(LEAD)
    feed.lastBuildDate(datetime.combine(podcasts_of(site)[0].day, time(), UTC))
    for podcast in podcasts_of(site):
        entry = feed.add_entry(order="append")
        entry.guid(site.config.absolute(podcast.url), permalink=True)
        entry.title(podcast.title)
        entry.description(podcast.summary)
        entry.link(href=site.config.absolute(podcast.url))
        entry.enclosure(podcast.sound, str(podcast.octets), "audio/mpeg")
        entry.pubDate(datetime.combine(podcast.day, time(), UTC))
    yield feed.rss_str(pretty=True).decode()


def ways(site: Site, page: str) -> portail.Ways:
    """The list is followed by its feed."""
    there = page == LIST and site.config.siteurl and podcasts_of(site)
    address = portail.Address("rss", FEED)
    return portail.Ways(feeds=(("Podcasts", (address,)),) if there else ())


def explore(site: Site) -> Iterator[Lien]:
    yield Lien("Podcasts", LIST)


def findable(site: Site) -> Iterator[portail.Findable]:
    for podcast in podcasts_of(site):
        yield portail.Findable("Podcast", podcast.title, podcast.url)


def listen(item: Item, site: Site) -> portail.Fact:
    """« À écouter », in what a podcast is about."""
    about = [one for one in podcasts_of(site) if one.subject == item.ref]
    values = tuple(portail.Value(one.title, one.url) for one in about)
    return portail.Fact("À écouter", values, short="À écouter" if about else "")


feature = portail.Feature(
    name="podcasts",
    title="Podcasts",
    reads=(portail.Source("podcasts", load),),
    outputs=(portail.Output("podcasts", plan),),
    ways=ways,
    slots={portail.EXPLORE: explore, portail.FINDABLE: findable},
    facts=(
        portail.FactSpec(listen),
        portail.FactSpec(listen, "articles"),
        portail.FactSpec(listen, "lieux"),
    ),
    rules=(*CODES, check_subjects),
)
