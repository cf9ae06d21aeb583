"""``portail build`` and ``portail serve``: Pelican's own run, and what lets the next be skipped."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pelican
from pelican import signals
from pelican.generators import Generator

from portail.cli import CRASH, CRASHED, again
from portail.cli.again import Again, Source, code_sources, stamp_of
from portail.cli.arguments import Parser
from portail.cli.contents import literal_settings
from portail.cli.programs import answer_of
from portail.diagnostics import ConfigError
from portail.features import CODE, files_named, folders_read, used
from portail.history import heads_of
from portail.model import genres
from portail.resources import folders_of
from portail.site.claims import rests_on_history
from portail.site.revisions import lack_of
from portail.terminal.readable import Voice, voice
from portail.terminal.text import Run, error_sentence

from .generator import COMMAND, PortailGenerator, renderer_of
from .publication import summed
from .renderer import Renderer
from .settings import Instance

# All that a build depended on is given to ``portail.cli.again``: contents, tables, theme and code
# as trees, and what settings open, which are Python; nothing is kept of a build whose settings ask
# another program or another machine.

_OUTSIDE = """subprocess.Popen os.system os.exec os.posix_spawn os.spawn os.startfile pty.spawn
    socket.connect socket.getaddrinfo urllib.Request""".split()
_WRITING = os.O_WRONLY | os.O_RDWR


class Witness:
    """Watches the build of this process; ``remember`` is for after its success."""

    def __init__(self, again: Again) -> None:
        self._again = again
        self._heard: set[Source] = set()
        self._doubt = False
        self._host: Any = None
        self._hook = partial[object](self._hear)
        sys.addaudithook(self._hook)
        self._factory = logging.getLogRecordFactory()
        logging.setLogRecordFactory(self._logged)
        signals.get_generators.connect(self._settled)

    def _hear(self, event: str, details: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = details
            written = set(mode) & set("wax+") if mode else (flags or 0) & _WRITING
            if isinstance(path, str | bytes) and not written:
                name = str(Path(os.fsdecode(path)).absolute())
                if "__pycache__" not in name:
                    self._heard.add(Source("file", name))
        elif event in ("os.listdir", "os.scandir"):
            (path,) = details
            if not isinstance(path, int):
                self._heard.add(Source("names", str(Path(os.fsdecode(path or ".")).absolute())))
        elif event in _OUTSIDE:
            self._doubt = True

    def _logged(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        record = self._factory(*args, **kwargs)
        # A warning of the host or of a library would have to be printed again.
        self._doubt = self._doubt or record.levelno >= logging.WARNING
        return record

    def _settled(self, host: Any) -> None:
        # Stop listening: settings are read, contents are not.
        # A hook cannot be taken back: from here on it is a call of C, which finds nothing.
        self._hook.__setstate__(({}.get, (), {}, None))  # type: ignore[attr-defined]
        self._host = host
        self._again.watch(Source("tree", str(path)) for path in _folders(host.settings))

    def remember(self) -> None:
        """Have the next build give the answer of this build, unless it has errors or foreign
        plug-ins.
        """
        settings = self._host.settings if self._host else {}
        ours: PortailGenerator | None = settings.get("PORTAIL_GENERATOR")
        if self._doubt or ours is None or settings["PLUGINS"] != ["portail_pelican"]:
            return
        instance = ours.instance
        result = ours.result
        outcome = ours.outcome
        if result is None or outcome is None or outcome.diagnostics or not outcome.files:
            return
        if rests_on_history(result.report) or (result.site and lack_of(result.site.revisions)):
            return
        if instance.verify or instance.clean or not self._again.beside(instance.content):
            return
        notes = [*instance.ignored]
        if outcome.note:
            notes.append(f"{outcome.note}\n")
        answer = answer_of(
            0,
            result.report,
            Run(result.read, None, True, COMMAND),
            instance.content.parent,
            errors=True,
            notes=notes,
            lines=ours.sentences,
            done=summed(ours),
        )
        folder = instance.content.parent
        config = instance.config
        features = (*used(config), *instance.greffons.features)
        named = files_named(features, config, instance.root)
        besides_contents = {Source("file", str(file)) for file in named}
        besides = folders_read(features, config, folder)
        besides_contents |= {Source("tree", str(beside)) for beside in besides}
        sources = code_sources() | self._heard | besides_contents | _history(instance.content)
        files = ((path, e.size, e.mtime_ns, e.inode) for path, e in outcome.files.items())
        site = Source("site", str(instance.output))
        self._again.keep(answer, sources, {site: stamp_of(site, files=files)})


def _history(content: Path) -> set[Source]:
    # What a commit changes: calendars say when an event last did.
    files, folders = heads_of(content)
    trees = (Source("tree", str(path.absolute())) for path in folders)
    return {*trees, *(Source("file", str(path.absolute())) for path in files)}


def _folders(settings: Any) -> Iterator[Path]:
    instance: Instance = settings["PORTAIL_INSTANCE"]
    content = instance.content
    themes = folders_of(instance.theme)
    code = Path(__file__).resolve().parent.parent
    yield from (*CODE, code / "portail_publication", code / "portail_pelican")
    yield from (content, *folders_of(instance.data), content.parent / "data")
    yield from (*themes, Path("theme").resolve(), *instance.overrides)
    yield from folders_read(used(instance.config), instance.config, content.parent)
    yield from (*instance.greffons.folders, instance.root / genres.FOLDER)
    yield Path(pelican.__file__).parent / "themes"
    yield from (content / path for path in settings["STATIC_PATHS"])
    yield from instance.statics


_SETTINGS = "pelicanconf.py"


def _parser(command: str, summary: str) -> Parser:
    parser = Parser(command, summary)
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.add("--date", "AAAA-MM-JJ", "jour de la construction (aujourd’hui)")
    parser.add("--site-url", "URL", "adresse publique du site (celle des réglages)")
    parser.voice()
    return parser


def build(argv: Sequence[str]) -> int:
    """Build the site of the current folder (``pelican content --fatal errors``); returns the exit
    code: 0, 1 (content) or 2 (usage, environment)."""
    parser = _parser("build", "Construit le site dans output/.")
    parser.add("--output", "DOSSIER", "dossier du site construit (output)")
    parser.flag("--clean", "oublie les constructions précédentes")
    sentence = "prend la place d’un dossier d’autre chose, qui est gardé à côté"
    parser.flag("--remplacer", sentence)
    parser.flag("--verifier", "relit chaque fichier lu ou produit, sans raccourci")
    options = parser.parse_args(argv)
    if options.clean:
        os.environ["PORTAIL_NEUF"] = "1"
    if options.remplacer:
        os.environ["PORTAIL_REMPLACER"] = "1"
    if options.verifier:
        os.environ["PORTAIL_VERIFIER"] = "1"
    arguments = pelican_arguments(options)
    witness = None
    if again.current:
        witness = Witness(again.current)
    if options.output:
        arguments = [*arguments, "-o", options.output]
    code = run_pelican(arguments)
    if witness and code == 0:
        witness.remember()
    return code


def serve(argv: Sequence[str]) -> int:
    """Build a preview into ``.cache/serve/``, serve it, and build again when something changes."""
    parser = _parser("serve", "Sert un aperçu du site et le reconstruit à chaque changement.")
    parser.add("--port", "N", "port (8000)", type=int, default=8000)
    sentence = "montre aussi l’aperçu aux appareils du même réseau (un téléphone), à cette adresse"
    parser.add("--host", "ADRESSE", sentence, nargs="?", const="0.0.0.0", default="127.0.0.1")  # noqa: S104
    parser.flag("--open", "ouvre l’aperçu dans le navigateur")
    options = parser.parse_args(argv)
    arguments = pelican_arguments(options)
    # Imported here: a build needs neither the server nor the watcher.
    from .server import Served, watch_and_serve

    served = Served(options.host, options.port, opens=options.open)
    return watch_and_serve(arguments, served, Path(options.content or "content"))


def pelican_arguments(options: argparse.Namespace) -> list[str]:
    """Arguments of ``pelican`` for the common options. Raises ``ConfigError``."""
    if not Path(_SETTINGS).is_file():
        raise ConfigError(
            f"Il n’y a pas de {_SETTINGS} dans {Path.cwd()} : placez-vous dans le dossier du "
            "portail."
        )
    content = options.content or "content"
    if not Path(content).is_dir():
        raise ConfigError(f"Le dossier des contenus « {content} » n’existe pas.")
    if (theme := literal_settings(Path()).get("THEME")) and not Path(theme).is_dir():
        # Pelican would say so in English, and name a theme of its own.
        raise ConfigError(
            f"THEME : le dossier « {theme} » n’existe pas. → Retirez cette ligne de {_SETTINGS} : "
            "le thème est celui de Portail, et theme/ s’il y en a un."
        )
    if options.date:
        os.environ["PORTAIL_DATE"] = options.date
    arguments = [content, "-s", _SETTINGS, "--fatal", "errors"]
    if voice() is Voice.QUIET:
        arguments.append("-q")
    if options.site_url is not None:
        os.environ["SITEURL"] = options.site_url
        arguments += ["-e", f'SITEURL="{options.site_url}"']
    return arguments


def host_of(arguments: Sequence[str]) -> tuple[Instance, Renderer]:
    host, settings = pelican.get_instance(pelican.parse_arguments(list(arguments)))
    instance: Instance = settings["PORTAIL_INSTANCE"]
    paths = {"path": host.path, "theme": host.theme, "output_path": host.output_path}
    generator: Any = Generator(context=settings.copy(), settings=settings, **paths)
    return instance, renderer_of(instance, generator.env)


def _need_plugin(host: Any) -> None:
    if "portail_pelican" not in host.settings["PLUGINS"]:
        sys.stderr.write(
            f"{_SETTINGS} ne charge pas Portail. → Écrivez en première ligne : "
            "from portail_pelican.defaults import *\n"
        )
        raise SystemExit(2)


def run_pelican(arguments: Sequence[str]) -> int:
    signals.initialized.connect(_need_plugin)
    logging.raiseExceptions = False  # a log that cannot be written is told once, below
    try:
        pelican.main(list(arguments))
    except SystemExit as leaving:
        fault = leaving.__context__
        if leaving.code == CRASH:
            sys.stderr.write(CRASHED)
        elif leaving.code == 1 and isinstance(fault, Exception):
            # Settings, another plug-in, the machine: Pelican has said what it knows.
            sentence = error_sentence(fault)
            if sentence and not isinstance(fault.__context__, SystemExit):  # not said yet
                sys.stderr.write(f"{sentence}\n")
            return 2
        if isinstance(leaving.code, int):
            return leaving.code
        return 1 if leaving.code else 0
    return 0
