"""Published sites that several files of tests only look at."""

import pytest


@pytest.fixture(scope="session")
def showcase(built):
    """The published showcase."""
    return built("vitrine")


@pytest.fixture(params=["vitrine", pytest.param("demonstration", marks=pytest.mark.long)])
def each_site(request, built):
    """The published showcase; in the long run, the demonstration too."""
    return built(request.param)
