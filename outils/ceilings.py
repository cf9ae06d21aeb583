"""What the project weighs and how squeezed its code is, beside the most that each may be.

``python outils/ceilings.py`` (a part of ``make check``) compares with ``outils/ceilings.yml``, and
with what the project weighed where this work began: the branch that it will be merged into, or the
commit before. Below its ceiling a total is free; above it, it may only fall, so that no change has
to move a ceiling. ``--units`` prints where the weight is.
Exit codes: 0; 1 a total is over its ceiling and rose, or code is more squeezed than it may be.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

import yaml

from structure import Module, script_lines, tokens

ROOT = Path(__file__).resolve().parent.parent
LIST = "outils/ceilings.yml"
CORE = frozenset({"portail", "portail_pelican", "portail_publication"})
WEIGHED = ("plugins", "tests", "outils", "docs", "theme")
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_LOOPS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

Weights = Mapping[str, float]


def unit(path: Path) -> str:
    """The unit of a file of Python, by its path below the project.

    >>> unit(Path("plugins/portail/features/pages/carte/page.py"))
    'plugins/portail/features/pages/carte'
    >>> unit(Path("plugins/portail/site/item.py")), unit(Path("outils/cost.py"))
    ('plugins/portail', 'outils')
    >>> unit(Path("plugins/portail_ciel/tests/test_sky.py"))
    'tests/portail_ciel'
    """
    folders = path.parts[:-1]
    match folders:
        case ("plugins", "portail", "features", _, _, *_):
            return "/".join(folders[:5])
        case ("plugins", package, "tests", *_):
            return f"tests/{package}"
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
    """What is weighed: tokens of Python of the ``units`` given, lines of tables in YAML beside
    them, lines of scripts, words."""
    found = Counter[str]()
    for name, weight in weights.items():
        folder, _, rest = name.partition("/")
        found[f"{folder}, tokens"] += weight
        if folder == "plugins" and rest.partition("/")[0] in CORE:
            found["core, tokens"] += weight
    for folder in ("plugins", "tests"):
        for path in (root / folder).rglob("*.yml"):
            if "node_modules" in path.parts:
                continue
            whose = unit(path.relative_to(root)).partition("/")[0]
            found[f"{whose}, lines of YAML"] += path.read_bytes().count(b"\n")
    written = root / "docs" / "champs"  # by `portail docs`
    every = (*(root / "docs").rglob("*.md"), *(root / "plugins").rglob("*.md"))
    documents = {path for path in every if not {"node_modules", "tests"} & {*path.parts}}
    for path in documents - {*written.rglob("*.md")}:
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


def judged(found: Weights, before: Weights, ceilings: Weights) -> Iterator[str]:
    """A line for each total over its ceiling that is more than it was ``before`` (where that is
    known), and for each that has no ceiling."""
    for name in sorted(found.keys() ^ ceilings.keys()):
        yield f"{name}: {'has no ceiling' if name in found else 'no longer there'}"
    for name in sorted(found.keys() & ceilings.keys()):
        if found[name] > max(ceilings[name], before.get(name, ceilings[name])):
            yield f"{name}: {found[name]:,}, over its ceiling of {ceilings[name]:,}" + (
                f", and {before[name]:,} before" if name in before else ""
            )


def base(root: Path = ROOT) -> str:
    """The commit that this work is compared with: where it left the branch that it goes to, or, on
    that branch, the one before; ``""`` in a checkout without history."""
    asked = os.environ.get("GITHUB_BASE_REF") or os.environ.get(
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"
    )
    for ref in (f"origin/{asked}", asked):
        left = _git(root, "merge-base", "HEAD", ref).decode().strip()
        if left and left != _git(root, "rev-parse", "HEAD").decode().strip():
            return left
    return _git(root, "rev-parse", "--verify", "--quiet", "HEAD^").decode().strip()


def weighed_at(commit: str, root: Path = ROOT) -> dict[str, float]:
    """The totals of a commit."""
    kept = [name for name in WEIGHED if _git(root, "ls-tree", commit, name)]
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(_git(root, "archive", commit, *kept))) as held:
            held.extractall(folder)  # noqa: S202 (of our own commit; « filter » is of Python 3.11.4)
        return totals(Path(folder), units(Path(folder)))


def _git(root: Path, *arguments: str) -> bytes:
    # What Git answers; nothing where it refuses.
    return subprocess.run(["git", *arguments], cwd=root, check=False, capture_output=True).stdout


def main() -> int:
    """Compare, or print the units; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--units", action="store_true", help="print what each unit weighs")
    options = parser.parse_args()
    weights = units()
    if options.units:
        for name, weight in sorted(weights.items()):
            print(f"{weight:>9,}  {name}")
        return 0
    held = yaml.safe_load((ROOT / LIST).read_text(encoding="utf-8"))
    found = totals(ROOT, weights)
    commit = base()
    before = weighed_at(commit) if commit else {}
    for name, value in found.items():
        print(f"{value:>9,}  {name} ({value - before.get(name, value):+,.0f})")
    plugins = [
        path
        for path in sorted((ROOT / "plugins").rglob("*.py"))
        if unit(path.relative_to(ROOT)).startswith("plugins")
    ]
    tight = squeezed(path.read_text(encoding="utf-8") for path in plugins if path.stat().st_size)
    faults = [*judged(found, before, held["totals"]), *judged(tight, {}, held["squeezed"])]
    for fault in faults:
        print(fault)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
