"""Views of the pages of tools that are lent."""

from __future__ import annotations

from msgspec import Struct

from portail.outputs.pages.views import shared
from portail.outputs.pages.views.lists import LoanStrip


class Case(Struct, frozen=True):
    """``largeur`` weeks of the strip from ``debut`` (1: the first shown). ``sorte`` is ``libre``,
    ``fait``, ``ici``, ``avenir``, or ``""`` for a month; ``numero`` the stop, 0 for none;
    ``demande`` how to ask."""

    titre: str
    dates: str
    debut: int
    largeur: int
    sorte: str = ""
    numero: int = 0
    demande: shared.Lien | None = None


class Piste(Struct, frozen=True):
    """A copy of the tool, named when it has several."""

    titre: str
    cases: tuple[Case, ...]


class Frise(Struct, frozen=True):
    """Six months of loans, a column a week; the present week is always the same column."""

    mois: tuple[Case, ...]
    pistes: tuple[Piste, ...]


class EtapeView(Struct, frozen=True):
    """A stop: who borrows, when; ``etat`` is ``fait``, ``ici`` or ``avenir``; its number."""

    qui: shared.Lien
    dates: str
    etat: str
    numero: int


class DemandeView(Struct, frozen=True):
    """For the script that answers: « 1 2021-09-13 2021-10-15 » is a copy (0: unknown) and a
    loan."""

    exemplaires: int
    delai: int
    prets: tuple[str, ...]


class OutilView(Struct, frozen=True):
    """A tool that is lent: where its copies are (dates as notes), then go; ``avant``: how many
    stops came before ``etapes``; ``a_demander``: some of ``transport`` is not told; ``publique``:
    one may see it."""

    ou: tuple[shared.Lien, ...] = ()
    ensuite: tuple[shared.Lien, ...] = ()
    frise: Frise | None = None
    etapes: tuple[EtapeView, ...] = ()
    avant: int = 0
    carte: shared.MapView | None = None
    transport: tuple[shared.Fait, ...] = ()
    a_demander: bool = False
    preteur: shared.Lien | None = None
    publique: bool = False
    demande: DemandeView | None = None
    mois: LoanStrip | None = None
