"""Three portals of this generator, of three regions, which show one another's week."""

import json
import re
import shutil
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from portail.cli import main
from portail.model.kinds import Kind
from portail_liens.copies import ask
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


def contents(region):
    """A week of a fictional portal: two events and a place."""
    near, town = PLACES[region]
    slug = SLUGS[region]

    def event(name, day, commune):
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


def head_of(region):
    """The settings of one, without its neighbours."""
    named = {"NOM": NAMES[region], "REGION": region, "CHIFFRES": True, "SANS": SANS, "CIEL": False}
    return "".join(f"PORTAIL_{name} = {value!r}\n" for name, value in named.items())


class Portal(NamedTuple):
    """One of them, and where it is published, on this machine."""

    region: str
    project: Project
    url: str

    def build(self):
        self.project.build(SITEURL=self.url)

    def visit(self, jour=TODAY):
        """Ask its neighbours, as the command does; its exit code."""
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.project.root)
            entry = SimpleNamespace(load=lambda: ask)
            patch.setattr("portail.cli.asking.entry_points", lambda **_: [entry])
            site = ("--date", f"{jour}", "--delai", "0", "--site-url", self.url)
            return main(["moissonner", "--voisins", "--reseaux-prives", *site])


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """The three of them, each with the others for neighbours, built before it asks them."""
    root = tmp_path_factory.mktemp("reseau")
    with ExitStack() as stack:
        made = {}
        for region, slug in SLUGS.items():
            project = Project(root / slug)
            host = stack.enter_context(served(project.output))
            made[region] = Portal(region, project, host)
        for one in made.values():
            rows = [
                {"nom": NAMES[other.region], "adresse": f"{other.url}/", "voisin": True}
                for other in made.values()
                if other is not one
            ]
            project = Project(one.project.root, head_of(one.region))
            project.write({**contents(one.region), "sources.yml": json.dumps({"sources": rows})})
            one.build()
        yield made


class Seen(NamedTuple):
    """What the portal of the north publishes before it knows its neighbours, and once it does."""

    alone: dict
    output: Path


@pytest.fixture(scope="module")
def seen(founded, tmp_path_factory):
    north = founded[NORTH]
    alone = tree(north.project.output)
    assert north.visit() == 0
    north.build()
    output = tmp_path_factory.mktemp("vu") / "output"
    shutil.copytree(north.project.output, output)
    return Seen(alone, output)


def lines(output):
    """Title and address of each line of `/reseau/`."""
    page = BeautifulSoup((output / "reseau/index.html").read_text("utf-8"), "lxml")
    found = page.select(".creneau h3 a")
    return {(re.sub("\u00a0◇$", "", one.get_text()), one["href"]) for one in found}


def test_a_portal_shows_the_week_of_its_neighbours(seen, founded):
    found = dict(lines(seen.output))
    assert len(found) == 4
    for region in (WEST, EAST):
        other = founded[region]
        for word in ("nuit", "jour"):
            path = f"/evenements/{SLUGS[region]}-{word}/"
            assert found[f"{word.capitalize()} de {NAMES[region]}"] == other.url + path
            assert (other.project.output / path[1:] / "index.html").is_file()
            assert not (seen.output / path[1:]).exists()


def test_no_neighbour_is_in_what_we_publish_of_ours(seen, founded):
    before, after = seen.alone, tree(seen.output)
    added = after.keys() - before.keys()
    assert not before.keys() - after.keys()
    assert all(path.startswith("reseau/") for path in added), added
    # The agenda, the home page and the directory name other files; the plan leads there.
    ours = {path for path in before if before[path] != after[path]}
    led = re.compile(
        r"(|(agenda|plan-du-site|provenance)/([\w-]+/)*)index\.html|sitemap-pages\.xml|_headers"
    )
    assert all(led.fullmatch(path) for path in ours), ours
    for path in after.keys() - added - {"provenance/index.html"}:
        text = (seen.output / path).read_bytes()
        for other in (WEST, EAST):
            assert founded[other].url.encode() not in text, path
            assert NAMES[other].encode() not in text, path


@pytest.mark.long
def test_a_copy_that_changes_makes_what_shows_it_again(seen, founded):
    north, west = founded[NORTH], founded[WEST]
    before = stamps(north.project.output)
    one = contents(WEST)[f"content/events/{SLUGS[WEST]}-nuit.md"]
    west.project.write({"content/events/de-plus.md": one.replace("Nuit", "Aube")})
    west.build()
    north.visit(TODAY + timedelta(days=3))
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


def test_without_neighbours_the_portal_is_as_it_was(seen, founded, tmp_path):
    """Until they are asked, a portal that names some has nothing of them but where it says whom it
    reads, in the footer too."""
    project = Project(tmp_path / "nu", head_of(NORTH))
    project.write(contents(NORTH))
    project.build(SITEURL=founded[NORTH].url)
    bare = tree(project.output)
    assert seen.alone.keys() - bare.keys() == {"provenance/index.html"}
    assert [path for path in bare if path.startswith("reseau")] == []


# The distance filter, in a browser.


@pytest.fixture(scope="module")
def tab(seen, browser):
    with served(seen.output) as host, shared(browser, host) as one:
        yield one


def titles(page):
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
