"""The commands that Pelican carries speak French too: their help, their mistakes."""

import pytest

from portail_pelican import commands as building

COMMANDS = {
    "build": building.build,
    "serve": building.serve,
}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_french(name, capsys):
    with pytest.raises(SystemExit) as left:
        COMMANDS[name](["--help"])
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert said.startswith(f"Usage : portail {name} [-h] [--")
    assert "options :" in said and "usage:" not in said and "options:" not in said


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("build", ["--portt"], "portail build : argument inconnu : --portt."),
        ("serve", ["--port", "x"], "portail serve : --port : « x » n’est pas un nombre entier."),
    ],
)
def test_a_mistake_is_told_in_french(name, arguments, told, capsys):
    with pytest.raises(SystemExit) as left:
        COMMANDS[name](arguments)
    assert left.value.code == 2
    assert capsys.readouterr().err.splitlines()[0] == told
