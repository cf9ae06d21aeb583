"""Journal of a sending: one file of JSON lines a week, which keeps anyone from receiving twice.

The intent is synced before a server is given a message, the outcome after its answer: a kill leaves
at most one recipient *uncertain*. It names people: readable by its owner alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from msgspec import Struct
from pydantic import SecretStr

from portail.diagnostics import PortailError
from portail.machine import reason_of, try_lock
from portail.terminal.text import safe

from .subscribers import Mailbox


class SendingError(PortailError, RuntimeError):
    """The sending cannot begin or go on; the fault of one recipient is an outcome instead."""


# ``envoye``: the server took the message; ``refuse``: it never will; ``differe``: it did not, and
# may later; ``incertain``: nobody knows.
Stage: TypeAlias = Literal["intention", "envoye", "refuse", "differe", "incertain"]
_VERSION = 1


class Start(Struct, frozen=True):
    """The beginning of a sending."""

    way: str
    # The digest of the frozen file.
    frozen: str
    # That of each edition's mail, once it is about to be sent.
    digests: Mapping[str, str]


class Entry(Struct, frozen=True):
    """The last stage of one recipient of one edition."""

    edition: str
    address: str
    stage: Stage
    reply: str = ""


# How long a journal is kept once nothing more is written there: the privacy page says it.
_DAYS = 366


def forget(folder: Path, host: str) -> None:
    """Remove the journals of the site at ``host`` that are too old: they name people."""
    for path in folder.glob(f"{escape(host)}-*.jsonl"):
        if datetime.now(UTC).timestamp() - path.stat().st_mtime > _DAYS * 86400:
            path.unlink(missing_ok=True)


class Journal:
    """The journal of a week, open and locked until it is closed. Raises ``SendingError`` when
    another process holds it or when it is not such a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.start: Start | None = None
        self._entries: dict[tuple[str, str], Entry] = {}
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        try:
            self._stream = os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0)
        except OSError as error:
            raise SendingError(f"Le journal {path} ne s’ouvre pas : {reason_of(error)}.") from error
        try:
            self._lock()
            self._load()
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def close(self) -> None:
        if self.start is None and not self._entries:
            self.path.unlink(missing_ok=True)
        self._stream.close()

    def begin(self, start: Start) -> None:
        """Write and sync how the sending begins, with the file itself, before anything is sent."""
        self.start = start
        head = {"etape": "debut", "version": _VERSION, "voie": start.way, "fige": start.frozen}
        self._write(head | {"courriels": dict(start.digests)})
        if os.name != "posix":
            return  # Windows syncs no folder
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def record(self, edition: str, to: Mailbox, stage: Stage, reply: str = "") -> None:
        """Write and sync the stage of a recipient; ``reply`` is the answer of the server."""
        row = {"etape": stage, "edition": edition, "adresse": str(to), "cle": to.key}
        self._write(row | ({"reponse": reply} if reply else {}))
        self._put((edition, to.key), Entry(edition, str(to), stage, reply))

    def stage(self, edition: str, to: Mailbox) -> Stage | None:
        """The stage of a recipient; an intent that a crash left alone is ``incertain``."""
        entry = self._entries.get((edition, to.key))
        return entry.stage if entry else None

    def entries(self, *stages: Stage) -> list[Entry]:
        """Recipients at one of these stages, in the order in which they came there."""
        return [entry for entry in self._entries.values() if entry.stage in stages]

    def ranks(self) -> dict[tuple[str, str], int]:
        return {key: rank for rank, key in enumerate(self._entries)}

    def _put(self, key: tuple[str, str], entry: Entry) -> None:
        self._entries.pop(key, None)
        self._entries[key] = entry

    def _write(self, record: Mapping[str, Any]) -> None:
        when = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps({"quand": when, **record}, ensure_ascii=False) + "\n"
        try:
            # One call: a line is there or is not, but for its end, which `_load` takes away.
            if self._stream.write(line.encode()) != len(line.encode()):
                raise OSError(28, "il n’y a plus de place")
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise SendingError(
                f"Le journal {self.path} ne s’écrit pas ({reason_of(error)}) : rien de plus n’est "
                "envoyé."
            ) from error

    def _lock(self) -> None:
        if try_lock(self._stream.fileno()) is False:
            raise SendingError(
                f"Un autre envoi est en cours : il tient le journal {self.path}. Attendez qu’il "
                "finisse."
            )

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
        if whole < len(data):
            # A line that a crash cut: the message that it announced was never given.
            os.ftruncate(self._stream.fileno(), whole)
        for key, entry in [*self._entries.items()]:
            if entry.stage == "intention":
                self._put(key, Entry(entry.edition, entry.address, "incertain"))

    def _take(self, record: Mapping[str, Any]) -> None:
        stage = record["etape"]
        if stage == "debut":
            if record["version"] != _VERSION:
                raise ValueError("another version")
            self.start = Start(record["voie"], record["fige"], dict(record["courriels"]))
            return
        if stage not in get_args(Stage):
            raise ValueError("unknown stage")
        entry = Entry(record["edition"], record["adresse"], stage, record.get("reponse", ""))
        self._put((entry.edition, record["cle"]), entry)


# Sentences of a sending, before and after, without its secrets.

# Faulty lines that are shown; the others are counted.
_SHOWN = 50


def counted(count: int, singular: str, plural: str = "") -> str:
    return f"{count} {singular if count < 2 else plural or f'{singular}s'}"


def listing(title: str, lines: Sequence[str]) -> str:
    more = [f"  … et {len(lines) - _SHOWN} autres"] if len(lines) > _SHOWN else []
    return "\n".join([title, *(f"  {line}" for line in lines[:_SHOWN]), *more, ""])


_PERHAPS = "le serveur les a peut-être envoyés ; --renvoyer-incertains les renvoie"
_UNSERVED: Mapping[Stage, tuple[str, str, str]] = {
    "refuse": ("refusé", "refusés", "le serveur n’en veut pas"),
    "differe": ("remis à plus tard", "remis à plus tard", "relancez la même commande"),
    "incertain": ("incertain", "incertains", _PERHAPS),
}


def outcome(journal: Journal, accepted: int) -> tuple[str, bool]:
    """The result for everyone, and whether everyone has been served."""
    before = len(journal.entries("envoye")) - accepted
    already = f"{counted(before, 'message')} déjà"
    if accepted or not before:
        rows = [f"{counted(accepted, 'message')} remis au serveur{f', {already}' * (before > 0)}."]
    else:
        rows = [f"Rien à envoyer : {already} remis."]
    for stage, (noun, nouns, why) in _UNSERVED.items():
        if entries := journal.entries(stage):
            rows.append(f"{counted(len(entries), noun, nouns)} ({why}) :")
            rows += [
                f"  {entry.address}, {entry.edition}{entry.reply and f' : {safe(entry.reply)}'}"
                for entry in entries
            ]
    return "\n".join([*rows, f"Journal : {journal.path}", ""]), len(rows) == 1


def scrubbed(text: str, secrets: Iterable[SecretStr]) -> str:
    """``text`` without any of the secrets, whoever wrote them there.

    >>> scrubbed("535 wrong password: s3cret", [SecretStr("s3cret")])
    '535 wrong password: ***'
    """
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret.get_secret_value(), "***")
    return text
