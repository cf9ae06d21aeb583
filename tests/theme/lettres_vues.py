"""Pages of the letter: an issue of each sort, archives, how one subscribes and leaves."""

from datetime import date

from vues import LONG, M140, cadre

from lettres import DIX, EN_COURS, NUMERO
from portail.features.channels.lettre.pages import living, word_of
from portail.features.channels.lettre.views import (
    LettresView,
    LettreView,
    NumeroListe,
)
from portail.outputs.pages.views.shared import Abonnement, FluxLie, Lien
from remake import replace

FIL = (Lien("Accueil", "/"), Lien("La lettre du jeudi", "/newsletter/"))
FLUX = (FluxLie("La lettre du jeudi, flux RSS", "/newsletter/flux.xml", "application/rss+xml"),)
FORMULAIRE = Abonnement(
    "https://listes.example.org/subscription/form", "l",
    (("5b3a-1", "Hauts-de-France"), ("5b3a-2", "Somme"), ("5b3a-3", M140)), "5b3a-2",
    (("nonce", ""),),
)  # fmt: skip
LIEUX = frozenset(
    [line.url for line in NUMERO.lignes]
    + [one.url for one in NUMERO.errata]
    + ["/agenda/", "/agenda/week-end/", "/temps-forts/semaine-fictive-des-etoiles/"]
)


def numero(issue=NUMERO, connus=LIEUX, **changes):
    """The page of an issue; ``connus`` are the addresses that are still there."""
    vue = LettreView(
        cadre=cadre(), titre=issue.sujet, description=issue.apercu, url="/newsletter/2021-s39/",
        fil=FIL, numero=living(issue, connus),
        mot=word_of(issue, "https://vitrine.example.org", "", connus), semaine="semaine\u00a039",
        depart="", formes=(Lien("En texte seul", "/newsletter/2021-s39/courriel.txt"),),
        editions=(Lien("Somme", "/newsletter/2021-s39/somme/"), Lien(M140, "/newsletter/x/")),
        precedent=Lien(LONG, "/newsletter/2021-s38/", "Semaine\u00a038"),
        suivant=Lien(M140, "/newsletter/2021-s40/", "Semaine\u00a040"),
        archive=Lien("Tous les numéros", "/newsletter/"), inscription="/newsletter/", flux=FLUX,
    )  # fmt: skip
    return "lettre.html", replace(vue, **changes)


def ligne(rang, **changes):
    """An issue in a list."""
    un = NumeroListe(
        f"/newsletter/2021-s{30 + rang}/", date(2021, 7, 29 + rang % 3), f"Le ciel, tome {rang}",
        "Cinq nouveautés, trois rendez-vous.", f"Semaine\u00a0{30 + rang}",
    )  # fmt: skip
    return replace(un, **changes)


def archive(**changes):
    """The archive of the region."""
    vue = LettresView(
        cadre=cadre(), titre="La lettre du jeudi", description="Les numéros.", url="/newsletter/",
        fil=FIL[:1], flux=FLUX, formulaires=("https://listes.example.org",),
        entete="La lettre du jeudi", chapo="Dix choses au plus.", edition="",
        editions=(Lien("Hauts-de-France", "/newsletter/"), Lien("Somme", "/newsletter/somme/")),
        numero=living(DIX, LIEUX), adresse="/newsletter/2021-s40/", note="Il partira jeudi.",
        annee=2021, numeros=tuple(map(ligne, range(6))), annees=(
            Lien("2021", "/newsletter/"), Lien("2020", "/newsletter/2020/"),
        ), abonnement=FORMULAIRE,
    )  # fmt: skip
    return "lettres.html", replace(vue, **changes)


def lettres():
    """Cases by name: (template, view)."""
    return {
        "lettre": numero(),
        "lettre-en-cours": numero(EN_COURS, frozenset(one.url for one in EN_COURS.lignes)),
    }  # fmt: skip
