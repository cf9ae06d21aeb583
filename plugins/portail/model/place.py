"""What everyone knows of a place, whose model is that of the feature that brings it."""

from datetime import date
from typing import TYPE_CHECKING

from .entry import Entry, Groupe
from .parts import Accessibilite, Adresse, Chiffre, Coordonnees


class PlaceEntry(Entry):
    """A content of a kind that is a place (``place`` of ``kind.yml``): somewhere to go to, a
    structure to work with.

    It adds no field to those of any content: what is named here is what others read of a place,
    and the model of its kind declares it, with its words and in its order.
    """

    if TYPE_CHECKING:
        nom_court: str | None
        type: str | None
        roles: tuple[str, ...]
        adresse: Adresse | None
        commune: str | None
        """Its INSEE code, where no address says it."""
        coordonnees: Coordonnees | None
        site: str | None
        courriel: str | None
        telephone: str | None
        publics: tuple[str, ...]
        horaires_ouverture: str | None
        """In the syntax of OpenStreetMap."""
        groupes: Groupe | None
        """How one comes there with a group; ``None`` where one does not."""
        accessibilite: Accessibilite | None
        membre_de: tuple[str, ...]
        """Slugs or names of the networks to which it belongs."""
        offre: tuple[str, ...]
        chiffres: tuple[Chiffre, ...]
        presse: bool | None
        verifie_le: date | None

    @property
    def code_commune(self) -> str | None:
        """INSEE code of its commune, from either field; ``None`` in another country."""
        own = self.adresse.commune if self.adresse and not self.adresse.pays else None
        return self.commune or own
