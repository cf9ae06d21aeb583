"""Send a frozen issue by SMTP: to the address of a list, or to each subscriber of a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from portail.config import PARIS
from portail.errors import ConfigError
from portail.files import digest_bytes
from portail.model.issue import Frozen
from portail_envoi.addresses import AddressFault, mailbox
from portail_envoi.delivery import Delivery, Job
from portail_envoi.errors import SendingError
from portail_envoi.journal import Journal, Start
from portail_envoi.leaving import Leaving
from portail_envoi.mails import Copy, Mail
from portail_envoi.report import counted, told
from portail_envoi.subscribers import Roll, Subscriber, read_roll

__all__ = ["begin", "deliver", "list_roll", "personal", "read_subscribers", "to_list"]

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
