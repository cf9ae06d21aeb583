"""Hand-made pages of several portals: `/reseau/`."""

from cartes import de_la_semaine
from listes import RIEN, agenda
from vues import M140, cadre

from portail.features.pages.voisins.page import PortailReseau, ReseauView, SemaineReseau
from portail.outputs.pages.views.shared import Etiquette, Lien
from remake import replace

LOIN = "https://voisin.example/evenements/a/"


def ailleurs(jour, nom):
    """The same day, as a neighbour called ``nom`` would announce it."""
    groupes = (
        replace(
            groupe,
            lignes=tuple(
                replace(
                    une,
                    carte=replace(une.carte, url=LOIN),
                    etiquettes=(*une.etiquettes, Etiquette(nom, "voisin")),
                )
                for une in groupe.lignes
            ),
        )
        for groupe in jour.groupes
    )
    return replace(jour, groupes=tuple(groupes))


def reseau(nom="Écho-Voisin", **changes):
    """Two weeks, three portals."""
    (_, vue) = agenda()
    # No titles inside a day, whose own is one level lower than in the agenda.
    un, autre = (
        replace(jour, groupes=tuple(replace(groupe, titre="") for groupe in jour.groupes))
        for jour in vue.jours
    )
    view = ReseauView(
        cadre=cadre(), titre="L’agenda en réseau", description="Plusieurs portails.",
        url="/reseau/", fil=(Lien("Accueil", "/"), Lien("Agenda", "/agenda/")),
        rubrique="/agenda/", nom_court="En réseau",
        chapo=f"Les semaines qui viennent, en Hauts-de-France et chez nos voisins : {nom}.",
        portails=(
            PortailReseau(Lien("Notre portail", "/agenda/"), "12 rendez-vous"),
            PortailReseau(Lien(nom, "https://voisin.example/"), "3 rendez-vous",
                          f"d’après {nom}, le 20 septembre 2021"),
            PortailReseau(Lien("Muet", "https://muet.example/"), "aucun rendez-vous", "",
                          "Aucune copie n’en est gardée."),
        ),
        semaines=(
            SemaineReseau("Semaine\u00a039", "du 27\u00a0septembre au 3\u00a0octobre 2021",
                          "2021-s39", (un,)),
            SemaineReseau("Semaine\u00a052", "du 27\u00a0décembre au 2\u00a0janvier 2022",
                          "2021-s52", (ailleurs(autre, nom),),
                          (Lien(f"{nom} : 12 de plus", "https://voisin.example/agenda/"),)),
        ),
        durees=vue.durees, carte=de_la_semaine(12),
    )  # fmt: skip
    return "reseau.html", replace(view, **changes)


def reseaux():
    """Every case."""
    return {
        "reseau": reseau(),
        "reseau-140": reseau(M140),
        "reseau-vide": reseau(semaines=(), durees=(), carte=None, vide=RIEN),
    }
