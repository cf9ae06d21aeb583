"""Without a script, every value of the filters of the agenda is a link that leads to its events."""

import pytest
from lxml import html

from tabs import shared

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("liens-agenda")]


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.long)])
def test_each_value_is_a_link_to_its_events(width, showcase, hosted, browser):
    """What a script alone does is not shown."""
    view = {"width": width, "height": 900}
    with shared(browser, hosted("vitrine"), java_script_enabled=False, viewport=view) as tab:
        page = tab.page
        page.goto("/agenda/")
        # Every closed fold that is shown is opened, as a reader does.
        for summary in page.locator("#Filtrage summary").all():
            fold = summary.locator("xpath=..")
            if summary.is_visible() and fold.get_attribute("open") is None:
                summary.click()
        links = page.locator("#Filtrage li a:not([hidden] *)")
        assert links.evaluate_all("(all) => all.every((one) => one.checkVisibility())")
        addresses = links.evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
        alone = page.locator(".facettes :is(input, button), .avec-js")
        assert alone.locator("visible=true").count() == 0
        for text in ("Aujourd’hui", "Autour de moi", "Tout effacer"):
            assert not page.get_by_text(text, exact=True).locator("visible=true").count(), text
        page.locator("[data-facette=gratuit] a").click()
        assert page.locator("h1").inner_text() == "Rendez-vous gratuits"
        assert page.locator(".jour h2", has_text="Samedi").count()
    assert len({one.split("/")[2] for one in addresses}) >= 8
    # One of each facet: all are drawn alike, and no dead link is published.
    for address in {one.split("/")[2]: one for one in addresses}.values():
        answer = html.parse(showcase / address.strip("/") / "index.html").getroot()
        assert answer.xpath("//*[@id='Resultats']//article"), address
        assert answer.find(".//h1").text_content().strip()
        if address != "/agenda/":
            chosen = "//*[@id='Filtrage']//li/a[@aria-current]/@href"
            assert answer.xpath(chosen) == [address]
