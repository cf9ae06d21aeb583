"""Lists of contents are drawn by pages, and again by the script that narrows them: the same lines,
on the day of the build and after it."""

import re

import pytest

from audit_axe import file_of
from tabs import shared, until

pytestmark = [pytest.mark.site, pytest.mark.chromium]

LINES = """() => Object.fromEntries(
  [...document.querySelectorAll('#Resultats :is(.ligne, .carte, .lieu)')].map((line) => [
    line.querySelector('a').pathname, [
      ...['.carte-titre, a', '.sur', '.meta'].map((part) => line.querySelector(part)?.textContent),
      ...[...line.querySelectorAll('.ex')].map((one) => one.ariaLabel),
    ].map((one) => one?.replace(/\\s+/g, ' ').trim())]))"""
"""What each line says, by its address, and its marks."""


_OWN = ("agenda", "annonces", "classes", "lieux")
"""Lists whose lines are compared in ``test_filters.py``, or are of another script."""


def lists_of(output):
    """Addresses of the other lists that filters narrow."""
    for page in sorted(output.glob("*/index.html")):
        text = page.read_text("utf-8")
        if (
            'id="Filtrage"' in text
            and 'class="carte-titre"' in text
            and page.parent.name not in _OWN
        ):
            yield f"/{page.parent.name}/"


@pytest.mark.parametrize(("site", "days"), [
    ("vitrine", ("2021-09-27", "2021-10-05", "2021-11-20")),
    pytest.param("demonstration", ("2022-09-26", "2022-10-04", "2022-12-01"),
                 marks=pytest.mark.long),
])  # fmt: skip
def test_what_the_script_draws_again_is_what_the_page_shows(site, days, browser, built, hosted):
    output = built(site)
    lists = [*lists_of(output)]
    assert lists
    phone = {"width": 390, "height": 844}
    with shared(browser, hosted(site), viewport=phone) as tab, tab.visited() as page:
        for day in days:

            def dated(route, day=day):
                path = file_of(output, tab.host, route.request.url)
                text = path.read_text("utf-8")
                text = text.replace(f'data-date="{days[0]}"', f'data-date="{day}"')
                route.fulfill(body=text, content_type="text/html; charset=utf-8")

            page.route(re.compile(r"^[^?#]*/(\?.*)?$"), dated)
            for url in lists:
                page.goto(url)
                shown = page.evaluate(LINES)
                page.goto(f"{url}?tri=date")
                until(page, "document.querySelector('#Statut')?.textContent")
                while page.locator("#Suite").is_visible():
                    page.locator("#Suite").click()
                drawn = page.evaluate(LINES)
                both = shown.keys() & drawn.keys()
                assert both and {one: drawn[one] for one in both} == {
                    one: shown[one] for one in both
                }, (url, day)
            page.unroute_all()
