"""Speed and size of feeds and open data: 10,000 contents, in one process.

``make parts`` runs it (``--items 10000 --runs 3``). The corpus is read once, unmeasured, by all
processors; then every feed, every file of data and the sitemap are planned and written, each run
on a site that nothing has asked anything of. Beside them, in the same run, the library with which
stock Pelican writes its feeds (feedgenerator) writes the RSS and Atom feeds of the same contents,
each text made where it is needed: what a writer that keeps nothing takes.
Exit codes: 0 every target met, 1 one missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from time import process_time
from typing import NamedTuple

from feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from bench_agenda import Read, best, judged, read
from corpus import Generator
from portail.outputs import OUTPUTS, SURVEYS
from portail.outputs.base import Artifact, TextFile
from portail.outputs.flux.entries import feed_content
from portail.outputs.pages.page_context import PageContext, context_of
from portail.resources import quiet_gc
from portail.site.feeds import Feed
from portail.site.site import Site
from portail_publication.workers import stream_forked

SECONDS, MEGABYTES = 10.0, 300.0
"""Targets for everything together."""
MEASURED = ("flux", "opml", "exports", "opendata", "sitemap")
"""Names of the outputs."""


class Output(NamedTuple):
    """What an output took and gave: seconds of processor, files, bytes."""

    name: str
    seconds: float
    files: int
    size: int


def written(files: Iterable[Artifact], folder: Path) -> tuple[int, int]:
    """Write text files below a folder, as they stream; how many there are, and their bytes."""
    count = size = 0
    for one in files:
        if not isinstance(one, TextFile):
            continue
        path = folder / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(one.produce())
        count, size = count + 1, size + path.stat().st_size
    return count, size


def produce(site: Site, planned: list[Artifact], folder: Path) -> Iterator[Output]:
    """Plan and write each output, timed; ``planned`` is what the survey of pages reads."""
    plans: dict[str, Callable[[], Iterable[Artifact]]] = {
        **{one.name: partial(one.plan, site) for one in OUTPUTS},
        **{one.name: partial(one.plan, site, planned) for one in SURVEYS},
    }
    for name in MEASURED:
        start = process_time()
        files, size = written(plans[name](), folder)
        yield Output(name, process_time() - start, files, size)


def peer_feed(kind: type[SyndicationFeed], feed: Feed, site: Site, context: PageContext) -> str:
    """One feed, as Pelican's writer makes it."""
    address = site.config.absolute(feed.page)
    made = kind(title=feed.nom, link=address, description=feed.nom, language="fr")
    for ref in feed.refs:
        told = feed_content(site.items[ref], site, context, whole=feed.entier)
        made.add_item(
            title=told.titre,
            link=told.url,
            description=told.resume,
            content=told.contenu,
            unique_id=told.id,
            pubdate=told.publie,
            updateddate=told.modifie,
            categories=[one.texte for one in told.mots],
        )
    return str(made.writeString("utf-8"))


def peer(site: Site) -> int:
    """How many RSS and Atom feeds the peer writes."""
    context = context_of(site)
    kinds = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
    made = [
        peer_feed(kinds[one.format], feed, site, context)
        for feed in site.feeds.every
        for one in feed.adresses
        if one.format in kinds
    ]
    return len(made)


def measure(corpus: Read, runs: int, folder: Path) -> bool:
    """Print every figure; whether both targets are met."""
    draft = corpus.draft()
    tried = []
    for number in range(runs):
        site = corpus.site(draft)
        pages = [one for output in OUTPUTS if output.name == "pages" for one in output.plan(site)]
        tried.append([*produce(corpus.site(draft), pages, folder / str(number))])
    chosen = min(tried, key=lambda one: sum(output.seconds for output in one))
    print(f"{len(site.items)} contents, {len(site.feeds.every)} feeds")
    for one in chosen:
        size = f"{one.size / 1e6:.1f} MB"
        print(f"  {one.name}: {one.seconds:.2f} s, {one.files} files, {size}")
    met = judged("everything", sum(one.seconds for one in chosen), SECONDS, "s")
    met &= judged("written", sum(one.size for one in chosen) / 1e6, MEGABYTES, "MB")
    spent, count = best(1, lambda: peer(corpus.site(draft)))
    ours = next(one.seconds for one in chosen if one.name == "flux")
    print(f"  feeds: {ours / spent:.2f} × feedgenerator ({spent:.2f} s for {count} RSS and Atom)")
    return met


def main() -> int:
    """Measure, print each figure beside its target, return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    mapper = partial(stream_forked, workers=os.cpu_count() or 1)
    with tempfile.TemporaryDirectory(prefix="portail-flux-") as name, quiet_gc():
        corpus = read(Path(name), Generator(options.items).items(), mapper)
        return 0 if measure(corpus, options.runs, Path(name) / "site") else 1


if __name__ == "__main__":
    sys.exit(main())
