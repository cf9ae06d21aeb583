"""Speed, memory and size of Portail beside stock Pelican and Hugo, in one run on one machine.

``make bench`` (``N=20000`` for one more size, once and without what changes every page; ``N=1000``
for a quick look): a generated corpus, written for the three, is built in turn by each, on tmpfs
where there is one: cold, then after each sort of edit, but by Pelican, which builds all again
whatever the edit. What only Portail does comes next (``check``, ``serve``), then the demonstration
and a new portal. Medians of the runs count. Exit codes: 0 every target met, 1 one over, 2 something
was not measured: a peer is missing or a build failed, which is never a pass.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench_edits import EDITS, FORGE, ON_A_FORGE, SENTENCE, Forge, Site, chosen, longer
from bench_report import report
from bench_serve import serving
from bench_targets import (
    ARTIFACT,
    CPU,
    DEMONSTRATION,
    EACH,
    FIRST,
    ITEMS,
    LOAD,
    NEW,
    Figures,
    Key,
    exit_code,
    rows,
)
from corpus import Generator
from measure import BuildFailed, Cost, cost, snapshot
from npm import ToolMissing
from peers import HUGO, PELICAN, PORTAIL, Peer
from portail.text.normalise import slug_of_filename

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, ITEMS)
LARGE = ("no change", "event, body", "event, title", "event, date")
"""What is done above ``ITEMS`` too."""
PORTAIL_COMMAND = [sys.executable, "-m", "portail"]


class Notes(NamedTuple):
    """Where figures of one generator on one site are written."""

    figures: Figures
    site: int
    by: str

    def add(self, measure: str, value: float) -> None:
        """One run of a measure."""
        self.figures.setdefault(Key(self.site, self.by, measure), []).append(value)

    def time(self, measure: str, spent: Cost) -> None:
        """One run of a measure of time."""
        self.add(measure, spent.wall)
        self.add(measure + CPU, spent.cpu)
        if spent.load is not None:
            self.add(measure + LOAD, spent.load)

    def drop(self, error: Exception) -> None:
        """Say what failed, and forget what was measured: half a comparison is none."""
        print(f"{self.by}, {self.site or 'demonstration'}: not measured. {error}", file=sys.stderr)
        for key in [key for key in self.figures if key[:2] == (self.site, self.by)]:
            del self.figures[key]


def main() -> int:
    """Measure, print, return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, default=ITEMS, metavar="N")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=["Portail", "Pelican", "Hugo"], action="append")
    options = parser.parse_args()
    peers = [
        generator
        for generator in (PORTAIL, PELICAN, HUGO)
        if not options.only or generator.name in options.only
    ]
    figures: Figures = {}
    sizes = [*(size for size in SIZES if size < options.items), options.items]
    for size in sizes:
        compare(peers, size, options.runs, figures)
    demonstration(options.runs, Notes(figures, DEMONSTRATION, "Portail"))
    print(
        f"medians of {options.runs} runs, output on {scratch() or 'disk'}, {os.cpu_count()} "
        "processors; load: how many of them others kept busy\n"
    )
    names = [generator.name for generator in (PORTAIL, PELICAN, HUGO)]
    targets = [*rows(figures, sizes, names)]
    print("\n".join(report(figures, sizes, names, targets)))
    return exit_code(targets)


