"""E-mail addresses inside a text, and the texts that are lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from portail.text.normalise import fold

__all__ = ["MANY", "MailboxList", "mailbox_list", "mailboxes", "personal_mailboxes"]

# Before the sign, what RFC 5321 calls a dot-string, without the signs that surround addresses more
# often than they are in one; after it, a domain of two labels at least. « @nom@serveur.fr » is a
# name on a social network.
_MAILBOX = re.compile(r"(?<![\w.@+&~-])[\w.+&~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,62}")
_BORDERS = re.compile(r"[;,\t|\"]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ALONE = 3
MANY = 10
"""How many people's addresses, whatever is said of them, are a list."""
_WORDS = 4
_ROLES = frozenset(
    "abonnement accueil administration animation asso association bibliotheque billetterie bonjour "
    "campus centre club college com communication contact contacts culture direction dpo ecole "
    "education equipe exposition groupes hello info information informations infos inscription "
    "inscriptions labo laboratoire lettre lycee mairie mediation mediatheque musee musees museum "
    "newsletter noreply observatoire office planetarium postmaster presse public publics reception "
    "redaction reservation reservations sciences scolaires secretariat service site support "
    "tourisme universite visites web webmaster".split()
)
"""Words of the addresses that belong to an office, not to a person: « contact@… »."""


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
    return tuple(dict.fromkeys(one.lower() for one in _MAILBOX.findall(text)))


def personal_mailboxes(text: str) -> tuple[str, ...]:
    """The same, without those that an office reads.

    >>> personal_mailboxes("zoe@exemple.org, contact@exemple.org, musee.amiens@exemple.org")
    ('zoe@exemple.org',)
    """
    return tuple(one for one in mailboxes(text) if not _is_office(one))


def mailbox_list(text: str, *, table: bool = False) -> MailboxList | None:
    """The list of people's addresses that ``text`` is or holds, ``None`` when it holds none.

    Three addresses that stand alone, each on its line or all on one, are a list; so are ten that
    few words go with (« Zoé Martin, zoe@exemple.org »); in a ``table`` (CSV), three cells that are
    an address each. What an office reads (« contact@… ») does not count: pages publish it.

    >>> mailbox_list("zoe@exemple.org\\nali@exemple.org\\nlea@exemple.org")
    MailboxList(line=1, total=3)
    >>> mailbox_list("Écrivez à zoe@exemple.org, ali@exemple.org ou lea@exemple.org.")
    """
    alone: dict[str, int] = {}
    named: dict[str, int] = {}
    for line, row in _lines(text):
        found = personal_mailboxes(row)
        words = _WORD.findall(_MAILBOX.sub(" ", row.replace("mailto:", " ")))
        cells = {cell.strip(" <>'").lower() for cell in _BORDERS.split(row)} if table else set()
        for one in found:
            if not words or one in cells:
                alone.setdefault(one, line)
            elif len(words) <= _WORDS * len(found):
                named.setdefault(one, line)
    held = alone | {one: line for one, line in named.items() if one not in alone}
    if len(alone) >= _ALONE or len(held) >= MANY:
        return MailboxList(min(held.values()), len(held))
    return None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines that may hold an address, numbered from 1."""
    if "@" in text:
        for rank, row in enumerate(text.split("\n"), 1):
            if "@" in row:
                yield rank, row


def _is_office(mailbox: str) -> bool:
    local = mailbox.partition("@")[0]
    return not _ROLES.isdisjoint(re.split(r"[\W\d_]+", fold(local)))
