"""Articles: ``content/articles/``."""

from __future__ import annotations

from typing import Annotated, ClassVar

from portail.model.entry import Entry, Signatures
from portail.model.fields import CommuneRef, Ref, Terme, Texte, champ
from portail.model.kinds import Kind

__all__ = ["Article"]


class Article(Entry):
    """A text to read."""

    kind: ClassVar[Kind] = Kind.ARTICLE
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume", "publie_le")
    texte_obligatoire: ClassVar[bool] = True

    genre: Annotated[str, Terme("genres")] | None = champ(
        "Genre", "Forme du texte.", "vulgarisation"
    )
    interets: Annotated[str, Texte(600)] | None = champ(
        "Déclaration d’intérêts",
        "Liens de l’auteur avec le sujet.",
        "L’auteur travaille à La Coupole.",
    )
    lieu: Annotated[str, Ref(Kind.LIEU, code="E411")] | None = champ(
        "Lieu", "Lieu dont il parle.", "la-coupole"
    )
    commune: CommuneRef | None = champ("Commune", "Commune dont il parle.", "Wizernes")
    relu_par: Signatures = champ("Relu par", "Qui a relu le fond.", "la-coupole", default=())
