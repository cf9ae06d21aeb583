"""Names of hosts, in any script, as machines write them."""

from __future__ import annotations


def ascii_host(host: str) -> str:
    """The ASCII form of a name (RFC 5891, IDNA 2008), read as browsers do (UTS 46): « ß » and « ς »
    are letters of their own. Raises ``ValueError`` for what is no name.

    >>> ascii_host("Sciences.exemple.fr"), ascii_host("forêt.exemple.fr"), ascii_host("straße.de")
    ('sciences.exemple.fr', 'xn--fort-ipa.exemple.fr', 'xn--strae-oqa.de')
    """
    if host.isascii():
        return host.encode("idna").decode("ascii").lower()
    import idna  # here: few names need its tables

    return idna.encode(host, uts46=True).decode("ascii").lower()
