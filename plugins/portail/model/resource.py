"""What everyone knows of a resource, whose model is that of its feature: how one gets it, what
borrowing it takes, who has it when."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, ClassVar

from .entry import Entry, Groupe
from .fields import (
    CommuneRef,
    Detail,
    Entier,
    Jour,
    LieuRef,
    Ligne,
    Nombre,
    Terme,
    Url,
)
from .parts import Age
from .rules import Order, Rule
from .scalars import champ


class Acces(Groupe):
    """Where to get it and on which terms."""

    url: Url | None = champ("Adresse", "Où la trouver.", "https://example.org/ressource")
    licence: Annotated[str, Terme("licences")] | None = champ(
        "Licence", "De la ressource.", "CC-BY-4.0"
    )
    tarif: Ligne | None = champ("Tarif", "Ce qu’elle coûte.", "gratuit")


class Pret(Groupe):
    """What borrowing the tool takes."""

    panneaux: Annotated[int, Entier(0, 1000)] | None = champ("Panneaux", "Nombre.", "12")
    surface_m2: Annotated[float, Nombre(0, 10_000)] | None = champ("Surface", "En m².", "40")
    caisses: Annotated[int, Entier(0, 1000)] | None = champ("Caisses", "Nombre.", "3")
    poids_kg: Annotated[float, Nombre(0, 100_000)] | None = champ("Poids", "En kg.", "80")
    montage: Detail | None = champ("Montage", "Durée, personnes.", "2 h à deux")
    transport: Detail | None = champ("Transport", "Par qui.", "à la charge de l’emprunteur")
    assurance_eur: Annotated[float, Nombre(0, 10_000_000)] | None = champ(
        "Valeur d’assurance", "En euros.", "3000"
    )
    tarif: Ligne | None = champ("Tarif", "Du prêt.", "gratuit pour les adhérents")
    delai_jours: Annotated[int, Entier(0, 730)] | None = champ(
        "Délai", "Jours entre demande et prêt.", "30"
    )
    exemplaires: Annotated[int, Entier(1, 100)] = champ(
        "Exemplaires", "Combien il en existe.", "1", default=1
    )


class Etape(Groupe):
    """One loan: who has it, where, from when to when."""

    regles: ClassVar[tuple[Rule, ...]] = (Order("du", "au"),)

    lieu: LieuRef | None = champ("Lieu", "De l’annuaire.", "musee-exemple")
    emprunteur: Ligne | None = champ("Emprunteur", "S’il n’y est pas.", "Collège Exemple")
    commune: CommuneRef | None = champ("Commune", "Où il se trouve.", "$commune")
    du: Jour = champ("Du", "Premier jour.", "2027-10-01", default=...)
    au: Jour = champ("Au", "Dernier jour.", "2027-10-15", default=...)
    exemplaire: Annotated[int, Entier(1, 100)] | None = champ(
        "Exemplaire", "Lequel, s’il y en a plusieurs.", "1"
    )


class ResourceEntry(Entry):
    """A content of a kind of which some are lent (``borrowed`` of ``kind.yml``)."""

    if TYPE_CHECKING:
        type: str | None
        proprietaire: str | None
        publics: tuple[str, ...]
        age: Age | None
        duree: str | None
        annee: int | None
        acces: Acces | None
        pret: Pret | None
        itinerance: tuple[Etape, ...]
        eligibles: tuple[str, ...]
        echeance: date | str | None
        montant: str | None

    @property
    def finance(self) -> bool:
        return self.type == "financement"

    @property
    def limite(self) -> date | None:
        """The last day to apply; ``None`` when there is none."""
        if isinstance(self.echeance, date):
            return self.echeance
        return None

    @property
    def itinerante(self) -> bool:
        return self.pret is not None or bool(self.itinerance)

    @property
    def exemplaires(self) -> int:
        """How many copies there are: one, unless its sheet says otherwise."""
        if self.pret:
            return self.pret.exemplaires
        return 1

    @property
    def delai(self) -> int:
        """Days between asking for it and having it, as far as its sheet tells."""
        return (self.pret and self.pret.delai_jours) or 0

    def had_from(self, day: date) -> date:
        """The first day on which whoever asks on ``day`` may have it, if it is free then."""
        return day + timedelta(days=self.delai)
