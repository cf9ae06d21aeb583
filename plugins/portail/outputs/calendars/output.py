"""Output « calendriers »: agendas and loans of tools as iCalendar files. Everything comes from the
sheet, as in ``components``: its last change dates every loan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from portail.facts.base import text_of
from portail.facts.channels import DEADLINE
from portail.facts.price import host_of
from portail.model.articles import Annonce
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.outputs.base import TextFile, text_file
from portail.outputs.calendars.components import FOOT, event_text, head_text, midnight, sequence
from portail.outputs.calendars.events import (
    EPOCH,
    EventWording,
    dated,
    escaped,
    event_wording,
    line,
)
from portail.outputs.headers import identifier
from portail.outputs.pages.page_context import WORDS
from portail.site.calendars import Calendar, single_of
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import agenda_below
from portail.text.typography import plain, small, typographie

_DAY = timedelta(days=1)


def _loans(item: Item, site: Site) -> Iterator[str]:
    """The components of the loans of a tool, in order of time; the first day and the copy of each
    make its identifier."""
    entry, base = item.of(Ressource), identifier(site.config, item.url)
    seen: Counter[str] = Counter()
    for loan in sorted(entry.itinerance, key=lambda one: (one.du, one.exemplaire or 0, one.au)):
        uid = f"{base}/{loan.du:%Y%m%d}" + (f"-{loan.exemplaire}" if loan.exemplaire else "")
        seen[uid] += 1
        uid += f"/{seen[uid]}" if seen[uid] > 1 else ""
        name, commune = host_of(loan, site)
        town = commune.nom if commune else ""
        host = typographie(name or town or small(WORDS["prets"]["emprunteur"]))
        title = f"{typographie(plain(entry.titre))}\u00a0: {host}"
        several = loan.exemplaire and entry.exemplaires > 1
        copy = f"Exemplaire {loan.exemplaire}." if several else ""
        lines = (copy, typographie(entry.resume or ""))
        place = ", ".join(filter(None, (name, town)))
        yield _whole_days(item, site, uid, (loan.du, loan.au), title, lines, place)


def _deadline(item: Item, site: Site) -> str:
    """The component of the last day of a call or of a funding."""
    entry = item.of(Annonce, Ressource)
    day, uid = entry.limite or EPOCH, f"{identifier(site.config, item.url)}/echeance"
    facts = (make(item, site) for make in DEADLINE[entry.kind])
    told = (f"{one.label}\u00a0: {text_of(one.values)}" for one in facts if one.values)
    lines = map(typographie, (entry.resume or "", *told))
    title = typographie(f"Échéance : {plain(entry.titre)}")
    return _whole_days(item, site, uid, (day, day), title, lines)


def _whole_days(
    item: Item,
    site: Site,
    uid: str,
    days: tuple[date, date],
    title: str,
    lines: Iterable[str],
    place: str = "",
) -> str:
    """A component of whole days that makes nobody busy."""
    published = item.entry.publie_le or EPOCH
    changed = item.entry.modifie or published
    url = site.config.absolute(item.url) if site.config.siteurl else ""
    parts = (
        "BEGIN:VEVENT\r\n",
        line("SUMMARY", escaped(title)),
        dated("DTSTART", [days[0]]),
        dated("DTEND", [days[1] + _DAY]),
        line("DTSTAMP", midnight(changed)),
        line("UID", escaped(uid)),
        line("SEQUENCE", sequence(changed)),
        line("CREATED", midnight(published)),
        line("DESCRIPTION", escaped("\n".join(filter(None, (*lines, url))))),
        line("LAST-MODIFIED", midnight(changed)),
        line("LOCATION", escaped(typographie(place))) if place else "",
        line("STATUS", "CONFIRMED"),
        line("TRANSP", "TRANSPARENT"),
        line("URL", url) if url else "",
        "END:VEVENT\r\n",
    )
    return "".join(parts)


def plan_calendars(site: Site) -> Iterator[TextFile]:
    """A file for each event, in the order of references; for each calendar of ``Site.calendars``;
    for the loans of each tool, in the order of lists. An edit that changes what is told of an event
    rewrites its own file and the calendars that hold it, any other edit none; nor does a new
    day."""
    for item in site.items.values():
        if item.entry.kind is Kind.EVENT and (url := single_of(item)):
            yield text_file(site, url, _single, item.ref, source=item.entry.source)
    for one in site.calendars.every:
        yield text_file(site, one.url, _calendar, one)
    for item in site.of_kind(Kind.RESSOURCE):
        if item.of(Ressource).itinerance:
            url, source = agenda_below(item.url), item.entry.source
            yield text_file(site, url, _lent, item.ref, source=source)


def _single(site: Site, ref: str) -> Iterator[str]:
    """The calendar of an event, with all that one must know to come."""
    yield from (_head(site), _written(site, event_wording(site.items[ref], site), ref), FOOT)


def _calendar(site: Site, of: Calendar) -> Iterator[str]:
    """A calendar that one subscribes to."""
    sort = "derniers jours" if of.groupe == "echeances" else "événements"
    held = f"les {sort} annoncés sur {site.config.nom_complet}"
    yield _head(site, **_header(site, of.nom, held, of.page, of.url))
    yield from (_text(site, ref).decode() for ref in of.refs)
    yield FOOT


def _lent(site: Site, ref: str) -> Iterator[str]:
    """The calendar of the loans of a tool."""
    item = site.items[ref]
    url, held = agenda_below(item.url), WORDS["prets"]["annonces"].format(nom=site.config.nom)
    yield _head(site, **_header(site, item.name, held, item.url, url))
    yield from _loans(item, site)
    yield FOOT


def _head(site: Site, **told: str) -> str:
    return head_text(f"-//{site.config.nom}//Portail//FR", **told)


@per_site
def _text(site: Site, ref: str) -> bytes:
    """The text of an event or of a deadline, once for all the calendars that hold it: its summary
    and its page, which says the rest. It takes less room as bytes."""
    if site.items[ref].entry.kind is not Kind.EVENT:
        return _deadline(site.items[ref], site).encode()
    told = event_wording(site.items[ref], site)
    return _written(site, replace(told, lignes=told.lignes[:1]), ref).encode()


def _written(site: Site, told: EventWording, ref: str) -> str:
    item = site.items[ref]
    return event_text(item.of(Event), item.occurrences, told, site.vocabularies)


def _header(site: Site, name: str, held: str, page: str, url: str) -> Mapping[str, str]:
    """How a calendar presents itself; without SITEURL it has no address to give."""
    config, name = site.config, typographie(name)
    known = bool(config.siteurl)
    return {
        "nom": f"{name} · {config.nom}",
        "description": f"{name}\u00a0: {held}.",
        "page": config.absolute(page) if known else "",
        "source": config.absolute(url) if known else "",
    }
