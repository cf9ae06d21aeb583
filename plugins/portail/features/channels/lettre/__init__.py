"""The weekly letter: what it tells, its mails, its pages; sending it is another package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Around, Checked, Feature, KindSpec, Output, Source
from portail.outputs.pages.slots import (
    EXPLORE,
    FEED_TEXT,
    HOME_FIGURE,
    OWN_FEEDS,
    PLAN_OF,
    SUBSCRIPTION,
    WEEKLY_MENTION,
    WEEKLY_PAGE,
)
from portail.settings import Setting

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.diagnostics import Diagnostic
    from portail.features.channels.lettre.sent import Sent
    from portail.features.channels.lettre.settings import LetterConfig
    from portail.geo.territories import Geography
    from portail.model.kinds import Kind
    from portail.model.vocabulary import Vocabularies
    from portail.outputs.base import Artifact
    from portail.outputs.pages.slots import FeedText, Mention, OwnFeed
    from portail.outputs.pages.views.shared import Abonnement, Lien, NavGroup
    from portail.site.draft import Draft
    from portail.site.item import Item
    from portail.site.site import Site
    from portail.source.loader import Listing


def _plan_pages(site: Site, *addresses: str) -> Iterator[Artifact]:
    from portail.features.channels.lettre.pages import plan_letters

    return plan_letters(site, *addresses)


def _plan_mails(site: Site) -> Iterator[Artifact]:
    from portail.features.channels.lettre.output import plan_mails

    return plan_mails(site)


def _check(draft: Draft) -> Iterator[Diagnostic]:
    from portail.features.channels.lettre.checks import (
        check_invitations,
        check_letters,
        check_wishes,
    )

    for rule in (check_letters, check_wishes, check_invitations):
        yield from rule(draft)


def _read_letter(value: object) -> LetterConfig:
    from portail.features.channels.lettre.settings import read_letter

    return read_letter(value)


def _confronts(config: SiteConfig, geography: Geography, vocabularies: Vocabularies) -> None:
    if config.added.get("lettre"):
        from portail.features.channels.lettre.confront import confront_editions

        confront_editions(config, geography, vocabularies)


def _posts(config: SiteConfig) -> str:
    from portail.features.channels.lettre.settings import letter_of

    return letter_of(config).formulaire


def _load(around: Around) -> tuple[Sent, Iterable[Diagnostic]]:
    from portail.features.channels.lettre.sent import load_sent

    return load_sent(around)


def _closes(draft: Draft) -> Iterator[str]:
    from portail.features.channels.lettre.sent import closed_words

    return closed_words(draft)


def _judges_project(read: Checked) -> Iterable[Diagnostic]:
    from portail.features.channels.lettre.sent import check_mastheads

    return check_mastheads(read.content, read.config, read.day.date)


def _judges_proposal(before: Listing, after: Listing, name: str) -> Iterable[Diagnostic]:
    from portail.features.channels.lettre.form import check_frozen

    return check_frozen(before, after, name)


def _own_feeds(site: Site) -> Iterator[OwnFeed]:
    from portail.features.channels.lettre.feed import letter_feeds

    return letter_feeds(site)


def _feed_text(site: Site, url: str) -> Iterator[FeedText]:
    from portail.features.channels.lettre.feed import feed_text

    return feed_text(site, url)


def _explore(site: Site) -> Iterator[Lien]:
    from portail.features.channels.lettre.links import explore_links

    return explore_links(site)


def _plan_of(site: Site, kind: Kind) -> Iterator[NavGroup]:
    from portail.features.channels.lettre.links import plan_groups

    return plan_groups(site, kind)


def _subscription(site: Site) -> Iterator[Abonnement]:
    from portail.features.channels.lettre.links import home_subscription

    return home_subscription(site)


def _home_figure(site: Site) -> Iterator[Lien]:
    from portail.features.channels.lettre.links import home_figure

    return home_figure(site)


def _letter_page(site: Site) -> str:
    from portail.features.channels.lettre.links import letter_page

    return letter_page(site)


def _mention(site: Site, item: Item) -> Iterator[Mention]:
    from portail.features.channels.lettre.mention import mention_of

    yield mention_of(site, item)


feature = Feature(
    name="lettre",
    title="Lettre de la semaine",
    kinds=(KindSpec("newsletters"),),
    needs=("editions", "schemas"),
    settings=(Setting("PORTAIL_LETTRE", _read_letter, None),),
    confronts=_confronts,
    posts=_posts,
    reads=(Source("lettre", _load),),
    rules=(_check,),
    closes=_closes,
    judges_project=_judges_project,
    judges_proposal=_judges_proposal,
    outputs=(
        Output("courriels", _plan_mails),
        Output("lettres", _plan_pages, is_last=True),
    ),
    slots={
        EXPLORE: _explore,
        PLAN_OF: _plan_of,
        SUBSCRIPTION: _subscription,
        HOME_FIGURE: _home_figure,
        WEEKLY_PAGE: _letter_page,
        WEEKLY_MENTION: _mention,
        OWN_FEEDS: _own_feeds,
        FEED_TEXT: _feed_text,
    },
    pages=frozenset({"/newsletter/"}),
    commands={"newsletter": "montre la lettre d’une semaine, l’arrête et l’envoie"},
)
