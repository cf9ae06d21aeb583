"""Speed and memory of Portail beside stock Pelican and Hugo, in one run on one machine.

``make bench`` (``--items 5000 --runs 3``): one generated corpus, written for the three, built
on tmpfs where there is one. Ratios come first, since they survive a change of machine.
Exit codes: 0 every target met, 1 one missed, 2 a peer is missing or a build failed: what was
not compared is said, and is never a pass.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from corpus import DAY, Generator, Item
from corpus import write as write_portail
from measure import BuildFailed, peak_memory, seconds
from npm import ToolMissing
from peers import HUGO, PELICAN, Peer

TARGETS = (
    ("cold", "Pelican", 0.6),
    ("one edit", "Hugo", 0.5),
    ("peak memory", "Hugo", 0.6),
)
"""(measure, peer, largest ratio Portail / peer)."""

SETTINGS = f"""
from jinja2 import StrictUndefined

import portail_pelican
from portail.resources import theme_dir

PLUGINS = [portail_pelican]
PATH = "content"
SITENAME = "Banc"
SITEURL = "https://portail.example.org"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
THEME = str(theme_dir())
JINJA_ENVIRONMENT = {{
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}}
PORTAIL_NOM = "Banc"
PORTAIL_DATE = "{DAY}"
"""
SENTENCE = "\nUne phrase de plus, numéro {}.\n"


@dataclass
class Result:
    """What was measured of one generator: seconds, seconds, seconds, megabytes, pages."""

    cold: list[float] = field(default_factory=list)
    edit: list[float] = field(default_factory=list)
    unchanged: list[float] = field(default_factory=list)
    memory: float = 0.0
    pages: int = 0

    def value(self, measure: str) -> float:
        """The figure that is compared: the median of times, the peak of memory."""
        times = {"cold": self.cold, "one edit": self.edit, "no change": self.unchanged}
        return self.memory if measure == "peak memory" else statistics.median(times[measure])


def write_ours(folder: Path, items: list[Item]) -> None:
    """Content and settings for Portail."""
    write_portail(folder, items)
    (folder / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")


PORTAIL = Peer(
    "Portail",
    write_ours,
    lambda folder, output: [sys.executable, "-m", "portail", "build", "--output", str(output)],
    lambda item: f"content/{item.folder}/{item.slug}.md",
    (".cache", "__pycache__"),
)


def main() -> int:
    """Measure the three, print the comparison, return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=["Portail", "Pelican", "Hugo"], action="append")
    options = parser.parse_args()
    items = [*Generator(options.items).items()]
    results: dict[str, Result] = {}
    missing = False
    for peer in (PORTAIL, PELICAN, HUGO):
        if options.only and peer.name not in options.only:
            continue
        try:
            results[peer.name] = measure(peer, items, options.runs)
        except (ToolMissing, BuildFailed) as error:
            print(f"{peer.name}: not measured. {error}", file=sys.stderr)
            missing = True
    print(f"{len(items)} items, median of {options.runs} runs, output on {scratch() or 'disk'}")
    missed = compare(results)
    show(results)
    return 2 if missing or len(results) < 3 else int(missed)


def scratch() -> str | None:
    """A folder in memory, so that the disk is not what is measured; None where there is none."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


def measure(peer: Peer, items: list[Item], runs: int) -> Result:
    """Build the corpus with one generator: cold, unchanged, after one edit; then its memory.

    Raises `ToolMissing` or `BuildFailed`.
    """
    result = Result()
    with tempfile.TemporaryDirectory(prefix="portail-banc-", dir=scratch()) as name:
        folder = Path(name)
        output = folder / "output"
        peer.write(folder, items)
        command = peer.command(folder, output)
        for number in range(runs):
            forget(folder, peer)
            result.cold.append(seconds(command, folder))
            result.unchanged.append(seconds(command, folder))
            edit(folder / peer.edited(chosen(items, number)), number)
            result.edit.append(seconds(command, folder))
        forget(folder, peer)
        result.memory = peak_memory(command, folder)
        result.pages = sum(1 for _ in output.rglob("*.html"))
    return result


def forget(folder: Path, peer: Peer) -> None:
    """Remove the output and the caches of a generator: the next build is cold."""
    for name in ("output", *peer.caches):
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for path in folder.glob(".output.*"):
        shutil.rmtree(path)


def chosen(items: list[Item], number: int) -> Item:
    """The event that a run edits: another one each time, the same for every generator."""
    events = [item for item in items if item.folder == "events"]
    return events[(number * 37 + len(events) // 2) % len(events)]


def edit(path: Path, number: int) -> None:
    """Add a sentence at the end of a file."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text + SENTENCE.format(number), encoding="utf-8")


def compare(results: dict[str, Result]) -> bool:
    """Print each ratio beside its target; tell whether one is missed."""
    missed = False
    ours = results.get("Portail")
    for name, peer, target in TARGETS:
        other = results.get(peer)
        if ours is None or other is None:
            print(f"  {name}: not compared with {peer}")
            continue
        ratio = ours.value(name) / other.value(name)
        missed |= ratio > target
        verdict = "met" if ratio <= target else "MISSED"
        print(f"  {name}: {ratio:.2f} × {peer} (target ≤ {target}): {verdict}")
    return missed


def show(results: dict[str, Result]) -> None:
    """Print the figures themselves."""
    for name, result in results.items():
        times = "  ".join(
            f"{what} {result.value(what):.2f} s" for what in ("cold", "no change", "one edit")
        )
        print(f"  {name:8} {times}  peak memory {result.memory:.0f} MB  {result.pages} pages")


if __name__ == "__main__":
    sys.exit(main())
