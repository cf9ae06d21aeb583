"""When a place is open: tables and sentences for all, rules for the script that has a clock."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from portail.model.lieu import Lieu
from portail.model.parts import Fermeture
from portail.outputs.pages.states import LieuState
from portail.outputs.pages.views.lieu import FermetureView, HorairesView, SemaineView
from portail.outputs.pages.views.shared import Message
from portail.text.calendar_names import JOURS
from portail.text.dates import periode
from portail.text.opening_hours_french import Semaine, opening_lines, opening_weeks
from portail.text.opening_hours_text import read_opening_hours
from portail.text.typography import capital

__all__ = ["closures", "hours_lines", "hours_view"]


def hours_view(entry: Lieu, state: LieuState) -> HorairesView | None:
    """The opening hours of a place, if its sheet tells them."""
    if not entry.horaires_ouverture:
        return None
    hours = read_opening_hours(entry.horaires_ouverture)
    weeks, rest = opening_weeks(hours)
    shut = (entry.fermetures[rank] for rank, _ in state.fermetures)
    return HorairesView(
        tuple(_week(one, len(weeks)) for one in weeks),
        rest,
        _json(hours.compact()),
        _periods((one.du, one.au) for one in shut),
        _periods(state.vacances),
    )


def _week(week: Semaine, number: int) -> SemaineView:
    other = "le reste de l’année" if number > 1 else ""
    dates = " ".join(str(day) for one in week.dates for day in one)
    days = tuple(zip(map(capital, JOURS), week.jours, strict=True))
    return SemaineView(capital(week.quand or other), dates, days)


def hours_lines(entry: Lieu) -> tuple[str, ...]:
    """The same as sentences, none when its sheet tells nothing."""
    written = entry.horaires_ouverture
    return opening_lines(read_opening_hours(written)) if written else ()


def closures(entry: Lieu, state: LieuState) -> tuple[FermetureView, ...]:
    """What is said of the closures that are not over, the first one first; their days are told,
    never « now »: the page may be read later."""
    running = sorted(state.fermetures, key=lambda one: entry.fermetures[one[0]].du)
    return tuple(_closure(entry.fermetures[rank], now) for rank, now in running)


def _closure(closure: Fermeture, running: bool) -> FermetureView:
    title = f"Fermé {periode(closure.du, closure.au)}"
    reason = f"{capital(closure.motif)}." if closure.motif else ""
    return FermetureView(Message(title, reason, ton="alerte" if running else "info"), closure.au)


def _periods(found: Iterable[tuple[date, date]]) -> str:
    flat = [day.isoformat() for one in sorted(found) for day in one]
    return _json(flat) if flat else ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
