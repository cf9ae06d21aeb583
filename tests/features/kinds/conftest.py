"""What the tests of kinds share."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A tree without contents."""
    return Tree(tmp_path)
