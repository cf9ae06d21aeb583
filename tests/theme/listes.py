"""Hand-made views of lists: the agenda, a directory, a home page without some of its blocks."""

from datetime import date
from string import ascii_uppercase

from msgspec.structs import asdict
from vues import ETIQUETTES, M140, THEMES, accueil, carte, etats, liste, rendez_vous

from portail.features.services.agenda.views import (
    AgendaView,
    Duree,
    GroupeAgenda,
    JourAgenda,
    LigneAgenda,
)
from portail.outputs.pages.views.lists import (
    Bloc,
    FacettesView,
    FacetteView,
    ValeurView,
)
from portail.outputs.pages.views.shared import Lien, Vide
from remake import replace

RIEN = Vide(
    "Aucun rendez-vous à venir pour l’instant.",
    "Dernière date :",
    (Lien("Événements passés (12)", "/agenda/archives/"), Lien("Proposer un événement", "/x/")),
    Lien("Le retour d’*Astacus astacus*", "/evenements/a/", "samedi 2 octobre 2021"),
)

FACETTES = FacettesView(
    "/agenda/",
    "/agenda/facettes.json",
    (
        FacetteView("theme", "Thème", tuple(
            ValeurView(code, code, f"/agenda/theme/{code}/", rang or None, code, rang == 1)
            for rang, code in enumerate(THEMES)
        ), ouverte=True),
        FacetteView("epci", "Intercommunalité", (ValeurView("a", M140, "/agenda/epci/a/"),)),
        FacetteView("gratuit", "Gratuit", (ValeurView("oui", "Gratuit", "/agenda/gratuit/", 3),),
                    bascule=True),
    ),
    "theme=numerique",
    (Lien("Ce week-end", "/agenda/week-end/", "quand=week-end"),),
)  # fmt: skip


def agenda(**changes):
    """The agenda as a list: days, what lasts."""
    base = liste(blocs=(), nombre="", chapo="12 rendez-vous du 1er au 10 octobre 2021")[1]
    cartes = tuple(map(rendez_vous, range(10)))
    lignes = tuple(
        LigneAgenda(une, "14 h" if n % 3 else "", "– 16 h" if n % 3 else "heure à confirmer",
                    "2021-10-01T14:00:00+02:00" if n % 3 else "2021-10-01",
                    (ETIQUETTES[n],) if n < 7 else ())
        for n, une in enumerate(cartes)
    )  # fmt: skip
    values = asdict(base)
    values |= {
        "jours": (
            JourAgenda(
                date(2021, 10, 1),
                "Vendredi",
                "octobre",
                (GroupeAgenda("Nord", lignes[:4]), GroupeAgenda("Somme", lignes[4:7])),
            ),
            JourAgenda(
                date(2022, 1, 2), "Dimanche", "janvier 2022", (GroupeAgenda("", lignes[7:]),)
            ),
        ),
        "durees": (
            Duree(cartes[0], "6 sept. – 8 oct.", 64),
            Duree(cartes[1], "1er oct. – 11 oct.", None),
            Duree(etats()[0], "1er sept. – 31 déc.", 20),
        ),
        "facettes": replace(FACETTES, etat=""),
        "tous": Lien("7 expositions et temps forts", "/agenda/en-ce-moment/"),
        "calendrier": "/agenda/agenda.ics",
        "affiche": "/agenda/affiche/2021-s39/",
        "aussi": Bloc("Aussi en ce moment", cartes[4:6], forme="simples", notes=("A", "B")),
    }
    return "agenda.html", replace(AgendaView(**values), **changes)


def repertoire(nombre=40):
    """A directory: names by letter, some with a count."""
    noms = tuple(map(carte, range(nombre)))
    blocs = tuple(
        Bloc(lettre, noms[rang::3], forme="repertoire", ancre=f"Lettre-{lettre}",
             notes=tuple("2 à venir" if n % 2 else "" for n in range(len(noms[rang::3]))))
        for rang, lettre in enumerate("AEM")
    )  # fmt: skip
    index = tuple(
        Lien(one, f"/lieux/#Lettre-{one}" if one in "AEM" else "") for one in ascii_uppercase
    )
    return liste(kind="lieux", blocs=blocs, index=index, voisins=())


def accueil_sans(*names, **changes):
    """The home page without some of its blocks."""
    return accueil(**{name: Bloc("", ()) for name in names}, **changes)
