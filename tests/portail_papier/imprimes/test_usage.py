"""``portail imprimer`` speaks French: its help, its mistakes."""

import pytest

from portail_papier.imprimes.command import main

ONLY_THE_CATALOGUE = (
    "portail imprimer : DOCUMENT : « affiche » ne s’imprime pas ainsi : seul « catalogue » devient "
    "un PDF. Un programme, une affiche, un bilan s’impriment depuis leur page, dans un navigateur."
)


def test_help_is_french(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith("Usage : portail imprimer [-h] [--") and "options:" not in said


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "portail imprimer : il manque : DOCUMENT."),
        (["affiche", "agenda"], ONLY_THE_CATALOGUE),
    ],
)
def test_a_mistake_is_told_in_french(arguments, told, capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert capsys.readouterr().err.splitlines()[0] == told
