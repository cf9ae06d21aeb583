"""How fast filters answer in a real browser slowed four times, and how heavy their data is.

``python outils/bench_filtres.py --evenements 1000``: builds an artificial agenda, then chooses and
gives up each sort of filter in Chromium (``CHROME_BIN``, else the one of ``outils/chromium.py``).
Times, in milliseconds, go from the click to the end of the layout that it causes; the best of
each filter counts, since other work on a machine only adds. Exit codes: 0 every target met,
1 one missed, 2 no browser or no build.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, Route

from audit_axe import browser, file_of
from bench import SETTINGS
from corpus import DAY, Generator, Item, write
from measure import BuildFailed, seconds
from pages import LOCAL_ADDRESS

SLOWER = 4
HEAVIEST, LONGEST = 120_000, 50
"""Bytes of the data once compressed; milliseconds of an answer."""
AGENDA = f"{LOCAL_ADDRESS}/agenda/"
_ACT = """async (choose) => {
  const field = document.querySelector(choose);
  field.closest('details').open = true;
  document.body.offsetHeight;
  const start = performance.now();
  field.click();
  for (let turn = 0; turn < 20; turn += 1) await null;
  document.body.offsetHeight;
  return performance.now() - start;
}"""
_FILTERS = {
    "a theme": "input[name=theme][value=numerique]",
    "a second theme": "input[name=theme][value=vivant-sante]",
    "a public": "input[name=public][value=familles]",
    "a département": "input[name=departement]",
    "free": "input[name=gratuit]",
    "this week-end": "input[name=quand][value=week-end]",
    "any day": "input[name=quand][value='']",
}


def events(count: int) -> Iterator[Item]:
    """So many events, all of them to come, and the places that they name."""
    generator = Generator(count * 3, words=(20, 40))
    yield from (generator.item("lieux", slug) for slug in generator.fixed["lieux"])
    for folder in ("temps-forts", "auteurs"):
        yield from (generator.item(folder, slug) for slug in generator.fixed[folder])
    drawn = (slug for folder, slug in generator.drawn if folder == "events")
    for slug in islice(drawn, count):
        item = generator.item("events", slug)
        while not _coming(item):
            item = generator.item("events", slug)
        yield item


def _coming(item: Item) -> bool:
    fields = item.fields
    first = fields.get("debut") or fields.get("seances") or fields.get("horaires")
    text = str(first)
    return any(str(DAY + timedelta(days=after)) in text for after in range(1, 200))


def build(folder: Path, count: int) -> Path:
    """Build the agenda below ``folder``; its site. Raises ``BuildFailed``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pelicanconf.py").write_text(
        SETTINGS + 'PORTAIL_REGION = "Hauts-de-France"\n', encoding="utf-8"
    )
    write(folder, list(events(count)))
    seconds([sys.executable, "-m", "portail", "build", "--output", "output"], folder)
    return folder / "output"


def opened(chromium: Browser, site: Path) -> Page:
    """The agenda, its data read, the processor slowed."""

    def serve(route: Route) -> None:
        path = file_of(site, LOCAL_ADDRESS, route.request.url)
        if path is None:
            route.abort()
        else:
            route.fulfill(path=path)

    context = chromium.new_context()
    context.route("**/*", serve)
    page = context.new_page()
    page.goto(f"{AGENDA}?tri=date")
    page.get_by_role("status").filter(has_text="événement").wait_for()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def answers(page: Page, turns: int) -> Mapping[str, list[float]]:
    """Choose each filter on top of the others, so many times; the times of each."""
    found: dict[str, list[float]] = {name: [] for name in _FILTERS}
    for _ in range(turns):
        for name, field in _FILTERS.items():
            found[name].append(page.evaluate(_ACT, field))
        page.click("#Effacer")
    return found


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--evenements", type=int, default=1000, metavar="N")
    parser.add_argument("--tours", type=int, default=10, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            site = build(Path(folder), options.evenements)
        except BuildFailed as error:
            print(error, file=sys.stderr)
            return 2
        data = (site / "agenda/facettes.json").read_bytes()
        weight = len(gzip.compress(data, 9))
        print(f"data: {len(data)} bytes, {weight} compressed")
        with browser() as chromium:
            found = answers(opened(chromium, site), options.tours)
    for name, times in found.items():
        print(f"{name}: {min(times):.0f} ms, median {median(times):.0f}")
    worst = max(map(min, found.values()))
    return 0 if weight <= HEAVIEST and worst < LONGEST else 1


if __name__ == "__main__":
    raise SystemExit(main())
