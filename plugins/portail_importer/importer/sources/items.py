"""The items that a reader finds in a source, as the source says them.

A reader is a module with ``read(data: bytes, name: str, day: date) -> Iterator[SourceItem]``, where
``name`` is that of the file and ``day`` that of the import. It raises ``Refused``; an item that
cannot be read says why (``refused``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from portail.model.kinds import Kind
from portail_importer.importer.public import Publication, Said

from ..kinds import MEETING

# What is told of where an item is, that no field takes.
POINT = "position"
ELSEWHERE = "une séance est ailleurs\u00a0: faites-en un autre événement, ou ôtez-la"


class Loss(Struct, frozen=True):
    """Something of a source that was cut or guessed: someone is told; ``reason`` in French, no
    capital, no full stop."""

    name: str
    value: str = ""
    reason: str = ""
    # Where its source answers for all that say ``value`` (« colonnes », « lieux »); a proposal.
    asked: str = ""
    meant: str = ""


def remarks_of(told: Publication) -> tuple[Loss, ...]:
    return tuple(Loss(*remark) for remark in told.remarks)


class Picture(Struct, frozen=True):
    """A picture of a source: its URL, or its path from the folder of a saved site."""

    source: str
    alt: str = ""
    credit: str = ""
    licence: str = ""


class SourceItem(Struct, frozen=True, kw_only=True):
    """One content before it fits the model; an empty value means that the source does not say."""

    # Where it is, from 1: the line of a calendar, the rank of an item, the row of a table.
    row: int
    kind: Kind = MEETING
    # The key of ``ids_externes`` for its identifier: ``openagenda``, ``ical``…
    namespace: str = ""
    identifier: str = ""
    titre: str = ""
    resume: str = ""
    # Its text, in one of three forms: HTML of others, plain, or Markdown.
    html: str = ""
    texte: str = ""
    markdown: str = ""
    # ``debut`` and ``fin``, ``seances``, ``horaires``, or ``rrule`` with ``debut`` and ``fin``.
    quand: Mapping[str, Any] = field(default_factory=dict)
    # As written, or by parts, with ``insee``, ``latitude``, ``longitude`` if they are known.
    adresse: str | Mapping[str, str] = ""
    # Latitude and longitude of where it takes place, as written: what is abroad needs them.
    point: tuple[str, str] = ("", "")
    en_ligne: str = ""
    formats: tuple[str, ...] = ()
    # What its source says of its publication, but for the day.
    said: tuple[Said, ...] = ()
    # Key words; terms of a vocabulary become ``format``, ``publics``, ``themes``.
    mots: tuple[str, ...] = ()
    organisateurs: tuple[str, ...] = ()
    # Who published it there, where nothing says who organises it.
    par: str = ""
    # Names that may be those of persons: taken only when the directory has them.
    connus: tuple[str, ...] = ()
    tarif: Mapping[str, str] = field(default_factory=dict)
    # What the source says of prices and booking in its own words.
    conditions: str = ""
    inscription: Mapping[str, str] = field(default_factory=dict)
    age: Mapping[str, str] = field(default_factory=dict)
    accessibilite: Mapping[str, str] = field(default_factory=dict)
    etat: str = ""
    jauge: str = ""
    langue: str = ""
    # What it says of the rights of its text, as written: words, addresses.
    droits: tuple[str, ...] = ()
    publie_le: str = ""
    modifie: str = ""
    # The page of the source that tells it: becomes a row of ``references``.
    url: str = ""
    picture: Picture | None = None
    # Fields of the model that have no attribute here: ``auteurs``, ``references``.
    extra: Mapping[str, Any] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()
    # What no field takes, by its name there: it may say that it is not public.
    untaken: tuple[tuple[str, str], ...] = ()
    # What a person must check before publication: the item becomes a file to complete.
    doubts: tuple[Loss, ...] = ()
    # Why it cannot be read at all (French sentence, with what to do).
    refused: str = ""
    # Whether the source may have held more than what is read of it.
    cut: bool = False
    # Whether its source says that it is not public: it only says which content it may once have
    # been, and nothing of it is shown.
    hidden: bool = False


def hidden(item: SourceItem, refusal: str) -> SourceItem:
    """``item``, which is not public for the reason ``refusal``, with nothing but what tells it from
    others: a former import may have made a content of it."""
    return SourceItem(
        row=item.row,
        kind=item.kind,
        namespace=item.namespace,
        identifier=item.identifier,
        titre=item.titre,
        quand=item.quand,
        url=item.url,
        refused=refusal,
        cut=item.cut,
        hidden=True,
    )
