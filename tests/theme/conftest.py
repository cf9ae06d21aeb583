"""Pages of the theme, drawn and opened."""

import pytest
from lxml import html

from drawn_pages import (  # noqa: F401  # fixtures
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


@pytest.fixture(scope="session")
def tree(drawn):  # noqa: F811
    """A function that reads the page of a case."""
    return lambda name: html.document_fromstring(drawn[name])
