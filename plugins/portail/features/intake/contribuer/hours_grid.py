"""Opening hours as a grid of days, which the contribution form fills and writes as a sentence
(``theme/static/js/contribuer-grille.js``): Python alone reads a sentence back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from portail.features.services.horaires.notation import DAYS
from portail.features.services.horaires.rules import DAY, OpeningHours, Rule, Span

# Times a day.
_SPANS = 2


def grid_of(hours: OpeningHours) -> dict[str, Any] | None:
    """From, to, again, of each day that something is said of; ``None`` for what no grid holds.

    >>> from portail.features.services.horaires.notation import read_opening_hours
    >>> grid_of(read_opening_hours("Tu 10:00-18:00; PH off"))
    {'jours': {'Tu': ['10:00', '18:00'], 'PH': []}, 'note': ''}
    """
    rules = hours.regles
    if rules == (Rule(note=rules[0].note),):  # « sur rendez-vous »
        return {"jours": {}, "note": rules[0].note}
    days: dict[str, Rule] = {}
    for rule in rules:
        names = [*_names(rule)]
        # The grid says public holidays last: a school holiday that is one is as they say.
        if not names or ("PH" in days and "SH" in names and "PH" not in names):
            return None
        days |= dict.fromkeys(names, rule)
    note = _note([*days.values()])
    if note is None:
        return None
    order = (*DAYS, "SH", "PH")
    spans = {name: [*_hours(days[name].heures)] for name in order if name in days}
    return {"jours": spans, "note": note}


def _names(rule: Rule) -> Iterator[str]:
    seasonal = (
        rule.dates or rule.croise or rule.ajoute or any(selector.rangs for selector in rule.jours)
    )
    if seasonal or len(rule.heures) > _SPANS or not (rule.heures or rule.ferme):
        return
    yield from (DAYS[day] for day in chain.from_iterable(selector.jours for selector in rule.jours))
    yield from rule.feries
    if not rule.jours and not rule.feries:
        yield from DAYS


def _note(rules: Sequence[Rule]) -> str | None:
    # The note of all that opens, of all that is closed when nothing does; ``None`` when they do not
    # say the same.
    opened = {rule.note for rule in rules if rule.heures}
    closed = {rule.note for rule in rules if not rule.heures}
    notes = opened or closed
    alone = len(notes) == 1 and (not opened or closed <= {""})
    if alone:
        return next(iter(notes))
    return None


def _hours(spans: Sequence[Span]) -> Iterator[str]:
    for span in spans:
        yield _hour(span.debut)
        yield "" if span.fin is None else _hour(span.fin)


def _hour(minutes: int) -> str:
    hours, rest = divmod(minutes % DAY, 60)
    return f"{hours:02}:{rest:02}"
