"""What ten million visits would ask of a host, on paper, from the weight of one visit.

``python outils/portee.py output`` measures that visit: nginx with the configuration of ``portail
serveur``, a phone in Chromium, four pages one after the other, what the browser keeps being kept.
Everything else is computed from these few numbers and from published constants, each with its
source, and written into ``docs/technique/load.md``. With ``--check`` nothing is written.
Exit codes: 0, 1 with ``--check`` when a measure moved by more than a quarter, 2 without a program.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from npm import ToolMissing

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "technique" / "load.md"
BLOCK = re.compile(r"(?<=<!-- portee -->\n).*(?=<!-- /portee -->)", re.DOTALL)
_MEASURED = re.compile(r"^\| (.+?) \| ([\d,]+) \|$", re.MULTILINE)
JOURNEY = ("", "agenda/", "evenements/*/", "lieux/*/")
MOVED = 0.25

VISITS, PEAK = 10_000_000, 1_000_000
"""Visits of a year; of one day."""
BUSIEST = 0.1
"""Share of the visits of a day in its busiest hour: an assumption."""
EDGES = 34
"""Places of a network in Europe (https://docs.bunny.net/cdn/regions)."""
KEPT = 300
"""Seconds that a page is kept (``_headers``)."""
DOLLARS = 0.01
"""Of a gigabyte in Europe (https://docs.bunny.net/cdn/pricing, read in 2026)."""
KWH = {
    "data centres": (0.055, 0.012),
    "networks": (0.059, 0.013),
    "devices": (0.080, 0.081),
}
"""Of a gigabyte: operation, making (Sustainable Web Design Model, version 4)."""
WORLD, FRANCE = 494, 32
"""Grams of CO2e of a kWh: the model's own, and that of the production of France in 2023 (RTE)."""
MOBILE = 49.4
"""Grams of CO2e of a gigabyte on a mobile network of France (ADEME, 2022)."""
_DAY = 86_400


def misses(requests: float, addresses: int, edges: int = EDGES) -> float:
    """Requests a day that reach the host behind a network which keeps each page ``KEPT`` seconds.

    ``requests`` a day are spread over the ``addresses`` by Zipf's law, and evenly over the places:
    a page asked ``r`` times a second is missing once every ``KEPT + 1/r`` seconds.
    """
    total = sum(1 / rank for rank in range(1, addresses + 1))
    rates = (requests / _DAY / edges / rank / total for rank in range(1, addresses + 1))
    return sum(edges * _DAY * rate / (1 + rate * KEPT) for rate in rates)


def carbon(grid: float) -> float:
    """Grams of CO2e of a gigabyte: operation on ``grid``, making on that of the world."""
    operation = sum(one for one, _ in KWH.values())
    making = sum(one for _, one in KWH.values())
    return operation * grid + making * WORLD


def results(found: Mapping[str, int]) -> Iterator[tuple[str, str, str]]:
    """Rows of the table: what, in a year of ``VISITS``, on a day of ``PEAK``."""
    visit, requests = found["bytes of a visit"], found["requests of a visit"]
    pages, addresses = len(JOURNEY), found["pages of the site"]

    def row(what: str, value: Any, form: str) -> tuple[str, str, str]:
        return what, form.format(value(VISITS)), form.format(value(PEAK))

    def gigabytes(visits: int) -> float:
        return visits * visit / 1e9

    yield row("sent, GB", gigabytes, "{:,.0f}")
    yield row("requests, millions", lambda visits: visits * requests / 1e6, "{:,.0f}")
    busiest = PEAK * requests * BUSIEST / 3600
    yield "requests a second, busiest hour", "", f"{busiest:,.0f}"
    yield "Mbit a second, busiest hour", "", f"{PEAK * visit * 8 * BUSIEST / 3600 / 1e6:,.0f}"
    year = misses(VISITS / 365 * pages, addresses)
    day = misses(PEAK * pages, addresses)
    yield (
        "pages kept by a network, %",
        f"{100 * (1 - year / (VISITS / 365 * pages)):.0f}",
        f"{100 * (1 - day / (PEAK * pages)):.0f}",
    )
    past = f"{year / _DAY:.1f}", f"{day / _DAY:.1f}"
    yield "requests a second for pages, past the network", *past
    yield row("network, $", lambda visits: gigabytes(visits) * DOLLARS, "{:,.0f}")
    for name, grid in (("of the world", WORLD), ("of France", FRANCE)):
        yield row(
            f"kg CO2e, electricity {name}",
            lambda visits, grid=grid: gigabytes(visits) * carbon(grid) / 1000,
            "{:,.0f}",
        )
    yield row("of which a mobile network, kg", lambda v: gigabytes(v) * MOBILE / 1000, "{:,.0f}")
    least, most = (visit / 1e9 * carbon(grid) for grid in (FRANCE, WORLD))
    yield "g CO2e of a visit", f"{least:.3f} to {most:.3f}", ""


def block(found: Mapping[str, int]) -> str:
    """What the page holds between its marks."""
    lines = ["", "| measured | |", "|---|---|"]
    lines += (f"| {name} | {value:,} |" for name, value in found.items())
    lines += ["", f"| computed | {VISITS:,} visits, a year | {PEAK:,} visits, a day |"]
    lines += ["|---|---|---|"]
    lines += (f"| {' | '.join(row)} |" for row in results(found))
    return "\n".join([*lines, "", ""])


def measured(text: str) -> dict[str, int]:
    """The measures that a text of the page holds."""
    (inside,) = BLOCK.findall(text)
    part = inside.partition("| computed")[0]
    return {name: int(value.replace(",", "")) for name, value in _MEASURED.findall(part)}


_READ = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 700) {
    scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 60));
  }
  await new Promise((done) => setTimeout(done, 500));
}"""
"""To the end of the page: pictures come as they are seen."""


def _middle(site: Path, family: str) -> str:
    """The page of a family that half of the others outweigh."""
    files = sorted(site.glob(f"{family}index.html"), key=lambda one: one.stat().st_size)
    return f"{files[len(files) // 2].parent.relative_to(site).as_posix()}/".removeprefix("./")


def measure(output: Path) -> dict[str, int]:
    """A visit, in Chromium. Raises ``ToolMissing``."""
    from audit_axe import browser
    from pages import html_pages, is_redirect
    from serveurs import prepared
    from serveurs_lances import running

    seen: list[int] = []
    weights: list[int] = []
    with (
        prepared(output) as (site, scratch),
        running("nginx", site, scratch) as (host, _),
        browser() as chromium,
    ):
        visitor = chromium.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
        tab = visitor.new_page()
        link = visitor.new_cdp_session(tab)
        link.send("Network.enable")
        ended = "Network.loadingFinished"
        link.on(ended, lambda told: seen.append(int(told["encodedDataLength"])))
        for family in JOURNEY:
            tab.goto(f"{host}/{_middle(site, family)}", wait_until="networkidle")
            tab.evaluate(_READ)
            tab.wait_for_load_state("networkidle")
            weights.append(sum(seen))
        visitor.close()
    pages = sum(not is_redirect(page) for page in html_pages(output))
    asked = sum(one > 0 for one in seen)
    return {
        "pages of the site": pages,
        "bytes of the first page": weights[0],
        "bytes of a visit": weights[-1],
        "requests of a visit": asked,
    }


def main() -> int:
    """Measure, write or compare; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("output", type=Path, help="folder of the built site")
    parser.add_argument("--check", action="store_true", help="compare with the page")
    options = parser.parse_args()
    try:
        found = measure(options.output.resolve())
    except ToolMissing as error:
        print(f"portail: {error}", file=sys.stderr)
        return 2
    text = PAGE.read_text(encoding="utf-8")
    print(block(found))
    if not options.check:
        PAGE.write_text(BLOCK.sub(lambda _: block(found), text), encoding="utf-8")
        return 0
    known = measured(text)
    far = [name for name in found if abs(found[name] / known.get(name, 0.1) - 1) > MOVED]
    print("\n".join(f"{name}: {found[name]:,}, not {known.get(name, 0):,}" for name in far))
    return 1 if far else 0


if __name__ == "__main__":
    raise SystemExit(main())
