"""Relaxed sessions: light that stays on, doors that stay open, less noise, for those whom the dark,
the noise or sitting still keep away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from portail.feature import RECHERCHE, Facette, Fait, Feature
from portail.outputs.pages.slots import SESSION_NOTES

if TYPE_CHECKING:
    from portail.agenda.occurrences import Occurrence
    from portail.diagnostics import Diagnostic
    from portail.facts.base import Fact
    from portail.site.draft import Draft
    from portail.site.item import Item
    from portail.site.site import Site


def _relaxed(item: Item, site: Site) -> Fact:
    from portail.features.kinds.douces.sessions import relaxed

    return relaxed(item, site)


def _searched(item: Item, site: Site) -> Fact:
    from portail.features.kinds.douces.sessions import searched

    return searched(item, site)


def _switch(item: Item, items: Mapping[str, Item]) -> Iterable[str]:
    from portail.features.kinds.douces.sessions import has_relaxed

    return ("oui",) if has_relaxed(item) else ()


def _sessions(item: Item) -> Iterable[Occurrence]:
    from portail.features.kinds.douces.sessions import relaxed_sessions

    return relaxed_sessions(item)


def _notes(site: Site, item: Item) -> Iterable[tuple[int, str]]:
    from portail.features.kinds.douces.sessions import session_notes

    return session_notes(item)


def _check(draft: Draft) -> Iterable[Diagnostic]:
    from portail.features.kinds.douces.sessions import said_in_notes

    return said_in_notes(draft)


feature = Feature(
    name="douces",
    title="Séances douces",
    rules=(_check,),
    slots={SESSION_NOTES: _notes},
    facts=(Fait(_relaxed), Fait(_searched, canaux=(RECHERCHE,))),
    facets=(
        Facette(
            "seances-douces",
            "Séances douces",
            _switch,
            page=(
                "Agenda\u00a0: {bas}",
                "Rendez-vous des sciences{en_region} sans noir, moins bruyants, sorties libres.",
            ),
            seances=_sessions,
        ),
    ),
)
