"""Letters of another encoding than the one that a file is read in."""

import pytest

from doses import cases
from portail.diagnostics import Refused
from portail.text.encodings import readable

TEXT = "Une soirée d’été au Muséum ;14h;Rouen"


@cases("encoding", ["mac_roman", "cp850"])
def test_letters_of_old_machines_are_refused(encoding):
    text = TEXT.replace("’", "'").encode(encoding).decode("cp1252", "replace")
    with pytest.raises(Refused, match="se lit mal"):
        readable(text, "a.csv", western=True)


def test_what_was_written_twice_is_mended_whole_or_here_and_there():
    for twice in (TEXT.encode().decode("cp1252"), f"Été : {TEXT.encode().decode('cp1252')}"):
        assert readable(twice, "a.csv").endswith(TEXT)
    with pytest.raises(Refused, match="« soir�e »"):
        readable(TEXT.replace("é", "�"), "a.csv")


@cases("text", [TEXT, "Café « Žižek », Â » ; été", "L’œuvre – 5 €…", "Salon", "ŽIŽKOV en Bohême"])
def test_ordinary_letters_are_read(text):
    assert readable(text, "a.csv") == text
    assert readable(TEXT + text, "a.csv", western=True) == TEXT + text
