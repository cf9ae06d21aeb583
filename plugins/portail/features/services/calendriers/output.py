"""Agendas as iCalendar files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from portail.model.event import Event
from portail.outputs.base import TextFile, text_file
from portail.outputs.pages.words import WORDS
from portail.site.memo import kept_answer
from portail.site.site import Site
from portail.text.typography import typeset

from .calendars import Calendar, calendars_of, plan_page, single_of
from .components import FOOT, event_text, head_text
from .events import (
    EventWording,
    event_wording,
)

if TYPE_CHECKING:
    from portail.outputs.base import Artifact


def plan_calendars(site: Site) -> Iterator[TextFile]:
    """A file for each event, in the order of references; for each calendar of the site.
    An edit that changes what is told of an event rewrites its own file and the calendars that hold
    it, any other edit none; nor does a new day."""
    for item in site.items.values():
        if item.entry.kind.info.dated and (url := single_of(item)):
            yield text_file(site, url, _single, item.ref, source=item.entry.source)
    for calendar in calendars_of(site).every:
        yield text_file(site, calendar.url, _calendar, calendar)


def _single(site: Site, ref: str) -> Iterator[str]:
    yield from (_head(site), _written(site, event_wording(site.items[ref], site), ref), FOOT)


def _calendar(site: Site, of: Calendar) -> Iterator[str]:
    purpose = WORDS["listes"]["calendrier"].format(nom=site.config.nom_complet)
    yield _head(site, **_header(site, of.nom, purpose, of.page, of.url))
    yield from (_text(site, ref).decode() for ref in of.refs)
    yield FOOT


def _head(site: Site, **texts: str) -> str:
    return head_text(f"-//{site.config.nom}//Portail//FR", **texts)


@kept_answer
def _text(site: Site, ref: str) -> bytes:
    # The text of an event, once for all the calendars that hold it: its summary and its page, which
    # says the rest. It takes less room as bytes.
    wording = event_wording(site.items[ref], site)
    return _written(site, replace(wording, lignes=wording.lignes[:1]), ref).encode()


def _written(site: Site, wording: EventWording, ref: str) -> str:
    item = site.items[ref]
    return event_text(item.of(Event), item.occurrences, wording, site.vocabularies)


def _header(site: Site, name: str, purpose: str, page: str, url: str) -> Mapping[str, str]:
    config = site.config
    name = typeset(name)
    source = ""
    if config.siteurl:
        page = config.absolute(page)
        source = config.absolute(url)
    else:
        page = ""
    return {
        "nom": f"{name} · {config.nom}",
        "description": f"{name}\u00a0: {purpose}.",
        "page": page,
        "source": source,
    }


def plan(site: Site) -> Iterator[Artifact]:
    yield from plan_calendars(site)
    yield from plan_page(site)
