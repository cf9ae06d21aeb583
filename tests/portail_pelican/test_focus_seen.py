"""Tab through each kind of page of the showcase: at each stop, eyes see where the keyboard is.

Chromium walks an eighth of the kinds of pages; in the long run Firefox walks them too, both all of
them, Chromium in the dark, in forced colours and on a telephone too.
"""

import pytest

from doses import LONG
from firefox import firefox, program
from focus import InChromium, InFirefox, Walk
from pages import address, by_shape, html_pages

DESK = {"viewport": {"width": 1280, "height": 400}}
"""A low window: what a look at it costs goes by its height."""
TELEPHONE = {"viewport": {"width": 390, "height": 844}}
KINDS = 40
"""Of stops, at least, in an eighth of the pages."""


def walk(keyboard, site, first, step):
    """A keyboard goes through one kind of pages in ``step``, from the ``first`` on, through all of
    them in the long run."""
    pages = by_shape(site, html_pages(site))
    walked = Walk(keyboard)
    faults = [
        fault
        for page in (pages if LONG else pages[first::step])
        for fault in walked.faults(address(site, page))
    ]
    assert faults == []
    assert len(walked.kinds) > KINDS


@pytest.mark.site
@pytest.mark.chromium
@pytest.mark.xdist_group("focus-chromium")
@pytest.mark.parametrize(
    "options",
    [
        pytest.param(DESK, id="desk"),
        pytest.param(TELEPHONE, id="telephone", marks=pytest.mark.long),
        pytest.param({**DESK, "color_scheme": "dark"}, id="dark", marks=pytest.mark.long),
        pytest.param({**DESK, "forced_colors": "active"}, id="forced", marks=pytest.mark.long),
    ],
)
def test_in_chromium(built, hosted, browser, options):
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce", **options)
    walk(InChromium(context.new_page(), hosted("vitrine")), built("vitrine"), 0, 8)
    context.close()


@pytest.mark.site
@pytest.mark.firefox
@pytest.mark.xdist_group("focus-firefox")
@pytest.mark.long
def test_in_firefox(built, hosted, tmp_path):
    with firefox(program(), tmp_path) as window:
        walk(InFirefox(window, hosted("vitrine")), built("vitrine"), 2, 8)
