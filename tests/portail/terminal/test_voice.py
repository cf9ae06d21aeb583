"""How much a command says: quiet, as usual, all of it; bars on a terminal alone."""

import io
import os
from contextlib import redirect_stderr

import pytest

from portail.terminal.readable import Voice, _State, detail, inform, say, show_stages, stage


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def screen(monkeypatch):
    """The terminal that errors go to."""
    there = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    return there


def test_a_stage_has_a_bar_on_a_terminal(screen):
    with redirect_stderr(screen), stage("Lecture", 40) as told:
        told(30)
    shown = screen.getvalue()
    assert "Lecture" in shown
    assert "/40" in shown


def test_a_stage_whose_end_nobody_knows_shows_its_name(screen):
    with redirect_stderr(screen), stage("Plan du site"):
        pass
    assert "Plan du site" in screen.getvalue()


@pytest.mark.parametrize("why", ["quiet", "dumb", "log", "killed"])
def test_nothing_turns_where_nobody_looks(screen, monkeypatch, why):
    if why == "quiet":
        _State.voice = Voice.QUIET
    elif why == "dumb":
        monkeypatch.setenv("TERM", "dumb")
    elif why == "log":
        monkeypatch.setattr(screen, "isatty", lambda: False)
    else:
        show_stages(shows=False)
    with redirect_stderr(screen), stage("Lecture", 40) as told:
        told(30)
    assert screen.getvalue() == ""


def test_the_time_of_a_stage_is_told_on_request(screen, monkeypatch):
    monkeypatch.setattr(screen, "isatty", lambda: False)
    _State.voice = Voice.FULL
    with redirect_stderr(screen), stage("Plan du site"):
        detail("écrit    index.html")
    first, second = screen.getvalue().splitlines()
    assert first == "écrit    index.html"
    assert second.startswith("Plan du site : 0,")
    assert second.endswith(" s")


def test_what_is_not_asked_for_is_not_said_when_quiet(screen):
    stream = io.StringIO()
    inform("dit\n", stream)
    _State.voice = Voice.QUIET
    inform("tu\n", stream)
    assert stream.getvalue() == "dit\n"


def test_who_stops_reading_does_not_stop_the_command():
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as stream:
        say("un\n", stream)
        say("deux\n", stream)
