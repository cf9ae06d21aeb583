"""The one generator: runs the pipeline where Pelican reads content, and keeps its plan."""

from __future__ import annotations

import atexit
import os
import sys
import time
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, PrefixLoader
from msgspec.structs import replace
from pelican.generators import Generator

from portail.cli import CRASH
from portail.diagnostics import CacheError
from portail.feature import reading_with
from portail.files import digest_of
from portail.machine import needed, room
from portail.memory import FILE, Memory
from portail.outputs.base import TemplatePage, reader_of
from portail.pipeline import Result, Tables, one_process, planned, run
from portail.resources import brought, folders_of, quiet_gc
from portail.site.draft import read_all
from portail.site.site import Site, with_texts
from portail.source.loader import SourceFile
from portail.source.store import Stamp, Store
from portail.terminal.readable import inform, write_report
from portail.terminal.text import Run, error_sentence
from portail_publication.publish import Outcome, way
from portail_publication.reading import read_forked
from portail_publication.store import DiskStore, open_store
from portail_publication.traces import Traces
from portail_publication.workers import MapError

from . import settings
from .blocks import block_faults
from .renderer import Renderer
from .settings import Instance, autoreload
from .staging import forget, stage

# The command in the heading of reports.
COMMAND = "portail build"

# What Pelican raises once another plug-in has told an error.
_LOGGED = ("Warning or error encountered",)
_KEPT = "L’aperçu reste comme il était."
_SPOILT = (
    "Ce que les constructions précédentes ont laissé est peut-être abîmé : c’est oublié, et tout "
    "est refait.\n"
)

T = TypeVar("T")


def _scarce(left: int | None, wanted: int) -> str:
    if left is None or left >= wanted:
        return ""
    return (
        f"Il reste {left // 1_000_000} Mo de mémoire, et construire ce site en prend environ "
        f"{wanted // 1_000_000} : le système peut l’arrêter sans un mot (sortie 137). "
        "→ Donnez-en plus à cette machine ou à ce conteneur, ou fermez d’autres programmes.\n"
    )


def renderer_of(instance: Instance, env: Environment) -> Renderer:
    """What draws the pages of an instance, by the templates of ``env``; « !theme » names ours, and
    those of packages."""
    layers = [folder / "templates" for folder in reversed(folders_of(brought("theme")))]
    for loader in getattr(env.loader, "loaders", ()):
        if isinstance(loader, PrefixLoader):
            loader.mapping = {**loader.mapping, "!theme": FileSystemLoader(layers)}
    return Renderer(env, instance.config, instance.theme, instance.overrides)


def result_of(instance: Instance, store: Store, tables: Tables, *, publishes: bool) -> Result:
    """The contents of an instance, judged, without a plan."""
    return run(
        instance.content,
        instance.data,
        instance.config,
        day=instance.day,
        store=store,
        mapper=partial(read_forked, workers=instance.workers),
        tables=tables,
        root=instance.root,
        plans=False,
        publishes=publishes,
    )


