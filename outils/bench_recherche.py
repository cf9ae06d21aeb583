"""The search in a build: 10,000 contents in words as frequent as those of a language.

``make parts`` runs it (``--items 10000 --runs 3``). The corpus is read once, unmeasured; then are
timed, the best of the runs, in seconds of processor: finding the words of every content, which a
build does when it reads files, by two processors; planning and writing the outputs of the search
with nothing kept from before; the same after one edit, with what was kept; planning alone, when
nothing changed. Memory is what the outputs add to the process at most (Linux). Bodies and pieces
are in a cache on disk, as in a build. Exit codes: 0 every target met, 1 one missed.
"""

from __future__ import annotations

import argparse
import gzip
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import accumulate
from pathlib import Path
from statistics import median
from time import process_time
from typing import NamedTuple

from bench_agenda import Read, best, judged
from corpus import Generator, Item, write
from portail.agenda.weeks import SchoolHolidays
from portail.geo.territories import Geography
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.outputs import OUTPUTS
from portail.outputs.base import Artifact, TextFile, Tree
from portail.outputs.search.output import PIECES
from portail.resources import data_dir, quiet_gc
from portail.search.words import packed
from portail.site.draft import Mapper, read_all
from portail.site.site import Site
from portail.source.loader import Media, SourceFile, list_content
from portail.text.analysis import STOP_WORDS
from portail.text.typography import plain
from portail_publication.store import DiskStore
from portail_publication.workers import stream_forked
from prose import vocabulary

COLD, MEGABYTES, EDIT = 8.0, 450.0, 2.0
"""Targets at ``ITEMS``: words and outputs together (s), what they add (MB), one edit (s); for fewer
contents times are in proportion, an edit 0.5 s at least."""
ITEMS, WORKERS = 10_000, 2
TYPICAL, HEAVIEST = 15_000, 20_000
"""Bytes, gzip: the median file of terms, the largest one."""
MEASURED = ("recherche", "termes")
"""Names of the outputs."""


