"""Years in figures, of the portal and of its loans; the bilan of a structure or of a territory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Around, Feature, Output, Source
from portail.outputs.pages.slots import ABOUT, CATALOGUE_BAR, FORMER_ADDRESSES
from portail.settings import Setting, read_flag

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.features.desk.chiffres.reports import Declared
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien
    from portail.site.site import Site

_SHOWN = "PORTAIL_CHIFFRES"


def _load(around: Around) -> tuple[tuple[Declared, ...], Iterable[Diagnostic]]:
    from portail.features.desk.chiffres.reports import load_declared
    from portail.resources import own_of

    return load_declared(own_of(around.data)), ()


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.desk.chiffres.page import plan_figures, plan_loans

    yield from plan_figures(site)
    yield from plan_loans(site)


def _about(site: Site) -> Sequence[Lien]:
    from portail.features.desk.chiffres.links import about_links

    return about_links(site)


def _catalogue_bar(site: Site) -> Sequence[Lien]:
    from portail.features.desk.chiffres.links import loan_links

    return loan_links(site)


def _former_addresses(site: Site) -> Iterator[tuple[str, str]]:
    from portail.features.desk.chiffres.links import former_addresses

    return former_addresses(site)


feature = Feature(
    name="chiffres",
    title="Les années en chiffres",
    needs=("alentours", "bilans", "editions", "prets"),
    settings=(Setting(_SHOWN, read_flag(_SHOWN), default=False),),
    reads=(Source("chiffres", _load),),
    outputs=(Output("chiffres", _plan),),
    slots={
        ABOUT: _about,
        CATALOGUE_BAR: _catalogue_bar,
        FORMER_ADDRESSES: _former_addresses,
    },
    pages=frozenset({"/chiffres/"}),
    commands={"chiffres": "compte une année : du portail, d’une structure, d’un territoire"},
)
