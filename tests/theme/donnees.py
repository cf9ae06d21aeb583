"""Pages of open data: full, bare, with words that break layouts; lists that lead to their files."""

from vues import LONG, M140, cadre

from portail.features.channels.donnees.columns import Column
from portail.features.channels.donnees.page import (
    DonneesView,
    FichierDonnees,
    JeuDonnees,
    TableauDonnees,
)
from portail.outputs.pages.views.shared import Lien
from remake import replace

API = "/api/v1/"
FICHIERS = (
    FichierDonnees("JSON", f"{API}evenements.json"),
    FichierDonnees("CSV", f"{API}evenements.csv"),
    FichierDonnees("GeoJSON", f"{API}evenements-a-venir.geojson", "à venir"),
)
JEU = JeuDonnees("Événements", "Evenements", "Les rendez-vous.", "12 événements", FICHIERS)
LARGE = JeuDonnees(LONG, "Large", M140, "10 000 contenus", FICHIERS[:1])
COLONNES = (
    Column("titre", "Ce que l’on voit.", ("titre",)),
    Column(LONG, M140, (LONG,)),
)
ACCUEIL = Lien("Accueil", "/")


def donnees():
    """Cases by name: (template, view)."""
    page = DonneesView(
        cadre=cadre(), titre="Données ouvertes", description="Tout se reprend.", url="/donnees/",
        fil=(ACCUEIL,), jeux=(JEU, LARGE), index=f"{API}index.json",
        catalogue=f"{API}catalogue.jsonld",
        licence=Lien("CC BY-SA 4.0", "https://exemple.org/by-sa"),
        attribution=f"Source : {LONG} (https://exemple.org/), licence CC BY-SA 4.0.",
        tableaux=(TableauDonnees(LONG, COLONNES),), mentions="/mentions-legales/",
        changements=f"{API}changements.json", exemple=f"https://exemple.org{API}{LONG}.json",
        suites=(Lien("Calendriers", "/calendriers/", "les dates"),),
    )  # fmt: skip
    nue = replace(
        page, jeux=(LARGE,), licence=Lien("Domaine public"), mentions="", changements="",
        exemple="", suites=(), tableaux=(),
    )  # fmt: skip
    return {
        "donnees": ("donnees.html", page),
        "donnees-nue": ("donnees.html", nue),
    }
