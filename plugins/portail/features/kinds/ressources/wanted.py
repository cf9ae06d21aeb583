"""What readers look for in a resource, the most useful first."""

from __future__ import annotations

from portail.features.kinds.ressources.model import Ressource
from portail.model.vocabulary import Vocabularies
from portail.site.kind_tables import Wanted


def _lent(entry: Ressource, _: Vocabularies) -> bool:
    return entry.itinerante


def _at_home(entry: Ressource, _: Vocabularies) -> bool:
    return not entry.itinerante


def _funds(entry: Ressource, _: Vocabularies) -> bool:
    return entry.finance


WANTED_FIELDS = (
    Wanted(("proprietaire", "porteur", "auteurs_ressource"), "on ne sait pas à qui demander"),
    Wanted(("publics",), "les filtres du catalogue le demandent"),
    Wanted(("themes",), "on cherche par thème"),
    Wanted(("acces",), "on ne sait pas où la trouver", _at_home),
    Wanted(("pret",), "l’emprunteur prévoit la place, le transport, le délai", _lent),
    Wanted(("echeance",), "un dossier ne s’improvise pas", _funds),
)
