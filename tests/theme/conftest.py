"""The theme's templates in the environment of a build, and hand-made views to render with them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html
from lxml.html import HtmlElement

from portail.config import SiteConfig
from portail_pelican.renderer import Renderer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tabs import Pool

THEME = Path(__file__).resolve().parents[2] / "theme"
sys.path.insert(0, str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parent.parent))
sys.path.append(str(Path(__file__).parents[2] / "outils"))

Rendu = Callable[[str, Any], str]
"""Template name, view → page."""


def rendu_de(siteurl: str) -> Rendu:
    """A function that renders one view, in a site published at ``siteurl`` (empty: a preview)."""
    environment = Environment(
        loader=FileSystemLoader(THEME / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    Renderer(environment, SiteConfig(region="Hauts-de-France", siteurl=siteurl), THEME, ())
    return lambda name, vue: environment.get_template(name).render(vue=vue)


@pytest.fixture(scope="session")
def rendu() -> Rendu:
    """Rendering for a site at the root of its domain."""
    return rendu_de("")


@pytest.fixture(scope="session")
def rendu_publie() -> Rendu:
    """Rendering for a site published below a path."""
    return rendu_de("https://exemple.org/portail")


@pytest.fixture(scope="session")
def rendu_sur() -> Callable[[str], Rendu]:
    """Rendering for a site of any address."""
    return rendu_de


@pytest.fixture(scope="session")
def theme() -> Path:
    """The folder of the theme."""
    return THEME


@pytest.fixture(scope="session")
def drawn(rendu: Rendu) -> dict[str, str]:
    """Every case, rendered once."""
    import cas

    return {name: rendu(template, vue) for name, (template, vue) in cas.toutes().items()}


@pytest.fixture(scope="session")
def trees(drawn: dict[str, str]) -> dict[str, HtmlElement]:
    """Every case, read once."""
    return {name: html.document_fromstring(text) for name, text in drawn.items()}


@pytest.fixture(scope="session")
def drawn_proxy(drawn: dict[str, str]) -> Iterator[str]:
    """Address of the proxy by which a browser sees the cases."""
    from navigateur import answers, proxy

    with proxy(answers(THEME, drawn)) as address:
        yield address


@pytest.fixture(scope="session")
def pool(browser: Browser, drawn_proxy: str) -> Pool:
    """The tabs in which the cases are seen."""
    from navigateur import ORIGIN

    from tabs import Pool

    return Pool(browser, ORIGIN, proxy={"server": drawn_proxy})


@pytest.fixture
def opened(pool: Pool) -> Iterator[Callable[..., Page]]:
    """A function that gives a tab of a width; addresses ``/<case>`` are the cases."""
    from navigateur import HELD

    with pool.lending() as make:
        yield make
    HELD.clear()
