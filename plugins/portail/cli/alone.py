"""``portail check FICHIER``: what files say by themselves, as fast as an editor saves them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path, PurePosixPath
from time import perf_counter

from portail.clock import portal_zone
from portail.day import build_day
from portail.diagnostics import ConfigError, Report
from portail.feature import reading_with
from portail.features import used
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.site.assemble import draft_of
from portail.site.draft import read_document
from portail.site.rules.references import check_references
from portail.source.loader import list_content
from portail.source.store import Loaded
from portail.terminal.text import Run, safe

from .contents import settings_of, tables_of


def files_alone(
    names: Sequence[str], folder: str | None, date: str | None
) -> tuple[Report, Run, Path]:
    """What is wrong in the files ``names`` and with what their fields name; the run; the folder of
    the portal. Other contents are known by name alone: links of bodies, and what two contents
    contradict, are not judged. Raises ``ConfigError`` for a file that is no content."""
    started = perf_counter()
    content, config, pinned = settings_of(folder, "portail check")
    data = tables_of(content)
    geography = Geography.load(data, config.region)
    reading = reading_with(used(config), Vocabularies.load(data), geography)
    listing = list_content(content, config.statiques)
    texts = {document.path: document for document in listing.documents}
    asked = frozenset(_paths(names, content))
    beside = [fault for fault in listing.diagnostics if fault.position.path in asked]
    for path in asked - texts.keys() - {fault.position.path for fault in beside}:
        raise ConfigError(
            f"« {safe(str(path))} » n’est pas un contenu : donnez un fichier .md d’un dossier de "
            f"{content.name}/, ou « portail check » sans fichier pour tout vérifier."
        )
    records = [
        read_document(document.file.read_bytes(), document, reading)[0]
        if path in asked
        else Loaded(path, "", None, facts=None, occurrences=(), diagnostics=())
        for path, document in texts.items()
    ]
    day = build_day(date, os.environ, pinned, datetime.now(portal_zone()).date())
    draft = draft_of(listing, records, geography, day, config)
    raised = chain.from_iterable(record.diagnostics for record in records)
    report = Report((*beside, *raised, *check_references(draft)))
    subject = "seuls : « portail check » juge aussi ce que les contenus se disent entre eux"
    run = Run(len(asked), perf_counter() - started, command="portail check", subject=subject)
    return report, run, content.parent


def _paths(names: Sequence[str], content: Path) -> Iterator[PurePosixPath]:
    # The files as the listing names them: from the folder that holds the contents.
    for name in names:
        file = Path(name).resolve()
        if not file.is_relative_to(content) or not file.is_file():
            raise ConfigError(f"« {safe(name)} » n’est pas un fichier de {content.name}/.")
        yield PurePosixPath(content.name, *file.relative_to(content).parts)
