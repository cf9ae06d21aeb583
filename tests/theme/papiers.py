"""Hand-made sheets to print: posters laid out as a build does, sheets for a class."""

from datetime import date, timedelta
from importlib.util import find_spec

from vues import M140, cadre

from portail.features.intake.guides.page import FicheStructureView
from portail.outputs.pages.views.shared import Etiquette, Lien
from portail.qr import qr
from remake import replace

if find_spec("portail_papier"):
    from portail_papier.affiches.layout import (
        AffichesView,
        AfficheView,
        DureeAffiche,
        Head,
        JourAffiche,
        LigneAffiche,
        RangAffiches,
        lay_out,
    )

LUNDI = date(2021, 9, 27)
JOURS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")
ADRESSE = "https://portail.example.org/agenda/epci/ca-pays-de-saint-omer/"
ANNULE = (Etiquette("Annulé", "annule", True),)
COMPLET = (Etiquette("Complet", "complet", True),)
TITRES = (
    "Robots dessinateurs", "Café des sciences : à quoi servent les vers de terre ?",
    "Atelier en famille : fabriquer un spectroscope", "Ciné-débat",
)  # fmt: skip
HEURES = ("14\u00a0h – 16\u00a0h", "Horaires en ligne", "9\u00a0h\u00a030", "20\u00a0h")
LIEUX = ("Médiathèque de Saint-Exemple", "Observatoire de Sainte-Fiction, Wizernes", "La Coupole")


def ligne(rang, **changes):
    """An event on one day."""
    annule = rang % 9 == 5
    base = LigneAffiche(
        TITRES[rang % 4], f"/evenements/e{rang}/", HEURES[rang % 4],
        (LIEUX[rang % 3], "Dès 8 ans", "Gratuit"),
        ANNULE if annule else COMPLET if rang % 9 == 7 else (), annule,
    )  # fmt: skip
    return replace(base, **changes)


def duree(**changes):
    """What lasts."""
    details = ("exposition", "jusqu’au 23\u00a0octobre", LIEUX[0], "gratuit")
    return replace(DureeAffiche("Néandertal", "/evenements/n/", details, (), False), **changes)


def affiche(
    nombre,
    jours=7,
    durees=1,
    ou="Pays de Saint-Omer",
    date_epinglee=LUNDI,
    **changes,
):
    """The poster of so many events over so many days; ``changes`` are those of each event."""
    days = {}
    for rang in range(nombre):
        day = LUNDI + timedelta(days=rang * jours // nombre)
        days.setdefault(day, []).append(ligne(rang, **changes))
    head = Head("Cette semaine, les sciences sont ici", ou,
                "du lundi 27 septembre au dimanche 3\u00a0octobre 2021",
                ADRESSE.partition("://")[2].rstrip("/"))  # fmt: skip
    titre = changes.get("titre", "Néandertal")
    layout = lay_out(
        head, days, (duree(titre=titre),) * durees, lambda _, one: one, lambda one: one.annule
    )
    return "affiche.html", AfficheView(
        cadre=cadre(date_epinglee=date_epinglee), titre=f"Affiche, {ou}", description="Une phrase.",
        url="/affiche/", adresse=head.adresse, noindex=True, retour=Lien("Agenda", "/agenda/"),
        arret="27\u00a0septembre 2021",
        qr=qr(ADRESSE), taille=layout.taille, accroche=head.accroche,
        ou=ou, quand=head.quand, fin=LUNDI + timedelta(days=6),
        durees=layout.durees, reste=layout.reste,
        jours=tuple(JourAffiche(day, JOURS[day.weekday()], some) for day, some in layout.jours),
        plutot=Lien("Octobre 2021", "/agenda/affiche/2021-10/"),
        autres=(Lien("Semaine du 27\u00a0septembre au 3\u00a0octobre"),
                Lien("Octobre 2021", "/agenda/affiche/2021-10/")),
    )  # fmt: skip


def affiches(nombre=3):
    """The page of posters, of so many places in each group."""
    links = (Lien("27\u00a0sept. – 3\u00a0oct.", "/a/1/"), Lien("octobre 2021", "/a/2/"))
    noms = ("Saint-Omer", "Étaples", M140)
    rangs = tuple(RangAffiches(Lien(noms[n % 3], "/a/"), links[n % 2 :]) for n in range(nombre))
    groupes = (("Communes", rangs), ("Lieux", rangs)) if nombre else ()
    return "affiches.html", AffichesView(
        cadre=cadre(), titre="Affiches à imprimer", description="Sur une feuille A4.",
        url="/affiches/", fil=(Lien("Accueil", "/"), Lien("Agenda", "/agenda/")),
        rubrique="/agenda/", groupes=groupes,
    )  # fmt: skip


def structure(delai="trois jours ouvrés", **changes):
    """What a structure pins above a desk."""
    base = FicheStructureView(
        cadre=cadre(),
        titre="Une fiche à imprimer",
        description="Comment annoncer un rendez-vous, sur une page.",
        url="/contribuer/guides/fiche-structure/",
        retour=Lien("Les guides", "/contribuer/guides/"),
        arret="",
        adresse="portail.example.org/contribuer",
        qr=qr(ADRESSE),
        delai=delai,
        courriel="redaction@portail.example.org",
    )
    return "fiche_structure.html", replace(base, **changes)


def papiers():
    """Sheets and the page of posters, ordinary and extreme."""
    cases = _posters() if find_spec("portail_papier") else {}
    cases["fiche-structure"] = structure()
    cases["fiche-structure-longue"] = structure("un mois, sauf en août")
    cases["fiche-structure-sans-qr"] = structure(qr=None, adresse="", courriel="")
    return cases


def _posters():
    wide = {"titre": M140, "details": (M140, M140, "Gratuit")}
    cases = {f"affiche-{nombre}": affiche(nombre) for nombre in (1, 2, 3, 7, 15, 40)}
    cases["affiche-0"] = affiche(0)
    cases["affiche-mois"] = affiche(60, jours=30, durees=5)
    cases["affiche-140"] = affiche(7, **wide)
    cases["affiche-140-40"] = affiche(40, durees=4, ou=M140[:70], **wide)
    cases["affiche-sans-qr"] = (
        "affiche.html",
        replace(affiche(3)[1], qr=None, adresse="", autres=(), plutot=None),
    )
    cases |= {"affiches": affiches(), "affiches-nu": affiches(0)}
    return cases
