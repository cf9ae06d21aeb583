"""One connection to a mail server (RFC 5321), over verified TLS, which raises what is certain.

The end of a message is sent apart from it: a connection lost before means that the server has
nothing (RFC 5321 § 4.1.1.4), a connection lost after means that nobody knows.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from ipaddress import ip_address
from typing import Literal, TypeAlias

from msgspec import Struct
from pydantic import SecretStr

from portail.machine import reason_of
from portail.terminal.text import safe

from .journal import SendingError
from .subscribers import Mailbox

Security: TypeAlias = Literal["starttls", "tls", "aucune"]
_LONGEST = 300
_HELO = "localhost.localdomain"
_PORTS = " : le port 465 va avec PORTAIL_ENVOI_TLS=tls, 587 et 25 avec starttls"


class Refused(Exception):
    """The server will never take this message for this recipient (5xx)."""


class Deferred(Exception):
    """The server does not take it now, and may later (4xx)."""


class Lost(Exception):
    """The connection is gone; the server has not taken the message."""


class Uncertain(Exception):
    """The connection went after the end of the message: nobody knows whether it was taken."""


class SenderRefused(Exception):
    """The server refuses the sender, hence every message."""


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class SmtpServer(Struct, frozen=True):
    """A mail server and how to reach it."""

    host: str
    port: int
    security: Security
    user: str
    password: SecretStr
    # A file of certificates to trust instead of the system's, or ``""``.
    authority: str
    # Seconds for each answer.
    timeout: float

    def connect(self) -> Connection:
        """Open a connection, secured and logged in. Raises ``Lost`` when it may succeed later,
        ``SendingError`` when it never will: wrong certificate, no STARTTLS, wrong password."""
        try:
            return Connection(self._open(), self.name)
        except ssl.SSLCertVerificationError as error:
            raise SendingError(
                f"Le certificat de {self.host} n’est pas valable ({error.verify_message}) : rien "
                "n’est envoyé."
            ) from None
        except smtplib.SMTPNotSupportedError:
            raise SendingError(
                f"Le serveur {self.host}:{self.port} n’offre pas ce qu’on lui demande "
                f"({self.security}, identification) : rien n’est envoyé."
            ) from None
        except smtplib.SMTPResponseException as error:
            reply = f"{self.name} répond « {_reply(error.smtp_code, error.smtp_error)} »"
            if not isinstance(error, smtplib.SMTPAuthenticationError) or error.smtp_code < 500:
                raise Lost(reply) from None
            raise SendingError(
                f"Le serveur de courriel refuse l’identifiant ou le mot de passe : {reply}."
            ) from None
        except (OSError, smtplib.SMTPException) as error:
            ports = _PORTS if isinstance(error, ssl.SSLError) else ""
            raise Lost(f"{self.name}, {why_lost(error)}{ports}") from None

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port}"

    def _open(self) -> smtplib.SMTP:
        context = ssl.create_default_context(cafile=self.authority or None)
        # A name of one's own would be asked of the DNS, which may take its time.
        if self.security == "tls":
            make: Callable[..., smtplib.SMTP] = partial(smtplib.SMTP_SSL, context=context)
        else:
            make = smtplib.SMTP
        smtp = make(self.host, self.port, _HELO, timeout=self.timeout)
        try:
            # The end of a message is a small packet after a large one, which the system would hold
            # back until the server has acknowledged the first: 40 ms a message.
            if smtp.sock is not None:
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.security == "starttls":
                smtp.starttls(context=context)
            if self.user:
                smtp.login(self.user, self.password.get_secret_value())
            else:
                smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp


class Connection:
    def __init__(self, smtp: smtplib.SMTP, name: str) -> None:
        self._smtp = smtp
        self._name = name

    def deliver(self, sender: str, to: Mailbox, data: bytes, intend: Callable[[], None]) -> str:
        """Hand in ``data`` for one recipient; returns the server's answer.

        ``intend`` is called before DATA. Raises ``Refused``, ``Deferred``, ``SenderRefused``,
        ``Lost`` or ``Uncertain``.
        """
        try:
            self._address(sender, to)
            intend()
            self._check(self._smtp.docmd("DATA"), 3)
            self._smtp.send((b"\n" + data).replace(b"\n.", b"\n..")[1:])
        except (OSError, smtplib.SMTPException) as error:
            self._smtp.close()
            raise Lost(f"{self._name}, {why_lost(error)}") from None
        try:
            self._smtp.send(b".\r\n" if data.endswith(b"\r\n") else b"\r\n.\r\n")
            code, reply = self._smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._smtp.close()
            raise Uncertain(f"{self._name}, {why_lost(error)}") from None
        if not 200 <= code < 600:
            self._smtp.close()
            raise Uncertain(_reply(code, reply))
        self._check((code, reply), 2)
        return _reply(code, reply)

    def _address(self, sender: str, to: Mailbox) -> None:
        options = []
        if not to.is_ascii:
            if not self._smtp.has_extn("smtputf8"):
                raise Refused("le serveur n’accepte pas les adresses accentuées (SMTPUTF8)")
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        code, reply = self._smtp.mail(sender, options)
        if 500 <= code < 600:
            self._reset()
            raise SenderRefused(_reply(code, reply))
        self._check((code, reply), 2)
        self._check(self._smtp.rcpt(str(to)), 2)

    def _check(self, answer: tuple[int, bytes], family: int) -> None:
        # Raise what an answer of another family means; the next message starts afresh.
        code, reply = answer
        if code // 100 == family:
            return
        text = _reply(code, reply)
        if code == 421 or not 200 <= code < 600:
            self._smtp.close()
            raise Lost(text)
        self._reset()
        raise Refused(text) if code >= 500 else Deferred(text)

    def _reset(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            self._smtp.rset()

    def close(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            self._smtp.quit()
        self._smtp.close()


def _reply(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return f"{code} {_clean(text)}"[:_LONGEST]


def why_lost(error: BaseException) -> str:
    """Why a connection could not be made, or is gone, in French; to follow a comma."""
    # smtplib says of a silence that the connection is closed.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "pas de réponse à temps"
    if isinstance(error, socket.gaierror):
        later = error.errno == socket.EAI_AGAIN
        return "son nom n’a pas pu être cherché" if later else "ce nom de serveur n’existe pas"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"son certificat n’est pas valable ({_clean(error.verify_message)})"
    if isinstance(error, ssl.SSLError):
        why = getattr(error, "reason", None) or "TLS"
        return f"la connexion chiffrée échoue ({_clean(why).lower()})"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "le serveur raccroche"
    if isinstance(error, OSError) and error.errno:
        return reason_of(error)[:_LONGEST]
    return _clean(str(error.args[-1] if error.args else "") or type(error).__name__)[:_LONGEST]


def _clean(text: str) -> str:
    return safe(" ".join(text.split()))
