"""``portail importer FICHIER``: a spreadsheet of tools or of loans becomes files.

Exit codes: 0; 1, a row has an error and nothing is written; 2, usage, environment, or a file that
cannot be read.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from portail.cli.arguments import Parser, choice
from portail.cli.contents import read_contents
from portail.cli.deposer import tried
from portail.cli.deposer.placing import written
from portail.cli.importer.base import Base, Outcome, State
from portail.cli.importer.journal import read_journal
from portail.cli.importer.loans import import_loans
from portail.cli.importer.rows import faults_of_heads, found_again
from portail.cli.importer.tools import import_tools
from portail.cli.reporting import say, wants_colour, write_report
from portail.cli.terminal import Run, Style, counted, diff_rows, safe
from portail.codes import shown
from portail.diagnostics import ConfigError, Report
from portail.files import atomic_write
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir
from portail.workbooks.columns import NAMES, Form, Sheet, forms, sheet_of
from portail.workbooks.grid import Grid, Refused
from portail.workbooks.models import template
from portail.workbooks.reading import read_workbook

_COMMAND = "portail importer"
_NOTHING = "Rien n’a été importé : les contenus sont inchangés."
_IMPORTS = {"outils": import_tools, "prets": import_loans}


def main(argv: list[str]) -> int:
    """Import the rows of a spreadsheet, all or none; returns 1 when one has an error."""
    options = _parser().parse_args(argv)
    if options.modele:
        return _write_template(options.modele, options.fichier)
    if not options.fichier:
        raise ConfigError("Donnez le tableur à importer : portail importer outils.ods")
    started = perf_counter()
    read = read_contents(options.vers, options.date, _COMMAND, drafts=True)
    if read.result.report.has_errors or read.result.site is None:
        sys.stderr.write(f"Les contenus ont des erreurs : « portail check » les dit. {_NOTHING}\n")
        return 1
    base = Base.of(read, Path(options.fichier))
    try:
        grids = read_workbook(base.file)
        sheet = _sheet(grids, forms(base.vocabularies), options)
        journal = read_journal(base.journal)
        outcome = _IMPORTS[sheet.form.name](sheet, base, journal, accept=options.accepter)
    except Refused as refused:
        raise ConfigError(str(refused)) from None
    say("\n".join([*_heading(sheet, grids, outcome), ""]), sys.stdout)
    report = Report([*faults_of_heads(sheet, base.name), *outcome.diagnostics])
    if outcome.files and not report.has_errors:
        with tried(outcome.files, read.content, options.date) as (own, _, _):
            report += found_again(own, outcome, sheet, base)
    if len(report):
        run = Run(read=1, seconds=perf_counter() - started, command=_COMMAND, refused=_NOTHING)
        about = replace(run, subject=f"{base.name}, feuille « {shown(sheet.grid.name)} »")
        write_report(report, sys.stdout, read.content / "-", about)
    if report.has_errors:
        return 1
    style = Style(wants_colour(sys.stdout, os.environ))
    _refuse_changes(outcome, read.content.parent)
    if not options.simuler:
        [*written({**outcome.files, **outcome.remembered}, read.content)]
    rows = [*_told(outcome, style), *_total(outcome, simulated=options.simuler)]
    say("\n".join([*rows, ""]), sys.stdout)
    return 0


def _refuse_changes(outcome: Outcome, root: Path) -> None:
    """Raises ``ConfigError`` when a file is no longer what it was when it was compared."""
    for step in outcome.steps:
        file = root / step.path
        there = file.read_bytes() if file.is_file() else b""
        if step.after and there != step.before:
            raise ConfigError(f"« {step.path} » a changé entre-temps. {_NOTHING}")


def _sheet(grids: list[Grid], known: Mapping[str, Form], options: Namespace) -> Sheet:
    """The first sheet that is one of the forms. Raises ``Refused``."""
    wanted = [known[options.type]] if options.type else [known["prets"], known["outils"]]
    names = [grid.name for grid in grids]
    if options.feuille and options.feuille not in names:
        raise Refused(f"Il n’y a pas de feuille « {options.feuille} » : {', '.join(names)}.")
    found = (
        sheet
        for grid in grids
        for form in wanted
        if options.feuille in (None, grid.name)
        and (sheet := sheet_of(grid, form))
        and (form.name == "outils" or {"du", "au"} & {it.name for it in sheet.columns.values()})
    )
    sheet = next(found, None)
    if sheet is None:
        raise Refused(
            f"« {options.fichier} » : aucune ligne ne porte les noms de colonnes attendus. "
            "Partez du modèle : portail importer --modele outils (ou prets)."
        )
    return sheet


def _heading(sheet: Sheet, grids: list[Grid], outcome: Outcome) -> Iterator[str]:
    rows = counted(len(sheet.rows), ("ligne", "lignes"))
    columns = counted(len(sheet.columns), ("colonne reconnue", "colonnes reconnues"))
    notes = "".join(f", {note}" for note in sheet.grid.notes)
    yield safe(f"Feuille « {sheet.grid.name} » ({sheet.form.name}) : {rows}, {columns}{notes}.")
    others = [f"« {grid.name} »" for grid in grids if grid is not sheet.grid]
    if others:
        yield safe(f"Ce qui n’est pas lu : {', '.join(others)}.")
    if outcome.formulas:
        cells = counted(outcome.formulas, ("cellule vient", "cellules viennent"))
        yield f"{cells} d’une formule : sa valeur enregistrée est lue."


def _told(outcome: Outcome, style: Style) -> Iterator[str]:
    """A line for each row that is not unchanged, with what changes in files that exist."""
    for step in outcome.steps:
        if step.state is State.SAME and not step.note:
            continue
        note = f", {step.note}" if step.note else ""
        yield safe(f"ligne {step.row} : {step.path}, {step.state.value}{note}.")
        if step.before and step.proposed and step.proposed != step.before:
            yield from diff_rows(safe(str(step.path)), step.before, step.proposed, style)


def _total(outcome: Outcome, *, simulated: bool) -> Iterator[str]:
    words = {
        State.NEW: ("nouveau", "nouveaux"),
        State.CHANGED: ("mis à jour", "mis à jour"),
        State.ADDED: ("prêt ajouté", "prêts ajoutés"),
        State.WAITING: ("à accepter", "à accepter"),
        State.SAME: ("inchangé", "inchangés"),
    }
    states = [step.state for step in outcome.steps]
    counts = [counted(states.count(one), nouns) for one, nouns in words.items() if one in states]
    yield f"{', '.join(counts) or 'Aucune ligne'}." + (" Rien n’est écrit." if simulated else "")
    if State.WAITING in states:
        yield "→ Pour écrire ces mises à jour : portail importer --accepter"


def _write_template(name: str, asked: str | None) -> int:
    """Write the empty spreadsheet of a form. Raises ``ConfigError``."""
    file = Path(asked or f"modele-{name}.xlsx")
    if file.exists():
        raise ConfigError(f"« {file} » existe déjà : donnez un autre nom au modèle.")
    try:
        atomic_write(file, template(forms(Vocabularies.load(data_dir()))[name]))
    except OSError as error:
        raise ConfigError(f"« {file} » ne peut pas être écrit : {error.strerror}.") from error
    sys.stdout.write(f"{safe(str(file))} est écrit.\n")
    return 0


def _parser() -> Parser:
    parser = Parser("importer", "Fait des fichiers d’un tableur (.ods, .xlsx, .csv).")
    parser.add("fichier", nargs="?", metavar="FICHIER", help="le tableur, ou où écrire le modèle")
    parser.add("--vers", metavar="DOSSIER", help="dossier des contenus (content)")
    parser.add(
        "--type", type=choice(NAMES), metavar="TYPE", help="outils ou prets (selon les colonnes)"
    )
    parser.add("--feuille", metavar="NOM", help="la feuille à lire (la première qui convient)")
    parser.add("--simuler", action="store_true", help="dit ce qui serait fait, n’écrit rien")
    parser.add("--accepter", action="store_true", help="écrit aussi les mises à jour montrées")
    parser.add("--modele", type=choice(NAMES), metavar="TYPE", help="écrit le tableur à remplir")
    parser.add("--date", metavar="AAAA-MM-JJ", help="jour de l’import (celui du site)")
    return parser
