"""A folder of contents whose letters are chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from choices import Letters


@pytest.fixture
def letters(tmp_path: Path) -> Letters:
    return Letters(tmp_path)
