"""Delivery of messages one by one over one connection: journal, pace, refusals."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Protocol

from portail.config import PARIS
from portail.diagnostics import ConfigError
from portail.files import digest_bytes
from portail.model.issue import Frozen
from portail_envoi.journal import Journal, SendingError, Start
from portail_envoi.mails import Copy, Leaving, Mail
from portail_envoi.report import counted, told
from portail_envoi.smtp import Deferred, Lost, Refused, SenderRefused, Uncertain
from portail_envoi.subscribers import AddressFault, Mailbox, Roll, Subscriber, mailbox, read_roll

RECONNECTING = (1.0, 5.0, 20.0, 60.0)
"""Seconds before each new attempt at a connection."""
PATIENCE = (15.0, 60.0, 300.0)
"""Seconds before those who were deferred are tried again (greylisting asks for minutes)."""
_ALL_REFUSED = 5
"""So many refusals before anyone was accepted: the fault is ours, or the server's."""


class Deliverer(Protocol):
    """A connection that takes messages (``smtp.Connection``)."""

    def deliver(self, sender: str, to: Mailbox, data: bytes, intend: Callable[[], None]) -> str:
        """See ``smtp.Connection.deliver``."""

    def close(self) -> None:
        """Take leave of the server."""


@dataclass(frozen=True, slots=True)
class Job:
    """One message for one recipient; ``data`` makes it when its turn comes."""

    edition: str
    to: Mailbox
    data: Callable[[], bytes]


@dataclass
class Delivery:
    """A sending. ``connect`` opens a connection; ``pace`` is the least time between two messages,
    in seconds; ``told`` is called after each message with how many were accepted."""

    connect: Callable[[], Deliverer]
    journal: Journal
    sender: str
    pace: float = 0.0
    told: Callable[[int], None] = lambda count: None
    pause: Callable[[float], None] = sleep
    clock: Callable[[], float] = monotonic
    accepted: int = 0
    _connection: Deliverer | None = field(default=None, init=False)
    _next: float = field(default=0.0, init=False)
    _losses: int = field(default=0, init=False)
    _rejected: list[tuple[Job, str]] = field(default_factory=list, init=False)

    def run(self, jobs: Iterable[Job]) -> None:
        """Deliver every job, those who were deferred again after a while.

        What became of each is in the journal. Raises ``SendingError`` when the server cannot be
        reached, refuses the sender or everyone; what was delivered remains so.
        """
        queue = deque(jobs)
        try:
            for wait in (*PATIENCE, None):
                queue = self._round(queue)
                if not queue or wait is None:
                    break
                self._leave()
                self.pause(wait)
        finally:
            self._leave()

    def _round(self, queue: deque[Job]) -> deque[Job]:
        """Try everyone once; returns those whom the server puts off."""
        later: deque[Job] = deque()
        while queue:
            job = queue.popleft()
            if not self._one(job):
                later.append(job)
        return later

    def _one(self, job: Job) -> bool:
        """Try one; whether it is settled."""
        connection = self._connected()
        self._wait()
        edition, to = job.edition, job.to
        try:
            reply = connection.deliver(
                self.sender, to, job.data(), lambda: self.journal.intend(edition, to)
            )
        except Refused as error:
            self.journal.settle(edition, to, "refuse", str(error))
            self._judge(job, str(error))
        except SenderRefused as error:
            raise SendingError(f"Le serveur refuse l’expéditeur {self.sender} ({error}).") from None
        except Deferred as error:
            self.journal.settle(edition, to, "differe", str(error))
            return False
        except Lost as error:
            self.journal.settle(edition, to, "differe", str(error))
            self._lost(str(error), 1)
            return False
        except Uncertain as error:
            self.journal.settle(edition, to, "incertain", str(error))
            self._lost(str(error), 2)
        else:
            self.journal.settle(edition, to, "envoye", reply)
            self.accepted += 1
            self._losses = 0
            self.told(self.accepted)
        return True

    def _judge(self, job: Job, reply: str) -> None:
        """Stop when everyone is refused: nobody is to blame, and all may be tried again."""
        self._rejected.append((job, reply))
        if self.accepted or len(self._rejected) < _ALL_REFUSED:
            return
        for one, said in self._rejected:
            self.journal.settle(one.edition, one.to, "differe", said)
        raise SendingError(
            f"Le serveur refuse tout le monde : {len(self._rejected)} destinataires de suite, "
            f"sans en accepter un ({reply}). Personne n’est rayé."
        )

    def _connected(self) -> Deliverer:
        while self._connection is None:
            try:
                self._connection = self.connect()
            except Lost as error:
                self._lost(str(error), 1)
        return self._connection

    def _lost(self, reply: str, weight: int) -> None:
        """Wait before the next connection, longer each time; a server that goes on is left.

        An uncertain recipient weighs two: a server that drops every message would make many.
        """
        self._connection = None
        if self._losses >= len(RECONNECTING):
            raise SendingError(
                f"Le serveur de courriel ne répond pas, ou raccroche ({reply}). Relancez la même "
                "commande plus tard : elle reprend où elle s’est arrêtée."
            )
        self.pause(RECONNECTING[self._losses])
        self._losses += weight

    def _wait(self) -> None:
        late = self._next - self.clock()
        if late > 0:
            self.pause(late)
        self._next = max(self._next, self.clock()) + self.pace if self.pace else 0.0

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


