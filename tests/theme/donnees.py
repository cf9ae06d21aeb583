"""Pages of open data: full, bare, with words that break layouts; lists that lead to their files."""

from __future__ import annotations

from typing import Any

from vues import LONG, M140, cadre

from portail.outputs.pages.views.services import (
    ChampDonnees,
    DictionnaireView,
    DonneesView,
    FichierDonnees,
    JeuDonnees,
    ListeValeurs,
    SectionDictionnaire,
    TableChamps,
)
from portail.outputs.pages.views.shared import Lien
from remake import replace

API = "/api/v1/"
FICHIERS = (
    FichierDonnees("JSON", f"{API}evenements.json", "", f"{API}schemas/evenements.schema.json"),
    FichierDonnees("CSV", f"{API}evenements.csv"),
    FichierDonnees(
        "GeoJSON", f"{API}evenements-a-venir.geojson", "à venir", f"{API}schemas/g.json"
    ),
)
JEU = JeuDonnees("Événements", "Evenements", "Les rendez-vous.", "12 événements", FICHIERS, "/d/")
LARGE = JeuDonnees(LONG, "Large", M140, "10 000 contenus", FICHIERS[:1])
ACCUEIL = Lien("Accueil", "/")


def donnees() -> dict[str, tuple[str, Any]]:
    """Cases by name: (template, view)."""
    page = DonneesView(
        cadre=cadre(), titre="Données ouvertes", description="Tout se reprend.", url="/donnees/",
        fil=(ACCUEIL,), jeux=(JEU, LARGE), index=f"{API}index.json",
        licence=Lien("CC BY-SA 4.0", "https://exemple.org/by-sa"),
        attribution=f"Source : {LONG} (https://exemple.org/), licence CC BY-SA 4.0.",
        dictionnaire="/donnees/dictionnaire/", mentions="/mentions-legales/",
        changements=f"{API}changements.json", exemple=f"https://exemple.org{API}{LONG}.json",
        suites=(Lien("Calendriers", "/calendriers/", "les dates"),),
    )  # fmt: skip
    nue = replace(
        page, jeux=(LARGE,), licence=Lien("Domaine public"), mentions="", changements="",
        exemple="", suites=(),
    )  # fmt: skip
    cases: dict[str, tuple[str, Any]] = {
        "donnees": ("donnees.html", page),
        "donnees-nue": ("donnees.html", nue),
    }
    return cases | _dictionnaires()


def _dictionnaires() -> dict[str, tuple[str, Any]]:
    champs = (
        ChampDonnees("titre", "Titre", "Ce que l’on voit.", "texte", None, '"La nuit"', True),
        ChampDonnees("themes", "Thèmes", "De quoi il parle.", "liste : au choix dans la ",
                     Lien("liste themes", "Liste-themes")),
        ChampDonnees("tarif", "Tarif", M140, "", Lien("groupe de champs", "Groupe-tarif")),
        ChampDonnees(LONG, "", M140, "texte", None, f'{{"{LONG}": "{LONG}"}}'),
    )  # fmt: skip
    tables = (TableChamps("", "Ecrit", champs), TableChamps("tarif", "Groupe-tarif", champs[:1]))
    section = SectionDictionnaire("Ce qu’écrivent les contributeurs", "Ecrit", "Tel quel.", tables)
    page = DictionnaireView(
        cadre=cadre(), titre="Événements", description="Le sens de chaque champ.",
        url="/donnees/dictionnaire/evenements/", chapo=M140,
        fil=(ACCUEIL, Lien("Données ouvertes", "/donnees/"), Lien("Dictionnaire", "/d/")),
        sections=(section,), jeu=JEU,
        listes=(ListeValeurs("themes", "Liste-themes", (("code", "Mot"), (LONG, M140))),),
    )  # fmt: skip
    index = replace(
        page, jeu=None, pages=(Lien("Événements", "/d/e/"), Lien(LONG, "/d/l/")),
        sections=(replace(section, phrase="", tables=(TableChamps("", "Ecrit", champs[:1]),)),),
        listes=(), fil=page.fil[:2],
    )  # fmt: skip
    return {
        "dictionnaire": ("dictionnaire.html", page),
        "dictionnaire-commun": ("dictionnaire.html", index),
    }
