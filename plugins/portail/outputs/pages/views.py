"""What templates receive: one frozen dataclass per template, never the site.

Every ``url`` is a site path without the prefix of SITEURL (the template's ``url`` filter adds it),
or an absolute address of elsewhere. Titles keep their ``*italics*``: the ``inline`` filter shows
them. Dates are dates: the ``jour``, ``moment``… filters write them in French.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.body.facts import Heading
from portail.model.entry import Entry
from portail.text.html import SafeHtml

__all__ = [
    "Bloc",
    "Card",
    "EntryView",
    "Etiquette",
    "Fait",
    "Feuille",
    "Frame",
    "HomeView",
    "Lien",
    "ListingView",
    "NavGroup",
    "NotFoundView",
    "PageView",
    "Pagination",
    "Picture",
    "PlanView",
    "RedirectView",
    "SeanceView",
    "ThemesView",
    "Trouble",
]


@dataclass(frozen=True, slots=True)
class Lien:
    """A link, or plain text when ``url`` is empty; ``note`` is said beside it."""

    texte: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NavGroup:
    """A titled list of links of the footer."""

    titre: str
    liens: tuple[Lien, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A faulty file that a preview leaves out: where and why."""

    lieu: str
    message: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page; it changes with the settings and the set of kinds, not with an
    edit. ``date_epinglee`` is the pinned day of the demonstration, else ``None``."""

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

    @property
    def urls(self) -> frozenset[str]:
        """Addresses that it links to."""
        links = (*self.menu, *(link for group in self.pied for link in group.liens))
        return frozenset(link.url for link in links)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its real size in pixels; ``licence`` is a short name (« CC BY 4.0 »)."""

    url: str
    alt: str
    largeur: int
    hauteur: int
    credit: str = ""
    legende: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Feuille:
    """The leaf of a tear-off calendar: a day, and the state that marks it (``""`` or a code)."""

    jour: date
    etat: str = ""


@dataclass(frozen=True, slots=True)
class Etiquette:
    """A label: its text, and ``code`` for its look (``annule``, ``complet``, ``gratuit``…).

    ``forte`` labels prevent or change something; the others inform.
    """

    texte: str
    code: str
    forte: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """How a content shows in lists. ``theme`` is the code of its first theme or ``""``;
    ``details`` are short phrases (« Samedi 9 octobre 2021, 14 h », « Wizernes »)."""

    ref: str
    url: str
    kind: str
    surtitre: str
    titre: str
    resume: str
    theme: str
    feuille: Feuille | None
    details: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    image: Picture | None
    digest: str


@dataclass(frozen=True, slots=True)
class Bloc:
    """A titled list of cards, and where all of them are (``url`` or ``""``).

    ``forme`` is ``cartes`` (grid) or ``lignes`` (agenda lines)."""

    titre: str
    cartes: tuple[Card, ...]
    url: str = ""
    forme: str = "cartes"
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[object, ...]:
        """All it shows, as plain values whose ``repr`` is exact."""
        digests = [card.digest for card in self.cartes]
        return (self.titre, self.url, self.forme, self.notes, digests)


@dataclass(frozen=True, slots=True)
class Fait:
    """One row of a practical box: a label and its values."""

    libelle: str
    valeurs: tuple[Lien, ...]


@dataclass(frozen=True, slots=True)
class SeanceView:
    """One occurrence of an event, as a French phrase, with machine-readable bounds (ISO 8601)."""

    feuille: Feuille
    phrase: str
    debut_iso: str
    fin_iso: str
    etiquettes: tuple[Etiquette, ...]
    passee: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """Common to every page. ``fil`` is the breadcrumb without the page itself; ``rubrique`` the
    address of the menu item that is current; ``noindex`` keeps engines away."""

    cadre: Frame
    titre: str
    description: str
    url: str
    fil: tuple[Lien, ...] = ()
    rubrique: str = ""
    noindex: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView(PageView):
    """The page of one content. ``entry`` is the model itself: front-matter keys are template
    variables (``entry.resume_falc``, ``entry.references``…). ``corps`` is the checked body, the
    only markup; ``faits`` feed the practical box; ``blocs`` are related contents; ``tableaux``
    titled lists of rows (key figures, steps, loans). ``fichier_url`` is the file on the forge."""

    entry: Entry
    kind: str
    surtitre: str
    theme: str
    themes: tuple[Lien, ...]
    territoires: tuple[Lien, ...]
    signature: tuple[Lien, ...]
    publie: date | None
    modifie: date | None
    minutes: int
    etiquettes: tuple[Etiquette, ...]
    image: Picture | None
    corps: SafeHtml
    sommaire: tuple[Heading, ...]
    faits: tuple[Fait, ...]
    boutons: tuple[Lien, ...]
    feuille: Feuille | None
    seances: tuple[SeanceView, ...]
    tableaux: tuple[tuple[str, tuple[Fait, ...]], ...]
    blocs: tuple[Bloc, ...]
    licence: Lien
    fichier_url: str
    message: str


@dataclass(frozen=True, slots=True)
class Pagination:
    """Pages of a list: ``numero`` from 1 to ``total``; ``pages`` the address of each, by number."""

    numero: int
    total: int
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView(PageView):
    """A page of a list. ``nombre`` counts all its contents; ``voisins`` are other views of it
    (archives…); ``vide`` says what to do when there is nothing."""

    chapo: str
    kind: str
    blocs: tuple[Bloc, ...]
    nombre: str
    pagination: Pagination
    voisins: tuple[Lien, ...] = ()
    vide: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(PageView):
    """The home page: ``une`` is put forward, ``chiffres`` the line of figures."""

    une: tuple[Card, ...]
    blocs: tuple[Bloc, ...]
    chiffres: tuple[Lien, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesView(PageView):
    """All themes: (code, link whose note is the count)."""

    themes: tuple[tuple[str, Lien], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView(PageView):
    """The site plan: groups of links."""

    groupes: tuple[NavGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView(PageView):
    """The 404 page: ``issues`` are ways out."""

    issues: tuple[Lien, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView(PageView):
    """A page that only leads to ``cible`` (site path)."""

    cible: str
