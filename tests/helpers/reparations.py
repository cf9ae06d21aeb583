"""Files to mend, read with the lists and the places of Hauts-de-France."""

from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from portail.feature import reading_with
from portail.features import FEATURES
from portail.model.kinds import BY_FOLDER
from portail.site.draft import read_document
from portail.source.loader import SourceFile
from portail.source.store import Stamp
from tables import lists, places


@cache
def reading():
    """The controlled lists and the places."""
    return reading_with(FEATURES, lists(), places("32"))


def source(folder="articles"):
    """A file that is not on the disk."""
    path = PurePosixPath(f"content/{folder}/essai.md")
    return SourceFile(path, Path(path), BY_FOLDER[folder], "essai", Stamp(0, 0))


def mended(text, folder="articles"):
    """What becomes of the text, or of the bytes, of a file of ``folder``: a test that asks it needs
    the package that mends."""
    mending = pytest.importorskip("portail_relecture.corriger.files")
    data = text.encode() if isinstance(text, str) else text
    items = read_document(data, source(folder), reading())[0].diagnostics
    return mending.mend(data, source(folder), items)
