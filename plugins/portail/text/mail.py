"""Mail headers and domains (RFC 5322, RFC 5890) out of texts.

Values are never given to the parser of the standard library, which undoes the encoded words
(RFC 2047) that a text may hold: what is in them, a line end too, would become the header's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_letters, digits
from typing import NamedTuple
from urllib.parse import unquote

from portail.late import expression

from .normalise import fold, is_visible_ascii, letters_in

# Headers that a letter always has, in small letters.
_ALWAYS = """message-id list-id list-unsubscribe list-unsubscribe-post list-archive archived-at
    from to subject date mime-version content-type content-language""".split()

# How an encoded word begins; the same pattern for a browser.
ENCODED_WORD = r"=\?[^?\s]*\?[BbQq]\?"

# Bytes of a line that holds an encoded word (RFC 2047, 2), as of one that holds none.
_LINE = 76
# Signs in an encoded word, so that its line is short enough after the name of its header.
_WORD = 55
# What an encoded word says as it is, in a name too (RFC 2047, 5).
_SAFE = {ord(sign): sign for sign in f"{ascii_letters}{digits}!*+-/"}
_WORDS_BEGIN = expression(ENCODED_WORD)


def header(name: str, text: str) -> bytes:
    """The header ``name`` whose value reads back as ``text``, whatever it holds, with its CRLF.

    >>> header("Subject", "Bonne nuit")
    b'Subject: Bonne nuit\\r\\n'
    >>> header("Subject", "=?utf-8?B?DQo=?=")
    b'Subject: =?utf-8?q?=3D=3Futf-8=3FB=3FDQo=3D=3F=3D?=\\r\\n'
    """
    line = f"{name}: {text}"
    if len(line) > _LINE or "=?" in text or not all(map(is_visible_ascii, text.split(" "))):
        line = f"{name}: {_encoded(text)}"
    return f"{line}\r\n".encode("ascii")


def encoded_word(text: str) -> str:
    """What begins an encoded word in ``text``; empty when nothing does."""
    begun = None
    if "=?" in text:
        begun = _WORDS_BEGIN.search(text)
    if begun:
        return begun[0]
    return ""


def mailbox_header(name: str, who: str, address: str) -> bytes:
    """The header ``name`` of one mailbox: a name, which may be anything, and an ASCII address."""
    words = f"{_encoded(who)}\r\n " if who else ""
    return f"{name}: {words}<{address}>\r\n".encode("ascii")


def _encoded(text: str) -> str:
    words = [""]
    for sign in text:
        octets = sign.encode("utf-8", "replace")
        encoded = (
            "_" if sign == " " else "".join(_SAFE.get(octet, f"={octet:02X}") for octet in octets)
        )
        if len(words[-1]) + len(encoded) > _WORD:
            words.append("")
        words[-1] += encoded
    return "\r\n ".join(f"=?utf-8?q?{word}?=" for word in words)


def words_of(value: str) -> str:
    """The text of a header as it was received: its lines joined, its words decoded, once."""
    from email.header import decode_header

    parts = decode_header("".join(value.splitlines()).strip())
    return "".join(
        part if isinstance(part, str) else part.decode(charset or "ascii", "replace")
        for part, charset in parts
    )


def header_faults(data: bytes, *, whole: bool = True) -> Iterator[str]:
    """What is wrong with the headers of the letter ``data``, in French: each is known and there
    once, and those that a letter always has are when it is ``whole``."""
    head, blank, _ = data.partition(b"\r\n\r\n")
    names = set[str]()
    readable = bool(blank)
    for row in head.replace(b"\r\n\t", b" ").replace(b"\r\n ", b" ").split(b"\r\n"):
        written, colon, value = row.decode("latin-1").partition(":")
        name = written.lower()
        if not (colon and is_visible_ascii(name)) or "\r" in value or "\n" in value:
            readable = False
            break
        if name not in (*_ALWAYS, "list-owner") or name in names:
            yield f"un en-tête « {written} » de trop"
        names.add(name)
    if not readable:
        yield "des en-têtes illisibles"
    elif whole:
        for name in _ALWAYS:
            if name not in names:
                yield f"des en-têtes sans « {name} »"


# E-mail addresses inside a text, and the texts that are lists of them.

# Before the sign, what RFC 5321 calls a dot-string, without the signs that surround addresses more
# often than they are in one; after it, a domain of two labels at least. « @nom@serveur.fr » is a
# name on a social network.
_MAILBOX = expression(r"(?<![\w.@+&~-])[\w.+&~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,62}")
_BORDERS = str.maketrans(';,\t"', "||||")
_ALONE = 3
# How many people's addresses, whatever is said of them, are a list.
MANY = 10
_WORDS = 4
# Words of the addresses that belong to an office, not to a person: « contact@… ».
_ROLES = frozenset(
    "abonnement accueil administration animation asso association bibliotheque billetterie bonjour "
    "campus centre club college com communication contact contacts culture direction dpo ecole "
    "education equipe exposition groupes hello info information informations infos inscription "
    "inscriptions labo laboratoire lettre lycee mairie mediation mediatheque musee musees museum "
    "newsletter noreply observatoire office planetarium postmaster presse public publics reception "
    "redaction reservation reservations sciences scolaires secretariat service site support "
    "tourisme universite visites web webmaster".split()
)


class MailboxList(NamedTuple):
    """A list of addresses in a text: the line of the first (from 1), how many they are."""

    line: int
    total: int


def mailboxes(text: str) -> tuple[str, ...]:
    """Every address that ``text`` writes, once each, in lower case, in order.

    >>> mailboxes("Écrire à Zoe@Exemple.org, ou à @zoe@social.example ; zoe@exemple.org")
    ('zoe@exemple.org',)
    """
    if "%40" in text:
        text = unquote(text)
    if "@" not in text:
        return ()
    return tuple(dict.fromkeys(mailbox.lower() for mailbox in _MAILBOX.findall(text)))


def personal_mailboxes(text: str) -> tuple[str, ...]:
    """The same, without those that an office reads.

    >>> personal_mailboxes("zoe@exemple.org, contact@exemple.org, musee.amiens@exemple.org")
    ('zoe@exemple.org',)
    """
    return tuple(mailbox for mailbox in mailboxes(text) if not _is_office(mailbox))


def mailbox_list(text: str, *, table: bool = False) -> MailboxList | None:
    r"""The list of people's addresses that ``text`` is or holds, ``None`` when it holds none.

    Three that stand alone are a list, as ten among few words, or three cells of a ``table``; office
    addresses (« contact@… ») do not count.

    >>> mailbox_list("zoe@exemple.org\nali@exemple.org\nlea@exemple.org")
    MailboxList(line=1, total=3)
    """
    alone: dict[str, int] = {}
    named: dict[str, int] = {}
    for line, row in _lines(text):
        people = personal_mailboxes(row)
        letters = letters_in(_MAILBOX.sub(" ", row.replace("mailto:", " ")))
        words = [word for word in letters if len(word) > 1]
        parts = []
        if table:
            parts = row.translate(_BORDERS).split("|")
        cells = {cell.strip(" <>'").lower() for cell in parts}
        for mailbox in people:
            if not words or mailbox in cells:
                alone.setdefault(mailbox, line)
            elif len(words) <= _WORDS * len(people):
                named.setdefault(mailbox, line)
    listed = alone | {mailbox: line for mailbox, line in named.items() if mailbox not in alone}
    if len(alone) >= _ALONE or len(listed) >= MANY:
        return MailboxList(min(listed.values()), len(listed))
    return None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    if "@" in text:
        for rank, row in enumerate(text.split("\n"), 1):
            if "@" in row:
                yield rank, row


def _is_office(mailbox: str) -> bool:
    local = mailbox.partition("@")[0]
    return not _ROLES.isdisjoint(letters_in(fold(local)))
