"""Hand-made views: a content of each kind, lists, service pages."""

from datetime import date, datetime, timedelta

from evenements import CLASSES, date_view, seance
from lectures import LECTURE
from matiere import CHIFFRES, CORPS, FAITS, PRETS, REFERENCES, SOMMAIRE

from portail.features.kinds.articles.model import Article
from portail.features.kinds.lieux.page import FermetureView, HorairesView, LieuView, SemaineView
from portail.features.kinds.ressources.loans import (
    Case,
    DemandeView,
    EtapeView,
    Frise,
    OutilView,
    Piste,
)
from portail.features.kinds.territoires.blocs import Acteur, PresView, RoleView, TerritoireView
from portail.features.pages.accueil.page import HomeView
from portail.features.pages.ciel.chart import Label
from portail.features.pages.ciel.dusk import Dusk, Moon, Point
from portail.features.pages.ciel.tonight import Dessin, Fenetre
from portail.outputs.pages.views.entry import EntryView
from portail.outputs.pages.views.lists import (
    Bloc,
    Card,
    ListingView,
    NotFoundView,
    PlanView,
    ThemesView,
)
from portail.outputs.pages.views.shared import (
    Etiquette,
    Fait,
    Feuille,
    Frame,
    JourRuban,
    Lien,
    Message,
    NavGroup,
    Pagination,
    Ruban,
    Soir,
    Vide,
)
from remake import replace

M140 = "M" * 140
"""The widest title: 140 letters without a place to break."""

LONG = (
    "Séminaire « Transmission mémorielle : penser les défis de la transmission sur les lieux "
    "de mémoire par l’usage de la notion de traces »"
)
THEMES = (
    "astronomie-espace", "terre-environnement", "vivant-sante", "agriculture-alimentation",
    "mathematiques-physique-chimie", "numerique", "industrie-technologie",
    "histoire-patrimoine", "histoire-des-sciences", "sciences-societe",
)  # fmt: skip
KINDS = (
    "articles", "events", "annonces", "ressources", "lieux", "dossiers", "communautes",
    "projets", "territoires", "temps-forts", "auteurs", "pages",
)  # fmt: skip
TEMPLATES = dict(zip(KINDS, (
    "article.html", "event.html", "annonce.html", "ressource.html", "lieu.html", "dossier.html",
    "communaute.html", "projet.html", "territoire.html", "temps_fort.html", "auteur.html",
    "page.html",
), strict=True))  # fmt: skip
ETIQUETTES = (
    Etiquette("Annulé", "annule", True),
    Etiquette("Reporté", "reporte", True),
    Etiquette("Reprogrammé", "reprogramme", True),
    Etiquette("Complet", "complet", True),
    Etiquette("Déplacé en ligne", "deplace-en-ligne", True),
    Etiquette("Passé", "passe"),
    Etiquette("En ligne", "en-ligne"),
    Etiquette("Gratuit", "gratuit"),
    Etiquette("À emprunter", "pret"),
    Etiquette("Nouveau", "nouveau"),
)


JOURS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")


def cadre(**changes):
    """The frame of the demonstration."""
    rubriques = ("Articles", "Agenda", "Annuaire", "Annonces", "Ressources", "Dossiers")
    urls = ("/articles/", "/agenda/", "/lieux/", "/annonces/", "/ressources/", "/dossiers/")
    frame = Frame(
        nom="Portail des sciences",
        region="Hauts-de-France",
        menu=tuple(map(Lien, rubriques, urls)),
        pied=(
            NavGroup("Explorer", (
                Lien("Communautés", "/communautes/"), Lien("Projets", "/projets/"),
                Lien("Temps forts", "/temps-forts/"), Lien("Territoires", "/territoires/"),
                Lien("Thèmes", "/themes/"),
            )),
            NavGroup("Le portail", (
                Lien("À propos", "/a-propos/"), Lien("Mentions légales", "/mentions-legales/"),
                Lien("Plan du site", "/plan-du-site/"),
            )),
        ),
        date_epinglee=date(2021, 9, 27),
        apercu=False,
        troubles=(),
        courriel="redaction@exemple.org",
        depot="https://exemple.org/forge/portail",
        digest="0",
        recherche="/recherche/",
        contribuer="/contribuer/",
        ruban=Ruban("Semaine\u00a039", "27\u00a0sept. – 3\u00a0oct.", "/agenda/2021-s39/", tuple(
            JourRuban(date(2021, 9, 27) + timedelta(days=rang), f"/agenda/2021-s39/#{nom}")
            for rang, nom in enumerate(JOURS)
        )),
    )  # fmt: skip
    return replace(frame, **changes)


