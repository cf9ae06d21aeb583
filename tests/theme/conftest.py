"""Pages of the theme, drawn and opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from lxml import html
from lxml.html import HtmlElement

from drawn_pages import (  # noqa: F401  # fixtures
    drawn,
    drawn_proxy,
    kept,
    opened,
    pool,
    rendu,
    rendu_publie,
    rendu_sur,
    tab,
    theme,
    trees,
)


@pytest.fixture(scope="session")
def tree(drawn: Mapping[str, str]) -> Callable[[str], HtmlElement]:  # noqa: F811
    """A function that reads the page of a case."""
    return lambda name: html.document_fromstring(drawn[name])
