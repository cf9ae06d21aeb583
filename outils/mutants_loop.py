"""The process that tries the mutants of a few modules: see ``mutants.py``, which starts it.

It is pytest, told to collect tests and then, instead of running them, to fork for each mutant.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, NoReturn

import pytest

from mutants import ROOT, Outcome, Target, by_line, drawn
from mutations import Mutant

KILLED, SURVIVED, ANEW = 1, 0, 3
"""Exit codes of a fork; the last: this mutant must start anew."""
_MEMORY = 8 << 30
_OPTIONS = ["-qq", "-p", "no:cacheprovider", "-p", "no:xdist"]
_FAST = ["-m", "not site and not chromium and not firefox"]


class Loop:
    """A plugin of pytest: what is done instead of running the tests."""

    def __init__(self, targets: list[Target], processes: int, result: Path) -> None:
        self.targets, self.processes, self.result = targets, processes, result
        self.outcomes: list[Outcome] = []
        self.seen: list[tuple[float, dict[str, set[int]]]] = []
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One failure is enough: the process that runs the tests ends."""
        if report.failed and self.seen:
            os._exit(KILLED)
        elif report.failed:
            self.failed.add(report.nodeid)
            print(f"left out, as it fails without a mutant: {report.nodeid}", flush=True)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests once to see where they go, then for each mutant."""
        session.config.pluginmanager.unregister(name="terminalreporter")
        modules = {target.path: importlib.import_module(target.module) for target in self.targets}
        files = {str(module.__file__): path for path, module in modules.items()}
        self.seen = self._lines(session, files)
        live: dict[str, list[FunctionType]] = {file: [] for file in files}
        for function in gc.get_objects():
            if isinstance(function, FunctionType) and function.__code__.co_filename in live:
                live[function.__code__.co_filename].append(function)
        gc.freeze()
        for target in self.targets:
            module = modules[target.path]
            functions = live[str(module.__file__)]
            self._try(session, target, module, functions)
        return True

    def _lines(
        self, session: pytest.Session, files: dict[str, str]
    ) -> list[tuple[float, dict[str, set[int]]]]:
        """Seconds of each test, and the lines of each file that it goes through."""

        def sound(item: pytest.Item) -> bool:
            return item.nodeid not in self.failed

        with tempfile.NamedTemporaryFile() as out:
            child = os.fork()
            if not child:
                selected = [
                    (cost, {path: sorted(lines) for path, lines in lines.items() if sound(item)})
                    for item, cost, lines in [*_followed(session, files)]
                ]
                Path(out.name).write_text(json.dumps([selected, [*sys.modules]]), encoding="utf-8")
                os._exit(0)
            if os.waitpid(child, 0)[1]:
                raise SystemExit(2)
            read, used = json.loads(Path(out.name).read_text(encoding="utf-8"))
        for name in used:  # imported here, once, rather than in each fork
            if name.partition(".")[0].startswith("portail"):
                importlib.import_module(name)
        return [(cost, {path: set(n) for path, n in lines.items()}) for cost, lines in read]

    def _try(
        self,
        session: pytest.Session,
        target: Target,
        module: ModuleType,
        functions: list[FunctionType],
    ) -> None:
        """Every mutant of one module, some at once."""
        waiting = [*reversed(target.tried)]
        running: dict[int, tuple[Mutant, str, float]] = {}
        rows = [(cost, lines.get(target.path, set())) for cost, lines in self.seen]
        while waiting or running:
            while waiting and len(running) < self.processes:
                mutant = waiting.pop()
                chosen = by_line(rows, mutant)
                if not chosen:  # no test goes there
                    self._keep(target, mutant, SURVIVED)
                    continue
                seconds = 5 + 4 * sum(rows[index][0] for index in chosen)
                folder = tempfile.mkdtemp(prefix="mutant-")
                child = os.fork()
                if not child:
                    try:
                        _be(session, chosen, folder, seconds, (target, mutant, module, functions))
                    finally:  # whatever happens, this process is not the one that goes on
                        os._exit(KILLED)
                running[child] = mutant, folder, time.monotonic() + 60 + 10 * seconds
            if not running:
                break
            child, code = _ended(running)
            mutant, folder, _ = running.pop(child)
            shutil.rmtree(folder, ignore_errors=True)
            self._keep(target, mutant, code)

    def _keep(self, target: Target, mutant: Mutant, code: int) -> None:
        self.outcomes.append(Outcome(target.path, mutant.first, mutant.name, code != SURVIVED))
        self.result.write_text(json.dumps(self.outcomes), encoding="utf-8")


def _ended(running: dict[int, tuple[Mutant, str, float]]) -> tuple[int, int]:
    """The first fork that ends, or is ended as it takes too long; its code."""
    while True:
        child, status = os.waitpid(-1, os.WNOHANG)
        if child:
            _kill_group(child)
            return child, os.waitstatus_to_exitcode(status)
        for late, (_, _, limit) in running.items():
            if time.monotonic() > limit:
                _kill_group(late)
                os.waitpid(late, 0)
                return late, KILLED
        time.sleep(0.005)


def _kill_group(child: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


def _followed(
    session: pytest.Session, files: dict[str, str]
) -> Iterator[tuple[pytest.Item, float, dict[str, set[int]]]]:
    for index, item in enumerate(session.items):
        lines: dict[str, set[int]] = {}
        sys.settrace(_tracer(files, lines))
        before = time.process_time()
        following = session.items[index + 1] if index + 1 < len(session.items) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        sys.settrace(None)
        yield item, time.process_time() - before, lines


def _tracer(files: dict[str, str], seen: dict[str, set[int]]) -> Callable[..., Any]:
    def called(frame: FrameType, event: str, arg: object) -> Callable[..., Any] | None:
        path = files.get(frame.f_code.co_filename)
        if path is None:
            return None
        lines = seen.setdefault(path, set())
        lines.add(frame.f_lineno)

        def line(frame: FrameType, event: str, arg: object) -> Callable[..., Any]:
            lines.add(frame.f_lineno)
            return line

        return line

    return called


def _be(
    session: pytest.Session,
    chosen: list[int],
    folder: str,
    seconds: float,
    trial: tuple[Target, Mutant, ModuleType, list[FunctionType]],
) -> NoReturn:
    """Be a mutant: run the tests that were chosen, and end."""
    target, mutant, module, functions = trial
    os.setpgid(0, 0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (1, 2):
        os.dup2(nothing, number)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    session.config._tmp_path_factory._basetemp = Path(folder)  # type: ignore[attr-defined]
    items = [session.items[index] for index in chosen]
    try:
        reached = mutant.scope != "class" and _put(mutant, module, functions)
    except Exception:  # what a table is made of no longer is: any test would say so
        os._exit(KILLED)
    if reached:
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if mutant.scope == "code":
            os._exit(SURVIVED)
    tests = [item.nodeid for item in items]
    os.environ["MUTANT"] = json.dumps([target.path, mutant.name])
    os.execv(sys.executable, [sys.executable, __file__, "--anew", *tests])  # noqa: S606


def _put(mutant: Mutant, module: ModuleType, functions: list[FunctionType]) -> bool:
    """Change the module that this process has; whether that is all that there is to do."""
    path = str(module.__file__)
    if mutant.scope == "table":
        _put_table(mutant, module)
        return True
    source = Path(path).read_text(encoding="utf-8")
    old = [*_codes(compile(source, path, "exec", dont_inherit=True))]
    new = [*_codes(compile(mutant.build(), path, "exec", dont_inherit=True))]
    changed = False
    for function in functions:
        key = _key(function.__code__)
        mine = [code for code in old if _key(code) == key]
        theirs = [code for code in new if _key(code) == key]
        if len(mine) != len(theirs):
            return False
        for before, after in zip(mine, theirs, strict=True):
            if before == function.__code__ and before != after:
                if len(before.co_freevars) != len(after.co_freevars):
                    return False
                function.__code__ = after
                changed = True
                break
    return changed


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _key(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _put_table(mutant: Mutant, module: ModuleType) -> None:
    """Run again the statement that changed and those that its names go into; what other modules
    have taken of them by name is replaced there too."""
    tree, space = mutant.build(), vars(module)
    plain = ast.Assign | ast.AnnAssign | ast.AugAssign
    names = _names(tree.body[mutant.statement], ast.Store)
    again: list[ast.stmt] = []
    for statement in tree.body:
        if isinstance(statement, plain):
            stored, read = _names(statement, ast.Store), _names(statement, ast.Load)
            if stored & names or read & names:
                names |= stored
                again.append(statement)
    before = {name: space.get(name) for name in names}
    exec(compile(ast.Module(again, []), str(module.__file__), "exec"), space)  # noqa: S102
    for name, value in before.items():
        # Small values are shared by everything: they go by their name.
        small = value is None or isinstance(value, bool | int | str)
        for other in [*sys.modules.values()]:
            shared = getattr(other, "__dict__", {})
            for key in [key for key, shared_value in [*shared.items()] if shared_value is value]:
                if key == name or not small:
                    shared[key] = space[name]


def _names(node: ast.AST, kind: type[ast.expr_context]) -> set[str]:
    names = (child for child in ast.walk(node) if isinstance(child, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, kind)}


class _Finder(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):  # type: ignore[misc]
    """Imports one module as its mutant."""

    def __init__(self, target: Target, mutant: Mutant) -> None:
        super().__init__(target.module, str(ROOT / target.path))
        self.mutant = mutant

    def find_spec(self, name: str, path: object, target: object = None) -> Any:
        """The place of the module, read by this loader; nothing for others."""
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def get_code(self, fullname: str) -> CodeType:
        """The mutant, compiled."""
        return compile(self.mutant.build(), self.path, "exec", dont_inherit=True)


def anew(tests: list[str]) -> int:
    """Run ``tests`` in this process, where the module is the mutant that ``MUTANT`` names."""
    path, name = json.loads(os.environ.pop("MUTANT"))
    target = drawn(path, 0)
    (mutant,) = (candidate for candidate in target.tried if candidate.name == name)
    sys.meta_path.insert(0, _Finder(target, mutant))
    return SURVIVED if pytest.main([*_OPTIONS, "-x", *tests]) == 0 else KILLED


def main() -> int:
    """Try the mutants that the command line asks for; write the outcomes."""
    if sys.argv[1] == "--anew":
        return anew(sys.argv[2:])
    result, order = Path(sys.argv[1]), json.loads(sys.argv[2])
    targets = [drawn(path, order["most"]) for path in order["paths"]]
    loop = Loop(targets, order["processes"], result)
    code = pytest.main([*_OPTIONS, *_FAST, *order["tests"]], plugins=[loop])
    return 0 if loop.outcomes else int(code) or 2


if __name__ == "__main__":
    sys.exit(main())