def carte(rang=0, **changes):
    """An ordinary card; ``rang`` varies its kind of theme, title and day."""
    titres = (
        "Café des sciences : le sel, de la mer à l’assiette",
        "La nuit de la chouette",
        "Onze intercommunalités, onze façons de faire vivre les sciences",
        "Hommes et femmes de l’espace",
        "Le retour d’*Astacus astacus* dans la Canche",
        "Parler de sciences en médiathèque",
    )
    base = Card(
        ref=f"articles/contenu-{rang}",
        url=f"/articles/contenu-{rang}/",
        kind="articles",
        surtitre="Article · Reportage",
        titre=titres[rang % len(titres)],
        resume="Deux planètes géantes au même bout de ciel, trois instruments, et une couverture.",
        theme=THEMES[rang % len(THEMES)],
        feuille=None,
        details=("23 septembre 2021", "La Coupole"),
        etiquettes=(),
        image=None,
        digest="",  # these cards differ by more than their rank: each is drawn where it stands
        empreinte=f"/empreintes/numerique-{rang}.svg",
    )
    return replace(base, **changes)


def rendez_vous(rang=0, **changes):
    """The card of an event."""
    jour = date(2021, 10, 1) + timedelta(days=rang)
    values = {
        "ref": f"events/rdv-{rang}",
        "url": f"/evenements/rdv-{rang}/",
        "kind": "events",
        "surtitre": "Événement · Atelier",
        "feuille": Feuille(jour),
        "details": ("Vendredi 1er octobre 2021, de 14 h à 16 h", "La Coupole, Wizernes"),
        "etiquettes": (ETIQUETTES[7],) if rang % 3 == 0 else (),
    }
    return carte(rang, **{**values, **changes})


def etats():
    """One event per state."""
    rows = []
    for rang, une in enumerate(ETIQUETTES):
        etat = une.code if une.code in ("annule", "reporte", "passe") else ""
        leaf = Feuille(date(2021, 10, 1 + rang), etat)
        rows.append(rendez_vous(rang, etiquettes=(une, ETIQUETTES[7]), feuille=leaf))
    return tuple(rows)


TERRITOIRE = TerritoireView(
    roles=(
        RoleView("Acteurs ressources", "Conseille, informe, accompagne ou prête du matériel.", (
            Acteur(Lien("Observatoire", "/lieux/o/", "Association · Val-Exemple"), 1),
            Acteur(Lien(LONG, "/lieux/l/", "Musée")),
        )),
        RoleView("Aussi sur le territoire", "", (Acteur(Lien(M140, "/lieux/m/"), 2),)),
    ),
    autres=Lien("12 autres dans l’annuaire", "/lieux/"), titre_membres="Les 53 communes",
    membres=(Lien("Arques"), Lien("Un territoire", "/territoires/u/"), *map(Lien, THEMES)),
    voisins=(Lien("Hauts de Flandre"), Lien("Lumbres", "/territoires/l/")),
    comptes=(Lien("lieux et structures", "#Roles", "11"), Lien("rendez-vous", "#Roles", "3")),
    identite=(Fait("Habitants", (Lien("24\u00a0153", note="INSEE, 2019"),)),),
    reseaux=(Lien("Réseau", "/lieux/r/", "2 membres ici"), Lien(M140, "/lieux/m/", "1 membre ici")),
    pres=PresView(
        (Lien("Centre", "/lieux/c/", "à 11\u00a0km · Wizernes · Animation"),
         Lien(M140, "/lieux/m/", "à 38\u00a0km")),
        (Lien(LONG, "/ressources/l/", "à 11\u00a0km · Libre en ce moment"),),
        "/lieux/", "/catalogue/",
    ),
    vide=Vide("Aucun rendez-vous annoncé ici pour l’instant.", "Le plus proche :",
              (Lien("Tout l’agenda", "/agenda/"),),
              Lien(LONG, "/evenements/l/", "9 octobre 2021, Wizernes, à 11\u00a0km"),
              date(2021, 10, 9)),
)  # fmt: skip
SEMAINE = tuple((jour, "10\u00a0h –\u00a012\u00a0h, 14\u00a0h –\u00a018\u00a0h") for jour in JOURS)
LIEU = LieuView(
    offres=("Prêt d’outils", "Animation"),
    accueil=(Fait("Venir en groupe", (Lien("De 10 à 60 personnes"), Lien(M140))),
             Fait("Louer un espace", (Lien("Auditorium", note="120 places"),))),
    manque="Tarifs, accessibilité : pas encore connus ici",
    verifiee="Fiche vérifiée le 20 septembre 2021",
    fermetures=(
        FermetureView(Message("Fermé du 20 septembre au 1er octobre 2021", ton="alerte"),
                      date(2021, 10, 1), True),
        FermetureView(Message("Fermé le 25 décembre 2021", "Jour férié."), date(2021, 12, 25),
                      False),
    ),
    horaires=HorairesView(
        (SemaineView("Le reste de l’année", "", SEMAINE), SemaineView("Avril", "401 430", SEMAINE)),
        ("Jours fériés : fermé",), '[[0,[],[1,2,3,4],[],"",[600,1080],""]]', '["2021-12-25"]',
    ),
)  # fmt: skip


