"""The border of each package and the layers inside `portail`, checked on every import."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PLUGINS = Path(__file__).resolve().parent.parent / "plugins"

LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"diagnostics", "codes", "text", "files", "forge", "history"})
    | {"resources", "colours", "machine", "qr"},
    frozenset({"model", "clock", "config", "settings", "identity", "day"}),
    frozenset({"source", "body", "schemas"}),
    frozenset({"agenda", "forms", "geo", "links", "search", "workbooks"}),
    frozenset({"site", "neighbours"}),
    frozenset({"facts", "imports"}),
    frozenset({"newsletter", "repair", "figures"}),
    frozenset({"outputs"}),
    frozenset({"pipeline", "greffons"}),
    frozenset({"cli", "__main__"}),
)
"""Modules and packages directly below `portail`, lowest layer first.

One imports only lower layers and its own package; the same layer, only as `BESIDE` says.
"""

BESIDE = {
    ("files", "diagnostics"),
    ("resources", "diagnostics"),
    ("codes", "diagnostics"),
    ("codes", "errors"),
    ("codes", "resources"),
    ("resources", "files"),
    ("text", "resources"),
    ("__main__", "cli"),
    ("config", "clock"),
    ("config", "settings"),
    ("config", "identity"),
    ("identity", "settings"),
    ("day", "clock"),
    ("site", "neighbours"),
    ("pipeline", "greffons"),
}
"""Imports allowed between two units of one layer (importer, imported)."""

PACKAGES = {
    "portail": {"portail"},
    "portail_publication": {"portail", "portail_publication"},
    "portail_pelican": {"portail", "portail_publication", "portail_pelican"},
    "portail_envoi": {"portail", "portail_envoi"},
    "portail_impression": {
        "portail",
        "portail_publication",
        "portail_pelican",
        "portail_impression",
    },
    "portail_liens": {"portail", "portail_liens"},
}
"""Which of our packages each of them may import."""

HOST = {"pelican", "jinja2"}
NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "imaplib", "poplib"}
NETWORK |= {"requests", "httpx", "urllib3", "aiohttp", "xmlrpc", "webbrowser"}
PRINTER = {"weasyprint", "pydyf"}
FORBIDDEN = {
    "portail": HOST | NETWORK | PRINTER,
    "portail_publication": HOST | NETWORK | PRINTER,
    "portail_pelican": PRINTER,
}
"""What a package must not import, whatever it is used for."""

CLOCK = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "time"}
CLOCK_READERS = (
    "portail.cli", "portail_pelican", "portail_envoi", "portail_liens", "portail_publication.store",
)  # fmt: skip
"""Who may ask what time it is; everyone else receives ``now``. The store asks of a file alone
whether it was written just before."""


@dataclass(frozen=True)
class Import:
    """One name imported by one line."""

    module: str
    target: str
    place: str


def module_name(path: Path) -> str:
    """Dotted name of the module at `path`."""
    parts = path.relative_to(PLUGINS).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    """Every module of our packages, by dotted name."""
    files = (path for name in PACKAGES for path in sorted((PLUGINS / name).rglob("*.py")))
    return {module_name(path): path for path in files}


def is_type_checking(node: ast.AST) -> bool:
    """Whether `node` is ``if TYPE_CHECKING:``, whose body never runs."""
    if not isinstance(node, ast.If):
        return False
    test = node.test
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def running_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Every statement that can run: all but the bodies of ``if TYPE_CHECKING:``."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.expr):
            continue  # no import is below
        if is_type_checking(child):
            assert isinstance(child, ast.If)
            for other in child.orelse:
                yield other
                yield from running_nodes(other)
        else:
            yield child
            yield from running_nodes(child)


def absolute(node: ast.ImportFrom, module: str, path: Path) -> str:
    """The module that ``from … import`` names, dots resolved."""
    if not node.level:
        return node.module or ""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for _ in range(node.level - 1):
        package = package.rpartition(".")[0]
    return f"{package}.{node.module}" if node.module else package


def imports_of(source: str, module: str, path: Path) -> list[Import]:
    """Every import of a module that can run; ``from a import b`` names a.b when that is one."""
    found: list[Import] = []
    lines = source.splitlines()
    for node in running_nodes(ast.parse(source)):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, module, path)
            targets = [
                f"{base}.{alias.name}" if is_module(f"{base}.{alias.name}") else base
                for alias in node.names
            ]
        else:
            continue
        line = lines[node.lineno - 1].strip()
        place = f"{path.relative_to(PLUGINS.parent)}:{node.lineno}: {line}"
        found += [Import(module, target, place) for target in targets]
    return found


def is_module(name: str) -> bool:
    """Whether `name` is a module: ours, or one of those that are forbidden."""
    return name in modules() or any(name in names for names in FORBIDDEN.values())


@cache
def all_imports() -> tuple[Import, ...]:
    """Every import of our packages."""
    return tuple(
        item
        for name, path in modules().items()
        for item in imports_of(path.read_text(encoding="utf-8"), name, path)
    )


def unit(module: str) -> str:
    """The part of a `portail` module's name that has a layer; "" for the package itself."""
    return [*module.split("."), ""][1]


def layer(name: str) -> int | None:
    """Number of the layer of a unit; None when `LAYERS` does not know it."""
    return next((i for i, names in enumerate(LAYERS) if name in names), None)


