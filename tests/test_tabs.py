"""Tabs that tests share: none is left for another program."""

from __future__ import annotations

import pytest

from tabs import PRESSED, rest

pytestmark = pytest.mark.chromium

WAYS = """<a href='webcal://exemple.org/agenda.ics'>Suivre</a> <a href='https://exemple.org/'>Lire</a>
<form action='mailto:a@exemple.org' method='post'><button>Écrire</button></form>"""


@pytest.mark.parametrize("apart", [True, False])
def test_what_leads_out_of_the_browser_is_refused(browser, apart):
    page = browser.new_page() if apart else browser.new_context().new_page()
    page.route("**/*", lambda route: route.fulfill(body=WAYS, content_type="text/html"))
    page.goto("http://portail.exemple.org/")
    page.locator("a").first.click()
    page.locator("a").first.press("Enter")
    page.locator("button").click()
    page.evaluate("0")  # what it said comes before
    told = " leads out of the browser: look at its address, do not press it"
    calendar, mail = "webcal://exemple.org/agenda.ics", "mailto:a@exemple.org"
    assert PRESSED.copy() == [f"{calendar}{told}", f"{calendar}{told}", f"{mail}{told}"]
    PRESSED.clear()
    page.locator("a").last.click()
    assert page.url == "https://exemple.org/" and not PRESSED
    page.context.close()


def test_nothing_of_a_site_is_left_to_who_reads_next(browser):
    page, origin = browser.new_page(), "http://portail.exemple.org"
    page.route("**/*", lambda route: route.fulfill(body="", content_type="text/html"))
    for _ in range(2):
        page.goto(origin)
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        page.evaluate("localStorage.a = sessionStorage.a = 1")
        rest(page, origin)
    rest(page, origin)  # what is empty can be left too
    page.context.close()
