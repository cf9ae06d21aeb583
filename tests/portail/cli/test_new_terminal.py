"""``portail new`` on a real terminal: a session from its first question to its file, and Ctrl-C."""

from __future__ import annotations

import codecs
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from portail.cli.new.questions import questions_of
from portail.cli.new.session import candidates
from portail.cli.new.world import World
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir
from portail.source.loader import Listing
from portail.source.store import MemoryStore

pty = pytest.importorskip("pty", reason="there is no such terminal on this system")

_PATIENCE = 120  # seconds: what hangs is ended, what is slow is waited for
_MISSED = 15  # seconds without an answer after which a key was not seen
# The child takes the terminal as its own, so that Ctrl-C reaches it as a signal; one that is run in
# the background inherits that it is ignored, which nobody at a terminal has.
_CHILD = """
import fcntl, signal, sys, termios
signal.signal(signal.SIGINT, signal.default_int_handler)
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from portail.cli import main
sys.exit(main(sys.argv[1:]))
"""


class Terminal:
    """A session of ``portail``: what it shows, and the keys that are typed."""

    def __init__(self, folder: Path, *argv: str) -> None:
        self.screen = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._master, slave = pty.openpty()
        environ = {**os.environ, "PORTAIL_CACHE": str(folder / "cache"), "TERM": "dumb"}
        self._child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, *argv],
            stdin=slave, stdout=slave, stderr=slave, cwd=folder, env=environ,
            start_new_session=True,
        )  # fmt: skip
        os.close(slave)

    def expect(self, text: str) -> None:
        """Wait until ``text`` is shown, then forget what was."""
        end = time.monotonic() + _PATIENCE
        while text not in self.screen:
            left = end - time.monotonic()
            assert left > 0, self.screen
            if select.select([self._master], [], [], left)[0]:
                self.screen += self._read()
        self.screen = self.screen.partition(text)[2]

    def _read(self) -> str:
        try:
            data = os.read(self._master, 65536)
        except OSError:  # Linux says this when the child has closed the terminal
            data = b""
        assert data, f"the session is over: {self.screen}"
        # What is read may stop in the middle of a sign, or of a line end.
        return self._decoder.decode(data).replace("\r", "")

    def type(self, keys: str) -> None:
        """Type ``keys``."""
        os.write(self._master, keys.encode())

    def insist(self, key: str) -> None:
        """Press ``key`` until something is shown: readline may miss a signal that comes between
        its prompt and its wait, and people press again. Not too soon: a second signal would cut
        what the first one makes it say."""
        for _ in range(_PATIENCE // _MISSED):
            self.type(key)
            if select.select([self._master], [], [], _MISSED)[0]:
                return

    def leave(self) -> int:
        """Exit code of the command."""
        return self._child.wait(_PATIENCE)

    def close(self) -> None:
        """End what is left."""
        if self._child.poll() is None:
            self._child.kill()
            self._child.wait()
        os.close(self._master)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    (tmp_path / "content").mkdir()
    one = Terminal(tmp_path, "new", "lettre", "--date", "2021-09-27")
    yield one
    one.close()


def test_a_session(terminal: Terminal, tmp_path: Path) -> None:
    for question, answer in (
        ("Titre ?", "L’œuf"), ("Texte ? (facultatif)", ""), ("Prêt à paraître ?", "oui"),
        ("Écrire content/newsletters/2021-s39.md ?", "oui"),
    ):  # fmt: skip
        terminal.expect(question)
        terminal.expect("> ")
        terminal.type(f"{answer}\n")
    terminal.expect("content/newsletters/2021-s39.md est écrit.")
    assert terminal.leave() == 0
    file = tmp_path / "content" / "newsletters" / "2021-s39.md"
    assert file.read_text(encoding="utf-8") == "---\ntitre: L’œuf\n---\n"


def test_a_file_that_came_meanwhile_is_kept(terminal: Terminal, tmp_path: Path) -> None:
    for answer in ("L’œuf", "", "oui"):
        terminal.expect("> ")
        terminal.type(f"{answer}\n")
    terminal.expect("Écrire content/newsletters/2021-s39.md ?")
    file = tmp_path / "content" / "newsletters" / "2021-s39.md"
    file.parent.mkdir()
    file.write_text("à garder")
    terminal.type("oui\n")
    terminal.expect("titre: L’œuf\n")  # what was answered can be copied
    terminal.expect("existe déjà")
    assert terminal.leave() == 2
    assert file.read_text() == "à garder"


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_leaving_with_a_key(key: str, terminal: Terminal, tmp_path: Path) -> None:
    terminal.expect("Titre ?")
    terminal.expect("> ")
    terminal.type("Un titre\n")
    terminal.expect("Texte ?")
    terminal.expect("> ")
    terminal.insist(key)
    terminal.expect("Rien n’a été écrit.")
    assert terminal.leave() == 1
    assert not list((tmp_path / "content").rglob("*.md"))


def test_words_are_completed(tmp_path: Path) -> None:
    geography = Geography.load(data_dir(), "Hauts-de-France")
    lists = Vocabularies.load(data_dir())
    day = date(2021, 9, 27)
    world = World(tmp_path, Kind.EVENT, day, lists, geography, MemoryStore(), Listing())
    known = {one.key: one for one in questions_of(Kind.EVENT, lists)}
    assert candidates(known["ou"], world, "wizer") == ["Wizernes"]
    assert candidates(known["format"], world, "ateli") == ["atelier"]
    assert candidates(known["titre"], world, "ateli") == candidates(None, world, "ateli") == []
    assert candidates(known["ou"], world, "s") == []
