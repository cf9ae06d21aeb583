"""Values that several views hold: links, pictures, leaves, labels, maps, JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from portail.text.typography import then_in_region


class _Digested(Protocol):
    @property
    def digest(self) -> str: ...


T = TypeVar("T", bound=_Digested)


def by_digest(kind: type[T]) -> type[T]:
    """Have what knows the digest of all that it holds written by it: views that hold hundreds of
    them are compared by what they are written as."""
    whole = kind.__repr__

    def written(self: T) -> str:
        return f"{kind.__name__}({self.digest})" if self.digest else whole(self)

    kind.__repr__ = written  # type: ignore[method-assign, assignment]
    return kind


class Lien(Struct, frozen=True):
    """A link, or plain text when ``url`` is empty; ``note`` is said beside it.

    ``signe`` names the icon that precedes it; ``manque`` marks what nobody has told yet. ``fin``
    is the last day when it holds, for what does not always.
    """

    texte: str
    url: str = ""
    note: str = ""
    signe: str = ""
    fin: date | None = None


class NavGroup(Struct, frozen=True):
    """A titled list of links of the footer."""

    titre: str
    liens: tuple[Lien, ...]


class Variante(Struct, frozen=True):
    """One file of a picture: its width in pixels, its media type (``image/avif``)."""

    url: str
    largeur: int
    type: str


class Picture(Struct, frozen=True):
    """A picture with its real size in pixels; ``licence`` is a short name (« CC BY 4.0 »).

    ``variantes`` are its files in every format and width, narrowest first within a type, best
    type first; ``url`` is the widest that any browser shows. ``animation`` is the address of what
    moves, of which the picture is the first frame.
    """

    url: str
    alt: str
    largeur: int
    hauteur: int
    credit: str = ""
    legende: str = ""
    licence: str = ""
    variantes: tuple[Variante, ...] = ()
    animation: str = ""


class Feuille(Struct, frozen=True):
    """The leaf of a tear-off calendar: a day, the state that marks it (``""`` or a code), and the
    last of its days (``fin``) when it has several; ``avant`` takes the place of its week day,
    ``an`` is its year when it is another than today's; ``dite``: it is read aloud, for what stands
    beside it does not say the day."""

    jour: date
    etat: str = ""
    fin: date | None = None
    avant: str = ""
    an: str = ""
    dite: bool = False


class Etiquette(Struct, frozen=True):
    """A label: its text, and ``code`` for its look (``annule``, ``complet``, ``gratuit``…).

    ``forte`` labels prevent or change something; the others inform. ``fin`` is the last day when
    it holds, for what does not always.
    """

    texte: str
    code: str
    forte: bool = False
    fin: date | None = None


class Fait(Struct, frozen=True):
    """One row of a practical box: a label and its values."""

    libelle: str
    valeurs: tuple[Lien, ...]


class Imprime(Struct, frozen=True):
    """A document for paper that a page offers, a PDF: its template and its view, of which the
    renderer says what it weighs."""

    texte: str
    url: str
    gabarit: str
    vue: object


class Message(Struct, frozen=True):
    """What changes everything, said before the rest: ``ton`` is ``info``, ``alerte`` or
    ``erreur``; ``ancien`` is struck through, ``nouveau`` replaces it, ``liens`` are ways out,
    ``suites`` what is on instead, which ``invite`` announces."""

    titre: str
    texte: str = ""
    ancien: str = ""
    nouveau: str = ""
    liens: tuple[Lien, ...] = ()
    ton: str = "info"
    invite: str = ""
    suites: tuple[Lien, ...] = ()


class Pagination(Struct, frozen=True):
    """Pages of a list: ``numero`` from 1 to ``total``; ``pages`` the address of each, by number."""

    numero: int
    total: int
    pages: tuple[str, ...]


class Vide(Struct, frozen=True):
    """What stands where there is nothing: a sentence that names what was asked, the nearest thing
    that exists (``proche``, said before its link if it has one), ways out; ``fin`` is the last day
    when it is said."""

    phrase: str
    indication: str = ""
    issues: tuple[Lien, ...] = ()
    proche: Lien | None = None
    fin: date | None = None


# Maps of a page: a cached ground, and the points of this page in the same frame.


class MapPoint(Struct, frozen=True):
    """A place: a link (its ``note`` is said after its name), where it is drawn, in units of the
    map, and its true place when it was pushed aside; ``numero`` 0 is a point without number;
    ``etat`` tells a stop that is over (``fait``), under way (``ici``) or to come (``avenir``);
    ``nombre`` is how many contents it gathers."""

    lien: Lien
    x: float
    y: float
    theme: str = ""
    numero: int = 0
    pied: tuple[float, float] | None = None
    etat: str = ""
    nombre: int = 1


class MapLabel(Struct, frozen=True):
    """A name written on the map, line by line, its first line on the baseline ``x``, ``y``.

    ``sorte`` is a town (``ville``, with a dot at ``pied``), the place itself (``ici``), an area
    (``zone``) or a neighbour (``voisin``), whose ``url`` is its page if it has one; ``ancre`` the
    SVG ``text-anchor``. ``loin`` names fit wide windows only.
    """

    lignes: tuple[str, ...]
    x: float
    y: float
    sorte: str = "ville"
    ancre: str = "start"
    pied: tuple[float, float] | None = None
    url: str = ""
    loin: bool = False


class Echelle(Struct, frozen=True):
    """A scale: how many units are ``texte`` (« 500 m »), at which height it is drawn."""

    longueur: float
    texte: str
    y: float


class MapView(Struct, frozen=True):
    """A map. ``forme`` is ``region``, ``territoire``, ``lieu`` (a window on the region around one
    point) or ``parcours`` (steps that a line joins, ``trace``, with a scale and no ground).
    ``fond`` is the address of the ground, drawn in a frame of ``largeur`` × ``hauteur`` units,
    empty without outlines; ``cadre`` is the ``viewBox`` of what is shown of it. ``titre`` is its
    spoken name, ``legende`` what is written below; ``liste`` tells in words what it shows;
    ``cible`` is the radius of what one aims at; ``repere`` is the grid of its projection
    (``Projection.grid``), unless it is that of the whole region; a map is ``fixe`` when its ground
    or its ways say what no other would. ``trajets`` are the ways from a stop to the next (SVG
    paths), and whether each is done."""

    forme: str
    titre: str
    fond: str
    largeur: float
    hauteur: float
    cadre: str
    points: tuple[MapPoint, ...] = ()
    etiquettes: tuple[MapLabel, ...] = ()
    legende: str = ""
    liste: tuple[Lien, ...] = ()
    cible: float = 16
    trace: str = ""
    echelle: Echelle | None = None
    repere: tuple[float, ...] = ()
    fixe: bool = False
    trajets: tuple[tuple[str, bool], ...] = ()

    @property
    def dessinee(self) -> bool:
        """Whether there is something to draw, not only a list."""
        return bool(self.fond or self.trace)


# What a page tells machines: search engines, and the cards of shared links.


class Machine(Struct, frozen=True):
    """Open Graph (https://ogp.me) and JSON-LD (https://schema.org) of a page.

    ``type`` is ``website`` or ``article``; ``image`` what a shared link shows; ``donnees`` the
    nodes of its JSON-LD graph, whose addresses are absolute; ``etat`` what its title must not
    leave unsaid, « Annulé ».
    """

    image: Picture
    type: str = "website"
    donnees: tuple[Mapping[str, Any], ...] = ()
    etat: str = ""


class Trouble(Struct, frozen=True):
    """A faulty file that a preview leaves out: where and why; ``url`` is that line on the forge,
    if there is one."""

    fichier: str
    ligne: int
    message: str
    url: str = ""


class JourRuban(Struct, frozen=True):
    """A day of the ribbon, and where its events are."""

    jour: date
    url: str


class Ruban(Struct, frozen=True):
    """The week under the header: « Semaine 39 », « 27 sept. – 3 oct. », its page, its seven days.

    How many events each day has, and which is today, are in ``/ruban.css``.
    """

    titre: str
    dates: str
    url: str
    jours: tuple[JourRuban, ...]


class Frame(Struct, frozen=True):
    """What surrounds every page; it changes with the settings and the set of kinds, not with an
    edit. ``date_epinglee`` is the pinned day of the demonstration, else ``None``; ``recherche``
    the address of the search, ``""`` where there is nothing to find; ``cartes`` whose outlines the
    maps are drawn on, and where their licence is said; ``ailleurs`` what the menu of a phone has
    too; ``fuseau`` the time zone of the portal, ``""`` for that of Paris, which scripts take."""

    nom: str
    region: str
    menu: tuple[Lien, ...]
    pied: tuple[NavGroup, ...]
    date_epinglee: date | None
    apercu: bool
    troubles: tuple[Trouble, ...]
    courriel: str
    depot: str
    digest: str
    recherche: str = ""
    ruban: Ruban | None = None
    cartes: Lien | None = None
    ailleurs: tuple[Lien, ...] = ()
    fuseau: str = ""

    def __repr__(self) -> str:
        """Its digest: it is in the view of each page."""
        return f"Frame({self.digest})"

    @property
    def en_region(self) -> str:
        """See ``SiteConfig.en_region``."""
        return then_in_region(self.region)

    @property
    def urls(self) -> frozenset[str]:
        """Addresses that it links to."""
        links = (*self.menu, *self.ailleurs, *(link for group in self.pied for link in group.liens))
        week = (self.ruban.url,) if self.ruban else ()
        search = (self.recherche,) if self.recherche else ()
        maps = (self.cartes.url,) if self.cartes else ()
        return frozenset((*week, *search, *maps, *(link.url for link in links)))


class FluxLie(Struct, frozen=True):
    """A feed that readers of feeds find from a page: its name, its address, its media type;
    ``propre`` when it tells that very page, and not the list to which it belongs."""

    nom: str
    url: str
    type: str
    propre: bool = True


class PageView(Struct, frozen=True, kw_only=True):
    """Common to every page. ``fil`` is the breadcrumb without the page itself, which it calls by
    its ``nom_court`` if it has one; ``rubrique`` the address of the menu item that is current;
    ``noindex`` keeps engines away; ``machine`` is what engines and shared links are told;
    ``origines`` the only sites whose frames the page may load, when the reader asks (videos);
    ``formulaires`` the origins, besides that of the site, that its forms may post to;
    ``calendrier`` the address of the calendar of what it tells, ``""`` for none; ``flux`` its
    feeds; ``embarquer`` where the code is that shows it on another site."""

    cadre: Frame
    titre: str
    description: str
    url: str
    nom_court: str = ""
    fil: tuple[Lien, ...] = ()
    rubrique: str = ""
    noindex: bool = False
    machine: Machine | None = None
    origines: tuple[str, ...] = ()
    formulaires: tuple[str, ...] = ()
    calendrier: str = ""
    flux: tuple[FluxLie, ...] = ()
    embarquer: str = ""

    @property
    def a_carte(self) -> bool:
        """Whether it shows a map that one may move, its own or that of one of its parts."""
        parts = (self, getattr(self, "outil", None), *getattr(self, "programmes", ()))
        maps = (getattr(one, "carte", None) for one in parts)
        return any(isinstance(one, MapView) and one.dessinee and not one.fixe for one in maps)