class PortailGenerator(Generator):
    """Every kind of content, in one generator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance: Instance = self.settings["PORTAIL_INSTANCE"]
        self.result: Result | None = None
        self.outcome: Outcome | None = None
        self.traces: Traces | None = None
        self.memory: Memory | None = None
        self.remembered = False  # whether a former run left something
        self.salt = ""
        instance = self.instance
        self.renderer = renderer_of(instance, self.env)
        self.settings["PORTAIL_GENERATOR"] = self
        stage(instance.staging)
        # However the run ends: refused, it is not published.
        atexit.unregister(forget)
        atexit.register(forget, instance.staging)

    def generate_context(self) -> None:
        with explained():
            self.surely(self.plan)

    def surely(self, work: Callable[[], T], *before: Callable[[], object]) -> T:
        """The result of ``work``. When it fails as nobody foresaw, what is remembered is thrown
        away: if something was before this run, which may be why, ``before`` and ``work`` are done
        without it."""
        try:
            return work()
        except Exception as error:
            of_files = isinstance(error, MapError) and not settings.current
            if error_sentence(error) and not (of_files or isinstance(error, CacheError)):
                raise
            if self.memory:
                self.memory.discard()
            if not self.remembered:
                raise
        inform(_SPOILT, sys.stderr)
        for step in before:
            step()
        return work()

    def plan(self) -> None:
        """Read the contents and plan the site."""
        instance = self.instance
        self.remembered = (instance.cache / FILE).exists() and not instance.clean
        started = time.monotonic()
        if settings.current is None:
            count = sum(len(names) for _, _, names in os.walk(instance.content))
            inform(_scarce(room(), needed(count)), sys.stderr)
        self.salt, tables = settings.tables_of(instance.data, instance.config.region)
        store = open_store(instance.cache, self.salt, verify=instance.verify, clean=instance.clean)
        self.memory = store.memory
        self.salt = digest_of(self.salt, instance.greffons.digest)
        with quiet_gc():
            result = self._result(store, tables)
        seconds = time.monotonic() - started
        if len(result.report):
            ended = Run(result.read, seconds, result.plan is not None, COMMAND)
            if settings.current:
                ended = replace(ended, brief=True, refused=_KEPT)
            write_report(result.report, sys.stderr, instance.content.parent, ended)
        if result.plan is None:
            refuse()
        else:
            self.renderer.check(result.plan)
            self.result = result

    def _result(self, store: DiskStore, tables: Tables) -> Result:
        instance = self.instance
        session = settings.current
        publishes = session is None and not instance.config.apercu
        result = result_of(instance, store, tables, publishes=publishes)
        *over, provided = self.renderer.folders
        ours = {layer / "templates" for layer in folders_of(brought("theme"))}
        added = [folder for folder in over if folder not in ours]
        faults = [*block_faults(self.env, added, provided, instance.root)]
        result = replace(result, report=result.report + faults)
        self.traces = self._traces(result.site, store.memory)
        if session is None:
            return planned(result, instance.config, instance.root)
        stays = session.keep and result.report.has_errors
        if result.site and not stays:
            session.show_contents(result.site, self.renderer.render)
        result = planned(
            replace(result, site=None) if stays else result, instance.config, instance.root
        )
        session.report(result.report)
        if session.keep and result.report.has_errors:
            return replace(result, plan=None)
        pages = (page for page in result.plan or () if isinstance(page, TemplatePage))
        session.show(pages, self.renderer.render)
        return result

    def show_texts(self, texts: AbstractSet[Path]) -> bool:
        """Draw the pages that someone looks at once ``texts`` were read again; whether they alone
        changed.
        """
        session = settings.current
        site = self.result.site if self.result else None
        if session is None or site is None or not texts or site.report.has_errors:
            return False
        root = self.instance.content.parent
        entries = {root / item.entry.source: item.entry for item in site.items.values()}
        if not texts <= entries.keys():
            return False
        files = []
        for path in sorted(texts):
            entry = entries[path]
            stamp = Stamp.of(path.stat())
            files.append(SourceFile(entry.source, path, entry.kind, entry.slug, stamp))
        reading = reading_with(site.features, site.vocabularies, site.geography)
        now = with_texts(site, read_all(files, site.bodies, reading, one_process))
        if now is not None:
            session.show_contents(now, self.renderer.render)
        return now is not None

    def _traces(self, site: Site | None, memory: Memory) -> Traces | None:
        instance = self.instance
        if site is None:
            return None
        salt = digest_of(self.salt, repr(instance.config))
        where = way(instance.cache, instance.output)
        traces = Traces(reader_of(site), memory, where, salt, instance.workers)
        if not instance.clean:
            traces.load()
        traces.reader.remember(traces)
        return traces

    def generate_output(self, writer: Any) -> None:
        """Do nothing: pages are published with Pelican's static files, all at once."""


@contextmanager
def explained() -> Iterator[None]:
    """Expected errors become a sentence on stderr and exit 2; under ``-r`` the run goes on."""
    try:
        yield
    except Exception as error:
        sentence = error_sentence(error)
        if not sentence:
            if error.args != _LOGGED:
                error.exitcode = CRASH  # type: ignore[attr-defined]  # for Pelican, which says all
            raise
        sys.stderr.write(f"{sentence}\n")
        if not autoreload():
            raise SystemExit(2) from error


def refuse() -> None:
    """End a run whose content has errors: exit 1.

    Under ``-r`` the run goes on to its end, with nothing to publish: an exception would make
    Pelican start again at once, without waiting for a change.
    """
    if not autoreload():
        raise SystemExit(1)