def blocs_de_lieu(**changes):
    """Every block of the page of a place."""
    rdv, cartes = tuple(map(rendez_vous, range(4))), tuple(map(carte, range(5)))
    return (
        Bloc("Prochains événements", tuple(replace(un, **changes) for un in rdv), forme="lignes",
             code="agenda"),
        Bloc("Événements passés", rdv[:1], forme="lignes", code="passes"),
        Bloc("À emprunter", tuple(replace(une, **changes) for une in cartes), "/catalogue/",
             lien="Tout le catalogue", code="prets"),
        Bloc("On en parle", cartes[:3], code="parle"),
        Bloc("Membres", tuple(replace(une, **changes) for une in cartes[:4]), forme="puces",
             code="membres"),
        Bloc("Lieux voisins", tuple(replace(une, **changes) for une in cartes[:3]),
             forme="simples", notes=("Lille", "Lens, à 4 km", "Arras, à 12 km"), code="voisins"),
    )  # fmt: skip


ASKED = Lien("Demander ce créneau", "mailto:a@example.org?subject=Demande&body=Bonjour")


def piste(titre):
    """A copy: what is past, under way, free, to come; two loans in one week."""
    return Piste(titre, (
        Case("Arras (62)", "du 6 au 10 sept.", 2, 1, "fait", 1),
        Case(LONG, "du 13 sept. au 15 oct.", 3, 5, "ici"),
        Case("Libre", "du 16 oct. au 1er nov.", 8, 2, "libre", demande=ASKED),
        Case(M140, "du 2 au 3 nov.", 10, 1, "avenir"), Case("Douai (59)", "le 5 nov.", 10, 1,
                                                           "avenir"),
        Case("Libre", "à partir du 6 nov.", 11, 16, "libre", demande=ASKED),
    ))  # fmt: skip


OUTIL = OutilView(
    ou=(Lien("Médiathèque-Exemple", "/lieux/m/", "Exemplaire 1, jusqu’au vendredi 15 octobre 2021"),
        Lien(M140, note="Exemplaire 2, Arras (62), jusqu’au mardi 5 octobre 2021")),
    frise=Frise((Case("Sept. 2021", "", 1, 5), Case("Oct.", "", 6, 21)),
                (piste("Exemplaire 1"), piste("Exemplaire 2"))),
    etapes=tuple(
        EtapeView(Lien(f"Étape {n}", "/lieux/m/" if n % 2 else "", "Arras (62)"),
                  f"Du {n} au {n + 1} octobre 2021",
                  "fait" if n < 12 else ("ici" if n == 12 else "avenir"), n)
        for n in range(1, 16)
    ),
    avant=1,
    transport=(Fait("Poids", (Lien("48,5 kg"),)), Fait("Contenu", (Lien("12 panneaux"),))),
    a_demander=True,
    preteur=Lien("Musée-Exemple", "/lieux/musee/"),
    ensuite=(Lien("Collège", note="Lens (62), du 4 au 8 octobre 2021"), Lien(M140, "/lieux/m/")),
    publique=True,
    demande=DemandeView(2, 30, ("1 2021-09-13 2021-10-15",)),
)  # fmt: skip


