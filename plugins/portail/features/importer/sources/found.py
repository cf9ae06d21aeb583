"""What a reader finds in a source, as the source says it.

A reader is a module with ``read(data: bytes, name: str, day: date) -> Iterator[Found]``: name of
the file, day of the import. It raises ``Refused``; an item that cannot be read says why
(``refused``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from portail.model.kinds import Kind


class Loss(Struct, frozen=True):
    """What a source says and no field takes; the reason in French, without capital nor stop."""

    name: str
    value: str = ""
    reason: str = ""
    kept: bool = False
    """It is taken all the same, cut or guessed: someone should read it again."""


class Picture(Struct, frozen=True):
    """A picture of a source: its URL, or its path from the folder of a saved site."""

    source: str
    alt: str = ""
    credit: str = ""
    licence: str = ""


class Found(Struct, frozen=True, kw_only=True):
    """One content before it fits the model: texts, lists, mappings; what is empty is unsaid."""

    row: int
    """Where it is, from 1: the line of a calendar, the rank of an item, the row of a table."""
    kind: Kind = Kind.EVENT
    namespace: str = ""
    """The key of ``ids_externes`` for its identifier: ``openagenda``, ``ical``…"""
    identifier: str = ""
    titre: str = ""
    resume: str = ""
    html: str = ""
    """Its text, in one of three forms: HTML of others, plain, or Markdown."""
    texte: str = ""
    markdown: str = ""
    quand: Mapping[str, Any] = field(default_factory=dict)
    """``debut`` and ``fin``, ``seances``, ``horaires``, or ``rrule`` with ``debut`` and ``fin``."""
    adresse: str | Mapping[str, str] = ""
    """As written, or by parts, with ``insee``, ``latitude``, ``longitude`` if they are known."""
    point: tuple[str, str] = ("", "")
    """Latitude and longitude of where it takes place, as written: what is abroad needs them."""
    en_ligne: str = ""
    formats: tuple[str, ...] = ()
    mots: tuple[str, ...] = ()
    """Key words; terms of a vocabulary become ``format``, ``publics``, ``themes``."""
    organisateurs: tuple[str, ...] = ()
    connus: tuple[str, ...] = ()
    """Names that may be those of persons: taken only when the directory has them."""
    tarif: Mapping[str, str] = field(default_factory=dict)
    conditions: str = ""
    """What the source says of prices and booking in its own words."""
    inscription: Mapping[str, str] = field(default_factory=dict)
    age: Mapping[str, str] = field(default_factory=dict)
    accessibilite: Mapping[str, str] = field(default_factory=dict)
    etat: str = ""
    jauge: str = ""
    langue: str = ""
    publie_le: str = ""
    modifie: str = ""
    url: str = ""
    """The page of the source that tells it: becomes a row of ``references``."""
    picture: Picture | None = None
    others: Mapping[str, Any] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()
    doubts: tuple[Loss, ...] = ()
    """What keeps it from being published before a person has looked: it is left to complete."""
    refused: str = ""
    """Why it cannot be read at all (French sentence, with what to do)."""
    cut: bool = False
    """Whether the source may have held more than what is read of it."""


class Record(Struct, frozen=True):
    """One content as its file would say it: keys of the model, in order, all scalars texts."""

    row: int
    kind: Kind
    namespace: str
    identifier: str
    values: Mapping[str, Any]
    body: str = ""
    losses: tuple[Loss, ...] = ()
    doubts: tuple[Loss, ...] = ()
    picture: Picture | None = None
