"""``portail check``: read everything, publish nothing, say every mistake."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from portail.cli import again
from portail.cli.again import Source, code_sources
from portail.cli.arguments import Parser, choice
from portail.cli.contents import Contents, content_folder, read_contents, tables_of
from portail.cli.repairing import repair_files, repairs_of
from portail.cli.repeat import answer_of
from portail.cli.reporting import FORMATS, write_report
from portail.cli.settings import FILE
from portail.cli.terminal import safe
from portail.diagnostics import Diagnostic
from portail.errors import ConfigError
from portail.site.enseigne import check_mastheads
from portail.source.envois import check_frozen
from portail.source.loader import list_content
from portail.source.mailing_lists import stray_lists

__all__ = ["main"]


def _parser() -> Parser:
    parser = Parser("check", "Vérifie les contenus et dit, en une fois, tout ce qui ne va pas.")
    parser.add("--content", metavar="DOSSIER", help="dossier des contenus (content)")
    parser.add(
        "--format", type=choice(FORMATS), default="text", metavar="FORME",
        help="text, github (annotations d’une proposition) ou json",
    )  # fmt: skip
    parser.add(
        "--avant", metavar="DOSSIER",
        help="contenus publiés, ceux de --content étant proposés : les lettres envoyées n’y "
        "changent pas",
    )  # fmt: skip
    parser.add("--date", metavar="AAAA-MM-JJ", help="jour pour lequel vérifier")
    parser.add("--expliquer", metavar="CODE", help="explique un code, par exemple E213")
    parser.add(
        "--corriger", action="store_true",
        help="écrit dans les fichiers les corrections sûres, et les montre",
    )  # fmt: skip
    parser.add("--simuler", action="store_true", help="montre ces corrections sans rien écrire")
    parser.add(
        "--complet", action="store_true",
        help="construit aussi le site, à part, et relit chaque fichier produit",
    )  # fmt: skip
    return parser


def main(argv: list[str]) -> int:
    """Check the contents; returns 0, 1 when one has an error, 2 when nothing could be checked."""
    options = _parser().parse_args(argv)
    if options.expliquer:
        from portail.cli.explain import explain

        return explain(options.expliquer, sys.stdout)
    if again.asked:
        again.asked.watch(_sources(content_folder(options.content, "portail check")))
    read = read_contents(options.content, options.date, "portail check")
    if options.corriger or options.simuler:
        stream = sys.stdout if options.format == "text" else sys.stderr
        if repair_files(read, stream, write=not options.simuler):
            read = read_contents(options.content, options.date, "portail check")
    report = read.result.report + _beside(read, options.avant)
    number, more = repairs_of(read)
    told = replace(read.run, repairs=number, more_repairs=more)
    write_report(report, sys.stdout, read.content.parent, told, options.format)
    code = 1 if report.has_errors else 0
    if options.complet:
        return code or _complete(options.content, options.date)
    if not (options.corriger or options.simuler or options.avant):
        _keep(read, answer_of(code, report, told, read.content.parent, form=options.format))
    return code


def _complete(content: str | None, day: str | None) -> int:
    """Build the site away from the published one, every file that is made being read again."""
    from portail.cli import main as portail

    with TemporaryDirectory() as folder:
        os.environ["PORTAIL_CACHE"] = f"{folder}/cache"
        given = {"--content": content, "--date": day, "--output": f"{folder}/site"}
        options = [word for name, value in given.items() if value for word in (name, value)]
        return portail(["build", "--verifier", *options])


def _keep(read: Contents, answer: Mapping[str, Any]) -> None:
    if again.asked and again.asked.beside(read.content):
        again.asked.keep(answer, code_sources())


def _sources(content: Path) -> set[Source]:
    """What a check depends on, but for the modules that it imports."""
    root, code = content.parent, Path(__file__).resolve().parent.parent
    trees = (content, tables_of(content), root / "data", code)
    files = (Path.cwd() / FILE, root / FILE, root / ".git" / "HEAD")
    return {
        *(Source("tree", str(path)) for path in trees),
        *(Source("file", str(path)) for path in files),
        Source("files", str(root)),
    }


def _beside(read: Contents, before: str | None) -> list[Diagnostic]:
    """What no build refuses: lists of addresses in the project, letters under another name than
    ours, those that a proposal touches. Raises ``ConfigError`` for a folder that is not there."""
    content = read.content
    found = stray_lists(content.parent, content)
    found += check_mastheads(content, read.config, read.day.date)
    if before is not None:
        folder, left = Path(before).resolve(), read.config.statiques
        if not folder.is_dir():
            raise ConfigError(f"Le dossier « {safe(before)} » (--avant) n’existe pas.")
        found += check_frozen(list_content(folder, left), list_content(content, left), content.name)
    return found
