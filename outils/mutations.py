"""What ``outils/mutants.py`` changes in a module: one place of its syntax at a time.

A mutant is named by what it does and where, not by a line, so that its name outlives the edits of
the rest of the file: ``OutputPolicy.owns: '..' in address or … → '..' in address``.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

_OPPOSITE: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.And: ast.Or, ast.Or: ast.And,
    ast.Break: ast.Continue, ast.Continue: ast.Break,
}  # fmt: skip
_BARE = {"lower", "casefold", "strip", "lstrip", "rstrip", "resolve", "absolute"}
"""Methods that make a value tame: a mutant leaves them out."""
_PIECE = re.compile(r"(?<!\\)[*+?](?![?+*])(?<!\(\?)|\(\?<?[!=]|\\[bBdDsSwW]|\{\d+")
"""What is changed in a regular expression: quantifiers, what looks around, classes."""
_SET = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_WIDTH = 70


class Mutant(NamedTuple):
    """A module with one change."""

    name: str
    """Where, and what becomes what."""
    build: Callable[[], ast.Module]
    """Makes the whole module, changed; its lines are those of the original."""
    first: int
    last: int
    """Lines that the change is on."""
    in_function: bool
    """Whether a test that never goes through its lines cannot see it."""


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str) and value:
        yield ast.Constant(value + "X")
    elif isinstance(value, bytes) and value:
        yield ast.Constant(value + b"X")


def _pattern(node: ast.Constant) -> Iterator[ast.AST]:
    """The same of a regular expression."""
    raw = node.value if isinstance(node.value, str) else node.value.decode("latin-1")  # type: ignore
    sets = [span.span() for span in _SET.finditer(raw)]
    for found in _PIECE.finditer(raw):
        piece = found[0]
        if piece[0] in "*+?" and any(low < found.start() < high for low, high in sets):
            continue
        if piece[0] == "{":
            new = f"{{{int(piece[1:]) + 1}"
        elif piece[0] == "(":
            new = piece[:-1] + ("=" if piece[-1] == "!" else "!")
        elif piece[0] == "\\":
            new = piece.swapcase()
        else:
            new = {"*": "+", "+": "*", "?": ""}[piece]
        text = raw[: found.start()] + new + raw[found.end() :]
        yield ast.Constant(text if isinstance(node.value, str) else text.encode("latin-1"))


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of ``node``."""
    if isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        op = _OPPOSITE[type(node.ops[0])]()
        yield ast.Compare(node.left, [op], node.comparators)  # type: ignore[list-item]
    elif isinstance(node, ast.BoolOp):
        for index in range(len(node.values)):
            values = node.values[:index] + node.values[index + 1 :]
            yield values[0] if len(values) == 1 else ast.BoolOp(node.op, values)
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPPOSITE:
        yield ast.BinOp(node.left, _OPPOSITE[type(node.op)](), node.right)  # type: ignore[arg-type]
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Set | ast.Tuple | ast.List) and len(node.elts) > 1:
        if isinstance(node.ctx if not isinstance(node, ast.Set) else ast.Load(), ast.Load):
            for index in range(len(node.elts)):
                left = [element for i, element in enumerate(node.elts) if i != index]
                yield ast.Set(left) if isinstance(node, ast.Set) else type(node)(left, ast.Load())
    elif isinstance(node, ast.Dict) and len(node.keys) > 1:
        for index in range(len(node.keys)):
            yield ast.Dict(
                [key for i, key in enumerate(node.keys) if i != index],
                [value for i, value in enumerate(node.values) if i != index],
            )
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in _BARE and not node.keywords:
            yield node.func.value
    else:
        yield from _statement(node)


def _statement(node: ast.AST) -> Iterator[ast.AST]:
    """The same of a statement: a condition that always holds or never, nothing at all."""
    if isinstance(node, ast.If | ast.IfExp):
        for value in (True, False):
            new = copy.copy(node)
            new.test = ast.Constant(value)
            yield new
    elif isinstance(node, ast.comprehension):
        for index in range(len(node.ifs)):
            ifs = node.ifs[:index] + node.ifs[index + 1 :]
            yield ast.comprehension(node.target, node.iter, ifs, node.is_async)
    elif isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Raise | ast.AugAssign):
        yield ast.Pass()
    elif isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
        yield ast.Expr(ast.Constant(None))
    elif isinstance(node, ast.Break | ast.Continue):
        yield _OPPOSITE[type(node)]()


