"""One received message: who wrote it, in what conversation, and whether a program did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from typing import Any

from msgspec import Struct

from portail.files import digest_bytes
from portail.text.mail import mailboxes
from portail.text.normalise import fold
from portail_importer.deposer.parcels import MailPolicy

from .box import Sent

# Signs of a digest that names a message, a conversation.
_SIGNS = 16
_IDENTIFIER = re.compile(r"<([^<>\s]{1,500})>")
_OURS = re.compile(r"<([0-9a-f]{16})\.[0-9a-z]+@[^<>\s]+>")
_ROBOTS = ("mailer-daemon", "postmaster", "noreply", "no-reply", "ne-pas-repondre", "nepasrepondre")
_ABSENT = re.compile(
    r"^\W*(?:reponse automatique|automatic reply|auto(?:matische)?[ -]?(?:reply|antwort|antwoord)|"
    r"absence du bureau|absent du bureau|out of (?:the )?office|abwesenheit|afwezig|"
    r"message d.absence|undeliver|non remis|delivery status|mail delivery|returned mail)"
)
# What a rendez-vous says: a day, an hour.
_WHEN = re.compile(
    r"\b\d{1,2} ?[/.] ?\d{1,2}\b|\b\d{1,2} ?h(?: ?\d\d)?\b|\b(?:janvier|fevrier|mars|avril|mai|"
    r"juin|juillet|aout|septembre|octobre|novembre|decembre|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    r"dimanche)\b"
)
_LINK = re.compile(r"https?://", re.IGNORECASE)
_SPAM_LINKS = 3


class Letter(Struct, frozen=True):
    """A message, as its heads tell it."""

    # Digests: of the message, and of the conversation that it is in.
    key: str
    conversation: str
    message_id: str
    # What it answers, oldest first.
    references: tuple[str, ...]
    # In small letters; ``""`` when nobody can be answered.
    sender: str
    subject: str
    # Whether a program answers us with it; whether many receive it, or nobody reads its answers.
    is_reply_of_program: bool
    is_of_many: bool
    # Whether the host of the box vouches for its sender.
    is_vouched: bool


def letter_of(
    data: bytes, sent: Mapping[str, Sent], *, own: str, guarantor: str, body: bytes | None = None
) -> Letter:
    """Read the heads of a message; ``sent`` are our answers, ``own`` our address, ``guarantor`` the
    host whose ``Authentication-Results`` are believed (RFC 8601).

    A conversation is that of one sender: whoever else answers in it begins their own, and cannot
    change what is proposed in its branch, whose name is public.
    """
    message = message_from_bytes(data, policy=MailPolicy())
    message_id = _first(str(message["Message-ID"] or ""))
    sender = parseaddr(str(message["From"] or ""))[1].lower()
    if mailboxes(sender) != (sender,):
        sender = ""
    after_head = data.partition(b"\r\n\r\n")[2] or data.partition(b"\n\n")[2]
    key = _digest(message_id.encode() + b"\n" + (after_head.strip() if body is None else body))
    references_text = " ".join(str(message[name] or "") for name in ("References", "In-Reply-To"))
    references = tuple(f"<{identifier}>" for identifier in _IDENTIFIER.findall(references_text))
    ours = (
        reference for reference in references if reference in sent and sent[reference].to == sender
    )
    known = next((match[1] for reference in ours if (match := _OURS.fullmatch(reference))), "")
    root = references[0] if references and not _OURS.fullmatch(references[0]) else message_id or key
    return Letter(
        key=key,
        conversation=known or _digest(f"{root}\n{sender}".encode()),
        message_id=message_id,
        references=references,
        sender=sender,
        subject=" ".join(str(message["Subject"] or "").split()),
        is_reply_of_program=_is_reply_of_program(message, sender, own),
        is_of_many=_is_of_many(message, sender),
        is_vouched=_is_vouched(message, sender, guarantor),
    )


def is_spam(text: str) -> bool:
    """Whether words without a content look like an advertisement: links, and no day.

    >>> is_spam("Gagnez ! http://a.example http://b.example https://c.example")
    True
    >>> is_spam("Le 3 mai à 14 h : http://a.example http://b.example http://c.example")
    False
    """
    return len(_LINK.findall(text)) >= _SPAM_LINKS and not _WHEN.search(fold(text))


def _digest(data: bytes) -> str:
    return digest_bytes(data)[:_SIGNS]


def _first(text: str) -> str:
    match = _IDENTIFIER.search(text)
    if match:
        return f"<{match[1]}>"
    return ""


def _told(message: Message[Any, Any], name: str) -> str:
    return str(message[name] or "").strip().lower()


def _is_reply_of_program(message: Message[Any, Any], sender: str, own: str) -> bool:
    # RFC 3834, and what programs do that do not know it.
    return (
        _told(message, "Auto-Submitted") not in ("", "no")
        or _told(message, "Precedence") == "auto_reply"
        or any(message[name] for name in ("X-Autoreply", "X-Autorespond"))
        or _told(message, "Return-Path") == "<>"
        or message.get_content_type() == "multipart/report"
        or sender == own
        or _ABSENT.match(fold(_told(message, "Subject"))) is not None
    )


def _is_of_many(message: Message[Any, Any], sender: str) -> bool:
    return (
        _told(message, "Precedence") in ("bulk", "junk", "list")
        or any(
            message[name] for name in ("List-Id", "List-Unsubscribe", "X-Auto-Response-Suppress")
        )
        or not sender
        or sender.startswith(_ROBOTS)
    )


def _is_vouched(message: Message[Any, Any], sender: str, guarantor: str) -> bool:
    # The first header is the last that was added, by the host of the box; a message may bring more.
    results = [str(value) for value in message.get_all("Authentication-Results", ())]
    mine = next(
        (text for text in results if guarantor and text.strip().split(";")[0].strip() == guarantor),
        "",
    )
    domain = re.escape(sender.rpartition("@")[2])
    return bool(domain) and (
        re.search(rf"\bdmarc=pass\b.*header\.from={domain}(?![\w.-])", mine, re.DOTALL) is not None
        or re.search(rf"\bdkim=pass\b[^;]*header\.[di]=@?{domain}(?![\w.-])", mine) is not None
    )
