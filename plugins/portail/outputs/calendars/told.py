"""What calendars tell of an event besides its dates: where, how much, how to book, its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portail.model.event import Event, Inscription
from portail.model.lieu import Lieu
from portail.outputs.identity import identifier
from portail.outputs.pages.kit import Kit, capital, moment_text
from portail.outputs.pages.rows import age_phrase, price_rows
from portail.site.item import Item
from portail.site.site import Site
from portail.text.inline import plain
from portail.text.typography import typographie

__all__ = ["Told", "told_of", "where_of"]

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
    published = entry.publie_le or entry.jour or _EPOCH
    lieu = _lieu(item, site)
    exact = lieu.coordonnees if lieu else None
    return Told(
        uid=identifier(config, item.url),
        titre=_shown(entry.titre),
        url=url,
        lieu=where_of(item, site),
        geo=(exact.lat, exact.lon) if exact else None,
        en_ligne=entry.en_ligne or "",
        lignes=tuple(map(_shown, _lines(entry, kit))),
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


def _lieu(item: Item, site: Site) -> Lieu | None:
    found = site.lieu_of(item.entry)
    return found.entry if found and isinstance(found.entry, Lieu) else None


def where_of(item: Item, site: Site) -> str:
    """Where an event is: « La Coupole, rue André-Clabaux, 62570 Wizernes »; nothing for what is
    online only."""
    entry, lieu = item.entry, _lieu(item, site)
    assert isinstance(entry, Event)
    if entry.mode == "en-ligne":
        return ""
    address = lieu.adresse if lieu else entry.adresse
    town = item.commune.nom if item.commune else ""
    rue, code = (address.rue, address.code_postal) if address else ("", "")
    name = lieu.titre if lieu else (address.nom if address else "")
    parts = (name, rue, " ".join(filter(None, (code, town))))
    return _shown(", ".join(filter(None, parts)))


def _lines(entry: Event, kit: Kit) -> Iterator[str]:
    """The summary, then what one must know to come."""
    yield entry.resume or ""
    prices = (filter(None, (one.texte, one.note)) for one in price_rows(entry.tarif))
    price = ". ".join(text for one in prices for text in one)
    if price:
        yield f"Tarif : {price}"
    publics = ", ".join(filter(None, (kit.labels("publics", entry.publics), age_phrase(entry.age))))
    if publics:
        yield f"Public : {publics}"
    if entry.inscription:
        yield _booking(entry.inscription, kit)
    if entry.en_ligne:
        yield f"Suivre en ligne : {entry.en_ligne}"


def _booking(booking: Inscription, kit: Kit) -> str:
    text = capital(kit.label("regimes", booking.regime))
    if booking.avant_le:
        text += f", avant le {moment_text(booking.avant_le)}"
    ways = ", ".join(filter(None, (booking.url, booking.courriel, booking.telephone)))
    return f"{text} : {ways}" if ways else text
