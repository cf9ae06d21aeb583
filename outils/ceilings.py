"""What the project weighs and how squeezed its code is, beside the most that each may be.

``python outils/ceilings.py`` (a part of ``make check``) compares with ``outils/ceilings.yml``. A
total only falls: one that fell takes its ceiling along (``--write``, which ``make format`` calls),
so that nobody spends what somebody freed. A change that has to add says how much in ``room``, in a
commit that touches nothing else: history is asked. ``--units`` prints where the weight is.
Exit codes: 0; 1 something is over its ceiling, below it, or rose.
"""

from __future__ import annotations

import argparse
import ast
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from structure import Module, script_lines, tokens

ROOT = Path(__file__).resolve().parent.parent
LIST = "outils/ceilings.yml"
CORE = frozenset({"portail", "portail_pelican", "portail_publication"})
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_LOOPS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

Weights = Mapping[str, float]


class Ceilings(NamedTuple):
    """A version of ``ceilings.yml``: the most that each total is, what may be added to some, and
    the most that measures of squeezing are."""

    totals: Weights
    room: Weights
    squeezed: Weights


def unit(path: Path) -> str:
    """The unit of a file of Python, by its path below the project.

    >>> unit(Path("plugins/portail/features/pages/carte/page.py"))
    'plugins/portail/features/pages/carte'
    >>> unit(Path("plugins/portail/site/item.py")), unit(Path("outils/cost.py"))
    ('plugins/portail', 'outils')
    """
    folders = path.parts[:-1]
    match folders:
        case ("plugins", "portail", "features", _, _, *_):
            return "/".join(folders[:5])
        case ("tests", "features", _, *_):
            return "/".join(folders[:3])
        case ("plugins" | "tests", _, *_):
            return "/".join(folders[:2])
    return folders[0]


def units(root: Path = ROOT) -> Counter[str]:
    """Tokens of Python, by unit."""
    found = Counter[str]()
    for folder in ("plugins", "tests", "outils"):
        for path in sorted((root / folder).rglob("*.py")):
            found[unit(path.relative_to(root))] += tokens(Module(path.stem, path))
    return found


def totals(root: Path, weights: Mapping[str, int]) -> dict[str, float]:
    """What is weighed: tokens of Python of the ``units`` given, lines of scripts, words."""
    found = Counter[str]()
    for name, weight in weights.items():
        folder, _, rest = name.partition("/")
        found[f"{folder}, tokens"] += weight
        if folder == "plugins" and rest.partition("/")[0] in CORE:
            found["core, tokens"] += weight
    written = root / "docs" / "champs"  # by `portail docs`
    for path in {*(root / "docs").rglob("*.md")} - {*written.rglob("*.md")}:
        found["documents, words"] += len(_WORD.findall(path.read_text(encoding="utf-8")))
    found["scripts, lines"] = len(script_lines(root))
    return dict(sorted(found.items()))


def squeezed(texts: Iterable[str]) -> dict[str, float]:
    """How much some code asks of who reads it."""
    found = Counter[str]()
    names = []
    for text in texts:
        imported = 0
        for node in ast.walk(ast.parse(text)):
            found["statements"] += isinstance(node, ast.stmt)
            found["two for"] += isinstance(node, _LOOPS) and len(node.generators) > 1
            found["conditional"] += isinstance(node, ast.IfExp)
            found["by position"] += isinstance(node, ast.Call) and len(node.args) > 3
            if isinstance(node, ast.Import | ast.ImportFrom):
                imported += len(node.names)
        names.append(imported)
    hundreds = found["statements"] / 100 or 1
    return {
        "calls with more than three values by position": found["by position"],
        "conditional expressions, per 100 statements": round(found["conditional"] / hundreds, 2),
        "expressions with two for, per 100 statements": round(found["two for"] / hundreds, 2),
        "names that the median module imports": statistics.median(names or [0]),
    }


