"""What an import says in a terminal: a line or more for each item that changes something, then
totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from portail.codes import all_codes, shown
from portail.terminal.text import counted, safe
from portail.text.typography import small

from .imports import Import
from .sources.items import Loss
from .values import Change, Difference, Fate

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
    yield from _rest(changes, done)


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
    for text in dict.fromkeys(map(loss_text, change.told)):
        yield safe(f"    à relire : {text}")
    if change.before:
        for row in change.differences:
            yield safe(f"    {difference_text(row)}")


def difference_text(row: Difference) -> str:
    """« champ : avant → après »."""
    before, after = (shown(value, 400) or "(absent)" for value in (row.before, row.after))
    return f"{row.field} : {before} → {after}"


def loss_text(loss: Loss) -> str:
    """What was cut or guessed."""
    name = loss.name
    if loss.value:
        name += f" « {shown(loss.value, 60)} »"
    return f"{name}, {loss.reason}"


def _often(names: Mapping[str, int]) -> str:
    often = sorted(names.items(), key=lambda row: (-row[1], row[0]))
    return ", ".join(f"{name} ({count})" for name, count in often)


def _rest(changes: Sequence[Change], done: Import) -> Iterator[str]:
    if names := Counter(
        loss.name for loss in chain.from_iterable(change.told for change in changes)
    ):
        yield safe(f"À relire : {_often(names)}.")
    if faults := Counter(fault.code for fault in chain.from_iterable(map(done.beside, changes))):
        titled = {f"{code} {small(all_codes()[code].titre)}": it for code, it in faults.items()}
        yield safe(f"Fautes : {_often(titled)}.")
    drafts = (change for change in changes if change.fate is Fate.INCOMPLETE)
    if folders := sorted({f"{draft.path.parent}/" for draft in drafts}):
        yield (
            f"→ Complétez ces brouillons ({', '.join(folders)}), puis ôtez-en « statut: brouillon »"
            ". Ce que la source ne dit jamais se donne une fois : --avec format=conference"
        )
