"""Dossiers, communities and projects: contents that gather others."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ValidationInfo

from portail.model.entry import Entry, Groupe, mapping
from portail.model.faults import fault
from portail.model.fields import Liste, Ref, Reference, Terme, Texte, champ
from portail.model.kinds import Kind
from portail.model.rules import OneOf, Rule

__all__ = ["Dossier", "Element", "RefLibre", "Regle"]

_ELEMENTS = tuple(kind for kind in Kind if kind not in (Kind.PAGE, Kind.NEWSLETTER))


class Regle(Groupe):
    """Gathers every content of a theme, a keyword and/or a territory."""

    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(("theme", "mot_cle", "territoire"), "E206", {"cle": "regle"}),
    )

    theme: Annotated[str, Terme("themes")] | None = champ("Thème", "Un thème.", "numerique")
    mot_cle: Annotated[str, Texte(60)] | None = champ("Mot-clé", "Un mot-clé.", "vaccin")
    territoire: Annotated[str, Ref(Kind.TERRITOIRE, code="E433")] | None = champ(
        "Territoire", "Un territoire.", "ca-pays-de-saint-omer"
    )


def _read_ref(value: Any, info: ValidationInfo) -> str:
    if not isinstance(value, str):
        raise fault("E202", cle="ref", exemple="articles/un-article")
    return value.strip().removesuffix(".md")


RefLibre = Reference(_read_ref, {"type": "string", "x-code": "E401"}, _ELEMENTS, code="E401")


class Element(Groupe):
    """One content of a dossier, with a word of presentation."""

    ref: Annotated[str, RefLibre] = champ(
        "Référence", "Dossier et nom.", "articles/un-article", default=...
    )
    note: Annotated[str, Texte(300)] | None = champ("Note", "Pourquoi le lire.")


def _element(value: Any) -> Any:
    return {"ref": value} if isinstance(value, str) else value


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

    elements: Annotated[
        tuple[Annotated[Element, mapping, BeforeValidator(_element)], ...], Liste(200)
    ] = champ("Éléments", "Dans l’ordre de lecture.", "articles/un-article", default=())
    regle: Annotated[Regle, mapping] | None = champ(
        "Règle", "Réunit d’elle-même.", {"theme": "numerique"}
    )
