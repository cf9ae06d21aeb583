"""The theme's templates in the environment of a build, and hand-made views to render with them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portail.config import SiteConfig
from portail_pelican.renderer import Renderer

THEME = Path(__file__).resolve().parents[2] / "theme"
sys.path.insert(0, str(Path(__file__).parent))

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
    Renderer(environment, SiteConfig(siteurl=siteurl), THEME, ())
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
def theme() -> Path:
    """The folder of the theme."""
    return THEME
