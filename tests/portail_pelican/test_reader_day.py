"""The showcase read a week after it was built: nothing that is past is still told as coming."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, Route, expect

from audit_axe import file_of
from doses import dose
from tabs import Tab

if TYPE_CHECKING:
    from whole_sites import Built

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("jour-du-lecteur")]
SCREEN = {"width": 1280, "height": 900}

BUILT, LATER = "2021-09-27", "2021-10-04"
LEAVES = "all => all.filter((one) => one.checkVisibility()).map((one) => one.dateTime)"
ENDS = """all => all.filter((one) => one.checkVisibility()).map(
  (one) => one.dataset.fin ?? one.querySelector('[data-fin]')?.dataset.fin ?? '9')"""

Opened = Callable[[str, str], Page]


@pytest.fixture(scope="module")
def output(built: Built) -> Path:
    """The showcase, built on the day of the demonstration."""
    return built("vitrine")


@pytest.fixture
def opened(output: Path, tab: Tab) -> Iterator[Opened]:
    """A function that opens a page on a day."""
    days = [LATER]

    def serve(route: Route) -> None:
        path = file_of(output, tab.host, route.request.url)
        assert path
        text = path.read_text("utf-8").replace(f'data-date="{BUILT}"', f'data-date="{days[-1]}"')
        route.fulfill(body=text, content_type="text/html")

    with tab.visited() as page:
        page.route(re.compile(r"/(\?[^/]*)?$"), serve)

        def make(path: str, day: str = LATER) -> Page:
            days.append(day)
            page.goto(path)
            return page

        yield make
        page.unroute_all()


def holding(output: Path, mark: str) -> list[str]:
    """Addresses of pages that hold a mark."""
    return sorted(
        f"/{file.parent.relative_to(output)}/".replace("/./", "/")
        for file in output.rglob("index.html")
        if mark in file.read_text("utf-8")
    )


def test_lists_of_what_is_to_come(opened: Opened, output: Path) -> None:
    pages = holding(output, "data-avenir")
    assert {"/", "/annonces/"} <= set(pages)
    for path in {"/", "/annonces/", *pages[:: dose(40, 1)]}:
        page = opened(path, LATER)
        for pause in (0, 20, 80, 400, 2000, 8000, 20_000):  # ms: a script comes late
            page.wait_for_timeout(pause)
            ends = page.locator("[data-avenir] > li").evaluate_all(ENDS)
            if all(end >= LATER for end in ends):
                break
        assert all(end >= LATER for end in ends), (path, ends)


@pytest.mark.long
def test_the_agenda_and_its_views(opened: Opened, output: Path) -> None:
    views = [path for path in holding(output, 'id="Resultats"') if "archives" not in path]
    assert len(views) > 10
    for path in (views[0], "/agenda/gratuit/", "/agenda/week-end/", *views[5 :: dose(18, 9)]):
        page = opened(path, LATER)
        leaves = page.locator("#Resultats .jour time.eph")
        page.wait_for_load_state("networkidle")  # the script of the filters draws them again
        found = leaves.evaluate_all(LEAVES)
        assert all(day >= LATER for day in found), (path, found)


def test_an_event_the_day_after_its_last(opened: Opened) -> None:
    path = "/evenements/spectacle-complet/"
    page = opened(path, "2021-10-02")
    said, buttons = page.locator(".message-titre:visible"), page.locator(".boutons a:visible")
    expect(said).to_have_text(["Complet"])
    assert buttons.count() > 0
    opened(path, "2021-10-03")
    expect(said).to_have_text(["Cet événement est passé"])
    expect(buttons).to_have_count(0)


def test_the_next_of_several_dates(opened: Opened) -> None:
    page = opened("/evenements/samedis-bricole/", LATER)
    expect(page.locator(".titre-date .eph")).to_have_text(re.compile(r"^\s*sam\.\s*9\s*oct\.\s*$"))
    expect(page.locator(".infos")).to_contain_text(
        re.compile("Prochaine date\u00a0: Samedi 9\u00a0octobre")
    )


def test_the_week_end_of_the_reader_from_the_home_page(opened: Opened) -> None:
    page = opened("/", LATER)
    page.get_by_role("link", name="Ce week-end").first.click()
    leaves = page.locator("#Resultats .jour time.eph")
    expect(leaves.first).to_have_attribute("datetime", re.compile("2021-10-(09|10)"))
    assert set(leaves.evaluate_all(LEAVES)) <= {"2021-10-09", "2021-10-10"}


def test_today_in_the_week_and_in_the_month(opened: Opened) -> None:
    for path in ("/agenda/2021-s40/", "/agenda/2021/10/"):
        marked = opened(path, LATER).locator("main [aria-current=date]")
        expect(marked).to_have_attribute("data-jour", LATER)
