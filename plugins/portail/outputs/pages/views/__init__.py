"""What templates receive: one frozen dataclass per template, never the site.

Every ``url`` is a site path without the prefix of SITEURL (the template's ``url`` filter adds it),
or an absolute address of elsewhere. Titles keep their ``*italics*``: the ``inline`` filter shows
them. Dates are dates: the ``jour``, ``moment``… filters write them in French.
"""

from __future__ import annotations

from portail.outputs.pages.views.agenda import AgendaView, Duree, JourAgenda, LigneAgenda
from portail.outputs.pages.views.cards import Bloc, Card
from portail.outputs.pages.views.entry import DateView, EntryView, SeanceView
from portail.outputs.pages.views.frame import Frame, JourRuban, PageView, Ruban, Trouble
from portail.outputs.pages.views.geo import MapLabel, MapPoint, MapView
from portail.outputs.pages.views.lieu import LieuView
from portail.outputs.pages.views.lists import (
    HomeView,
    ListingView,
    NotFoundView,
    PlanView,
    RedirectView,
    ThemesView,
)
from portail.outputs.pages.views.machine import Machine
from portail.outputs.pages.views.programme import GrilleView, GroupeView, ProgrammeView
from portail.outputs.pages.views.reading import Citation, Lecture, RepriseView
from portail.outputs.pages.views.ressource import Case, EtapeView, Frise, OutilView, Piste
from portail.outputs.pages.views.shared import (
    Etiquette,
    Fait,
    Feuille,
    Lien,
    Message,
    NavGroup,
    Pagination,
    Picture,
    Variante,
    Vide,
)
from portail.outputs.pages.views.styleguide import StyleguideView
from portail.outputs.pages.views.territoire import Acteur, RoleView, TerritoireView
from portail.outputs.pages.views.week import Bandeau, JourSemaine, RendezVousView, WeekView

__all__ = [
    "Acteur",
    "AgendaView",
    "Bandeau",
    "Bloc",
    "Card",
    "Case",
    "Citation",
    "DateView",
    "Duree",
    "EntryView",
    "EtapeView",
    "Etiquette",
    "Fait",
    "Feuille",
    "Frame",
    "Frise",
    "GrilleView",
    "GroupeView",
    "HomeView",
    "JourAgenda",
    "JourRuban",
    "JourSemaine",
    "Lecture",
    "Lien",
    "LieuView",
    "LigneAgenda",
    "ListingView",
    "Machine",
    "MapLabel",
    "MapPoint",
    "MapView",
    "Message",
    "NavGroup",
    "NotFoundView",
    "OutilView",
    "PageView",
    "Pagination",
    "Picture",
    "Piste",
    "PlanView",
    "ProgrammeView",
    "RedirectView",
    "RendezVousView",
    "RepriseView",
    "RoleView",
    "Ruban",
    "SeanceView",
    "StyleguideView",
    "TerritoireView",
    "ThemesView",
    "Trouble",
    "Variante",
    "Vide",
    "WeekView",
]
