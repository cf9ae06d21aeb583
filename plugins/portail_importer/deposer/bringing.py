"""What a mail has attached and an import reads: spreadsheets, calendars, exports."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.features.services.tableurs.columns import forms
from portail.files import Files

from ..importer.base import JOURNAL, Base, journal_text, read_journal
from ..importer.imports import import_bytes, import_form
from ..importer.judging import Judged, Trial, judged
from .issues import issue_of
from .parcels import Source


def judged_sources(
    sources: Sequence[Source],
    files: Mapping[PurePosixPath, bytes],
    portal: Base,
    trial: Trial,
    command: Namespace,
) -> list[Judged]:
    """What each of ``sources`` comes to among the contents of ``portal`` and the ``files``
    deposited with it.
    """
    options = Namespace(
        type=None, feuille=None, avec=command.avec, images=False, accepter=command.remplacer
    )
    known_forms = forms(portal.vocabularies)
    results: list[Judged] = []
    among = {**files}
    for source in sources:
        base = replace(portal, source=source.name, sender=source.sender)
        if source.text is None:
            done = import_bytes(source.data, base, options)
        else:
            issue = issue_of(source.text, known_forms)
            form_options = Namespace(
                **{**vars(options), "type": issue.form.name, "accepter": False}
            )
            done = import_form(issue.grid, issue.notes, base, form_options)
        result = judged(done, trial, among)
        for path in sorted(among.keys() & result.outcome.files.keys()):
            raise Refused(f"Deux textes iraient à « {path} » : déposez-les l’un après l’autre.")
        among |= result.outcome.files
        results.append(result)
    return results


def files_of(results: Sequence[Judged], content: Path, *, remember: bool = True) -> Files:
    """What all sources write, and one journal of them. Raises ``ConfigError``."""
    files: Files = {}
    before = read_journal(content.parent / JOURNAL)
    journal = {**before}
    for result in results:
        files |= result.files(content.parent)
        rows = result.outcome.journal or {}
        journal |= {ref: row for ref, row in rows.items() if row != before.get(ref)}
    files.pop(PurePosixPath(JOURNAL), None)
    if not remember:
        return files
    return files | ({PurePosixPath(JOURNAL): journal_text(journal)} if journal != before else {})
