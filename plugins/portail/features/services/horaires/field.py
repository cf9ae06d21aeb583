"""The field of opening hours: French, or the syntax of OpenStreetMap, in which they are kept."""

# Annotations are values here, as in the modules of kinds.
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import ValidationInfo

from portail.model.faults import fault
from portail.model.fields import Texte
from portail.model.scalars import Typed
from portail.resources import rows_of

from .french import is_spoken
from .notation import Misread, read_opening_hours
from .spoken import osm_hours

_CODE = "E249"

# What is wrong and what to write, by the names of ``Misread``.
_HOURS_FAULTS: Mapping[str, Sequence[str]] = rows_of("services.horaires", "mots")

_texte = Texte(255)


def _read(value: Any, info: ValidationInfo) -> str:
    text = str(_texte.read(value, info))
    try:
        return _osm(text)
    except Misread as error:
        reason, remedy = _HOURS_FAULTS[error.raison]
        details: dict[str, Any] = {
            "trouve": error.trouve,
            "rang": error.signe + 1,
            "_signe": error.signe,
        }
        raise fault(_CODE, raison=reason, remede=remedy, **details) from None


def _osm(text: str) -> str:
    try:
        read_opening_hours(text)
    except Misread:
        if not is_spoken(text):
            raise
        return osm_hours(text)
    return text


# Opening hours, French turned into the syntax of OpenStreetMap (E202, E205, E206, E246, E249).
Horaires = Annotated[
    str,
    Typed(_read, {**_texte.schema, "x-code": _CODE}),
]
