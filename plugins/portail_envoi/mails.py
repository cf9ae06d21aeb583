"""The mail of an issue as the build wrote it (``courriel.eml``), and its copy for one recipient,
which changes To, Message-ID and the URL to unsubscribe (``List-Unsubscribe``, once in each body).
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from html import escape
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace
from pydantic import SecretStr

from portail.diagnostics import ConfigError
from portail.text.addresses import is_address
from portail.text.mail import header, header_faults, words_of
from portail.text.shapes import is_visible_ascii, one_line, with_newlines

from .journal import SendingError
from .subscribers import AddressFault, Mailbox, Subscriber, mailbox

# Headers that a copy writes again: no way to leave in one click is promised for a mere page.
_OWN = {"to", "message-id", "list-unsubscribe", "list-unsubscribe-post", "mime-version", "subject"}
_KEPT = policy.SMTP.clone(refold_source="none")


class Copy(Struct, frozen=True):
    """The parts of a message that are a recipient's own."""

    to: Mailbox
    leave: str = ""
    # The values of ``List-Unsubscribe``; an https one makes it one-click (RFC 8058).
    unsubscribe: tuple[str, ...] = ()
    # Keeps the ``List-…`` headers: a list server writes its own and takes ours for a loop.
    listed: bool = True
    # Makes the Message-ID the recipient's own, the same each time.
    mark: str = ""
    # The date of the message in place of that of the issue.
    left_at: datetime | None = None


