"""The cases that break layouts, and the ordinary ones: what every check of the theme runs over."""

from datetime import date, datetime
from importlib.util import find_spec

from abonnements import abonnements
from cartes import cartes
from chercher import recherche
from donnees import donnees
from editions import editions
from embarques import embarques
from ensembles import ensembles
from guides import guides
from lettres_vues import lettres
from listes import FACETTES, RIEN, accueil_sans, agenda, annuaire, repertoire
from matiere import PHOTO
from papiers import papiers
from periodes import periodes
from projets import projets
from propositions import propositions
from semaines import semaines
from vues import (
    ETIQUETTES,
    KINDS,
    LONG,
    M140,
    OUTIL,
    accueil,
    blocs_de_lieu,
    cadre,
    carte,
    etats,
    fiche,
    liste,
    rendez_vous,
    service,
)

from portail.features.kinds.lieux.page import LieuView
from portail.features.kinds.ressources.loans import OutilView
from portail.features.pages.ciel.chart import Chart, Label
from portail.features.pages.ciel.page import CielView, Semaine, Soiree
from portail.features.pages.horsligne.page import OfflineView
from portail.features.pages.langues.catalogues import SENTENCE
from portail.features.pages.langues.lines import Line
from portail.features.pages.langues.pages import Group, LanguageView
from portail.features.pages.langues.visits import Row as Fact
from portail.features.pages.presse.page import ImageLibre, Parole, PresseView
from portail.features.pages.selection.page import SelectionView
from portail.features.services.agenda.views import Duree, GroupeAgenda, JourAgenda, LigneAgenda
from portail.features.services.bilans.page import BilanView, shown_of
from portail.features.services.bilans.table import Bilan, Column, Key, Row, Table
from portail.outputs.pages.views.entry import Lecture
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Fait, FaultyFile, Feuille, Lien, Message, Soir, Vide
from portail.text.dates import MOIS_COURTS
from portail.text.typography import SafeHtml
from remake import replace

BLOCS = ("agenda", "en_ce_moment", "articles", "dossiers", "annonces", "nouveautes")


_SERVICE = ("themes", "plan", "index-alphabetique", "404", "retire", "redirect")


def toutes():
    """Every case, by name: (template, view)."""
    cases = {kind: fiche(kind) for kind in KINDS}
    cases |= abonnements() | donnees()
    cases |= {nom: service(nom) for nom in _SERVICE}
    cases |= {"presse": _presse(), "bilan": _bilan(), "hors-ligne": _offline(), "ciel": _sky()}
    cases["ma-selection"] = _selection()
    cases |= _languages()
    cases |= {"accueil": accueil(), "liste": liste(), **_extremes(), **_listes(), **semaines()}
    cases |= cartes() | ensembles() | periodes() | editions()
    cases |= papiers() | embarques() | lettres() | recherche()
    cases |= propositions() | guides(cadre()) | projets()
    if find_spec("portail_bureau"):
        from bureaux import bureau

        cases["bureau"] = bureau(cadre(apercu=True))
    return cases


OF_PACKAGES = {
    "redaction.html": "portail_bureau",
    "couverture.html": "portail_bureau",
    "affiche.html": "portail_papier",
    "affiches.html": "portail_papier",
}
"""Templates that packages of their own fill."""


def _offline():
    """What a device keeps, on a portal whose pages may be kept."""
    return "hors-ligne.html", OfflineView(
        cadre=cadre(hors_ligne="/hors-ligne.js", digest="hors-ligne"),
        titre="Lire sans réseau",
        description="Ce que cet appareil garde.",
        chapo="Cet appareil garde l’agenda du mois.",
        url="/hors-ligne/",
        fil=(Lien("Accueil", "/"),),
        pages=("/hors-ligne/", "/agenda/"),
    )


def _selection():
    """What a reader keeps, before a script fills it."""
    return "ma-selection.html", SelectionView(
        cadre=cadre(digest="selection"),
        titre="Ma sélection",
        description="Ce que vous gardez.",
        chapo="Jour par jour.",
        url="/ma-selection/",
        noindex=True,
        fil=(Lien("Accueil", "/"),),
        debut=Lien("Ouvrir l’agenda", "/agenda/"),
        adresses="/ma-selection/adresses.json",
    )


