"""What tests of a site share."""

import pytest

from plans import Tree


@pytest.fixture
def tree(tmp_path):
    """An empty tree of contents."""
    return Tree(tmp_path)
