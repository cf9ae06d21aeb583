"""By what a list is narrowed: the one facet component of the portal."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.shared import Lien

__all__ = ["FacetteView", "FacettesView", "ValeurView"]


@dataclass(frozen=True, slots=True)
class ValeurView:
    """A value of a facet: its code in addresses, its static page (``""``: none, a script alone
    offers it), how many contents have it (``None``: not told), the theme whose colour marks it;
    ``choisie``: the page's own."""

    code: str
    texte: str
    url: str = ""
    nombre: int | None = None
    theme: str = ""
    choisie: bool = False


@dataclass(frozen=True, slots=True)
class FacetteView:
    """A facet: its key in addresses, its title, its values; ``bascule`` is a switch with one
    value, ``ouverte`` shows its values at once, of ``unique`` one value at most is chosen."""

    cle: str
    titre: str
    valeurs: tuple[ValeurView, ...]
    bascule: bool = False
    ouverte: bool = False
    unique: bool = False


@dataclass(frozen=True, slots=True)
class FacettesView:
    """The facets of a list at ``liste``, narrowed by a script from the data at ``donnees``.

    ``etat`` is what the page itself already narrows, as a query (``theme=numerique``);
    ``raccourcis`` are ready-made choices, links whose ``note`` is their query; ``communes`` is the
    address of the communes among which « près de chez moi » completes, ``""`` without it;
    ``lieux`` that of the data of what there is to see around.
    """

    liste: str
    donnees: str
    facettes: tuple[FacetteView, ...]
    etat: str = ""
    raccourcis: tuple[Lien, ...] = ()
    communes: str = ""
    lieux: str = ""
