"""The letter in feeds: the issues of each edition that was sent, as their fragment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from portail.model.kinds import WEEKLY, info_of
from portail.outputs.pages.slots import FeedText, OwnFeed
from portail.site.memo import per_site
from portail.site.site import Site

from .addresses import issue_of, letters_of
from .days import leaves
from .fragment import links_of, tree_of, written
from .issue import Letter
from .sent import sent_weeks
from .settings import REGION, letter_of

_GROUP = "lettre"


def letter_feeds(site: Site) -> Iterator[OwnFeed]:
    title = info_of(WEEKLY).rubrique
    names = {edition.code: edition.nom for edition in letter_of(site.config).editions}
    issues: dict[str, list[str]] = {code: [] for code in names}
    for week, frozen in sorted(sent_weeks(site).items(), reverse=True):
        for code, issue in sorted(frozen.editions.items()):
            names.setdefault(code, issue.nom)
            issues.setdefault(code, []).append(issue_of(week, code))
    for code, addresses in issues.items():
        if addresses:
            name = title if code == REGION else f"{title}, édition {names[code]}"
            yield OwnFeed(letters_of(code), _GROUP, name, tuple(addresses))


def feed_text(site: Site, url: str) -> Iterator[FeedText]:
    if text := _text(site, url):
        yield text


@per_site
def _text(site: Site, url: str) -> FeedText | None:
    # The same, drawn once: a feed asks for it to tell it, then to say when it last changed.
    issue = _by_address(site).get(url)
    if issue is None:
        return None
    root = tree_of(issue.lettre)
    for link in links_of(root):
        url = link.get("href", "")
        link.set("href", site.config.absolute(url) if url.startswith("/") else url)
    etree.strip_attributes(root, "class")
    return FeedText(issue.sujet, issue.apercu, written(root), leaves(issue.jour))


@per_site
def _by_address(site: Site) -> Mapping[str, Letter]:
    return {
        issue_of(week, code): issue
        for week, frozen in sent_weeks(site).items()
        for code, issue in frozen.editions.items()
    }
