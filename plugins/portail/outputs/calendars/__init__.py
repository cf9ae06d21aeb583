"""Output « calendriers »: an ``.ics`` for each event, and the calendars that one subscribes to.

``components`` is imported when something is written: icalendar takes 0.1 s to load, which neither
a check nor the build of an unchanged site should wait for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import ClassVar

from portail.files import digest_of
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.base import TextFile
from portail.outputs.calendars.loans import Loan, loan_key, loan_text, loans_of, tool_told
from portail.outputs.calendars.told import key_of, told_of
from portail.outputs.identity import identifier
from portail.outputs.pages.kit import Kit, kit_of
from portail.site.calendars import Calendar
from portail.site.site import Item, Site
from portail.site.urls import agenda_below, calendar_of
from portail.text.typography import typographie

__all__ = ["CalendarsOutput"]


class CalendarsOutput:
    """One file for each event; one for each calendar of ``Site.calendars``, streamed; one for the
    loans of each tool.

    The key of a calendar holds the digests of its events: one event edited rewrites its own file
    and the calendars that hold it; a new day rewrites none.
    """

    name: ClassVar[str] = "calendriers"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """Events in the order of references, then calendars, then tools in the order of lists."""
        texts = _Texts(site, kit_of(site))
        keys: dict[str, str] = {}
        for item in site.items.values():
            if item.entry.kind is Kind.EVENT and item.occurrences:
                url = calendar_of(item.url)
                keys[item.ref] = key = key_of(item, site)
                yield TextFile(
                    PurePosixPath(url[1:]), url, (key,), _one(item.ref, texts), item.entry.source
                )
        for calendar in site.calendars.every:
            yield TextFile(
                PurePosixPath(calendar.url[1:]),
                calendar.url,
                (digest_of(calendar.nom), *(keys[ref] for ref in calendar.refs)),
                _several(calendar, texts),
            )
        for item in site.of_kind(Kind.RESSOURCE):
            if loans := loans_of(item, site):
                yield _lent(item, loans, site)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The text of each event, written once for all the calendars that hold it."""

    site: Site
    kit: Kit
    known: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, ref: str) -> str:
        from portail.outputs.calendars.components import event_text

        text = self.known.get(ref)
        if text is None:
            item = self.site.items[ref]
            assert isinstance(item.entry, Event)
            told = told_of(item, self.site, self.kit)
            text = event_text(item.entry, item.occurrences, told, self.site.vocabularies)
            self.known[ref] = text
        return text


def _lent(item: Item, loans: tuple[Loan, ...], site: Site) -> TextFile:
    """The calendar of the loans of a tool."""
    url = agenda_below(item.url)

    def produce() -> Iterator[str]:
        from portail.outputs.calendars.components import FOOT, head_text

        yield head_text(f"-//{site.config.nom}//Portail//FR", **tool_told(item, site))
        yield from loan_text(item, loans, site)
        yield FOOT

    key = (loan_key(item, loans),)
    return TextFile(PurePosixPath(url[1:]), url, key, produce, item.entry.source)


def _one(ref: str, texts: _Texts) -> Callable[[], Iterator[str]]:
    return lambda: _written(texts, (ref,), {})


def _several(calendar: Calendar, texts: _Texts) -> Callable[[], Iterator[str]]:
    return lambda: _written(texts, calendar.refs, _told(calendar, texts.site))


def _written(texts: _Texts, refs: tuple[str, ...], told: Mapping[str, str]) -> Iterator[str]:
    from portail.outputs.calendars.components import FOOT, head_text

    yield head_text(f"-//{texts.site.config.nom}//Portail//FR", **told)
    yield from (texts[ref] for ref in refs)
    yield FOOT


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
