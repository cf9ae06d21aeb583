"""What readers look for in a place, the most useful first."""

from __future__ import annotations

from portail.site.kind_tables import UNKNOWN_ACCESS, Wanted
from portail.site.showings import is_visited

WANTED_FIELDS = (
    Wanted(("adresse",), "on veut y aller", is_visited),
    Wanted(("courriel", "telephone", "site"), "on veut joindre quelqu’un"),
    Wanted(("horaires_ouverture",), "on ne vient pas devant une porte close", is_visited),
    Wanted(("tarifs",), "le prix décide souvent de la visite", is_visited),
    Wanted(("accessibilite",), UNKNOWN_ACCESS, is_visited),
    Wanted(("acces",), "tout le monde n’a pas de voiture", is_visited),
    Wanted(("publics",), "les filtres de l’annuaire le demandent"),
    Wanted(("roles", "offre"), "un projet local y cherche ses partenaires"),
)
