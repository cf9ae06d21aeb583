"""Blocks of templates that a template of an instance fills in vain.

Jinja draws a template that extends another by what the other has: a block of the first that the
second has not is read, and shown nowhere (Jinja, « Template Inheritance »).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from os.path import relpath
from pathlib import Path, PurePosixPath

from jinja2 import Environment, TemplateError, nodes

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.files import files_below
from portail.text.suggest import nearest

_SUFFIXES = (".html", ".txt", ".svg", ".css", ".xml", ".json")


def block_faults(
    environment: Environment, folders: Sequence[Path], provided: Path, root: Path
) -> Iterator[Diagnostic]:
    """Blocks that the templates of ``folders`` fill, and that nothing they extend has (A160).

    ``provided`` is the folder of the theme that they change: plain copies of its templates are
    skipped.
    """
    for folder in folders:
        for file in sorted(files_below(folder)):
            if file.suffix not in _SUFFIXES:
                continue
            with suppress(OSError, UnicodeDecodeError):  # a page that needs it says so
                text = file.read_text(encoding="utf-8")
                if text != _text_of(provided / file.relative_to(folder)):
                    yield from _faults(environment, file, text, root)


def _text_of(file: Path) -> str | None:
    with suppress(OSError, UnicodeDecodeError):
        return file.read_text(encoding="utf-8")
    return None


def _faults(environment: Environment, file: Path, text: str, root: Path) -> Iterator[Diagnostic]:
    try:
        tree = environment.parse(text)
    except TemplateError:
        return  # a page that needs it says so
    above = _extended(tree)
    blocks = _known(environment, above) if above else None
    if blocks is None:
        return
    rows = text.split("\n")
    for block in _outermost(tree):
        if block.name in blocks:
            continue
        near = nearest(block.name, sorted(blocks), limit=3)
        remedy = f"Le plus proche : {near[0]}." if near else f"Les siens : {', '.join(blocks)}."
        at = rows[block.lineno - 1].find(block.name, rows[block.lineno - 1].find("block") + 5)
        path = PurePosixPath(Path(relpath(file, root)).as_posix())
        place = Position(path, block.lineno, max(at, 0) + 1, len(block.name))
        yield diagnostic("A160", place, bloc=block.name, gabarit=above, remede=remedy)


def _outermost(tree: nodes.Node) -> Iterator[nodes.Block]:
    for child in tree.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outermost(child)


def _known(environment: Environment, name: str) -> list[str] | None:
    blocks: dict[str, None] = {}
    templates = set()
    while name and name not in templates:
        templates.add(name)
        tree = _tree(environment, name)
        if tree is None:
            return None
        blocks |= dict.fromkeys(block.name for block in tree.find_all(nodes.Block))
        name = _extended(tree)
    return [*blocks]


def _tree(environment: Environment, name: str) -> nodes.Template | None:
    with suppress(TemplateError):
        assert environment.loader is not None
        return environment.parse(environment.loader.get_source(environment, name)[0])
    return None


def _extended(tree: nodes.Template) -> str:
    for node in tree.find_all(nodes.Extends):
        value = node.template
        if isinstance(value, nodes.Const):
            return value.value
        return ""
    return ""
