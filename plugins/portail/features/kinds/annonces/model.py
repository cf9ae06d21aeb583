"""Announcements, which end on a day: ``content/annonces/``."""

from typing import Annotated, ClassVar

from portail.model.articles import ASKING, DEMANDE, AnnouncementEntry
from portail.model.fields import (
    Annee,
    CommuneRef,
    Duree,
    Jour,
    LieuRef,
    Ligne,
    Liste,
    NomOuLieu,
    NomOuRef,
    Publics,
    TempsFortRef,
    Terme,
)
from portail.model.kinds import ANSWERING, Kind
from portail.model.parts import Contact
from portail.model.rules import Needs, NotFor, OnlyFor, Order, Rule, When, Within
from portail.model.scalars import champ

_UN_AN = 366


class Annonce(AnnouncementEntry):
    """A job, a call, an offer, something asked for… that ends on a day."""

    kind: ClassVar[Kind] = Kind.ANNONCE
    obligatoires: ClassVar[tuple[str, ...]] = (
        "titre",
        "resume",
        "publie_le",
        "categorie",
        "echeance",
    )
    regles: ClassVar[tuple[Rule, ...]] = (
        Order("publie_le", "echeance"),
        Within("publie_le", "echeance", _UN_AN, "E235"),
        Needs("edition", "temps_fort"),
        When("categorie", DEMANDE, ("souhait",), "E275"),
        When("categorie", DEMANDE, ("lieu", "commune", "territoires"), "E276"),
        OnlyFor("categorie", (DEMANDE,), ("souhait", "du", "au", "reponse"), "E277"),
        NotFor("categorie", ASKING, "contact", "telephone", "E278"),
        Order("du", "au"),
        Order("publie_le", "au"),
    )

    categorie: Annotated[str, Terme("categories")] | None = champ(
        "Catégorie", "Ce qu’elle propose ou cherche.", "appel-a-projets"
    )
    echeance: Jour | None = champ("Échéance", "Dernier jour utile, un an au plus.", "2027-12-15")
    organisme: NomOuLieu | None = champ("Organisme", "Qui publie l’annonce.", "association-exemple")
    lieu: LieuRef | None = champ("Lieu", "Où.", "musee-exemple")
    commune: CommuneRef | None = champ("Commune", "Où, sans lieu de l’annuaire.", "$commune")
    contact: Contact | None = champ("Contact", "Où répondre.", {"courriel": "contact@example.org"})
    contrat: Annotated[str, Terme("contrats")] | None = champ("Contrat", "Pour un emploi.", "cdd")
    duree: Duree | None = champ("Durée", "Pour un emploi ou un stage.", "6 mois")
    remuneration: Ligne | None = champ(
        "Rémunération", "Pour un emploi ou un stage.", "selon grille"
    )
    temps_fort: TempsFortRef | None = champ(
        "Temps fort", "Rendez-vous auquel elle appelle à participer.", "fete-de-la-science"
    )
    edition: Annee | None = champ("Édition", "Année du temps fort.", "2027")
    souhait: Annotated[str, Terme("souhaits")] | None = champ(
        "Souhait", "Pour une demande : ce que l’on voudrait.", "conference"
    )
    publics: Publics = champ("Publics", "Pour qui.", "primaire", default=())
    du: Jour | None = champ("Souhaité du", "Pour une demande : à partir de quand.", "2027-11-08")
    au: Jour | None = champ("Souhaité au", "Pour une demande : au plus tard.", "2027-12-17")
    reponse: Annotated[tuple[Annotated[str, NomOuRef(*ANSWERING)], ...], Liste(10)] = champ(
        "Répondu par",
        "Ce qui répond à la demande, qui est alors close : événement, outil ou structure.",
        "une-exposition",
        default=(),
    )
