"""``portail deposer FICHIER…``: contents received by mail or by hand, placed and checked."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

from msgspec import Struct

from portail.cli.arguments import Parser
from portail.cli.contents import content_folder, literal_settings, read_contents, tables_of
from portail.diagnostics import ConfigError, Refused
from portail.feature import reading_with
from portail.features import configured, used
from portail.features.intake.nouveau.command import kind_named
from portail.files import Files
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.settings import root_of
from portail.source.genres import bring_kinds
from portail.source.loader import list_content
from portail.terminal.readable import say, write_report
from portail.terminal.text import Run, safe
from portail_importer.trying import REFUSED, faults_among, tried, written

from ..importer.base import Base
from ..importer.ground import ground_of
from ..importer.imports import Import
from ..importer.report import lines_of
from ..importer.sources.places import Portal
from ..importer.values import Fate
from .bringing import imported
from .parcels import Parcel, Received, Source, received
from .placing import amended, doubts, place

_ACCEPT = "portail deposer … --remplacer"
# What changes a content that is there.
_WAITING = (Fate.CHANGED, Fate.CANCELLED, Fate.GONE)


def main(argv: list[str]) -> int:
    """Check contents, then place them; returns 1 when one has an error. Nothing is then written,
    except the items of a calendar or of an export that are ready."""
    options = _parser().parse_args(argv)
    content = content_folder(options.content, "portail deposer")
    try:
        return _deposited(content, options)
    except Refused as refused:
        raise ConfigError(str(refused)) from None


class Deposit(Struct):
    """What deposited files come to, before anything is written."""

    # The texts that are placed, or changed by a correction, and their pictures.
    files: Files
    imports: list[Import]
    # French sentences: what is left or must be verified, then each change of a correction.
    notes: list[str]
    changes: list[str]

    @property
    def brought(self) -> Files:
        """The files that imports make."""
        return {path: data for done in self.imports for path, data in done.harvest.files.items()}


def deposit(deposits: Sequence[Received], content: Path, options: Namespace) -> Deposit:
    """What ``deposits`` come to among the contents. Raises ``Refused`` and ``ConfigError``."""
    parcels = [parcel for one in deposits for parcel in one.parcels]
    corrections = [parcel for parcel in parcels if parcel.mark]
    files = _placed([parcel for parcel in parcels if not parcel.mark], content, options)
    changed, said = _amended(corrections, content, options.date) if corrections else ({}, [])
    if files.keys() & changed.keys():
        raise Refused("Une correction et un texte visent le même contenu : déposez-les à part.")
    files |= changed
    sources = [source for one in deposits for source in one.sources]
    imports = _imported(sources, files, content, options) if sources else []
    notes = [line for one in deposits for line in one.notes]
    sender = ", ".join(filter(None, (one.sender for one in deposits)))
    notes += doubts(files, content, sender or "une correction" * bool(corrections))
    return Deposit(files, imports, notes, said)


def _deposited(content: Path, options: Namespace) -> int:
    started = perf_counter()
    done = deposit([received(Path(name)) for name in options.fichiers], content, options)
    sys.stdout.writelines(f"{safe(line)}\n" for line in [*done.notes, *done.changes])
    faulty = bool(done.files) and _is_faulty(done.files, content, options.date)
    for one in done.imports:
        _report(one, content, perf_counter() - started)
    if faulty or any(one.report.has_errors for one in done.imports):
        return 1
    placed = [*written({**done.files, **done.brought}, content)][: len(done.files)]
    lines = [safe(line) for line in placed]
    for one in done.imports:
        # Of several sources, each heads its rows.
        lines += [safe(f"{one.base.name} :")] if len(done.imports) > 1 else []
        lines += lines_of(one)
    changes = [change for one in done.imports for change in one.harvest.changes]
    if not options.remplacer and any(change.fate in _WAITING for change in changes):
        lines += [f"→ Pour écrire ces mises à jour : {_ACCEPT}"]
    say("\n".join([*lines, ""]), sys.stdout)
    return int(any(one.is_partial for one in done.imports))


def _placed(parcels: Sequence[Parcel], content: Path, options: Namespace) -> Files:
    bring_kinds(root_of(content))
    kind = kind_named(options.genre) if options.genre else None
    settings = literal_settings(Path.cwd())
    config = configured(settings, siteurl="", contenu=content.name)
    data = tables_of(content)
    geography = Geography.load(data, config.region)
    reading = reading_with(used(config), Vocabularies.load(data), geography)
    listing = list_content(content, tuple(map(str, settings.get("STATIC_PATHS") or ())))
    return place(parcels, kind, listing, content, reading, replace=options.remplacer)


def _amended(
    corrections: Sequence[Parcel], content: Path, date: str | None
) -> tuple[Files, list[str]]:
    read = read_contents(str(content), date, "portail deposer", drafts=True)
    return amended(corrections, read.content, read.result.site, read.day.date)


def _imported(
    sources: Sequence[Source], files: Files, content: Path, options: Namespace
) -> list[Import]:
    # What each of ``sources`` comes to. Raises ``Refused``, and ``ConfigError`` where the contents
    # have errors of their own.
    read = read_contents(str(content), options.date, "portail deposer", drafts=True)
    site = read.result.site
    if read.result.report.has_errors or site is None:
        raise ConfigError(f"Les contenus ont des erreurs : « portail check » les dit. {REFUSED}")
    base = Base(read.content, "", site.items, Portal.of(site, read.day.date))
    trial = partial(faults_among, content=read.content, date=options.date)
    return imported(sources, files, ground_of(base, read.result.report), trial, options)


def _is_faulty(files: Files, content: Path, date: str | None) -> bool:
    with tried(files, content, date) as (report, run, root):
        write_report(report, sys.stdout, root, run)
    return report.has_errors


def _report(done: Import, content: Path, seconds: float) -> None:
    say("\n".join([*done.heading, ""]), sys.stdout)
    if len(done.report):
        run = Run(
            read=1,
            seconds=seconds,
            command="portail deposer",
            subject=done.subject,
            refused=REFUSED,
        )
        write_report(done.report, sys.stdout, content / "-", run)


def _parser() -> Parser:
    parser = Parser("deposer", "Place dans content/ des contenus reçus, et les vérifie.")
    forms = ".md, .zip du formulaire, .eml, tableur, agenda .ics ou export"
    parser.add("fichiers", "FICHIER", forms, nargs="+")
    parser.add("--genre", "GENRE", "event, lieu, article… si le fichier ne le dit pas")
    unsaid = "ce qu’un tableur, un agenda ne dit pas : format=conference"
    parser.add("--avec", "CHAMP=VALEUR", unsaid, default=[], action="append")
    parser.flag("--remplacer", "met à jour un contenu qui existe")
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.add("--date", "AAAA-MM-JJ", "jour pour lequel vérifier")
    return parser
