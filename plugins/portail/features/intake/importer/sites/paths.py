"""Addresses that another generator gave to its pages, from the pattern of its settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import unquote

_BRACES = re.compile(r"\{(\w+)(?:\.\w+)?(?:!\w)?(?::([^{}]*))?\}")
_COLONS = re.compile(r":([a-z_]+)(?:\[[^\]]*\])?")
_STRFTIME = re.compile(r"%(-?[A-Za-z])")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def jekyll_slug(text: str) -> str:
    """The slug that Jekyll and Hugo make of a title: letters of any script and digits stay.

    >>> jekyll_slug("Un été à l'eau !")
    'un-été-à-l-eau'
    """
    return re.sub(r"[^\w]+", "-", text, flags=re.UNICODE).strip("-").lower().replace("_", "-")


def hugo_slug(text: str) -> str:
    """What Hugo makes of a name in an address (``urlize``): blanks are hyphens, signs go.

    >>> hugo_slug("Un été à l'eau !")
    'un-été-à-leau'
    """
    clean = re.sub(r"[^\w\s./-]", "", text.strip(), flags=re.UNICODE)
    return re.sub(r"-{2,}", "-", re.sub(r"\s+", "-", clean)).strip("-").lower()


def filled(pattern: str, values: Mapping[str, str], day: str) -> str:
    """A pattern of Pelican (``{date:%Y}/{slug}.html``) with ``values``. Raises ``KeyError``
    for what a text does not say, ``ValueError`` for its day."""

    def value(match: re.Match[str]) -> str:
        dated = match[1] == "date"
        return _dated(match[2] or "%Y-%m-%d", day) if dated else values[match[1]]

    return _BRACES.sub(value, pattern)


def rooted(path: str) -> str:
    """An address from « / », without ``index.html`` at its end."""
    return "/" + re.sub(r"(?:^|/)index\.html$", "/", path).lstrip("/")


def _dated(form: str, day: str) -> str:
    """A day as ``strftime`` writes it in English, for the directives that addresses use."""
    when = date.fromisoformat(day)

    def value(match: re.Match[str]) -> str:
        directives = {
            "Y": f"{when:%Y}",
            "y": f"{when:%y}",
            "m": f"{when:%m}",
            "d": f"{when:%d}",
            "j": f"{when:%j}",
            "b": _MONTHS[when.month - 1],
            "-m": str(when.month),
            "-d": str(when.day),
        }
        return directives[match[1]]

    return _STRFTIME.sub(value, form)


def permalink(pattern: str, values: Mapping[str, str], day: str) -> str:
    """A pattern of Jekyll or Hugo (``/:year/:month/:title/``) with ``values``. Raises
    ``KeyError`` for a token that no text has, ``ValueError`` for no day."""
    forms = {
        "year": "%Y",
        "short_year": "%y",
        "month": "%m",
        "i_month": "%-m",
        "day": "%d",
        "i_day": "%-d",
        "y_day": "%j",
        "yearday": "%j",
    }

    def value(match: re.Match[str]) -> str:
        form = forms.get(match[1])
        return _dated(form, day) if form else values[match[1]]

    return re.sub(r"/{2,}", "/", _COLONS.sub(value, pattern))


def key_of(address: str) -> str:
    """One key for all the ways in which a page of a site is named: without ``index.html`` nor the
    slash at its end, « %C3%A9 » read.

    >>> key_of("/a/index.html"), key_of("a/"), key_of("/")
    ('a', 'a', '')
    """
    path = unquote(address.partition("#")[0].partition("?")[0]).strip("/")
    return re.sub(r"(?:^|/)index\.html?$", "", path)
