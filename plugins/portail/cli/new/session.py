"""A dialogue on a terminal: lines wrapped and safe, words completed where readline is there."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from portail.cli.contents import store_of, tables_of
from portail.cli.new.dialog import NOTHING, Dialog
from portail.cli.new.questions import Question
from portail.cli.new.world import World
from portail.cli.reporting import say, wants_colour
from portail.cli.terminal import WIDTH, Style, cells, safe, wrap
from portail.config import site_config
from portail.model.kinds import Kind
from portail.text.normalise import fold

__all__ = ["candidates", "converse"]

_SHORTEST = 2
_PROMPT = "> "
_TINTS = {
    "  Erreur": "erreur",
    "  Conseil": "conseil",
    "  → ": "bon",
    "  Sera lu : ": "bon",
    "  ": "",
    "«": "terne",
    "": "gras",
}
"""Colours by the beginning of a line, the first that fits; none says all."""


def converse(
    content: Path,
    settings: Mapping[str, Any],
    kind: Kind,
    today: Any,
    *,
    title: str,
    complete: bool,
) -> tuple[str, str]:
    """Ask for a content of ``kind`` on the terminal: the name of its file without extension and
    its text, both empty when nothing is to be written. Raises ``ConfigError``, ``DataError``."""
    ours = {name: value for name, value in settings.items() if name.startswith("PORTAIL_")}
    content = content.resolve()
    config = site_config(ours, siteurl="", contenu=content.name)
    data = tables_of(content)
    left = tuple(map(str, settings.get("STATIC_PATHS") or ()))
    store = store_of(content, data, config.region, os.environ)
    world = World.load(content, data, config.region, kind, today, store, left)
    style = Style(wants_colour(sys.stdout, os.environ))
    dialog = Dialog(world, _typed(), title=title, complete=complete)
    _complete_with(lambda start: candidates(dialog.current, world, start))
    try:
        for line in dialog.talk():
            _show(line, style)
    except KeyboardInterrupt:
        sys.stdout.write("\n")
        _show(NOTHING, style)
        return "", ""
    finally:
        _complete_with(None)
    return dialog.name, dialog.text


def _typed() -> Iterator[str]:
    """Lines that are typed, to the end of input."""
    while True:
        try:
            yield input(_PROMPT)
        except EOFError:
            sys.stdout.write("\n")
            return
        except UnicodeDecodeError:
            yield "\ufffe"  # no text may hold it: the dialogue says so


def _show(line: str, style: Style) -> None:
    """Print a line, wrapped under its own indent, in the colour of what it says."""
    text = line.lstrip(" ")
    indent = line[: len(line) - len(text)]
    tint = next((tint for start, tint in _TINTS.items() if line.startswith(start)), "")
    text = safe(text)
    # Columns keep their blanks: only what is too long is wrapped.
    short = cells(line) <= WIDTH
    rows = [text] if short else wrap(text, WIDTH - len(indent))
    for row in rows:
        say(f"{indent}{style.paint(tint, row) if tint else row}\n", sys.stdout)


def candidates(question: Question | None, world: World, start: str) -> list[str]:
    """What may complete the answer that begins with ``start``: labels, names, communes."""
    key = fold(start)
    if question is None or len(key) < _SHORTEST:
        return []
    known: list[str] = []
    schema = question.schema.get("items", question.schema)
    known += schema.get("x-libelles", ())
    if question.form == "ou" or "x-references" in schema:
        known += world.names(tuple(schema.get("x-references", (Kind.LIEU.value,))))
    if question.form in ("ou", "commune"):
        home = world.geography.home
        known += (one.nom for one in world.geography.communes_of(home)) if home else ()
    return sorted({one for one in known if fold(one).startswith(key)})


def _complete_with(find: Callable[[str], list[str]] | None) -> None:
    """Complete whole lines with the Tab key; ``None`` stops it."""
    try:
        import readline
    except ImportError:  # Windows: one types the whole word
        return
    if find is None:
        readline.set_completer(None)
        return
    search = find

    def completer(text: str, rank: int) -> str | None:
        found = search(text)
        return found[rank] if rank < len(found) else None

    readline.set_completer_delims("")
    readline.set_completer(completer)
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