class Language:
    """Texts whose words are as frequent as those of a language: half say nothing, the others
    follow Zipf's law (frequency as the inverse of the rank)."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311 (nothing secret is drawn)
        self.words = vocabulary()
        self.weights = [*accumulate(1 / (rank + 3) for rank in range(len(self.words)))]
        self.small = sorted(one for one in STOP_WORDS if len(one) > 1)

    def draw(self, count: int) -> str:
        """``count`` words, every other one saying nothing."""
        said = self.random.choices(self.words, cum_weights=self.weights, k=(count + 1) // 2)
        return " ".join(f"{self.random.choice(self.small)} {one}" for one in said)

    def body(self, count: int) -> str:
        """Paragraphs and headings."""
        parts = [
            f"{self.draw(80).capitalize()}.\n\n## {self.draw(4)}\n" for _ in range(count // 84)
        ]
        return "\n".join((*parts, f"{self.draw(count % 84)}.\n"))


class Spoken(Generator):
    """Contents of every kind, in words of a ``Language``."""

    def items(self) -> Iterator[Item]:
        """The same items, other words."""
        language = Language()
        for item in super().items():
            fields = item.fields | {"resume": f"{language.draw(16).capitalize()}."}
            if item.folder not in ("auteurs", "territoires"):
                fields["titre"] = f"{language.draw(6).capitalize()} ({item.slug})"[:140]
            count = language.random.randrange(*self.words)
            yield replace(item, fields=fields, body=language.body(count))


class Corpus:
    """A corpus on disk, read through a cache as a build does."""

    def __init__(self, folder: Path, items: list[Item], mapper: Mapper) -> None:
        self.folder, self.mapper = folder, mapper
        write(folder, items)
        self.vocabularies = Vocabularies.load(data_dir())
        self.geography = Geography.load(data_dir(), "Hauts-de-France")
        home = self.geography.home
        self.holidays = SchoolHolidays.load(data_dir(), home.code if home else "")
        self.store = DiskStore(folder / "cache", "bench")

    def site(self) -> Site:
        """What is there now."""
        listing = list_content(self.folder / "content", [])
        reading = Reading(self.vocabularies, self.geography)
        files: list[SourceFile | Media] = [*listing.documents, *listing.medias]
        records = read_all(files, self.store, reading, self.mapper)
        self.store.keep(one.path for one in files)
        args = (listing, [*records], self.vocabularies, self.geography, self.holidays, self.store)
        read = Read(*args)  # type: ignore[arg-type]
        return read.site(read.draft())


class Built(NamedTuple):
    """What was planned: the key of each artifact by its path, and how many were made."""

    keys: dict[str, tuple[str, ...]]
    made: int


def build(site: Site, folder: Path, known: dict[str, tuple[str, ...]] | None = None) -> Built:
    """Plan the outputs of the search, and write below a folder those whose key is not ``known``."""
    site.memo.clear()
    planned: list[Artifact] = []
    for output in OUTPUTS:
        if output.name in MEASURED:
            planned += output.plan(site)
    keys = {str(one.path): one.key for one in planned}
    stale = [one for one in planned if (known or {}).get(str(one.path)) != one.key]
    for one in stale:
        path = folder / one.path
        if isinstance(one, Tree):
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir(parents=True)
            for name, data in one.produce():
                (path / name).parent.mkdir(exist_ok=True)
                (path / name).write_bytes(data)
        elif isinstance(one, TextFile):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(one.produce())
    return Built(keys, len(stale))


def find_words(site: Site) -> int:
    """Find the words of every content, as the reading of its file does; how many signs."""
    return sum(
        len(
            packed(
                plain(item.entry.titre),
                item.entry.resume or "",
                [heading.text for heading in item.facts.toc],
                site.bodies.body(item.digest).text,
            )
        )
        for item in site.items.values()
    )


def resident(name: str) -> float:
    """``VmRSS`` or ``VmHWM`` of this process, in megabytes (Linux)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def added(site: Site, folder: Path) -> float:
    """Megabytes that a build with nothing kept adds to this process at most."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forgets the former peak
    before = resident("VmRSS")
    site.bodies.remember(PIECES, {})
    build(site, folder)
    return resident("VmHWM") - before


def sizes(folder: Path) -> bool:
    """Print how big the files are; whether those of terms meet their targets."""
    files = {path: len(gzip.compress(path.read_bytes(), 6)) for path in folder.rglob("*.json")}
    terms = {path: size for path, size in files.items() if path.parent.name == "f"}
    for path, size in sorted(files.items(), key=lambda one: -one[1]):
        if path.stem == "index":
            print(f"  {path.stem}: {size / 1000:.1f} kB gzip")
    print(f"  terms: {len(terms)} files, {sum(terms.values()) / 1e6:.1f} MB gzip in all")
    met = judged("a file of terms, median", median(terms.values()) / 1000, TYPICAL / 1000, "kB")
    return met & judged("the largest one", max(terms.values()) / 1000, HEAVIEST / 1000, "kB")


def measure(corpus: Corpus, edited: Path, runs: int, items: int) -> bool:
    """Print every figure; whether all targets are met."""
    folder, site = corpus.folder / "site", corpus.site()
    print(f"{len(site.items)} contents")
    more = added(site, folder)

    def cold() -> Built:
        site.bodies.remember(PIECES, {})
        return build(site, folder)

    words, _ = best(runs, partial(find_words, site))
    outputs, before = best(runs, cold)
    print(f"  words: {words:.2f} s of one processor; outputs: {outputs:.2f} s, {before.made} files")
    share = items / ITEMS
    met = judged("cold", words / WORKERS + outputs, COLD * share, f"s on {WORKERS} processors")
    met &= judged("memory added", more, MEGABYTES, "MB")
    unchanged, same = best(runs, lambda: build(site, folder, before.keys))
    met &= judged("files made again when nothing changed", same.made, 0, "")
    print(f"  no change: {unchanged:.2f} s")
    edits = [edit(corpus, edited, number, folder, before) for number in range(runs)]
    print(f"  one edit: {edits[0].files} files are other ones")
    met &= judged("one edit", min(one.seconds for one in edits), EDIT * max(share, 0.25), "s")
    return sizes(folder / "recherche") & met


class Edit(NamedTuple):
    """Seconds that an edit took, and how many files have other bytes or another name."""

    seconds: float
    files: int


def edit(corpus: Corpus, path: Path, number: int, folder: Path, before: Built) -> Edit:
    """Add a sentence to a content and build again."""

    def held() -> set[tuple[str, bytes]]:
        return {(str(one), one.read_bytes()) for one in (folder / "recherche").rglob("*.json")}

    files = held()
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nUne phrase de plus, numéro {number}.\n", encoding="utf-8")
    site = corpus.site()
    start = process_time()
    build(site, folder, before.keys)
    return Edit(process_time() - start, len(held() - files))


def main() -> int:
    """Measure, print each figure beside its target, return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    mapper = partial(stream_forked, workers=WORKERS)
    with tempfile.TemporaryDirectory(prefix="portail-recherche-") as name, quiet_gc():
        items = [*Spoken(options.items).items()]
        edited = next(item for item in reversed(items) if item.folder == "events")
        corpus = Corpus(Path(name), items, mapper)
        return 0 if measure(corpus, Path(name) / edited.path, options.runs, options.items) else 1


if __name__ == "__main__":
    sys.exit(main())
