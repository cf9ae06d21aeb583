"""Pages of the theme, drawn and opened."""

import pytest
from lxml import html

from drawn_pages import (  # noqa: F401  # fixtures
    changed,
    drawn,
    drawn_proxy,
    kept,
    opened,
    planned,
    pool,
    rendu,
    rendu_publie,
    rendu_sur,
    showcase,
    tab,
    theme,
    trees,
)


@pytest.fixture(scope="session")
def read(rendu):  # noqa: F811
    """A function that reads the page of a template and a view."""
    return lambda case: html.document_fromstring(rendu(*case))
