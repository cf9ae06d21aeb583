"""Every feed of both sites as feedparser, which half of the readers use, sees it."""

from calendar import timegm
from typing import TYPE_CHECKING

import feedparser
import pytest

from flux import read

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.site


def test_every_feed_is_read_without_a_doubt(written):
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
            joints = [
                (each.href, each.type, each.get("length", "0"))
                for each in one.get("enclosures", ())
            ]
            assert joints == [(url, kind, size) for url, kind, size in entry.joints]
            assert [each.term for each in one.get("tags", ())] != [] or not entry.mots
