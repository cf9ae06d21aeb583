"""What a change costs: function calls, signs given to expressions, files and bytes of a build.

``make cost``: two generated corpora, a few contents apart, are built by one process each, cold,
then after one sentence more in one event; so that each figure is told apart for each content and
for all builds (fixed). Then a new portal, as ``portail init`` writes it, and the demonstration:
files and bytes. Then what a harvest makes of thirty kinds of sources (``tests/sources``): how many
of their events are left to complete, how many are ready and wrong. None of this is a time: with the
Python and the libraries of the lock, counts are the same on every machine within 0.1 %, those of
reading, checking and assembling exactly.

They are compared with the price list, ``outils/prices.yml``. Exit codes: 0 nothing costs more than
is written there; 1 a line rose by more than 2 %: make it cheaper, or write the new price in the
list, with what the user gets for it; 2 something was not measured. ``--write`` writes today's
prices over those of the list, for who then reads the diff.

Small steps add up unseen: the calls of a thousand items, cold, then after each sort of edit, are
compared with those of one commit, another one each month. What they rose by since is printed; above
2 %, and above what lines of ``paid`` say that it is for, the code is 1. ``--month CLONE`` prints
the calls of another commit, that of a clone with its ``.venv``: for a new month, another corpus.

One figure is of time, and no clock's: an expression may not take, for a sign of the texts in which
it finds nothing, more than four times what the median one takes. It then tries every place: put a
literal or a class first, to which the engine leaps, and what stands before it in a lookbehind.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bench import scratch
from bench_edits import EDITS, Site, longer
from corpus import DAY, Generator, Item, corpus, write
from justesse import figures
from measure import snapshot
from peers import PORTAIL
from portail.resources import compiled_dir
from portail_pelican.renderer import compile_theme

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "outils/prices.yml"
FIXED, EACH = "fixed", "for each content"
SIZES = (150, 300)
"""Items of the two corpora; what they name comes on top."""
EDITED = Item(
    "events",
    "prix-d-une-phrase",
    {
        "titre": "Le prix d’une phrase",
        "resume": "Ce que coûte une phrase de plus, la même dans un petit portail et un grand.",
        "publie_le": DAY - timedelta(days=30),
        "themes": ["numerique"],
        "debut": f"{DAY + timedelta(days=30)} 14:00",
        "fin": f"{DAY + timedelta(days=30)} 16:30",
        "adresse": {"nom": "Salle d’exemple", "commune": "Amiens (80)"},
        "format": ["atelier"],
        "publics": ["familles"],
    },
    "Chacun compte ce que la machine fait, puis ce qu’elle refait.\n",
)
"""An event of both corpora: another one would be read, and looked up, otherwise in each."""
MONTHLY = ("event, body", "event, title", "event, date", "new day")
"""Edits whose calls are compared with those of the commit of the month, after a cold build."""
HERE = (sys.executable, str(ROOT / "outils/counted.py"))
MORE = 0.02
"""How much a line may rise before someone has to say why."""
LEAST = {EACH: 20, FIXED: 20_000}
"""Calls that are no price: a stage may have next to none."""
SLOW = 4.0
"""How many times what the median expression takes for a sign another one may take."""
FIRST = 20
_LINE = re.compile(r"^(\s+)(.+?): (-?[\d_]+(?:\.\d+)?)(\s*#.*)?$")

Prices = dict[str, float]


class Ran(NamedTuple):
    """The builds of one corpus."""

    contents: int
    cold: Mapping[str, Any]
    edit: Mapping[str, Any]
    signs: float
    slow: Mapping[str, float]
    files: int
    size: int


def main() -> int:
    """Measure, print, compare; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write today's prices")
    parser.add_argument("--month", type=Path, metavar="CLONE", help="print the calls of a commit")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portail-cost-", dir=scratch()) as name:
        folder = Path(name)
        if clone := options.month:
            counter = (str(clone / ".venv/bin/python"), str(clone / "outils/counted.py"))
            print(json.dumps(thousand(folder / "mois", counter)))
            return 0
        compile_theme(compiled_dir())
        new_portal(folder / "neuf")  # alone: modules that were not compiled are
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            tasks: list[Callable[[], Any]] = [
                lambda: thousand(folder / "mois"),
                *(lambda size=size: measured(folder / str(size), size) for size in SIZES),
                lambda: demonstration(folder / "demonstration"),
            ]
            month, small, large, shown = pool.map(lambda task: task(), tasks)
        prices = priced(small, large)
        prices |= figures(folder / "sources")
        prices |= weighed("new portal", folder / "neuf/output") | weighed("demonstration", shown)
    report(prices, small, large)
    if options.write:
        LIST.write_text(rewritten(LIST.read_text("utf-8"), prices), encoding="utf-8")
        return 0
    listed = yaml.safe_load(LIST.read_text("utf-8"))
    return max(judged(prices, listed), since(month, listed), leaping(large.slow))


