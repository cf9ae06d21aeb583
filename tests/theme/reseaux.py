"""Hand-made pages of what neighbours announce: `/reseau/`."""

from importlib.util import find_spec

from listes import RIEN, agenda
from vues import M140, cadre

from portail.outputs.pages.views.shared import Lien
from remake import replace

if find_spec("portail_importer"):
    from portail_importer.voisins.page import PortailVoisin, ReseauView

LOIN = "https://voisin.example/evenements/a/"


def ailleurs(jour, nom):
    """The same day, as a neighbour called ``nom`` would announce it."""
    groupes = (
        replace(
            groupe,
            titre="",
            lignes=tuple(
                replace(
                    une,
                    carte=replace(
                        une.carte,
                        url=LOIN,
                        precision=f"Atelier · {nom}",
                        details=("", "Salle des fêtes, Eu (76), à 3 km d’Oust-Marest"),
                    ),
                )
                for une in groupe.lignes
            ),
        )
        for groupe in jour.groupes
    )
    return replace(jour, groupes=tuple(groupes))


def reseau(nom="Écho-Voisin", **changes):
    """Two days, three portals."""
    (_, vue) = agenda()
    view = ReseauView(
        cadre=cadre(), titre="Tout près, chez nos voisins", description="Plusieurs portails.",
        url="/reseau/", fil=(Lien("Accueil", "/"), Lien("Agenda", "/agenda/")),
        rubrique="/agenda/", nom_court="Chez nos voisins",
        chapo=f"Dans les quatre semaines qui viennent, à moins de 50 km de chez nous : {nom}.",
        portails=(
            PortailVoisin(Lien(nom, "https://voisin.example/agenda/"), "3 rendez-vous près d’ici",
                          "lu le 20 septembre 2021"),
            PortailVoisin(Lien("Muet", "https://muet.example/agenda/"),
                          "aucun rendez-vous près d’ici", "", "Aucune copie n’en est gardée."),
        ),
        jours=tuple(ailleurs(jour, nom) for jour in vue.jours),
        durees=vue.durees,
    )  # fmt: skip
    return "reseau.html", replace(view, **changes)


def reseaux():
    """Every case."""
    if not find_spec("portail_importer"):
        return {}
    return {
        "reseau": reseau(),
        "reseau-140": reseau(M140),
        "reseau-vide": reseau(jours=(), durees=(), vide=RIEN),
    }
