"""Measures of the code of `plugins/`: how large it is, how it is cut, what it says twice; and the
lines of our scripts.

``python outils/structure.py`` prints each beside what it must come to. ``tests/outils/
test_structure.py`` holds that no measure gets worse. Only the syntax is read. What each unit
weighs is said by ``ceilings.py --units``.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from itertools import chain
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
RUN = 6
"""Lines in a row that make a duplicate when they are found twice."""
FRENCH = re.compile(r"[a-zà-ÿ]{2,} [a-zà-ÿ]{2,}.*[à-ÿ’«]|[à-ÿ’«].*[a-zà-ÿ]{2,} [a-zà-ÿ]{2,}")
"""What a sentence of the site has and a line of code has not: words in a row and a French sign."""


class Measure(NamedTuple):
    """One figure of the code."""

    name: str
    found: float
    must: float
    """What it must not pass."""


class Module:
    """One file of Python."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        self.source = path.read_text(encoding="utf-8")
        # Trees are not kept: to the collector of Python, hundreds of them cost more than all else.
        nodes = [*ast.walk(ast.parse(self.source))]
        self.imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
        """Every import, those of functions and of type checkers included."""
        self.texts = [node for node in nodes if isinstance(node, ast.Constant | ast.JoinedStr)]
        """Constants, and texts with values in them."""
        alone = [node.value for node in nodes if isinstance(node, ast.Expr)]
        self.docstrings = {
            line for node in alone if _text(node) is not None for line in _span(node)
        }
        """Lines of strings that stand alone: documentation."""

    @cached_property
    def code(self) -> set[int]:
        """Lines of code: neither blank, comment, documentation nor import."""
        rows = self.source.split("\n")
        lines_of_code = {
            line for line, row in enumerate(rows, 1) if row.strip() and row.strip()[0] != "#"
        }
        for node in self.texts:  # whose blank lines and signs of a comment are code
            if _LONG_TEXT.match(rows[node.lineno - 1].encode()[node.col_offset :].decode()):
                lines_of_code |= {*_span(node)}
        return (
            lines_of_code
            - self.docstrings
            - {line for node in self.imports for line in _span(node)}
        )

    def targets(self, every: dict[str, Module]) -> set[str]:
        """Modules of ours that it imports."""
        names = set()
        for node in self.imports:
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
                continue
            package = resolve_name("." * node.level + (node.module or ""), self.package)
            for alias in node.names:
                whole = f"{package}.{alias.name}"
                names.add(whole if whole in every else package)
        return (names & set(every)) - {self.name}

    def named(self, every: dict[str, Module]) -> set[str]:
        """Modules of ours that a text of it names, whole (« portail.site.urls »), but its package,
        which names its tables."""
        texts = {_text(node) for node in self.texts}
        return {text for text in texts if text in every and "." in text} - {self.name, self.package}


_LONG_TEXT = re.compile(r"[a-zA-Z]*(\"{3}|'{3})")


def _text(node: ast.expr) -> str | None:
    """The text of a constant, if it is one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _span(node: ast.stmt | ast.expr) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def modules(root: Path = ROOT) -> dict[str, Module]:
    """Modules of ``plugins/`` by dotted name; empty files of packages are none."""
    by_name = {}
    for path in sorted((root / "plugins").rglob("*.py")):
        parts = path.relative_to(root / "plugins").with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if path.stat().st_size and "tests" not in parts[:-1]:
            by_name[name] = Module(name, path)
    return by_name


def circles(every: dict[str, Module]) -> int:
    """1 when modules import each other in a circle, for types alone or by a text too, else 0."""
    graph = {name: module.targets(every) | module.named(every) for name, module in every.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return 1
    return 0


def duplicates(every: dict[str, Module]) -> int:
    """Pairs of places where ``RUN`` lines of code or more are the same to the letter."""
    places: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for module in every.values():
        text = module.source.splitlines()
        rows = [text[line - 1].strip() for line in sorted(module.code)]
        rows = [line for line in rows if len(line) > 2]  # brackets alone
        for start in range(len(rows) - RUN + 1):
            places[tuple(rows[start : start + RUN])].append((module.name, start))
    twice = {(where[0], where[1]) for where in places.values() if len(where) > 1}
    return sum(1 for (a, i), (b, j) in twice if ((a, i - 1), (b, j - 1)) not in twice)


def wordings(module: Module) -> Iterator[str]:
    """French texts of a module, but its documentation."""
    for node in module.texts:
        text = _text(node)
        if text and node.lineno not in module.docstrings and FRENCH.search(text):
            yield text


_SILENT = frozenset(
    getattr(tokenize, name)
    for name in ("COMMENT", "NL", "NEWLINE", "INDENT", "DEDENT", "ENDMARKER")
)


def tokens(module: Module) -> int:
    """Words and signs of the code of a module, but commas and parentheses."""
    return sum(
        token.type not in _SILENT
        and token.string not in {",", "(", ")"}
        and not (token.type == tokenize.STRING and token.start[0] in module.docstrings)
        for token in tokenize.generate_tokens(io.StringIO(module.source).readline)
    )


def script_lines(root: Path = ROOT) -> list[str]:
    """Lines of our own scripts; libraries of others stand in ``tiers/``."""
    themes = (root / "theme", *(root / "plugins").glob("*/theme"))
    scripts = chain.from_iterable((theme / "static/js").glob("*.js") for theme in themes)
    return [line for path in scripts for line in path.read_text(encoding="utf-8").splitlines()]


def measures(every: dict[str, Module]) -> list[Measure]:
    """Every figure, with what it must come to."""
    worded = [x for x in every.values() if _draws(x, every)]
    return [
        Measure("circles of imports", circles(every), 0),
        Measure("duplicates of six lines", duplicates(every), 0),
        Measure("`# fmt: skip`", sum(x.source.count("# fmt: skip") for x in every.values()), 20),
        Measure(
            "lines of scripts over 120 signs", sum(len(line) > 120 for line in script_lines()), 0
        ),
        Measure("French texts in outputs", sum(len([*wordings(x)]) for x in worded), 0),
    ]


def _draws(module: Module, every: dict[str, Module]) -> bool:
    """Whether a module makes pages or files of the site."""
    if module.name.startswith("portail.outputs."):
        return True
    features = (name for name, one in every.items() if "\nfeature = Feature(" in one.source)
    of_feature = any(module.name.startswith(f"{name}.") for name in features)
    is_command = module.name.endswith(".command")
    return of_feature and not is_command and "portail.outputs.base" in module.targets(every)


def main() -> int:
    """Print every measure; 1 when one is over its limit."""
    rows = measures(modules())
    for row in rows:
        print(f"{row.name:32} {row.found:>10,} {row.must:>10,}")
    return int(any(row.found > row.must for row in rows))


if __name__ == "__main__":
    sys.exit(main())
