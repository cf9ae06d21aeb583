"""A portal with its forge, a mailbox, and the mail server that answers leave by."""

import asyncio
import io
import os
import signal
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from boite import PASSWORD, USER, Boite, program
from courrier import Host, Post
from forge_runs import git
from forges import Forges
from plans import entry, write
from portail_importer.porte import command, post

SETTINGS = """
PATH = "content"
SITEURL = "https://portail.example.org"
PORTAIL_NOM = "Portail d’exemple"
PORTAIL_REGION = "Hauts-de-France"
PORTAIL_DATE = "2021-09-27"
PORTAIL_COURRIEL = "redaction@portail.example.org"
"""
TEAM = "redaction@portail.example.org"


class Office(Post):
    """The mail server; what it takes for the box is delivered there at once."""

    boite = None
    refused = ()

    async def handle_RCPT(self, server, session, envelope, to, options):
        if to in self.refused:
            return "550 5.1.1 nobody"
        return await super().handle_RCPT(server, session, envelope, to, options)

    async def handle_DATA(self, server, session, envelope):
        for to in envelope.rcpt_tos:
            if to == USER:
                await asyncio.to_thread(self.boite.put, envelope.original_content)
            else:
                self.received.append((to, envelope.original_content))
        self.after(len(self.received))
        return "250 2.0.0 Ok: queued"


class Door:
    """What a round meets: run it, and look."""

    def __init__(self, folder, boite, office, make="github"):
        self.folder, self.boite, self.office = folder, boite, office
        portal = folder / "portail"
        write(portal, {"lieux/musee": entry("lieux", titre="Musée")})
        (portal / "pelicanconf.py").write_text(SETTINGS, "utf-8")
        (portal / ".gitignore").write_text(".cache/\n", "utf-8")
        git(portal, "init", "-q", "-b", "main")
        git(portal, "add", "-A")
        git(portal, "commit", "-qm", "Notre portail")
        self.depot = folder / "depot.git"
        git(folder, "clone", "-q", "--bare", str(portal), str(self.depot))
        self.portal = folder / "clone"
        git(folder, "clone", "-q", str(self.depot), str(self.portal))
        self.forge = Forges(self.depot, make)

    def environ(self, **more):
        return {
            "PORTAIL_PORTE_IMAP": f"localhost:{self.boite.port}",
            "PORTAIL_PORTE_SMTP": f"localhost:{self.office.port}",
            "PORTAIL_PORTE_UTILISATEUR": USER,
            "PORTAIL_PORTE_MOT_DE_PASSE": PASSWORD,
            "PORTAIL_PORTE_API": self.forge.api,
            "PORTAIL_PORTE_JETON": "jeton-de-la-forge",
            "PORTAIL_PORTE_GARANT": "mx.example.org",
            **more,
        }

    def run(self, *arguments, code=0, plain=True, **environ):
        """A round; what it says. ``code`` is ``None`` where something may be left."""
        git(self.portal, "pull", "-q", "--ff-only")
        said = io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(said):
            patch.chdir(self.portal)
            patch.setattr(post, "PATIENCE", timedelta(0))
            for name, value in self.environ(**environ).items():
                patch.setenv(name, value)
            found = command.main([*arguments, *["--sans-tls"] * plain])
        assert found in ((0, 1) if code is None else (code,)), said.getvalue()
        assert "@" not in said.getvalue() and PASSWORD not in said.getvalue()
        return said.getvalue()

    def receive(self, *mails, **options):
        """Mails come, then a round passes."""
        self.boite.put(*mails)
        return self.run(**options)

    def killed(self, script, *arguments):
        """A round in a process of its own, that ``script`` ends."""
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments, "--sans-tls"],
            cwd=self.portal,
            env=os.environ | self.environ(),
            check=False,
        )
        assert done.returncode == -signal.SIGKILL

    @property
    def sent(self):
        """What left: to whom, and its message."""
        return [
            (to, message_from_bytes(data, policy=policy.default))
            for to, data in self.office.received
        ]

    @property
    def answers(self):
        """The answers that left."""
        return [(to, message) for to, message in self.sent if to != TEAM]

    @property
    def handed(self):
        """What a person of the team received."""
        return [message for to, message in self.sent if to == TEAM]

    @property
    def waiting(self):
        """What of the inbox is not a copy of an answer."""
        return [data for data in self.boite.all() if f"<{USER}>".encode() not in data[:200]]

    @property
    def aside(self):
        """What a person has to look at."""
        return self.boite.all("À voir")

    def said(self, rank=-1):
        """The words of an answer."""
        return self.answers[rank][1].get_body(("plain",)).get_content()

    def branch(self, name):
        """What a branch changes."""
        return git(self.depot, "diff", "--name-status", f"main...{name}")

    @property
    def branches(self):
        names = git(self.depot, "branch", "--list", "--format=%(refname:short)", "courrier/*")
        return names.split()

    def history(self):
        """All that the repository has ever held."""
        return git(self.depot, "log", "-p", "--all", "--format=full")

    def show(self, branch, path):
        return git(self.depot, "show", f"{branch}:{path}")


@pytest.fixture
def doors(tmp_path):
    """A function that opens a door on a forge of some make."""
    if "SANS_BOITE" in os.environ:
        pytest.skip("No Dovecot can be had here.")
    assert program(), "Dovecot is missing (Debian: dovecot-imapd)."
    opened = []

    def start(make="github", **box):
        boite = Boite(**box)
        office = Office()
        office.boite = boite
        host = Host(office, hostname="127.0.0.1", port=0)
        host.start()
        door = Door(tmp_path, boite, office, make)
        opened.append((boite, host, door))
        return door

    yield start
    for boite, host, door in opened:
        boite.stop()
        host.stop()
        door.forge.stop()


@pytest.fixture
def door(doors):
    """The usual one."""
    return doors()
