"""The synthetic site that the tests of this folder publish."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from essai import Essai

from portail_publication import trees


@pytest.fixture
def essai(tmp_path, monkeypatch):
    """A site of 12 pages, two pictures, a theme file; not published yet. Its folders are old."""
    monkeypatch.setattr(trees, "STARTED", sys.maxsize)
    one = Essai(tmp_path).fill(12)
    one.images = {"a.png": b"A", "petit/b.png": b"B"}
    one.fichiers = {"theme/css/base.css": b"body{}", "robots.txt": b"User-agent: *\n"}
    return one
