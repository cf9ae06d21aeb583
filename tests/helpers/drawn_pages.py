"""The theme’s templates in the environment of a build, and the pages of the showcase drawn with
them: fixtures that folders of tests of pages have in their ``conftest``."""

import sys
from collections.abc import Mapping
from functools import cache, partial

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html

from checkout import ROOT
from demonstration import store_of
from plans import day_of, pages_of, result_of
from portail.config import SiteConfig
from portail.day import Day
from portail.resources import brought, folders_of
from portail_pelican.renderer import Renderer
from remake import replace
from whole_sites import CONTENTS

SHOWCASE = ROOT / CONTENTS["vitrine"]
ADDRESS = "https://portail.example.org"
THEME = ROOT / "theme"
sys.path.insert(0, str(ROOT / "tests/theme"))


def theme_files(pattern):
    """Files of the theme and of what packages bring to it: each, by its name there."""
    found = {}
    for layer in folders_of(brought("theme")):
        found |= {path.relative_to(layer).as_posix(): path for path in layer.glob(pattern)}
    return dict(sorted(found.items()))


def renderer(siteurl):
    """The renderer of a site published at ``siteurl``."""
    layers = brought("theme")
    environment = Environment(
        loader=FileSystemLoader([one / "templates" for one in reversed(folders_of(layers))]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    config = SiteConfig(region="Hauts-de-France", siteurl=siteurl)
    return Renderer(environment, config, layers, ())


def rendu_de(siteurl):
    """A function that renders one view, in a site published at ``siteurl`` (empty: a preview)."""
    environment = renderer(siteurl).environment
    return lambda name, vue: environment.get_template(name).render(vue=vue)


@pytest.fixture(scope="session")
def rendu():
    """Rendering for a site at the root of its domain."""
    return rendu_de("")


@pytest.fixture(scope="session")
def rendu_publie():
    """Rendering for a site published below a path."""
    return rendu_de("https://exemple.org/portail")


@pytest.fixture(scope="session")
def rendu_sur():
    """Rendering for a site of any address."""
    return rendu_de


@pytest.fixture(scope="session")
def theme():
    """The folder of the theme."""
    return THEME


class Drawn(Mapping[str, str]):
    """Pages by name, each rendered when it is asked for; ``pages`` render them."""

    def __init__(self, pages):
        self._pages, self._page = pages, cache(lambda name: pages[name]())

    def __getitem__(self, name):
        return self._page(name)

    def __contains__(self, name):
        return name in self._pages

    def __iter__(self):
        return iter(self._pages)

    def __len__(self):
        return len(self._pages)


@pytest.fixture(scope="session")
def planned():
    """Every page of the showcase by its address, with all that a site may offer; of its preview,
    those which only editors see."""
    pages = {}
    for preview in (True, False):
        config = SiteConfig(
            region="Hauts-de-France",
            siteurl=ADDRESS,
            courriel="redaction@example.org",
            apercu=preview,
            seuil_listes=1,
            added={"langues": ("en",), "hors_ligne": True, "ciel": True},
        )
        day = Day(day_of(SHOWCASE), pinned=True)
        pages |= pages_of(result_of(SHOWCASE, config, day, store_of(SHOWCASE)).plan)
    return pages


@pytest.fixture(scope="session")
def showcase(rendu_sur, planned):
    """Those pages, drawn; what leads elsewhere at once is none."""
    draw = rendu_sur(ADDRESS)
    return Drawn({
        url: partial(lambda page: draw(page.template, page.view()), page)
        for url, page in planned.items()
        if page.template != "redirect.html"
    })  # fmt: skip


@pytest.fixture(scope="session")
def changed(planned):
    """A function that gives the template and the view of a page of the showcase, ``changes`` made
    to the view."""

    def make(url, **changes):
        page = planned[url]
        return page.template, replace(page.view(), **changes)

    return make


@pytest.fixture(scope="session")
def drawn(showcase):
    """The same pages by the name that ``answers`` of a browser gives them."""
    return Drawn({url[1:]: partial(showcase.get, url) for url in showcase})


@pytest.fixture(scope="session")
def trees(showcase):
    """Every page of the showcase, read once."""
    return {url: html.document_fromstring(text) for url, text in showcase.items()}


@pytest.fixture(scope="session")
def drawn_proxy(drawn):
    """Address of the proxy by which a browser sees the pages."""
    from navigateur import answers, proxy

    with proxy(answers(THEME, drawn)) as address:
        yield address


@pytest.fixture(scope="session")
def pool(browser, drawn_proxy):
    """The tabs in which the pages are seen."""
    from navigateur import ORIGIN

    from tabs import Pool

    return Pool(browser, ORIGIN, proxy={"server": drawn_proxy})


@pytest.fixture
def opened(pool):
    """A function that gives a tab of a width, which the pages answer."""
    from navigateur import HELD

    with pool.lending() as make:
        yield make
    HELD.clear()


@pytest.fixture(scope="module")
def kept(browser, drawn_proxy):
    """A tab of a phone that the tests of a file share: a new one costs as much as its page."""
    view = {"width": 390, "height": 800}
    context = browser.new_context(viewport=view, proxy={"server": drawn_proxy})
    yield context.new_page()
    context.close()


@pytest.fixture
def tab(kept):
    """That tab, in which a test leaves nothing to the next."""
    from navigateur import HELD, ORIGIN

    from tabs import rest

    yield kept
    HELD.clear()
    for other in kept.context.pages:
        if other != kept:
            other.close()
    rest(kept, ORIGIN)
