"""Promises that are due or late, on the editors’ desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from portail.facts.base import names, text_of
from portail.facts.when import day_of
from portail.features.services.fiches.records import asked
from portail.outputs.pages.slots import DeskSection, DeskTable
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import nombre

_WORDS = rows_of("portail_plus.asuivre", "mots")["bureau"]
# How long before its day a promise is due.
_DUE = timedelta(days=31)


def desk_section(site: Site) -> Iterator[DeskSection]:
    """Those that nothing keeps yet, the latest first; nothing in a portal where none waits."""
    found = asked(site, __name__, "attendues")
    waiting = [(site.items[ref], date.fromisoformat(day)) for ref, day in found]
    if waiting:
        rows = tuple(
            (item, _cells(item, day, site)) for item, day in waiting if day - _DUE <= site.day.date
        )
        yield DeskSection(
            "Suites",
            _WORDS["titre"],
            _WORDS["phrase"],
            tables=(DeskTable(tuple(_WORDS["colonnes"]), rows),),
            empty=_WORDS["vide"],
        )


def _cells(item: Item, day: date, site: Site) -> tuple[str, ...]:
    return day_of(day), _delay(day, site.day.date), text_of(names(item, site, "auteurs"))


def _delay(day: date, today: date) -> str:
    # « En retard de 3 jours », « aujourd’hui », « dans 12 jours ».
    count = abs((day - today).days)
    if not count:
        return "Aujourd’hui"
    days = f"{nombre(count)} jour{'s' * (count > 1)}"
    if day < today:
        return f"En retard de {days}"
    return f"Dans {days}"
