"""Mails drawn as a build draws them."""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html

from lettres import ENSEIGNE
from portail.config import SiteConfig
from portail.model.issue import Issue
from portail.outputs.base import TemplatePage
from portail.outputs.newsletter.views import mail_view
from portail_pelican.renderer import Renderer

THEME = Path(__file__).resolve().parents[2] / "theme"
TEMPLATE = "courriel/courriel.html"


@cache
def renderer() -> Renderer:
    """The renderer of a site whose address is another than that of the mails."""
    environment = Environment(
        loader=FileSystemLoader(THEME / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return Renderer(environment, SiteConfig(siteurl="https://autre.example"), THEME, ())


def mail(issue: Issue) -> bytes:
    """The HTML of the mail of an issue."""
    path = PurePosixPath("newsletter/courriel.html")
    view = mail_view(issue, ENSEIGNE)
    return renderer().render(TemplatePage(path, f"/{path}", TEMPLATE, (), lambda: view))


def tree(issue: Issue) -> html.HtmlElement:
    """The same, read."""
    return html.document_fromstring(mail(issue))