def fiche(kind, **changes):
    """Template and full view of a content of one kind."""
    titre = changes.pop("titre", "Le retour d’*Astacus astacus* : soirée d’observation")
    entry_values = {
        "titre": titre, "resume": "Deux planètes géantes, trois instruments, et une couverture.",
        "references": REFERENCES,
    }  # fmt: skip
    entry_values |= changes.pop("entry", {})
    entry = CLASSES.get(kind, Article).model_construct(**entry_values)
    url = f"/{kind}/exemple/"
    view = EntryView(
        cadre=cadre(), titre=titre, description="Deux planètes géantes.", url=url,
        fil=(Lien("Accueil", "/"), Lien("Rubrique", f"/{kind}/")), rubrique=f"/{kind}/",
        entry=entry, kind=kind, surtitre="Événement · Sortie nature", theme=THEMES[0],
        themes=(Lien("Astronomie et espace", "/themes/astronomie-espace/"),),
        territoires=(Lien("CA du Pays de Saint-Omer", "/territoires/saint-omer/"), Lien("Nord")),
        signature=(Lien("La Coupole", "/lieux/la-coupole/"), Lien("Une autrice", note="ULCO")),
        publie=date(2021, 9, 20), modifie=date(2021, 9, 25), minutes=9,
        etiquettes=(), image=None, corps=CORPS, sommaire=SOMMAIRE, faits=FAITS, boutons=(),
        feuille=None, dates=(), tableaux=(("Chiffres clés", CHIFFRES), ("Itinéraire", PRETS)),
        blocs=(
            Bloc("Prochains événements", tuple(map(rendez_vous, range(4))), "/agenda/", "lignes"),
            Bloc("À lire aussi", tuple(map(carte, range(3)))),
        ),
        licence=Lien("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/deed.fr"),
        fichier_url="https://exemple.org/forge/portail/blob/main/content/x.md", message=None,
        lecture=LECTURE,
    )  # fmt: skip
    if kind == "events":
        view = replace(
            view, feuille=Feuille(date(2021, 10, 8)), dates=tuple(map(date_view, range(12))),
            quand=seance(2),
            boutons=(Lien("Réserver", "https://exemple.org/reserver"),),
            etiquettes=(ETIQUETTES[7],),
        )  # fmt: skip
    if kind not in ("pages", "lieux", "ressources", "territoires"):
        view = replace(view, empreinte=f"/empreintes{url[:-1]}.svg")
    if kind == "ressources":
        view = replace(view, outil=OUTIL, tableaux=())
    if kind == "lieux":
        hours = (Fait("Horaires", (Lien("Du mardi au dimanche"),)),)
        view = replace(view, lieu=LIEU, premiers=hours, blocs=blocs_de_lieu())
    if kind == "territoires":
        view = replace(view, territoire=TERRITOIRE)
    if kind in ("pages", "articles"):
        view = replace(view, faits=(), tableaux=())
    return TEMPLATES[kind], replace(view, **changes)


def liste(total=1, numero=1, **changes):
    """A page of a list; ``total`` counts its pages."""
    pages = tuple("/agenda/" if n == 1 else f"/agenda/page/{n}/" for n in range(1, total + 1))
    titre = "Agenda" if numero == 1 else f"Agenda, page {numero}"
    view = ListingView(
        cadre=cadre(), titre=titre, description="Ce qui a lieu.", url=pages[numero - 1],
        fil=(Lien("Accueil", "/"),), rubrique="/agenda/", kind="events",
        chapo="Conférences, ateliers, expositions, sorties : ce qui a lieu, où et quand.",
        blocs=(Bloc("Agenda", etats(), forme="lignes"),), nombre="500 événements",
        pagination=Pagination(numero, total, pages),
        voisins=(Lien("Événements passés", "/agenda/archives/"),),
    )  # fmt: skip
    return "listing.html", replace(view, **changes)


