"""The field of a façade: its words, which have to be known."""

# Annotations are values here, as in the modules of kinds.
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import ValidationInfo

from portail.model.faults import fault, phrase
from portail.model.fields import Texte
from portail.model.scalars import Typed, reading_of
from portail.resources import rows_of

from .notation import REFUSED, Misread, read_facade

_CODE = "E286"

_FAULTS: Mapping[str, Sequence[str]] = rows_of("services.facades", "mots")

_texte = Texte(160)


def _read(value: Any, info: ValidationInfo) -> str:
    text = str(_texte.read(value, info))
    if text in (REFUSED, "False"):
        return REFUSED
    try:
        read_facade(text, reading_of(info).vocabularies)
    except Misread as error:
        reason, remedy = _FAULTS[error.raison]
        raise fault(
            _CODE,
            raison=reason,
            remede=phrase("proche", propose=error.propose) if error.propose else remedy,
            trouve=error.trouve,
            rang=error.signe + 1,
            _signe=error.signe,
        ) from None
    return text


# A façade in words, or « non » (E202, E205, E206, E246, E286).
Facade = Annotated[str, Typed(_read, {**_texte.schema, "x-code": _CODE})]