class Mail(Struct, frozen=True):
    """The mail of one edition."""

    edition: str
    subject: str
    name: str
    sender: Mailbox
    message_id: tuple[str, str]
    headers: tuple[tuple[str, bytes], ...]
    boundary: str
    text: str
    html: str
    # The URL to unsubscribe, once in each body.
    page: str
    digest: str

    def tried(self, *, examples: bool = False) -> Mail:
        """The same as a trial: « [Essai] » in its subject, which says that what is made up is in
        it, an identity of its own."""
        mark = "[Essai, avec des exemples]" if examples else "[Essai]"
        left, _, right = make_msgid(domain=self.message_id[1]).strip("<>").rpartition("@")
        return replace(self, subject=f"{mark} {self.subject}", message_id=(left, right))

    def copy(self, own: Copy) -> bytes:
        """The message for one recipient, with CRLF, its lines of at most 998 bytes."""
        left, right = self.message_id
        mine = _OWN if own.unsubscribe else _OWN - {"list-unsubscribe"}
        mine = mine | {"date"} if own.left_at else mine
        rows = [
            value
            for name, value in self.headers
            if name not in mine and (own.listed or not name.startswith("list-"))
        ]
        rows += [
            header("Subject", self.subject),
            f"To: {own.to}\r\n".encode(),
            f"Message-ID: <{left}{'.' if own.mark else ''}{own.mark}@{right}>\r\n".encode(),
        ]
        if own.left_at:
            rows.append(f"Date: {format_datetime(own.left_at)}\r\n".encode("ascii"))
        if own.listed and own.unsubscribe:
            links = ",\r\n ".join(f"<{link}>" for link in own.unsubscribe)
            rows.append(f"List-Unsubscribe: {links}\r\n".encode("ascii"))
            if any(link.startswith("https:") for link in own.unsubscribe):
                rows.append(b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
        text = self.text
        html = self.html
        if own.leave:
            text = text.replace(self.page, own.leave)
            html = html.replace(escape(self.page), escape(own.leave))
        data = b"".join([*rows, *self._bodies(text, html)])
        if faults := [*header_faults(data, whole=False)]:
            raise SendingError(f"Le courriel de « {own.to} » a {' ; '.join(faults)}.")
        return data

    def _bodies(self, text: str, html: str) -> list[bytes]:
        border = self.boundary.encode("ascii")
        rows = [
            b"MIME-Version: 1.0\r\n",
            b'Content-Type: multipart/alternative; boundary="%s"\r\n\r\n' % border,
        ]
        for kind, body in ((b"plain", text), (b"html", html)):
            rows += [
                b"--%s\r\nContent-Type: text/%s; charset=utf-8\r\n" % (border, kind),
                b"Content-Transfer-Encoding: quoted-printable\r\n\r\n",
                _quoted(body),
                b"\r\n",
            ]
        return [*rows, b"--%s--\r\n" % border]


def read_mail(data: bytes, edition: str, page: str) -> Mail:
    try:
        message = message_from_bytes(data, policy=policy.SMTP)
        faults = [*header_faults(data)] or _faults(message, page)
        if not faults:
            return _mail(message, data, edition, page)
    except (MessageError, ValueError, LookupError, AttributeError) as error:
        faults = [str(error) or type(error).__name__]
    raise SendingError(
        f"Le courriel de l’édition « {edition} » ne convient pas : {' ; '.join(faults)}. "
        "Reconstruisez le site."
    )


def _mail(message: EmailMessage, data: bytes, edition: str, page: str) -> Mail:
    text, html = _bodies(message)
    identity = _identity(message)
    assert identity is not None
    raw = {name.lower(): str(value) for name, value in message.raw_items()}
    return Mail(
        edition=edition,
        subject=one_line(words_of(raw["subject"])),
        name=_name(words_of(raw["from"].rpartition("<")[0])),
        sender=_sender(message),
        message_id=identity,
        headers=tuple(
            (name.lower(), _KEPT.fold_binary(name, value))
            for name, value in message.raw_items()
            if name.lower() not in ("content-type", "content-transfer-encoding")
        ),
        boundary=message.get_boundary() or "",
        text=text,
        html=html,
        page=page,
        digest=hashlib.sha256(data).hexdigest(),
    )


def _identity(message: EmailMessage) -> tuple[str, str] | None:
    """The two parts of the identifier of a message."""
    written = str(message["Message-ID"]).strip()
    name, _, host = written[1:-1].rpartition("@")
    if written != f"<{name}@{host}>" or not set("<>").isdisjoint(name + host):
        return None
    return (name, host) if is_visible_ascii(name) and is_visible_ascii(host) else None


def _name(text: str) -> str:
    return "".join(sign for sign in text if sign >= " " and sign not in '"<>')


def _faults(message: EmailMessage, page: str) -> list[str]:
    if message.defects or _identity(message) is None:
        return ["ses en-têtes ne sont pas valables"]
    try:
        _sender(message)
    except (AddressFault, ValueError) as fault:
        return [f"son expéditeur ne convient pas, {fault}"]
    kinds = [part.get_content_type() for part in (message, *message.iter_parts())]
    if kinds != ["multipart/alternative", "text/plain", "text/html"]:
        return ["il n’a pas ses deux corps, texte et HTML"]
    text, html = _bodies(message)
    if any(f"--{message.get_boundary()}" in body for body in (text, html)):
        return ["sa frontière est dans son texte"]
    counts = text.count(page), html.count(f'"{escape(page)}"')
    if counts != (1, 1):
        return [f"la page de désabonnement ({page}) n’y est pas une fois dans chaque corps"]
    return []


def _sender(message: EmailMessage) -> Mailbox:
    header = message["From"]
    addresses: Sequence[object] = header.addresses if isinstance(header, AddressHeader) else ()
    if len(addresses) != 1:
        raise ValueError("il en faut un seul")
    return mailbox(header.addresses[0].addr_spec)


def _bodies(message: EmailMessage) -> tuple[str, str]:
    text, html = (part.get_content() for part in message.iter_parts())
    return str(text), str(html)


def _quoted(body: str) -> bytes:
    # A body as quoted-printable with CRLF (RFC 2045 § 6.7): lines of 76 bytes at most.
    lines = with_newlines(body).replace("\n", "\r\n")
    return binascii.b2a_qp(lines.encode(), istext=True)


# A subscriber unsubscribes at a URL of their own, signed, so that nobody does it for another: the
# service that takes the token makes it again and compares (RFC 2104).

_LEAST = 16


def token(secret: SecretStr, edition: str, to: Mailbox) -> str:
    """``base64url(HMAC-SHA256(secret, edition + "\\n" + address))`` without padding: 43
    characters of ``A-Za-z0-9_-``."""
    text = f"{edition}\n{to.key}".encode()
    digest = hmac.digest(secret.get_secret_value().encode(), text, "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


class Leaving(Struct, frozen=True):
    """The ways to unsubscribe, by a URL or by a message. Raises ``ConfigError`` for a bad template
    or secret.
    """

    # ``https://…?e={adresse}&l={edition}&j={jeton}``, or ``""``.
    template: str
    secret: SecretStr
    # An address to write to, or ``""``.
    mail: str

    def __post_init__(self) -> None:
        if not self.template:
            return
        pieces = self.template.split("{")
        named = {piece.partition("}")[0] for piece in pieces[1:]}
        if not is_address(self.template, ("https",)):
            raise ConfigError("PORTAIL_ENVOI_DESABONNEMENT n’est pas une adresse https.")
        if not {"adresse"} <= named <= {"adresse", "edition", "jeton"}:
            raise ConfigError(
                "PORTAIL_ENVOI_DESABONNEMENT contient {adresse}, et s’il le faut {edition} et "
                "{jeton}, rien d’autre entre accolades."
            )
        if "jeton" in named and len(self.secret) < _LEAST:
            raise ConfigError(
                f"{{jeton}} demande PORTAIL_ENVOI_SECRET, de {_LEAST} signes au moins."
            )

    def link(self, person: Subscriber) -> str:
        if person.leave or not self.template:
            return person.leave
        values = {
            "adresse": quote(str(person.mailbox), safe=""),
            "edition": quote(person.edition, safe=""),
            "jeton": token(self.secret, person.edition, person.mailbox),
        }
        address = self.template
        for name, value in values.items():
            address = address.replace(f"{{{name}}}", value)
        return address

    def mailto(self, person: Subscriber) -> str:
        if not self.mail:
            return ""
        subject = quote(f"desabonnement {person.edition} {person.mailbox}", safe="")
        return f"mailto:{quote(self.mail, safe='@')}?subject={subject}"
