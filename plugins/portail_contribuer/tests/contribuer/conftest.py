"""Forms, drawn and opened."""

import sys
from pathlib import Path

import pytest

from drawn_pages import (  # noqa: F401  # fixtures
    drawn,
    drawn_proxy,
    kept,
    opened,
    planned,
    pool,
    rendu,
    rendu_sur,
    showcase,
    tab,
    theme,
    trees,
)

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def page(kept):  # noqa: F811
    """A page whose scripts have read nothing yet."""
    from navigateur import ORIGIN

    kept.goto(f"{ORIGIN}/")
    return kept


@pytest.fixture
def form(tab):  # noqa: F811
    """A function that opens the form in the tab of a phone, or again in it."""
    from contributions import opened_form

    return lambda query="", **changes: opened_form(tab, query, **changes)


@pytest.fixture(scope="module")
def there(browser, racine):
    """How to read what is pasted, as the form would on Monday 27 September 2021, and the page where
    it is read; what fails by itself there fails the tests."""
    from collages import reading

    with reading(browser, racine) as both:
        yield both


@pytest.fixture
def lire(there):
    """Reads in that page."""
    return there[0]
