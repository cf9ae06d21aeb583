"""Speed of the letter: what a week tells, over 10,000 contents, in one process.

``make parts`` runs it (``--items 10000 --runs 3``). The corpus is read once,
unmeasured, with letters sent the weeks before. Then are timed, each run on a site that nothing
has asked anything of: the selection of the region alone, then of all editions.
Exit codes: 0 the target is met, 1 it is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench_agenda import Read, best, judged, read
from corpus import DAY, Generator
from portail.agenda.weeks import Week
from portail.config import REGION, Edition
from portail.model.issue import Frozen, Group, Issue, Line, Masthead, Section
from portail.newsletter.news import select
from portail.newsletter.picks import Selection
from portail.resources import quiet_gc
from portail.site.site import Site
from portail_publication.workers import stream_forked

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from choices import picks_of

SECONDS = 0.3
"""Target: one edition, from a site that was just loaded."""
WEEKS = 26
"""Letters sent before."""
EDITIONS = (
    Edition(REGION, "Hauts-de-France"),
    Edition("somme", "Somme", ("departement", "somme")),
    Edition("nord", "Nord", ("departement", "nord")),
    Edition("amiens", "Amiens Métropole", ("epci", "ca-amiens-metropole")),
    Edition("ciel", "Astronomie et espace", ("theme", "astronomie-espace")),
    Edition("familles", "Familles", ("public", "familles")),
)


def sent(site: Site) -> dict[str, Frozen]:
    """Letters of the last weeks, each frozen without its words."""
    enseigne = Masthead(nom="Exemple", region="Hauts-de-France", siteurl="https://exemple.org")
    found: dict[str, Frozen] = {}
    weeks = [Week.of(DAY).previous]
    while len(weeks) < WEEKS:
        weeks.append(weeks[-1].previous)
    for one in reversed(weeks):
        site = replace(site, envois=dict(found))
        chosen = [select(site, one, edition) for edition in EDITIONS]
        issues = {each.edition.code: issue(each) for each in chosen}
        etats = {ref: how for each in chosen for ref, how in each.etats}
        found[one.slug] = Frozen(
            semaine=one.slug, fige_le=one.thursday, enseigne=enseigne, editions=issues, etats=etats
        )
    return found


def issue(selection: Selection) -> Issue:
    """What a selection freezes: its references."""
    lines = tuple(Line(ref=one.ref, url="/", titre="Titre") for one in picks_of(selection))
    section = Section(cle="une", titre="À la une", groupes=(Group(lignes=lines),))
    return Issue(
        semaine=selection.week.slug,
        edition=selection.edition.code,
        nom=selection.edition.nom,
        jour=selection.jour,
        sujet="La lettre",
        apercu="",
        sections=(section,) if lines else (),
    )


def measure(corpus: Read, runs: int) -> bool:
    """Print every figure; whether the target is met."""
    draft, week = corpus.draft(), Week.of(DAY)
    envois = sent(corpus.site(draft))
    sites = iter([replace(corpus.site(draft), envois=envois) for _ in range(2 * runs)])

    def chosen(editions: Sequence[Edition]) -> list[Selection]:
        site = next(sites)
        return [select(site, week, one) for one in editions]

    alone, (region,) = best(runs, lambda: chosen(EDITIONS[:1]))
    together, _ = best(runs, lambda: chosen(EDITIONS))
    print(f"{len(draft.items)} contents, {len(envois)} letters, {len(picks_of(region))} lines")
    met = judged("one edition", alone, SECONDS, "s")
    print(f"  {len(EDITIONS)} editions: {together:.2f} s")
    return met


def main() -> int:
    """Measure, print each figure beside its target, return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    mapper = partial(stream_forked, workers=os.cpu_count() or 1)
    with tempfile.TemporaryDirectory(prefix="portail-lettre-") as name, quiet_gc():
        corpus = read(Path(name), Generator(options.items, words=(20, 40)).items(), mapper)
        return 0 if measure(corpus, options.runs) else 1


if __name__ == "__main__":
    sys.exit(main())
