"""A folder of contents whose letters are chosen."""

import pytest

from choices import Letters


@pytest.fixture
def letters(tmp_path):
    return Letters(tmp_path)
