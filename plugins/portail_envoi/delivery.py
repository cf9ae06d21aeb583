"""Delivery of messages one by one over one connection: the journal, losses, second attempts."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from time import sleep

from .journal import Journal, SendingError, Stage
from .smtp import Lost, hand_in
from .subscribers import Subscriber

# Seconds before each new attempt at a connection.
RECONNECTING = (1.0, 5.0, 20.0, 60.0)
# Seconds before those who were deferred are tried again (greylisting asks for minutes).
PATIENCE = (15.0, 60.0, 300.0)


class Delivery:
    """A sending, over one connection at a time; ``message`` makes that of a recipient when their
    turn comes."""

    def __init__(
        self,
        connect: Callable[[], smtplib.SMTP],
        journal: Journal,
        message: Callable[[Subscriber], tuple[str, bytes]],
    ) -> None:
        self._connect = connect
        self._journal = journal
        self._message = message
        self._smtp: smtplib.SMTP | None = None
        # Connections since the last message that was taken, and why the last was lost.
        self._tried = 0
        self._why = ""

    def run(self, people: Iterable[Subscriber], *, again: bool) -> None:
        """Serve whoever has not received their edition, the uncertain ones ``again`` if asked;
        those who were never tried come first.

        Raises ``SendingError`` when the server cannot be reached, or refuses the sender.
        """
        served: set[Stage | None] = {"envoye"} if again else {"envoye", "incertain"}
        stage = self._journal.stage
        left = [one for one in people if stage(one) not in served]
        left.sort(key=lambda one: stage(one) is not None)
        try:
            for wait in (0.0, *PATIENCE):
                if not left:
                    break
                sleep(wait)
                self._tried = 0
                left = self._round(left)
                self._leave()
        finally:
            self._leave()

    def _round(self, people: Sequence[Subscriber]) -> list[Subscriber]:
        # One attempt for each; those who are deferred.
        deferred = []
        for person in people:
            record = partial(self._journal.record, person)
            smtp = self._connected()
            sender, data = self._message(person)
            stage, reply = hand_in(
                smtp, sender, person.address, data=data, intend=partial(record, "intention")
            )
            record(stage, reply)
            if stage == "envoye":
                self._tried = 0
            elif stage == "differe":
                deferred.append(person)
            self._why = reply
        return deferred

    def _connected(self) -> smtplib.SMTP:
        # Wait before each connection, longer each time; a server that goes on is left.
        while self._smtp is None or self._smtp.sock is None:
            if self._tried > len(RECONNECTING):
                raise SendingError(
                    f"Le serveur de courriel ne répond pas, ou raccroche ({self._why}). Relancez "
                    "la même commande plus tard : elle reprend où elle s’est arrêtée."
                )
            if self._tried:
                sleep(RECONNECTING[self._tried - 1])
            self._tried += 1
            try:
                self._smtp = self._connect()
            except Lost as error:
                self._why = str(error)
        return self._smtp

    def _leave(self) -> None:
        if self._smtp is not None:
            with suppress(OSError):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None
