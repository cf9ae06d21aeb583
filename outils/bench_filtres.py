"""How heavy the data of filters are, and how fast filters answer in a browser slowed four times.

``python outils/bench_filtres.py``: an artificial agenda (``--evenements 1000``), then a directory
(``--lieux 5000``), are built and weighed; each sort of filter is chosen and given up in Chromium
(``CHROME_BIN``, else the one of ``outils/chromium.py``). Times, in milliseconds, go from the click
to the end of the layout that it causes; the best of each filter counts, since other work on a
machine only adds. Exit codes: 0 every target met, 1 one missed, 2 no browser or no build.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, Page, Route

from audit_axe import browser, file_of
from corpus import DAY, PUBLICS, THEMES, Generator, Item, geography, write
from measure import BuildFailed, seconds
from pages import LOCAL_ADDRESS
from peers import PINNED
from portail.text.normalise import slugify

SLOWER = 4
"""Milliseconds are those of a processor so many times slower; targets are at that speed."""
_ACT = """async (choose) => {
  const field = document.querySelector(choose);
  field.closest('details')?.setAttribute('open', '');
  document.body.offsetHeight;
  const start = performance.now();
  field.click();
  for (let turn = 0; turn < 20; turn += 1) await null;
  document.body.offsetHeight;
  return performance.now() - start;
}"""
TYPES = {
    "musee": "Musée", "mediatheque": "Médiathèque", "association": "Association",
    "laboratoire": "Laboratoire", "fablab": "Fablab", "centre-social": "Centre social",
    "etablissement-scolaire": "Collège", "centre-nature": "Maison de la nature",
    "tiers-lieu": "Tiers-lieu", "site-patrimonial": "Moulin",
}  # fmt: skip
NAMES = (
    "Jean-Macé Jules-Verne Marie-Curie Louis-Pasteur Louise-Michel Simone-Veil Jean-Moulin "
    "Léonard-de-Vinci Jacques-Prévert Paul-Langevin Camille-Claudel Antoine-Parmentier "
    "Rosa-Bonheur Louis-Blériot Émile-Zola Sophie-Germain Évariste-Galois Ada-Lovelace"
).split()
ROLES = ("acteur-ressource", "acteur-support", "acteur-relais", "reseau")
OFFERS = ("pret", "animation", "formation", "conseil", "accueil-de-groupes")
ROOMS = ("planetarium", "salle-d-exposition", "auditorium", "atelier", "jardin", "fablab")


class Lists(NamedTuple):
    """A list with filters: where it is, what it is opened with, its filters by what is chosen, what
    its data and a page of it may weigh (bytes once compressed), how long an answer may take (ms).
    """

    folder: str
    opening: str
    words: str
    filters: Mapping[str, str]
    heaviest: int
    page: int
    longest: int


AGENDA = Lists(
    "agenda",
    "?tri=date",
    "événement",
    {
        "a theme": "input[name=theme][value=numerique]",
        "a second theme": "input[name=theme][value=vivant-sante]",
        "a public": "input[name=public][value=familles]",
        "a département": "input[name=departement]",
        "free": "input[name=gratuit]",
        "this week-end": "input[name=quand][value=week-end]",
        "any day": "input[name=quand][value='']",
    },
    120_000,
    25_000,
    50,
)
DIRECTORY = Lists(
    "lieux",
    "#tri=nom&pres=Amiens&rayon=200",
    "lieux",
    {
        "a type": "input[name=type][value=musee]",
        "a second type": "input[name=type][value=mediatheque]",
        "a theme": "input[name=theme][value=numerique]",
        "a département": "input[name=departement]",
        "where to go": "input[name=pour][value=visiter]",
    },
    125_000,
    25_000,
    200,
)


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


def lieux(count: int, seed: int = 1) -> Iterator[Item]:
    """So many artificial places, in communes of the region: a tenth has none."""
    chance = random.Random(seed)  # noqa: S311 (nothing secret is drawn)
    home, known = geography().home, set()
    assert home is not None
    communes = [one for one in geography().communes_of(home) if one.lat is not None]
    for number in range(count):
        town, sort = chance.choice(communes), chance.choice([*TYPES])
        title = f"{TYPES[sort]} {chance.choice(NAMES)} de {town.nom}"
        slug = slugify(title)
        slug = slug if slug not in known else f"{slug}-{number}"
        known.add(slug)
        fields: dict[str, object] = {
            "titre": title,
            "resume": f"Lieu fictif numéro {number}.",
            "type": sort,
            "themes": chance.sample(THEMES, chance.randrange(1, 3)),
            "publics": chance.sample(PUBLICS, chance.randrange(0, 4)),
            "roles": chance.sample(ROLES, chance.randrange(0, 2)),
            "offre": chance.sample(OFFERS, chance.randrange(0, 3)),
            "equipements": [{"type": one} for one in chance.sample(ROOMS, chance.randrange(0, 2))],
        }
        if chance.random() < 0.1:
            fields["territoires"] = ["ca-amiens-metropole"]
        else:
            fields["commune"] = f"{town.nom} ({town.departement})"
        yield Item("lieux", slug, {k: v for k, v in fields.items() if v}, "Fictif.")


def build(folder: Path, items: Iterable[Item]) -> Path:
    """Build a portal below ``folder``; its site. Raises ``BuildFailed``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pelicanconf.py").write_text(PINNED, encoding="utf-8")
    write(folder, list(items))
    seconds([sys.executable, "-m", "portail", "build", "--output", "output"], folder)
    return folder / "output"


