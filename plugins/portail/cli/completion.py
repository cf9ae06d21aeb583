"""``portail completion SHELL``: what a shell needs to complete commands, options and their values.

The text is made once and loaded by the shell: to complete a line starts nothing of ours.
"""

from __future__ import annotations

import argparse
import sys
from types import ModuleType

from portail.cli.arguments import Parser, choice, parser_of
from portail.diagnostics import ConfigError

_SHELLS = ("bash", "zsh", "fish", "tcsh", "powershell")
_MISSING = "Pour compléter la ligne de commande, il manque shtab : tapez « pip install shtab »."
_FOLDERS = ("DOSSIER",)
_FILES = ("FICHIER", "SOURCE")
"""Names of values that are paths."""


def main(argv: list[str]) -> int:
    """Write the completions of a shell on the standard output. Raises ``ConfigError`` without the
    package that makes them."""
    parser = Parser("completion", "Écrit de quoi compléter « portail … » dans un shell.")
    parser.add("shell", "SHELL", ", ".join(_SHELLS), type=choice(_SHELLS))
    options = parser.parse_args(argv)
    shtab = _shtab()
    sys.stdout.write(f"{shtab.complete(_whole(shtab), options.shell).rstrip()}\n")
    return 0


def _shtab() -> ModuleType:
    try:
        import shtab
    except ImportError as error:
        raise ConfigError(_MISSING) from error
    return shtab


def _whole(shtab: ModuleType) -> argparse.ArgumentParser:
    """One parser of all the commands that are installed."""
    from portail.cli import command_named, sentences

    whole = argparse.ArgumentParser(prog="portail", add_help=False)
    whole.add_argument("--help", action="help", help="affiche les commandes")
    whole.add_argument("--version", action="version", help="dit la version")
    commands = whole.add_subparsers()
    for name, text in sentences().items():
        command = command_named(name)
        parser = parser_of(command) if command else None
        parents = [parser] if parser else []
        added = commands.add_parser(name, help=text, add_help=False, parents=parents)
        for action in added._actions:
            if action.metavar in _FOLDERS:
                action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
            elif action.metavar in _FILES:
                action.complete = shtab.FILE  # type: ignore[attr-defined]
    return whole
