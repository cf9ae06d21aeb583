"""What a machine refuses is said in French, with what to do where that is known."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import pytest

from portail import machine
from portail.cli import main

SYSTEM = {os.strerror(number) for number in errno.errorcode}


def test_no_refusal_is_told_in_the_words_of_the_system() -> None:
    for number in machine._REFUSALS:
        error = OSError(number, os.strerror(number), "/x/y")
        assert machine.reason_of(error) not in SYSTEM
        told = machine.refused(error)
        assert not told or ("(/x/y). → " in told and told.endswith(", puis recommencez."))


def test_a_rare_refusal_keeps_the_words_of_the_system() -> None:
    error = OSError(errno.ENOTTY, os.strerror(errno.ENOTTY))
    assert machine.reason_of(error) == f"le système répond « {os.strerror(errno.ENOTTY)} »"
    assert machine.refused(error) == machine.refused(ValueError("x")) == ""


def test_no_command_shows_the_words_of_the_system(racine: Path) -> None:
    found = subprocess.run(
        ["git", "grep", "-nE", r"\{\w*\.?strerror\}", "--", "plugins"],
        cwd=racine, capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    assert found == ""


def test_a_command_that_the_machine_refuses_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(name: str) -> object:
        raise OSError(errno.ENOSPC, "No space left on device", "/x/y")

    monkeypatch.setattr("portail.cli._find", full)
    assert main(["check"]) == 2
    told = "Le disque est plein (/x/y). → Libérez de la place, puis recommencez.\n"
    assert capsys.readouterr().err == told