def accueil(**changes):
    """The home page."""
    une = (carte(2), rendez_vous(1), carte(4), rendez_vous(3), carte(0))
    rdv = tuple(map(rendez_vous, range(6)))
    view = HomeView(
        cadre=cadre(), titre="Portail des sciences", description="Agenda, articles.", url="/",
        une=une,
        agenda=Bloc("L’agenda", rdv, "/agenda/", "lignes", lien="Tout l’agenda"),
        en_ce_moment=Bloc("En ce moment", rdv[:2], forme="simples",
                          notes=("Jusqu’au 8 octobre 2021", "Jusqu’au 31 décembre 2021")),
        carte=None,
        articles=Bloc("Derniers articles", tuple(map(carte, range(6))), "/articles/",
                      lien="Tous les articles"),
        dossiers=Bloc("Dossiers", tuple(map(carte, range(2))), "/dossiers/",
                      lien="Tous les dossiers"),
        annonces=Bloc("Annonces qui se terminent", rdv[:3], "/annonces/", "simples",
                      lien="Toutes les annonces"),
        nouveautes=Bloc("Nouveaux lieux et ressources", tuple(map(carte, range(4))),
                        forme="simples"),
        chiffres=(Lien("articles", "/articles/", "6"), Lien("lieux", "/lieux/", "12"),
                  Lien("événements en 2021", "/agenda/", "11"), Lien("communes", "", "1204")),
        raccourcis=(Lien("Aujourd’hui", "/agenda/2021-s39/#J-2021-09-27"),
                    Lien("Ce week-end", "/agenda/2021-s39/#J-2021-10-02")),
        communes="/communes.json", soir=_soir(),
    )  # fmt: skip
    return "index.html", replace(view, **changes)


def _soir():
    """An evening with a light of each sort, and a street where every window is lit."""
    ciel = Dusk(
        datetime(2021, 9, 27, 20, 46), 735, ("M9 9h0",) * 3, (Point(210, 140, 5),),
        Moon(480, 90, "M0-10A10 10 0 0 1 0 10A5 10 0 0 1 0-10Z", 40),
        (Label(210, 120, "Jupiter"), Label(480, 40, "Lune")), (Label(420, 262, "S"),), (),
        -32, (1, 0.85, 0.55),
    )  # fmt: skip
    lit = tuple(Fenetre(140 * rank, "20\u00a0h\u00a030", LONG, f"/e/{rank}/") for rank in range(6))
    dessin = Dessin(
        date(2021, 9, 27), "Dessin du ciel.", f"lundi 27\u00a0septembre : {LONG}.",
        "Soleil couché à 19\u00a0h.", ("beffroi", "phare", "vigne"), ciel, lit,
    )  # fmt: skip
    return Soir("Ce soir : Lune.", "/ciel/", "M0-10Z", dessin)


def service(nom):
    """``themes``, ``plan`` or ``404``."""
    fil = (Lien("Accueil", "/"),)
    common = {"cadre": cadre(), "description": "Une phrase."}
    rows = tuple(
        (code, Lien(code.replace("-", " "), f"/themes/{code}/", "12"), f"/empreintes/{code}-1.svg")
        for code in THEMES
    )
    views = {
        "themes": ThemesView(titre="Thèmes", url="/themes/", fil=fil, themes=rows, **common),
        "plan": PlanView(titre="Plan du site", url="/plan-du-site/", fil=fil, groupes=(
            NavGroup("Articles", (Lien("Tout voir : Articles", "/articles/"), Lien(LONG, "/a/"))),
            NavGroup("Thèmes", tuple(lien for _, lien, _ in rows)),
            NavGroup("Lieux", (Lien(M140, "/l/"), Lien("La Coupole", "/lieux/c/", "Wizernes"))),
        ), **common),
        "404": NotFoundView(titre="Page introuvable", url="/404.html", noindex=True, issues=(
            Lien("Accueil", "/"), Lien("Agenda", "/agenda/"), Lien("Plan du site", "/plan/"),
        ), plan="/plan", **common),
    }  # fmt: skip
    return f"{nom}.html", views[nom]
