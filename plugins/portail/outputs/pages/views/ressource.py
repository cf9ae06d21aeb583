"""What only the page of a resource that is lent shows."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.geo import MapView
from portail.outputs.pages.views.shared import Fait, Lien

__all__ = ["Case", "DemandeView", "EtapeView", "Frise", "OutilView", "Piste"]


@dataclass(frozen=True, slots=True)
class Case:
    """A piece of the strip: ``largeur`` weeks from the week ``debut`` (1: the first one shown).
    ``sorte`` is ``libre``, ``fait``, ``ici`` (under way) or ``avenir``; empty for a month.
    ``numero`` is that of the stop, 0 for none; ``demande`` how to ask for a free one."""

    titre: str
    dates: str
    debut: int
    largeur: int
    sorte: str = ""
    numero: int = 0
    demande: Lien | None = None


@dataclass(frozen=True, slots=True)
class Piste:
    """A copy of the tool, named when it has several."""

    titre: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Frise:
    """Six months of loans, a column a week. The present week is always the same column: it does
    not stand in the view."""

    mois: tuple[Case, ...]
    pistes: tuple[Piste, ...]


@dataclass(frozen=True, slots=True)
class EtapeView:
    """A stop: who borrows, when; ``etat`` is ``fait``, ``ici`` or ``avenir``; its number."""

    qui: Lien
    dates: str
    etat: str
    numero: int


@dataclass(frozen=True, slots=True)
class DemandeView:
    """What a script needs to say whether the tool is free between two days: how many copies there
    are, how many days before one asks, and the loans that are not over, « 1 2021-09-13 2021-10-15 »
    (copy, 0 for an unknown one, first and last day). ``connue``: whether its loans are told."""

    exemplaires: int
    delai: int
    prets: tuple[str, ...]
    connue: bool


@dataclass(frozen=True, slots=True)
class OutilView:
    """A tool that is lent: where its copies are today (their dates as notes), where they go next,
    its strip, its stops in order (``avant``: how many more there were before them) and their map,
    what moving it takes, and whether something of that is to be asked. ``publique``: one may go and
    see it where it stays. ``calendrier`` is the address of the calendar of its loans."""

    ou: tuple[Lien, ...] = ()
    ensuite: tuple[Lien, ...] = ()
    frise: Frise | None = None
    etapes: tuple[EtapeView, ...] = ()
    avant: int = 0
    carte: MapView | None = None
    transport: tuple[Fait, ...] = ()
    a_demander: bool = False
    preteur: Lien | None = None
    publique: bool = False
    calendrier: str = ""
    demande: DemandeView | None = None
