"""The command ``portail``: its own sub-commands, and those that entry points add.

Exit codes: 0, 1 (mistakes in the content), 2 (usage or environment), ``CRASH``. Sub-commands are
imported when they are called, so that ``portail check`` starts without what the others need.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


GROUP = "portail.commands"
"""Entry points of this group add commands: callables ``(argv: list[str]) -> int``. A command whose
name has a point (``newsletter.envoyer``) is a part of another, which calls it."""

# Commands of this package, with their sentence of ``portail --help``.
COMMANDS = {"check": ("vérifie les contenus et dit tout ce qui ne va pas", "Chaque jour")}

_ADDED = {
    "build": ("construit le site (Pelican)", "Chaque jour", "--site-url https://exemple.org"),
    "empreinte": ("dit de quoi est fait un site publié, à comparer avec un autre", "Tenir"),
    "serve": ("montre le site et le reconstruit à chaque changement", "Chaque jour", "--open"),
}
_GROUPS = ("Chaque jour", "La lettre", "Reprendre", "Tenir")
# Exit code of a fault of ours (EX_SOFTWARE of ``sysexits.h``): nobody takes it for an answer.
CRASH = 70
CRASHED = (
    "Portail s’est arrêté sur une faute de programme, et non de vos contenus. → Signalez-la "
    f"avec les lignes ci-dessus (sortie {CRASH}).\n"
)
_OBJECTS = 1_000_000
_VERSION = ("--version", "-V", "version")
_HELP = ("-h", "--help", "--aide", "help", "aide")

Command = Callable[[list[str]], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``portail`` with ``argv`` (default: those of the process) and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in ("stdin", "stdout", "stderr"):
        if getattr(sys, stream) is None:  # closed: the next file that is opened would be it
            setattr(sys, stream, os.fdopen(os.open(os.devnull, os.O_RDWR), "w"))
    # Python ends by looking for cycles among all that was made, three times: there is no use.
    for last in (gc.freeze, _forget_unwritten):
        atexit.unregister(last)
        atexit.register(last)
    gc.set_threshold(_OBJECTS)  # what is imported and read stays: there is nothing to find
    name = arguments[0] if arguments else "--help"
    try:
        if name in _HELP:
            sys.stdout.write(_help())
            if arguments:
                return 0
            return 2
        if name in _VERSION:
            from importlib.metadata import version

            sys.stdout.write(f"portail {version('portail')}\n")
            return 0
        return _called(name, arguments[1:])
    except SystemExit as leaving:
        # argparse leaves this way: 0 after --help, 2 after a mistake.
        if isinstance(leaving.code, int):
            return leaving.code
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return _failed(error)


def _called(name: str, arguments: list[str]) -> int:
    command = None if "." in name else command_named(name)
    if command is None:
        return _unknown(name)
    return command(arguments)


def _forget_unwritten() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _failed(error: Exception) -> int:
    code = CRASH
    with suppress(Exception):  # no memory for a sentence, no place to write one
        from portail.terminal.text import error_sentence

        sentence = error_sentence(error)
        code = 2 if sentence else CRASH
        if not sentence:
            import traceback

            traceback.print_exception(error)
        sys.stderr.write(f"{sentence}\n" if sentence else CRASHED)
    return code


def command_named(name: str) -> Command | None:
    if name in COMMANDS:
        return _main(f"portail.cli.{name}")
    from portail import features

    if name in features.COMMANDS:
        return _main(features.COMMANDS[name])
    added = _added().get(name)
    return added.load() if added else None


def _main(module: str) -> Command:
    command: Command = import_module(module).main
    return command


def _added() -> dict[str, EntryPoint]:
    from portail.installed import entry_points

    return {entry.name: entry for entry in entry_points(group=GROUP)}


def commands() -> dict[str, tuple[str, ...]]:
    """Sentence, group and example of every command, in the order of their names."""
    from portail.features import FEATURES
    from portail.roles import MENDS

    listed: dict[str, tuple[str, ...]] = {
        name: _ADDED.get(name, ("commande ajoutée", "Tenir")) for name in _added()
    }
    for feature in FEATURES:
        listed.update(feature.commands)
    listed.update(COMMANDS)
    if MENDS.of(FEATURES):
        listed["check"] += ("--corriger",)
    return {name: listed[name] for name in sorted(listed) if "." not in name}


def _help() -> str:
    listed = commands()
    width = max(map(len, listed))
    rows = ["Usage : portail COMMANDE [options]"]
    for group in _GROUPS:
        rows += ["", group]
        for name, (sentence, own_group, *examples) in listed.items():
            if own_group == group:
                rows.append(f"  {name:<{width}}  {sentence}")
                rows += [f"  {'':<{width}}  portail {name} {words}" for words in examples if words]
    foot = "portail COMMANDE --help en dit plus ; portail --version dit la version."
    return "\n".join([*rows, "", foot, ""])


def _unknown(name: str) -> int:
    from portail.terminal.text import safe
    from portail.text.suggest import meant

    names = [*commands()]
    hint = meant(name, names) or f" Commandes : {', '.join(names)}."
    sys.stderr.write(f"La commande « {safe(name)} » n’existe pas.{hint}\n")
    return 2