def judged(found: Weights, tight: Weights, ceilings: Ceilings) -> Iterator[str]:
    """A line for each total that is not its ceiling, and each measure that is over its own."""
    for name in sorted(found.keys() ^ ceilings.totals.keys()):
        yield f"{name}: {'has no ceiling' if name in found else 'no longer there'}"
    for name in sorted(found.keys() & ceilings.totals.keys()):
        ceiling = ceilings.totals[name]
        if found[name] > ceiling + ceilings.room.get(name, 0):
            yield f"{name}: {found[name]:,}, over its ceiling of {ceiling:,}"
        elif found[name] != ceiling:
            yield f"{name}: {found[name]:,}, its ceiling of {ceiling:,} has to follow (--write)"
    for name, value in tight.items():
        if value > ceilings.squeezed.get(name, 0):
            yield f"{name}: {value:,}, more than the {ceilings.squeezed.get(name, 0):,} there were"


def followed(found: Weights, tight: Weights, ceilings: Ceilings) -> Ceilings:
    """The ceilings of what is there now: lower, or higher by what ``room`` gives."""
    added = {name: max(found[name] - ceilings.totals.get(name, 0), 0) for name in found}
    room = {name: more - added.get(name, 0) for name, more in ceilings.room.items()}
    kept = {name: more for name, more in room.items() if more > 0}
    lower = {name: min(value, ceilings.squeezed.get(name, value)) for name, value in tight.items()}
    limits = {name: ceilings.totals.get(name, 0) + ceilings.room.get(name, 0) for name in found}
    return Ceilings({name: min(found[name], limits[name]) for name in found}, kept, lower)


def read(text: str) -> Ceilings | None:
    """A version of the file; ``None`` for one from before there were totals."""
    held = yaml.safe_load(text)
    if "totals" not in held:
        return None
    return Ceilings(held["totals"], held["room"] or {}, held["squeezed"])


def written(ceilings: Ceilings, text: str) -> str:
    """``text``, a version of the file, with other figures."""
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    rows = []
    for part, values in ceilings._asdict().items():
        rows.append(f"{part}:" if values else f"{part}: {{}}")
        rows += [f"  {name}: {value:_}" for name, value in sorted(values.items())]
    return head + "\n".join(rows) + "\n"


def history(root: Path = ROOT) -> Iterator[str]:
    """A line for each total that may now weigh more than history allows: only a commit of the
    ceilings alone gives more. Raises ``subprocess.CalledProcessError`` where Git answers nothing.
    """
    allowed: dict[str, float] = {}
    log = ["log", "--reverse", "--format=%x01%H", "--name-only", "--full-diff", "--", LIST]
    for entry in _git(root, *log).split("\x01")[1:]:
        commit, *changed = entry.split()
        if held := read(_git(root, "show", f"{commit}:{LIST}")):
            allowed = _allowed(allowed, held, changed)
    now = read((root / LIST).read_text(encoding="utf-8"))
    changed = [row[3:] for row in _git(root, "status", "--porcelain").splitlines()]
    for name, limit in _allowed(allowed, now, changed).items() if now else ():
        if now and _most(now, name) > limit:
            yield f"{name}: may weigh {_most(now, name):,}, and history allows {limit:,}"


def _allowed(before: Weights, held: Ceilings, changed: Iterable[str]) -> dict[str, float]:
    alone = {*changed} == {LIST}
    most = {name: _most(held, name) for name in held.totals}
    return {
        name: value if alone else min(value, before.get(name, value))
        for name, value in most.items()
    }


def _most(held: Ceilings, name: str) -> float:
    return held.totals[name] + held.room.get(name, 0)


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=root, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def main() -> int:
    """Compare, write what fell, or print the units; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="take along the totals that fell")
    parser.add_argument("--units", action="store_true", help="print what each unit weighs")
    options = parser.parse_args()
    weights = units()
    if options.units:
        for name, weight in sorted(weights.items()):
            print(f"{weight:>9,}  {name}")
        return 0
    found = totals(ROOT, weights)
    plugins = sorted((ROOT / "plugins").rglob("*.py"))
    tight = squeezed(path.read_text(encoding="utf-8") for path in plugins if path.stat().st_size)
    text = (ROOT / LIST).read_text(encoding="utf-8")
    ceilings = read(text)
    assert ceilings
    if options.write:
        (ROOT / LIST).write_text(written(followed(found, tight, ceilings), text), encoding="utf-8")
        return 0
    faults = [*judged(found, tight, ceilings), *history()]
    for fault in faults:
        print(fault)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