def opened(chromium: Browser, site: Path, lists: Lists) -> Page:
    """The page of a list, its data read, the processor slowed."""

    def serve(route: Route) -> None:
        path = file_of(site, LOCAL_ADDRESS, route.request.url)
        if path is None:
            route.abort()
        else:
            route.fulfill(path=path)

    context = chromium.new_context()
    context.route("**/*", serve)
    page = context.new_page()
    page.goto(f"{LOCAL_ADDRESS}/{lists.folder}/{lists.opening}")
    page.get_by_role("status").filter(has_text=lists.words).first.wait_for()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def answers(page: Page, lists: Lists, turns: int) -> Mapping[str, list[float]]:
    """Choose each filter on top of the others, so many times; the times of each."""
    found: dict[str, list[float]] = {name: [] for name in lists.filters}
    for _ in range(turns):
        for name, field in lists.filters.items():
            found[name].append(page.evaluate(_ACT, field))
        page.click("#Effacer")
    return found


def compressed(file: Path) -> int:
    """Bytes of a file once compressed."""
    return len(gzip.compress(file.read_bytes(), 9))


def pages(folder: Path) -> Iterator[Path]:
    """The page of a list, its next ones, those of its facets."""
    yield folder / "index.html"
    yield from folder.glob("page/*/index.html")
    yield from folder.glob("*/*/index.html")


def measured(lists: Lists, items: Iterable[Item], turns: int) -> bool:
    """Print every figure of a list; whether targets are met. Raises ``BuildFailed``."""
    with tempfile.TemporaryDirectory() as name:
        site = build(Path(name), items)
        data = (site / lists.folder / "facettes.json").read_bytes()
        weight = compressed(site / lists.folder / "facettes.json")
        print(f"{lists.folder}: {len(data)} bytes, {weight} compressed (≤ {lists.heaviest})")
        page = max(map(compressed, pages(site / lists.folder)))
        print(f"  the heaviest of its pages: {page} compressed (≤ {lists.page})")
        with browser() as chromium:
            found = answers(opened(chromium, site, lists), lists, turns)
    for one, times in found.items():
        print(f"  {one}: {min(times):.0f} ms, median {median(times):.0f} (≤ {lists.longest})")
    light = weight <= lists.heaviest and page <= lists.page
    return light and max(map(min, found.values())) <= lists.longest


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--evenements", type=int, default=1000, metavar="N")
    parser.add_argument("--lieux", type=int, default=5000, metavar="N")
    parser.add_argument("--tours", type=int, default=5, metavar="N")
    options = parser.parse_args()
    try:
        met = measured(AGENDA, events(options.evenements), options.tours)
        met &= measured(DIRECTORY, lieux(options.lieux), options.tours)
    except BuildFailed as error:
        print(error, file=sys.stderr)
        return 2
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
