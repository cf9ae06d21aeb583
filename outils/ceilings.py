"""What each unit of the project weighs, beside the most that it may.

``outils/ceilings.yml`` gives a ceiling to each feature, package, street of tests and folder of
documents. ``python outils/ceilings.py`` (a part of ``make check``) compares. Exit codes: 0 each
unit is under its ceiling; 1 one is over it, or so far below that its ceiling has to follow
(``--write`` lowers those, and never raises one), or has none.

A rise is paid by a fall in the same change: the totals have ceilings too. One that has to rise is
written by hand, with who asked for it and what for.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from cost import rewritten
from structure import Module, script_lines, tokens

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "outils" / "ceilings.yml"
BELOW = 0.05
"""How far a unit falls, as a share of its ceiling, before the ceiling has to follow."""
FEW = 100
"""What a unit may always fall without its ceiling."""
EXPRESSION = re.compile(
    r"\bre\.(?:compile|sub|match|search|fullmatch|split|findall|finditer)\(|\bexpression\("
)
WORD = re.compile(r"\w+(?:[’'-]\w+)*")

Weights = dict[str, int]


def unit(path: Path) -> str:
    """The unit of a file of Python, by its path below the project.

    >>> unit(Path("plugins/portail/features/pages/carte/page.py"))
    'plugins/portail/features/pages/carte'
    >>> unit(Path("plugins/portail/site/item.py")), unit(Path("plugins/portail_envoi/smtp.py"))
    ('plugins/portail', 'plugins/portail_envoi')
    >>> unit(Path("tests/features/pages/carte/test_page.py")), unit(Path("tests/test_docs.py"))
    ('tests/features/pages', 'tests')
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


def weights(root: Path = ROOT) -> Weights:
    """Units by name: tokens of Python, words of documents, lines of scripts; then the totals."""
    found = Counter[str]()
    for path, module in _modules(root):
        name = unit(path.relative_to(root))
        weight = tokens(module)
        found[f"{name}, tokens"] += weight
        found[f"all of {name.partition('/')[0]}, tokens"] += weight
        if name.startswith("plugins"):
            found["all of plugins, regular expressions"] += len(EXPRESSION.findall(module.source))
            found["all of plugins, words of docstrings"] += module.documented
    written = root / "docs" / "champs"  # by `portail docs`
    for path in sorted({*(root / "docs").rglob("*.md")} - {*written.rglob("*.md")}):
        words = len(WORD.findall(path.read_text(encoding="utf-8")))
        found[f"{path.parent.relative_to(root).as_posix()}, words"] += words
        found["all of docs, words"] += words
    found["scripts, lines"] = len(script_lines(root))
    return dict(sorted(found.items()))


def _modules(root: Path) -> Iterator[tuple[Path, Module]]:
    for folder in ("plugins", "tests", "outils"):
        for path in sorted((root / folder).rglob("*.py")):
            yield path, Module(path.stem, path)


def judged(found: Weights, ceilings: Mapping[str, int]) -> list[str]:
    """What is over its ceiling, far below it, or known to one of the two alone: a line each."""
    faults = [
        f"{name}: {'has no ceiling' if name in found else 'no longer there'}"
        for name in sorted(found.keys() ^ ceilings.keys())
    ]
    for name in sorted(found.keys() & ceilings.keys()):
        weight, ceiling = found[name], ceilings[name]
        if weight > ceiling:
            faults.append(f"{name}: {weight:,}, over its ceiling of {ceiling:,}")
        elif weight < ceiling * (1 - BELOW) and weight < ceiling - FEW:
            faults.append(f"{name}: {weight:,}, its ceiling of {ceiling:,} has to follow (--write)")
    return faults


def lowered(found: Weights, ceilings: Mapping[str, int]) -> Weights:
    """The ceilings of today's units, each as it was or as low as what it weighs."""
    return {name: min(weight, ceilings.get(name, weight)) for name, weight in found.items()}


def main() -> int:
    """Compare, or lower the ceilings; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--write", action="store_true", help="lower the ceilings that have to follow"
    )
    options = parser.parse_args()
    text = LIST.read_text(encoding="utf-8")
    found, ceilings = weights(), yaml.safe_load(text)["ceilings"]
    if options.write:
        LIST.write_text(rewritten(text, lowered(found, ceilings)), encoding="utf-8")
        return 0
    faults = judged(found, ceilings)
    for fault in faults:
        print(fault)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
