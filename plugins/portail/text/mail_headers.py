"""Headers of a mail (RFC 5322) out of texts, and the names that the headers of a letter may have.

Values are never given to the parser of the standard library, which undoes the encoded words
(RFC 2047) that a text may hold: what is in them, a line end too, would become the header's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_letters, digits

__all__ = ["ENCODED_WORD", "LETTER", "header", "header_faults", "mailbox_header", "words_of"]

LETTER = {
    "message-id": True,
    "list-id": True,
    "list-unsubscribe": True,
    "list-unsubscribe-post": True,
    "list-archive": True,
    "list-owner": False,
    "archived-at": True,
    "from": True,
    "to": True,
    "subject": True,
    "date": True,
    "mime-version": True,
    "content-type": True,
    "content-language": True,
}
"""Headers of a letter, in small letters; whether it always has them."""

ENCODED_WORD = r"=\?[^?\s]*\?[BbQq]\?"
"""How an encoded word begins; the same pattern for a browser."""

_LINE = 76
"""Bytes of a line that holds an encoded word (RFC 2047, 2), as of one that holds none."""
_WORD = 55
"""Signs in an encoded word, so that its line is short enough after the name of its header."""
_SAFE = {ord(sign): sign for sign in f"{ascii_letters}{digits}!*+-/"}
"""What an encoded word says as it is, in a name too (RFC 2047, 5)."""
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_FIELD = re.compile(rb"([!-9;-~]+): ?[^\r\n]*(?:\r\n[ \t][^\r\n]*)*\r\n")
_FOLD = re.compile(r"\r?\n(?=[ \t])")


def header(name: str, text: str) -> bytes:
    """The header ``name`` whose value reads back as ``text``, whatever it holds, with its CRLF.

    >>> header("Subject", "Bonne nuit")
    b'Subject: Bonne nuit\\r\\n'
    >>> header("Subject", "=?utf-8?B?DQo=?=")
    b'Subject: =?utf-8?q?=3D=3Futf-8=3FB=3FDQo=3D=3F=3D?=\\r\\n'
    """
    line = f"{name}: {text}"
    if len(line) > _LINE or "=?" in text or not _PLAIN.fullmatch(text):
        line = f"{name}: {_encoded(text)}"
    return f"{line}\r\n".encode("ascii")


def mailbox_header(name: str, who: str, address: str) -> bytes:
    """The header ``name`` of one mailbox: a name, which may be anything, and an ASCII address."""
    words = f"{_encoded(who)}\r\n " if who else ""
    return f"{name}: {words}<{address}>\r\n".encode("ascii")


def _encoded(text: str) -> str:
    """``text`` in encoded words, one a line, each of whole characters (RFC 2047, 4.2 and 5)."""
    words = [""]
    for sign in text:
        octets = sign.encode("utf-8", "replace")
        one = "_" if sign == " " else "".join(_SAFE.get(octet, f"={octet:02X}") for octet in octets)
        if len(words[-1]) + len(one) > _WORD:
            words.append("")
        words[-1] += one
    return "\r\n ".join(f"=?utf-8?q?{word}?=" for word in words)


def words_of(value: str) -> str:
    """The text of a header as it was received: its lines joined, its words decoded, once."""
    from email.header import decode_header

    parts = decode_header(_FOLD.sub("", value).strip())
    return "".join(
        part if isinstance(part, str) else part.decode(charset or "ascii", "replace")
        for part, charset in parts
    )


def header_faults(data: bytes, *, whole: bool = True) -> Iterator[str]:
    """What is wrong with the headers of the letter ``data``, in French: each name is one of
    ``LETTER``, once, and all are there when it is ``whole``."""
    head, blank, _ = data.partition(b"\r\n\r\n")
    head, position, found = head + b"\r\n", 0, set[str]()
    while match := _FIELD.match(head, position):
        name, position = match[1].decode("ascii").lower(), match.end()
        if name not in LETTER or name in found:
            yield f"un en-tête « {match[1].decode('ascii')} » de trop"
        found.add(name)
    if position < len(head) or not blank:
        yield "des en-têtes illisibles"
    elif whole:
        for name, always in LETTER.items():
            if always and name not in found:
                yield f"des en-têtes sans « {name} »"
