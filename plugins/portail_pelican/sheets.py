"""Pages that stand alone, drawn by the theme without a build."""

from __future__ import annotations

import os
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portail.config import SiteConfig
from portail.outputs.base import TemplatePage
from portail.resources import theme_dir
from portail_pelican.press import Press
from portail_pelican.renderer import Renderer


def draw(page: TemplatePage, config: SiteConfig, content: Path) -> bytes:
    """The bytes of a page: the theme is the one beside the contents, else that of the
    installation. Raises ``PlanError`` for a fault of a template, ``ConfigError`` for a PDF when
    what makes it is not there."""
    own = content.parent / "theme"
    theme = own if (own / "templates" / page.template).is_file() else theme_dir()
    environment = Environment(
        loader=FileSystemLoader(theme / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    cache = Path(os.environ.get("PORTAIL_CACHE") or content.parent / ".cache")
    press = Press(environment, config, theme, content, cache)
    return Renderer(environment, config, theme, (), press).render(page)
