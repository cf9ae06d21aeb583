"""Writing the dates of an event in a test, and reading what became of them."""

from __future__ import annotations

from datetime import date, time
from pathlib import PurePosixPath

from portail.agenda.occurrences import Occurrence
from portail.agenda.recurrence import expand
from portail.codes import diagnostic
from portail.diagnostics import Position
from portail.model.faults import Fault
from strategies import Horaires, Moment, Seance


def moment(text: str) -> Moment:
    """``2021-10-09 14:00`` or ``2021-10-09``."""
    day, _, hour = text.partition(" ")
    return Moment(date.fromisoformat(day), time.fromisoformat(hour) if hour else None)


def run(
    debut: str = "",
    fin: str = "",
    *,
    seances: tuple[Seance, ...] = (),
    horaires: Horaires | None = None,
    rrule: str | None = None,
    etat: str = "programme",
) -> tuple[Occurrence, ...] | list[Fault]:
    first = moment(debut) if debut else None
    last = moment(fin) if fin else None
    return expand(first, last, seances, horaires, rrule, etat)


def told(result: tuple[Occurrence, ...] | list[Fault]) -> list[str]:
    """Occurrences in short, with the offset of Paris; a list of faults is a failure."""
    assert isinstance(result, tuple), result
    return [
        f"{one.debut:%Y-%m-%d}..{one.fin:%Y-%m-%d}" if one.journee and one.fin
        else f"{one.debut:%Y-%m-%d %H:%M%z}" + (f"..{one.fin:%d %H:%M%z}" if one.fin else "")
        for one in result
    ]  # fmt: skip


def refused(result: tuple[Occurrence, ...] | list[Fault]) -> list[tuple[str, str, str]]:
    """Code, field and French message of each fault."""
    assert isinstance(result, list), result
    return [
        (
            fault.code,
            ".".join(map(str, fault.loc)),
            diagnostic(fault.code, Position(PurePosixPath("x")), **fault.values).message,
        )
        for fault in result
    ]


def seance(debut: str, fin: str = "", etat: str | None = None) -> Seance:
    return Seance(moment(debut), moment(fin) if fin else None, etat)
