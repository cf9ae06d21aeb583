"""The name of the file of a new content, from its title."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from itertools import count

from portail.files import is_reserved_name
from portail.model.kinds import RESERVED_PAGE_SLUGS, WEEKLY, Kind
from portail.text.normalise import SLUG_LENGTH, slug_of_filename, slugify


def file_name(kind: Kind, title: str, today: date) -> str:
    """Name of the file, without its extension; what is of a week has its name."""
    if kind in WEEKLY:
        year, week, _ = today.isocalendar()
        return f"{year}-s{week:02}"
    return slugify(title) or "mon-contenu"


def free_name(kind: Kind, title: str, today: date, taken: Container[str]) -> str:
    """``file_name``, with a number when the name is reserved or its reference (``events/nuit``) is
    ``taken``, but for what is of a week."""
    name = file_name(kind, title, today)
    if kind in WEEKLY or _is_free(kind, name, taken):
        return name
    numbered = (f"{name[: SLUG_LENGTH - 5].rstrip('-')}-{rank}" for rank in count(2))
    return next(candidate for candidate in numbered if _is_free(kind, candidate, taken))


def _is_free(kind: Kind, name: str, taken: Container[str]) -> bool:
    slug = slug_of_filename(f"{name}.md")
    reserved = kind.info.at_root and slug in RESERVED_PAGE_SLUGS
    return not (reserved or is_reserved_name(name) or f"{kind.value}/{slug}" in taken)
