"""What the tests of several folders here are given."""

import pytest

from plans import Tree


@pytest.fixture
def tree(tmp_path):
    """A folder of contents, empty."""
    return Tree(tmp_path)
