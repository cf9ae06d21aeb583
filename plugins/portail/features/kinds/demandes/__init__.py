"""« On voudrait ça ici »: what schools, town halls, inhabitants ask for, until it is answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Fait, Feature, Output
from portail.outputs.pages.slots import (
    ANNONCE_BLOCS,
    ANSWERS,
    CATALOGUE_BAR,
    DESK_TABLES,
    EXPLORE,
    LIST_MORE,
    MACHINE,
    PLAN_OF,
    WEEKLY_ASKED,
    ZONE,
)

if TYPE_CHECKING:
    from portail.facts.base import Fact
    from portail.model.kinds import Kind
    from portail.outputs.base import Artifact
    from portail.outputs.pages.slots import DeskTable
    from portail.outputs.pages.views.lists import Bloc
    from portail.outputs.pages.views.shared import Lien, NavGroup
    from portail.site.item import Item
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.kinds.demandes.page import plan_demandes

    return plan_demandes(site)


def _wish(item: Item, site: Site) -> Fact:
    from portail.features.kinds.demandes.facts import wish

    return wish(item, site)


def _public(item: Item, site: Site) -> Fact:
    from portail.features.kinds.demandes.facts import public

    return public(item, site)


def _period(item: Item, site: Site) -> Fact:
    from portail.features.kinds.demandes.facts import period

    return period(item, site)


def _brief(item: Item, site: Site) -> Fact:
    from portail.features.kinds.demandes.facts import brief

    return brief(item, site)


def _answering(item: Item, site: Site) -> Fact:
    from portail.features.kinds.demandes.facts import answering

    return answering(item, site)


def _answers(site: Site, item: Item) -> Iterator[Lien]:
    from portail.features.kinds.demandes.facts import answers

    return answers(item, site)


def _helping(site: Site, item: Item) -> Iterable[Bloc]:
    from portail.features.kinds.demandes.helping import helping_blocs

    return helping_blocs(item, site)


def _links(site: Site) -> Sequence[Lien]:
    from portail.features.kinds.demandes.page import BOARD

    return BOARD.links(site)


def _list_links(site: Site, kind: Kind) -> Sequence[Lien]:
    from portail.features.kinds.demandes.page import BOARD

    return BOARD.list_links(site, kind)


def _plan_groups(site: Site, kind: Kind | None) -> Iterator[NavGroup]:
    from portail.features.kinds.demandes.page import BOARD

    return BOARD.plan_groups(site, kind)


def _waiting(site: Site) -> Iterator[Item]:
    from portail.features.kinds.demandes.board import waiting
    from portail.model.articles import DEMANDE

    return waiting(site, DEMANDE)


def _desk(site: Site) -> Iterator[DeskTable]:
    from portail.features.kinds.demandes.desk import desk_table

    return desk_table(site)


def _zone(site: Site, siren: str) -> Iterator[Lien]:
    from portail.features.kinds.demandes.desk import asked_in

    return asked_in(site, siren)


def _machine(site: Site, item: Item) -> Iterator[tuple[str, object]]:
    from portail.features.kinds.demandes.machine import demand

    return demand(item, site)


_WHOLE = ("page", "flux")

feature = Feature(
    name="demandes",
    title="« On voudrait ça ici »",
    needs=("alentours", "moteurs"),
    outputs=(Output("demandes", _plan),),
    facts=(
        Fait(_wish, "annonces", _WHOLE),
        Fait(_public, "annonces", _WHOLE),
        Fait(_period, "annonces", _WHOLE),
        Fait(_brief, "annonces", ("carte", "lettre")),
        Fait(_answering, "events", ("page",)),
        Fait(_answering, "ressources", ("page",)),
    ),
    slots={
        ANSWERS: _answers,
        ANNONCE_BLOCS: _helping,
        EXPLORE: _links,
        CATALOGUE_BAR: _links,
        LIST_MORE: _list_links,
        PLAN_OF: _plan_groups,
        WEEKLY_ASKED: _waiting,
        DESK_TABLES: _desk,
        ZONE: _zone,
        MACHINE: _machine,
    },
    pages=frozenset({"/demandes/"}),
)
