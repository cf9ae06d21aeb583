"""Readability rules that a linter does not hold: docstrings, length of files and functions."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for name in ("plugins", "outils")
    for path in sorted((ROOT / name).rglob("*.py"))
}
"""Texts by path, as a failure writes it."""
FILE_LINES = 800
FUNCTION_LINES = 45

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree):
    """Every function and method, nested ones included: a statement, never in an expression."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function):
            yield node
        if isinstance(node, ast.stmt | ast.excepthandler | ast.match_case):
            yield from functions(node)


def undocumented(tree):
    """Whether a module says nothing of what it is for; an empty file has nothing to say."""
    return bool(tree.body) and not ast.get_docstring(tree)


def code_lines(node, rows):
    """Lines of a function from its ``def``, docstring and comments left out: explaining is never
    too long."""
    body = rows[node.lineno - 1 : node.end_lineno]
    length = len(body) - sum(row.lstrip().startswith("#") for row in body)
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is not None and first.end_lineno is not None:
        length -= first.end_lineno - first.lineno + 1
    return length


@cache
def faults():
    """Modules without a docstring, long functions. No tree is kept: to the collector of Python,
    hundreds of them cost more than to read them."""
    missing, long = list[str](), list[str]()
    for path, text in FILES.items():
        tree = ast.parse(text)
        missing += [path] * undocumented(tree)
        rows = text.splitlines()
        counts = ((node, code_lines(node, rows)) for node in functions(tree))
        told = ((node, count) for node, count in counts if count > FUNCTION_LINES)
        long += [f"{path}:{node.lineno}: {node.name}: {count} lines" for node, count in told]
    return missing, long


def test_every_module_says_what_it_is_for():
    assert not faults()[0], "\n" + "\n".join(faults()[0])


def test_files_are_short():
    lengths = {path: len(text.splitlines()) for path, text in FILES.items()}
    long = [f"{name}: {count} lines" for name, count in lengths.items() if count > FILE_LINES]
    assert not long, "\n" + "\n".join(long)


def test_functions_are_short():
    assert not faults()[1], "\n" + "\n".join(faults()[1])
