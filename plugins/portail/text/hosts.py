"""Names of hosts, in any script, as machines write them."""

from __future__ import annotations


def ascii_host(host: str) -> str:
    """The ASCII form of a name (RFC 5891, IDNA 2008), read as browsers do (UTS 46): « ß » and « ς »
    are letters of their own. Raises ``ValueError`` for what is no name.

    >>> ascii_host("Sciences.exemple.fr"), ascii_host("forêt.exemple.fr"), ascii_host("straße.de")
    ('sciences.exemple.fr', 'xn--fort-ipa.exemple.fr', 'xn--strae-oqa.de')
    """
    if not host:
        raise ValueError(host)
    if host.isascii():
        return host.encode("idna").decode("ascii").lower()
    import idna  # here: few names need its tables

    return idna.encode(host, uts46=True).decode("ascii").lower()


def is_label(label: str) -> bool:
    """Whether ``label`` is a part of an ASCII name (RFC 1123)."""
    return label.isascii() and label.replace("-", "").isalnum() and label.strip("-") == label


def is_host(name: str) -> bool:
    """Whether ``name`` is the ASCII name of a machine: two labels at least, the last of letters.

    >>> is_host("tube.example.org"), is_host("localhost"), is_host("127.0.0.1"), is_host("a..b")
    (True, False, False, False)
    """
    labels = name.split(".")
    return len(labels) > 1 and all(map(is_label, labels)) and not labels[-1].isdigit()
