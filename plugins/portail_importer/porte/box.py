"""One mailbox over IMAP (RFC 3501), whose folders say where each message stands."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.utils import parseaddr
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from portail.diagnostics import PortailError
from portail.terminal.text import safe
from portail_importer.deposer.parcels import MailPolicy
from portail_poste.smtp import why_lost

from .settings import ImapServer

# Folders, as IMAP writes their names (RFC 3501 § 5.1.3): « Traités », « À voir », « Réponses ».
DONE = "Trait&AOk-s"
TO_SEE = "&AMA- voir"
ANSWERS = "R&AOk-ponses"
INBOX = "INBOX"
# Days that a message is kept in these folders: the privacy page says it.
KEPT_DAYS = 366
_TIMEOUT = 60.0
_PAGE = 200
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,500}>")
_DRAFT = "\\Draft"
_NUMBER = re.compile(rb"UID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_WHEN = re.compile(rb'INTERNALDATE "([^"]+)"')


class BoxError(PortailError, RuntimeError):
    """The box cannot be reached, or does not do what it is asked; the text is a French sentence."""


class Sent(Struct, frozen=True):
    """A mail of a folder, there since ``when``; an answer is ``pending`` until the mail server took
    it."""

    uid: str
    message_id: str
    to: str
    answers: str
    subject: str
    pending: bool
    # Whether a person answered it from here.
    answered: bool
    when: datetime


class Waiting(Struct, frozen=True):
    """A message of the box that is not read yet."""

    uid: str
    size: int


class Box:
    """An open mailbox. Raises ``BoxError``."""

    def __init__(self, server: ImapServer) -> None:
        where = f"La boîte de {server.host}:{server.port}"
        try:
            if server.plain:
                self._imap = imaplib.IMAP4(server.host, server.port, _TIMEOUT)
            else:
                self._imap = imaplib.IMAP4_SSL(
                    server.host, server.port, ssl_context=server.context(), timeout=_TIMEOUT
                )
        except (OSError, ssl.SSLError, ValueError) as error:
            raise BoxError(f"{where} ne s’ouvre pas, {why_lost(error)}.") from None
        except imaplib.IMAP4.error:
            raise BoxError(f"{where} ne répond pas comme un serveur IMAP.") from None
        try:
            self._imap.login(server.user, server.password.get_secret_value())
        except imaplib.IMAP4.error as error:
            self.close()
            raise BoxError(
                f"{where} n’ouvre pas à PORTAIL_PORTE_UTILISATEUR et PORTAIL_PORTE_MOT_DE_PASSE : "
                f"« {safe(str(error))[:200]} »."
            ) from None
        # What it said before was to anybody: a server tells more to who is known.
        said = self._asked(self._imap.capability())
        self._can = frozenset(b" ".join(said).decode("ascii", "replace").upper().split())
        self._prefix = self._personal()
        self._there = ""
        for folder in (DONE, TO_SEE, ANSWERS):
            with suppress(imaplib.IMAP4.error):  # it is there; webmails show what is followed
                self._imap.create(self._name(folder))
                self._imap.subscribe(self._name(folder))

    @cached_property
    def sent(self) -> dict[str, Sent]:
        """Our answers, by their Message-ID."""
        return {mail.message_id: mail for mail in self.index(ANSWERS)}

    def close(self) -> None:
        with suppress(OSError, imaplib.IMAP4.error):
            self._imap.logout()

    def waiting(self) -> list[Waiting]:
        """The messages of the inbox, oldest first; those at which a round ended come last."""
        letters: list[Waiting] = []
        begun: list[Waiting] = []
        for head, _ in self._fetched(INBOX, "1:*", "(UID FLAGS RFC822.SIZE)"):
            uid = _NUMBER.search(head)
            size = _SIZE.search(head)
            if uid and size:
                where = begun if b"\\Seen" in head else letters
                where.append(Waiting(uid[1].decode(), int(size[1])))
        return letters + begun

    def begin(self, waiting: Waiting, *, ended: bool = False) -> None:
        """Mark a message of the inbox: whatever it does to us, the others come first next time;
        or take the mark away, once it has ``ended``."""
        self._open(INBOX)
        self._uid("STORE", waiting.uid, f"{'-' if ended else '+'}FLAGS.SILENT", "(\\Seen)")

    def message(self, uid: str, folder: str = INBOX, *, head: bool = False) -> bytes:
        """The bytes of a message, or of its ``head`` alone; it stays unread."""
        part = "(UID BODY.PEEK[HEADER])" if head else "(UID BODY.PEEK[])"
        for _, data in self._fetched(folder, uid, part):
            if data:
                return data
        raise BoxError("Un message de la boîte a disparu pendant la relève.")

    def find(self, message_id: str, folder: str) -> str:
        """The UID of a message of ``folder``, ``""`` for none."""
        if not _MESSAGE_ID.fullmatch(message_id) or '"' in message_id or "\\" in message_id:
            return ""
        self._open(folder)
        answer = self._uid("SEARCH", f'HEADER Message-ID "{message_id}"')
        return (b" ".join(answer).split() or [b""])[-1].decode()

    def index(self, folder: str, message_id: str = "") -> Iterator[Sent]:
        """The mails of a folder, or one of them."""
        uids = self.find(message_id, folder) if message_id else "1:*"
        if not uids:
            return
        fields = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID TO IN-REPLY-TO SUBJECT)]"
        for head, data in self._fetched(folder, uids, f"(UID FLAGS INTERNALDATE {fields})"):
            uid = _NUMBER.search(head)
            when = _WHEN.search(head)
            if not uid or not when or not data:
                continue
            message = message_from_bytes(data, policy=MailPolicy())
            yield Sent(
                uid=uid[1].decode(),
                message_id=str(message["Message-ID"] or "").strip(),
                to=parseaddr(str(message["To"]))[1].lower(),
                answers=str(message["In-Reply-To"] or "").strip(),
                subject=str(message["Subject"] or ""),
                pending=_DRAFT.encode() in head,
                answered=b"\\Answered" in head,
                when=datetime.strptime(when[1].decode().strip(), "%d-%b-%Y %H:%M:%S %z"),
            )

    def deliver(self, data: bytes) -> None:
        """Put a message in the inbox."""
        self._append(INBOX, "()", data)

    def move(self, uid: str, folder: str) -> None:
        """Move a message of the inbox: in one step where the server can, else copied first."""
        self._open(INBOX)
        if "MOVE" in self._can:
            self._uid("MOVE", uid, self._name(folder))
        else:
            self._uid("COPY", uid, self._name(folder))
            self._remove(uid)

    def delete(self, uid: str, folder: str = INBOX) -> None:
        self._open(folder)
        self._remove(uid)

    def intend(self, message_id: str, data: bytes) -> None:
        """Keep an answer that is about to leave."""
        self._append(ANSWERS, f"({_DRAFT} \\Seen)", data)
        self._there = ""  # an append may have been seen by another session first
        self.sent |= {mail.message_id: mail for mail in self.index(ANSWERS, message_id)}

    def confirm(self, message_id: str) -> None:
        """The answer has left."""
        mail = self.sent[message_id]
        self._open(ANSWERS)
        self._uid("STORE", f"{mail.uid} -FLAGS.SILENT ({_DRAFT})")
        self.sent[message_id] = replace(mail, pending=False)

    def withdraw(self, message_id: str) -> None:
        """The answer has not left."""
        self.delete(self.sent.pop(message_id).uid, ANSWERS)

    def forget(self, today: date) -> None:
        """Remove what is older than the privacy page says."""
        before = (today - timedelta(days=KEPT_DAYS)).strftime("%d-%b-%Y")
        for folder in (DONE, TO_SEE, ANSWERS):
            self._open(folder)
            for uid in b" ".join(self._uid("SEARCH", "BEFORE", before)).split():
                self._remove(uid.decode())

    def _append(self, folder: str, flags: str, data: bytes) -> None:
        when = imaplib.Time2Internaldate(datetime.now(UTC))
        name = self._name(folder)
        self._asked(self._imap.append(mailbox=name, flags=flags, date_time=when, message=data))

    def _remove(self, uid: str) -> None:
        self._uid("STORE", f"{uid} +FLAGS.SILENT (\\Deleted)")
        if "UIDPLUS" in self._can:
            self._uid("EXPUNGE", uid)
        else:
            self._asked(self._imap.expunge())

    def _personal(self) -> str:
        # What begins the names of folders, on servers that put all of them below the inbox.
        with suppress(imaplib.IMAP4.error):
            if "NAMESPACE" in self._can:
                _, answer = self._imap.namespace()
                separator = re.match(rb'\(\("([^"]*)"', answer[0] or b"")
                if separator:
                    return separator[1].decode("ascii", "replace")
                return ""
        return ""

    def _name(self, folder: str) -> str:
        if folder == INBOX:
            return f'"{folder}"'
        return f'"{self._prefix}{folder}"'

    def _open(self, folder: str) -> None:
        if self._there != folder:
            self._asked(self._imap.select(self._name(folder)))
            self._there = folder

    def _fetched(self, folder: str, uids: str, parts: str) -> Iterator[tuple[bytes, bytes]]:
        # What is told of each message, and its bytes.
        self._there = ""  # what came since is seen
        self._open(folder)
        rows = self._uid("FETCH", uids, parts)
        for rank, row in enumerate(rows):
            if isinstance(row, tuple):
                after = rows[rank + 1] if rank + 1 < len(rows) else b""
                yield row[0] + (after if isinstance(after, bytes) else b""), row[1]
            elif isinstance(row, bytes) and row.strip() != b")" and _NUMBER.search(row):
                before = rows[rank - 1] if rank else b""
                if not isinstance(before, tuple):
                    yield row, b""

    def _uid(self, command: str, *arguments: str) -> list[Any]:
        return self._asked(self._imap.uid(command, *arguments))

    def _asked(self, answer: tuple[str, list[Any]]) -> list[Any]:
        kind, rows = answer
        if kind != "OK":
            words = rows[0] if rows and isinstance(rows[0], bytes) else b""
            raise BoxError(f"La boîte refuse : {safe(words.decode('utf-8', 'replace'))[:200]}.")
        return [row for row in rows if row is not None]
