"""E-mail addresses inside a text."""

from __future__ import annotations

import re
from urllib.parse import unquote

__all__ = ["mailboxes"]

# Before the sign, what RFC 5321 calls a dot-string; after it, a domain of two labels at least.
# « @nom@serveur.fr » is a name on a social network.
_MAILBOX = re.compile(
    r"(?<![\w.@+-])[\w!#$%&'*+/=?^`{|}~.-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,62}"
)


def mailboxes(text: str) -> tuple[str, ...]:
    """Every address that ``text`` writes, once each, in lower case, in order.

    >>> mailboxes("Écrire à Zoe@Exemple.org, ou à @zoe@social.example ; zoe@exemple.org")
    ('zoe@exemple.org',)
    """
    if "%40" in text:
        text = unquote(text)
    if "@" not in text:
        return ()
    found = (one.strip("'=/").lower() for one in _MAILBOX.findall(text))
    return tuple(dict.fromkeys(found))
