"""Many files read at once: in their order, by several processes, with a bar on a terminal alone."""

import os

from portail_publication import reading


def process(item):
    return item, os.getpid()


def test_results_are_in_order_whoever_read_them(monkeypatch):
    monkeypatch.setattr(reading, "cores", lambda: 2)
    found = [*reading.read_forked(process, range(1000))]
    assert [item for item, _ in found] == [*range(1000)]
    assert os.getpid() not in {pid for _, pid in found}


def test_a_bar_is_for_a_terminal_and_for_many(monkeypatch, capsys):
    assert len([*reading.read_forked(process, range(1000))]) == 1000
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert len([*reading.read_forked(process, range(1000))]) == 1000
    assert "Lecture" in capsys.readouterr().err
    assert len([*reading.read_forked(process, range(20))]) == 20
    assert capsys.readouterr().err == ""