def measured(folder: Path, size: int) -> Ran:
    """The builds of a corpus, written in ``folder``. Raises ``subprocess.CalledProcessError``."""
    items = [*corpus(folder, size), EDITED]
    write(folder, [EDITED])
    PORTAIL.prepare(folder)
    looks = counted("signs", folder)
    for name in ("output", *PORTAIL.caches):
        shutil.rmtree(folder / name, ignore_errors=True)
    cold = counted("calls", folder)
    tree = snapshot(folder / "output")
    write(folder, [longer(EDITED, 1)])
    edit = counted("calls", folder, seed=1)
    weight = sum(size for size, _ in tree.values())
    return Ran(len(items), cold, edit, looks["signs"], looks["slow"], len(tree), weight)


def thousand(folder: Path, counter: Sequence[str] = HERE) -> dict[str, int]:
    """Calls of the builds of a thousand items, by edit. Raises as ``measured``."""
    site = Site(PORTAIL, folder, [*Generator(1000).items()])
    calls = {}
    for seed, name in enumerate(("cold", *MONTHLY)):
        EDITS.get(name, EDITS["no change"])(site, 0)
        ran = counted("calls", folder, seed, day=site.day, counter=counter)
        calls[name] = sum(ran["stages"].values())
    return calls


def counted(
    what: str, folder: Path, seed: int = 0, *, day: date = DAY, counter: Sequence[str] = HERE
) -> dict[str, Any]:
    """What ``counted.py`` prints of a build in ``folder``. An edit is built in a process that
    orders its sets otherwise (``seed``): what depends on their order is then made again, and seen.
    """
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    fixed = {
        "SOURCE_DATE_EPOCH": str(int(noon.timestamp())),
        "PYTHONHASHSEED": str(seed),
        "PORTAIL_PROCESSUS": "1",
        "CI": "",  # builds there trust nothing that is kept, and cost more
        "PORTAIL_VERIFIER": "",
    }
    command = [*counter, what, "--output", "output"]
    said = run(command, folder, {**os.environ, **fixed})
    return dict(json.loads(said.splitlines()[-1]))


def run(command: list[str], folder: Path, env: Mapping[str, str] | None = None) -> str:
    """What a command printed; what it said when it failed is printed first."""
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-2000:], file=sys.stderr)
        done.check_returncode()
    return done.stdout


def new_portal(folder: Path) -> None:
    """A portal as ``init`` writes it, built."""
    portail = [sys.executable, "-m", "portail"]
    date = ["--date", DAY.isoformat()]
    run([*portail, "init", str(folder), "--region", "Hauts-de-France", *date], folder.parent)
    run([*portail, "build"], folder)


def demonstration(folder: Path) -> Path:
    """The demonstration, built into the folder that is returned."""
    env = {**os.environ, "PORTAIL_CACHE": str(folder / "cache")}
    output = folder / "output"
    run([sys.executable, "-m", "portail", "build", "--output", str(output)], ROOT, env)
    return output


