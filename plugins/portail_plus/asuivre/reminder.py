"""The file by which one’s calendar reminds of a promised sequel (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from portail.features.services.calendriers.components import FOOT, head_text, sequence
from portail.features.services.calendriers.events import EPOCH, dated, escaped, instant, line
from portail.outputs.base import TextFile, text_file
from portail.outputs.identifiers import identifier
from portail.site.revisions import began
from portail.site.site import Site
from portail.text.typography import typeset

from .sequels import awaited_on, reminder_of

_DAY = timedelta(days=1)


def plan_reminders(site: Site) -> Iterator[TextFile]:
    """A file for each promise that waits, in the order of references."""
    for item in site.items.values():
        if awaited_on(item, site):
            yield text_file(site, reminder_of(item), _reminder, item.ref, source=item.entry.source)


def _reminder(site: Site, ref: str) -> Iterator[str]:
    item = site.items[ref]
    day = awaited_on(item, site)
    if day is None:
        return
    changed = began(item.entry.modifie or item.entry.publie_le or EPOCH)
    address = reminder_of(item)
    yield head_text(f"-//{site.config.nom}//Portail//FR")
    yield "BEGIN:VEVENT\r\n"
    yield line("SUMMARY", escaped(typeset(f"La suite : {item.name}")))
    yield dated("DTSTART", [day])
    yield dated("DTEND", [day + _DAY])
    yield line("DTSTAMP", instant(changed))
    yield line("UID", escaped(identifier(site.config, address)))
    yield line("SEQUENCE", sequence(changed))
    yield line("DESCRIPTION", escaped(typeset(f"La suite est promise pour ce jour. {item.name}")))
    yield line("TRANSP", "TRANSPARENT")
    if site.config.siteurl:
        yield line("URL", site.config.absolute(item.url))
    yield "END:VEVENT\r\n"
    yield FOOT
