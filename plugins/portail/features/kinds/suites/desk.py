"""Promises that are due or late, on the editors’ desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from portail.facts.base import names, text_of
from portail.facts.when import day_of
from portail.model.kinds import DATED, where
from portail.outputs.pages.slots import DeskTable
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site
from portail.text.typography import nombre

from .sequels import promised, sequels_of

_WORDS = rows_of("kinds.suites", "mots")["bureau"]
# How long before its day a promise is due.
_DUE = timedelta(days=31)


def desk_table(site: Site) -> Iterator[DeskTable]:
    """Those that nothing keeps yet, the latest first; nothing in a portal where none waits."""
    waiting = [(site.items[ref], date.fromisoformat(day)) for ref, day in _waiting(site)]
    if waiting:
        yield DeskTable(
            "Suites",
            _WORDS["titre"],
            _WORDS["phrase"],
            columns=tuple(_WORDS["colonnes"]),
            rows=tuple(
                (item, _cells(item, day, site))
                for item, day in waiting
                if day - _DUE <= site.day.date
            ),
            empty=_WORDS["vide"],
        )


@answer
def _waiting(site: Site) -> tuple[tuple[str, str], ...]:
    # References and days of promises that nothing keeps, by day.
    waiting = [
        (day.isoformat(), item.ref)
        for item in site.of_kinds((*where(lambda info: info.to_read), *DATED))
        if (day := promised(item.entry)) and not sequels_of(item, site)
    ]
    return tuple((ref, day) for day, ref in sorted(waiting))


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
