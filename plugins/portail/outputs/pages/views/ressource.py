"""What only the page of a resource that is lent shows."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.shared import Fait, Lien

__all__ = ["Case", "EtapeView", "Frise", "OutilView", "Piste"]


@dataclass(frozen=True, slots=True)
class Case:
    """A piece of the strip: ``largeur`` weeks from the week ``debut`` (1: the first one shown).
    ``sorte`` is ``libre``, ``fait``, ``ici`` (under way) or ``avenir``; empty for a month.
    ``numero`` is that of the stop, 0 for none."""

    titre: str
    dates: str
    debut: int
    largeur: int
    sorte: str = ""
    numero: int = 0


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
    """A stop: who borrows, when; ``etat`` is ``fait``, ``ici`` or ``avenir``."""

    qui: Lien
    dates: str
    etat: str


@dataclass(frozen=True, slots=True)
class OutilView:
    """A tool that is lent: where its copies are today (their dates as notes), its strip, its stops
    in order (``avant``: how many more there were before them), what moving it takes, and what is
    to be asked (« Surface, poids »)."""

    ou: tuple[Lien, ...] = ()
    frise: Frise | None = None
    etapes: tuple[EtapeView, ...] = ()
    avant: int = 0
    transport: tuple[Fait, ...] = ()
    a_demander: str = ""
    preteur: Lien | None = None
