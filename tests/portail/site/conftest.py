"""What tests of a site share."""

import pytest

from plans import Tree, said


@pytest.fixture
def tree(tmp_path):
    """An empty tree of contents."""
    return Tree(tmp_path)


@pytest.fixture
def reported(tree):
    """A function that runs the tree with more contents, and gives the lines of the report."""
    return lambda *files, **options: said(tree.run(*files, **options).report)
