"""Is the right answer found first, and what does it cost the reader? Beside Pagefind, in one run.

``make parts`` runs it (``--items 10000``). Relevance: the queries of ``tests/recherche/``, asked
of the demonstration. Cost: a generated corpus of so many items, a first query and thirty others,
in Chromium, each request delayed.
Exit codes: 0 every target met, 1 one missed, 2 no browser, no Pagefind or no build: what was not
compared is said, and is never a pass.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pagefind
from audit_axe import browser
from bench import scratch
from corpus import DAY, Generator, write
from lecteur import OURS, PAGEFIND, Journey, Way, answers, journey, narrowed, opened
from measure import BuildFailed, peak_memory, seconds
from npm import ToolMissing
from peers import PINNED
from portail.source.loader import list_content
from portail.text.analysis import STOP_WORDS, tokens
from requetes import KEPT, TUNED, judge, queries

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
SUCCESS = 0.95
"""Share of the queries that have an expected answer among the first three."""
NEXT_BYTES, WORST_BYTES, REQUESTS, FIRST_SECONDS, NARROWED = 100_000, 150_000, 12, 0.5, 20
"""Bytes of a next query, the middle and the largest of thirty; requests of each; seconds until
the first results; milliseconds to narrow or sort."""
NEXTS = 30
WORD = re.compile(r"[^\W\d_]{4,}")


def first_bytes(items: int) -> int:
    """Bytes that a first query may take, scripts included."""
    return 60_000 if items <= 2700 else 100_000


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--sans-pertinence", action="store_true", help="costs only")
    options = parser.parse_args()
    missed: list[str] = []
    try:
        ways = [OURS]
        try:
            pagefind.program()
            ways.append(PAGEFIND)
        except ToolMissing as error:
            print(f"Pagefind: not measured. {error}", file=sys.stderr)
        with browser() as chromium, tempfile.TemporaryDirectory(dir=scratch()) as name:
            if not options.sans_pertinence:
                missed += relevance(chromium, Path(name) / "demonstration", ways)
            missed += costs(chromium, Path(name) / "corpus", ways, options)
    except (ToolMissing, BuildFailed) as error:
        print(error, file=sys.stderr)
        return 2
    for text in missed:
        print(f"MISSED: {text}")
    return 2 if len(ways) < 2 else int(bool(missed))


def relevance(chromium: Browser, folder: Path, ways: Sequence[Way]) -> list[str]:
    """Ask both sets of queries of the demonstration; targets that are missed."""
    folder.mkdir()
    seconds([sys.executable, "-m", "portail", "build", "--output", str(folder / "output")], ROOT)
    refs = addresses(ROOT / "content")
    sites = prepared(folder, refs, ways)
    shares: dict[tuple[str, str], float] = {}
    for way in ways:
        with opened(chromium, sites[way], way, _today()) as (page, _, _opening):
            for name in (TUNED, KEPT):
                asked = queries(name)
                found = answers(page, [one.text for one in asked])
                named = {q: [refs.get(url, url) for url in urls] for q, urls in found.items()}
                judged = judge(asked, named)
                shares[way.name, name] = judged.success
                print(
                    f"{way.name}, {name}: {judged.found} of {judged.total} at 3"
                    f" ({judged.success:.1%}), MRR {judged.reciprocal:.3f}"
                )
    return [
        f"{name}: {shares[OURS.name, name]:.1%} at 3, the target is {least:.1%}"
        for name in (TUNED, KEPT)
        if shares[OURS.name, name] < (least := max(SUCCESS, shares.get((PAGEFIND.name, name), 0)))
    ]


def _today() -> str:
    """The day of the demonstration, as its settings say it: what is on depends on it."""
    settings = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    return re.findall(r'^PORTAIL_DATE = "(.+)"', settings, re.MULTILINE)[0]


def addresses(content: Path) -> dict[str, str]:
    """Address → reference of every content that can be found."""
    found = {}
    for one in list_content(content).documents:
        parts = [part for part in (one.kind.info.segment, one.slug) if part]
        if one.kind.value != "newsletters":
            found[f"/{'/'.join(parts)}/"] = f"{one.kind.value}/{one.slug}"
    return found


def prepared(folder: Path, refs: Mapping[str, str], ways: Sequence[Way]) -> dict[Way, Path]:
    """Where each search is served from; the index of Pagefind is made, timed and weighed."""
    output, site = folder / "output", folder / "pagefind"
    if PAGEFIND in ways:
        pagefind.site_of(output, refs, site)
        command = pagefind.command(site)
        taken, memory = seconds(command, folder), peak_memory(command, folder)
        print(f"Pagefind, {len(refs)} pages: {taken:.1f} s, {memory:.0f} MB at each edit")
    return {OURS: output, PAGEFIND: site}


def costs(
    chromium: Browser, folder: Path, ways: Sequence[Way], options: argparse.Namespace
) -> list[str]:
    """Build the corpus, ask it ``NEXTS`` + 1 queries; targets that are missed."""
    folder.mkdir()
    (folder / "pelicanconf.py").write_text(PINNED, encoding="utf-8")
    write(folder, [*Generator(options.items).items()])
    taken = seconds([sys.executable, "-m", "portail", "build", "--output", "output"], folder)
    print(f"{options.items} items, built in {taken:.0f} s")
    texts = drawn([path.read_text() for path in sorted(folder.glob("content/*/*.md"))])
    sites = prepared(folder, addresses(folder / "content"), ways)
    found = {way: journey(chromium, sites[way], way, f"{DAY}", texts) for way in ways}
    for way, one in found.items():
        show(way, one)
    fastest = narrowed(chromium, sites[OURS], f"{DAY}", texts[0])
    print(f"Portail: narrowed or sorted in {fastest:.1f} ms at most, processor slowed 4 times")
    return judged(found[OURS], first_bytes(options.items), fastest)


def judged(ours: Journey, first: int, fastest: float) -> list[str]:
    """The targets that are missed."""
    return [
        f"{what}: {value:.0f}, at most {most}"
        for what, value, most in (
            ("first query, bytes", ours.first.size, first),
            ("first query, requests", ours.first.requests + ours.first.scripts, REQUESTS),
            ("first query, ms", ours.first.milliseconds, FIRST_SECONDS * 1000),
            ("next queries, bytes", ours.median("size"), NEXT_BYTES),
            ("next queries, most bytes", ours.worst("size"), WORST_BYTES),
            ("next queries, most requests", ours.worst("requests"), REQUESTS),
            ("narrow or sort, ms", fastest, NARROWED),
        )
        if value > most
    ]


def show(way: Way, one: Journey) -> None:
    """Print what a search costs."""
    first = one.first
    print(
        f"{way.name}, first query: {first.size / 1000:.1f} kB, {first.requests} requests and"
        f" {first.scripts} scripts, {first.milliseconds:.0f} ms"
    )
    for name, value in (("median", one.median), ("worst", one.worst)):
        print(
            f"{way.name}, {len(one.nexts)} next ones, {name}: {value('size') / 1000:.1f} kB,"
            f" {value('requests'):.0f} requests, {value('milliseconds'):.0f} ms"
        )


def drawn(texts: Sequence[str]) -> list[str]:
    """A word, then thirty queries of one, two and three words that contents have: words of every
    frequency, then words near one another in a sentence. The same texts give the same queries."""
    chance = Random(1)  # noqa: S311 (nothing secret is drawn)
    sample = [text.rpartition("---\n")[2] for text in chance.sample(texts, min(1000, len(texts)))]
    spread: Counter[str] = Counter()
    for text in sample:
        spread.update({word.lower() for word in WORD.findall(text)})
    known = {word for word in spread if word not in STOP_WORDS and len([*tokens(word)]) == 1}
    ranked = sorted(known, key=lambda word: (-spread[word], word))
    asked = [ranked[len(ranked) // 4]]
    asked += [ranked[rank * len(ranked) // 11] for rank in range(1, 11)]
    while len(asked) < NEXTS + 1:
        said = [word for word in WORD.findall(chance.choice(sample)) if word.lower() in known]
        wanted = 2 + (len(asked) > 20)
        start = chance.randrange(max(1, len(said) - wanted))
        asked.append(" ".join(said[start : start + wanted]))
    return asked


if __name__ == "__main__":
    raise SystemExit(main())
