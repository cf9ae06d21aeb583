"""Whether a row of a spreadsheet is public: by its state, or a column that says it by yes or no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from portail.features.intake.importer.base import Base
from portail.features.intake.importer.embargo import embargo_in
from portail.features.intake.importer.sources.items import Loss
from portail.features.intake.importer.sources.sheets import TICKS
from portail.features.services.tableurs.columns import BODY, Sheet
from portail.features.services.tableurs.grid import Row
from portail.features.services.tableurs.models import NAMESPACE
from portail.model.faults import Fault
from portail.text.normalise import fold, name_key
from portail.text.public import (
    Fate,
    Publication,
    public_table,
    publication,
    said_in,
)

_HIDDEN = {Fate.DRAFT: "brouillon", Fate.LEFT: "privé"}
"""What a row says under « statut » when one of its columns keeps it from readers."""
_REMEDY = "Écrivez « oui » ou « non ». Si elle ne dit pas ce qui se publie, renommez cette colonne."


class Switched(NamedTuple):
    """What the columns that say yes or no come to."""

    values: Mapping[str, Any]
    losses: tuple[Loss, ...] = ()
    faults: tuple[tuple[Fault, int], ...] = ()
    """Words that are neither, with the rank of their column."""


def switches_of(sheet: Sheet) -> Mapping[int, str]:
    """Heads, by their ranks, of the columns that say by yes or no whether a row is public; those
    that are empty, or hidden, say nothing."""
    source = public_table().sources[NAMESPACE]
    known = {*map(name_key, (*source.publie, *source.brouillon, *source.laisse))}
    heads = {rank: head.partition("(")[0].strip() for rank, head in sheet.unknown.items()}
    return {
        rank: head
        for rank, head in heads.items()
        if rank not in sheet.grid.aside
        and name_key(head) in known
        and any(row.at(rank).text for row in sheet.rows)
    }


def switched(
    values: Mapping[str, Any], row: Row, columns: Mapping[int, str], today: date
) -> Switched:
    """The ``values`` of a row with the « statut » that ``columns`` give it. A blank means no, but
    under the row of its event, which says it for all of its dates."""
    blank = "non" if values.get("titre") else ""
    said = {rank: _yes_or_no(row.at(rank).text) or blank for rank in columns}
    told = {rank: _told({head: said[rank]}, today) for rank, head in columns.items()}
    faults = tuple(
        (Fault("E203", (), {"valeur": said[rank], "cle": head, "remede": _REMEDY}), rank)
        for rank, head in columns.items()
        if told[rank].fate is Fate.DOUBT
    )
    safest = max(told.values(), key=lambda it: it.fate, default=Publication())
    own = _told({"statut": values.get("statut", "")}, today)
    if safest.fate not in _HIDDEN or own.fate > safest.fate:
        return Switched(values, (), faults)
    losses = tuple(Loss(*remark, review=True) for remark in safest.remarks)
    return Switched({**values, "statut": _HIDDEN[safest.fate]}, losses, faults)


def _yes_or_no(text: str) -> str:
    return TICKS.get(fold(text), text)


def _told(said: Mapping[str, object], today: date) -> Publication:
    return publication(said_in(NAMESPACE, said), today)


def as_public(values: Mapping[str, Any], base: Base) -> tuple[Mapping[str, Any], str]:
    """The values of a row that is ready, a draft, or not public, and why it is not; a word that is
    not known stays, for the model to refuse it."""
    words = dict(_foreign_words(values, base))
    told = _told(words, base.portal.day)
    known = {key: value for key, value in values.items() if key not in words}
    if told.fate is Fate.LEFT:
        return known, told.refusal
    if told.fate is Fate.DOUBT:
        return values, ""
    return known | ({"statut": "brouillon"} if told.fate is Fate.DRAFT else {}), ""


def under_embargo(
    values: Mapping[str, Any], base: Base
) -> tuple[Mapping[str, Any], tuple[Loss, ...]]:
    """The values of a row, which are a draft when one of its texts says that it is under embargo,
    and what it says of it."""
    titre, *texts = (str(values.get(name) or "") for name in ("titre", "resume", BODY))
    told = publication(embargo_in(titre, *texts), base.portal.day)
    losses = tuple(Loss(*remark, review=True) for remark in told.remarks)
    return ({**values, "statut": "brouillon"} if told.fate is Fate.DOUBT else values), losses


def _foreign_words(values: Mapping[str, Any], base: Base) -> Iterator[tuple[str, object]]:
    """States that are not terms of the portal, by their fields."""
    lists = base.vocabularies
    for key, terms in (("statut", lists["statuts"]), ("etat", lists["etats"])):
        if values.get(key) and values[key] not in terms:
            yield key, values[key]
