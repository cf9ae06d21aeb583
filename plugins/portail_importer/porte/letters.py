"""One received message: who wrote it, in what conversation, and whether a program did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from email.headerregistry import AddressHeader
from email.message import Message
from email.parser import BytesHeaderParser
from functools import cached_property
from hashlib import scrypt
from hmac import digest
from typing import Any

from msgspec import Struct

from portail.text.normalise import fold, one_line
from portail_importer.deposer.parcels import MailPolicy
from portail_importer.importer.among import runs_in

from .box import Sent
from .vouching import is_vouched

# Signs of a digest that names a message, a conversation.
_SIGNS = 16
_IDENTIFIER = re.compile(r"<([^<>\s]{1,500})>")
_OURS = re.compile(r"<([0-9a-f]{16})\.[0-9a-z]+\.[0-9a-f]{16}@[^<>\s]+>")
_QUOTED = re.compile(_OURS.pattern.encode())
# One address that may be answered, as nearly all are written (RFC 5321).
_ADDRESS = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]{1,64}@[a-z0-9.-]{3,253}", re.ASCII)
_ROBOTS = ("mailer-daemon", "postmaster", "noreply", "no-reply", "ne-pas-repondre", "nepasrepondre")
_ABSENT = re.compile(
    r"^\W*(?:reponse automatique|automatic reply|auto(?:matische)?[ -]?(?:reply|antwort|antwoord)|"
    r"absence du bureau|absent du bureau|out of (?:the )?office|abwesenheit|afwezig|"
    r"message d.absence|undeliver|non remis|delivery status|mail delivery|returned mail|"
    r"(?:respuesta|risposta|resposta) automatica|fuera de (?:la )?oficina|fuori (?:sede|ufficio)|"
    r"ausencia|assenza)"
)
# What a program asks of a sender whom it does not know, before it lets a message through.
_CHALLENGE = re.compile(
    r"mail ?in ?black|boxbe|anti-?spam|demande d.authentification|(?:confirm|verify) (?:that )?you|"
    r"confirmez? (?:votre|l.)envoi"
)
# In small letters; read as it was written, since an encoded word may hold a statement.
_RESULTS = "authentication-results"
_SPAM_LINKS = 3


class Names:
    """What stands in public for a message, a conversation, a person: nobody who knows these can
    make its name, nor try the words of a list, without the ``secret`` of the box."""

    def __init__(self, box: str, secret: str) -> None:
        self._box = box
        self._secret = secret

    @cached_property
    def _key(self) -> bytes:
        # A name is public and what it stands for may be known: trying passwords has to be slow.
        return scrypt(self._secret.encode(), salt=self._box.encode(), n=1 << 14, r=8, p=1)

    def of(self, what: str, data: bytes) -> str:
        return digest(self._key, f"{what}\n".encode() + data, "sha256").hex()[:_SIGNS]


class Letter(Struct, frozen=True):
    """A message, as its heads tell it."""

    # Names of the message, of the conversation that it is in, of who wrote it.
    key: str
    conversation: str
    person: str
    message_id: str
    # What it answers, oldest first.
    references: tuple[str, ...]
    # In small letters; ``""`` when nobody can be answered.
    sender: str
    # As its sender is called; never public.
    called: str
    subject: str
    # Whether a program answers us with it; whether many receive it, or nobody reads its answers.
    is_reply_of_program: bool
    is_of_many: bool
    # Whether the host of the box vouches for its sender, or says that nothing does.
    is_vouched: bool
    is_disowned: bool
    # Whether it answers us: nobody else knows what our answer is called.
    is_answer: bool
    # The conversation of somebody else that it answers; ``""`` for none.
    other: str

    @property
    def is_answerable(self) -> bool:
        return bool(self.sender) and not (self.is_of_many or self.is_reply_of_program)


class Reader(Struct, frozen=True):
    """What heads are read with: our address, the host whose ``Authentication-Results`` are believed
    (``vouching``), our answers, names."""

    own: str
    guarantor: str
    sent: Mapping[str, Sent]
    names: Names


def letter_of(data: bytes, reader: Reader, *, body: bytes | None = None) -> Letter:
    """Read the heads of a message.

    A conversation is that of one sender: whoever else answers in it begins their own, and cannot
    change what is proposed in its branch, whose name is public.
    """
    # Heads alone: nothing has bounded the parts yet.
    message = BytesHeaderParser(policy=MailPolicy()).parsebytes(data)
    names = reader.names
    message_id = _first(str(message["Message-ID"] or ""))
    sender = _sender(message)
    after_head = data.partition(b"\r\n\r\n")[2] or data.partition(b"\n\n")[2]
    said = message_id.encode() + b"\n" + (after_head.strip() if body is None else body)
    key = names.of("message", said)
    references_text = " ".join(str(message[name] or "") for name in ("References", "In-Reply-To"))
    references = tuple(f"<{identifier}>" for identifier in _IDENTIFIER.findall(references_text))
    whose: dict[bool, str] = {}
    is_reply_of_program = _is_reply_of_program(message, sender, reader.own)
    quoted: Iterable[str] = ()
    if is_reply_of_program:  # what does not arrive is in its text
        quoted = (found[0].decode("ascii", "replace") for found in _QUOTED.finditer(data))
    for reference in (*references, *quoted):
        if (match := _OURS.fullmatch(reference)) and (mail := reader.sent.get(reference)):
            whose.setdefault(mail.to == sender, match[1])
    known = whose.get(True, "")
    root = references[0] if references and not _OURS.fullmatch(references[0]) else message_id or key
    vouched = is_vouched(
        [str(text) for name, text in message.raw_items() if name.lower() == _RESULTS],
        sender.rpartition("@")[2],
        reader.guarantor,
    )
    return Letter(
        key=key,
        conversation=known or names.of("conversation", f"{root}\n{sender}".encode()),
        person=names.of("person", sender.encode()),
        message_id=message_id,
        references=references,
        sender=sender,
        called=next((it.display_name for it in getattr(message["From"], "addresses", ())), ""),
        subject=one_line(str(message["Subject"] or "").encode("utf-8", "replace").decode()),
        is_reply_of_program=is_reply_of_program,
        is_of_many=_is_of_many(message, sender),
        is_vouched=vouched is True,
        is_disowned=vouched is False,
        is_answer=bool(known),
        other="" if known else whose.get(False, ""),
    )


def is_spam(text: str, day: date) -> bool:
    """Whether words without a content look like an advertisement: links, and neither day nor hour.

    >>> links = "http://a.example http://b.example https://c.example"
    >>> is_spam(f"Gagnez ! {links}", date(2027, 1, 4)), is_spam(f"À 14 h {links}", date(2027, 1, 4))
    (True, False)
    """
    return text.count("://") >= _SPAM_LINKS and not any(runs_in(text, day))


def _first(text: str) -> str:
    match = _IDENTIFIER.search(text)
    if match:
        return f"<{match[1]}>"
    return ""


def _sender(message: Message[Any, Any]) -> str:
    # The one address that it is from; "" for none, several, or one that nobody can be answered at.
    heads = message.get_all("From", ())
    if len(heads) != 1 or not isinstance(heads[0], AddressHeader) or len(heads[0].addresses) != 1:
        return ""
    sender = heads[0].addresses[0].addr_spec.lower()
    if _ADDRESS.fullmatch(sender):
        return sender
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
        or _CHALLENGE.search(fold(_told(message, "Subject"))) is not None
        or any(
            message[name] for name in ("List-Id", "List-Unsubscribe", "X-Auto-Response-Suppress")
        )
        or not sender
        or sender.startswith(_ROBOTS)
    )
