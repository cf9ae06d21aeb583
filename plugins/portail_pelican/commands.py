"""``portail build`` and ``portail serve``: Pelican's own run, with our options."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pelican

from portail.cli import again
from portail_pelican.dependence import Witness

__all__ = ["build", "serve"]

_SETTINGS = "pelicanconf.py"


class _Parser(argparse.ArgumentParser):
    """A parser whose help is French and whose errors leave with 2."""

    def __init__(self, command: str, summary: str) -> None:
        super().__init__(prog=f"portail {command}", description=summary, add_help=False)
        self._optionals.title = "options"
        self.add_argument("-h", "--help", "--aide", action="help", help="affiche cette aide")
        self.add_argument("--content", metavar="DOSSIER", help="dossier des contenus")
        self.add_argument("--date", metavar="AAAA-MM-JJ", help="jour de la construction")
        self.add_argument("--site-url", metavar="URL", help="adresse publique du site")


def build(argv: Sequence[str]) -> int:
    """Build the site of the current folder: ``pelican content --fatal errors``.

    Returns the exit code: 0, 1 (content) or 2 (usage, environment).
    """
    parser = _Parser("build", "Construit le site dans output/.")
    parser.add_argument("--output", metavar="DOSSIER", help="dossier du site construit")
    parser.add_argument("--clean", action="store_true", help="oublie les constructions précédentes")
    parser.add_argument(
        "--verifier", action="store_true", help="relit chaque fichier lu ou produit, sans raccourci"
    )
    options = parser.parse_args(argv)
    if options.clean:
        os.environ["PORTAIL_NEUF"] = "1"
    if options.verifier:
        os.environ["PORTAIL_VERIFIER"] = "1"
    arguments = pelican_arguments(options)
    if arguments is None:
        return 2
    witness = Witness(again.asked) if again.asked else None
    code = run_pelican([*arguments, *(["-o", options.output] if options.output else [])])
    if witness and code == 0:
        witness.remember()
    return code


def serve(argv: Sequence[str]) -> int:
    """Build a preview into ``.cache/serve/``, serve it, and build again when something changes."""
    parser = _Parser("serve", "Sert un aperçu du site et le reconstruit à chaque changement.")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="port (8000)")
    options = parser.parse_args(argv)
    arguments = pelican_arguments(options)
    if arguments is None:
        return 2
    # Imported here: a build needs neither the server nor the watcher.
    from portail_pelican.server import watch_and_serve

    return watch_and_serve(arguments, options.port, Path(options.content or "content"))


def pelican_arguments(options: argparse.Namespace) -> list[str] | None:
    """Arguments of ``pelican`` for the common options, or ``None`` after saying what is missing."""
    if not Path(_SETTINGS).is_file():
        here = Path.cwd()
        sys.stderr.write(
            f"Il n’y a pas de {_SETTINGS} dans {here} : placez-vous dans le dossier du portail.\n"
        )
        return None
    content = options.content or "content"
    if not Path(content).is_dir():
        sys.stderr.write(f"Le dossier des contenus « {content} » n’existe pas.\n")
        return None
    if options.date:
        os.environ["PORTAIL_DATE"] = options.date
    arguments = [content, "-s", _SETTINGS, "--fatal", "errors"]
    if options.site_url is not None:
        os.environ["SITEURL"] = options.site_url
        arguments += ["-e", f'SITEURL="{options.site_url}"']
    return arguments


def run_pelican(arguments: Sequence[str]) -> int:
    """Run Pelican in this process and return its exit code."""
    try:
        pelican.main(list(arguments))
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 1 if leaving.code else 0
    return 0