def _languages():
    """A month and a place in English, under a long name."""
    words = {key: SafeHtml(text) for key, text in SENTENCE.items()}
    shared = {
        "cadre": cadre(ruban=None, selection="/ma-selection/"), "description": "Dates.",
        "langue": "en", "dits": words,
        "langues": (("fr", "Français", "/"), ("nl", "Nederlands", "/nl/")), "francais": "/",
        "menu": ((SafeHtml("Oct 2022"), "/en/2022-10/"),), "url": "/en/2022-10/",
    }  # fmt: skip
    dated = (SafeHtml("Sun 2 Oct"),) * 5, "x", date(2022, 10, 2)
    line = Line(LONG, "/evenements/x/", *dated, lieu=(49.89, 2.3))
    near = Line("Lens", "/evenements/y/", dated[0], "y", dated[2], (50.43, 2.83))
    rows = (Fact(SafeHtml("Hours"), (SafeHtml(LONG),), ((SafeHtml("Mon"), SafeHtml("9:00")),)),)
    month = LanguageView(
        **shared, titre="Outings", entete=SafeHtml("Outings"),
        groupes=(Group(SafeHtml("By date"), (line,)), Group(SafeHtml("Long"), (near,))),
        communes="/communes.json",
    )  # fmt: skip
    place = LanguageView(**shared, titre=LONG, entete=SafeHtml("museum"), faits=rows)
    return {"langues": ("langues.html", month), "langues-lieu": ("langues.html", place)}


def _sky():
    """The sky of a week when everything happens, under a long name."""
    fact = ("Lundi 26\u00a0septembre", LONG)
    week = Semaine("Du 26\u00a0septembre au 2\u00a0octobre", (fact,) * 3, (("Mars", LONG),), LONG)
    evening = Soiree("lun. 26\u00a0sept.", "lever 7\u00a0h", "", "Pleine Lune", "M0-10Z", "")
    return "ciel.html", CielView(
        cadre=cadre(), titre="Le ciel", description="Le ciel.", chapo=LONG, url="/ciel/",
        fil=(Lien("Accueil", "/"),), soirees=(evening,) * 7, semaines=(week,) * 4, source=LONG,
        carte=Chart(datetime(2022, 9, 26, 21), "M0 0L9 9", ("M0 0h0",), (Label(0, 0, "Orion"),),
                    (Label(0, 0, "Lune"),), (), ()),
        legende=LONG, directions=(("Au nord", LONG),), annee=(("Jour-2022-10-25", *fact),),
    )  # fmt: skip


def _presse():
    """The page for journalists, with a long name."""
    who = Lien(LONG, "/auteurs/a/", "La Coupole")
    told = Parole(who, ("Numérique", LONG), "03 21 00 00 00", "a@exemple.org")
    return "presse.html", PresseView(
        cadre=cadre(), titre="Presse", description="Qui appeler.", chapo="Qui appeler.",
        url="/presse/", fil=(Lien("Accueil", "/"),), fichier="/presse/chiffres.csv",
        chiffres=(Fait("visiteurs (2021)", (Lien("35\u00a0196", "/lieux/a/", "Bilan"),)),),
        paroles=(told, Parole(Lien("La Coupole", "/lieux/b/"))),
        images=(ImageLibre(PHOTO, Lien("Le ciel", "/articles/a/"), "CC BY 4.0"),),
    )  # fmt: skip


def _bilan():
    """Figures of a year, with bars, columns, a source and long names."""
    years = tuple(Column(str(one)) for one in (2021, 2020))
    months = tuple(Row(one, (rank, 12 - rank), "/") for rank, one in enumerate(MOIS_COURTS))
    bilan = Bilan(
        "2021 en chiffres", 2021, ("85 contenus.", M140),
        (Key("Contenus", 85, "", "2 de plus qu’en 2020"), Key("Visiteurs", None, "", "", LONG)),
        (
            Table("mois", "Mois par mois", "Mois", years, months, "colonnes", M140),
            Table("a", LONG, "Quoi", years * 3, (Row(LONG, (1, 2) * 3),), "barres", "", "Rapport"),
        ),
        (M140,),
    )  # fmt: skip
    return "bilan.html", BilanView(
        cadre=cadre(), titre=bilan.titre, description="Une année.", url="/en-chiffres/2021/",
        fil=(Lien("Accueil", "/"),), annees=(Lien("2021", "/en-chiffres/2021/"), Lien("2020", "/")),
        liens=(Lien(LONG, "/a/", "CSV"),), avis=M140, **shown_of(bilan),
    )  # fmt: skip


