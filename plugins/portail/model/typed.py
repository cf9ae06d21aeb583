"""How an annotation reads a value: the machinery under ``portail.model.fields``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from portail.model.faults import fault
from portail.model.vocabulary import Vocabularies
from portail.text.visible import shows

__all__ = [
    "Places",
    "Reading",
    "Typed",
    "champ",
    "field_name",
    "read_text",
    "reading_of",
    "scalar",
    "typed",
]

T = TypeVar("T")


class Places(Protocol):
    """What reading needs of geography; see ``portail.geo.territories.Geography``."""

    def commune(self, text: str) -> Any:
        """A commune (``code``), the ``candidates`` (likeliest first) of a shared name or postcode,
        or the ``nearest`` names."""
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


def field_name(info: ValidationInfo) -> str:
    """Name of the field that is being read."""
    return info.field_name or "valeur"


def read_text(value: Any, info: ValidationInfo) -> str:
    """The stripped text of a scalar (E202, E206)."""
    if not isinstance(value, str):
        raise fault("E202", cle=field_name(info), exemple=f"{field_name(info)}: …")
    if not shows(value):
        raise fault("E206", cle=field_name(info))
    return value.strip()


def reading_of(info: ValidationInfo) -> Reading:
    """What validation was given besides the document."""
    assert isinstance(info.context, Reading), "models are validated with a Reading as context"
    return info.context


def scalar(read: Callable[[str], T]) -> Callable[[Any, ValidationInfo], T]:
    """A validator that gives ``read`` the text of a scalar."""

    def validate(value: Any, info: ValidationInfo) -> T:
        return read(read_text(value, info))

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


def typed(read: Callable[[str], Any], code: str, **schema: Any) -> Typed:
    """The annotation of a scalar that ``read`` types and ``code`` refuses."""
    return Typed(scalar(read), {"type": "string", "x-code": code, **schema})
