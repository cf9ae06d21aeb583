"""What the kernel shows of the letter: its page, its feeds, how it would tell of a content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from lxml import etree

from portail.agenda.weeks import Week
from portail.model.kinds import WEEKLY, Kind, info_of
from portail.outputs.pages.slots import FeedText, Mention, OwnFeed
from portail.outputs.pages.views.shared import Abonnement, Lien, NavGroup
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site

from .choice import has_letter, leaves
from .fragment import WORDS, links_of, tree_of, written
from .issue import Letter
from .issues import draft_of
from .mails import LEAVE, LETTERS, issue_of, letters_of
from .pages import edition_names, issues_of
from .sent import sent_weeks
from .settings import REGION, letter_of
from .subscription import LETTER, subscription

_PLAN_LIMIT = 200


def letter_page(site: Site) -> str:
    if has_letter(site):
        return LETTERS
    return ""


def explore_links(site: Site) -> Iterator[Lien]:
    if has_letter(site):
        yield Lien(LETTER, LETTERS)


def plan_groups(site: Site, kind: Kind) -> Iterator[NavGroup]:
    if kind in WEEKLY and has_letter(site):
        yield NavGroup(LETTER, tuple(_letters(site)))


def _letters(site: Site) -> Iterator[Lien]:
    yield Lien(WORDS["numeros"], LETTERS)
    first, *others = edition_names(site).items()
    yield from (Lien(f"Édition : {nom}", letters_of(code)) for code, nom in others)
    sent = [release for release in issues_of(site, first[0]) if release.envoye]
    yield from (Lien(release.issue.sujet, release.url) for release in sent[:_PLAN_LIMIT])
    yield Lien("Se désabonner", LEAVE)


def home_subscription(site: Site) -> Iterator[Abonnement]:
    if way := subscription(site):
        yield way


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
    letters: dict[str, Letter] = {}
    for week, frozen in sent_weeks(site).items():
        for code, issue in frozen.editions.items():
            letters[issue_of(week, code)] = issue
    return letters


# Number of letters to come that are read: later ones will have changed.
_WEEKS = 6


def mentions(site: Site, item: Item) -> Iterator[Mention]:
    """``item`` in the letter of the region, by the contents of ``site``."""
    edition = letter_of(site.config).editions[0]
    week = Week.of(site.day.date)
    while week.thursday < site.day.date or week.slug in sent_weeks(site):
        week = week.next
    first = week.thursday
    reasons = dict(draft_of(site, week, edition).selection.laisses)
    for _ in range(_WEEKS):
        letter = draft_of(site, week, edition).letter
        if item.ref in (*letter.refs, *letter.changes):
            yield Mention(week.thursday, _told(letter, item.url))
            return
        week = week.next
    yield Mention(first, raison=reasons.get(item.ref, ""))


def _told(letter: Letter, url: str) -> str:
    # What a letter says of the content at an address.
    sections = tree_of(letter.lettre).xpath("section[not(@class='mot')]")
    links = chain.from_iterable(map(links_of, sections))
    link = next(link for link in links if link.get("href") == url)
    row = next(link.iterancestors("li"), None)
    if row is None:
        return written([link.getparent()])
    return f"<ol>\n{written([row])}\n</ol>"
