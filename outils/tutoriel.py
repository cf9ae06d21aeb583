"""Do what docs/tutoriel/votre-portail.md says, line by line, and time it.

Usage: tutoriel.py WHEEL FOLDER [--region NOM --commune NOM] [--deja CHEMIN].
FOLDER is made. Blocks « sh » are run by bash, in one environment and one folder after the other;
« portail serve » is asked for its home page, then stopped; a block after « créez le fichier … » or
« ajoutez à la fin de … » is written there. What the page cannot know stands in: the region asked
for, the address of the forge (a bare repository here) and that of the mail server (one here, with
TLS). ``--deja`` is a folder of packages that pip need not fetch: all but Portail. Exit code 1: a
line failed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from taper import Typist, free_port, seen

PAGE = Path(__file__).resolve().parent.parent / "docs" / "tutoriel" / "votre-portail.md"
FORGE = re.compile(r"https://gitlab\.example\.org/\S+\.git")
FOLDER, REGION, TOWN, MAILS = "mes-sciences", "Normandie", "Rouen", "smtp.exemple.org:587"
"""Words of the page that are the reader’s own."""
PASSWORD = "m0t-de-passe"  # noqa: S105
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

    section: str
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
                yield Step(title, block[2])
            elif named:
                yield Step(title, block[2], named[2], added=named[1].lower().startswith("ajoutez"))
            else:
                raise ValueError(f"{title}: a block of « {block[1]} » that says no file")
            end = block.end()


@dataclass
class Post:
    """A mail server of this machine, which keeps what it is given."""

    received: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the message."""
        self.received.append(envelope.original_content or b"")
        return "250 OK"


@contextmanager
def mail_server(post: Post, folder: Path) -> Iterator[tuple[str, str]]:
    """Address of a server that asks for TLS and a password, and the file of its authority."""
    authority, path = trustme.CA(), folder / "autorite.pem"
    authority.cert_pem.write_to_path(str(path))
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(secure)

    def known(
        server: SMTP, session: Session, envelope: Envelope, way: str, data: object
    ) -> AuthResult:
        return AuthResult(success=getattr(data, "password", b"") == PASSWORD.encode())

    host = Controller(
        post, hostname="127.0.0.1", port=free_port(), tls_context=secure, require_starttls=True,
        auth_required=True, authenticator=known,
    )  # fmt: skip
    host.start()
    try:
        yield f"localhost:{host.port}", str(path)
    finally:
        host.stop()


@dataclass
class Reader(Typist):
    """Someone who does what the page says; ``words`` are those that are theirs, ``lent`` a folder
    of packages that are on this machine already."""

    words: dict[str, str]
    lent: str = ""
    times: dict[str, float] = field(default_factory=dict)

    def do(self, step: Step) -> None:
        """Do one step. Raises ``subprocess.CalledProcessError`` when a line fails."""
        text = step.text
        for word, value in self.words.items():
            text = text.replace(word, value)
        begun = time.monotonic()
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
        self.times[step.section] = self.times.get(step.section, 0) + time.monotonic() - begun

    def run(self, line: str, given: str = f"{PASSWORD}\n") -> None:
        """Run a line; what is on this machine already is lent to the environment of the portal."""
        super().run(line, given)
        for site in self.folder.glob("mon-portail/.venv/lib/*/site-packages") if self.lent else ():
            # Before those of venv itself: Python 3.11 puts an old setuptools there.
            first = f"import sys; sys.path.insert(0, {self.lent!r})\n"
            (site / "deja.pth").write_text(first, encoding="utf-8")

    def serve(self, line: str) -> None:
        """Serve the site until its home page and those of the files written have come; stop it."""
        with self.served(line) as host:
            files = [file for file in PAGES if Path(self.folder, f"content/{file}.md").exists()]
            for address, words in (PAGES[file] for file in files):
                seen(f"{host}{address}", words)


def surroundings(home: Path, forge: Path, authority: str, lent: str) -> dict[str, str]:
    """The environment of a new account: nothing of this one but where programs are."""
    subprocess.run(["git", "init", "--quiet", "--bare", str(forge)], check=True)
    address = FORGE.search(PAGE.read_text(encoding="utf-8"))
    env = {
        "PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8",
        "PORTAIL_ENVOI_AUTORITE": authority,
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.{forge}.insteadOf",
        "GIT_CONFIG_VALUE_0": address[0] if address else "",
    }  # fmt: skip
    return env | ({"PIP_NO_INDEX": "1"} if lent else {})


def main(argv: list[str] | None = None) -> int:
    """Do the whole page; 1 when a line of it fails or the letter does not come."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--region", default=REGION)
    parser.add_argument("--commune", default=TOWN)
    parser.add_argument("--deja", default="")
    options = parser.parse_args(argv)
    folder = options.folder.resolve()
    (folder / FOLDER).mkdir(parents=True)
    shutil.copy(options.wheel, folder / FOLDER)
    post, forge = Post(), folder / "forge.git"
    with mail_server(post, folder) as (address, authority):
        words = {f"--region {REGION}": f"--region '{options.region}'", TOWN: options.commune,
                 MAILS: address}  # fmt: skip
        env = surroundings(folder, forge, authority, options.deja)
        reader = Reader(folder, env, words, options.deja)
        try:
            for step in steps(PAGE.read_text(encoding="utf-8")):
                reader.do(step)
        except (subprocess.SubprocessError, TimeoutError) as error:
            print(f"{PAGE.name}: {error}")
            return 1
    for section, seconds in reader.times.items():
        print(f"{seconds:7.1f} s  {section}")
    print(f"{sum(reader.times.values()):7.1f} s  {options.region}, {len(post.received)} letter")
    subjects = [message_from_bytes(message, policy=default)["Subject"] for message in post.received]
    return 0 if len(subjects) == 1 and "[Essai]" in str(subjects[0]) else 1


if __name__ == "__main__":
    sys.exit(main())
