"""Answers on their way: each leaves once, whatever kills the process.

SMTP cannot tell whether a server took a message whose connection was lost. So each answer goes, in
one transaction, to the person and to the box: what comes back to the box has left. Before it leaves
it is kept in « Réponses » as a draft. A draft whose copy does not come back never left: after
``PATIENCE`` it is sent again.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial

from portail.clock import portal_zone
from portail_poste.smtp import SmtpServer, Stage, hand_in

from .answers import Answer, mail_of
from .box import Box
from .handing import Envelope, Handing, digest_mail, handing_mail
from .letters import Letter, Names
from .queue import Row

# The name of what answers a message, and does not tell what became of a proposal.
_ANSWER = re.compile(r"<[0-9a-f]{16}\.[0-9a-f]{16}\.")
# How long a copy may take to come back.
PATIENCE = timedelta(minutes=20)


class Post:
    """What answers leave by, over one connection."""

    def __init__(
        self, server: SmtpServer, box: Box, *, address: str, name: str, names: Names
    ) -> None:
        self._server = server
        self.names = names
        self._box = box
        self.address = address
        self._name = name
        self._smtp: smtplib.SMTP | None = None

    def id_of(self, conversation: str, name: str) -> str:
        """The Message-ID of an answer, by its conversation and what it answers: always the same,
        and what both are called in public does not tell it."""
        proof = self.names.of("answer", f"{conversation}.{name}".encode())
        return f"<{conversation}.{name}.{proof}@{self.address.rpartition('@')[2]}>"

    def is_sent(self, message_id: str) -> bool:
        mail = self._box.sent.get(message_id)
        return mail is not None and not mail.pending

    def send(
        self,
        answer: Answer,
        *,
        to: str,
        subject: str,
        message_id: str,
        thread: Sequence[str],
        muted: bool = False,
    ) -> Stage:
        """What became of the answer, now or before: ``envoye``; ``refuse``, and nobody has it;
        else a later run sends it. One that is ``muted`` is noted alone. Raises ``Lost`` and
        ``SendingError`` when the mail server cannot be reached."""

        def written() -> tuple[bytes, bytes]:
            data = mail_of(
                answer,
                sender=self.address,
                name=self._name,
                to=to,
                subject=subject,
                message_id=message_id,
                thread=thread,
                when=datetime.now(portal_zone()),
            )
            return data, data

        return self._sent(message_id, "" if muted else to, written)

    def hand(self, handing: Handing, to: str) -> Stage:
        """What became of the mail that hands a message to a person, as ``send`` tells it; when it
        is to nobody, it is noted alone."""
        message_id = self.handed_id(handing.letter)
        envelope = self._envelope(to or self.address, message_id)
        return self._sent(message_id, to, partial(handing_mail, handing, envelope))

    def digest(self, rows: Sequence[Row], to: str, day: date) -> None:
        """Tell the team what waits, once on that day."""
        message_id = self.id_of("bilan", day.strftime("%Y%m%d"))
        data = digest_mail(rows, self._envelope(to, message_id))
        self._sent(message_id, to, lambda: (data, data))

    def _envelope(self, to: str, message_id: str) -> Envelope:
        when = datetime.now(portal_zone())
        return Envelope(self.address, self._name, to, message_id=message_id, when=when)

    def handed_id(self, letter: Letter) -> str:
        """The Message-ID of the mail that hands a message to a person."""
        return self.id_of(f"p{letter.person}", f"m{letter.key}")

    def count(self, conversation: str, span: timedelta = timedelta(days=9_999)) -> int:
        """How many mails of a conversation left, since a time."""
        first = datetime.now(UTC) - span
        mails = (
            mail for key, mail in self._box.sent.items() if key.startswith(f"<{conversation}.")
        )
        return sum(mail.when > first for mail in mails)

    def since(self, to: str, span: timedelta, *, but: str) -> int:
        """How many messages of one address were answered since a time, without that of ``but``."""
        first = datetime.now(UTC) - span
        mails = (
            mail
            for key, mail in self._box.sent.items()
            if key != but and _ANSWER.match(key) and mail.to == to
        )
        return sum(mail.when > first for mail in mails)

    def _sent(self, message_id: str, to: str, written: Callable[[], tuple[bytes, bytes]]) -> Stage:
        # ``written`` gives a mail, and what is kept of it.
        mail = self._box.sent.get(message_id)
        if mail and not mail.pending:
            return "envoye"
        if mail and datetime.now(UTC) - mail.when < PATIENCE:
            return "incertain"
        smtp = self._connected() if to else None
        if mail:
            self._box.withdraw(message_id)
        data, kept = written()
        intend = partial(self._box.intend, message_id, kept)
        if smtp is None:
            intend()
            self._box.confirm(message_id)
            return "envoye"
        try:
            stage, _ = hand_in(smtp, self.address, *(to, self.address), data=data, intend=intend)
        except BaseException:
            smtp.close()
            raise
        if stage == "refuse" and message_id not in self._box.sent:
            intend()  # nobody is there: it is not tried again
        if stage in ("envoye", "refuse"):
            self._box.confirm(message_id)
        elif stage != "incertain" and message_id in self._box.sent:
            self._box.withdraw(message_id)
        return stage

    def close(self) -> None:
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None or self._smtp.sock is None:
            self._smtp = self._server.connect()
        return self._smtp
