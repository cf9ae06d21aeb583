"""Speed and memory of Portail beside stock Pelican and Hugo, in one run on one machine.

``make bench`` (``--items 5000 --runs 3``): one generated corpus, written for the three, built
on tmpfs where there is one. Ratios come first, since they survive a change of machine; each
generator runs in turn and its best time counts, since other work on a machine only adds.
``--profil`` prints, for Portail alone, the time of each stage.
Exit codes: 0 every target met, 1 one missed, 2 a peer is missing or a build failed: what was
not compared is said, and is never a pass.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
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
        """The figure that is compared: the best of times, the peak of memory."""
        times = {"cold": self.cold, "one edit": self.edit, "no change": self.unchanged}
        return self.memory if measure == "peak memory" else min(times[measure])


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
    parser.add_argument("--profil", action="store_true", help="time of each stage of Portail")
    options = parser.parse_args()
    items = [*Generator(options.items).items()]
    if options.profil:
        return profile(items)
    asked = [
        one for one in (PORTAIL, PELICAN, HUGO) if not options.only or one.name in options.only
    ]
    results = measure(asked, items, options.runs)
    print(f"{len(items)} items, best of {options.runs} runs, output on {scratch() or 'disk'}")
    missed = compare(results)
    show(results)
    return 2 if len(results) < 3 else int(missed)


def scratch() -> str | None:
    """A folder in memory, so that the disk is not what is measured; None where there is none."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


def measure(peers: Sequence[Peer], items: list[Item], runs: int) -> dict[str, Result]:
    """Build the corpus with each generator in turn: cold, unchanged, after one edit; then memory.

    One that cannot be had, or fails, is said and has no result.
    """
    results: dict[str, Result] = {}
    with tempfile.TemporaryDirectory(prefix="portail-banc-", dir=scratch()) as name:
        left = {peer: Path(name) / peer.name for peer in peers}
        for number in range(-1, runs + 1):
            for peer, folder in [*left.items()]:
                result = results.setdefault(peer.name, Result())
                try:
                    step(peer, folder, items, number, result, last=number == runs)
                except (ToolMissing, BuildFailed) as error:
                    print(f"{peer.name}: not measured. {error}", file=sys.stderr)
                    del left[peer], results[peer.name]
    return results


def step(
    peer: Peer, folder: Path, items: list[Item], number: int, result: Result, *, last: bool
) -> None:
    """Write the corpus (-1), make run ``number``, or measure memory (``last``).

    Raises `ToolMissing` or `BuildFailed`.
    """
    output = folder / "output"
    command = peer.command(folder, output)
    if number < 0:
        folder.mkdir()
        peer.write(folder, items)
        return
    forget(folder, peer)
    if last:
        result.memory = peak_memory(command, folder)
        result.pages = sum(1 for _ in output.rglob("*.html"))
        return
    result.cold.append(seconds(command, folder))
    result.unchanged.append(seconds(command, folder))
    edit(folder / peer.edited(chosen(items, number)), number)
    result.edit.append(seconds(command, folder))


def profile(items: list[Item]) -> int:
    """Print the stages of a cold build, of one without change, of one after an edit."""
    with tempfile.TemporaryDirectory(prefix="portail-banc-", dir=scratch()) as name:
        folder = Path(name)
        PORTAIL.write(folder, items)
        command = [sys.executable, str(Path(__file__).with_name("etapes.py"))]
        for what in ("cold", "no change", "one edit"):
            print(f"── {what}", flush=True)
            if what == "one edit":
                edit(folder / PORTAIL.edited(chosen(items, 0)), 0)
            code = subprocess.run(command, cwd=folder, check=False).returncode
            if code:
                return 2
    return 0


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
