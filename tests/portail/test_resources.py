"""Tables that the code comes with: what does not fit is refused where it stands."""

from dataclasses import dataclass

import pytest

from portail import resources
from portail.codes import all_codes
from portail.diagnostics import DataError
from portail.resources import table


@dataclass(frozen=True)
class Inner:
    """A row in a row."""

    nom: str
    rang: int = 0


@dataclass(frozen=True)
class Row:
    """A row of a table."""

    cle: str
    dedans: tuple[Inner, ...] = ()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def test_a_table_is_read_as_its_rows(folder):
    (folder / "essai.yml").write_text("- cle: a\n- cle: b\n  dedans: [{nom: c, rang: 2}]\n")
    assert table("essai", tuple[Row, ...]) == (Row("a"), Row("b", (Inner("c", 2),)))


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("- cle: a\n- cle: b\n  autre: c\n", 3, "autre"),
        ("- cle: a\n- {}\n", 2, "cle"),
        ("- cle: a\n  dedans:\n  - nom: b\n  - nom: c\n    rang: d\n", 5, "rang"),
        ("- cle: a\n  dedans:\n  - nom: b\n    titre: c\n", 4, "titre"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_line(folder, text, line, word):
    (folder / "essai.yml").write_text(text)
    with pytest.raises(DataError, match=rf"essai\.yml:{line}: {word}: "):
        table("essai", tuple[Row, ...])


@pytest.mark.parametrize("text", ["- cle: a\n  cle: b\n", "- cle: [a\n"])
def test_what_cannot_be_read_is_refused(folder, text):
    (folder / "essai.yml").write_text(text)
    with pytest.raises(DataError, match=r"essai\.yml"):
        table("essai", tuple[Row, ...])


@pytest.mark.parametrize(
    "text",
    [
        "- {code: E101, titre: a, message: b}\n- {code: E101, titre: c, message: d}\n",
        "- {code: E101, titre: a, message: b, remede: c}\n",
        "- {code: E101, titre: a}\n",
    ],
)
def test_a_code_that_does_not_fit_is_refused(folder, text):
    (folder / "codes.yml").write_text(text)
    with pytest.raises(DataError, match="E101"):
        all_codes.__wrapped__()
