"""« Je suis à Guînes, je veux une exposition sur la mer et quelqu’un pour l’animer »: from the home
page to named actors and tools, by links alone; and the map of the directory."""

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
    reader.follow("Terre des Deux Caps", "//main")  # beside Guînes, where little is yet
    reader.follow("Qui n’est pas atteint")
    near = reader.tree.xpath("//section[.//*[@id='Venir']]")[0]
    actors = [" ".join(one.text_content().split()) for one in near.xpath(".//li")]
    assert any("Nausicaá" in one and "nimation" in one and "km" in one for one in actors)
    reader.follow("Catalogue")
    reader.follow("Terre et environnement", "//aside")
    reader.follow("La falaise en valise")
    assert reader.url == "/ressources/la-falaise-en-valise/"
    box = " ".join(reader.tree.xpath("//aside[@class='infos']")[0].text_content().split())
    assert "Musée de la craie" in box
    assert reader.followed <= 9


@pytest.mark.chromium
def test_the_map_of_the_directory_follows_its_list(phone):
    """Each number of the list is that of a point, on the page as it comes and once narrowed; the
    points of the map that one moves stay inside it."""

    page = phone

    def tied():
        listed = page.locator("#Resultats .lieu .no").all_inner_texts()
        shown = page.locator(".annuaire-carte .geo > svg .pt text").all_text_contents()
        numbers = [one.split()[-1] for one in listed if one.split()[-1].isdigit()]
        return sorted(set(numbers)), sorted(set(shown))

    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{LOCAL_ADDRESS}/lieux/")
    listed, shown = tied()
    assert listed == shown and len(listed) > 40
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