def fault(item: Import) -> str | None:
    """What is wrong with one import, or None."""
    home, away = item.module.split(".")[0], item.target.split(".")[0]
    banned = FORBIDDEN.get(home, set())
    parts = item.target.split(".")
    if any(".".join(parts[:count]) in banned for count in range(1, len(parts) + 1)):
        return f"{home} must not import {item.target}"
    if away.startswith("portail") and away not in PACKAGES[home]:
        return f"{home} must not import {away}"
    if home != "portail" or away != "portail":
        return None
    mine, theirs = unit(item.module), unit(item.target)
    if mine == theirs or not theirs:
        return None
    if not mine:
        return "portail/__init__.py imports nothing of the project: it is read by every layer"
    here, there = layer(mine), layer(theirs)
    if here is None or there is None:
        return f"portail.{mine if here is None else theirs} has no layer in tests/test_layers.py"
    if there > here:
        return f"layer {here} ({mine}) imports layer {there} ({theirs})"
    if there == here and (mine, theirs) not in BESIDE:
        return f"{mine} imports {theirs}, of the same layer {here}"
    return None


def test_imports_go_down() -> None:
    faults = [f"{item.place}  ← {text}" for item in all_imports() if (text := fault(item))]
    assert not faults, "\n" + "\n".join(faults)


def test_every_unit_of_the_domain_has_a_layer() -> None:
    units = {unit(name) for name in modules() if name.startswith("portail.")}
    assert not {name for name in units if layer(name) is None}


def test_no_import_cycle() -> None:
    graph: dict[str, set[str]] = {name: set() for name in modules()}
    for item in all_imports():
        if item.target in graph and item.target != item.module:
            graph[item.module].add(item.target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(reversed(error.args[1])))


def clock_reads(source: str) -> list[int]:
    """Lines that call `datetime.now()`, `date.today()`, `time.time()` and their like."""
    if not any(f".{word}(" in source for word in CLOCK):
        return []
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        node.lineno
        for node in calls
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK
        and ast.unparse(node.func.value).rpartition(".")[2] in CLOCK_OWNERS
    ]


def test_one_clock() -> None:
    reads = [
        f"{path.relative_to(PLUGINS.parent)}:{line}"
        for name, path in modules().items()
        if not name.startswith(CLOCK_READERS)
        for line in clock_reads(path.read_text(encoding="utf-8"))
    ]
    assert not reads, "\n" + "\n".join(reads)


def test_the_clock_rule_itself() -> None:
    assert clock_reads("datetime.datetime.now()\ndate.today()\ntime.time()") == [1, 2, 3]
    assert clock_reads("site.now.date()\ntime.monotonic()\nmoment.time()") == []


@pytest.mark.parametrize(
    ("module", "line", "expected"),
    [
        (
            "portail.text.normalise",
            "from portail.site import site",
            "layer 0 (text) imports layer 4",
        ),
        ("portail.geo.coordinates", "import portail.agenda.weeks", "of the same layer 3"),
        ("portail.site.urls", "from ..pipeline import load", "layer 4 (site) imports layer 8"),
        ("portail.body.markdown", "import jinja2.sandbox", "must not import jinja2.sandbox"),
        ("portail.geo.drawing", "from urllib import request", "must not import urllib.request"),
        ("portail.links", "def f():\n    import pelican", "must not import pelican"),
        ("portail_publication.publish", "import portail_pelican", "must not import portail_pel"),
        ("portail.nouveau", "from portail import diagnostics", "portail.nouveau has no layer"),
        ("portail.site.urls", "from portail.model.kinds import Kind", None),
        ("portail.codes", "from portail.diagnostics import Position", None),
        ("portail.geo.drawing", "from urllib.parse import quote", None),
        ("portail.site.urls", "if TYPE_CHECKING:\n    from portail.outputs import base", None),
        ("portail_pelican.generator", "import pelican, portail.pipeline", None),
    ],
)
def test_the_rules_themselves(module: str, line: str, expected: str | None) -> None:
    path = PLUGINS / Path(*module.split(".")).with_suffix(".py")
    faults = [text for item in imports_of(line, module, path) if (text := fault(item))]
    if expected is None:
        assert faults == []
    else:
        assert len(faults) == 1
        assert expected in faults[0]


PROBE = """
import importlib, importlib.abc, socket, sys

BLOCKED = {"pelican", "jinja2", "requests"}

class Block(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ImportError(f"{name} is blocked in this test")

def refuse(*args, **kwargs):
    raise OSError("no connection is opened while importing")

sys.meta_path.insert(0, Block())
socket.socket.connect = socket.create_connection = refuse
failures = []
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except Exception as error:
        failures.append(f"{name}: {type(error).__name__}: {error}")
assert not BLOCKED & set(sys.modules)
print("\\n".join(failures))
"""


def test_the_domain_is_imported_without_pelican_and_jinja() -> None:
    names = [name for name in modules() if FORBIDDEN.get(name.split(".")[0], set()) >= HOST]
    names = [name for name in names if not name.endswith("__main__")]
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *names],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(PLUGINS), "PATH": ""},
    )
    assert done.returncode == 0, done.stderr
    assert not done.stdout.strip(), "\n" + done.stdout
