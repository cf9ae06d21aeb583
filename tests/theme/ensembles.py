"""What gathers others: programmes, projects, communities; announcements; events in every state."""

from evenements import date_view, seance
from vues import ETIQUETTES, LONG, M140, carte, fiche, rendez_vous

from portail.features.kinds.evenements.views import GroupeView, ProgrammeView
from portail.features.kinds.tempsforts.views import GrilleView
from portail.features.services.agenda.views import RendezVousView
from portail.model.event import Horaires
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Etiquette, Fait, Lien, Message

ACTEURS = (
    Lien("Musée-Exemple", "/lieux/musee/", "Musée, Amiens"), Lien("Club fictif"),
    Lien(M140, "/lieux/long/", M140),
)  # fmt: skip
ANNEES = (
    Lien("2022", note="À annoncer"), Lien("2021", "/temps-forts/exemple/2021/", LONG),
    Lien("2019", "/temps-forts/exemple/2019/"),
)  # fmt: skip
ETAPES = (
    Fait("15 juin 2021", (Lien("Choix du terrain", note="fait"),)),
    Fait("Date à préciser", (Lien(M140),)),
)


def passage(rang, titre="Robots en *liberté*"):
    """An event of a programme; the first one is cancelled."""
    labels = ETIQUETTES[:1] if rang == 0 else ()
    return RendezVousView(
        titre, f"/evenements/robots-{rang}/", "numerique", "14 h – 17 h", "2021-10-03",
        ("Place fictive", "Jeu"), labels, rang == 0,
    )  # fmt: skip


def programme(titre=LONG):
    """Every form of programme."""
    jour = date_view(3).feuille
    lignes = (passage(0), passage(1, titre), passage(2))
    return (
        ProgrammeView("Villages, festivals et parcours", (), "cartes",
                      tuple(rendez_vous(n, titre=titre) for n in range(2))),
        ProgrammeView("Jour par jour", (
            GroupeView("Mercredi 6 octobre 2021", lignes, jour),
            GroupeView("Plusieurs jours de suite", lignes[1:]),
        )),
        ProgrammeView("Les étapes", (GroupeView("", lignes),), "etapes"),
    )  # fmt: skip


def grille(titre="Animations"):
    """Three editions."""
    rows = (("Dates", ("", "Du 2 au 12 octobre 2021", "Du 5 au 13 octobre 2019")),
            (titre, ("", "30", "12")))  # fmt: skip
    return GrilleView("D’une édition à l’autre", ("2022", "2021", "2019"), rows, ("Bilan", titre))


def ensembles():
    """Every case, by name: (template, view)."""
    around = Bloc("Sur place et autour", tuple(map(carte, range(3))))
    over = Message(
        "Cet événement est passé", "Il a eu lieu hier.", invite="À venir au même endroit",
        suites=(Lien("*Bufo*", "/evenements/b/", "Demain"), Lien(M140, "/c/", M140)),
    )  # fmt: skip
    several = seance(4, phrase="De 10 h à 11 h"), seance(4, phrase="À 14 h", barree=True)
    full = (seance(6, phrase="De 15 h à 16 h", etiquettes=(Etiquette("Complet", "complet", True),)),
            seance(6, phrase="De 17 h à 18 h"))  # fmt: skip
    weekly = (Fait("Mercredi", (Lien("de 14 h à 18 h"),)),)
    cases = {
        "event-passe": fiche("events", message=over, autour=around, contexte=(
            Lien("Village", "/evenements/village/", "étape 2"), Lien("Fête", "/temps-forts/fete/"),
        )),
        "event-parent": fiche("events", programmes=programme()[1:3], autour=around),
        "event-etapes": fiche("events", programmes=programme()[2:3], dates=(date_view(4),)),
        "event-jours": fiche(
            "events", dates=(date_view(4, *several), date_view(5), date_view(6, *full)),
            quand=several[1], periode="Du 1er au 9 octobre 2021",
        ),
        "event-horaires": fiche(
            "events", dates=tuple(map(date_view, range(60))),
            entry={"horaires": Horaires.model_construct()},
            tableaux=(("Horaires", weekly), ("Qui organise", weekly)),
        ),
        "temps-fort": fiche("temps-forts", programmes=programme(), grille=grille(),
                            editions=ANNEES, entry={"participer": LONG}),
    }  # fmt: skip
    for code in ("idee", "termine"):
        cases[f"projet-{code}"] = fiche(
            "projets", acteurs=ACTEURS, tableaux=(("Étapes", ETAPES),),
            entry={"avancement": code, "besoins": ("Une salle", M140)},
        )  # fmt: skip
    return cases
