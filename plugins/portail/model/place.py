"""What everyone knows of a place, whose model is that of the feature that brings it."""

from datetime import date
from typing import TYPE_CHECKING

from .entry import Entry, Groupe
from .parts import Accessibilite, Adresse, Chiffre, Coordonnees


class PlaceEntry(Entry):
    """A content of a kind that is a place (``place`` of ``kind.yml``).

    It adds no field: what others read of a place is named here, and declared by the model of its
    kind.
    """

    if TYPE_CHECKING:
        nom_court: str | None
        type: str | None
        roles: tuple[str, ...]
        adresse: Adresse | None
        commune: str | None
        coordonnees: Coordonnees | None
        site: str | None
        courriel: str | None
        telephone: str | None
        publics: tuple[str, ...]
        # In the syntax of OpenStreetMap.
        horaires_ouverture: str | None
        # How one comes there with a group; ``None`` where one does not.
        groupes: Groupe | None
        accessibilite: Accessibilite | None
        # Slugs or names of the networks to which it belongs.
        membre_de: tuple[str, ...]
        offre: tuple[str, ...]
        chiffres: tuple[Chiffre, ...]
        presse: bool | None
        verifie_le: date | None

    @property
    def code_commune(self) -> str | None:
        commune = None
        if self.adresse and not self.adresse.pays:
            commune = self.adresse.commune
        return self.commune or commune
