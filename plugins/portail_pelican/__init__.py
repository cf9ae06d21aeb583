"""Adapter: Pelican's settings, templates and run, in the service of Portail's domain: contents are
read, checked and planned by ``portail``, published by ``portail_publication``.
"""

from __future__ import annotations

import atexit
import errno
import gc
import logging
import os
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from . import spared  # noqa: F401  (before Pelican)

# isort: split
import pelican
from pelican import Pelican, signals
from pelican import settings as host_settings

from portail.machine import refused
from portail.terminal.readable import Voice, inform, set_voice, show_stages

from . import settings
from .generator import PortailGenerator, explained
from .publication import last_line, publication_of, publish_site
from .settings import prepare


def _as_written(name: str, path: str) -> ModuleType:
    # ``load_source`` of Pelican, from the text alone: Python would take bytecode of any other text
    # of the same size and second, which all files of a clone or of an image may have.
    sys.modules[name] = module = ModuleType(name)
    module.__file__ = file = str(Path(path).absolute())
    exec(compile(Path(file).read_bytes(), file, "exec", dont_inherit=True), vars(module))  # noqa: S102
    return module


host_settings.load_source = _as_written


class _Copies(logging.Filter):
    """Pelican warns of a static file that it cannot copy, and goes on: a site that lacks a script
    because the disk is full is not to be published."""

    def filter(self, record: logging.LogRecord) -> bool:
        # Raise the ``OSError`` that a warning tells, when it is the machine's.
        *_, where, fault = record.args if isinstance(record.args, tuple) else ("", "")
        if isinstance(fault, str):  # a folder: its words alone are told
            numbers = {os.strerror(number): number for number in errno.errorcode}
            fault = OSError(numbers.get(fault, 0), fault, where)
        if isinstance(fault, OSError) and refused(fault):
            raise fault
        return True


class _Console:
    """The console of Pelican without its last line, which counts what its own readers read."""

    def __init__(self, console: Any) -> None:
        self._console = console

    def __getattr__(self, name: str) -> Any:
        return getattr(self._console, name)

    def print(self, *texts: Any, **how: Any) -> None:
        if not (texts and str(texts[0]).startswith("Done: Processed ")):
            self._console.print(*texts, **how)


def _heed(log: logging.Logger) -> None:
    level = log.getEffectiveLevel()
    if level >= logging.CRITICAL:
        set_voice(Voice.QUIET)
    elif level <= logging.INFO:
        set_voice(Voice.FULL)


class Host(Pelican):
    """Pelican, which says in a sentence what the machine refused, wherever it did, and what was
    built."""

    def run(self) -> None:
        copies = _Copies()
        log = logging.getLogger("pelican.utils")
        console = pelican.console
        started = time.monotonic()
        _heed(logging.getLogger("pelican"))
        if settings.current is None:
            show_stages(console)  # where its own sign turns: a bar elsewhere would fight with it
        log.addFilter(copies)
        pelican.console = _Console(console)
        try:
            with explained(), publication_of(self.settings["PORTAIL_INSTANCE"]) as publication:
                super().run()  # every other plug-in is done: what it wrote is published too
                publish_site(self, publication)
        finally:
            pelican.console = console
            log.removeFilter(copies)
        ours = self.settings.get("PORTAIL_GENERATOR")
        if ours:
            inform(last_line(ours, time.monotonic() - started), sys.stdout)


def _prepare(host: Any) -> None:
    if not isinstance(host, Host):
        sys.stderr.write(
            "PELICAN_CLASS n’est pas celle de Portail : rien ne serait publié. → Retirez cette "
            "ligne des réglages : from portail_pelican.defaults import * la donne.\n"
        )
        raise SystemExit(2)
    prepare(host)


def _generator(pelican: Any) -> type[PortailGenerator]:
    return PortailGenerator


def register() -> None:
    """Connect to Pelican; called by its plug-in loader, once for each site."""
    signals.initialized.connect(_prepare)
    signals.get_generators.connect(_generator)
    # Each rule tries each line of each text: « --debug » told a small portal in 90,000 lines.
    logging.getLogger("markdown_it").setLevel(logging.INFO)
    # Python ends by looking for cycles among all that was made, three times: there is no use.
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
