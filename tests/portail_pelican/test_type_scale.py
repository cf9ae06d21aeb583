"""The scale of headings: few sizes and weights, whatever the page, so that a size says a rank."""

from pathlib import Path

import pytest

pytestmark = [pytest.mark.site, pytest.mark.chromium]

SORTS = (
    "", "agenda", "agenda/week-end", "agenda/2021-s40", "articles", "lieux", "catalogue",
    "annonces", "recherche", "contribuer", "contribuer/evenement", "newsletter", "themes", "carte",
    "donnees", "boite-a-outils", "calendriers", "plan-du-site", "articles/*", "dossiers/*",
    "evenements/*", "ressources/*", "lieux/*", "territoires/*", "temps-forts/*", "annonces/*",
    "newsletter/*",
)  # fmt: skip
"""One page of each template, among the first of their folder."""

SEEN = """(tag) => [...document.querySelectorAll(tag)]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 2)
  .map((one) => getComputedStyle(one))
  .map(({ fontSize, fontWeight }) => `${Math.round(parseFloat(fontSize))}/${fontWeight}`)"""


@pytest.mark.long
def test_headings_have_few_sizes(page, showcase):
    found = {"h2": set(), "h3": set()}
    for sort in SORTS:
        page.goto(f"/{first(showcase, sort)}")
        for tag, pairs in found.items():
            pairs.update(page.evaluate(SEEN, tag))
    assert found["h2"] <= {"34/800", "26/800", "21/700", "17/700"}
    # Those of a week's dense grid, and of what leads a page, besides.
    assert found["h3"] <= {"42/800", "34/800", "26/800", "21/700", "17/700", "14/700"}


def first(site, sort):
    """The first page of a sort that is one, not a way to another."""
    pages = sorted(site.glob(f"{sort}/index.html" if sort else "index.html"))
    shown = next(one for one in pages if one.stat().st_size > 6000)
    found = shown.parent.relative_to(site)
    return "" if found == Path() else f"{found}/"
