"""The year of the yearly rendezvous: a wheel of twelve months, and its table."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.lists import ListingView
from portail.outputs.pages.views.shared import Lien

__all__ = ["ArcRoue", "MoisRoue", "RangRoue", "Roue", "RoueView"]


@dataclass(frozen=True, slots=True)
class RangRoue:
    """A rendezvous in the table: its number on the wheel (0: not on it), its link, the days of its
    next or last edition with the page of this one, or why these are not said."""

    numero: int
    lien: Lien
    dates: Lien
    theme: str


@dataclass(frozen=True, slots=True)
class MoisRoue:
    """A month, from 1, its short name and where this is written on the wheel; its sector as an SVG
    path; what takes place then."""

    numero: int
    nom: str
    court: str
    x: float
    y: float
    trace: str
    rangs: tuple[RangRoue, ...]


@dataclass(frozen=True, slots=True)
class ArcRoue:
    """Some months on end of a rendezvous: an SVG path to stroke, and where its number is; ``lien``
    says when (``note``)."""

    lien: Lien
    numero: int
    theme: str
    trace: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Roue:
    """A square of ``cote`` units; arcs are ``epaisseur`` units thick; ``toute_annee`` are those of
    no month in particular."""

    cote: float
    epaisseur: float
    mois: tuple[MoisRoue, ...]
    arcs: tuple[ArcRoue, ...]
    toute_annee: tuple[RangRoue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoueView(ListingView):
    """The list of the yearly rendezvous, after their year."""

    roue: Roue
