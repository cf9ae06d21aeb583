"""The weekly letter: what it tells, its mails, its pages; sending it is another package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec, Output
from portail.outputs.pages.slots import (
    EXPLORE,
    HOME_FIGURE,
    LETTER_PAGE,
    MENTION,
    PLAN_OF,
    SUBSCRIPTION,
)

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.model.issue import Mention
    from portail.model.kinds import Kind
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Abonnement, Lien, NavGroup
    from portail.site.draft import Draft
    from portail.site.item import Item
    from portail.site.site import Site


def _plan_pages(site: Site, *addresses: str) -> Iterator[Artifact]:
    from portail.features.lettre.pages import plan_letters

    return plan_letters(site, *addresses)


def _plan_mails(site: Site) -> Iterator[Artifact]:
    from portail.features.lettre.output import plan_mails

    return plan_mails(site)


def _check(draft: Draft) -> Iterator[Diagnostic]:
    from portail.features.lettre.checks import check_invitations, check_letters, check_wishes

    for rule in (check_letters, check_wishes, check_invitations):
        yield from rule(draft)


def _explore(site: Site) -> Iterator[Lien]:
    from portail.features.lettre.links import explore_links

    return explore_links(site)


def _plan_of(site: Site, kind: Kind) -> Iterator[NavGroup]:
    from portail.features.lettre.links import plan_groups

    return plan_groups(site, kind)


def _subscription(site: Site) -> Iterator[Abonnement]:
    from portail.features.lettre.links import home_subscription

    return home_subscription(site)


def _home_figure(site: Site) -> Iterator[Lien]:
    from portail.features.lettre.links import home_figure

    return home_figure(site)


def _letter_page(site: Site) -> str:
    from portail.features.lettre.links import letter_page

    return letter_page(site)


def _mention(site: Site, item: Item) -> Iterator[Mention]:
    from portail.features.lettre.mention import mention_of

    yield mention_of(site, item)


feature = Feature(
    name="lettre",
    title="Lettre de la semaine",
    kinds=(KindSpec("newsletters"),),
    needs=("agenda", "schemas"),
    rules=(_check,),
    outputs=(
        Output("courriels", _plan_mails),
        Output("lettres", _plan_pages, is_last=True),
    ),
    slots={
        EXPLORE: _explore,
        PLAN_OF: _plan_of,
        SUBSCRIPTION: _subscription,
        HOME_FIGURE: _home_figure,
        LETTER_PAGE: _letter_page,
        MENTION: _mention,
    },
    pages=frozenset({"/newsletter/"}),
    commands={"newsletter": "montre la lettre d’une semaine, l’arrête et l’envoie"},
)
