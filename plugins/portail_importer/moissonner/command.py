"""``portail moissonner``: what the sources of ``sources.yml`` say becomes files to accept.

Exit codes: 0; 1, no source could be read; 2, usage, environment, or contents that have errors.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from portail.cli.arguments import Parser
from portail.cli.asking import Manner, add_options, manner_of, opener
from portail.cli.contents import Contents, read_contents
from portail.cli.trying import faults_among, written
from portail.clock import portal_zone
from portail.diagnostics import ConfigError, Refused
from portail.files import Files, atomic_write
from portail.model.kinds import place_ref
from portail.site.site import Site
from portail.terminal.text import refusals, safe
from portail.terminal.voice import inform, say, stage
from portail.text.suggest import meant

from ..importer.base import Base, mark
from ..importer.changes import Harvest
from ..importer.engine import harvest
from ..importer.ground import Ground, ground_of
from ..importer.identity import source_of
from ..importer.imports import from_the_web
from ..importer.judging import judged
from ..importer.sources.openagenda import total_of
from ..importer.sources.places import Portal
from .reading import origin_of, requests_in
from .record import FILE as RECORD
from .record import Memory, read_record, record_text
from .report import json_of, lines_of, markdown_of, summary_of
from .sources import FILE, Source, address_in

# Group of the entry point ``default`` of what opens connections: a callable ``(addresses by key,
# folder of copies, Manner) -> iterator of (key, bytes, trouble)``.
GROUP = "portail.moissons"
_COMMAND = "portail moissonner"
_AGENT = "Portail-moisson"
_COPIES = ".cache/moisson"


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    # Never the day of the settings, which may be pinned in the past.
    options.date = options.date or datetime.now(portal_zone()).date()
    read = read_contents(options.content, f"{options.date}", _COMMAND, drafts=True)
    site = read.result.site
    if read.result.report.has_errors or site is None:
        raise ConfigError(
            "Les contenus ou les sources ont des erreurs : « portail check » les dit. Rien n’a été "
            "moissonné."
        )
    listed: Sequence[Source] = site.part("moisson") or ()
    sources = _chosen(listed, options)
    if not sources:
        say(f"Aucune source à moissonner : {FILE} n’en a pas, ou elles dorment.\n", sys.stdout)
        _report([], options, site)
        return 0
    root = read.content.parent
    there = read_record(root / RECORD)
    with stage("Lecture des sources"):
        manner = manner_of(options, read.config, _AGENT, _COMMAND, may_be_nobody=True)
        answers = _answers(sources, root, manner)
    base = Base(read.content, "", site.items, Portal.of(site, read.day.date))
    fetch = None if options.simuler else from_the_web
    ground = ground_of(base, read.result.report, fetch)
    ground.origins = {source.slug: source.origin for source in listed}
    ground.memories = {slug: memory.proposed for slug, memory in there.items()}
    ground.by_address = {memory.address: slug for slug, memory in there.items()}
    harvests = _harvests(sources, answers, ground, options)
    slugs = {*ground.origins, *map(source_of, ground.entries.values())}
    kept = {slug: memory for slug, memory in there.items() if slug in slugs}
    _write(harvests, kept, read, options)
    inform("".join(f"{safe(line)}\n" for line in lines_of(harvests)), sys.stdout)
    say(f"{summary_of(harvests)}{' : rien n’est écrit' * options.simuler}.\n", sys.stdout)
    _report(harvests, options, site)
    return int(all(it.trouble for it in harvests))


def _chosen(sources: Sequence[Source], options: Namespace) -> list[Source]:
    by_name = {source.nom: source for source in sources}
    name = options.source
    if name and name not in by_name:
        raise ConfigError(f"{FILE} n’a pas de source « {name} ».{meant(name, by_name)}")
    return [source for source in sources if not source.dort and name in (None, source.nom)]


def _answers(
    sources: Iterable[Source], root: Path, manner: Manner
) -> Mapping[str, tuple[bytes, str]]:
    ask: Callable[..., Iterable[tuple[str, bytes, str]]] = opener(GROUP)
    asked: dict[str, str] = {}
    answers: dict[str, tuple[bytes, str]] = {}
    for source in sources:
        try:
            if source.forbids:
                raise Refused(_FORBIDDEN)
            asked[source.slug] = address_in(source.adresse, os.environ)
        except Refused as refused:
            answers[source.slug] = b"", str(refused)
    return answers | {key: (data, why) for key, data, why in ask(asked, root / _COPIES, manner)}


_FORBIDDEN = (
    "Sa licence ne permet pas de reprendre ses textes autrement : demandez-lui un autre accord, "
    "ou faites-la dormir."
)


def _harvests(
    sources: Sequence[Source],
    answers: Mapping[str, tuple[bytes, str]],
    ground: Ground,
    options: Namespace,
) -> Sequence[Harvest]:
    found: list[Harvest] = []
    for source in sources:
        data, trouble = answers[source.slug]
        try:
            if trouble:
                raise Refused(trouble)
            if source.lieu and place_ref(source.lieu) not in ground.entries:
                raise Refused(f"« lieu: {source.lieu} » n’est pas dans l’annuaire ({FILE}).")
            total = total_of(data)
            requests = requests_in(data, source.nom, source, ground.base, total=total)
            done = harvest(origin_of(source, ground.base), requests, ground)
            found.append(replace(done, total=total))
        except (Refused, ConfigError) as refused:
            said = ground.memories.get(source.slug, {})
            found.append(Harvest(source.origin, proposed=said, trouble=str(refused)))
    trial = partial(faults_among, content=ground.base.content, date=f"{options.date}")
    return judged(found, trial, ground.base)


def _write(
    harvests: Sequence[Harvest], memories: dict[str, Memory], read: Contents, options: Namespace
) -> None:
    root = read.content.parent
    files: Files = {}
    for it in harvests:
        files |= it.files
        failing = memories.get(it.origin.slug, Memory()).failing or read.day.date
        known = dict(it.proposed), mark(it.origin.address), failing if it.trouble else None
        memories[it.origin.slug] = Memory(*known)
    record = record_text(memories)
    there = (root / RECORD).read_bytes() if (root / RECORD).is_file() else record_text({})
    if record != there:
        files[PurePosixPath(RECORD)] = record
    if not options.simuler:
        [*written(files, read.content)]


def _report(harvests: Sequence[Harvest], options: Namespace, site: Site) -> None:
    texts = {options.rapport: markdown_of(harvests, site), options.json: json_of(harvests)}
    for file, text in texts.items():
        if file:
            with refusals(f"« {safe(file)} » ne peut pas être écrit"):
                atomic_write(Path(file), text.encode(), durable=False)


def _parser() -> Parser:
    parser = Parser("moissonner", f"Lit les sources de {FILE}, et écrit ce qui y a changé.")
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.add("--source", "NOM", "celle-ci seulement")
    parser.flag("--simuler", "dit ce qui serait fait, n’écrit rien")
    parser.add("--rapport", "FICHIER", "où écrire le rapport (Markdown)")
    parser.add("--json", "FICHIER", "où écrire le rapport pour un programme")
    add_options(parser, minutes=10.0, seconds=30.0)
    parser.voice()
    return parser
