"""``portail check``: read everything, publish nothing, report every mistake, repair on request.

With files (``portail check FICHIER``), only what they say by themselves, as fast as an editor saves
them.
"""

from __future__ import annotations

import os
import re
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import chain
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TextIO

from msgspec.structs import replace

from portail.codes import all_codes
from portail.diagnostics import ConfigError, Diagnostic, Report, Severity
from portail.feature import proposal_faults
from portail.features import FEATURES, used
from portail.files import bytes_in
from portail.late import found
from portail.pipeline import one_process
from portail.roles import MENDS, SEALS
from portail.settings import root_of
from portail.source.loader import list_content
from portail.terminal.readable import counts, inform, say, wants_colour
from portail.terminal.text import WIDTH, Style, safe, wrap
from portail.text.normalise import is_number
from portail.text.suggest import nearest

from .arguments import Parser, choice
from .contents import (
    FILE,
    Contents,
    MemoryStore,
    point,
    read_contents,
    settings_of,
    tables_of,
)
from .explanations import page_of
from .programs import FORMATS, write_as

if TYPE_CHECKING:
    from portail.roles import Mending


from collections.abc import Sequence
from datetime import datetime
from time import perf_counter

from portail.clock import portal_zone
from portail.day import build_day
from portail.feature import reading_with
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.site.assemble import draft_of
from portail.site.draft import read_all
from portail.site.rules.references import check_references
from portail.source.store import Loaded
from portail.terminal.text import Run


def _parser() -> Parser:
    parser = Parser("check", "Vérifie les contenus et dit, en une fois, tout ce qui ne va pas.")
    sentence = "ces contenus seuls, sans attendre les autres ; par défaut, tous"
    parser.add("fichiers", "FICHIER", sentence, nargs="*")
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    sentence = "text, github (annotations), gitlab (qualité du code) ou json"
    parser.add("--format", "FORME", sentence, type=choice(FORMATS), default="text")
    sentence = (
        "contenus publiés, ceux de --content étant proposés : ce qui est parti n’y change pas"
    )
    parser.add("--avant", "DOSSIER", sentence)
    parser.add("--date", "AAAA-MM-JJ", "jour pour lequel vérifier")
    parser.add("--expliquer", "CODE", "explique un code, par exemple E213")
    parser.set_defaults(corriger=False, simuler=False)
    if MENDS.of(FEATURES):
        parser.flag("--corriger", "écrit dans les fichiers les corrections sûres, et les montre")
        parser.flag("--simuler", "montre ces corrections sans rien écrire")
    parser.add("--site", "DOSSIER", "relit aussi chaque fichier d’un site déjà construit")
    parser.flag("--complet", "construit aussi le site, à part, et relit chaque fichier produit")
    parser.voice()
    return parser


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    if options.expliquer:
        return explain(options.expliquer, sys.stdout)
    if options.fichiers:
        return _alone(options)
    before = _folder(options.avant)
    read = read_contents(options.content, options.date, "portail check", before=before)
    mends = None
    if len(read.result.report) or options.corriger or options.simuler:
        mends = _mending()
    if mends and (options.corriger or options.simuler):
        stream = sys.stdout if options.format == "text" else sys.stderr
        repair = partial(mends.repair_files, seal=found(SEALS.of(FEATURES)))
        for change in (mends.rename_files, repair):
            if change(read, stream, write=not options.simuler):
                read = read_contents(options.content, options.date, "portail check", before=before)
    report = read.result.report + _beside(read, before)
    code = 0
    if options.complet and not report.has_errors:
        code, faults = _complete(read, options.date)
        report += faults
    elif options.site:
        report += _judged(Path(options.site), read)
    run = replace(read.run, repairs=mends.repairs_of(read) if mends else 0)
    shown = _of_proposal(report, read, before) if before and options.format != "text" else report
    write_as(options.format, shown, sys.stdout, read.content.parent, run)
    if hidden := Report({*report} - {*shown}):
        inform(f"{counts(hidden, Style(False))} sur ce qui ne change pas.\n", sys.stderr)
    return code or int(report.has_errors)


def _alone(options: Namespace) -> int:

    whole = {
        name: getattr(options, name) for name in ("avant", "corriger", "simuler", "complet", "site")
    }
    for name, option_value in whole.items():
        if option_value:
            raise ConfigError(f"--{name} juge tous les contenus : ne nommez pas de fichier.")
    report, run, root = files_alone(options.fichiers, options.content, options.date)
    write_as(options.format, report, sys.stdout, root, run)
    return int(report.has_errors)


def _mending() -> Mending | None:
    return found(MENDS.of(FEATURES))


