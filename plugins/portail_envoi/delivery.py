"""Delivery of messages one by one over one connection: journal, pace, refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from math import ceil
from pathlib import Path
from time import monotonic, sleep
from typing import NoReturn

from msgspec import Struct, field
from msgspec.structs import replace

from portail.clock import portal_zone
from portail.diagnostics import ConfigError
from portail.features.channels.lettre.issue import Frozen
from portail.files import digest_bytes
from portail.terminal.text import refusals

from .journal import Journal, SendingError, Start, counted, listing
from .mails import Copy, Leaving, Mail
from .smtp import Connection, Deferred, Lost, Refused, SenderRefused, Uncertain
from .subscribers import AddressFault, Mailbox, Roll, Subscriber, mailbox, read_roll

# Seconds before each new attempt at a connection.
RECONNECTING = (1.0, 5.0, 20.0, 60.0)
# Seconds before those who were deferred are tried again (greylisting asks for minutes).
PATIENCE = (15.0, 60.0, 300.0)
# So many refusals alone are of addresses that are dead.
_FEW_REFUSED = 4
# So many, all over the list, before anyone was accepted: the fault is ours, or the server's.
_ALL_REFUSED = 20
_EVERY = 50


class Job(Struct, frozen=True):
    """One message for one recipient; ``data`` makes it when its turn comes."""

    edition: str
    to: Mailbox
    data: Callable[[], bytes]


class Delivery(Struct):
    """A sending over one connection at a time."""

    connect: Callable[[], Connection]
    journal: Journal
    sender: str
    # The least time between two messages, in seconds.
    pace: float = 0.0
    accepted: int = 0
    _connection: Connection | None = None
    _next: float = 0.0
    _losses: int = 0
    # Those who were refused while nobody had been accepted yet, with the server's answer.
    _unproven: list[tuple[Job, str]] = field(default_factory=list)

    def run(self, jobs: Sequence[Job]) -> None:
        """Deliver every job, those deferred again later, with an entry of the journal for each.

        Raises ``SendingError`` when the server cannot be reached, or refuses the sender or
        everyone.
        """
        total = len(jobs)
        try:
            for wait in (*PATIENCE, None):
                jobs = [job for job in jobs if not self._settled(job, total)]
                if not jobs or wait is None:
                    break
                self._leave()
                sleep(wait)
            if len(self._unproven) > _FEW_REFUSED and not self.journal.entries("envoye"):
                self._give_up()
            self._strike_off()
        finally:
            self._leave()

    def _settled(self, job: Job, total: int) -> bool:
        connection = self._connected()
        self._wait()
        record = partial(self.journal.record, job.edition, job.to)
        try:
            intend = partial(record, "intention")
            reply = connection.deliver(self.sender, job.to, job.data(), intend)
        except Refused as error:
            self._refused(job, str(error))
        except SenderRefused as error:
            raise SendingError(f"Le serveur refuse l’expéditeur {self.sender} ({error}).") from None
        except (Deferred, Lost) as error:
            record("differe", str(error))
            if isinstance(error, Lost):
                self._lost(str(error), 1)
            return False
        except Uncertain as error:
            record("incertain", str(error))
            self._lost(str(error), 2)
        else:
            record("envoye", reply)
            self.accepted += 1
            self._losses = 0
            self._strike_off()
            if self.accepted % _EVERY == 0 and self.accepted < total:
                print(f"{self.accepted} sur {total}", flush=True)
        return True

    def _refused(self, job: Job, reply: str) -> None:
        # Strike someone off, but as long as everyone is refused nobody is to blame: all may be
        # tried again, should this process be killed too.
        if self.accepted:
            self.journal.record(job.edition, job.to, "refuse", reply)
            return
        self.journal.record(job.edition, job.to, "differe", reply)
        self._unproven.append((job, reply))
        if len(self._unproven) == _ALL_REFUSED:
            self._give_up()

    def _strike_off(self) -> None:
        # The server accepts others, or refuses few: those whom it refused are to blame.
        for job, reply in self._unproven:
            self.journal.record(job.edition, job.to, "refuse", reply)
        self._unproven.clear()

    def _give_up(self) -> NoReturn:
        _, reply = self._unproven[-1]
        raise SendingError(
            f"Le serveur n’accepte personne : {len(self._unproven)} destinataires refusés, pris "
            f"dans toute la liste ({reply}). Personne n’est rayé : relancez la même commande plus "
            "tard, elle commencera par les autres."
        )

    def _connected(self) -> Connection:
        while self._connection is None:
            try:
                self._connection = self.connect()
            except Lost as error:
                self._lost(str(error), 1)
        return self._connection

    def _lost(self, reply: str, weight: int) -> None:
        # Wait before the next connection, longer each time; a server that goes on is left, sooner
        # if it leaves recipients uncertain.
        self._connection = None
        if self._losses >= len(RECONNECTING):
            raise SendingError(
                f"Le serveur de courriel ne répond pas, ou raccroche ({reply}). Relancez la même "
                "commande plus tard : elle reprend où elle s’est arrêtée."
            )
        sleep(RECONNECTING[self._losses])
        self._losses += weight

    def _wait(self) -> None:
        sleep(max(self._next - monotonic(), 0.0))
        self._next = max(self._next, monotonic()) + self.pace if self.pace else 0.0

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


# Send a frozen issue by SMTP: to the address of a list, or to each subscriber of a file.

_LARGEST = 20_000_000


def read_subscribers(path: Path, editions: Iterable[str]) -> Roll:
    """Read the file of subscribers. Raises ``ConfigError`` with every fault that it has."""
    with refusals(f"{path} ne se lit pas"):
        if path.stat().st_size > _LARGEST:
            raise ConfigError(f"{path} pèse plus de {_LARGEST // 1_000_000} Mo.")
        roll = read_roll(path.read_bytes(), tuple(editions))
    if roll.faults:
        count = counted(len(roll.faults), "ligne fautive", "lignes fautives")
        raise ConfigError(listing(f"{path} : {count}, rien n’est envoyé.", roll.faults).rstrip())
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
    subscribers = []
    for code, address in lists.items():
        try:
            subscribers.append(Subscriber(mailbox(address), code))
        except AddressFault as fault:
            raise ConfigError(
                f"PORTAIL_ENVOI_LISTES, édition « {code} » : l’adresse ne convient pas, {fault}."
            ) from None
    return Roll(tuple(subscribers), (), ())


def to_list(mailing_list: Subscriber) -> Copy:
    """The copy for a list, whose server writes the ``List-…`` headers."""
    return Copy(mailing_list.mailbox, listed=False)


def personal(leaving: Leaving, person: Subscriber) -> Copy:
    """The copy for one subscriber, with a URL of their own to unsubscribe."""
    link = leaving.link(person)
    mail = leaving.mailto(person)
    mark = digest_bytes(f"{person.edition}\n{person.mailbox.key}".encode())[:12]
    return Copy(person.mailbox, link or mail, tuple(filter(None, (link, mail))), mark=mark)


def begin(journal: Journal, way: str, mails: Mapping[str, Mail], frozen: Frozen) -> None:
    """Record the digests of ``mails``. Raises ``SendingError`` if one was sent otherwise."""
    start = journal.start
    assert start is not None, "written when the frozen file was read"
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
    copy: Callable[[Subscriber], Copy],
    *,
    again: bool,
) -> int:
    """Send to everyone of ``roll`` who has not received their edition, to the uncertain ones
    ``again``; returns how many that was. Raises ``SendingError``."""
    left = {None, "differe", *(("incertain",) if again else ())}
    jobs = [
        Job(person.edition, person.mailbox, partial(_message, mails[person.edition], copy, person))
        for person in roll.subscribers
        if person.edition in mails
        and delivery.journal.stage(person.edition, person.mailbox) in left
    ]
    delivery.run(_ordered(jobs, delivery.journal))
    return len(jobs)


def _ordered(jobs: Sequence[Job], journal: Journal) -> list[Job]:
    # Those who were never tried, the first ones all over the list, as dead addresses are often side
    # by side; then the others, whoever was tried longest ago first. Whatever is refused, each run
    # thus comes to people whom the last did not reach.
    tried = journal.ranks()
    fresh = [job for job in jobs if (job.edition, job.to.key) not in tried]
    again = [job for job in jobs if (job.edition, job.to.key) in tried]
    step = ceil(len(fresh) / _ALL_REFUSED)
    ranks = sorted(range(len(fresh)), key=lambda rank: rank % step)
    again.sort(key=lambda job: tried[job.edition, job.to.key])
    return [*(fresh[rank] for rank in ranks), *again]


def _message(mail: Mail, copy: Callable[[Subscriber], Copy], person: Subscriber) -> bytes:
    return mail.copy(replace(copy(person), left_at=datetime.now(portal_zone())))
