"""Whether an item speaks of science: by who speaks, then by the series that it is of, by its words
at last (``data/sources/sciences.yml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from portail.model.kinds import place_ref
from portail.resources import shared
from portail.text.normalise import name_key
from portail_importer.tableurs.columns import BODY

from ..importer.base import Base
from ..importer.values import Request

# It does and hosts all sorts of things: each is judged by its words, but in a source of its own.
_HOST = "universite"


@cache
def _table(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(shared('sources/sciences')[name])})")


def is_of_science(code: str | None) -> bool:
    """Whether all that an organiser of this type of the directory does is science."""
    return code in shared("sources/sciences")["types"]


NOT_SCIENCE = "ne parle pas de science"


def is_kept(request: Request, too: Sequence[str], base: Base) -> bool:
    """Whether it speaks of science, or is among those that a portal keeps ``too``, by its title,
    its series (what its title begins with) or who organises it."""
    title = f"{name_key(request.text('titre'))} "
    names = {*map(name_key, _names(request))}
    keys = [*map(name_key, too)]
    asked = any(title.startswith(f"{key} ") or key in names for key in keys)
    return asked or speaks_of_science(request, base)


def speaks_of_science(request: Request, base: Base) -> bool:
    """Whether a request that a source of anything says is kept by a portal of sciences."""
    words = (*request.values.get("mots_cles", ()), *request.values.get("themes", ()))
    title = name_key(request.text("titre"))
    said = name_key(" ".join((title, request.text("resume"), *words)))
    text = name_key(request.text(BODY))
    if _table("programmes").search(f"{said} {text}"):
        return True
    if _table("sauf").search(title):
        return False
    if _table("acteurs").search(title) or any(_is_actor(it, base) for it in _names(request)):
        return True
    found = {*(match[0] for match in _table("mots").finditer(text))}
    return bool(_table("mots").search(said)) or len(found) > 1


def _names(request: Request) -> Iterator[str]:
    # Who organises it, and where.
    told = (request.text(name) for name in ("lieu", "adresse.nom"))
    yield from filter(None, (*request.values.get("organisateurs", ()), request.by, *told))


def _is_actor(name: str, base: Base) -> bool:
    there = base.items.get(place_ref(name))
    if there is None:
        return bool(_table("acteurs").match(name_key(name)))
    code = getattr(there.entry, "type", None)
    return is_of_science(code) and code != _HOST
