"""Calendars that one subscribes to, and the file of each event (iCalendar)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Derived, Feature, Output
from portail.outputs.pages.slots import EVENT_FILE, FOLLOW_LINKS, FORMER_ADDRESSES, MENU_MORE

if TYPE_CHECKING:
    from portail.features.services.calendriers.calendars import Calendars
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien
    from portail.site.item import Item
    from portail.site.site import Site
    from portail.site.ways import Ways


def _build(site: Site) -> Calendars:
    from portail.features.services.calendriers.calendars import build_calendars

    return build_calendars(site)


def _ways(site: Site, page: str) -> Ways:
    from portail.features.services.calendriers.calendars import ways

    return ways(site, page)


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.services.calendriers.output import plan_calendars
    from portail.features.services.calendriers.page import plan_page

    yield from plan_calendars(site)
    yield from plan_page(site)


def _links(site: Site) -> Sequence[Lien]:
    from portail.features.services.calendriers.page import links

    return links(site)


def _event_file(site: Site, item: Item) -> str:
    from portail.features.services.calendriers.calendars import single_of

    return single_of(item)


def _former_addresses(site: Site) -> Iterable[tuple[str, str]]:
    from portail.features.services.calendriers.former import former_addresses

    return former_addresses(site)


feature = Feature(
    name="calendriers",
    title="Calendriers",
    derives=(Derived("calendriers", _build),),
    ways=_ways,
    outputs=(Output("calendriers", _plan),),
    slots={
        EVENT_FILE: _event_file,
        FOLLOW_LINKS: _links,
        MENU_MORE: _links,
        FORMER_ADDRESSES: _former_addresses,
    },
    pages=frozenset({"/calendriers/"}),
)
