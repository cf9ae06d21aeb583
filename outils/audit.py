"""Audit the built site with tools that need Java, Node and Chromium.

``python outils/audit.py output``: the Nu HTML Checker reads every page; one page of each
shape of address (the longest) is opened in Chromium as a new reader does, at two widths, with
every request outside the site refused and reported, and weighed against its budget (``--weights``
prints them); axe-core then looks at it, in light and dark. On twenty pages, boxes hold what
stands in them (``audit_marks.py``). The mails of the letter are held to what readers of mail
draw: axe-core on the longest, Can I email on all.
Exit codes: 0 nothing found, 1 something found, 2 a tool is missing or does not work. A tool
that finds nothing wrong in a page made wrong on purpose does not work.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from audit_axe import AXE
from audit_budget import check_pages
from audit_mails import CANIEMAIL, check_mails
from audit_marks import check_marks
from audit_vnu import VNU, check_validity
from npm import ToolMissing
from pages import by_shape, html_mails, html_pages, site_url


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
    parser.add_argument(
        "--only", choices=["vnu", "pages", "boites", "courriel"], help="one part alone"
    )
    parser.add_argument("--weights", action="store_true", help="print the weight of each page")
    options = parser.parse_args()
    output = options.output.resolve()
    pages = html_pages(output)
    if not pages:
        print(f"portail: no page in {output}. Build it first: make site", file=sys.stderr)
        return 2
    try:
        parts = run(output, pages, options.only)
    except ToolMissing as error:
        print(f"portail: {error}", file=sys.stderr)
        return 2
    for part in parts:
        report(part)
        if options.weights and part.table:
            print("\n".join(part.table))
    return 1 if any(part.findings for part in parts) else 0


def run(output: Path, pages: list[Path], only: str | None) -> list[Part]:
    """The parts asked for, side by side: a browser that waits leaves its core to another.

    Raises `ToolMissing`.
    """
    chosen, url = by_shape(output, pages), site_url(output)

    def validity() -> Part:
        findings = check_validity(output, pages)
        return Part(f"Nu HTML Checker {VNU.version}", f"{len(pages)} pages", findings)

    def visited() -> Part:
        mails = sorted(html_mails(output), key=lambda path: path.stat().st_size)[-1:]
        findings, table = check_pages(output, url, [*chosen, *mails])
        title = f"Weight, policy, stability, axe-core {AXE.version}"
        looked_at = f"{len(chosen)} pages of {len(pages)}, {len(table)} visits"
        return Part(title, looked_at, findings, table)

    def boxes() -> Part:
        findings, table = check_marks(output, url)
        return Part("Five rules of layout", f"{len(table) - 2} pages", findings, table)

    def letters() -> Part:
        mails = html_mails(output)
        findings, table = check_mails(mails)
        return Part(f"Can I email {CANIEMAIL.version}", f"{len(mails) + 1} mails", findings, table)

    looks = {"vnu": validity, "pages": visited, "boites": boxes, "courriel": letters}
    with ThreadPoolExecutor() as pool:
        tasks = [pool.submit(look) for name, look in looks.items() if only in (None, name)]
        return [task.result() for task in tasks]


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
