"""``portail completion``: tried in a shell, with every command that is installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from portail import cli
from portail.cli.arguments import Parser, parser_of


def completed(script: Path, *words: str) -> list[str]:
    """What bash proposes for the last of ``words``."""
    line = f"""
        source {script}
        COMP_WORDS=(portail {" ".join(f"'{word}'" for word in words)})
        COMP_CWORD={len(words)}
        COMP_LINE="${{COMP_WORDS[*]}}"
        $(complete -p portail | sed -E 's/.*-F ([^ ]+).*/\\1/')
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    return [one.strip() for one in done.stdout.split("\n") if one.strip()]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The completions of bash."""
    file = tmp_path_factory.mktemp("bash") / "portail.bash"
    command = [sys.executable, "-m", "portail", "completion", "bash"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    file.write_text(done.stdout, encoding="utf-8")
    return file


def test_commands(script: Path) -> None:
    assert completed(script, "b") == ["build"]
    assert {*cli.sentences()} <= {*completed(script, "")}


def test_options_and_their_values(script: Path) -> None:
    assert completed(script, "check", "--corr") == ["--corriger"]
    assert completed(script, "check", "--format", "s") == ["sarif"]
    assert completed(script, "importer", "--depuis", "j") == ["jekyll"]
    assert completed(script, "imprimer", "--so") == ["--sortie"]


@pytest.mark.parametrize("shell", ["zsh", "fish", "tcsh", "powershell"])
def test_other_shells(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", shell]) == 0
    assert "corriger" in capsys.readouterr().out


def test_without_the_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert cli.main(["completion", "bash"]) == 2
    assert capsys.readouterr().err == (
        "Pour compléter la ligne de commande, il manque shtab : tapez « pip install shtab ».\n"
    )


def test_every_command_shows_its_parser() -> None:
    found = {name: cli.command_named(name) for name in cli.sentences()}
    assert {name for name, it in found.items() if not (it and parser_of(it))} == set()


def test_a_command_that_reads_its_arguments_itself_has_none() -> None:
    def leaves(argv: list[str]) -> int:
        raise SystemExit(0)

    assert parser_of(leaves) is None
    assert Parser("essai", "Essaie.").parse_args([]).__dict__ == {}
