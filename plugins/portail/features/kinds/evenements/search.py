"""What an answer of the search says of an event: when it is."""

from __future__ import annotations

from datetime import date, timedelta

from portail.agenda.programme import undated
from portail.facts.when import TO_SET, period_from
from portail.model.event import Event
from portail.outputs.pages.short_texts import shows_year
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.narrowed import lasting_of
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import small

_YEAR_ROUND = timedelta(days=300)
_STILL = timedelta(days=90)
"""What lasts so long, and has so long left, is there « toute l’année »."""


def event_line(item: Item, card: Card, site: Site) -> str:
    """« 8 octobre », « 8 octobre, réservé »."""
    only = "réservé" if item.reserve and not item.is_over else ""
    return ", ".join(filter(None, (_when(item, site), only)))


def _when(item: Item, site: Site) -> str:
    """« 8 octobre », « du 2 au 3 octobre », « jusqu’au 3 janvier », « toute l’année »."""
    entry = item.of(Event)
    shown = item.shown
    if shown is None:
        return small(TO_SET)
    if undated(entry, shown):
        return WORDS["etats"]["nouvelle_date"]
    lasting = lasting_of(item, site)
    first, last = (lasting.du, lasting.au) if lasting else (shown.first_day, shown.last_day)
    dated = shows_year(last, site)
    if first == last:
        return jour(first, semaine=False, annee=dated)
    on = site.has_come(first) and not site.is_over(last)
    if on and last - first >= _YEAR_ROUND and not site.is_over(last - _STILL):
        return "toute l’année"
    return period_from(first, last, date.max if on else first, year=dated)