class _Swap(ast.NodeTransformer):
    """Puts ``new`` in the place of ``old``."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """The node, or what stands in its place."""
        return self.new if node is self.old else super().visit(node)


def _skipped(node: ast.AST) -> bool:
    """What a mutant is not made of: words for readers of the code, types, imports, tests of
    types alone."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Global | ast.Assert):
        return True
    if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
        return True
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _children(node: ast.AST) -> Iterator[ast.AST]:
    # A string of a set is one of its parts already; a key of a table too.
    listed = isinstance(node, ast.Set | ast.Tuple | ast.List) and len(node.elts) > 1
    # What is stripped is a set of signs: one more changes nothing.
    listed |= isinstance(node, ast.Call) and getattr(node.func, "attr", "").endswith("strip")
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_comment"):
            continue
        for part in value if isinstance(value, list) else [value]:
            if not isinstance(part, ast.AST) or (listed and isinstance(part, ast.Constant)):
                continue
            if not (name == "keys" and isinstance(part, ast.Constant)):
                yield part


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 20]}…{text[-19:]}"


def _places(
    node: ast.AST, names: tuple[str, ...], in_function: bool = False
) -> Iterator[tuple[ast.AST, ast.AST, str, bool]]:
    """Every change below ``node``: the node, what replaces it, the dotted name of where, whether it
    is in a function."""
    if _skipped(node):
        return
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        decorators = (
            decorator
            for decorator in node.decorator_list
            if "dataclass" not in ast.unparse(decorator)
        )
        for decorator in decorators:
            yield from _places(decorator, names)
        names = (*names, node.name)
        if not isinstance(node, ast.ClassDef):
            yield from _places(node.args, names, in_function)
        inside = in_function or not isinstance(node, ast.ClassDef)
        for statement in node.body:
            yield from _places(statement, names, inside)
        return
    if isinstance(node, ast.Lambda):
        yield from _places(node.body, names, in_function)
        return
    pattern = _pattern_of(node)
    if pattern is not None:
        for new in _pattern(pattern):
            yield pattern, new, ".".join(names), in_function
    for new in _changes(node):
        yield node, new, ".".join(names), in_function
    for child in _children(node):
        if child is not pattern:
            yield from _places(child, names, in_function)


def _pattern_of(node: ast.AST) -> ast.Constant | None:
    """The regular expression that a call of ``re`` is given."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return None
    module, first = node.func.value, node.args[0]
    if isinstance(module, ast.Name) and module.id == "re" and isinstance(first, ast.Constant):
        return first if isinstance(first.value, str | bytes) else None
    return None


def _words(old: ast.AST, new: ast.AST) -> str:
    if isinstance(old, ast.If | ast.IfExp) and isinstance(new, ast.If | ast.IfExp):
        return f"if {_short(ast.unparse(old.test))} → {ast.unparse(new.test)}"
    if isinstance(old, ast.comprehension) and isinstance(new, ast.comprehension):
        conditions = " if ".join(map(ast.unparse, new.ifs))
        return f"for … if {_short(' if '.join(map(ast.unparse, old.ifs)))} → {conditions or 'all'}"
    if isinstance(old, ast.Dict | ast.Set | ast.Tuple | ast.List) and type(old) is type(new):
        gone = {ast.unparse(part) for part in _parts(old)} - {
            ast.unparse(part) for part in _parts(new)
        }
        return f"without {_short(', '.join(sorted(gone)))}"
    if isinstance(new, ast.Pass) or (isinstance(old, ast.Expr) and isinstance(new, ast.Expr)):
        return f"no {_short(ast.unparse(old))}"
    return f"{_short(ast.unparse(old))} → {_short(ast.unparse(new))}"


def _parts(node: ast.Dict | ast.Set | ast.Tuple | ast.List) -> list[ast.expr]:
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key is not None]
    return node.elts


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of the module that ``source`` is, in the order of its lines."""
    tree = ast.parse(source)
    counts: dict[str, int] = {}
    for index, statement in enumerate(tree.body):
        for old, new, where, in_function in _places(statement, ()):
            near: Any = old if hasattr(old, "lineno") else getattr(old, "iter", statement)
            name = f"{where}: {_words(old, new)}" if where else _words(old, new)
            if not where and isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
                targets = getattr(statement, "targets", None) or [statement.target]  # type: ignore[union-attr]
                name = f"{ast.unparse(targets[0])}: {name}"
            counts[name] = counts.get(name, 0) + 1
            if counts[name] > 1:
                name += f" ({counts[name]})"
            first, last = near.lineno, near.end_lineno or near.lineno
            if isinstance(old, ast.If):
                last = old.test.end_lineno or first
            placed = ast.copy_location(new, near)
            yield Mutant(name, partial(_built, tree, index, old, placed), first, last, in_function)


def _built(tree: ast.Module, index: int, old: ast.AST, new: ast.AST) -> ast.Module:
    """``tree`` with ``new`` for ``old``, which its statement ``index`` holds; itself left whole."""
    statement = tree.body[index]
    memo: dict[int, object] = {id(old): old}
    changed = new if statement is old else _Swap(old, new).visit(copy.deepcopy(statement, memo))
    body = [changed if i == index else statement for i, statement in enumerate(tree.body)]
    return ast.fix_missing_locations(ast.Module(body, []))  # type: ignore[arg-type]
