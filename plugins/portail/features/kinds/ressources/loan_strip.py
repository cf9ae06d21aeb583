"""Six months of a tool at a glance: what is free, what is out."""

from __future__ import annotations

from datetime import date

from portail.agenda.weeks import Month
from portail.features.kinds.ressources.model import Ressource
from portail.features.services.prets.loans import Span, out_spans
from portail.outputs.pages.views.lists import LoanStrip
from portail.outputs.pages.views.shared import Etiquette
from portail.text.dates import MOIS_COURTS

_MONTHS = 6
_WIDTH = 20
"""Units of a month, whatever its days: the names below are as wide."""
_HEIGHT = 8


def loan_strip(entry: Ressource, day: date, today: Etiquette | None) -> LoanStrip | None:
    """The strip of a tool from the month of ``day`` on; ``today`` is how it stands then. ``None``
    for a sheet that tells no loan."""
    if today is None:
        return None
    months = [Month.of(day)]
    while len(months) < _MONTHS:
        months.append(months[-1].next)
    spans = out_spans(entry.itinerance, entry.exemplaires, months[0].first, months[-1].last)
    path = "".join(_drawn(span, months[0]) for span in spans)
    names = tuple(MOIS_COURTS[month.month - 1] for month in months)
    return LoanStrip(names, path, today.texte, today.fin)


def _drawn(span: Span, first: Month) -> str:
    """A rectangle; of a few days, one unit wide, that it is seen."""
    start = _place(span.du, first, 0)
    width = max(_place(span.au, first, 1) - start, 1)
    return f"M{start} 0h{width}v{_HEIGHT}h-{width}z"


def _place(day: date, first: Month, after: int) -> int:
    """Units from the left of the strip to the beginning of a day, or to its end (``after`` 1)."""
    month = Month.of(day)
    rank = (month.year - first.year) * 12 + month.month - first.month
    return rank * _WIDTH + round((day.day - 1 + after) * _WIDTH / month.last.day)
