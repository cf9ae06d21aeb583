"""What calendars tell of an event besides its dates: where, how much, how to book, its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.facts.channels import CALENDAR
from portail.facts.where import online, venue
from portail.model.event import Event
from portail.outputs.identity import identifier
from portail.outputs.pages.kit import Kit
from portail.site.item import Item
from portail.site.site import Site
from portail.text.inline import plain
from portail.text.typography import capital, typographie

_EPOCH = date(1990, 1, 1)
"""No content is older."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one event tells: its identifier, its title, its page (``""`` without SITEURL), its
    place and the exact coordinates of it, the lines of its description (the first is its summary,
    maybe empty), its labels.

    ``modifie`` is the day of its last change.
    """

    uid: str
    titre: str
    url: str
    lieu: str
    geo: tuple[float, float] | None
    en_ligne: str
    lignes: tuple[str, ...]
    mots: tuple[str, ...]
    publie: date
    modifie: date


def told_of(item: Item, site: Site, kit: Kit) -> Told:
    """What an event tells; nothing of it depends on the day of the build."""
    entry, config = item.entry, site.config
    assert isinstance(entry, Event)
    url = config.absolute(item.url) if config.siteurl else ""
    facts = [make(item, site) for make in CALENDAR]
    published = entry.publie_le or entry.jour or _EPOCH
    where = venue(item, site)
    exact = where.value.point
    return Told(
        uid=identifier(config, item.url),
        titre=_shown(entry.titre),
        url=url,
        lieu=where.line,
        geo=(exact.lat, exact.lon) if exact else None,
        en_ligne=online(item, site).value,
        lignes=(_shown(entry.resume or ""), *(_shown(one.line) for one in facts if one.line)),
        mots=tuple(
            capital(kit.label(name, code))
            for name, codes in (("themes", entry.themes), ("formats", entry.format))
            for code in codes
        ),
        publie=published,
        modifie=entry.modifie or published,
    )


def _shown(text: str) -> str:
    """A text as pages show it, without its italics."""
    return typographie(plain(text))
