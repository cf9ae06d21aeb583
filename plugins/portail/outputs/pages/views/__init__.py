"""What templates receive: one frozen dataclass per template, never the site.

Every ``url`` is a site path without the prefix of SITEURL (the template's ``url`` filter adds it),
or an absolute address of elsewhere. Titles keep their ``*italics*``: the ``inline`` filter shows
them. Dates are dates: the ``jour``, ``moment``… filters write them in French.
"""

from __future__ import annotations

from portail.outputs.pages.views.agenda import (
    AgendaView,
    Duree,
    GroupeAgenda,
    JourAgenda,
    LigneAgenda,
)
from portail.outputs.pages.views.boite import (
    BoiteView,
    FinancementView,
    RayonView,
    RoleBoite,
)
from portail.outputs.pages.views.calendriers import CalendriersView, GroupeCalendriers
from portail.outputs.pages.views.cards import Bloc, Card
from portail.outputs.pages.views.carte import (
    CarteView,
    CommuneCarte,
    DepartementCarte,
    LigneCarte,
)
from portail.outputs.pages.views.contribuer import ContribuerView, FormulaireView, GenreView
from portail.outputs.pages.views.couverture import ClasseView, CouvertureView, ZoneView
from portail.outputs.pages.views.donnees import (
    ChampDonnees,
    DictionnaireView,
    DonneesView,
    FichierDonnees,
    JeuDonnees,
    ListeValeurs,
    SectionDictionnaire,
    TableChamps,
)
from portail.outputs.pages.views.edition import (
    DepartementView,
    EditionView,
    LigneProgramme,
    ProgrammeEditionView,
    QuandView,
)
from portail.outputs.pages.views.embarquer import (
    CodeEmbarque,
    EmbarquerView,
    EmbarqueView,
    GroupeCodes,
    JourEmbarque,
    LigneEmbarque,
)
from portail.outputs.pages.views.entry import DateView, EntryView, SeanceView
from portail.outputs.pages.views.facettes import FacettesView, FacetteView, ValeurView
from portail.outputs.pages.views.flux import FeuilleFlux, FluxListe, FluxView, GroupeFlux
from portail.outputs.pages.views.frame import FluxLie, Frame, JourRuban, PageView, Ruban, Trouble
from portail.outputs.pages.views.geo import Echelle, MapLabel, MapPoint, MapView
from portail.outputs.pages.views.guides import FicheStructureView, GuideView
from portail.outputs.pages.views.indexes import EntreeIndex, IndexView, LettreIndex
from portail.outputs.pages.views.letters import (
    Abonnement,
    DesabonnementView,
    LettresView,
    LettreView,
    NumeroListe,
)
from portail.outputs.pages.views.lieu import FermetureView, HorairesView, LieuView, SemaineView
from portail.outputs.pages.views.lists import (
    HomeView,
    ListingView,
    NotFoundView,
    PlanView,
    RedirectView,
    ThemesView,
    WithdrawnView,
)
from portail.outputs.pages.views.ma_lettre import ChoixLettre, GroupeChoix, MaLettreView
from portail.outputs.pages.views.machine import Machine
from portail.outputs.pages.views.month import (
    Filet,
    JourMois,
    LigneMois,
    MoisView,
    MonthView,
    Repere,
    YearView,
)
from portail.outputs.pages.views.papier import (
    AffichesView,
    AfficheView,
    DureeAffiche,
    JourAffiche,
    LigneAffiche,
    PapierView,
    RangAffiches,
)
from portail.outputs.pages.views.programme import FratrieView, GrilleView, GroupeView, ProgrammeView
from portail.outputs.pages.views.reading import Citation, Lecture
from portail.outputs.pages.views.recherche import RechercheView
from portail.outputs.pages.views.redaction import (
    LigneRedaction,
    RedactionView,
    SectionRedaction,
    TableRedaction,
)
from portail.outputs.pages.views.ressource import (
    Case,
    DemandeView,
    EtapeView,
    Frise,
    OutilView,
    Piste,
)
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
from portail.outputs.pages.views.territoire import Acteur, PresView, RoleView, TerritoireView
from portail.outputs.pages.views.week import Bandeau, JourSemaine, RendezVousView, WeekView
from portail.outputs.pages.views.wheel import ArcRoue, MoisRoue, RangRoue, Roue, RoueView

__all__ = [
    "Abonnement",
    "Acteur",
    "AfficheView",
    "AffichesView",
    "AgendaView",
    "ArcRoue",
    "Bandeau",
    "Bloc",
    "BoiteView",
    "CalendriersView",
    "Card",
    "CarteView",
    "Case",
    "ChampDonnees",
    "ChoixLettre",
    "Citation",
    "ClasseView",
    "CodeEmbarque",
    "CommuneCarte",
    "ContribuerView",
    "CouvertureView",
    "DateView",
    "DemandeView",
    "DepartementCarte",
    "DepartementView",
    "DesabonnementView",
    "DictionnaireView",
    "DonneesView",
    "Duree",
    "DureeAffiche",
    "Echelle",
    "EditionView",
    "EmbarqueView",
    "EmbarquerView",
    "EntreeIndex",
    "EntryView",
    "EtapeView",
    "Etiquette",
    "FacetteView",
    "FacettesView",
    "Fait",
    "FermetureView",
    "Feuille",
    "FeuilleFlux",
    "FicheStructureView",
    "FichierDonnees",
    "Filet",
    "FinancementView",
    "FluxLie",
    "FluxListe",
    "FluxView",
    "FormulaireView",
    "Frame",
    "FratrieView",
    "Frise",
    "GenreView",
    "GrilleView",
    "GroupeAgenda",
    "GroupeCalendriers",
    "GroupeChoix",
    "GroupeCodes",
    "GroupeFlux",
    "GroupeView",
    "GuideView",
    "HomeView",
    "HorairesView",
    "IndexView",
    "JeuDonnees",
    "JourAffiche",
    "JourAgenda",
    "JourEmbarque",
    "JourMois",
    "JourRuban",
    "JourSemaine",
    "Lecture",
    "LettreIndex",
    "LettreView",
    "LettresView",
    "Lien",
    "LieuView",
    "LigneAffiche",
    "LigneAgenda",
    "LigneCarte",
    "LigneEmbarque",
    "LigneMois",
    "LigneProgramme",
    "LigneRedaction",
    "ListeValeurs",
    "ListingView",
    "MaLettreView",
    "Machine",
    "MapLabel",
    "MapPoint",
    "MapView",
    "Message",
    "MoisRoue",
    "MoisView",
    "MonthView",
    "NavGroup",
    "NotFoundView",
    "NumeroListe",
    "OutilView",
    "PageView",
    "Pagination",
    "PapierView",
    "Picture",
    "Piste",
    "PlanView",
    "PresView",
    "ProgrammeEditionView",
    "ProgrammeView",
    "QuandView",
    "RangAffiches",
    "RangRoue",
    "RayonView",
    "RechercheView",
    "RedactionView",
    "RedirectView",
    "RendezVousView",
    "Repere",
    "RoleBoite",
    "RoleView",
    "Roue",
    "RoueView",
    "Ruban",
    "SeanceView",
    "SectionDictionnaire",
    "SectionRedaction",
    "SemaineView",
    "TableChamps",
    "TableRedaction",
    "TerritoireView",
    "ThemesView",
    "Trouble",
    "ValeurView",
    "Variante",
    "Vide",
    "WeekView",
    "WithdrawnView",
    "YearView",
    "ZoneView",
]
