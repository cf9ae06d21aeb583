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
Definition = Function | ast.ClassDef


def functions(tree):
    """Every function and method, nested ones included: a statement, never in an expression."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function):
            yield node
        if isinstance(node, ast.stmt | ast.excepthandler | ast.match_case):
            yield from functions(node)


def public(body, prefix=""):
    """Public classes, functions and methods (dotted name, node), conditional ones included."""
    for node in body:
        if isinstance(node, ast.If | ast.Try):
            branches = [*node.body, *node.orelse]
            yield from public(branches, prefix)
        if not isinstance(node, Definition) or node.name.startswith("_"):
            continue
        if isinstance(node, Function) and is_told_elsewhere(node):
            continue
        yield f"{prefix}{node.name}", node
        if isinstance(node, ast.ClassDef):
            yield from public(node.body, f"{prefix}{node.name}.")


def is_told_elsewhere(node):
    """An overload is told by its implementation, a setter by its property, an override by what
    it overrides."""
    names = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
    return bool(names & {"overload", "override", "setter", "deleter"})


def undocumented(tree):
    """Public names without a docstring; an empty file has nothing to say."""
    if not tree.body:
        return []
    missing = [] if ast.get_docstring(tree) else ["(module)"]
    return missing + [name for name, node in public(tree.body) if not ast.get_docstring(node)]


def code_lines(node):
    """Lines of a function from its ``def``, docstring left out: explaining is never too long."""
    length = node.end_lineno - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is not None and first.end_lineno is not None:
        length -= first.end_lineno - first.lineno + 1
    return length


@cache
def faults():
    """Names without a docstring, long functions. No tree is kept: to the collector of Python,
    hundreds of them cost more than to read them."""
    missing, long = list[str](), list[str]()
    for path, text in FILES.items():
        tree = ast.parse(text)
        missing += [f"{path}: {name}" for name in undocumented(tree)]
        counts = ((node, code_lines(node)) for node in functions(tree))
        told = ((node, count) for node, count in counts if count > FUNCTION_LINES)
        long += [f"{path}:{node.lineno}: {node.name}: {count} lines" for node, count in told]
    return missing, long


def test_every_public_name_has_a_docstring():
    assert not faults()[0], "\n" + "\n".join(faults()[0])


def test_files_are_short():
    lengths = {path: len(text.splitlines()) for path, text in FILES.items()}
    long = [f"{name}: {count} lines" for name, count in lengths.items() if count > FILE_LINES]
    assert not long, "\n" + "\n".join(long)


def test_functions_are_short():
    assert not faults()[1], "\n" + "\n".join(faults()[1])
