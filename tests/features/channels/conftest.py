"""A folder of contents."""

from __future__ import annotations

import pytest

from plans import Tree


@pytest.fixture
def tree(tmp_path):
    return Tree(tmp_path)
