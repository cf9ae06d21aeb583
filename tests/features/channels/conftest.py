"""A folder of contents."""

import pytest

from plans import Tree


@pytest.fixture
def tree(tmp_path):
    return Tree(tmp_path)
