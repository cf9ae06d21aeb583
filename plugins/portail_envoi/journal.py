"""Journal of a sending: one file of JSON lines a week, which keeps anyone from receiving twice.

The intent is synced before a server is given a message, the outcome after its answer: a kill leaves
at most one recipient *uncertain*. It names people: readable by its owner alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import replace

from portail.machine import reason_of, try_lock
from portail.terminal.text import counted, safe
from portail_poste.smtp import SendingError, Stage

from .subscribers import Subscriber

# How long a journal is kept once nothing more is written there: the privacy page says it.
_DAYS = 366
# People whom an outcome names at most for each stage; the others are counted.
_SHOWN = 50
_UNSERVED: Mapping[Stage, str] = {
    "refuse": "Refusés par le serveur",
    "differe": "Remis à plus tard, relancez la même commande",
    "incertain": "Incertains, le serveur les a peut-être envoyés ; --renvoyer-incertains les "
    "renvoie",
}


def forget(folder: Path, host: str) -> None:
    """Remove the journals of the site at ``host`` that are too old: they name people."""
    for path in folder.glob(f"{escape(host)}-*.jsonl"):
        if datetime.now(UTC).timestamp() - path.stat().st_mtime > _DAYS * 86400:
            path.unlink(missing_ok=True)


class Entry(Struct, frozen=True):
    """The last stage of one recipient of one edition."""

    edition: str
    address: str
    stage: Stage
    reply: str


class Journal:
    """The journal of a week, open and locked until it is closed. Raises ``SendingError`` when
    another process holds it or when it is not such a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # By what way it is sent, and the digest of the frozen file; empty before it begins.
        self.way = ""
        self.frozen = ""
        self.entries: dict[tuple[str, str], Entry] = {}
        self.accepted = 0
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        try:
            self._stream = os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0)
        except OSError as error:
            raise SendingError(f"Le journal {path} ne s’ouvre pas : {reason_of(error)}.") from error
        try:
            if try_lock(self._stream.fileno()) is False:
                raise SendingError(f"Un autre envoi est en cours : il tient le journal {path}.")
            self._load()
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *fault: object) -> None:
        self._stream.close()

    def begin(self, way: str, frozen: str) -> None:
        """Write and sync how the sending begins, with the file itself, before anything is sent."""
        self._write({"etape": "debut", "voie": way, "fige": frozen})
        if os.name == "posix":  # Windows syncs no folder
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def record(self, to: Subscriber, stage: Stage, reply: str = "") -> None:
        """Write and sync the stage of a recipient; ``reply`` is the answer of the server."""
        row = {"etape": stage, "edition": to.edition, "adresse": to.address}
        self._write({**row, "reponse": reply})
        self.accepted += stage == "envoye"

    def stage(self, to: Subscriber) -> Stage | None:
        """The stage of a recipient; an intent that a crash left alone is ``incertain``."""
        entry = self.entries.get(to.key)
        if entry:
            return entry.stage
        return None

    def at(self, stage: Stage) -> list[Entry]:
        return [entry for entry in self.entries.values() if entry.stage == stage]

    def outcome(self) -> tuple[str, bool]:
        """The result for everyone, and whether everyone has been served."""
        before = len(self.at("envoye")) - self.accepted
        already = f", {before} déjà" if before else ""
        rows = [f"{counted(self.accepted, ('message remis', 'messages remis'))}{already}."]
        for stage, title in _UNSERVED.items():
            entries = self.at(stage)
            if entries:
                rows.append(f"{title} ({len(entries)}) :")
            for entry in entries[:_SHOWN]:
                reply = safe(entry.reply or "sans réponse")
                rows.append(f"  {entry.address}, {entry.edition} : {reply}")
            if len(entries) > _SHOWN:
                rows.append(f"  … et {len(entries) - _SHOWN} autres, que nomme le journal")
        return "\n".join([*rows, f"Journal : {self.path}"]), len(rows) == 1

    def _write(self, record: Mapping[str, Any]) -> None:
        when = datetime.now(UTC).isoformat(timespec="seconds")
        line = f"{json.dumps({'quand': when, **record}, ensure_ascii=False)}\n".encode()
        try:
            # One call: a line is there or is not, but for its end, which `_load` takes away.
            if self._stream.write(line) != len(line):
                raise OSError(28, "il n’y a plus de place")
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise SendingError(
                f"Le journal {self.path} ne s’écrit pas ({reason_of(error)}) : rien de plus n’est "
                "envoyé."
            ) from error
        self._take(record)

    def _load(self) -> None:
        data = self._stream.read()
        whole = data.rfind(b"\n") + 1
        for number, line in enumerate(data[:whole].splitlines(), 1):
            try:
                self._take(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise SendingError(
                    f"Le journal {self.path} est abîmé, ligne {number} : sans lui, rien ne dit "
                    "qui a déjà reçu ce numéro. Rien n’est envoyé."
                ) from error
        # A line that a crash cut: the message that it announced was never given.
        os.ftruncate(self._stream.fileno(), whole)
        for key, entry in self.entries.items():
            if entry.stage == "intention":
                self.entries[key] = replace(entry, stage="incertain")

    def _take(self, record: Mapping[str, Any]) -> None:
        stage = record["etape"]
        if stage == "debut":
            self.way = record["voie"]
            self.frozen = record["fige"]
            return
        if stage not in get_args(Stage):
            raise ValueError("unknown stage")
        to = Subscriber(record["adresse"], record["edition"])
        reply = record["reponse"]
        self.entries[to.key] = Entry(to.edition, to.address, stage, reply=reply)
