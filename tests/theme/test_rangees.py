"""Columns side by side begin together, nothing in them stretches; rows of cards are full."""

import pytest
from navigateur import ORIGIN, hold

from doses import dose
from portail.outputs.pages.views.lists import Bloc

pytestmark = pytest.mark.chromium

UNEVEN = """() => [...document.querySelectorAll('.deux, .une')].flatMap((row) => {
  const box = (one) => one.getBoundingClientRect();
  const tops = [...row.children].map((one) => box(one).top);
  const beside = row.children.length > 1 && box(row.children[0]).right < box(row.children[1]).left;
  const uneven = beside && Math.max(...tops) - Math.min(...tops) > 12;
  const loose = [...row.querySelectorAll('.lignes, .simples')].filter((list) => {
    const rows = [...list.children].filter((one) => box(one).height);
    const parted = rows.slice(1).some((one, n) => box(one).top - box(rows[n]).bottom > 20);
    return parted || box(list).bottom - Math.max(...rows.map((one) => box(one).bottom)) > 2;
  });
  const drawn = [...row.querySelectorAll('.grande > .vis')].filter((one) =>
    box(one).height > box(one).width);
  return uneven || loose.length || drawn.length ? [[row.className, tops, loose.length]] : [];
})"""
"""Rows whose columns do not begin together, whose lists are parted to fill a height, whose picture
grew taller than wide."""

HOLES = """() => [...document.querySelectorAll('.grille')].flatMap((grid) => {
  const right = grid.getBoundingClientRect().right;
  const last = grid.lastElementChild.getBoundingClientRect();
  return right - last.right > 2 ? [grid.outerHTML.slice(0, 80)] : [];
})"""
"""Grids of cards whose last row is not full."""


def faults(page, names):
    """What is wrong with cases, by their name and the width of the screen."""
    found = {}
    for name in names:
        page.goto(f"{ORIGIN}/{name}")
        for width in (390, 800, 1280)[:: dose(2, 1)]:
            page.set_viewport_size({"width": width, "height": 800})
            if wrong := page.evaluate(f"[...({UNEVEN})(), ...({HOLES})()]"):
                found[name, width] = wrong
    return found


def test_columns_begin_together_nothing_stretches_and_rows_are_full(opened, planned):
    lists = [url[1:] for url, page in planned.items() if page.template == "listing.html"]
    assert len(lists) > 10
    assert faults(opened(390), ["", *lists[:: dose(40, 1)]]) == {}


@pytest.mark.long
def test_any_number_of_cards_fills_its_rows(opened, rendu, changed):
    made = {}
    without = dict.fromkeys(("agenda", "en_ce_moment", "annonces"), Bloc("", ()))
    known = changed("/articles/")[1].blocs[0].cartes
    for count in range(1, 9):
        cartes = (*known, *known)[:count]
        bloc = Bloc("Articles", cartes, forme="vedette")
        for name, more in (("n", {"facettes": None}), ("f", {})):
            made[f"{name}-{count}"] = rendu(*changed("/articles/", blocs=(bloc,), **more))
        home = changed("/", **without, une=cartes[:5], articles=Bloc("A", cartes))
        made[f"m-{count}"] = rendu(*home)
    for name, text in made.items():
        hold(f"/{name}", text)
    assert faults(opened(390), made) == {}
