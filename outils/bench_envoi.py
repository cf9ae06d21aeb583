"""Sending to many: 5,000 people, killed three times in the middle, then how quickly.

``make parts`` runs it (``--people 5000``). A mail server of this machine, in clear, takes real
copies of the witness mail (35 kB) and answers at once: what is measured is the sender, its journal
synced twice for each message. First the command is killed with SIGKILL at a quarter, a half and
three quarters, and run to its end: nobody may receive the letter twice, whoever was missed must be
named. Then it sends to everyone without a stop.
Exit codes: 0 everyone was served once and in time, 1 not.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socketserver
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "plugins"), str(ROOT / "tests")]

from courrier import SETTINGS, WEEK  # noqa: E402
from lettres import ENSEIGNE, NUMERO, envoi  # noqa: E402
from portail.outputs.newsletter.issues import Release, mail_digest  # noqa: E402
from portail.outputs.newsletter.output import message  # noqa: E402

TARGET = 20.0
"""Messages in a second, at least: four times the pace that the command keeps by default."""
RUN = "import sys; from portail_envoi.commands import envoyer; sys.exit(envoyer(sys.argv[1:]))"


class Taken:
    """Who received a message; ``reached`` is set at the ``stop``-th."""

    def __init__(self) -> None:
        self.people: list[str] = []
        self.stop = 0
        self.reached = threading.Event()

    def take(self, to: str) -> None:
        """One more message."""
        self.people.append(to)
        if len(self.people) == self.stop:
            self.reached.set()


class Session(socketserver.StreamRequestHandler):
    """One connection: says yes to everything."""

    taken: Taken
    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Answer each line (RFC 5321) until the other side goes."""
        to = ""
        self.wfile.write(b"220 banc\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
            if word == b"QUIT":
                return
            if word != b"DATA":
                self.wfile.write(b"250 OK\r\n")
                continue
            self.wfile.write(b"354 donnez\r\n")
            if not any(part == b".\r\n" for part in iter(self.rfile.readline, b"")):
                return
            self.taken.take(to)
            self.wfile.write(b"250 OK\r\n")


class Server(socketserver.ThreadingTCPServer):
    """Sessions that end with the bench."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that was killed is not an error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def portal(folder: Path, people: int) -> None:
    """A portal that froze and built the witness, and its subscribers beside it."""
    site, issue = folder / "portail", folder / "portail" / "output" / "newsletter" / WEEK
    issue.mkdir(parents=True)
    (site / "content" / "newsletters").mkdir(parents=True)
    (site / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
    frozen = site / "content" / "newsletters" / f"{WEEK}.envoi.json"
    frozen.write_text(envoi(NUMERO).model_dump_json(), encoding="utf-8")
    forms = (
        ROOT / "tests" / "theme" / "temoins" / f"courriel-1.{kind}" for kind in ("html", "txt")
    )
    release = Release(NUMERO, ENSEIGNE, envoye=True, digest="")
    (issue / "courriel.eml").write_bytes(message(release, *(one.read_bytes() for one in forms)))
    told: dict[str, object] = {"etat": "envoye", "empreinte": mail_digest(release)}
    told["numero"] = NUMERO.model_dump(mode="json")
    (issue / "selection.json").write_text(json.dumps(told), encoding="utf-8")
    rows = "\n".join(f"personne{number}@exemple.org" for number in range(people))
    (folder / "abonnes.csv").write_text(rows, encoding="utf-8")


def sender(folder: Path, port: int, journal: str) -> subprocess.Popen[bytes]:
    """Start the command."""
    told = [WEEK, "--vers", "abonnes", "--abonnes", str(folder / "abonnes.csv"), "--premier-envoi"]
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *told, "--deja-construit", "--sans-tls", "--debit", "0"],
        cwd=folder / "portail",
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "plugins"),
            "PORTAIL_ENVOI_SERVEUR": f"127.0.0.1:{port}",
            "PORTAIL_JOURNAL": str(folder / journal),
        },
        stdout=subprocess.DEVNULL,
    )


def named(folder: Path) -> set[str]:
    """Whom the journal leaves uncertain."""
    (path,) = (folder / "coupe").glob("*.jsonl")
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    last = {one["adresse"]: one["etape"] for one in records if "adresse" in one}
    return {who for who, stage in last.items() if stage == "intention"}


def killed(folder: Path, port: int, taken: Taken, people: int) -> bool:
    """Kill at each quarter, then finish; whether everyone was served once, or is named."""
    for quarter in (1, 2, 3):
        taken.stop = people * quarter // 4
        taken.reached.clear()
        process = sender(folder, port, "coupe")
        taken.reached.wait()
        process.send_signal(signal.SIGKILL)
        process.wait()
    taken.stop = 0
    code = sender(folder, port, "coupe").wait()
    counts, uncertain = Counter(taken.people), named(folder)
    twice = sum(count > 1 for count in counts.values())
    everyone = {f"personne{number}@exemple.org" for number in range(people)}
    missed = everyone - counts.keys()
    print(f"killed 3 times: {twice} twice, {len(uncertain)} uncertain, {len(missed)} missed")
    return not twice and missed <= uncertain and len(uncertain) <= 3 and code in (0, 1)


def main() -> int:
    """Run the bench and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5_000)
    people = parser.parse_args().people
    taken = Taken()
    session = type("Taking", (Session,), {"taken": taken})
    with tempfile.TemporaryDirectory() as name, Server(("127.0.0.1", 0), session) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        folder, port = Path(name), server.server_address[1]
        portal(folder, people)
        fine = killed(folder, port, taken, people)
        taken.people.clear()
        started = perf_counter()
        code = sender(folder, port, "entier").wait()
        spent = perf_counter() - started
        server.shutdown()
    rate = people / spent
    print(f"{people} messages in {spent:.1f} s, {rate:.0f} a second (at least {TARGET:.0f})")
    fine = fine and code == 0 and len(taken.people) == people and rate >= TARGET
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
