"""Pictures of README, of the tutorial and of the guides show what pages are made of today."""

import pytest

from captures import DOCUMENTS, outline


@pytest.mark.long  # the whole demonstration is built
@pytest.mark.parametrize("folder", DOCUMENTS)
def test_pictures_of_documents_show_pages_of_today(built, racine, folder):
    taken = (racine / folder / "titres.txt").read_text("utf-8").splitlines()
    today = outline(built("demonstration"), DOCUMENTS[folder])
    assert taken and not {*taken} - {*today}, "« make images » takes them again"
