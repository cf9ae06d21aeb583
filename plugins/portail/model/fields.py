"""Annotated types shared by the models: how each value is read, and what its JSON Schema says.

The front matter arrives as text, lists and mappings of text; these types do all the typing.
Each carries, beside its JSON Schema, the code of the error that refuses a value (``x-code``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
)
from pydantic_core import CoreSchema, core_schema

from portail.model import scalars
from portail.model.faults import fault
from portail.model.kinds import Kind
from portail.model.moment import Moment, Periode
from portail.model.vocabulary import Vocabularies

__all__ = [
    "AncienneUrl",
    "Booleen",
    "CodePostal",
    "CommuneRef",
    "Courriel",
    "Doi",
    "Duree",
    "Entier",
    "Heure",
    "Jour",
    "Liste",
    "MomentField",
    "NomOuRef",
    "Nombre",
    "Orcid",
    "PeriodeField",
    "Places",
    "Reading",
    "Ref",
    "Reference",
    "Slug",
    "Telephone",
    "Terme",
    "Texte",
    "Typed",
    "Url",
    "champ",
]

T = TypeVar("T")


class Places(Protocol):
    """What reading needs of geography; see ``portail.geo.territories.Geography``."""

    def commune(self, text: str) -> Any:
        """A commune (``code``), the ``candidates`` of a shared name, or the ``nearest`` names."""
        ...


@dataclass(slots=True)
class Reading:
    """What validation is given besides the document, and where it leaves its advice.

    ``advice`` receives (field, value as written, code of the vocabulary) for each synonym met.
    """

    vocabularies: Vocabularies
    places: Places
    advice: list[tuple[str, str, str]] = field(default_factory=list)


def champ(titre: str, aide: str, exemple: object = None, **more: Any) -> Any:
    """A model field with its French label, help and example (form, docs and schemas use them)."""
    more.setdefault("default", None)
    if more["default"] is ...:
        del more["default"]
    examples = None if exemple is None else [exemple]
    return Field(title=titre, description=aide, examples=examples, **more)


def _name(info: ValidationInfo) -> str:
    return info.field_name or "valeur"


def _text(value: Any, info: ValidationInfo) -> str:
    if not isinstance(value, str):
        raise fault("E202", cle=_name(info), exemple=f"{_name(info)}: …")
    if not value.strip():
        raise fault("E206", cle=_name(info))
    return value.strip()


def _scalar(read: Callable[[str], T]) -> Callable[[Any, ValidationInfo], T]:
    def validate(value: Any, info: ValidationInfo) -> T:
        return read(_text(value, info))

    return validate


@dataclass(frozen=True, slots=True)
class Typed:
    """Annotation of a field: the function that reads its value, and its JSON Schema."""

    read: Callable[[Any, ValidationInfo], Any]
    schema: dict[str, Any] = field(hash=False)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return dict(self.schema)


def _typed(read: Callable[[str], Any], code: str, **schema: Any) -> Typed:
    return Typed(_scalar(read), {"type": "string", "x-code": code, **schema})


_BALISE = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")


def Texte(longueur: int = 300) -> Typed:
    """Plain text of at most ``longueur`` characters, without HTML (E202, E205, E206, E246)."""

    def validate(value: Any, info: ValidationInfo) -> str:
        text = " ".join(_text(value, info).split())
        if len(text) > longueur:
            raise fault("E205", cle=_name(info), longueur=len(text), limite=longueur)
        tag = _BALISE.search(text)
        if tag:
            raise fault("E246", cle=_name(info), valeur=tag[0])
        return text

    schema = {"type": "string", "minLength": 1, "maxLength": longueur, "x-code": "E205"}
    return Typed(validate, schema)


def Terme(vocabulaire: str) -> Typed:
    """A code of a controlled list; a synonym is accepted with an advice (E203, C206)."""

    def validate(value: Any, info: ValidationInfo) -> str:
        text = _text(value, info)
        reading: Reading = info.context
        known = reading.vocabularies[vocabulaire]
        term = known.find(text)
        if term is None:
            near = known.nearest(text)
            remedy = (
                f"Vouliez-vous dire « {near[0]} » ?" if near else f"Choisissez : {_choices(known)}."
            )
            raise fault(
                "E203",
                valeur=text,
                cle=_name(info),
                remede=remedy,
                paste=f"{_name(info)}: {near[0]}" if near else "",
            )
        if term.code != text:
            reading.advice.append((_name(info), text, term.code))
        return term.code

    return Typed(validate, {"type": "string", "x-vocabulaire": vocabulaire, "x-code": "E203"})


def _choices(known: Any) -> str:
    codes = list(known)
    return ", ".join(codes[:12]) + (", …" if len(codes) > 12 else "")


def Entier(low: int = 0, high: int = 1_000_000_000) -> Typed:
    """A whole number between two bounds (E209)."""
    return _number(low, high, entier=True)


def Nombre(low: float = 0, high: float = 1e12) -> Typed:
    """A number between two bounds (E209)."""
    return _number(low, high, entier=False)


def _number(low: float, high: float, *, entier: bool) -> Typed:
    def validate(value: Any, info: ValidationInfo) -> float | int:
        return scalars.read_nombre(_text(value, info), _name(info), low, high, entier=entier)

    schema = {
        "type": "integer" if entier else "number",
        "minimum": low,
        "maximum": high,
        "x-code": "E209",
    }
    return Typed(validate, schema)


def Liste(limite: int = 50) -> BeforeValidator:
    """A list of at most ``limite`` distinct values; one value alone is a list of one
    (E207, E227, E238)."""

    def before(value: Any, info: ValidationInfo) -> Any:
        values = value if isinstance(value, list) else [value]
        if len(values) > limite:
            raise fault("E227", cle=_name(info), nombre=len(values), limite=limite)
        _refuse_doubles(values, _name(info))
        return tuple(values)

    return BeforeValidator(before)


def _refuse_doubles(values: list[Any], name: str) -> None:
    seen: set[str] = set()
    for rank, one in enumerate(values):
        if isinstance(one, str):
            if one in seen:
                raise fault("E238", cle=name, valeur=one, champ=(rank,))
            seen.add(one)


def _commune(value: Any, info: ValidationInfo) -> str:
    text = _text(value, info)
    found = info.context.places.commune(text)
    if hasattr(found, "code"):
        return str(found.code)
    if hasattr(found, "candidates"):
        rows = sorted(found.candidates, key=lambda commune: str(commune.code))
        names = [f"{commune.nom} ({commune.departement}), {commune.code}" for commune in rows]
        raise fault(
            "E431",
            valeur=text,
            candidats=" ; ".join(names[:6]),
            exemple=f"{rows[0].nom} ({rows[0].departement})",
        )
    near = ", ".join(f"« {name} »" for name in found.nearest[:3])
    remedy = (
        f"Vouliez-vous dire {near} ?" if near else "Vérifiez son nom, ou écrivez son code INSEE."
    )
    raise fault("E432", valeur=text, remede=remedy)


CommuneRef = Annotated[
    str, Typed(_commune, {"type": "string", "x-code": "E432", "x-completion": "communes"})
]
"""A commune in plain French, kept as its INSEE code (E431, E432)."""

Slug = Annotated[
    str, _typed(scalars.read_slug, "E218", pattern="^[a-z0-9]+(-[a-z0-9]+)*$", maxLength=80)
]
Url = Annotated[str, _typed(scalars.read_url, "E219", format="uri")]
Courriel = Annotated[str, _typed(scalars.read_courriel, "E220", format="email")]
Telephone = Annotated[str, _typed(scalars.read_telephone, "E221")]
Jour = Annotated[date, _typed(scalars.read_date, "E210", format="date")]
Heure = Annotated[time, _typed(scalars.read_heure, "E211", pattern=r"^\d{1,2}:\d{2}$")]
MomentField = Annotated[
    Moment, _typed(scalars.read_moment, "E210", pattern=r"^\d{4}-\d{2}-\d{2}([ T]\d{1,2}:\d{2})?$")
]
PeriodeField = Annotated[
    Periode,
    _typed(scalars.read_periode, "E240", pattern=r"^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$"),
]
Doi = Annotated[str, _typed(scalars.read_doi, "E241")]
Orcid = Annotated[str, _typed(scalars.read_orcid, "E241")]
AncienneUrl = Annotated[str, _typed(scalars.read_ancienne_url, "E245", pattern="^/")]
Booleen = Annotated[bool, Typed(_scalar(scalars.read_bool), {"type": "boolean", "x-code": "E226"})]


def _matching(pattern: str, code: str, normal: Callable[[str], str] = str) -> Typed:
    known = re.compile(pattern, re.ASCII)

    def read(text: str) -> str:
        if not known.fullmatch(normal(text)):
            raise fault(code, valeur=text)
        return normal(text)

    return _typed(read, code, pattern=f"^{pattern}$")


CodePostal = Annotated[str, _matching(r"\d{5}", "E222", lambda text: text.replace(" ", ""))]
Duree = Annotated[
    str,
    _matching(
        r"\d{1,3} ?(min|minutes?|h|heures?|jours?|semaines?|mois|ans?)( ?(à|ou) ?\d{1,3}"
        r" ?(min|h|heures?|jours?|semaines?|mois))?( ?\d{1,2}( ?min)?)?",
        "E244",
        lambda text: " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split()),
    ),
]


@dataclass(frozen=True, slots=True)
class Reference(Typed):
    """A field that names another content of one of ``kinds``, tried in order.

    ``or_name`` also accepts a plain name (« Ville d’Amiens »: a capital or a space). That the
    content exists is checked on the whole site, and said with ``code``.
    """

    kinds: tuple[Kind, ...] = ()
    or_name: bool = False
    code: str = "E412"


def Ref(*kinds: Kind, code: str = "E412") -> Reference:
    """The slug of a content of one of ``kinds``."""
    schema = {"type": "string", "x-references": [kind.value for kind in kinds], "x-code": code}
    return Reference(_scalar(scalars.read_slug), schema, kinds, code=code)


def NomOuRef(*kinds: Kind, longueur: int = 140) -> Reference:
    """The slug of a content of one of ``kinds``, or a plain name."""
    schema = {
        "type": "string",
        "maxLength": longueur,
        "x-references": [kind.value for kind in kinds],
        "x-code": "E412",
    }
    return Reference(Texte(longueur).read, schema, kinds, or_name=True)
