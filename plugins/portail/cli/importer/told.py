"""The report of an import, item by item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portail.cli.importer.base import Outcome, State, Step
from portail.cli.terminal import Style, counted, diff_rows, safe
from portail.codes import shown
from portail.imports.found import Loss

_WORDS = {
    State.NEW: ("nouveau", "nouveaux"),
    State.CHANGED: ("mis à jour", "mis à jour"),
    State.ADDED: ("prêt ajouté", "prêts ajoutés"),
    State.WAITING: ("à accepter", "à accepter"),
    State.SAME: ("inchangé", "inchangés"),
    State.LEFT: ("à compléter", "à compléter"),
    State.REFUSED: ("non importé", "non importés"),
}


def told_steps(outcome: Outcome, unit: str, style: Style) -> Iterator[str]:
    """A line for each item that is not unchanged: what changes in a file that exists, what is
    missing, what could not be taken."""
    for step in outcome.steps:
        if step.state is State.SAME and not step.note:
            continue
        note = f", {step.note}" if step.note else ""
        path = "" if step.state is State.REFUSED else f"{step.path}, "
        yield safe(f"{unit} {step.row} : {path}{step.state.value}{note}.")
        for fault in step.faults:
            yield safe(f"    {fault.code} : {fault.message} {fault.hint}".rstrip())
        for loss in step.losses:
            yield safe(f"    {_lost(loss)}")
        if step.before and step.proposed and step.proposed != step.before:
            yield from diff_rows(safe(str(step.path)), step.before, step.proposed, style)


def _lost(loss: Loss) -> str:
    value = f" « {shown(loss.value, 60)} »" if loss.value else ""
    return f"non repris : {loss.name}{value}{', ' if loss.reason else ''}{loss.reason}"


def total(outcome: Outcome, *, simulated: bool) -> Iterator[str]:
    """How many items come to what, what is lost most, what to do next."""
    states = Counter(step.state for step in outcome.steps)
    counts = [counted(states[one], nouns) for one, nouns in _WORDS.items() if states[one]]
    yield f"{', '.join(counts) or 'Aucun élément'}." + (" Rien n’est écrit." if simulated else "")
    lost = Counter(loss.name for step in outcome.steps for loss in step.losses)
    if lost:
        names = (f"{name} ({count})" for name, count in sorted(lost.items(), key=_often))
        yield safe(f"Ce qui n’est pas repris : {', '.join(names)}.")
    if states[State.WAITING]:
        yield "→ Pour écrire ces mises à jour : portail importer … --accepter"
    if aside := sorted({_folder(step) for step in outcome.steps if step.state is State.LEFT}):
        yield (
            f"→ Complétez ces fichiers ({', '.join(aside)}), puis placez-les : portail deposer "
            "FICHIER. Ce que la source ne dit jamais se donne une fois : --avec format=conference"
        )


def _folder(step: Step) -> str:
    return f"{step.path.parent}/"


def _often(named: tuple[str, int]) -> tuple[int, str]:
    return -named[1], named[0]
