"""Articles: ``content/articles/``."""

from typing import Annotated, ClassVar

from portail.model.articles import ArticleEntry
from portail.model.entry import Signatures
from portail.model.event import RecitRef
from portail.model.fields import (
    RESEAU,
    Booleen,
    CommuneRef,
    Jour,
    LieuRef,
    Paragraphe,
    Ref,
    Terme,
    Texte,
)
from portail.model.kinds import Kind
from portail.model.parts import ChiffreCourt
from portail.model.scalars import champ


class Article(ArticleEntry):
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