# Send a frozen issue by SMTP: to the address of a list, or to each subscriber of a file.

_LARGEST = 20_000_000
_EVERY = 50


def read_subscribers(path: Path, editions: Iterable[str]) -> Roll:
    """Read the file of subscribers. Raises ``ConfigError`` with every fault that it has."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ConfigError(f"{path} pèse plus de {_LARGEST // 1_000_000} Mo.")
        roll = read_roll(path.read_bytes(), tuple(editions))
    except OSError as error:
        raise ConfigError(f"{path} ne se lit pas : {error.strerror}.") from error
    if roll.faults:
        count = counted(len(roll.faults), "ligne fautive", "lignes fautives")
        raise ConfigError(told(f"{path} : {count}, rien n’est envoyé.", roll.faults).rstrip())
    if not roll.subscribers:
        raise ConfigError(f"{path} ne nomme personne.")
    return roll


def list_roll(lists: Mapping[str, str]) -> Roll:
    """The addresses of lists, one for each edition. Raises ``ConfigError``."""
    if not lists:
        raise ConfigError(
            "Il manque PORTAIL_ENVOI_LISTES, l’adresse de chaque liste : "
            "region=lettre@listes.example.org"
        )
    found = []
    for code, address in lists.items():
        try:
            found.append(Subscriber(mailbox(address), code))
        except AddressFault as fault:
            raise ConfigError(
                f"PORTAIL_ENVOI_LISTES, édition « {code} » : l’adresse ne convient pas, {fault}."
            ) from None
    return Roll(tuple(found), (), ())


def to_list(one: Subscriber) -> Copy:
    """The copy for a list, whose server writes the ``List-…`` headers."""
    return Copy(one.mailbox, listed=False)


def personal(leaving: Leaving, one: Subscriber) -> Copy:
    """The copy for one subscriber, with an own address to leave at."""
    link, mail = leaving.link(one), leaving.mailto(one)
    ways = tuple(way for way in (link, mail) if way)
    mark = digest_bytes(f"{one.edition}\n{one.mailbox.key}".encode())[:12]
    return Copy(one.mailbox, link or mail, ways, listed=True, mark=mark)


def begin(journal: Journal, way: str, mails: Mapping[str, Mail], frozen: Frozen) -> None:
    """Write in the journal what is sent. Raises ``SendingError`` when a part of it was already
    sent with other words."""
    start = journal.start
    assert start is not None, "said when the week was found frozen"
    digests = dict(start.digests)
    for code, mail in mails.items():
        if digests.get(code, mail.digest) != mail.digest:
            raise SendingError(
                f"L’édition « {code} » de {frozen.semaine} a changé depuis que son envoi a "
                "commencé : rien n’est envoyé. Rétablissez le fichier figé et reconstruisez."
            )
        digests[code] = mail.digest
    if start.digests != digests:
        journal.begin(Start(way, start.frozen, digests))


def deliver(
    delivery: Delivery,
    mails: Mapping[str, Mail],
    roll: Roll,
    copy: partial[Copy],
    *,
    again: bool,
) -> int:
    """Send to everyone of ``roll`` who has not received their edition; how many that was.

    ``again`` sends to the uncertain ones too. Raises ``SendingError``.
    """
    left = {None, "differe", *(("incertain",) if again else ())}
    jobs = [
        Job(one.edition, one.mailbox, partial(_message, mails[one.edition], copy, one))
        for one in roll.subscribers
        if one.edition in mails and delivery.journal.stage(one.edition, one.mailbox) in left
    ]
    delivery.told = partial(_progress, len(jobs))
    delivery.run(jobs)
    return len(jobs)


def _message(mail: Mail, copy: partial[Copy], one: Subscriber) -> bytes:
    return mail.copy(replace(copy(one), left_at=datetime.now(PARIS)))


def _progress(total: int, count: int) -> None:
    if count % _EVERY == 0 and count < total:
        sys.stdout.write(f"{count} sur {total}\n")
        sys.stdout.flush()
