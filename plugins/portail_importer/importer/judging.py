"""An import judged among the contents of the portal, reported and written."""

from __future__ import annotations

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from portail.codes import all_codes, shown
from portail.diagnostics import ConfigError, Diagnostic, Report, Severity
from portail.files import Files
from portail.terminal.reporting import wants_colour
from portail.terminal.text import Style, counted, diff_rows, safe
from portail.text.typography import small

from .base import ASIDE, NOTE, Outcome, State
from .engine import path_of, without
from .imports import Import
from .sources.items import Loss
from .values import PUBLISHED

# From proposed files to the diagnostics of the whole portal with them.
Trial = Callable[[Files], Iterable[Diagnostic]]

# Lines that the import writes of its own.
_UNTOLD = (NOTE.encode(), f"{PUBLISHED}:".encode())
# Rounds of judging: setting aside a file may break another that refers to it.
_TRIES = 4


class Judged(Struct, frozen=True):
    """A source, what remains of it once judged, and the report."""

    source: Import
    outcome: Outcome
    report: Report

    @property
    def is_partial(self) -> bool:
        """Whether an item is not ready. E142 does not count: the list pages of a site or a draft
        of an agenda were never contents."""
        return any(fault.code != "E142" for step in self.outcome.steps for fault in step.faults)

    @property
    def is_blocked(self) -> bool:
        source = self.source
        return self.report.has_errors and not (
            source.partial and not Report(source.diagnostics).has_errors
        )

    def files(self, root: Path) -> Files:
        """The files to write, journal included; a file to complete that exists stays. Raises
        ``ConfigError``.
        """
        outcome = self.outcome
        _refuse_changes(outcome, root)
        aside = {path: data for path, data in outcome.aside.items() if not (root / path).exists()}
        return {**outcome.files, **outcome.beside, **aside, **outcome.remembered}

    def spent(self, root: Path) -> Iterator[PurePosixPath]:
        """The files to complete that hold nothing more than a content of the source does."""
        contents: dict[bytes, list[set[bytes]]] = defaultdict(list)
        for step in self.outcome.steps:
            data = step.after or step.before
            if data and step.state is not State.LEFT:
                contents[_titled(data)].append({*data.splitlines()})
        for file in sorted((root / ASIDE).rglob("*.md")):
            data = file.read_bytes()
            told = {line for line in data.splitlines() if not line.startswith(_UNTOLD)}
            if any(told <= content for content in contents.get(_titled(data), ())):
                yield PurePosixPath(file.relative_to(root).as_posix())

    def lines(self, accept: str, *, simulated: bool = False) -> Iterator[str]:
        """The report: a line or more for each item, then totals; ``accept`` is the command that
        writes the updates."""
        style = Style(wants_colour(sys.stdout, os.environ))
        yield from _step_lines(self.outcome, self.source.unit, style)
        yield self.tally() + (" Rien n’est écrit." if simulated else "")
        yield from _rest(self.outcome, accept)

    def refused(self) -> Iterator[str]:
        steps = [step for step in self.outcome.steps if step.state is State.REFUSED]
        style = Style(wants_colour(sys.stdout, os.environ))
        yield from _step_lines(replace(self.outcome, steps=steps), self.source.unit, style)

    def tally(self) -> str:
        outcome = self.outcome
        errors = (item for item in self.report if item.severity is Severity.ERREUR)
        own = self.source.alone or not self.is_blocked
        wrong = set() if own else {error.position.line for error in errors}
        steps = [step for step in outcome.steps if step.state is not State.GONE]
        states = Counter(step.state for step in steps if step.row not in wrong)
        numbers = [(states[state], nouns) for state, nouns in _WORDS.items()]
        faulty = outcome.faulty + sum(step.row in wrong for step in steps)
        numbers += [(faulty, _FAULTY), (outcome.joined, _JOINED), (outcome.blank, _BLANK)]
        parts = ", ".join(counted(number, nouns) for number, nouns in numbers if number)
        total = counted(sum(number for number, _ in numbers), _READ)
        gone = len(outcome.steps) - len(steps)
        more = f" ; {State.GONE.value} : {gone}" if gone else ""
        return f"{total} : {parts}{more}." if parts or more else "Aucun élément."


def _titled(data: bytes) -> bytes:
    return next((line for line in data.splitlines() if line.startswith(b"titre:")), b"")


def cleared(results: Iterable[Judged], root: Path) -> Iterator[str]:
    """Remove what earlier imports left to complete and that is a content now; a line for each."""
    for path in [path for result in results for path in result.spent(root)]:
        (root / path).unlink(missing_ok=True)
        yield safe(f"{path} : retiré, sa fiche dit tout ce qu’il disait.")


