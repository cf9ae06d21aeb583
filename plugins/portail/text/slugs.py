"""Identifiers made for addresses: ``a-z``, ``0-9`` and single hyphens."""

from __future__ import annotations

import re
from datetime import date

from portail.text.normalise import fold

__all__ = ["SLUG_LENGTH", "is_slug", "slug_of_filename", "slugify"]

SLUG_LENGTH = 80
"""Longest slug, in characters."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PARTS = re.compile(r"[a-z0-9]+")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-(?=.)", re.ASCII | re.DOTALL)


def is_slug(text: str) -> bool:
    """Whether ``text`` may be a slug as it is.

    >>> is_slug("la-coupole"), is_slug("La Coupole"), is_slug("a--b")
    (True, False, False)
    """
    return len(text) <= SLUG_LENGTH and _SLUG.fullmatch(text) is not None


def slugify(text: str) -> str:
    """The slug of a title, cut between words; empty when no letter or digit of ``text`` is Latin.

    >>> slugify("L’œuvre d’Émile Borel : 1re séance")
    'l-oeuvre-d-emile-borel-1re-seance'
    """
    slug = "-".join(_PARTS.findall(fold(text)))
    if len(slug) <= SLUG_LENGTH:
        return slug
    kept, _, _ = slug[: SLUG_LENGTH + 1].rpartition("-")
    return kept or slug[:SLUG_LENGTH]


def slug_of_filename(name: str) -> str:
    """What the name of a content file gives as slug: no ``.md``, no leading day.

    Nothing else is mended: the caller checks the result with ``is_slug``.

    >>> slug_of_filename("2021-10-01-nuit-des-chercheurs.md")
    'nuit-des-chercheurs'
    >>> slug_of_filename("2021-s39.md"), slug_of_filename("2021-13-45-x.md")
    ('2021-s39', '2021-13-45-x')
    """
    stem = name.removesuffix(".md")
    dated = _DATED.match(stem)
    if dated and _is_day(dated[1]):
        return stem[dated.end() :]
    return stem


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
