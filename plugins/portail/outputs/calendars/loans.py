"""The calendar of the loans of a tool: whole days that make nobody busy, one for each loan.

Everything comes from the sheet, as in ``components``: its last change dates every loan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portail.facts.where import host_of
from portail.model.ressource import Etape, Ressource
from portail.outputs.calendars.components import midnight, sequence
from portail.outputs.calendars.lines import dated, escaped, line
from portail.outputs.identity import identifier
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import agenda_below
from portail.text.inline import plain
from portail.text.typography import typographie

__all__ = ["Loan", "loan_text", "loans_of", "tool_told"]

_DAY = timedelta(days=1)
_EPOCH = date(1990, 1, 1)
"""No content is older."""


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan as a calendar tells it: an identifier that its first day and its copy make, who has
    the tool and where, its first and last day, its copy (0: not said)."""

    uid: str
    hote: str
    lieu: str
    du: date
    au: date
    exemplaire: int


def loans_of(item: Item, site: Site) -> tuple[Loan, ...]:
    """The loans of a tool, in order of time; none for what is never lent."""
    entry = item.entry
    if not isinstance(entry, Ressource):
        return ()
    seen: Counter[str] = Counter()
    base, found = identifier(site.config, item.url), []
    for one in sorted(entry.itinerance, key=lambda one: (one.du, one.exemplaire or 0, one.au)):
        name = f"{base}/{one.du:%Y%m%d}" + (f"-{one.exemplaire}" if one.exemplaire else "")
        seen[name] += 1
        uid = name if seen[name] == 1 else f"{name}/{seen[name]}"
        host, place = _host(one, site)
        found.append(Loan(uid, host, place, one.du, one.au, one.exemplaire or 0))
    return tuple(found)


def _host(loan: Etape, site: Site) -> tuple[str, str]:
    """Who has the tool; the same with the commune."""
    name, commune = host_of(loan, site)
    town = commune.nom if commune else ""
    return name or town, ", ".join(filter(None, (name, town)))


def tool_told(item: Item, site: Site) -> Mapping[str, str]:
    """How the calendar presents itself; without SITEURL it has no address to give."""
    config, title = site.config, typographie(plain(item.entry.titre))
    known, url = bool(config.siteurl), agenda_below(item.url)
    return {
        "nom": f"{title} · {config.nom}",
        "description": f"{title}\u00a0: les prêts annoncés sur {config.nom}.",
        "uid": identifier(config, url),
        "page": config.absolute(item.url) if known else "",
        "source": config.absolute(url) if known else "",
    }


def loan_text(item: Item, loans: tuple[Loan, ...], site: Site) -> Iterator[str]:
    """The components of the loans."""
    entry = item.entry
    published = entry.publie_le or _EPOCH
    changed = entry.modifie or published
    title = typographie(plain(entry.titre))
    copies = entry.exemplaires if isinstance(entry, Ressource) else 1
    url = site.config.absolute(item.url) if site.config.siteurl else ""
    for loan in loans:
        copy = f"Exemplaire {loan.exemplaire}." if loan.exemplaire and copies > 1 else ""
        lines = (copy, typographie(entry.resume or ""), url)
        host = typographie(loan.hote or "emprunteur non précisé")
        yield "".join((
            "BEGIN:VEVENT\r\n",
            line("SUMMARY", escaped(f"{title}\u00a0: {host}")),
            dated("DTSTART", [loan.du]),
            dated("DTEND", [loan.au + _DAY]),
            line("DTSTAMP", midnight(changed)),
            line("UID", escaped(loan.uid)),
            line("SEQUENCE", sequence(changed)),
            line("CREATED", midnight(published)),
            line("DESCRIPTION", escaped("\n".join(filter(None, lines)))),
            line("LAST-MODIFIED", midnight(changed)),
            line("LOCATION", escaped(typographie(loan.lieu))) if loan.lieu else "",
            line("STATUS", "CONFIRMED"),
            line("TRANSP", "TRANSPARENT"),
            line("URL", url) if url else "",
            "END:VEVENT\r\n",
        ))  # fmt: skip
