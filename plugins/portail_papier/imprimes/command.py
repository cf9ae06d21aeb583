"""``portail imprimer``: a document for paper, as a PDF."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from portail.cli.arguments import Parser
from portail.diagnostics import ConfigError
from portail.files import atomic_write
from portail.outputs.base import TemplatePage, reader_of
from portail.resources import quiet_gc
from portail.terminal.reporting import write_report
from portail.terminal.text import Run, refusals, safe
from portail.terminal.voice import inform, stage
from portail.text.typography import poids
from portail_pelican.commands import host_of, pelican_arguments
from portail_pelican.generator import result_of
from portail_pelican.settings import Instance, tables_of
from portail_publication.store import open_store

from . import ONLY, only
from .press import printer
from .printed import document

COMMAND = "portail imprimer"
_SUMMARY = "Fait un PDF accessible, à imprimer, du catalogue des outils à emprunter."


def main(argv: Sequence[str]) -> int:
    """Write a document; returns 0, 1 when a content has an error. Raises ``ConfigError`` (2) for
    what cannot be written, and without WeasyPrint."""
    options = _options(argv)
    printer()  # before contents are read, which takes longer
    arguments = pelican_arguments(options)
    with quiet_gc():
        instance, renderer = host_of(arguments)
        page = _page(instance)
    if page is None:
        return 1
    with stage("Mise en page"):
        data = renderer.render(page)
    file = Path(options.sortie or Path(page.path).name)
    with refusals(f"{safe(str(file))} ne peut pas être écrit"):
        atomic_write(file, data)
    inform(f"{file} ({poids(len(data))})\n", sys.stdout)
    return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = Parser("imprimer", _SUMMARY)
    parser.add("document", "DOCUMENT", ONLY, type=_document)
    parser.add("--sortie", "FICHIER", "le PDF (le nom du document)")
    parser.add("--content", "DOSSIER", "dossier des contenus")
    parser.add("--date", "AAAA-MM-JJ", "jour où se placer")
    parser.add("--site-url", "URL", "adresse publique du site")
    parser.voice()
    return parser.parse_args(argv)


def _document(word: str) -> str:
    try:
        return only(word)
    except ConfigError as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from error


def _page(instance: Instance) -> TemplatePage | None:
    salt, tables = tables_of(instance.data, instance.config.region)
    store = open_store(instance.cache, salt, verify=instance.verify)

    result = result_of(instance, store, tables, publishes=True)
    if result.site is None:
        ended = Run(result.read, None, False, COMMAND)
        write_report(result.report, sys.stderr, instance.content.parent, ended)
        return None
    return document(reader_of(result.site))
