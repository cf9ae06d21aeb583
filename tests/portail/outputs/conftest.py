"""What the tests of outputs share."""

import pytest

from plans import Tree


@pytest.fixture
def tree(tmp_path):
    """A tree without contents."""
    return Tree(tmp_path)
