"""Audit a built site with tools that need Java, Node and Chromium, and with programs of others.

``python outils/audit.py output [PART…]``, those of ``USUAL`` when none is named:

- ``vnu``: the Nu HTML Checker reads every page;
- ``pages``: one page of each shape of address (the longest) is opened in Chromium as a new reader
  does, at two widths, with every request outside the site refused and reported, and weighed against
  its budget (``--weights`` prints them); axe-core then looks at it, in light and dark;
- ``boites``: on some twenty pages and their paper, boxes hold what they have (``audit_marks.py``);
- ``courriel``: the mails of the letter are held to what readers of mail draw (Can I email);
- ``look``: measures beside the most that each may be (``mesures.py``);
- ``agendas``: programs that keep calendars read each (``audit_agendas.py``);
- ``papier``: Safari's engine prints pages (``audit_papier.py``).

Exit codes: 0 nothing found, 1 something found, 2 a tool is missing or does not work. A tool
that finds nothing wrong in a page made wrong on purpose does not work.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from audit_agendas import ICAL, check_calendars
from audit_axe import AXE
from audit_budget import check_pages
from audit_mails import CANIEMAIL, check_mails
from audit_marks import check_marks
from audit_papier import check_paper
from audit_vnu import VNU, check_validity
from mesures import measured
from npm import ToolMissing
from pages import by_shape, html_mails, html_pages, site_url

USUAL = ("vnu", "pages", "boites", "courriel")
"""Side by side: a browser that waits leaves its core to another."""


@dataclass(frozen=True)
class Part:
    """One part of the audit: what it looked at and what it found."""

    title: str
    looked_at: str
    findings: list[str]
    table: list[str] = field(default_factory=list)


def main() -> int:
    """Run the parts, print every finding, return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("output", type=Path, help="folder of the built site")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--weights", action="store_true", help="print the weight of each page")
    options = parser.parse_args()
    output, names = options.output.resolve(), options.parts or USUAL
    if unknown := {*names} - PARTS.keys():
        parser.error(f"{', '.join(sorted(unknown))}: none of {', '.join(PARTS)}")
    pages = html_pages(output)
    if not pages:
        print(f"portail: no page in {output}. Build it first: make site", file=sys.stderr)
        return 2
    with ThreadPoolExecutor() as pool:
        tasks = [pool.submit(PARTS[name], output, pages) for name in names if name in USUAL]
    runs = [task.result for task in tasks]
    runs += [partial(PARTS[name], output, pages) for name in names if name not in USUAL]
    return max(told(run, weights=options.weights) for run in runs)


def told(run: Callable[[], Part], *, weights: bool) -> int:
    """Print what a part found, or why it could not look; the exit code."""
    try:
        part = run()
    except ToolMissing as error:
        print(f"portail: {error}", file=sys.stderr)
        return 2
    report(part)
    if part.table and (weights or part.title == MEASURES):
        print("\n".join(part.table), flush=True)
    return 1 if part.findings else 0


def validity(output: Path, pages: list[Path]) -> Part:
    """Every page, by the Nu HTML Checker."""
    findings = check_validity(output, pages)
    return Part(f"Nu HTML Checker {VNU.version}", f"{len(pages)} pages", findings)


def visited(output: Path, pages: list[Path]) -> Part:
    """Pages of each shape, and the longest mail."""
    chosen = by_shape(output, pages)
    mails = sorted(html_mails(output), key=lambda path: path.stat().st_size)[-1:]
    findings, table = check_pages(output, site_url(output), [*chosen, *mails])
    title = f"Weight, policy, stability, axe-core {AXE.version}"
    return Part(title, f"{len(chosen)} pages of {len(pages)}, {len(table)} visits", findings, table)


def boxes(output: Path, _pages: list[Path]) -> Part:
    """Some twenty pages, by five rules of layout."""
    findings, table = check_marks(output, site_url(output))
    return Part("Five rules of layout", f"{len(table) - 2} pages", findings, table)


def letters(output: Path, _pages: list[Path]) -> Part:
    """Every mail."""
    mails = html_mails(output)
    findings, table = check_mails(mails)
    return Part(f"Can I email {CANIEMAIL.version}", f"{len(mails) + 1} mails", findings, table)


def calendars(output: Path, _pages: list[Path]) -> Part:
    """Every calendar."""
    findings, count = check_calendars(output)
    return Part(f"ical.js {ICAL.version}", f"{count} calendars", findings)


def paper(output: Path, pages: list[Path]) -> Part:
    """Pages of each shape, printed."""
    chosen = by_shape(output, pages)
    return Part("Paper of WebKit", f"{len(chosen)} pages", check_paper(output, chosen))


def measures(output: Path, pages: list[Path]) -> Part:
    """The demonstration, measured."""
    findings, table = measured(output, pages)
    return Part(MEASURES, f"{len(table) - 1} figures", findings, table)


MEASURES = "Measures"
PARTS: Mapping[str, Callable[[Path, list[Path]], Part]] = {
    "vnu": validity,
    "pages": visited,
    "boites": boxes,
    "courriel": letters,
    "look": measures,
    "agendas": calendars,
    "papier": paper,
}


def report(part: Part) -> None:
    """Print what one part found; the same finding on many pages is said once."""
    verdict = f"{len(part.findings)} found" if part.findings else "nothing found"
    print(f"{part.title}: {part.looked_at}, {verdict}")
    gists = Counter(map(gist, part.findings))
    shown: set[str] = set()
    for finding in part.findings:
        place, _, text = finding.partition(" — ")
        if gist(finding) not in shown:
            shown.add(gist(finding))
            count = gists[gist(finding)]
            more = f" (and {count - 1} more)" if count > 1 else ""
            print(f"  {place}{more}\n    {text}")


def gist(finding: str) -> str:
    """What a finding says, without its place and its extract."""
    return finding.partition(" — ")[2].partition(" [")[0]


if __name__ == "__main__":
    sys.exit(main())
