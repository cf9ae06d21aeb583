"""Addresses of the Web as a report or a log may show them."""

from __future__ import annotations

import re


def shown_address(url: str) -> str:
    """The site of an address, without what comes before and after it: that may be the key of a
    private calendar.

    >>> shown_address("https://club:secret@agenda.example.org:8443/private-1f2e/basic.ics?cle=1")
    'https://agenda.example.org:8443/…'
    """
    scheme, _, rest = url.partition("://")
    site, slash, path = re.split(r"([/?#]|\Z)", rest, maxsplit=1)
    return (
        f"{scheme}://{site.rpartition('@')[2][:100]}{'/…' if path or slash not in '/' else slash}"
    )