def _complete(read: Contents, day: str | None) -> tuple[int, Iterable[Diagnostic]]:
    # Build the site away from the published one: the exit code of that, the faults of the site.
    from . import main as portail

    with TemporaryDirectory() as folder:
        os.environ["PORTAIL_CACHE"] = f"{folder}/cache"
        site = Path(folder, "site")
        values = {"--content": read.content, "--date": day, "--output": site}
        values["--site-url"] = read.config.siteurl
        options = chain.from_iterable((name, str(value)) for name, value in values.items() if value)
        code = portail(["build", "--verifier", "-q", *options])
        return code, () if code else _judged(site, read)


def _judged(site: Path, read: Contents) -> list[Diagnostic]:
    return [*point("jugement")(site, read)]


def _folder(before: str | None) -> Path | None:
    folder = None
    if before is not None:
        folder = Path(before).resolve()
    if folder and not folder.is_dir():
        raise ConfigError(f"Le dossier « {safe(str(before))} » (--avant) n’existe pas.")
    return folder


def _beside(read: Contents, before: Path | None) -> list[Diagnostic]:
    # Errors that no build refuses: what is wrong beside the contents, what a proposal may not
    # change.
    content = read.content
    features = used(read.config)
    judges = [feature.judges.project for feature in features if feature.judges.project]
    items = list(chain.from_iterable(judge(read) for judge in judges))
    if before:
        untouched = read.config.statiques
        published = list_content(before, untouched)
        proposed = list_content(content, untouched)
        items += proposal_faults(features, published, proposed, content.name)
    return items


def _of_proposal(report: Report, read: Contents, before: Path) -> Report:
    # Errors, and the rest of what is said of the files that a proposal changes.
    @cache
    def is_changed(path: PurePosixPath) -> bool:
        file = Path(*path.parts[1:])
        return bytes_in(read.content / file) != bytes_in(before / file)

    return Report(
        fault
        for fault in report
        if fault.severity is Severity.ERREUR or is_changed(fault.position.path)
    )


# ``portail check --expliquer CODE``: the page of a code, on a terminal.

_MENDED = (
    "`portail check --corriger` l’écrit à votre place quand le fichier dit assez ce qui était "
    "voulu."
)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_ESCAPED = re.compile(r"\\([^\w\s])")


def explain(code: str, stream: TextIO) -> int:
    """Write the page of ``code`` on ``stream``; 2 when there is no such code."""
    name = code.strip().upper()
    page = _page_of_greffon(name)
    if not page and name not in all_codes():
        near = nearest(name, all_codes(), limit=3)
        hint = f"Les plus proches : {', '.join(near)}." if near else "Exemples : E213, E311."
        sys.stderr.write(f"Le code « {safe(code)} » n’existe pas. {hint}\n")
        return 2
    say(render(page or _page_of(name), colour=wants_colour(stream, os.environ)), stream)
    return 0


def _page_of(code: str) -> str:
    mends = _mending()
    return page_of(code) + f"\n{_MENDED}\n" * bool(mends and code in mends.CODES)


def _page_of_greffon(code: str) -> str:
    if code in all_codes() or not (Path.cwd() / FILE).is_file():
        return ""
    content, config, _ = settings_of(None, "portail check")
    from portail.greffons import load, rules_of

    added = load(config.greffons, root_of(content)).features
    every = chain.from_iterable(map(rules_of, added))
    rule = next((candidate for candidate in every if candidate.code == code), None)
    if rule is None:
        return ""
    parts = (f"# {rule.code} · {rule.title}", rule.page or f"{rule.message}\n\n{rule.remedy}")
    return "\n\n".join(parts) + "\n"


def render(page: str, *, colour: bool) -> str:
    """A page as 78 columns of text; fenced lines and tables, which are to be copied, uncut."""
    return "\n".join([*_rendered(page, Style(colour)), ""])


def _rendered(page: str, style: Style) -> Iterator[str]:
    fenced = False
    for line in page.rstrip("\n").split("\n"):
        mark, _, item = line.partition(" ")
        if line.startswith("```"):
            fenced = not fenced
        elif fenced:
            yield f"    {style.paint('bon', safe(line))}".rstrip()
        elif line.startswith("#"):
            yield style.paint("gras", safe(line.lstrip("# ")))
        elif line.startswith("|"):
            yield f"  {safe(line)}"
        elif mark == "-" or (mark[-1:] == "." and is_number(mark[:-1])):
            first, *following = wrap(_plain(item), WIDTH - 4)
            yield f"  • {first}"
            yield from (f"    {row}" for row in following)
        else:
            yield from wrap(_plain(line), WIDTH)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", safe(_LINK.sub(r"\1", text)).replace("**", ""))


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
    wanted = [document for path, document in texts.items() if path in asked]
    read = {one.path: one for one in read_all(wanted, MemoryStore(), reading, one_process)}
    records = [
        read.get(path) or Loaded(path, "", None, facts=None, occurrences=(), diagnostics=())
        for path in texts
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
