"""The showcase read a week after it was built: nothing that is past is still told as coming."""

import re

import pytest

from audit_axe import file_of
from doses import dose

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("jour-du-lecteur")]
SCREEN = {"width": 1280, "height": 900}

BUILT, LATER = "2021-09-27", "2021-10-04"
ENDS = """all => all.filter((one) => one.checkVisibility()).map(
  (one) => one.dataset.fin ?? one.querySelector('[data-fin]')?.dataset.fin ?? '9')"""


@pytest.fixture
def opened(showcase, tab):
    """A function that opens a page on a day."""
    days = [LATER]

    def serve(route):
        path = file_of(showcase, tab.host, route.request.url)
        assert path
        text = path.read_text("utf-8").replace(f'data-date="{BUILT}"', f'data-date="{days[-1]}"')
        route.fulfill(body=text, content_type="text/html")

    with tab.visited() as page:
        page.route(re.compile(r"/(\?[^/]*)?$"), serve)

        def make(path, day=LATER):
            days.append(day)
            page.goto(path)
            return page

        yield make
        page.unroute_all()


def holding(showcase, mark):
    """Addresses of pages that hold a mark."""
    return sorted(
        f"/{file.parent.relative_to(showcase)}/".replace("/./", "/")
        for file in showcase.rglob("index.html")
        if mark in file.read_text("utf-8")
    )


def test_lists_of_what_is_to_come(opened, showcase):
    pages = holding(showcase, "data-avenir")
    assert {"/", "/annonces/"} <= set(pages)
    for path in {"/", "/annonces/", *pages[:: dose(40, 1)]}:
        page = opened(path, LATER)
        for pause in (0, 20, 80, 400, 2000, 8000, 20_000):  # ms: a script comes late
            page.wait_for_timeout(pause)
            ends = page.locator("[data-avenir] > li").evaluate_all(ENDS)
            if all(end >= LATER for end in ends):
                break
        assert all(end >= LATER for end in ends), (path, ends)
