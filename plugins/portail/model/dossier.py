"""Dossiers, communities and projects: contents that gather others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ValidationInfo, model_validator

from portail.model.entry import Entry, Groupe, mapping
from portail.model.faults import Fault, fault
from portail.model.fields import Liste, Ref, Reference, Terme, Texte, champ
from portail.model.kinds import Kind

__all__ = ["Dossier", "Element", "RefLibre", "Regle"]

_ELEMENTS = tuple(kind for kind in Kind if kind not in (Kind.PAGE, Kind.NEWSLETTER))


class Regle(Groupe):
    """Gathers every content of a theme, a keyword and/or a territory."""

    theme: Annotated[str, Terme("themes")] | None = champ("Thème", "Un thème.", "numerique")
    mot_cle: Annotated[str, Texte(60)] | None = champ("Mot-clé", "Un mot-clé.", "vaccin")
    territoire: Annotated[str, Ref(Kind.TERRITOIRE, code="E433")] | None = champ(
        "Territoire", "Un territoire.", "ca-pays-de-saint-omer"
    )

    @model_validator(mode="after")
    def _not_empty(self) -> Regle:
        if not (self.theme or self.mot_cle or self.territoire):
            raise fault("E206", cle="regle")
        return self


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

    elements: Annotated[
        tuple[Annotated[Element, mapping, BeforeValidator(_element)], ...], Liste(200)
    ] = champ("Éléments", "Dans l’ordre de lecture.", "articles/un-article", default=())
    regle: Annotated[Regle, mapping] | None = champ(
        "Règle", "Réunit d’elle-même.", {"theme": "numerique"}
    )

    @classmethod
    def rules(cls, values: Any) -> Iterator[Fault]:
        """Elements or a rule."""
        yield from super().rules(values)
        if not (values.elements or values.regle):
            yield Fault(
                "E201",
                (),
                {"cle": "elements", "remede": "Listez des contenus, ou donnez une « regle »."},
                needs=("elements", "regle"),
            )
