"""Addresses of the Web: read whole, or as a report or a log may show them."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

SCHEMES = ("http", "https")
_NO_PARTS = SplitResult("", "", "", "", "")


def address_parts(text: str) -> SplitResult:
    """The parts of an address, whole or not; all are empty when ``text`` cannot be one: brackets
    that do not close, a port that is no port. Neither this nor the parts ever raise.

    >>> address_parts("https://e.org:80/a").hostname, address_parts("https://[à venir]").hostname
    ('e.org', None)
    """
    try:
        parts = urlsplit(text)
        _ = parts.port
        if ":" in (host := parts.hostname or ""):
            ip_address(host)
    except ValueError:
        return _NO_PARTS
    return parts


def joined_address(base: str, text: str) -> str:
    """Where ``text``, written at the address ``base``, leads; empty when one cannot be read.

    >>> joined_address("https://e.org/a/b", "../c"), joined_address("https://e.org", "//[x]/")
    ('https://e.org/c', '')
    """
    try:
        return address_parts(urljoin(base, text)).geturl()
    except ValueError:
        return ""


def web_parts(text: str, schemes: Collection[str] = SCHEMES) -> SplitResult | None:
    """The parts of a whole address; ``None`` for anything else, and for one with blanks, quotes,
    brackets of HTML or a name before its host."""
    if not text.isprintable() or not set(' "<>').isdisjoint(text):
        return None
    parts = address_parts(text)
    host = parts.hostname or ""
    named = ":" in host or host.translate(_IN_HOSTS).isalnum()
    if not named or "@" in parts.netloc or parts.netloc.endswith(":"):
        return None
    if parts.scheme in schemes:
        return parts
    return None


_IN_HOSTS = str.maketrans("", "", ".-_")


def is_address(text: str, schemes: Collection[str] = SCHEMES) -> bool:
    """Whether ``text`` is a whole address of the Web, of one of the ``schemes``.

    >>> is_address("https://e.org/a?b=1"), is_address("https://moi:secret@e.org"), is_address("/a")
    (True, False, False)
    """
    return web_parts(text, schemes) is not None


def is_origin(text: str, schemes: Collection[str] = SCHEMES) -> bool:
    """Whether ``text`` is an address without path, as a policy of contents names it.

    >>> is_origin("https://e.org:8443"), is_origin("https://e.org/"), is_origin("https://e.org;a")
    (True, False, False)
    """
    parts = web_parts(text, schemes) if text.isascii() else None
    return parts is not None and text == f"{parts.scheme}://{parts.netloc}"


def shown_address(url: str) -> str:
    """The site of an address, without what comes before and after it: that may be the key of a
    private calendar.

    >>> shown_address("https://club:secret@agenda.example.org:8443/private-1f2e/basic.ics?cle=1")
    'https://agenda.example.org:8443/…'
    """
    scheme, _, after_scheme = url.partition("://")
    end = min((at for at in map(after_scheme.find, "/?#") if at >= 0), default=len(after_scheme))
    after = after_scheme[end:]
    site = after_scheme[:end].rpartition("@")[2][:100]
    return f"{scheme}://{site}{after if after in ('', '/') else '/…'}"