def priced(small: Ran, large: Ran) -> Prices:
    """Every figure of the two corpora, for each content and for all builds."""
    prices: Prices = {}
    more = large.contents - small.contents

    def add(name: str, first: float, second: float, *, fixed: bool = True) -> None:
        each = (second - first) / more
        prices[f"{name}, {EACH}"] = round(each, 2 if each < 100 else None)
        if fixed:
            prices[f"{name}, {FIXED}"] = round(first - each * small.contents)

    builds = {"cold": (small.cold, large.cold), "one body": (small.edit, large.edit)}
    for build, (one, other) in builds.items():
        add(f"{build}: calls", *(sum(ran["stages"].values()) for ran in (one, other)))
        add(f"{build}: calls into re", one["re"], other["re"], fixed=False)
        for stage in one["stages"]:
            add(f"{build}: {stage}", one["stages"][stage], other["stages"].get(stage, 0))
    add("signs given to re in reading", small.signs, large.signs, fixed=False)
    add("files", small.files, large.files, fixed=False)
    add("kB", small.size / 1000, large.size / 1000, fixed=False)
    return prices


def weighed(name: str, output: Path) -> Prices:
    """Files and kilobytes of a published site."""
    tree = snapshot(output)
    size = sum(size for size, _ in tree.values())
    return {f"{name}: files": len(tree), f"{name}: kB": round(size / 1000)}


def rewritten(text: str, prices: Mapping[str, float]) -> str:
    """The list with today's prices: its order and its reasons stay, what is new comes last."""
    lines, left = [], dict(prices)
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        name = match[2].strip('"') if match else ""
        if match and name in left:
            line = f"{match[1]}{match[2]}: {left.pop(name):_}{match[4] or ''}"
        elif match:
            continue
        lines.append(line)
    lines += [f'  "{name}": {value:_}' for name, value in left.items()]
    return "\n".join(lines) + "\n"


def judged(prices: Prices, listed: Mapping[str, Any]) -> int:
    """Say what rose, and what only one of the two has: 1 then. What fell is said too. Prices of
    another Python are not compared: it counts calls in another way."""
    here = "{}.{}".format(*sys.version_info)
    if here != listed["python"]:
        print(f"\nNot compared: the prices are those of Python {listed['python']}, this is {here}.")
        return 0
    before: Prices = listed["prices"]
    code = 0
    for name in sorted(prices.keys() ^ before.keys()):
        print(f"{name}: {'not in the price list' if name in prices else 'no longer measured'}")
        code = 1
    for name in sorted(prices.keys() & before.keys()):
        now, then = prices[name], before[name]
        least = LEAST.get(name.rpartition(", ")[2], 0) if "signs" not in name else 0
        if abs(now - then) > abs(then) * MORE + least:
            print(f"{name}: {then:,} → {now:,}{' (write it in the list)' if now < then else ''}")
            code = max(code, now > then)
    return code


def since(calls: Mapping[str, int], listed: Mapping[str, Any]) -> int:
    """Print what a thousand items cost beside the commit of the month: 1 when an edit rose by more
    than 2 % and than what is ``paid``, thousands of calls with their reasons."""
    commit, then, paid = (listed["month"][key] for key in ("commit", "calls", "paid"))
    print(f"\nCalls of a thousand items since {commit}:")
    code = 0
    for name, now in calls.items():
        allowed = sum(thousands for edit, thousands, _ in paid if edit == name) * 1000
        over = now > then[name] * (1 + MORE) + allowed
        told = "  (too many: make it cheaper, or say what for)" * over
        print(f"{name:16}{then[name]:>12,} → {now:>12,}{now / then[name] - 1:>+8.1%}{told}")
        code = max(code, over)
    return code


def leaping(slow: Mapping[str, float]) -> int:
    """Say which expressions try every place of a text: 1 then."""
    faults = [f"{name}: {times} times the median" for name, times in slow.items() if times > SLOW]
    print("\n".join(faults), end="\n" * bool(faults))
    return min(len(faults), 1)


def report(prices: Prices, small: Ran, large: Ran) -> None:
    """The table, and the functions that are called most for each content."""
    for name, value in prices.items():
        print(f"{name:56}{value:>14,}")
    print(f"\nCalled most for each content, cold ({FIRST} first):")
    more = large.contents - small.contents
    risen = Counter[str](large.cold["functions"])
    risen.subtract(small.cold["functions"])
    for name, count in risen.most_common(FIRST):
        print(f"{count / more:10,.0f}  {name}")
    print("\nExpressions that take the most for a sign, beside the median one:")
    for name, times in sorted(large.slow.items(), key=lambda row: -row[1])[:FIRST]:
        print(f"{times:10.1f}  {name}")


if __name__ == "__main__":
    sys.exit(main())
