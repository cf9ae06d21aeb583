"""``portail importer SOURCE``: contents that exist elsewhere become files.

Exit codes: 0; 1, something has an error (of a spreadsheet nothing is then written; of other sources
all that is ready is); 2, usage, environment, or a source that cannot be read.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from time import perf_counter

from msgspec.structs import replace

from portail.cli.arguments import Parser, choice
from portail.cli.contents import Contents, place_here, read_contents
from portail.cli.deposer import tried
from portail.cli.deposer.placing import written
from portail.cli.importer.base import Base, Outcome, State
from portail.cli.importer.brought import Brought, brought
from portail.cli.importer.engine import path_of, without
from portail.cli.reporting import say, wants_colour, write_report
from portail.cli.terminal import Run, Style, counted, diff_rows, safe
from portail.codes import shown
from portail.diagnostics import ConfigError, Diagnostic, Report, Severity
from portail.files import atomic_write
from portail.imports.found import Loss
from portail.imports.places import Known
from portail.machine import reason_of
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir, over
from portail.workbooks.columns import NAMES, forms
from portail.workbooks.grid import Refused
from portail.workbooks.models import template

_COMMAND = "portail importer"
_NOTHING = "Rien n’a été importé : les contenus sont inchangés."
_TRIES = 4
"""Times that the whole portal judges what is left of a source whose items stand alone."""


def main(argv: list[str]) -> int:
    """Import a source; returns 1 when something of it has an error."""
    options = _parser().parse_args(argv)
    if options.modele:
        return _write_template(options.modele, options.source)
    if not options.source:
        raise ConfigError("Donnez ce qu’il faut importer : portail importer programme.ods")
    started = perf_counter()
    read = read_contents(options.vers, options.date, _COMMAND, drafts=True)
    site = read.result.site
    if read.result.report.has_errors or site is None:
        sys.stderr.write(f"Les contenus ont des erreurs : « portail check » les dit. {_NOTHING}\n")
        return 1
    try:
        portal = Known.of(site, read.day.date)
        source = brought(Base(read.content, options.source, site.items, portal), options)
        outcome, report = _judged(source, read, options.date)
    except Refused as refused:
        raise ConfigError(str(refused)) from None
    say("\n".join([*source.heading, ""]), sys.stdout)
    if len(report):
        run = Run(read=1, seconds=perf_counter() - started, command=_COMMAND, refused=_NOTHING)
        write_report(report, sys.stdout, read.content / "-", replace(run, subject=source.subject))
    return 1 if report.has_errors else _write(source, outcome, read.content, options)


def _write(source: Brought, outcome: Outcome, content: Path, options: Namespace) -> int:
    root = content.parent
    _refuse_changes(outcome, root)
    if not options.simuler:
        # A file to complete that someone may have begun stays as it is.
        aside = {path: one for path, one in outcome.aside.items() if not (root / path).exists()}
        files = {**outcome.files, **outcome.beside, **aside, **outcome.remembered}
        [*written(files, content)]
    style = Style(wants_colour(sys.stdout, os.environ))
    rows = [
        *_report_lines(outcome, source.unit, style),
        *_total(outcome, simulated=options.simuler),
    ]
    say("\n".join([*rows, ""]), sys.stdout)
    # What was never a content is no error: the list pages of a site, a draft of an agenda.
    return int(any(one.code != "E142" for step in outcome.steps for one in step.faults))


def _judged(source: Brought, read: Contents, date: str | None) -> tuple[Outcome, Report]:
    """What the portal leaves of a source, less lone items with an error; what it says of it."""
    report = Report([*source.diagnostics, *source.outcome.diagnostics])
    outcome = source.outcome
    for _ in range(_TRIES):
        if report.has_errors or not outcome.files:
            break
        files = outcome.files
        with tried({**files, **outcome.beside}, read.content, date) as (said, _, _):
            mine = [one for one in said if one.position.path in files]
        again = [_again(one, outcome, source) for one in mine]
        bad: dict[PurePosixPath, list[Diagnostic]] = defaultdict(list)
        for own, one in zip(mine, again, strict=True):
            if one.severity is Severity.ERREUR:
                bad[own.position.path].append(one)
        if not (source.alone and bad):
            return outcome, report if source.alone else report + again
        outcome = without(outcome, bad)
    return outcome, report


def _again(found: Diagnostic, outcome: Outcome, source: Brought) -> Diagnostic:
    file = found.position.path
    path = path_of(outcome.files[file], found, source.base)
    number = next(step.row for step in outcome.steps if step.path == file and step.after)
    return source.place(number, found, path)


def _refuse_changes(outcome: Outcome, root: Path) -> None:
    """Raises ``ConfigError`` when a file is no longer what it was when it was compared."""
    for step in outcome.steps:
        file = root / step.path
        there = file.read_bytes() if file.is_file() else b""
        if step.after and step.state is not State.LEFT and there != step.before:
            raise ConfigError(f"« {step.path} » a changé entre-temps. {_NOTHING}")


_WORDS = {
    State.NEW: ("nouveau", "nouveaux"),
    State.CHANGED: ("mis à jour", "mis à jour"),
    State.ADDED: ("prêt ajouté", "prêts ajoutés"),
    State.WAITING: ("à accepter", "à accepter"),
    State.SAME: ("inchangé", "inchangés"),
    State.LEFT: ("à compléter", "à compléter"),
    State.REFUSED: ("non importé", "non importés"),
}


def _report_lines(outcome: Outcome, unit: str, style: Style) -> Iterator[str]:
    """A line for each item that is not unchanged, with what it changes, lacks and loses."""
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
    reason = f", {loss.reason}" if loss.reason else ""
    return f"{'à relire' if loss.kept else 'non repris'} : {loss.name}{value}{reason}"


def _total(outcome: Outcome, *, simulated: bool) -> Iterator[str]:
    """How many items come to what, what is lost most, what to do next."""
    states = Counter(step.state for step in outcome.steps)
    counts = [counted(states[one], nouns) for one, nouns in _WORDS.items() if states[one]]
    yield f"{', '.join(counts) or 'Aucun élément'}." + (" Rien n’est écrit." if simulated else "")
    for kept, head in ((False, "Ce qui n’est pas repris"), (True, "À relire")):
        losses = (loss for step in outcome.steps for loss in step.losses if loss.kept is kept)
        if names := Counter(loss.name for loss in losses):
            often = sorted(names.items(), key=lambda one: (-one[1], one[0]))
            rows = (f"{name} ({count})" for name, count in often)
            yield safe(f"{head} : {', '.join(rows)}.")
    if states[State.WAITING]:
        yield "→ Pour écrire ces mises à jour : portail importer … --accepter"
    left = (step for step in outcome.steps if step.state is State.LEFT)
    if aside := sorted({f"{step.path.parent}/" for step in left}):
        yield (
            f"→ Complétez ces fichiers ({', '.join(aside)}), puis placez-les : portail deposer "
            "FICHIER. Ce que la source ne dit jamais se donne une fois : --avec format=conference"
        )


def _write_template(name: str, asked: str | None) -> int:
    """Write the empty spreadsheet of a form. Raises ``ConfigError``."""
    file = Path(asked or f"modele-{name}.xlsx")
    if file.exists():
        raise ConfigError(f"« {file} » existe déjà : donnez un autre nom au modèle.")
    try:
        lists = Vocabularies.load(over(data_dir(), Path("data")))
        atomic_write(file, template(forms(lists)[name], place_here()))
    except OSError as error:
        raise ConfigError(f"« {file} » ne peut pas être écrit : {reason_of(error)}.") from error
    sys.stdout.write(f"{safe(str(file))} est écrit.\n")
    return 0


def _parser() -> Parser:
    parser = Parser("importer", "Fait des fichiers de ce qui existe ailleurs.")
    told = (
        "tableur (.ods, .xlsx, .csv), export d’OpenAgenda, calendrier .ics, flux, page, "
        "dossier d’un site enregistré, ou leur adresse"
    )
    parser.add("source", "SOURCE", told, nargs="?")
    parser.add("--vers", "DOSSIER", "dossier des contenus (content)")
    told = f"ce que dit un tableur : {', '.join(NAMES)} (selon ses colonnes)"
    parser.add("--type", "TYPE", told, type=choice(NAMES))
    parser.add("--feuille", "NOM", "la feuille à lire (la première qui convient)")
    told = "ce que la source ne dit pas : format=conference, lieu=notre-musee"
    parser.add("--avec", "CHAMP=VALEUR", told, default=[], action="append")
    parser.flag("--images", "prend aussi les images dont le crédit est dit")
    parser.flag("--simuler", "dit ce qui serait fait, n’écrit rien")
    parser.flag("--accepter", "écrit aussi les mises à jour montrées")
    parser.add("--modele", "TYPE", "écrit le tableur à remplir", type=choice(NAMES))
    parser.add("--date", "AAAA-MM-JJ", "jour de l’import (celui du site)")
    return parser
