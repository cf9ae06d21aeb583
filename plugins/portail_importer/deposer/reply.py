"""The reply to whoever opened an issue by a form: what was made of it, or what is to be mended, in
the Markdown of a forge. What strangers wrote calls nobody, links to nothing, hides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portail.diagnostics import Diagnostic, Severity
from portail.features.intake.apercu.words import code, inline

from ..importer.changes import Change
from ..importer.imports import Import
from ..importer.report import loss_text

# First line of the reply, by which it is written again.
MARKER = "<!-- portail:formulaire -->"
_MOST = 30
_LONG = 600
_EDIT = (
    "Corrigez votre message (« … » en haut à droite, puis « Edit ») : il est relu à chaque fois, "
    "et cette réponse se met à jour."
)


def refusal(reason: str) -> str:
    return _joined(["### Merci ! Il reste une chose à corriger", inline(reason, _LONG), _EDIT])


def reply(results: Sequence[Import], written: Sequence[str]) -> str:
    faults = [fault for result in results for fault in _faults(result)]
    errors = [fault for fault in faults if fault.severity is Severity.ERREUR]
    advice = [fault for fault in faults if fault.severity is not Severity.ERREUR]
    notes = [*_notes(results)]
    if errors:
        many = len(errors) > 1
        title = f"### Merci ! Il reste {len(errors)} point{'s' * many} à corriger"
        return _joined([title, *_listed(errors), *_advised(advice), *notes, _EDIT])
    if not written:
        return _joined(["### Merci ! Rien de nouveau n’en est fait", *_states(results), *notes])
    files = ", ".join(code(path) for path in written)
    done = f"Fait de votre message : {files}. Une personne de la rédaction le relit."
    return _joined(["### Merci ! C’est prêt pour la relecture", done, *_advised(advice), *notes])


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join([MARKER, *parts]) + "\n"


def _faults(result: Import) -> Iterator[Diagnostic]:
    yield from result.report
    for change in result.harvest.changes:
        yield from result.beside(change)


def _listed(faults: Sequence[Diagnostic]) -> Iterator[str]:
    lines = [
        f"- {inline(f'{fault.message} {fault.hint}'.strip(), _LONG)} <sub>{fault.code}</sub>"
        for fault in faults[:_MOST]
    ]
    more = len(faults) - _MOST
    if lines:
        yield "\n".join([*lines, *([f"- … et {more} de plus."] if more > 0 else [])])


def _advised(faults: Sequence[Diagnostic]) -> Iterator[str]:
    if faults:
        yield "#### Des conseils, libres à vous" if len(faults) > 1 else "#### Un conseil"
        yield from _listed(faults)


def _notes(results: Sequence[Import]) -> Iterator[str]:
    notes = [note for result in results for note in result.notes]
    for change in _changes(results):
        notes += [f"à relire : {loss_text(loss)}" for loss in change.told]
    if notes:
        lines = (f"- {inline(note, _LONG)}" for note in dict.fromkeys(notes))
        yield "\n".join(["#### Ce qui n’est pas repris", "", *lines])


def _states(results: Sequence[Import]) -> Iterator[str]:
    lines = [f"- {code(str(it.path))} : {_state(it)}" for it in _changes(results)[:_MOST]]
    yield "\n".join(lines) or "Le message ne dit rien à publier."


def _changes(results: Sequence[Import]) -> list[Change]:
    return [change for result in results for change in result.harvest.changes]


def _state(change: Change) -> str:
    if change.path.name:
        return "il existe déjà. Pour le corriger : « Corriger cette page », en haut de la sienne."
    return f"{change.fate.value[0]}, {inline(change.why)}."