def _bande(code):
    """The band of a state, with all that a band may hold."""
    ton = {"annule": "erreur", "passe": "info"}.get(code, "alerte")
    return Message("Reporté", "Un mot.", "samedi", "dimanche", (Lien("Suivre", "/"),), ton)


def _extremes():
    wide = {"titre": M140, "resume": M140}
    lines = range(1, 13)
    troubles = tuple(FaultyFile(f"content/events/e{n}.md", n, M140, "/x/" * (n % 2)) for n in lines)
    cases = {f"{kind}-140": fiche(kind, titre=M140, entry={"resume": M140 * 2}) for kind in KINDS}
    cases |= {f"{kind}-nu": _nu(kind) for kind in KINDS}
    cases |= {f"{une.code}": fiche("events", etiquettes=(une,), message=_bande(une.code),
                                   feuille=Feuille(date(2021, 10, 8), une.code))
              for une in ETIQUETTES[:6]}  # fmt: skip
    cases |= {
        "photo": fiche("articles", image=PHOTO),
        "lieu-court": fiche("lieux", lieu=LieuView(manque="Tarifs : pas encore connus ici")),
        "ressource": fiche("ressources", outil=None),
        "outil-inconnu": fiche("ressources", outil=OutilView()),
        "outil-jamais": fiche("ressources", outil=replace(
            OUTIL, ou=(), frise=None, etapes=(), preteur=Lien("Une structure"),
        )),
        "outil-rentre": fiche("ressources", outil=replace(
            OUTIL, ou=OUTIL.ou[:1], frise=None, etapes=OUTIL.etapes[:3], transport=(),
        )),
        "lieu-passe": fiche("lieux", blocs=blocs_de_lieu()[1:2]),
        "lieu-140": fiche("lieux", titre=M140, blocs=blocs_de_lieu(**wide)),
        "photo-lieu": fiche("lieux", image=PHOTO, entry={"resume_falc": "Un musée. On y va."}),
        "brouillon": fiche("articles", entry={"statut": "brouillon"}, cadre=cadre(apercu=True)),
        "troubles": accueil(cadre=cadre(apercu=True, troubles=troubles)),
        "accueil-vide": accueil_sans(*BLOCS, une=(), chiffres=(), vide=Vide(
            "Ce portail attend son premier contenu.", "Un contenu est un fichier.",
            (Lien("Écrire à la rédaction", "mailto:redaction@exemple.org"),),
        )),
        "accueil-jour": accueil(soir=Soir("Ce soir : le Soleil", "/ciel/", "M0-10Z")),
        "accueil-un": accueil_sans(*BLOCS, une=(carte(0, image=PHOTO),)),
        "accueil-deux": accueil_sans("en_ce_moment", "dossiers", une=(carte(0), rendez_vous(1))),
        "accueil-articles": accueil_sans("agenda", "annonces", "nouveautes",
                                         une=tuple(map(carte, range(4)))),
        "accueil-annonces": accueil_sans("agenda", "en_ce_moment", "dossiers", "nouveautes"),
        "accueil-140": accueil(
            une=tuple(carte(n, **wide) for n in range(5)),
            agenda=Bloc(M140, tuple(rendez_vous(n, **wide) for n in range(3)), "/", "lignes"),
            annonces=Bloc("P" * 140, (carte(1, **wide), carte(2, **wide)), "/", "simples"),
            articles=Bloc("N" * 140, tuple(carte(n, **wide, image=PHOTO) for n in range(2)), "/"),
        ),
        "dossier-notes": fiche("dossiers", blocs=(
            Bloc("Au sommaire", (*map(carte, range(3)), rendez_vous(2)),
                 notes=("Pour commencer.", "", LONG)),
            Bloc("Lieux cités", tuple(map(carte, range(2)))),
        )),
    }  # fmt: skip
    return cases


