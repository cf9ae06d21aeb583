"""Views of home, lists, cards, facets, agenda, service pages."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from portail.facts.when import Feuille
from portail.model.kinds import ENDING, kept
from portail.site.urls import DEEP

from . import shared


class LoanStrip(Struct, frozen=True):
    """Six months of a tool, twenty units wide each; ``pris`` is an SVG path, ``dit`` the same in
    words.
    """

    mois: tuple[str, ...] = ()
    pris: str = ""
    dit: str = ""
    fin: date | None = None


class Card(Struct, frozen=True):
    """How a content shows in lists. ``theme`` is a code, ``empreinte`` the drawing of one without
    picture, ``chiffre`` a figure set over it, ``ancien`` the first day of what has moved, ``jours``
    details of some days alone; ``fin`` and ``suite`` as of ``Ends``.
    """

    ref: str
    url: str
    kind: str
    surtitre: str
    titre: str
    resume: str
    theme: str
    feuille: Feuille | None
    details: tuple[str, ...]
    etiquettes: tuple[shared.Etiquette, ...]
    image: shared.Picture | None
    digest: str
    empreinte: str = ""
    precision: str = ""
    ancien: str = ""
    fin: date | None = None
    suite: tuple[date, ...] = ()
    sorte: str = ""
    chiffre: tuple[str, str] | None = None
    prets: LoanStrip | None = None
    jours: tuple[tuple[str, date, str], ...] = ()

    def on(self, days: Container[date]) -> tuple[str, ...]:
        """Its details where ``days`` alone are told."""
        words = dict.fromkeys((detail for detail, _, _ in self.jours), "")
        words |= {detail: said for detail, day, said in self.jours if day in days}
        told = (words.get(detail, detail) for detail in self.details)
        if words:
            return tuple(filter(None, told))
        return self.details

    @property
    def profonde(self) -> str:
        """The drawing at the full colour of its theme, for what is shown large."""
        return self.empreinte and f"{self.empreinte.partition('#')[0]}#{DEEP}"

    @property
    def tus(self) -> int:
        """How many of its details, from the first, go unsaid beside its leaf, which says them."""
        return int(bool(self.feuille and self.feuille.dite and self.feuille.avant))

    def retold(self, **changes: Any) -> Card:
        """The same told otherwise; what it is known by says what changes."""
        digest = self.digest and f"{self.digest} {changes!r}"
        return replace(self, **changes, digest=digest)


class Bloc(Struct, frozen=True):
    """A titled list of cards. ``forme`` is one of ``cartes``, ``vedette``, ``lignes``, ``finies``,
    ``simples``, ``repertoire``, ``dossier``. What is over on the reader's day leaves a list of what
    is ``avenir``, whose ``reserve`` last cards take its place.
    """

    titre: str
    cartes: tuple[Card, ...]
    url: str = ""
    forme: str = "cartes"
    notes: tuple[str, ...] = ()
    lien: str = "Tout voir"
    ancre: str = ""
    code: str = ""
    affiche: str = ""
    avenir: bool = False
    reserve: int = 0
    fins: tuple[date | None, ...] = ()


class ValeurView(Struct, frozen=True):
    """A value of a facet: its page, how many contents have it (``None``: not told), whether
    chosen.
    """

    code: str
    texte: str
    url: str = ""
    nombre: int | None = None
    theme: str = ""
    choisie: bool = False


class FacetteView(Struct, frozen=True):
    """A facet: its key in addresses; ``bascule``: among the switches, ``ouverte``: shown at once,
    ``unique``: one value at most, ``tue``: asked by addresses alone, ``toutes`` leads to the whole
    list, which offers the others.
    """

    cle: str
    titre: str
    valeurs: tuple[ValeurView, ...]
    bascule: bool = False
    ouverte: bool = False
    unique: bool = False
    tue: bool = False
    toutes: shared.Lien | None = None


# Past so many values, pages of values leave them to the whole list.
_LONG = 30


class FacettesView(Struct, frozen=True):
    """The facets of a list at ``liste``, which a script narrows from ``donnees``; ``etat`` is the
    query of the page itself.
    """

    liste: str
    donnees: str
    facettes: tuple[FacetteView, ...]
    etat: str = ""
    raccourcis: tuple[shared.Lien, ...] = ()
    communes: str = ""
    lieux: str = ""

    def choosing(self, chosen: tuple[str, str]) -> FacettesView:
        """The same on the page of a value: pages of values only differ by that."""
        facettes = list(self.facettes)
        state = "=".join(chosen)
        for rank, facette in enumerate(facettes):
            shown = facette.valeurs
            if facette.cle in ("quand", chosen[0]):
                shown = tuple(
                    replace(value, choisie=(facette.cle, value.code) == chosen) for value in shown
                )
                facettes[rank] = replace(facette, valeurs=shown, ouverte=True)
            if len(shown) > _LONG:
                own = tuple(value for value in shown if value.choisie)
                link = shared.Lien(f"Choisir parmi les {len(shown)}", f"{self.liste}?{state}")
                facettes[rank] = replace(facettes[rank], valeurs=own, toutes=link)
        return replace(self, facettes=tuple(facettes), etat=state)


_STATE = shared.Etiquette("État", "etat")
# A content that says nothing: what a script draws takes its markup from it.
MODELE = Card(
    "",
    "/",
    "",
    surtitre="",
    titre="Titre",
    resume="",
    theme="",
    feuille=None,
    details=("Détail",),
    etiquettes=(_STATE,),
    image=None,
    digest="",
    precision="Genre",
)
# The same, of what has a leaf, which says the first detail.
MODELE_DATE = replace(
    MODELE,
    feuille=Feuille(date(2000, 1, 1), avant="jusqu’au", dite=True),
    details=("Jour", "Détail"),
)
_ENDING = kept(set[str](), lambda: {kind.value for kind in ENDING})


class ListingView(shared.PageView, frozen=True, kw_only=True):
    """A page of a list: ``voisins`` are other views, ``index`` leads to groups, ``numeros`` are
    points of ``carte`` by reference, ``dessins`` places drawn.
    """

    chapo: str
    kind: str
    blocs: tuple[Bloc, ...]
    nombre: str
    pagination: shared.Pagination
    voisins: tuple[shared.Lien, ...] = ()
    vide: shared.Vide | None = None
    theme: str = ""
    index: tuple[shared.Lien, ...] = ()
    presentations: tuple[shared.Lien, ...] = ()
    facettes: FacettesView | None = None
    carte: shared.MapView | None = None
    numeros: Mapping[str, int] = field(default_factory=dict)
    dessins: Mapping[str, shared.Ouvert] = field(default_factory=dict)
    boutons: tuple[shared.Lien, ...] = ()

    @property
    def modele(self) -> Card:
        """What a script takes the markup of a line from: it says nothing."""
        if self.kind in _ENDING:
            return MODELE_DATE
        return MODELE


class RedirectView(shared.PageView, frozen=True, kw_only=True):
    """A page that only leads to ``cible`` (site path)."""

    cible: str
