"""What each feature and each package costs: a row each, the most tokens first.

- ``tokens``, ``modules``, ``lines``: its Python;
- ``settings``, ``commands``: what it adds to those of a portal;
- ``files``: those that it plans of the demonstration; ``calls``: of its functions, in thousands,
  while the demonstration is built cold in one process;
- ``tests``: tokens of its own;
- ``needed by``: features and packages that import it.

What is in no feature is in the row of its package; all other files are those of ``portail``.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from cost import run
from structure import ROOT, Module, modules, tokens

CORE = "portail"
TABLE = "portail.features"
"""Imports every feature, and needs none."""


class Share(NamedTuple):
    """What a feature is made of; see the module."""

    name: str
    modules: int
    lines: int
    tokens: int
    settings: int
    commands: int
    files: int
    calls: int
    tests: int
    needed_by: tuple[str, ...]


class Build(NamedTuple):
    """What was counted of a build."""

    files: Mapping[str, int]
    """By feature."""
    calls: Mapping[str, int]
    """By ``path/of/module.py:function``, below ``plugins/``."""


def folders(places: Mapping[str, str], root: Path = ROOT) -> dict[str, str]:
    """Name of each feature or package → its folder below ``plugins/``."""
    packages = {path.parent.name for path in (root / "plugins").glob("*/__init__.py")}
    found = {name: place.replace(".", "/") for name, place in places.items()}
    return found | {name: name for name in packages - {*found.values()}}


def shares(
    every: Mapping[str, Module], features: Iterable[Any], places: Mapping[str, str], build: Build,
    root: Path = ROOT,
) -> Iterator[Share]:  # fmt: skip
    """Every row, the heaviest first."""
    where = folders(places, root)
    by_name = {feature.name: feature for feature in features}
    owners = {name: _owner(name.replace(".", "/"), where) for name in every}
    mine: dict[str, list[Module]] = defaultdict(list)
    needing: dict[str, set[str]] = defaultdict(set)
    for name, module in every.items():
        mine[owners[name]].append(module)
        for target in () if name == TABLE else module.targets({**every}):
            needing[owners[target]].add(owners[name])
    calls = Counter[str]()
    for function, count in build.calls.items():
        calls[_owner(function.removeprefix("plugins/").partition(".py:")[0], where)] += count
    rows = []
    for name, folder in where.items():
        feature = by_name.get(name)
        rows.append(
            Share(
                name,
                len(mine[name]),
                sum(module.lines for module in mine[name]),
                sum(map(tokens, mine[name])),
                len(feature.settings) if feature else 0,
                len(feature.commands) if feature else 0,
                build.files.get(name, 0),
                calls[name] // 1000,
                sum(tokens(Module(path.stem, path)) for path in _tests(name, folder, root)),
                tuple(sorted(needing[name] - {name})),
            )
        )
    yield from sorted(rows, key=lambda row: -row.tokens)


def _owner(path: str, where: Mapping[str, str]) -> str:
    """What has the deepest folder around a path; ``""`` when nothing has."""
    by_folder = {folder: name for name, folder in where.items()}
    around = (str(folder) for folder in (path, *PurePosixPath(path).parents))
    return next((by_folder[folder] for folder in around if folder in by_folder), "")


def _tests(name: str, folder: str, root: Path) -> list[Path]:
    return [
        *root.glob(f"tests/features/*/{name}/**/*.py"),
        *root.glob(f"tests/{folder}/**/*.py"),
    ]


def built() -> Build:
    """A cold build of the demonstration, counted. Raises ``subprocess.CalledProcessError``."""
    with tempfile.TemporaryDirectory(prefix="portail-shares-") as folder:
        command = [sys.executable, str(ROOT / "outils/counted.py"), "calls"]
        env = {**os.environ, "PORTAIL_CACHE": f"{folder}/cache", "CI": ""}
        said = run([*command, "--output", f"{folder}/output"], ROOT, env)
        written = sum(path.is_file() for path in Path(folder, "output").rglob("*"))
    table = json.loads(said.splitlines()[-1])
    files = dict(table["files"])
    return Build({**files, CORE: written - sum(files.values())}, table["functions"])


def main() -> int:
    """Print the table."""
    from portail.features import FEATURES, PLACES

    head = "tokens modules lines settings commands files calls tests".split()
    print(f"{'':20}" + "".join(f"{name:>9}" for name in head) + "  needed by")
    for row in shares(modules(), FEATURES, PLACES, built()):
        numbers = (
            row.tokens, row.modules, row.lines, row.settings,
            row.commands, row.files, row.calls, row.tests,
        )  # fmt: skip
        cells = "".join(f"{number:9,}" if number else f"{'·':>9}" for number in numbers)
        print(f"{row.name:20}{cells}  {', '.join(row.needed_by) if row.name != CORE else 'all'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
