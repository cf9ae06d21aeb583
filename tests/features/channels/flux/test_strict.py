"""Every feed of the demonstration and of the vitrine, as strict readers see it."""

from calendar import timegm

import feedparser
import pytest
from PIL import Image

from flux import faults, read
from portail.features.channels.flux.output import head_of

pytestmark = pytest.mark.site


def test_every_feed_is_as_its_format_demands(written):
    config = written.site.config
    known = {}
    for feed, address, text in written.files:
        seen = read(text, address.format)
        dated = feed.groupe != "a-venir"
        assert [*faults(seen, config.absolute(address.url), dated=dated)] == [], address.url
        assert seen.page == config.absolute(feed.page)
        items = written.site.items  # a letter is told by the address of its page
        urls = [config.absolute(items[ref].url if ref in items else ref) for ref in feed.refs]
        assert [one.url for one in seen.contenus] == urls, address.url
        for one in seen.contenus:
            assert known.setdefault(one.url, one.id) == one.id, "one identifier everywhere"
    assert len(set(known.values())) == len(known)


def test_forms_of_a_feed_tell_the_same(written):
    forms = {}
    for feed, address, text in written.files:
        if len(feed.adresses) > 1:
            told = [(*one[:6], *one[7:9]) for one in read(text, address.format).contenus]
            forms.setdefault(feed.page, {})[address.format] = told
    assert forms
    for page, told in forms.items():
        assert told["rss"] == told["atom"] == told["json"], page


def test_pictures_of_a_feed_are_those_of_the_theme(written, racine):
    """Of their shapes: an icon is square, a logo about twice as wide as high (RFC 4287)."""
    head = head_of(written.files[0][0], written.files[0][1], written.site)
    for address, (low, high) in (
        (head.icone, (1, 1)), (head.petite, (1, 1)), (head.bandeau, (1.8, 2.1)),
    ):  # fmt: skip
        name = address.removeprefix(written.site.config.absolute("/theme/"))
        with Image.open(racine / "theme" / "static" / name) as image:
            assert low <= image.width / image.height <= high


def test_feedparser_reads_every_feed_without_a_doubt(written):
    versions = {"rss": "rss20", "atom": "atom10"}
    for _, address, text in written.files:
        if address.format not in versions:
            continue
        seen, ours = feedparser.parse(text.encode()), read(text, address.format)
        assert not seen.bozo, (address.url, seen.get("bozo_exception"))
        assert seen.version == versions[address.format]
        assert seen.feed.language == "fr" and seen.feed.title == ours.titre
        assert seen.feed.link == ours.page
        told = [(one.id, one.title, one.link, timegm(one.published_parsed)) for one in seen.entries]
        assert told == [
            (one.id, one.titre, one.url, one.publie.timestamp()) for one in ours.contenus
        ]
        for one, entry in zip(seen.entries, ours.contenus, strict=True):
            enclosures = one.get("enclosures", ())
            joints = [(each.href, each.type, each.get("length", "0")) for each in enclosures]
            assert joints == [*entry.joints]
            assert [each.term for each in one.get("tags", ())] != [] or not entry.mots
