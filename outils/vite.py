"""The unit tests of the folders that were changed, nearest first: ``make vite``.

What was changed is told by Git: the work tree, and the commits since the branch left the main one.
Builds, browsers and long tests are left out. All ends in some fifteen seconds: tests that are left
then are counted, and ``make test SLICE=…`` runs them. Exit codes: those of pytest; 0 if nothing
that was changed has a test.
"""

import subprocess
import sys
import time
from pathlib import Path, PurePosixPath

import pytest

from ceilings import ROOT, base

SECONDS = 12
"""After which no test is begun: all is told within fifteen on a machine that does nothing else."""
FAST = "not site and not chromium and not firefox and not long"


def _git(root: Path, *words: str) -> list[str]:
    done = subprocess.run(
        ["git", "-C", root, *words, "-z"], capture_output=True, text=True, check=False
    )
    return [one for one in done.stdout.split("\0") if one]


def changed(root: Path = ROOT) -> list[str]:
    """Paths, from the root, of what differs from the commit that this work is compared with."""
    left = base(root) or "HEAD"
    tracked = _git(root, "diff", "--name-only", "--no-renames", left)
    return sorted({*tracked, *_git(root, "ls-files", "--others", "--exclude-standard")})


def _mirror(path: PurePosixPath) -> PurePosixPath:
    """Where the tests of a file are, if it has some: a package's own folder, else ``tests/``."""
    match path.parts:
        case ["plugins", package, *inside] if (ROOT / "plugins" / package / "tests").is_dir():
            inside = inside[1:] if inside[0] == "tests" else inside
            return PurePosixPath("plugins", package, "tests", *inside)
        case ["plugins", "portail", "features", *inside]:
            return PurePosixPath("tests/features", *inside)
        case ["plugins" | "tests", *inside]:
            return PurePosixPath("tests", *inside)
    return PurePosixPath("tests", path)


def chosen(paths: list[str]) -> list[Path]:
    """The files of tests to run: those that were changed or bear the name of what was, then those
    beside them, but for what is beside all folders."""
    near, beside = set(), set()
    for path in map(PurePosixPath, paths):
        mirror = _mirror(path)
        tested = (sorted((ROOT / one).glob("test_*.py")) for one in mirror.parents)
        files = {*next(filter(None, tested), ())}
        near |= {
            one
            for one in files
            if one.stem.removeprefix("test_") == mirror.stem.removeprefix("test_")
        }
        if ROOT / "tests" not in {one.parent for one in files}:
            beside |= files
    return [*sorted(near), *sorted(beside - near)]


class Hurry:
    """Runs tests in the order of ``files``, none begun after ``until`` (of the monotonic clock)."""

    def __init__(self, files: list[Path], until: float) -> None:
        self._rank = {file: rank for rank, file in enumerate(files)}
        self._until = until
        self._left = 0

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self._rank[item.path])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self) -> bool | None:
        late = time.monotonic() > self._until
        self._left += late
        return late or None

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._left:
            terminalreporter.line(f"{self._left} tests are left: make test, with a SLICE.")


def main() -> int:
    """Run them; the exit code."""
    until = time.monotonic() + SECONDS
    files = chosen(changed())
    if not files:
        print("Nothing that was changed has tests of its own: make test.")
        return 0
    options = ["-q", "-p", "no:cacheprovider", "-m", FAST]
    return pytest.main([*options, *map(str, files)], plugins=[Hurry(files, until)])


if __name__ == "__main__":
    sys.exit(main())
