"""Output « calendriers »: an ``.ics`` for each event, and the calendars that one subscribes to.

A calendar is the texts of its events, one after the other. They are kept from one build to the
next: an event that did not change costs a look-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import ClassVar

from portail.files import digest_bytes, digest_of
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.base import TextFile
from portail.outputs.calendars.components import FOOT, event_text, head_text
from portail.outputs.calendars.loans import Loan, loan_key, loan_text, loans_of, tool_told
from portail.outputs.calendars.told import key_of, told_of
from portail.outputs.identity import identifier
from portail.outputs.pages.kit import Kit, kit_of
from portail.site.calendars import Calendar
from portail.site.memo import per_site
from portail.site.site import Item, Site
from portail.site.urls import agenda_below, calendar_of
from portail.text.typography import typographie

__all__ = ["CalendarsOutput"]


class CalendarsOutput:
    """One file for each event; one for each calendar of ``Site.calendars``, streamed; one for the
    loans of each tool.

    The key of a calendar holds the digests of the texts of its events: an edit that changes the
    text of one rewrites its own file and the calendars that hold it, any other edit none; nor
    does a new day.
    """

    name: ClassVar[str] = "calendriers"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """Events in the order of references, then calendars, then tools in the order of lists."""
        texts = _texts(site)
        keys = {ref: digest_bytes(text.encode()) for ref, text in texts.items()}
        for ref, key in keys.items():
            item = site.items[ref]
            yield _file(calendar_of(item.url), (key,), (ref,), site, item)
        for one in site.calendars.every:
            key = digest_of(one.nom)
            yield _file(one.url, (key, *(keys[ref] for ref in one.refs)), one.refs, site, one)
        for item in site.of_kind(Kind.RESSOURCE):
            if loans := loans_of(item, site):
                yield _lent(item, loans, site)


@per_site
def _texts(site: Site) -> Mapping[str, str]:
    """The text of each event that has a date, by reference."""
    kit = kit_of(site)
    marks = {
        item.ref: key_of(item, site)
        for item in site.items.values()
        if item.entry.kind is Kind.EVENT and item.occurrences
    }
    known = site.bodies.recall(CalendarsOutput.name, [*marks.values()])
    for ref, mark in marks.items():
        if mark not in known:
            known[mark] = _text(site.items[ref], site, kit)
    site.bodies.remember(CalendarsOutput.name, known)
    return {ref: known[mark] for ref, mark in marks.items()}


def _text(item: Item, site: Site, kit: Kit) -> str:
    assert isinstance(item.entry, Event)
    return event_text(item.entry, item.occurrences, told_of(item, site, kit), site.vocabularies)


def _file(
    url: str, key: tuple[str, ...], refs: tuple[str, ...], site: Site, of: Item | Calendar
) -> TextFile:
    """The calendar of an event, or one of several that one subscribes to."""

    def produce() -> Iterator[str]:
        told = {} if isinstance(of, Item) else _told(of, site)
        yield head_text(f"-//{site.config.nom}//Portail//FR", **told)
        texts = _texts(site)
        yield from (texts[ref] for ref in refs)
        yield FOOT

    source = of.entry.source if isinstance(of, Item) else None
    return TextFile(PurePosixPath(url[1:]), url, key, produce, source)


def _lent(item: Item, loans: tuple[Loan, ...], site: Site) -> TextFile:
    """The calendar of the loans of a tool."""
    url = agenda_below(item.url)

    def produce() -> Iterator[str]:
        yield head_text(f"-//{site.config.nom}//Portail//FR", **tool_told(item, site))
        yield from loan_text(item, loans, site)
        yield FOOT

    key = (loan_key(item, loans),)
    return TextFile(PurePosixPath(url[1:]), url, key, produce, item.entry.source)


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
