"""What may be the telephone or the address of a person: only those of structures are published.

An association may own such a mobile or such a box: it is asked, never refused. The form reads the
same patterns, which schemas carry as ``x-prive``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["CONTACTS", "MAILBOXES", "PATTERNS", "Private", "private_contacts"]

MAILBOXES: tuple[str, ...] = tuple(
    "aliceadsl.fr aol.com aol.fr bbox.fr cegetel.net club-internet.fr free.fr gmail.com gmx.com "
    "gmx.fr gmx.net googlemail.com hotmail.com hotmail.fr icloud.com laposte.net live.com live.fr "
    "mac.com mailo.com me.com msn.com neuf.fr noos.fr nordnet.fr numericable.fr orange.fr "
    "outlook.com outlook.fr pm.me proton.me protonmail.com sfr.fr tutanota.com voila.fr wanadoo.fr "
    "yahoo.com yahoo.fr ymail.com".split()
)
"""Domains at which anyone has a box: those of access providers and of free services."""

PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        "mobile": r"(?<![0-9A-Za-z/=_.-])(?:(?:\+|00)33 ?(?:\(0\) ?)?|0)[67](?:[ .\u00a0\u202f-]?"
        r"[0-9]{2}){4}(?![0-9A-Za-z_-])",
        "courriel": r"(?<![0-9A-Za-z._%+-])[0-9A-Za-z][0-9A-Za-z._%+-]{0,63}@"
        r"([0-9A-Za-z-]{1,63}(?:\.[0-9A-Za-z-]{1,63}){1,8})",
    }
)
"""Read alike by Python and by browsers; the first group of an address is its domain."""

CONTACTS = frozenset({"courriel", "telephone"})
"""Fields that ask for those of a structure, and say so: nothing more is said of them."""

_MOBILE, _MAIL = (re.compile(PATTERNS[name]) for name in ("mobile", "courriel"))


class Private(NamedTuple):
    """Where it begins in a text, as it is written, and the sentence that says what it is."""

    start: int
    found: str
    sort: str


def private_contacts(text: str) -> Iterator[Private]:
    """Mobiles, and addresses at a provider for everyone, in the order of ``text``.

    >>> [one.found for one in private_contacts("Julie, 06 00 00 00 00, julie@gmail.com.")]
    ['06 00 00 00 00', 'julie@gmail.com']
    """
    found = []
    if "6" in text or "7" in text:  # seldom, and searched faster than the pattern
        found += [Private(one.start(), one[0], "mobile") for one in _MOBILE.finditer(text)]
    if "@" in text:
        found += [
            Private(one.start(), one[0], "courriel")
            for one in _MAIL.finditer(text)
            if one[1].lower() in MAILBOXES
        ]
    yield from sorted(found)
