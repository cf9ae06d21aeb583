"""Three portals of this generator, of three regions, which show one another's week."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect

import voisins_vitrine
from portail.cli import main
from portail.model.kinds import Kind
from portail_liens.neighbours import ask
from projects import Project, stamps, tree
from serving import served
from tabs import shared

LONG = pytest.mark.long
TODAY = date(2021, 9, 27)
NORTH, WEST, EAST = "Hauts-de-France", "Normandie", "Grand Est"
PLACES = {
    NORTH: ("Saint-Valery-sur-Somme", "Laon"),
    WEST: ("Eu (76)", "Dieppe"),
    EAST: ("Reims", "Charleville-Mézières"),
}
NAMES = {NORTH: "Portail du Nord", WEST: "Portail de l’Ouest", EAST: "Portail de l’Est"}
SLUGS = {NORTH: "portail-du-nord", WEST: "portail-de-l-ouest", EAST: "portail-de-l-est"}


SANS = [kind.value for kind in Kind if kind not in (Kind.EVENT, Kind.LIEU)]


def contents(region: str) -> dict[str, str]:
    """A week of a fictional portal: two events and a place."""
    near, town = PLACES[region]
    slug = SLUGS[region]

    def event(name: str, day: str, commune: str) -> str:
        return (
            f"---\ntitre: {name} de {NAMES[region]}\nresume: Un essai.\npublie_le: 2021-09-01\n"
            f"format: atelier\ndebut: {day} 14:00\nfin: {day} 16:00\nexemple: true\n"
            f"adresse:\n  commune: {commune}\n---\n\nUne phrase.\n"
        )

    return {
        f"content/events/{slug}-nuit.md": event("Nuit", "2021-09-29", near),
        f"content/events/{slug}-jour.md": event("Jour", "2021-10-02", town),
        f"content/lieux/{slug}-musee.md": f"---\ntitre: Musée de {NAMES[region]}\nresume: Essai.\n"
        f"type: musee\ncommune: {town}\nexemple: true\n---\n\nUne phrase.\n",
    }


def head_of(region: str) -> str:
    """The settings of one, without its neighbours."""
    named = {"NOM": NAMES[region], "REGION": region, "CHIFFRES": True, "SANS": SANS}
    return "".join(f"PORTAIL_{name} = {value!r}\n" for name, value in named.items())


class Served(SimpleHTTPRequestHandler):
    """The files of a portal; one that is ``slow`` answers too late."""

    slow = False

    def do_GET(self):
        if self.slow:
            time.sleep(10)
        else:
            super().do_GET()

    def log_message(self, *_):
        """Say nothing."""


class Portal:
    """One of them, and where it is published, on this machine."""

    def __init__(self, root: Path, region: str):
        self.region, self.slug = region, SLUGS[region]
        self.handler = type("Own", (Served,), {})
        self.project, self.kept = Project(root / self.slug), root / f"{self.slug}-neuf"
        self.port, self.touched = 0, True
        self.open()
        self.url = f"http://127.0.0.1:{self.port}"

    def open(self):
        """Answer, at the same address as before."""
        serve = partial(self.handler, directory=str(self.project.output))
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), serve)
        self.server.daemon_threads, self.opened = True, True
        self.port, self.handler.slow = self.server.server_port, False
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def renewed(self):
        """Be as when it was first built, whatever a test did."""
        if not self.kept.exists():
            self.build()
            shutil.copytree(self.project.root, self.kept, symlinks=True)
        elif self.touched:
            shutil.rmtree(self.project.root)
            shutil.copytree(self.kept, self.project.root, symlinks=True)
        self.touched = False
        self.close()
        self.open()

    def told(self, others: Iterable[Portal]):
        """Give it its settings and its contents."""
        rows = [
            {"nom": NAMES[one.region], "api": f"{one.url}/api/v1/", "region": one.region}
            for one in others
        ]
        Project(self.project.root, f"{head_of(self.region)}PORTAIL_VOISINS = {rows}\n")
        self.project.write(contents(self.region))

    def build(self):
        self.touched = True
        self.project.build(SITEURL=self.url)

    def visit(self, jour: date = TODAY, wait: float = 30) -> int:
        """Ask its neighbours, as the command does, and ``wait`` so many seconds; its exit code."""
        self.touched = True
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.project.root)
            entry = SimpleNamespace(load=lambda: ask)
            patch.setattr("portail.cli.asking.entry_points", lambda **_: [entry])
            waits = ("--delai", "0", "--attente", f"{wait}", "--duree", "1", "--site-url", self.url)
            return main(["voisins", "--reseaux-prives", "--date", f"{jour}", *waits])

    def page(self, path: str) -> BeautifulSoup:
        return BeautifulSoup((self.project.output / path).read_text("utf-8"), "lxml")

    def close(self):
        if self.opened:
            self.server.shutdown()
            self.server.server_close()
        self.opened = False


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """The three of them, each with the others for neighbours."""
    root = tmp_path_factory.mktemp("reseau")
    made = {region: Portal(root, region) for region in NAMES}
    for one in made.values():
        one.told(other for other in made.values() if other is not one)
    yield made
    for one in made.values():
        one.close()


@pytest.fixture
def portals(founded):
    """The three of them, each as built alone."""
    for one in founded.values():
        one.renewed()
    return founded


class Seen(NamedTuple):
    """What the portal of the north publishes once it knows its neighbours."""

    output: Path
    url: str


@pytest.fixture(scope="module")
def seen(founded, tmp_path_factory):
    for one in founded.values():
        one.renewed()
    north = founded[NORTH]
    assert north.visit() == 0
    north.build()
    output = tmp_path_factory.mktemp("vu") / "output"
    shutil.copytree(north.project.output, output)
    return Seen(output, north.url)


def lines(output: Path) -> set[tuple[str, str]]:
    """Title and address of each line of `/reseau/`."""
    page = BeautifulSoup((output / "reseau/index.html").read_text("utf-8"), "lxml")
    found = page.select(".creneau h4 a")
    return {(re.sub("\u00a0◇$", "", one.get_text()), one["href"]) for one in found}


def shows_all(output: Path, region: str, founded: dict[str, Portal]):
    """The week of the three portals is on the page of one of them."""
    found = dict(lines(output))
    assert len(found) == 6
    for other in founded.values():
        slug, name = other.slug, NAMES[other.region]
        for word in ("nuit", "jour"):
            path, own = f"/evenements/{slug}-{word}/", other.region == region
            assert found[f"{word.capitalize()} de {name}"] == (path if own else other.url + path)
            assert (other.project.output / path[1:] / "index.html").is_file()
            assert (output / path[1:]).exists() == own


def test_a_portal_shows_the_week_of_its_neighbours(seen, founded):
    shows_all(seen.output, NORTH, founded)


@pytest.mark.long
def test_portals_show_one_another_s_week(portals):
    for one in portals.values():
        assert one.visit() == 0
        one.build()
        shows_all(one.project.output, one.region, portals)


@pytest.mark.long
def test_a_copy_that_changes_makes_what_shows_it_again(portals):
    north, west = portals[NORTH], portals[WEST]
    north.visit(TODAY - timedelta(days=3))
    north.build()
    before = stamps(north.project.output)
    one = contents(WEST)[f"content/events/{SLUGS[WEST]}-nuit.md"]
    west.project.write({"content/events/de-plus.md": one.replace("Nuit", "Aube")})
    west.build()
    north.visit()
    north.build()
    after = stamps(north.project.output)
    files = [path for path in after if (north.project.output / path).is_file()]
    made = {path for path in files if after[path] != before.get(path)}
    assert made and all(path.startswith("reseau/") for path in made), made
    assert f"Aube de {NAMES[WEST]}" in dict(lines(north.project.output))
    whole = tree(north.project.output)
    shutil.rmtree(north.project.output)
    north.build()
    assert tree(north.project.output) == whole


def test_a_neighbour_that_fails_changes_nothing(portals):
    north, west, east = portals.values()
    assert north.visit(TODAY - timedelta(days=20)) == 0
    north.build()
    known = tree(north.project.output)
    west.handler.slow = True
    east.close()
    assert north.visit(TODAY, 0.2) == 0  # what is kept can still be shown
    north.build()
    assert tree(north.project.output) == known
    for one in north.page("reseau/index.html").select(".portails li")[1:]:
        text = one.get_text(" ", strip=True)
        assert "7\u00a0septembre 2021" in text and "ancienne" in text
    assert len(dict(lines(north.project.output))) == 6


@pytest.mark.parametrize("extra", ["", pytest.param("PORTAIL_VOISINS = []\n", marks=LONG)])
def test_without_neighbours_the_portal_is_as_it_was(seen, founded, tmp_path, extra):
    """Until they are asked, a portal that names some is one that has none."""
    project = Project(tmp_path / "nu", head_of(NORTH) + extra)
    project.write(contents(NORTH))
    project.build(SITEURL=seen.url)
    assert tree(project.output) == tree(founded[NORTH].kept / "output")


def test_the_neighbours_of_the_showcase_are_those_that_their_tool_writes(
    tmp_path, racine, monkeypatch
):
    monkeypatch.setattr(voisins_vitrine, "FOLDER", tmp_path / "voisins")
    voisins_vitrine.main()
    assert tree(tmp_path / "voisins") == tree(racine / "tests/sites/vitrine/voisins")


# The distance filter, in a browser.


@pytest.fixture(scope="module")
def tab(seen, browser):
    with served(seen.output) as host, shared(browser, host) as one:
        yield one


def titles(page: Page) -> list[str]:
    """Titles of results, in order."""
    found = page.locator("#Resultats .carte-titre").all_inner_texts()
    return [re.sub(r"^Exemple\s*·\s*|^·\s*", "", one.strip()) for one in found]


@pytest.mark.chromium
def test_whoever_gives_a_commune_sees_both_sides_of_the_border(page, founded):
    page.goto("/agenda/#pres=Saint-Valery-sur-Somme&rayon=50")
    expect(page.locator("#Statut")).to_have_text(re.compile("3"))
    assert titles(page) == [
        f"Nuit de {NAMES[NORTH]}", f"Nuit de {NAMES[WEST]}", f"Jour de {NAMES[WEST]}",
    ]  # fmt: skip
    note = page.locator("#Resultats > .meta").inner_text()
    assert "2\u00a0événements chez nos voisins" in note and "27\u00a0septembre 2021" in note
    far = page.locator("#Resultats a[rel=external]")
    assert [one.get_attribute("href") for one in far.all()] == [
        f"{founded[WEST].url}/evenements/{SLUGS[WEST]}-{word}/" for word in ("nuit", "jour")
    ]
    page.locator("#Effacer").click()
    expect(page.locator("#Resultats a[rel=external]")).to_have_count(0)
    assert set(titles(page)) == {f"Nuit de {NAMES[NORTH]}", f"Jour de {NAMES[NORTH]}"}


@pytest.mark.chromium
def test_a_commune_beyond_the_border_is_known(page):
    page.goto("/agenda/#pres=Eu&rayon=10")
    expect(page.locator("#Statut")).to_have_text("1\u00a0événement à venir près d’Eu")
    assert titles(page) == [f"Nuit de {NAMES[WEST]}"]
    # Without a commune no neighbour is counted, whatever else is asked.
    page.goto("/agenda/?format=atelier")
    expect(page.locator("#Statut")).to_have_text("2\u00a0événements à venir")


@pytest.mark.chromium
def test_without_what_neighbours_announce_the_agenda_stands(page, tab):
    page.route("**/reseau/facettes.json", lambda route: route.abort())
    page.goto("/agenda/#pres=Saint-Valery-sur-Somme&rayon=50")
    near = "1\u00a0événement à venir près de Saint-Valery-sur-Somme"
    expect(page.locator("#Statut")).to_have_text(near)
    assert titles(page) == [f"Nuit de {NAMES[NORTH]}"]
    page.unroute_all()
    (lost,) = tab.wrong
    assert "ERR_FAILED" in lost
    tab.wrong.clear()
