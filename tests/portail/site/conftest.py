"""What tests of a site share."""

import pytest

from plans import said


@pytest.fixture
def reported(tree):
    """A function that runs the tree with more contents, and gives the lines of the report."""
    return lambda *files, **options: said(tree.run(*files, **options).report)