def scratch() -> str | None:
    """A folder in memory, so that the disk is not what is measured; None where there is none."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


def compare(peers: Sequence[Peer], size: int, runs: int, figures: Figures) -> None:
    """Build one corpus with each generator in turn, as many times; then what is measured once.

    One that cannot be had, or fails, is said and has no figure. Above ``ITEMS``, there is one run
    of what is judged there.
    """
    large = size > ITEMS
    edits = {name: edit for name, edit in EDITS.items() if not large or name in LARGE}
    runs = 1 if large else runs
    items = [*Generator(size).items()]
    with tempfile.TemporaryDirectory(prefix="portail-banc-", dir=scratch()) as name:
        left = [
            (Site(peer, Path(name) / peer.name, items), Notes(figures, size, peer.name))
            for peer in peers
        ]
        rounds = runs if large else runs + 1
        for number in range(rounds):
            for site, notes in [*left]:
                print(f"{size} items, {notes.by}, {number + 1} of {rounds}", file=sys.stderr)
                try:
                    if number < runs:
                        one_run(site, notes, number, edits)
                    else:
                        once(site, notes, runs)
                except (ToolMissing, BuildFailed) as error:
                    notes.drop(error)
                    left.remove((site, notes))


def one_run(
    site: Site, notes: Notes, number: int, edits: Mapping[str, Callable[[Site, int], None]]
) -> None:
    """Everything that is measured many times. Raises `ToolMissing` or `BuildFailed`."""
    site.forget()
    cold = site.build()
    notes.time("cold", cold)
    notes.add(f"cold{EACH}", 1000 * cold.cpu / len(site.items))
    if site.peer is PELICAN:
        return
    forge = Forge(site) if site.peer is PORTAIL and len(edits) == len(EDITS) else None
    for measure, edit in edits.items():
        before = snapshot(site.output) if measure == "event, body" else {}
        edit(site, number)
        notes.time(measure, site.build())
        if before:
            notes.add("MB written for one sentence", site.written(before) / 1e6)
        if forge and measure in ON_A_FORGE:
            built, whole = forge.publish()
            notes.time(f"{measure}{FORGE}", built)
            notes.add(f"{measure}{ARTIFACT}", whole)
    if forge:
        notes.add("archive of a forge, MB", forge.archive.stat().st_size / 1e6)
        site.forget()
        for measure in ("check, cold", "check, warm"):
            notes.time(measure, cost([*PORTAIL_COMMAND, "check"], site.folder, site.env))


def once(site: Site, notes: Notes, runs: int) -> None:
    """Memory and size; of Portail, its server too. Raises as `one_run`."""
    site.forget()
    notes.add("peak memory, MB", site.memory())
    files = snapshot(site.output).values()
    notes.add("files an item", len(files) / len(site.items))
    notes.add("kB an item", sum(size for size, _ in files) / len(site.items) / 1000)
    notes.add("peak memory, no change, MB", site.memory())
    if site.peer is PORTAIL:
        with serving(site.folder, site.env) as server:
            for number in range(runs):
                item = chosen(site.items, "events", runs + number)
                words = f"service {number}"
                spent = server.shown(
                    item.url,
                    lambda: site.change(item, lambda text: longer(text, words)),  # noqa: B023
                    SENTENCE.format(words).strip(),
                )
                notes.add("serve, edit to page", spent)


def demonstration(runs: int, notes: Notes) -> None:
    """A copy of the demonstration, served, with a cache of its own; then a new portal."""
    with tempfile.TemporaryDirectory(prefix="portail-banc-", dir=scratch()) as name:
        folder = Path(name)
        for part in ("content", "data"):
            shutil.copytree(ROOT / part, folder / part)
        shutil.copy(ROOT / "pelicanconf.py", folder)
        events = sorted((folder / "content" / "events").glob("*.md"))
        try:
            for number in range(runs):
                shutil.rmtree(folder / ".cache", ignore_errors=True)
                start = time.perf_counter()
                with serving(folder, {**os.environ, "SITEURL": ""}) as server:
                    notes.add(FIRST, time.perf_counter() - start)
                    path, words = events[number * 7 + 1], f"service {number}"
                    shown = server.shown(
                        f"evenements/{slug_of_filename(path.stem)}/",
                        lambda: sentence(path, words),  # noqa: B023
                        SENTENCE.format(words).strip(),
                    )
                    notes.add("serve, edit to page", shown)
                notes.time(NEW, new_portal(folder / f"neuf-{number}"))
        except BuildFailed as error:
            notes.drop(error)


def new_portal(folder: Path) -> Cost:
    """A portal as ``portail init`` writes it, built for the first time. Raises `BuildFailed`."""
    cost([*PORTAIL_COMMAND, "init", str(folder), "--region", "Hauts-de-France"], folder.parent)
    return cost([*PORTAIL_COMMAND, "build"], folder)


def sentence(path: Path, number: str) -> None:
    """Add a sentence at the end of a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(SENTENCE.format(number))


if __name__ == "__main__":
    sys.exit(main())
