"""Messages handed to a mail server (RFC 5321) over verified TLS, one by one: who has theirs, who
does not, who is uncertain.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Literal, TypeAlias

from msgspec import Struct
from pydantic import SecretStr

from portail.diagnostics import PortailError
from portail.machine import reason_of
from portail.terminal.text import safe

# Seconds for each answer.
TIMEOUT = 60.0
_LONGEST = 300
SMTPS = 465
# A name of one's own would be asked of the DNS, which may take its time.
_HELO = "localhost.localdomain"
# What no second attempt mends.
_NEVER = (ssl.SSLCertVerificationError, smtplib.SMTPNotSupportedError)


# ``envoye``: the server took the message; ``refuse``: it will not; ``differe``: it did not, and may
# later; ``incertain``: nobody knows.
Stage: TypeAlias = Literal["intention", "envoye", "refuse", "differe", "incertain"]


class SendingError(PortailError, RuntimeError):
    """The sending cannot begin or go on; the fault of one recipient is an outcome instead."""


class Lost(Exception):
    """The server cannot be reached now, and may be later."""


class SmtpServer(Struct, frozen=True):
    """A mail server and how to reach it."""

    host: str
    port: int
    user: str
    password: SecretStr
    # Without TLS.
    plain: bool = False

    def connect(self) -> smtplib.SMTP:
        """Open a connection, secured and logged in. Raises ``Lost`` when it may succeed later,
        ``SendingError`` when it never will: wrong certificate, no STARTTLS, wrong password."""
        try:
            return self._open()
        except (OSError, ValueError, OverflowError) as error:
            code = getattr(error, "smtp_code", 0)
            wrong = isinstance(error, smtplib.SMTPAuthenticationError) and code >= 500
            never = wrong or isinstance(error, _NEVER)
            sentence = f"{self.host}:{self.port}, {why_lost(error)}"
            raise (SendingError if never else Lost)(sentence) from None

    def _open(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        make: Callable[..., smtplib.SMTP] = smtplib.SMTP
        if self.port == SMTPS:
            make = partial(smtplib.SMTP_SSL, context=context)
        smtp = make(self.host, self.port, _HELO, timeout=TIMEOUT)
        try:
            # The end of a message is a small packet, which the system would hold back until the
            # server has acknowledged what came before: 40 ms a message.
            if smtp.sock is not None:
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if not self.plain and self.port != SMTPS:
                smtp.starttls(context=context)
            if self.user:
                smtp.login(self.user, self.password.get_secret_value())
            smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp


def hand_in(
    smtp: smtplib.SMTP, sender: str, *to: str, data: bytes, intend: Callable[[], None]
) -> tuple[Stage, str]:
    """Hand in ``data`` for a recipient, or for several at once: all have it or none; what became of
    it, and the server's answer.

    ``intend`` is called before DATA. A connection that is lost, closed here, leaves the message
    uncertain once it has begun to go. Raises ``SendingError`` when the sender is refused.
    """
    stage: Stage = "differe"
    stages: dict[int, Stage] = {4: "differe", 5: "refuse"}
    try:
        code, reply = smtp.mail(sender)
        if code // 100 == 5:
            raise SendingError(f"Le serveur refuse l’expéditeur {sender} ({_reply(code, reply)}).")
        for recipient in to:
            if code // 100 == 2:
                code, reply = smtp.rcpt(recipient)
        if code // 100 == 2:
            intend()
            code, reply = smtp.docmd("DATA")
            if code // 100 == 3:
                stage = "incertain"
                smtp.send((b"\n" + data).replace(b"\n.", b"\n..")[1:] + b".\r\n")
                code, reply = smtp.getreply()
                stages[2] = "envoye"
    except OSError as error:
        smtp.close()
        return stage, why_lost(error)
    if code == 421 or code // 100 not in stages:
        smtp.close()
    elif code // 100 != 2:
        with suppress(OSError):
            smtp.rset()
    return stages.get(code // 100, stage), _reply(code, reply)


def _reply(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return f"{code} {safe(' '.join(text.split()))}"[:_LONGEST]


def why_lost(error: BaseException) -> str:
    """Why a connection could not be made, or is gone, in French; to follow a comma."""
    # smtplib says of a silence that the connection is closed.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "pas de réponse à temps"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"le serveur répond « {_reply(error.smtp_code, error.smtp_error)} »"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"son certificat n’est pas valable ({safe(error.verify_message)})"
    if isinstance(error, ssl.SSLError):
        return "la connexion chiffrée échoue : est-ce le bon port, 465 ou 587 ?"
    if isinstance(error, socket.gaierror | ValueError | OverflowError):
        return "son adresse ne se trouve pas"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "il n’offre pas ce qu’on lui demande (STARTTLS, identification)"
    if isinstance(error, OSError) and error.errno:
        return reason_of(error)
    return "la connexion est coupée"
