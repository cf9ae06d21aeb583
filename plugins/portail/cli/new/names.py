"""Names that a command reads or makes: that of a kind, that of a new file."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from portail.errors import ConfigError
from portail.files import is_reserved_name
from portail.model.kinds import KINDS, RESERVED_PAGE_SLUGS, Kind
from portail.text.normalise import fold
from portail.text.slugs import SLUG_LENGTH, slug_of_filename, slugify
from portail.text.suggest import nearest

__all__ = ["file_name", "free_name", "kind_named"]

_NAMELESS = "mon-contenu"


def kind_named(text: str) -> Kind:
    """The kind called ``text``: its folder, class or French name, any case, with or without
    accents (« temps fort », « events », « Événement »). Raises ``ConfigError``, with the nearest.
    """
    names = {
        fold(name).replace("-", " "): kind
        for kind, info in KINDS.items()
        for name in (info.folder, info.class_name, info.nom, info.pluriel)
    }
    found = names.get(fold(text).replace("-", " ").replace("_", " "))
    if found is None:
        near = nearest(text, names, limit=1)
        told = f" Le plus proche : « {near[0]} »." if near else ""
        known = ", ".join(info.nom for info in KINDS.values())
        raise ConfigError(f"« {text} » n’est pas un genre de contenu.{told} Genres : {known}.")
    return found


def file_name(kind: Kind, title: str, today: date) -> str:
    """Name of the file, without its extension; a letter has the name of its week."""
    if kind is Kind.NEWSLETTER:
        year, week, _ = today.isocalendar()
        return f"{year}-s{week:02}"
    return slugify(title) or _NAMELESS


def free_name(kind: Kind, title: str, today: date, taken: Container[str]) -> str:
    """``file_name``, with a number when a content has its slug already or the name is not ours.

    ``taken`` holds references (``events/nuit``). The issue of a week has one name only.
    """
    name = file_name(kind, title, today)
    if kind is Kind.NEWSLETTER or _is_free(kind, name, taken):
        return name
    rank = 2
    while True:
        numbered = f"{name[: SLUG_LENGTH - 5].rstrip('-')}-{rank}"
        if _is_free(kind, numbered, taken):
            return numbered
        rank += 1


def _is_free(kind: Kind, name: str, taken: Container[str]) -> bool:
    slug = slug_of_filename(f"{name}.md")
    kept = kind is Kind.PAGE and slug in RESERVED_PAGE_SLUGS
    return not (kept or is_reserved_name(name) or f"{kind.value}/{slug}" in taken)