def judged(source: Import, trial: Trial, among: Files | None = None) -> Judged:
    """``source`` tried among the contents and the other proposed files (``among``), without those
    of its independent items that have an error there."""
    report = Report([*source.diagnostics, *source.outcome.diagnostics])
    outcome = source.outcome
    for _ in range(_TRIES):
        if Judged(source, outcome, report).is_blocked or not outcome.files:
            break
        files = outcome.files
        raised = trial({**(among or {}), **files, **outcome.beside})
        own = [fault for fault in raised if fault.position.path in files]
        placed = [_in_source(fault, outcome, source) for fault in own]
        bad: dict[PurePosixPath, list[Diagnostic]] = defaultdict(list)
        for fault, there in zip(own, placed, strict=True):
            if there.severity is Severity.ERREUR:
                bad[fault.position.path].append(there)
        if not bad or not (source.alone or source.partial):
            return Judged(source, outcome, report if source.alone else report + placed)
        outcome = without(outcome, bad)
        if source.partial:  # told at their cells
            report += [fault for faults in bad.values() for fault in faults]
            outcome = replace(outcome, steps=[replace(step, faults=()) for step in outcome.steps])
    return Judged(source, outcome, report)


def _in_source(fault: Diagnostic, outcome: Outcome, source: Import) -> Diagnostic:
    # A fault of a file that an import makes, where the source says what is wrong.
    file = fault.position.path
    path = path_of(outcome.files[file], fault, source.base)
    number = next(step.row for step in outcome.steps if step.path == file and step.after)
    return source.place(number, fault, path)


def _refuse_changes(outcome: Outcome, root: Path) -> None:
    for step in outcome.steps:
        file = root / step.path
        there = file.read_bytes() if file.is_file() else b""
        if step.after and step.state is not State.LEFT and there != step.before:
            raise ConfigError(
                f"« {step.path} » a changé entre-temps : rien n’est écrit. Recommencez."
            )


_WORDS = {
    State.NEW: ("nouveau", "nouveaux"),
    State.CHANGED: ("mis à jour", "mis à jour"),
    State.ADDED: ("prêt ajouté", "prêts ajoutés"),
    State.WAITING: ("à accepter", "à accepter"),
    State.SAME: ("inchangé", "inchangés"),
    State.LEFT: ("à compléter", "à compléter"),
    State.REFUSED: ("non importé", "non importés"),
}
_READ = ("lu", "lus")
_FAULTY = ("à corriger", "à corriger")
_JOINED = ("autre date d’un même événement", "autres dates d’un même événement")
_BLANK = ("sans rien à importer", "sans rien à importer")


def _step_lines(outcome: Outcome, unit: str, style: Style) -> Iterator[str]:
    # A line for each item that changes something, then its faults, losses and differences.
    for step in outcome.steps:
        if step.state is State.SAME and not step.note:
            continue
        note = f", {step.note}" if step.note else ""
        path = "" if step.state is State.REFUSED else f"{step.path}, "
        where = f"{unit} {step.row} : " if step.row else ""
        yield safe(f"{where}{path}{step.state.value}{note}.")
        for fault in step.faults:
            yield safe(f"    {fault.code} : {fault.message} {fault.hint}".rstrip())
        for loss, count in _gathered(step.losses).items():
            yield safe(f"    {loss_text(loss, count)}")
        if step.before and step.proposed and step.proposed != step.before:
            yield from diff_rows(safe(str(step.path)), step.before, step.proposed, style)


def _gathered(losses: Iterable[Loss]) -> Counter[Loss]:
    # The first of the losses of one name and one reason, and how many they are.
    first: dict[tuple[str, str, bool], Loss] = {}
    keys = (((loss.name, loss.reason, loss.review), loss) for loss in losses)
    return Counter(first.setdefault(key, loss) for key, loss in keys)


def loss_text(loss: Loss, count: int) -> str:
    """What ``count`` losses of one name and one reason tell, the first of which is ``loss``."""
    value = f" « {shown(loss.value, 60)} »" if loss.value else ""
    if count > 1:
        value += f" et {counted(count - 1, ('autre', 'autres'))}"
    reason = f", {loss.reason}" if loss.reason else ""
    return f"{'à relire' if loss.review else 'non repris'} : {loss.name}{value}{reason}"


def _often(names: Mapping[str, int]) -> str:
    often = sorted(names.items(), key=lambda row: (-row[1], row[0]))
    return ", ".join(f"{name} ({count})" for name, count in often)


def _rest(outcome: Outcome, accept: str) -> Iterator[str]:
    for to_review, head in ((False, "Ce qui n’est pas repris"), (True, "À relire")):
        losses = (
            loss for step in outcome.steps for loss in step.losses if loss.review is to_review
        )
        if names := Counter(loss.name for loss in losses):
            yield safe(f"{head} : {_often(names)}.")
    if faults := Counter(fault.code for step in outcome.steps for fault in step.faults):
        titled = {f"{code} {small(all_codes()[code].titre)}": it for code, it in faults.items()}
        yield safe(f"Fautes : {_often(titled)}.")
    waiting = (step for step in outcome.steps if step.state is not State.SAME)
    if any(step.proposed and not step.after for step in waiting):
        yield f"→ Pour écrire ces mises à jour : {accept}"
    left = (step for step in outcome.steps if step.state is State.LEFT)
    if aside := sorted({f"{step.path.parent}/" for step in left}):
        yield (
            f"→ Complétez ces fichiers ({', '.join(aside)}), puis placez-les : portail deposer "
            "FICHIER. Ce que la source ne dit jamais se donne une fois : --avec format=conference"
        )
