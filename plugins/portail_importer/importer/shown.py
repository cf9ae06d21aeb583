"""Whether a row of a spreadsheet is public: by its state, or a column that no field takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from portail.features.services.tableurs.columns import BODY, Sheet
from portail.features.services.tableurs.grid import Row
from portail.features.services.tableurs.models import NAMESPACE
from portail.text.normalise import fold
from portail.text.public import (
    Fate,
    Said,
    embargo_in,
    publication,
    safest,
    said_in,
    said_under,
    says,
    speaks,
    state_of,
)

from .base import Base
from .sources.items import Loss, remarks_of
from .sources.sheets import TICKS

# What a row says under « statut » when one of its columns keeps it from readers.
_HIDDEN = {Fate.DRAFT: "brouillon", Fate.DOUBT: "brouillon", Fate.LEFT: "privé"}


class Switches(NamedTuple):
    """What the columns that no field takes say of publication."""

    values: Mapping[str, Any]
    losses: tuple[Loss, ...] = ()


def switches_of(sheet: Sheet) -> Mapping[int, str]:
    """Heads, by their ranks, of the columns that no field takes and that say whether a row is
    public; those that are empty, or hidden, say nothing."""
    heads = {rank: head.partition("(")[0].strip() for rank, head in sheet.unknown.items()}
    return {
        rank: head
        for rank, head in heads.items()
        if rank not in sheet.grid.aside
        and any(
            speaks(head, text) or says(NAMESPACE, head)
            for row in sheet.rows
            if (text := _yes_or_no(row.at(rank).text))
        )
    }


def with_switches(
    values: Mapping[str, Any], row: Row, columns: Mapping[int, str], today: date
) -> Switches:
    """The ``values`` of a row with the « statut » that ``columns`` give it. A blank where others
    say « publié » means no, but under the row of its event, which says it for all of its dates."""
    said: list[Said] = []
    for rank, head in columns.items():
        text = _yes_or_no(row.at(rank).text)
        if says(NAMESPACE, head):
            said += said_in(NAMESPACE, {head: text})
        elif (text or values.get("titre")) and (it := said_under(head, text, today)):
            said.append(it)
    told = publication(said, today)
    losses = remarks_of(told)
    if state := safest(*(state_of(it.value) or "" for it in said if it.sort == "tenue")):
        values = {**values, "etat": safest(state, str(values.get("etat", "")))}
    own = publication(said_in(NAMESPACE, {"statut": values.get("statut", "")}), today)
    if told.fate not in _HIDDEN or own.fate > told.fate:
        return Switches(values, losses)
    return Switches({**values, "statut": _HIDDEN[told.fate]}, losses)


def _yes_or_no(text: str) -> str:
    return TICKS.get(fold(text), text)


def as_public(
    values: Mapping[str, Any], base: Base
) -> tuple[Mapping[str, Any], str, tuple[Loss, ...]]:
    """The values of a row that is ready, a draft, or not public, and why; an unknown word stays."""
    words = dict(_foreign_words(values, base))
    told = publication(said_in(NAMESPACE, words), base.portal.day)
    texts = (str(values.get(name) or "") for name in ("titre", "resume", BODY))
    losses = remarks_of(publication(embargo_in(*texts), base.portal.day))
    known = {key: value for key, value in values.items() if key not in words}
    if told.fate is Fate.LEFT:
        return known, told.refusal, ()
    kept = values if told.fate is Fate.DOUBT else known
    is_draft = told.fate is Fate.DRAFT or losses
    return {**kept, **({"statut": "brouillon"} if is_draft else {})}, "", losses


def _foreign_words(values: Mapping[str, Any], base: Base) -> Iterator[tuple[str, object]]:
    lists = base.vocabularies
    for key, terms in (("statut", lists["statuts"]), ("etat", lists["etats"])):
        if values.get(key) and values[key] not in terms:
            yield key, values[key]
