"""The page where one composes a letter, and the data of a week that its script reads."""

from __future__ import annotations

from datetime import date
from typing import Any

from vues import LONG, M140, THEMES, cadre

from portail.outputs.pages.views.services import ChoixLettre, GroupeChoix, MaLettreView
from portail.outputs.pages.views.shared import Lien

SUIVRE = (
    Lien("Agenda", "/agenda/departement/somme/", "agenda"),
    Lien("Calendrier", "/agenda/departement/somme/agenda.ics", "ics"),
    Lien("Flux", "/territoires/departement-80/flux.xml", "flux"),
)
GROUPES = (
    GroupeChoix("departement", "Départements", (
        ChoixLettre("aisne", "Aisne"), ChoixLettre("somme", "Somme", SUIVRE),
    )),
    GroupeChoix("epci", "Intercommunalités", (
        ChoixLettre("ca-amiens-metropole", "Amiens Métropole", SUIVRE[:2]),
        ChoixLettre("long", LONG, SUIVRE), ChoixLettre("large", M140, SUIVRE),
    )),
    GroupeChoix("theme", "Thèmes", tuple(
        ChoixLettre(code, code.replace("-", " "), SUIVRE[1:], code) for code in THEMES
    )),
    GroupeChoix("public", "Publics", (ChoixLettre("familles", "Familles", SUIVRE[:1]),)),
)  # fmt: skip
HOSTILE = "M\u202e]]> </script><img src=x onerror=alert(1)> 🦉"


def ma_lettre() -> dict[str, tuple[str, Any]]:
    """Cases by name: (template, view)."""
    return {
        "ma-lettre": ("ma-lettre.html", _vue(GROUPES, (Lien("Toute la région", "/newsletter/"),))),
        "ma-lettre-themes": ("ma-lettre.html", _vue(GROUPES[2:3], ())),
    }


def _vue(groupes: tuple[GroupeChoix, ...], editions: tuple[Lien, ...]) -> MaLettreView:
    return MaLettreView(
        cadre=cadre(), titre="Ma lettre", description="La lettre de la semaine.",
        url="/ma-lettre", fil=(Lien("Accueil", "/"),), jour=date(2021, 9, 30),
        semaine="semaine\u00a039", donnees="/semaine.json", agenda="/agenda/", groupes=groupes,
        editions=editions,
    )  # fmt: skip


def donnees() -> dict[str, Any]:
    """A week: two news, one rendez-vous, one annonce that ends; what is over on the day of the
    pages."""
    regles = {
        "une": 5, "avant": 2, "genre": 2, "week-end": 8, "lieu": 2, "a-noter": 4, "annonces": 3,
        "lieux": 2, "outils": 2, "relire": 3, "calme": 8, "court": 10, "lignes": 20,
    }  # fmt: skip
    contenus = [
        # url, titre, genre, nature, couleur, valeurs, portee, paru, parent, lus
        ["/annonces/stage/", "Un stage", 2, 0, 1, [0], 0, -20, -1, []],
        ["/articles/ciel/", ["Le ciel d’", "Amiens", ""], 0, 2, 3, [0, 2], 0, -3, -1, []],
        ["/articles/partout/", HOSTILE, 0, 2, 3, [3], 3, -4, -1, []],
        ["/evenements/nuit/", "La nuit", 1, 4, 5, [0, 2], 0, -20, -1, []],
        ["/evenements/passe/", "Passé", 1, 4, 5, [0], 0, -20, -1, []],
    ]
    ligne = ["2021-10-02", "", "Samedi, à 21\u00a0h · Amiens", 6, "2021-10-02", 1, 0]
    vides = {cle: [] for cle in (
        "epingles", "avant", "reservations", "a-noter", "lieux", "outils", "relire",
    )}  # fmt: skip
    return {
        "version": 1, "semaine": "2021-s39", "regles": regles, "evenement": 1,
        "rubriques": [
            ["une", "À la une"], ["week-end", "Ce week-end", "Tout le week-end", ""],
            ["a-noter", "À noter", "Tout l’agenda", ""],
            ["annonces", "Annonces qui se terminent", "Les annonces", "/annonces/"],
            ["nouveautes", "Nouveau", "", "", [["Annuaire", "A"], ["Catalogue", "C"]]],
            ["relire", "À redécouvrir"],
        ],
        "valeurs": [["departement", "somme"], ["departement", "aisne"],
                    ["theme", "astronomie-espace"], ["theme", "numerique"]],
        "lettres": [["", "", None]], "lieux": [["somme", "Somme (80)"], ["", "En ligne"]],
        "ordre": [], "contenus": contenus,
        "listes": vides | {
            "une": [[1, 0, "Un résumé.", "Par La rédaction · 4\u00a0min", -1, 0, 0, 0],
                    [2, 0, HOSTILE, "", -1, 0, 0, 0]],
            "week-end": [[3, *ligne], [4, "2021-09-25", "", "Hier", -1, "2021-09-25", 1, 0]],
            "annonces": [[0, "2021-10-03", "", "Jusqu’au 3\u00a0octobre", 7, "2021-10-03", 0, []]],
        },
        "textes": ["Stage", "ardoise", "Article", "guede", "Spectacle", "iris", "Complet",
                   "Plus que 3\u00a0jours"],
    }  # fmt: skip
