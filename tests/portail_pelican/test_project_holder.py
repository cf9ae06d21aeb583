"""« Je suis à Guînes, je veux une exposition sur la mer et quelqu’un pour l’animer »: from the home
page to named actors and tools, by links alone, then by keyboard on a telephone; and what a family,
a teacher, a librarian and a journalist came for, from the home page too."""

from urllib.parse import urljoin

import pytest
from lxml import html
from playwright.sync_api import expect

from pages import LOCAL_ADDRESS

pytestmark = [pytest.mark.site, pytest.mark.long, pytest.mark.xdist_group("demonstration")]


class Reader:
    """Someone who only follows links, and counts them."""

    def __init__(self, site):
        self.site, self.followed = site, 0
        self.go("/")

    def go(self, url):
        """Open an address of the site; its fragment has to be there."""
        self.url, _, anchor = url.partition("#")
        self.tree = html.parse(str(self.site / self.url.strip("/") / "index.html")).getroot()
        assert not anchor or self.tree.get_element_by_id(anchor) is not None

    def follow(self, text, inside="//body"):
        """Follow the first link that says ``text``."""
        links = [
            one for one in self.tree.xpath(f"{inside}//a[@href]")
            if text in " ".join(one.text_content().split())
        ]  # fmt: skip
        assert links, f"no link « {text} » on {self.url}"
        self.followed += 1
        self.go(urljoin(self.url, links[0].get("href")))


def test_by_links_alone(built):
    reader = Reader(built("demonstration"))
    reader.follow("Annuaire")
    reader.follow("Boîte à outils")
    reader.follow("Choisir un territoire")
    reader.follow("Terre des Deux Caps", "//main")  # beside Guînes, where nothing is yet
    near = reader.tree.xpath("//section[.//*[@id='pres']]")[0]
    actors = [" ".join(one.text_content().split()) for one in near.xpath(".//li")]
    assert any("Nausicaá" in one and "nimation" in one and "km" in one for one in actors)
    reader.follow("Tous les outils")
    reader.follow("Terre et environnement", "//aside")
    reader.follow("La falaise en valise")
    assert reader.url == "/ressources/la-falaise-en-valise/"
    box = " ".join(reader.tree.xpath("//aside[@class='infos']")[0].text_content().split())
    assert "Musée de la craie" in box
    assert reader.followed <= 9


@pytest.fixture
def page(phone):
    return phone


@pytest.mark.chromium
def test_by_keyboard_on_a_telephone(page):
    def ask(button):
        page.goto(f"{LOCAL_ADDRESS}/boite-a-outils/")
        page.get_by_label("Ma commune").focus()
        page.keyboard.type("guin")
        expect(page.get_by_role("option").first).to_contain_text("Guînes")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Mon sujet")).to_be_focused()
        page.keyboard.type("Terre")
        while page.evaluate("document.activeElement.textContent") != button:
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")

    ask("Qui peut m’aider")
    page.wait_for_url("**/lieux/?*")
    results = page.locator("#Resultats")
    expect(results).to_contain_text("km")
    ask("Quoi emprunter")
    page.wait_for_url("**/catalogue/?*")
    expect(results).to_contain_text("La falaise en valise")
    expect(results).to_contain_text("km")
    first = results.locator("article a").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.chromium
def test_the_map_of_the_directory_follows_its_list(page):
    """Each number of the list is that of a point, on the page as it comes and once narrowed; the
    points of the map that one moves stay inside it."""

    def tied():
        listed = page.locator("#Resultats .lieu .no").all_inner_texts()
        shown = page.locator(".annuaire-carte .geo > svg .pt text").all_text_contents()
        numbers = [one.split()[-1] for one in listed if one.split()[-1].isdigit()]
        return sorted(set(numbers)), sorted(set(shown))

    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{LOCAL_ADDRESS}/lieux/")
    listed, shown = tied()
    assert listed == shown and len(listed) > 50
    page.goto(f"{LOCAL_ADDRESS}/lieux/?role=acteur-ressource#pres=Gu%C3%AEnes&rayon=50")
    expect(page.locator("#Actifs")).to_contain_text("Guînes")
    listed, shown = tied()
    assert listed == shown and len(listed) >= 3
    page.get_by_role("button", name="Zoomer et déplacer la carte").click()
    box = page.locator(".vive-carte").bounding_box()
    points = page.locator(".vive-carte .vive-pt circle.rond")
    expect(points).to_have_count(len(listed))
    for point in points.all():
        place = point.bounding_box()
        assert box and place
        assert box["x"] < place["x"] < box["x"] + box["width"]
        assert box["y"] < place["y"] < box["y"] + box["height"] / 3, "they are all in the north"
