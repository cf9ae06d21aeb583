"""``data/chiffres/``: what a report announces is read whole, or refused with its line."""

import pytest

from portail.diagnostics import DataError
from portail_bureau.chiffres.reports import load_declared

HEAD = "sujet: portail\ntitre: Le rapport\nsource: rapport 2021\n"


def read(tmp_path, text):
    folder = tmp_path / "chiffres"
    folder.mkdir(exist_ok=True)
    (folder / "a.yml").write_bytes(text.encode() if isinstance(text, str) else text)
    return load_declared(tmp_path)


def test_what_does_not_add_up_says_why(tmp_path):
    row = "repartitions:\n  - {code: genres, libelle: G, annee: 2021, total: 547, valeurs: {A: 543}"
    with pytest.raises(DataError, match=r"a\.yml:5 : le détail fait 543 pour 547"):
        read(tmp_path, f"{HEAD}{row}}}\n")
    (found,) = read(tmp_path, f"{HEAD}{row}, note: Quatre ne sont pas dites.}}\n")
    assert found.repartitions[0].total == 547


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("sujet: portail\ntitre: T\n", 1, "il manque « source »"),
        (f"{HEAD}serie: []\n", 4, "la clé « serie » n’existe pas"),
        ("sujet: web\ntitre: T\nsource: s\n", 1, "vaut portail ou prets"),
        (f"{HEAD}series:\n- {{code: v, libelle: V, valeurs: {{2021: 29 417}}}}\n", 5, "un nombre"),
        (f"{HEAD}series:\n- {{code: v, libelle: V, valeurs: {{2021: -3}}}}\n", 5, "négatif"),
        (f"{HEAD}series:\n- {{code: v, libelle: V, valeurs: {{21: 3}}}}\n", 5, "pas une année"),
        (f"{HEAD}series:\n- {{code: A b, libelle: V, valeurs: {{}}}}\n", 5, "minuscules"),
        ("sujet: [\n", 2, "YAML"),
        ("- a\n", 1, ""),
        ("", 1, ""),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path, text, line, words):
    with pytest.raises(DataError) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(f"data/chiffres/a.yml:{line} : ")
    assert words in str(caught.value)


def test_without_a_folder_nothing_is_announced_and_every_mistake_of_every_file_is_told(tmp_path):
    assert load_declared(tmp_path) == ()
    folder = tmp_path / "chiffres"
    folder.mkdir()
    (folder / "b.yml").write_text("sujet: x\ntitre: T\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read(tmp_path, "sujet: x\ntitre: T\n")
    assert len(str(caught.value).splitlines()) == 4


def test_what_is_no_text_is_refused(tmp_path):
    with pytest.raises(DataError, match="UTF-8"):
        read(tmp_path, b"titre: \xff\n")
