"""Published sites that several files of tests only look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from whole_sites import Built


@pytest.fixture(scope="session")
def showcase(built: Built) -> Path:
    """The published showcase."""
    return built("vitrine")


@pytest.fixture(params=["vitrine", pytest.param("demonstration", marks=pytest.mark.long)])
def each_site(request: Any, built: Built) -> Path:
    """The published showcase; in the long run, the demonstration too."""
    return built(request.param)
