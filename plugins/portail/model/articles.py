"""Kinds that are read: articles, announcements, authors, service pages."""

from datetime import date
from typing import Annotated, ClassVar

from portail.model.entry import Entry, Signatures
from portail.model.event import RecitRef
from portail.model.fields import (
    RESEAU,
    Annee,
    Booleen,
    CommuneRef,
    Duree,
    Jour,
    LieuRef,
    Ligne,
    Liste,
    NomOuLieu,
    NomOuRef,
    Paragraphe,
    Publics,
    Ref,
    TempsFortRef,
    Terme,
    Texte,
)
from portail.model.kinds import ANSWERING, Kind
from portail.model.parts import ChiffreCourt, Contact
from portail.model.rules import Needs, NotFor, OnlyFor, Order, Rule, When, Within
from portail.model.scalars import champ


class Article(Entry):
    """A text to read."""

    kind: ClassVar[Kind] = Kind.ARTICLE
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume", "publie_le")
    texte_obligatoire: ClassVar[bool] = True

    genre: Annotated[str, Terme("genres")] | None = champ(
        "Genre", "Forme du texte.", "vulgarisation"
    )
    interets: Paragraphe | None = champ(
        "Déclaration d’intérêts",
        "Liens de l’auteur avec le sujet.",
        "L’auteur travaille au Musée Exemple.",
    )
    chiffre: ChiffreCourt | None = champ(
        "Chiffre",
        "Celui qui résume le texte : il paraît en grand, à la place d’une image.",
        {"valeur": "66", "libelle": "communes"},
    )
    a_retenir: Annotated[str, Texte(300)] | None = champ(
        "À retenir",
        "La réponse, en deux ou trois phrases : la lettre la donne.",
        "Une craie se forme d’un millimètre par siècle.",
    )
    lieu: LieuRef | None = champ("Lieu", "Lieu dont il parle.", "musee-exemple")
    commune: CommuneRef | None = champ("Commune", "Commune dont il parle.", "$commune")
    suite: Jour | None = champ(
        "Suite promise", "Jour où vous direz la suite : résultats, récit, réponse.", "2027-11-15"
    )
    suite_de: RecitRef | None = champ(
        "Suite de", "L’article ou l’événement dont celui-ci est la suite.", "compter-les-etoiles"
    )
    relu_par: Signatures = champ("Relu par", "Qui a relu le fond.", "musee-exemple", default=())
    question: Annotated[str, Ref(Kind.ANNONCE)] | None = champ(
        "Répond à", "Annonce qui pose la question : l’article la ferme.", "une-question"
    )
    reseau: Booleen | None = champ("Réseau", RESEAU, "true")


# Announcements with an end date: ``content/annonces/``.

_UN_AN = 366
DEMANDE = "demande"
QUESTION = "question"
ASKING = (DEMANDE, QUESTION)
"""Categories of what anyone may ask of the structures of the portal."""


class Annonce(Entry):
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

    @property
    def limite(self) -> date | None:
        """Its last day, by the name that resources give to theirs."""
        return self.echeance


# Service pages: ``content/pages/``.


class Page(Entry):
    """A page of the site itself, at the root of its addresses."""

    kind: ClassVar[Kind] = Kind.PAGE
    obligatoires: ClassVar[tuple[str, ...]] = ("titre",)
    texte_obligatoire: ClassVar[bool] = True
