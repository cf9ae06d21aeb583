"""Every feed of the demonstration and of the vitrine, as strict readers see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from flux import faults, read
from portail.features.channels.flux.feeds import Feeds, feeds_of
from portail.features.channels.flux.output import head_of, plan_feeds
from remake import replace

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.site


def test_every_feed_is_as_its_format_demands(written):
    config = written.site.config
    for feed, address, text in written.files:
        seen = read(text, address.format)
        dated = feed.groupe != "a-venir"
        assert [*faults(seen, config.absolute(address.url), dated=dated)] == [], address.url
        assert seen.page == config.absolute(feed.page)
        items = written.site.items  # a letter is told by the address of its page
        urls = [config.absolute(items[ref].url if ref in items else ref) for ref in feed.refs]
        assert [one.url for one in seen.contenus] == urls, address.url


def test_forms_of_a_feed_tell_the_same(written):
    forms = {}
    for feed, address, text in written.files:
        if len(feed.adresses) > 1:
            told = [(*one[:6], *one[7:9]) for one in read(text, address.format).contenus]
            forms.setdefault(feed.page, {})[address.format] = told
    assert forms
    for page, told in forms.items():
        assert told["rss"] == told["atom"] == told["json"], page


def test_a_content_has_one_identifier_everywhere(written):
    known = {}
    for _, address, text in written.files:
        for one in read(text, address.format).contenus:
            assert known.setdefault(one.url, one.id) == one.id
    assert len(set(known.values())) == len(known)


def test_the_next_events_are_in_the_order_of_their_days(written):
    (feed,) = (one for one in feeds_of(written.site).every if one.groupe == "a-venir")
    days = [written.site.items[ref].prochaine.premier_jour for ref in feed.refs]
    assert days == sorted(days) and days[0] >= written.site.day.date


def test_pictures_of_a_feed_are_those_of_the_theme(written, racine):
    """Of their shapes: an icon is square, a logo about twice as wide as high (RFC 4287)."""
    head = head_of(written.files[0][0], written.files[0][1], written.site)
    for address, (low, high) in (
        (head.icone, (1, 1)), (head.petite, (1, 1)), (head.bandeau, (1.8, 2.1)),
    ):  # fmt: skip
        name = address.removeprefix(written.site.config.absolute("/theme/"))
        with Image.open(racine / "theme" / "static" / name) as image:
            assert low <= image.width / image.height <= high


def test_no_feed_is_made_without_an_address(written):
    """The feeds of a site are those that have addresses; the output adds none."""
    bare = replace(written.site, parts={"flux": Feeds()})
    assert [*plan_feeds(bare)] == []
