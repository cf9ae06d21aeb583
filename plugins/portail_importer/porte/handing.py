"""The mail by which a person of the team has a message, whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from msgspec import Struct

from portail.facts.when import day_of
from portail.text.normalise import one_line

from .letters import Letter
from .queue import Row

# More is not sent on: mail servers refuse it.
_MOST_BYTES = 20_000_000
_MOST_ROWS = 60
_CTE = "quoted-printable"
_SUBJECT = 150
_ENDS = re.compile(rb"\r\n|\r|\n")
_HERE = "@@ce message@@"


class Handing(Struct, frozen=True):
    """A message for a person: its ``data``, none when it is too heavy to be read; what it is, in a
    word or two; the address of its proposal, if it has one."""

    letter: Letter
    data: bytes
    sort: str = ""
    url: str = ""


class Envelope(Struct, frozen=True):
    """Whom a mail to the team is from and to, what it is called, when it leaves."""

    sender: str
    name: str
    to: str
    message_id: str
    when: datetime


def handing_mail(handing: Handing, envelope: Envelope) -> tuple[bytes, bytes]:
    """The mail, and the same without the message that it carries, to be kept."""
    letter = handing.letter
    message = _headed(f"{one_line(handing.sort)}\u00a0: {letter.subject or 'sans objet'}", envelope)
    if letter.sender:
        message["Reply-To"] = letter.sender
    if letter.message_id:
        message["In-Reply-To"] = message["References"] = letter.message_id
    carried = 0 < len(handing.data) <= _MOST_BYTES
    where = (
        "Il est joint, entier." if carried else "Trop lourd pour être joint, il est dans la boîte."
    )
    answered = "Répondez à ce message : votre réponse va à qui l’a écrit."
    parts = [
        f"Un courriel attend quelqu’un de la rédaction. {where}",
        f"Sa proposition : {handing.url}" * bool(handing.url),
        answered if letter.sender else "Personne ne lirait de réponse.",
        "Il reste dans « À voir » de la boîte jusqu’à ce que vous l’en sortiez.",
    ]
    message.set_content("\n\n".join(filter(None, parts)) + "\n", cte=_CTE)
    kept = message.as_bytes()
    if not carried:
        return kept, kept
    message.make_mixed()
    message.attach(_part())
    # Its very bytes: who wrote them may have meant to stop whoever writes them again.
    head, _, end = message.as_bytes().partition(_HERE.encode())
    return head + _ENDS.sub(b"\r\n", handing.data) + end, kept


def digest_mail(rows: Sequence[Row], envelope: Envelope) -> bytes:
    """What waits, a line each."""
    message = _headed(f"{len(rows)} en attente", envelope)
    lines = []
    for row in rows[:_MOST_ROWS]:
        said = (row.title, row.day, row.place, row.doubt, f"depuis le {day_of(row.since)}")
        lines.append("– " + one_line(" · ".join(filter(None, said))))
        lines += [row.url or "(dans la boîte, « À voir »)"]
    lines += [f"– … et {len(rows) - _MOST_ROWS} de plus."] * (len(rows) > _MOST_ROWS)
    message.set_content("\n".join(["Ce qui attend la rédaction :", "", *lines, ""]), cte=_CTE)
    return message.as_bytes()


def _headed(subject: str, envelope: Envelope) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(envelope.name, addr_spec=envelope.sender)
    message["To"] = envelope.to
    message["Subject"] = subject[:_SUBJECT]
    message["Date"] = format_datetime(envelope.when)
    message["Message-ID"] = envelope.message_id
    message["Auto-Submitted"] = "auto-generated"
    return message


def _part() -> EmailMessage:
    part = EmailMessage(policy=SMTP)
    part["Content-Type"] = "message/rfc822"
    part["Content-Disposition"] = 'attachment; filename="message.eml"'
    part["Content-Transfer-Encoding"] = "8bit"
    part.set_payload(_HERE)
    return part
