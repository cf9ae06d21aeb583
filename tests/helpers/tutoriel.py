"""Who does what docs/tutoriel/votre-portail.md says, line by line, with the wheel alone.

Blocks « sh » are run by bash, in one environment and one folder after the other; « portail serve »
is asked for its home page, then stopped; a block after « créez le fichier … » or « ajoutez à la fin
de … » is written there. What the page cannot know stands in: the region, the address of the forge
(a bare repository here) and that of the mail server (one here, with TLS). ``lent`` is a folder of
packages that pip need not fetch: all but Portail.
"""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import trustme

from checkout import ROOT
from courrier import PASSWORD, Host, Post
from taper import Typist, seen

PAGE = ROOT / "docs/tutoriel/votre-portail.md"
FORGE = re.compile(r"https://gitlab\.example\.org/\S+\.git")
FOLDER, REGION, TOWN, MAILS = "mes-sciences", "Normandie", "Rouen", "smtp.exemple.org:587"
"""Words of the page that are the reader’s own."""
PAGES = {
    "lieux/maison-exemple": ("lieux/maison-exemple/", "1\u00a0place de l’Exemple"),
    "events/soiree-des-etoiles": ("evenements/soiree-des-etoiles/", "La Maison Exemple"),
    "articles/proposer-un-rendez-vous": ("articles/proposer-un-rendez-vous/", "Le formulaire du"),
}
"""What each file that the page has one write shows: its address, words of it."""
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
_FILE = re.compile(r"(créez le fichier|[Aa]joutez à la fin de) `([^`]+)`[^\n`]*\Z")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the page asks for: lines to run, or a file to write or to lengthen."""

    text: str
    file: str = ""
    added: bool = False


def steps(page: str) -> Iterator[Step]:
    """What the page asks for, in its order. Raises ``ValueError`` for a block nobody would do."""
    for part in re.split(r"(?m)^## ", page)[1:]:
        title, _, text = part.partition("\n")
        end = 0
        for block in _BLOCK.finditer(text):
            named = _FILE.search(text[end : block.start()].rstrip())
            if block[1] == "sh":
                yield Step(block[2])
            elif named:
                yield Step(block[2], named[2], added=named[1].lower().startswith("ajoutez"))
            else:
                raise ValueError(f"{title}: a block of « {block[1]} » that says no file")
            end = block.end()


@contextmanager
def mail_server(post: Post, folder: Path) -> Iterator[tuple[str, str]]:
    """Address of a server that asks for TLS and a password, and the file of its authority."""
    authority, path = trustme.CA(), folder / "autorite.pem"
    authority.cert_pem.write_to_path(str(path))
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(secure)
    host = Host(
        post, hostname="127.0.0.1", port=0, tls_context=secure, require_starttls=True,
        auth_required=True, authenticator=post.authenticate,
    )  # fmt: skip
    host.start()
    try:
        yield f"localhost:{post.port}", str(path)
    finally:
        host.stop()


@dataclass
class Reader(Typist):
    """Someone who does what the page says; ``words`` are those that are theirs, ``lent`` a folder
    of packages that are on this machine already."""

    words: dict[str, str]
    lent: str

    def do(self, step: Step) -> None:
        """Do one step. Raises ``subprocess.CalledProcessError`` when a line fails."""
        text = step.text
        for word, value in self.words.items():
            text = text.replace(word, value)
        if step.file:
            path = self.folder / step.file
            before = path.read_text(encoding="utf-8") if step.added else ""
            path.write_text(before + text, encoding="utf-8")
        for line in () if step.file else text.strip().split("\n"):
            print(f"$ {line}", flush=True)
            if line.endswith("portail serve"):
                self.serve(line)
            else:
                self.run(line)

    def run(self, line: str, given: str = f"{PASSWORD}\n") -> None:
        """Run a line; what is on this machine already is lent to the environment of the portal."""
        super().run(line, given)
        for site in self.folder.glob("mon-portail/.venv/lib/*/site-packages"):
            # Before those of venv itself: Python 3.11 puts an old setuptools there.
            first = f"import sys; sys.path.insert(0, {self.lent!r})\n"
            (site / "deja.pth").write_text(first, encoding="utf-8")

    def serve(self, line: str) -> None:
        """Serve the site until its home page and those of the files written have come; stop it."""
        with self.served(line) as host:
            files = [file for file in PAGES if Path(self.folder, f"content/{file}.md").exists()]
            for address, words in (PAGES[file] for file in files):
                seen(f"{host}{address}", words)


def surroundings(home: Path, forge: Path, authority: str) -> dict[str, str]:
    """The environment of a new account: nothing of this one but where programs are."""
    subprocess.run(["git", "init", "--quiet", "--bare", str(forge)], check=True)
    address = FORGE.search(PAGE.read_text(encoding="utf-8"))
    return {
        "PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8",
        "SSL_CERT_FILE": authority,
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.{forge}.insteadOf",
        "GIT_CONFIG_VALUE_0": address[0] if address else "", "PIP_NO_INDEX": "1",
    }  # fmt: skip


def followed(wheel: Path, folder: Path, region: str, town: str, lent: Path) -> list[str]:
    """Do the whole page in a new folder; subjects of the letters that came. Raises
    ``subprocess.SubprocessError`` or ``TimeoutError`` when a line fails."""
    (folder / FOLDER).mkdir(parents=True)
    shutil.copy(wheel, folder / FOLDER)
    post, forge = Post(), folder / "forge.git"
    with mail_server(post, folder) as (address, authority):
        words = {f"--region {REGION}": f"--region '{region}'", TOWN: town, MAILS: address}
        reader = Reader(folder, surroundings(folder, forge, authority), words, str(lent))
        for step in steps(PAGE.read_text(encoding="utf-8")):
            reader.do(step)
    messages = [message_from_bytes(message, policy=default) for _, message in post.received]
    return [str(message["Subject"]) for message in messages]
