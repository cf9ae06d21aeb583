"""Dossiers: ``content/dossiers/``."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from portail.model.collections import RefLibre, Regle
from portail.model.entry import Entry, Groupe
from portail.model.fields import Liste, Phrase
from portail.model.kinds import Kind
from portail.model.rules import OneOf, Rule
from portail.model.scalars import champ


class Element(Groupe):
    """One content of a dossier, with a word of presentation."""

    ref: Annotated[str, RefLibre] = champ(
        "Référence", "Dossier et nom.", "articles/un-article", default=...
    )
    note: Phrase | None = champ("Note", "Pourquoi le lire.")


_NAMED = BeforeValidator(lambda value: {"ref": value} if isinstance(value, str) else value)


class Dossier(Entry):
    """An ordered selection on one subject."""

    kind: ClassVar[Kind] = Kind.DOSSIER
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume", "publie_le")
    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(
            ("elements", "regle"),
            "E201",
            {"cle": "elements", "remede": "Listez des contenus, ou donnez une « regle »."},
        ),
    )

    elements: Annotated[tuple[Annotated[Element, _NAMED], ...], Liste(200)] = champ(
        "Éléments", "Dans l’ordre de lecture.", "articles/un-article", default=()
    )
    regle: Regle | None = champ("Règle", "Réunit d’elle-même.", {"theme": "numerique"})
