"""What forms say to other features (``portail.roles.Forms``)."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.kinds import FORMS, Kind
from portail.model.vocabulary import Vocabularies

from . import drawn
from .addresses import form_of as form_of
from .layout import file_of, layout_of


def asked(kind: Kind) -> Iterator[str]:
    return drawn.asked(layout_of(kind))


def faults(vocabularies: Vocabularies) -> Iterator[str]:
    for kind in FORMS:
        yield from drawn.faults(layout_of(kind), kind_schema(kind, vocabularies), file_of(kind))
