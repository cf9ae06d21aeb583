"""A month and a year of the agenda in a real browser: tables for every reader."""

import pytest
from navigateur import ORIGIN, hold

from remake import replace

pytestmark = pytest.mark.chromium

CHICORY = "rgb(242, 179, 61)"
LINKS = """all => all.map((cell) => [cell.getBoundingClientRect().width,
  [...cell.querySelectorAll('a[href]')].map((one) => one.getBoundingClientRect())
    .filter((box) => box.width && box.height).map((box) => [box.width, box.height])])"""
"""The width of each cell, and the widths and heights of the links that are seen in it."""


def month(opened, width=1280, case="agenda/2021/10/", **options):
    page = opened(width, reduced_motion="reduce", **options)
    page.goto(f"{ORIGIN}/{case}")
    return page


@pytest.fixture(scope="module")
def octobre(pool):
    """A month on a desk, for tests that only look at it."""
    with pool.lending() as opened:
        yield month(opened)


@pytest.fixture
def full(opened, rendu, changed):
    """A function that opens that month with more than it holds: under each bar a second one, and in
    each cell what is called off."""

    def make(width=1280, titre="Le sel"):
        template, view = changed("/agenda/2021/10/")
        off = {"titre": titre, "annule": True, "etat": "annulé"}
        days = tuple(
            replace(
                day,
                lignes=tuple(replace(one, **off) for one in day.lignes),
                filets=(*day.filets, *(replace(one, rang=2) for one in day.filets)),
            )
            for day in view.jours
        )
        hold("/plein", rendu(template, replace(view, jours=days)))
        return month(opened, width, "plein")

    return make


GROUNDS = """all => all.map((one) =>
  [one.dataset.jour, getComputedStyle(one.querySelector('.num')).backgroundColor])"""


def test_days_of_a_week_are_short_where_they_are_seen(octobre):
    heads = octobre.get_by_role("columnheader").all_inner_texts()
    assert [one.split() for one in heads][::6] == [["lun.", "lundi"], ["dim.", "dimanche"]]


def test_a_day_says_its_month_and_its_count(octobre):
    page = octobre
    first = page.locator('td[data-jour="2021-10-01"] .num')
    assert first.aria_snapshot().startswith('- link "1er octobre, 2 rendez-vous"')
    more = page.locator(".autres").first.text_content()
    assert more == "+ 1\u00a0autre le 1er\u00a0octobre"
    free = page.locator('td[data-jour="2021-09-28"]')
    assert free.get_by_role("link").count() == 0
    assert free.aria_snapshot().replace("\u00a0", " ") == '- cell "28 septembre"'


def test_what_is_called_off_is_struck_and_said(full):
    struck = full().locator("td li:has(s)").first
    assert struck.inner_text().endswith("(annulé)")


def test_today_is_that_of_the_reader(opened, octobre):
    page = octobre
    for seen, marked in (
        (month(opened, java_script_enabled=False), "2021-09-28"),
        (page, "2021-09-27"),
    ):
        grounds = seen.locator("td").evaluate_all(GROUNDS)
        assert {day for day, colour in grounds if colour == CHICORY} == {marked}
    assert page.locator("td[aria-current=date]").count() == 1


def test_bars_bear_their_names_and_stand_one_above_another(full):
    """Each has its tone, and its name: which is which is not told by a colour alone."""
    page = full()
    bars = page.locator(".filet")
    assert "Semaine fictive des étoiles" in bars.first.inner_text()
    grounds = "all => all.map((one) => getComputedStyle(one).backgroundColor)"
    cell = page.locator('td[data-jour="2021-10-04"] .filet')
    assert len({*cell.evaluate_all(grounds)[:2]}) == 2
    width = page.locator('td[data-jour="2021-10-01"]').bounding_box()
    long = page.locator(".filet.n7").first.bounding_box()
    assert long["width"] == pytest.approx(7 * width["width"], abs=8)
    low, high = (page.locator(f'td[data-jour="2021-10-04"] .f{n}').bounding_box() for n in (1, 2))
    first, second = sorted((low, high), key=lambda one: one["y"])
    assert first["y"] + first["height"] <= second["y"]


def test_on_phones_the_cell_is_one_link(opened):
    page = month(opened, 320)
    for width in (320, 390, 800):
        page.set_viewport_size({"width": width, "height": 800})
        cells = page.locator("td").evaluate_all(LINKS)
        assert any(links for _, links in cells), width
        for whole, links in cells:
            assert len(links) <= 1, width
            for wide, high in links:
                assert wide >= min(40, whole - 2) and high >= 44, width


def test_nothing_overflows(full):
    page = full(320, "M" * 140)
    for case in ("plein", "agenda/2021/10/", "agenda/2021/12/", "agenda/2021/"):
        page.goto(f"{ORIGIN}/{case}")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, case
            # Bars run over the cells that follow.
            bars = page.locator(".filet")
            bars.evaluate_all("all => all.forEach((bar) => { bar.style.display = 'none'; })")
            wide = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length"
            assert page.locator("td, th").evaluate_all(wide) == 0, (case, width)
            bars.evaluate_all("all => all.forEach((bar) => { bar.style.display = ''; })")


def test_titles_are_targets_and_the_keyboard_goes_through_days(octobre):
    page = octobre
    heights = "all => all.map((one) => one.getBoundingClientRect().height)"
    assert min(page.locator(".mois li a").evaluate_all(heights)) >= 24
    page.locator('td[data-jour="2021-10-01"] .num').focus()
    seen = []
    for _ in range(4):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.closest('td').dataset.jour"))
    assert seen == sorted(seen)
    assert len({*seen}) > 1


def test_the_legend_says_the_days_in_words(octobre):
    legend = octobre.locator(".legende li").all_inner_texts()
    assert legend[0].replace("\u00a0", " ") == "Semaine fictive des étoiles, du 2 au 31 octobre"
    assert legend[-1].startswith("Vacances de la Toussaint (zone B)")


def test_a_printed_month_keeps_its_grid_and_titles(opened):
    page = month(opened, 800)
    page.emulate_media(media="print")
    for gone in (".ruban", ".vues", ".voisines", ".suivre", ".menu", ".pied"):
        assert not any(one.is_visible() for one in page.locator(gone).all()), gone
    assert page.locator(".mois li a").first.is_visible()


def test_a_year_is_a_table_with_bars(opened):
    page = month(opened, case="agenda/2021/")
    table = page.get_by_role("table", name="L’année 2021, mois par mois")
    assert table.get_by_role("rowheader").count() == 12
    assert table.get_by_role("link", name="Octobre").get_attribute("href") == "/agenda/2021/10/"
    assert not table.get_by_role("rowheader", name="Janvier").get_by_role("link").count()
    assert table.locator("svg:not([aria-hidden])").count() == 0
