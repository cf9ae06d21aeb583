"""Whole portals for tests: a folder with settings and content, built in this process or another."""

import json
import locale
import os
import signal
import socket
import subprocess
import sys
import zlib
from contextlib import chdir
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

from pelican.settings import read_settings

import warm
from portail.clock import set_portal_zone
from portail.files import DEFLATED
from portail_pelican import Host

SETTINGS = """\
from portail_pelican.defaults import *

PLUGINS = [*PLUGINS]  # a list of this portal alone: several are built in one process
PORTAIL_NOM = "Portail d’essai"
PORTAIL_REGION = "Hauts-de-France"
PORTAIL_DATE = "2021-09-27"
"""

LIMIT = 300
"""Seconds after which a command is given up: it hangs, as no machine is that slow."""


def free_port():
    """A port where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Done(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


class Project:
    """A portal in ``root``; ``extra`` is added to its settings."""

    def __init__(self, root, extra=""):
        self.root = root
        self.content.mkdir(parents=True, exist_ok=True)
        (root / "pelicanconf.py").write_text(SETTINGS + extra, encoding="utf-8")

    @property
    def content(self):
        """The folder of its contents."""
        return self.root / "content"

    @property
    def output(self):
        """That of its site."""
        return self.root / "output"

    @classmethod
    def at(cls, root):
        """The portal that is in ``root``, as it is."""
        found = cls.__new__(cls)
        found.root = root
        return found

    def write(self, files):
        """Write files by their path from the root, as they are."""
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def pelican(self, *arguments, **environment):
        """Run ``pelican content`` (or ``arguments``) in another process."""
        given = arguments or ("content", "--fatal", "errors")
        return self._run("portail_pelican", given, environment)

    def portail(self, *arguments, **environment):
        """Run ``portail`` with ``arguments`` in another process."""
        return self._run("portail", arguments, environment)

    def does(self, *arguments, **environment):
        """The same, of a command that must end well; what it said."""
        done = self.portail(*arguments, **environment)
        assert done.code == 0, done.out + done.err
        return done

    def judge(self, **environment):
        """Judge the site that is built, which must have no dead link, nor anything that runs."""
        self.does("check", "--site", "output", "-q", **environment)

    def _run(self, module, arguments, environment):
        environ = {**os.environ, **environment}
        if warm.serves(environment):
            return Done(*warm.run(module, arguments, self.root, environ, LIMIT))
        done = subprocess.run(
            self.command(module, *arguments),
            cwd=self.root,
            env=environ,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LIMIT,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    @staticmethod
    def command(module, *arguments):
        """The command line of one of our commands, in this interpreter."""
        return [sys.executable, "-m", module, *arguments]

    def start(self, module, *arguments, **environment):
        """Start a command that goes on, its two outputs in one; a group of its own."""
        return subprocess.Popen(
            self.command(module, *arguments),
            cwd=self.root,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            # A shell that put the tests in the background has it ignored, for all of them.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )

    def build(self, **settings):
        """Build in this process, as ``pelican`` does there; what the publication did.

        Raises ``SystemExit`` when the content is refused.
        """
        given = {"PATH": str(self.content), "OUTPUT_PATH": str(self.output)}
        before = locale.setlocale(locale.LC_ALL)
        # The cache is the site's own, as in its folder: others are built at the same time.
        shared = os.environ.setdefault("PORTAIL_CACHE", str(self.root / ".cache"))
        try:
            with chdir(self.root):
                host = Host(read_settings(str(self.root / "pelicanconf.py"), given | settings))
                host.run()
        finally:
            locale.setlocale(locale.LC_ALL, before)
            set_portal_zone(None)
            if shared == str(self.root / ".cache"):
                del os.environ["PORTAIL_CACHE"]
        return host.settings["PORTAIL_GENERATOR"].outcome


def tree(root):
    """Digest of the bytes of every file below ``root``, by path."""
    return {
        path.relative_to(root).as_posix(): blake2b(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def stamps(root):
    """Time (ns) and inode of every file and folder below ``root``, itself included."""
    return {
        path.relative_to(root).as_posix(): (path.lstat().st_mtime_ns, path.lstat().st_ino)
        for path in (root, *sorted(root.rglob("*")))
    }


def data_of(file):
    """The bytes of a file of a site as they are read."""
    data = file.read_bytes()
    return zlib.decompress(data) if file.name.endswith(DEFLATED) else data


def text_in(file):
    """The lines of a file of a site."""
    return data_of(file).decode().replace("\r\n", "\n")


def form_sources(output, folder):
    """What the form reads again of the contents of a folder, by slug."""
    found = {}
    for file in sorted((output / f"contribuer/fichiers/{folder}").glob("*.deflate")):
        found |= json.loads(data_of(file))
    return dict(sorted(found.items()))
