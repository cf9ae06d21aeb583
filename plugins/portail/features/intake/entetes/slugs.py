"""Addresses as Pelican makes them of titles."""

from __future__ import annotations

import html
import re

from unidecode import unidecode

_SUBSTITUTIONS = (
    (r"[^\w\s-]", ""),
    (r"(?u)\A\s*", ""),
    (r"(?u)\s*\Z", ""),
    (r"[-\s]+", "-"),
)
"""``SLUG_REGEX_SUBSTITUTIONS`` of Pelican 4."""
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)


def pelican_slug(text: str) -> str:
    """The slug that Pelican makes of a title or of a name of category.

    >>> pelican_slug("L’eau : d’où vient-elle ?")
    'leau-dou-vient-elle'
    """
    slug = unidecode(html.unescape(_TAG.sub("", text)) if "<" in text else text)
    for pattern, by in _SUBSTITUTIONS:
        slug = re.sub(pattern, by, slug, flags=re.IGNORECASE)
    return slug.lower().strip()
