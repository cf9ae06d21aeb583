"""The mail of an issue as the build wrote it (``courriel.eml``), and its copy for one recipient,
which changes To, Date, Message-ID and the URL to unsubscribe.
"""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from msgspec import Struct

from portail.clock import portal_zone
from portail.text.mail import header_faults
from portail_poste.smtp import SendingError

from .subscribers import mailbox

# Headers that are not changed stay as they were written, and those of a copy on one line each.
_KEPT = policy.SMTP.clone(refold_source="none", max_line_length=998)
_KINDS = ["multipart/alternative", "text/plain", "text/html"]


class Mail(Struct, frozen=True):
    """The mail of one edition."""

    edition: str
    data: bytes
    # The URL to unsubscribe, once in each body.
    page: str

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.data, policy=_KEPT)

    @property
    def bodies(self) -> list[str]:
        """Its text and its HTML."""
        return [str(part.get_content()) for part in self.message.iter_parts()]

    @property
    def sender(self) -> str:
        return mailbox(self.message["From"].addresses[0].addr_spec)

    @property
    def name(self) -> str:
        """Of the sender, without what may not stand before an address."""
        name = self.message["From"].addresses[0].display_name
        return "".join(sign for sign in name if sign.isprintable() and sign not in '"<>')

    def copy(self, to: str, *, leave: str = "", mark: str = "", listed: bool = True) -> bytes:
        """The message for one recipient, who unsubscribes at ``leave``, in one click if it is an
        https URL (RFC 8058); ``mark`` makes its Message-ID their own. A list server writes the
        ``List-…`` headers itself and takes ours for a loop: without them unless ``listed``."""
        message = self.message
        headers = {"To": to, "Date": format_datetime(datetime.now(portal_zone()))}
        if mark:
            headers["Message-ID"] = f"<{mark}.{self.message_id}>"
        if leave:
            headers["List-Unsubscribe"] = f"<{leave}>"
            for part in message.iter_parts():
                kind = part.get_content_subtype()
                link = leave if kind == "plain" else escape(leave)
                body = part.get_content().replace(self.page, link)
                part.set_content(body, subtype=kind, cte="quoted-printable")
        if not leave.startswith("https:"):
            del message["List-Unsubscribe-Post"]
        for name in [*message]:
            if not listed and name.lower().startswith("list-"):
                del message[name]
        for name, value in headers.items():
            del message[name]
            message[name] = value
        data = message.as_bytes()
        if faults := [*header_faults(data, whole=False)]:
            raise SendingError(f"Le courriel de « {to} » a {' ; '.join(faults)}.")
        return data

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"]).strip("<> ")

    def tried(self) -> Mail:
        """The same, with « [Essai] » in its subject."""
        data = self.data.replace(b"\r\nSubject: ", b"\r\nSubject: [Essai] ", 1)
        return Mail(self.edition, data, self.page)


def read_mail(data: bytes, edition: str, page: str) -> Mail:
    """Read ``courriel.eml``. Raises ``SendingError`` unless it is what a build writes."""
    mail = Mail(edition, data, page)
    try:
        faults = [*header_faults(data)] or _faults(mail)
    except (MessageError, ValueError, LookupError, AttributeError) as error:
        faults = [str(error)]
    if faults:
        raise SendingError(
            f"Le courriel de l’édition « {edition} » ne convient pas : {' ; '.join(faults)}. "
            "Reconstruisez le site."
        )
    return mail


def _faults(mail: Mail) -> list[str]:
    message = mail.message
    if message.defects or not mail.sender:
        return ["ses en-têtes ne sont pas valables"]
    if [part.get_content_type() for part in (message, *message.iter_parts())] != _KINDS:
        return ["il n’a pas ses deux corps, texte et HTML"]
    text, html = mail.bodies
    if text.count(mail.page) != 1 or html.count(f'"{mail.page}"') != 1:
        return [f"la page de désabonnement ({mail.page}) n’y est pas une fois dans chaque corps"]
    return []
