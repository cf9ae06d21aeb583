"""Output « calendriers »: an ``.ics`` for each event, and the calendars that one subscribes to.

A calendar is the texts of its events, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.base import TextFile
from portail.outputs.calendars.components import FOOT, event_text, head_text
from portail.outputs.calendars.loans import loan_text, loans_of, tool_told
from portail.outputs.calendars.told import Told, told_of
from portail.outputs.drawn import text_file
from portail.outputs.identity import identifier
from portail.outputs.pages.kit import kit_of
from portail.site.calendars import Calendar, single_of
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import agenda_below
from portail.text.typography import typographie

__all__ = ["CalendarsOutput"]


class CalendarsOutput:
    """One file for each event; one for each calendar of ``Site.calendars``, streamed; one for the
    loans of each tool.

    An edit that changes what is told of an event rewrites its own file and the calendars that hold
    it, any other edit none; nor does a new day.
    """

    name: ClassVar[str] = "calendriers"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """Events in the order of references, then calendars, then tools in the order of lists."""
        for item in site.items.values():
            if item.entry.kind is Kind.EVENT and (url := single_of(item)):
                yield text_file(site, url, _single, item.ref, source=item.entry.source)
        for one in site.calendars.every:
            yield text_file(site, one.url, _calendar, one)
        for item in site.of_kind(Kind.RESSOURCE):
            if loans_of(item, site):
                url, source = agenda_below(item.url), item.entry.source
                yield text_file(site, url, _lent, item.ref, source=source)


def _single(site: Site, ref: str) -> Iterator[str]:
    """The calendar of an event, with all that one must know to come."""
    yield from (_head(site), _written(site, ref, _told_of(site, ref)), FOOT)


def _calendar(site: Site, of: Calendar) -> Iterator[str]:
    """A calendar that one subscribes to."""
    yield _head(site, **_told(of, site))
    yield from (_text(site, ref) for ref in of.refs)
    yield FOOT


def _lent(site: Site, ref: str) -> Iterator[str]:
    """The calendar of the loans of a tool."""
    item = site.items[ref]
    yield _head(site, **tool_told(item, site))
    yield from loan_text(item, loans_of(item, site), site)
    yield FOOT


def _head(site: Site, **told: str) -> str:
    return head_text(f"-//{site.config.nom}//Portail//FR", **told)


@per_site
def _text(site: Site, ref: str) -> str:
    """The text of an event, once for all the calendars that hold it: its summary and its page,
    which says the rest."""
    told = _told_of(site, ref)
    return _written(site, ref, replace(told, lignes=told.lignes[:1]))


def _told_of(site: Site, ref: str) -> Told:
    return told_of(site.items[ref], site, kit_of(site))


def _written(site: Site, ref: str, told: Told) -> str:
    item = site.items[ref]
    assert isinstance(item.entry, Event)
    return event_text(item.entry, item.occurrences, told, site.vocabularies)


def _told(calendar: Calendar, site: Site) -> Mapping[str, str]:
    """How a calendar presents itself; without SITEURL it has no address to give."""
    config, name = site.config, typographie(calendar.nom)
    known, held = bool(config.siteurl), f"les événements annoncés sur {config.nom}"
    return {
        "nom": f"{name} · {config.nom}",
        "description": f"{name}\u00a0: {held} {config.en_region}.",
        "uid": identifier(config, calendar.url),
        "page": config.absolute(calendar.page) if known else "",
        "source": config.absolute(calendar.url) if known else "",
    }
