"""Addresses as Pelican makes them of titles."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from unidecode import unidecode

PELICAN_SUBSTITUTIONS: Sequence[tuple[str, str]] = (
    (r"[^\w\s-]", ""),
    (r"(?u)\A\s*", ""),
    (r"(?u)\s*\Z", ""),
    (r"[-\s]+", "-"),
)
"""``SLUG_REGEX_SUBSTITUTIONS`` of Pelican 4."""
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)


def pelican_slug(text: str, substitutions: Sequence[tuple[str, str]]) -> str:
    """The slug that Pelican makes of a title or of a name of category.

    >>> pelican_slug("L’eau : d’où vient-elle ?", PELICAN_SUBSTITUTIONS)
    'leau-dou-vient-elle'
    """
    slug = unidecode(html.unescape(_TAG.sub("", text)) if "<" in text else text)
    for pattern, by in substitutions:
        slug = re.sub(pattern, by, slug, flags=re.IGNORECASE)
    return slug.lower().strip()
