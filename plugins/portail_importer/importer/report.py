"""What an import says in a terminal: a line or more for each item that changes something, then
totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from portail.codes import shown
from portail.terminal.text import counted, safe

from .imports import Import
from .values import Change, Fate

_READ = ("lu", "lus")
_FAULTY = ("à corriger", "à corriger")
_JOINED = ("autre date d’un même événement", "autres dates d’un même événement")
_BLANK = ("sans rien à importer", "sans rien à importer")
_HELD = (
    "Rien n’en est écrit. Si c’est une autre source, nommez-la : --nom NOM ; sinon, voyez avec "
    "elle, puis : --confirmer."
)


def lines_of(done: Import, *, simulated: bool = False) -> Iterator[str]:
    changes = sorted(done.harvest.changes, key=lambda change: (not change.row, change.row))
    for change in changes:
        if change.fate is not Fate.SAME or change.note:
            yield from _lines(change, done)
    yield tally(done) + (" Rien n’est écrit." if simulated else "")
    yield from (f"{alarm} {_HELD}" for alarm in done.harvest.alarms)
    yield from _rest(changes)


def tally(done: Import) -> str:
    """How many items come to what."""
    fates = Counter(change.fate for change in done.harvest.changes)
    gone = fates.pop(Fate.GONE, 0)
    numbers = [(fates[fate], fate.value) for fate in Fate]
    numbers += [(done.faulty, _FAULTY), (done.joined, _JOINED), (done.blank, _BLANK)]
    parts = ", ".join(counted(number, nouns) for number, nouns in numbers if number)
    total = counted(sum(number for number, _ in numbers), _READ)
    more = f" ; n’est plus dans la source : {gone}" if gone else ""
    if parts or more:
        return f"{total} : {parts or 'rien'}{more}."
    return "Aucun élément."


def _lines(change: Change, done: Import) -> Iterator[str]:
    parts = [change.fate.value[0], change.note]
    if change.path.name:
        parts.insert(0, str(change.path))
    said = ", ".join(filter(None, parts))
    if change.row:
        said = f"{done.unit} {change.row} : {said}"
    yield safe(f"{said}.")
    for fault in done.beside(change):
        yield safe(f"    {fault.code} : {fault.message} {fault.hint}".rstrip())
    for loss in dict.fromkeys(change.told):
        value = f" « {shown(loss.value, 60)} »" * bool(loss.value)
        yield safe(f"    à relire : {loss.name}{value}, {loss.reason}")
    if change.before:
        for row in change.differences:
            before, after = (shown(it, 400) or "(absent)" for it in (row.before, row.after))
            yield safe(f"    {row.field} : {before} → {after}")


def _rest(changes: Sequence[Change]) -> Iterator[str]:
    drafts = (change for change in changes if change.fate is Fate.INCOMPLETE)
    if folders := sorted({f"{draft.path.parent}/" for draft in drafts}):
        yield (
            f"→ Complétez ces brouillons ({', '.join(folders)}), puis ôtez-en « statut: brouillon »"
            ". Ce que la source ne dit jamais se donne une fois : --avec format=conference"
        )
