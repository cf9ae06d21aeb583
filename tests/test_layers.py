"""The border of each package and the layers inside `portail` (``.importlinter``), one clock, and a
domain that is imported without its host."""

import ast
import subprocess
import sys
from functools import cache

from checkout import PACKAGES, ROOT

PLUGINS = ROOT / "plugins"
LINTER = "from importlinter.cli import lint_imports; exit(lint_imports(no_cache=True))"
BELOW = ("portail", "portail_publication")
"""Packages that know neither Pelican nor Jinja."""

CLOCK = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "time"}
CLOCK_READERS = (
    "portail.cli", "portail_pelican", "portail_envoi", "portail_liens",
    "portail_importer.porte",
    "portail_publication.store", "portail_publication.trees",
)  # fmt: skip
"""Who may ask what time it is; everyone else receives ``now``. The store and trees ask of files
alone whether they were written just before."""


def module_name(path):
    """Dotted name of the module at `path`."""
    parts = path.relative_to(PLUGINS).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules():
    """Every module of our packages, by dotted name."""
    files = (path for path in PLUGINS.glob("portail*/**/*.py") if "tests" not in path.parts[:-1])
    return {module_name(path): path for path in sorted(files, key=str)}


def test_imports_go_down():
    done = subprocess.run(
        [sys.executable, "-c", LINTER], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def clock_reads(source):
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


def is_command(name):
    """Whether a module is the command of a feature."""
    return name.startswith(("portail.features.", "portail_")) and name.endswith(".command")


def test_one_clock():
    reads = [
        f"{path.relative_to(PLUGINS.parent)}:{line}"
        for name, path in modules().items()
        if not name.startswith(CLOCK_READERS) and not is_command(name)
        for line in clock_reads(path.read_text(encoding="utf-8"))
    ]
    assert not reads, "\n" + "\n".join(reads)


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


def test_the_domain_is_imported_without_pelican_and_jinja():
    names = [name for name in modules() if name.split(".")[0] in BELOW]
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


APART = tuple(PACKAGES)
"""Packages that may be taken away: the core builds and passes its tests without them."""
THEIRS = {"bureaux.py", "fiches.py", "issues.py"}
"""Helpers that their tests alone import."""


def unguarded(source):
    """Imports of these packages at the top of a module, but after ``importorskip``."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Expr) and "importorskip" in ast.unparse(node):
            return
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(APART):
            yield node.module


def test_tests_of_the_core_stand_without_the_packages_that_may_go():
    mine = tuple(f"{ROOT}/tests/{name}/" for name in APART)
    found = {
        f"{path}: {name}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if not str(path).startswith(mine) and path.name not in THEIRS
        for name in unguarded(path.read_text(encoding="utf-8"))
    }
    assert not found
    assert [*unguarded("from portail_envoi.smtp import x")] == ["portail_envoi.smtp"]


def test_those_that_need_all_packages_are_there():
    for line in (ROOT / "tests/avec_tout.txt").read_text(encoding="utf-8").splitlines():
        file, _, name = line.partition("::")
        test, there = f"def {name.rpartition('::')[2]}", ROOT / file
        if line.startswith("#") or (file.startswith("plugins/") and not there.is_file()):
            continue
        assert test in there.read_text(encoding="utf-8"), line
