"""Where examples are: the words of an instance's region, in place of ``$commune`` and the like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TypeVar

T = TypeVar("T")

_WORD = re.compile(r"\$([a-z_]+)")


def filled(value: T, words: Mapping[str, str]) -> T:
    """``value``, of texts, lists and mappings, where ``$nom`` is the word ``nom`` of ``words``; a
    name that is none stays as it is written.

    >>> filled({"adresse": ["$code_postal $commune", "$id"]}, PLACE.words)
    {'adresse': ['75001 Paris', '$id']}
    """
    if isinstance(value, str):
        text = _WORD.sub(lambda found: words.get(found[1], found[0]), value)
        return text if "$" in value else value  # type: ignore[return-value]
    if isinstance(value, Mapping):
        return {filled(key, words): filled(one, words) for key, one in value.items()}  # type: ignore[return-value]
    if isinstance(value, list | tuple):
        return type(value)(filled(one, words) for one in value)
    return value


@dataclass(frozen=True)
class Place:
    """A commune as a file writes it (``commune``: with its département if its name is shared), its
    INSEE ``code``, a postcode, the code of its département, the slug and SIREN of its EPCI, the
    name of its region, degrees (WGS 84) as text."""

    commune: str
    code: str
    code_postal: str
    departement: str
    territoire: str
    siren: str
    region: str
    lat: str
    lon: str

    @cached_property
    def words(self) -> Mapping[str, str]:
        """What ``filled`` puts in place of each name."""
        return asdict(self)


PLACE = Place(
    commune="Paris",
    code="75056",
    code_postal="75001",
    departement="75",
    territoire="metropole-du-grand-paris",
    siren="200054781",
    region="Île-de-France",
    lat="48.8566",
    lon="2.3522",
)
"""That of a portal without a region, and of the documents of the project."""
