"""What tests of models share."""

from pathlib import PurePosixPath

import pytest

import tables
from portail.model.registry import MODELS


@pytest.fixture(scope="session")
def reading():
    """The lists and the places of the package."""
    return tables.reading()


@pytest.fixture
def made(reading):
    """A function that makes an entry of a kind, of any of its fields."""

    def make(kind, **fields):
        own = {"slug": "x", "source": PurePosixPath(f"content/{kind.value}/x.md"), "titre": "X"}
        return MODELS[kind].model_validate(own | fields, context=reading)

    return make
