"""Writing the dates of an event in a test, and reading what became of them."""

from datetime import date, time
from pathlib import PurePosixPath

from portail.agenda.recurrence import expand
from portail.codes import diagnostic
from portail.diagnostics import Position
from strategies import Moment, Seance


def moment(text):
    """``2021-10-09 14:00`` or ``2021-10-09``."""
    day, _, hour = text.partition(" ")
    return Moment(date.fromisoformat(day), time.fromisoformat(hour) if hour else None)


def run(
    debut="",
    fin="",
    *,
    seances=(),
    horaires=None,
    rrule=None,
    etat="programme",
):
    first = moment(debut) if debut else None
    last = moment(fin) if fin else None
    return expand(first, last, seances, horaires, rrule, etat)


def told(result):
    """Occurrences in short, with the offset of Paris; a list of faults is a failure."""
    assert isinstance(result, tuple), result
    return [
        f"{one.debut:%Y-%m-%d}..{one.fin:%Y-%m-%d}" if one.journee and one.fin
        else f"{one.debut:%Y-%m-%d %H:%M%z}" + (f"..{one.fin:%d %H:%M%z}" if one.fin else "")
        for one in result
    ]  # fmt: skip


def refused(result):
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


def seance(debut, fin="", etat=None):
    return Seance(moment(debut), moment(fin) if fin else None, etat)
