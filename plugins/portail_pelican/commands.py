"""``portail build`` and ``portail serve``: Pelican's own run."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pelican
from pelican import signals
from pelican.generators import Generator

from portail.cli import CRASH, CRASHED
from portail.cli.arguments import Parser
from portail.cli.contents import literal_settings
from portail.diagnostics import ConfigError
from portail.terminal.readable import Voice, voice
from portail.terminal.text import error_sentence

from .generator import renderer_of
from .renderer import Renderer
from .settings import Instance

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
    if options.output:
        arguments = [*arguments, "-o", options.output]
    return run_pelican(arguments)


def serve(argv: Sequence[str]) -> int:
    """Build a preview into ``.cache/serve/``, serve it, and build again when something changes."""
    parser = _parser("serve", "Sert un aperçu du site et le reconstruit à chaque changement.")
    parser.add("--port", "N", "port (8000)", type=int, default=8000)
    sentence = "montre aussi l’aperçu aux appareils du même réseau (un téléphone), à cette adresse"
    parser.add("--host", "ADRESSE", sentence, nargs="?", const="0.0.0.0", default="127.0.0.1")  # noqa: S104
    parser.flag("--open", "ouvre l’aperçu dans le navigateur")
    parser.flag("--atelier", "ouvre l’éditeur, à qui l’on donne le dossier du portail")
    options = parser.parse_args(argv)
    arguments = pelican_arguments(options)
    if options.atelier:  # on a folder of this computer, whatever the forge
        arguments += ["-e", 'PORTAIL_ATELIER={"forge": "gitlab"}']
    # Imported here: a build needs neither the server nor the watcher.
    from .server import Served, watch_and_serve

    opens = "/atelier/" if options.atelier else "/" * options.open
    served = Served(options.host, options.port, opens=opens)
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