def _listes():
    wide = {"titre": M140, "resume": M140}
    return {
        "liste-vide": liste(blocs=(), nombre="", vide=RIEN),
        "liste-lettres": repertoire(),
        "annuaire": annuaire(),
        "annuaire-sans-carte": annuaire(carte=None, numeros={}, facettes=None),
        "liste-sans-recherche": liste(cadre=cadre(recherche="", digest="sans")),
        "agenda": agenda(),
        "agenda-140": agenda(durees=(Duree(rendez_vous(1, **wide), "6 sept. – 8 oct.", 0),), jours=(
            JourAgenda(date(2021, 10, 1), "Vendredi", "septembre", (GroupeAgenda("", tuple(
                LigneAgenda(rendez_vous(n, **wide, details=("A", M140)), "14 h 30", "10 h, 14 h",
                            "2021-10-01", (une,)) for n, une in enumerate(ETIQUETTES)
            )),)),
        )),
        "agenda-vide": agenda(durees=(), jours=(), chapo="", vide=RIEN),
        "agenda-theme": agenda(
            theme="numerique", facettes=FACETTES, tous=None, presentations=(),
            reste=Lien("La suite, à partir du 24 octobre 2021", "/agenda/2021-s42/", "2021-10-24"),
        ),
        "agenda-grille": agenda(grille=True, jours=(), chapo="3 expositions et temps forts"),
        "liste-vedette": liste(kind="articles", blocs=(
            Bloc("Articles", tuple(carte(n, image=PHOTO) for n in range(5)), forme="vedette"),
        )),
        "liste-facettes": liste(kind="articles", facettes=replace(FACETTES, etat=""), blocs=(
            Bloc("Articles", (carte(0, image=PHOTO), *map(carte, range(5))), forme="vedette"),
        )),
        "catalogue": ("catalogue.html", liste(kind="outils", facettes=replace(FACETTES, etat=""),
            blocs=(Bloc("Catalogue", tuple(map(carte, range(4)))),))[1]),
        "demandes": ("demandes.html", liste(
            kind="annonces",
            blocs=(Bloc("Aisne", tuple(map(rendez_vous, range(3))), forme="lignes", avenir=True),),
            boutons=(Lien("Demander", "/contribuer/annonce/"),),
        )[1]),
        "classes": ("classes.html", liste(kind="classes", facettes=FACETTES, blocs=(
            Bloc("Lieux qui reçoivent", tuple(map(carte, range(4))), forme="lignes", avenir=True),
        ))[1]),
        "liste-valeur": liste(kind="annonces", facettes=FACETTES, theme="numerique", blocs=(
            Bloc("Annonces", tuple(map(rendez_vous, range(3))), forme="lignes", avenir=True),
        )),
        "liste-theme": liste(theme="numerique", kind="themes", blocs=(
            Bloc("Articles", tuple(map(carte, range(2))), ancre="Genre-articles"),
            Bloc("Territoires", tuple(map(carte, range(4))), forme="simples",
                 notes=("Un résumé.",) * 4, ancre="Genre-territoires"),
            Bloc("Événements passés", etats(), forme="finies", ancre="Fini-events"),
        ), index=(Lien("Articles", "/themes/numerique/#Genre-articles", "2"),
                  Lien("Événements passés", "/themes/numerique/page/2/#Fini-events", "10"))),
        "liste-500": liste(total=21, numero=11),
        "liste-fin": liste(total=21, numero=21, voisins=()),
        "liste-140": liste(titre=M140, chapo=M140, blocs=(
            Bloc("A", tuple(rendez_vous(n, **wide) for n in range(3)), "/", "lignes"),
            Bloc("B", tuple(carte(n, **wide) for n in range(3)), "/", "cartes"),
        )),
        "liste-cartes": liste(kind="articles", blocs=(Bloc("Articles", (
            *map(carte, range(4)), carte(5, image=PHOTO), *map(rendez_vous, range(3)),
        )),)),
    }  # fmt: skip


def _nu(kind):
    """A content with nothing but its title."""
    own = {"lieu": LieuView()} if kind == "lieux" else {"outil": None}
    return fiche(
        kind, **own, entry={"resume": None, "references": ()}, themes=(), territoires=(),
        signature=(),
        lecture=Lecture(),
        theme="", publie=None, modifie=None, corps=SafeHtml(""), sommaire=(), faits=(), boutons=(),
        dates=(), quand=None, feuille=None, tableaux=(), blocs=(), fichier_url="", etiquettes=(),
        licence=Lien(""), cadre=cadre(
            courriel="", depot="", date_epinglee=None, pied=(), ruban=None, digest="nu",
        ),
    )  # fmt: skip
