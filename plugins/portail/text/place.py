"""Where examples are: the words of an instance's region, in place of ``$commune`` and the like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TypeVar

from portail.late import expression

T = TypeVar("T")

_WORD = expression(r"\$([a-z_]+)")


def filled(value: T, words: Mapping[str, object]) -> T:
    """``value``, of texts, lists and mappings, where ``$nom`` is the word ``nom`` of ``words``, a
    typed where it stands alone; a name that is none stays as it is written.

    >>> filled({"adresse": ["$code_postal $commune", "$id"], "lat": "$lat"}, PLACE.typed)
    {'adresse': ['75001 Paris', '$id'], 'lat': 48.8566}
    """
    if isinstance(value, str):
        if "$" not in value:
            return value
        if value[:1] == "$" and value[1:] in words:
            return words[value[1:]]  # type: ignore[return-value]
        return _WORD.sub(lambda match: str(words.get(match[1], match[0])), value)  # type: ignore[return-value]
    if isinstance(value, Mapping):
        return {filled(key, words): filled(inner, words) for key, inner in value.items()}  # type: ignore[return-value]
    if isinstance(value, list | tuple):
        return type(value)(filled(inner, words) for inner in value)
    return value


@dataclass(frozen=True)
class Place:
    """A commune as a file writes it (``commune``: with its département if its name is shared), its
    INSEE ``code``, a postcode, the code of its département, the slug and SIREN of its EPCI, the
    name of its region, degrees (WGS 84)."""

    commune: str
    code: str
    code_postal: str
    departement: str
    territoire: str
    siren: str
    region: str
    lat: float
    lon: float

    @cached_property
    def words(self) -> Mapping[str, str]:
        """What ``filled`` puts in place of each name, in a file."""
        return {name: str(value) for name, value in asdict(self).items()}

    @cached_property
    def typed(self) -> Mapping[str, object]:
        """The same in JSON, where degrees are numbers."""
        return asdict(self)


# That of a portal without a region, and of the documents of the project.
PLACE = Place(
    commune="Paris",
    code="75056",
    code_postal="75001",
    departement="75",
    territoire="metropole-du-grand-paris",
    siren="200054781",
    region="Île-de-France",
    lat=48.8566,
    lon=2.3522,
)
