"""How heavy a directory is and how fast its filters answer in a real browser slowed four times.

``python outils/bench_annuaire.py --lieux 5000``: builds an artificial directory, weighs its data
and its pages, then chooses and gives up filters in Chromium (``CHROME_BIN``, else the one of
``outils/chromium.py``), as ``bench_filtres`` does. Exit codes: 0 every target met, 1 one missed,
2 no browser or no build.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, Route

from audit_axe import browser, file_of
from bench import SETTINGS
from corpus import PUBLICS, THEMES, Item, write
from measure import BuildFailed, seconds
from pages import LOCAL_ADDRESS
from portail.geo.territories import Commune, Geography
from portail.resources import data_dir
from portail.text.slugs import slugify

SLOWER = 4
HEAVIEST, PAGE, LONGEST = 25_000, 25_000, 50
"""Bytes once compressed: of the data of 1,000 places, of a page; milliseconds of an answer on the
machine itself."""
DIRECTORY = f"{LOCAL_ADDRESS}/lieux/"
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
_ACT = """async (choose) => {
  const field = document.querySelector(choose);
  const start = performance.now();
  field.click();
  for (let turn = 0; turn < 20; turn += 1) await null;
  document.body.offsetHeight;
  return performance.now() - start;
}"""
_FILTERS = {
    "a type": "input[name=type][value=musee]",
    "a second type": "input[name=type][value=mediatheque]",
    "a theme": "input[name=theme][value=numerique]",
    "a département": "input[name=departement]",
    "where to go": "input[name=pour][value=visiter]",
}


def lieux(count: int, seed: int = 1) -> Iterator[Item]:
    """So many artificial places, in communes of the region: a tenth has none."""
    chance = random.Random(seed)  # noqa: S311 (nothing secret is drawn)
    communes, known = _communes(), set()
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


def _communes() -> list[Commune]:
    geography = Geography.load(data_dir(), "Hauts-de-France")
    assert geography.home is not None
    return [one for one in geography.communes_of(geography.home) if one.lat is not None]


def build(folder: Path, count: int) -> tuple[Path, float]:
    """Build the directory below ``folder``: its site, and how long it took (s). Raises
    ``BuildFailed``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pelicanconf.py").write_text(
        SETTINGS + 'PORTAIL_REGION = "Hauts-de-France"\n', encoding="utf-8"
    )
    write(folder, list(lieux(count)))
    start = time.perf_counter()
    seconds([sys.executable, "-m", "portail", "build", "--output", "output"], folder)
    return folder / "output", time.perf_counter() - start


def opened(chromium: Browser, site: Path) -> Page:
    """The directory, its data read, the processor slowed."""

    def serve(route: Route) -> None:
        path = file_of(site, LOCAL_ADDRESS, route.request.url)
        if path is None:
            route.abort()
        else:
            route.fulfill(path=path)

    context = chromium.new_context()
    context.route("**/*", serve)
    page = context.new_page()
    page.goto(f"{DIRECTORY}#tri=nom&pres=Amiens&rayon=200")
    page.get_by_role("status").filter(has_text="lieux").first.wait_for()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def answers(page: Page, turns: int) -> dict[str, list[float]]:
    """Choose each filter on top of the others, so many times; the times of each."""
    found: dict[str, list[float]] = {name: [] for name in _FILTERS}
    for _ in range(turns):
        for name, field in _FILTERS.items():
            found[name].append(page.evaluate(_ACT, field) / SLOWER)
        page.click("#Effacer")
    return found


def weights(site: Path) -> dict[str, int]:
    """Bytes once compressed: the data, the heaviest page of the directory."""
    data = (site / "lieux/facettes.json").read_bytes()
    pages = [site / "lieux/index.html", *site.glob("lieux/page/*/index.html")]
    pages += site.glob("lieux/*/*/index.html")
    return {
        "data": len(gzip.compress(data, 9)),
        "page": max(len(gzip.compress(one.read_bytes(), 9)) for one in pages),
        "pages": len(pages),
    }


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lieux", type=int, default=5000, metavar="N")
    parser.add_argument("--tours", type=int, default=5, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            site, took = build(Path(folder), options.lieux)
        except BuildFailed as error:
            print(error, file=sys.stderr)
            return 2
        found = weights(site)
        share = found["data"] * 1000 / options.lieux
        print(f"build: {took:.0f} s; data: {found['data']} bytes, {share:.0f} for 1,000 places")
        print(f"{found['pages']} pages of the directory, {found['page']} bytes at most")
        with browser() as chromium:
            times = answers(opened(chromium, site), options.tours)
    for name, some in times.items():
        print(f"{name}: {min(some):.0f} ms, median {median(some):.0f}")
    worst = max(map(min, times.values()))
    return int(share > HEAVIEST or found["page"] > PAGE or worst > LONGEST)


if __name__ == "__main__":
    raise SystemExit(main())
