"""The words of other formats and of plain texts, as ``data/correspondances.yml`` has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from types import SimpleNamespace
from typing import Any

from portail.resources import table


@dataclass(frozen=True, slots=True)
class OpenAgenda:
    """Names of properties (small letters and digits alone) by what we call them; its codes."""

    noms: Mapping[str, tuple[str, ...]]
    etats: Mapping[int, str]
    handicaps: Mapping[str, str]
    a_distance: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SchemaOrg:
    """Its types of events that are one of our formats, its states, its days from Monday."""

    formats: Mapping[str, str]
    etats: Mapping[str, str]
    jours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indices:
    """Expressions of what a text says of prices, booking and ages."""

    prix: str
    avant_prix: str
    apres_prix: str
    reduit_avant: str
    reduit_apres: str
    gratuit: str
    pas_gratuit: str
    tarif: str
    sujet: str
    regimes: Mapping[str, str]
    courriel: str
    telephone: str
    url: str
    ages: str
    des_ans: str


@dataclass(frozen=True, slots=True)
class Adresses:
    """Expressions of the parts of an address."""

    pays: str
    coupes: str
    postal: str
    parentheses: str
    cedex: str
    voie: str
    numero: str


@dataclass(frozen=True, slots=True)
class Correspondances:
    """The whole table."""

    suivi: str
    openagenda: OpenAgenda
    schema_org: SchemaOrg
    pratique: str
    articles: str
    indices: Indices
    adresses: Adresses


NAME = "correspondances"


@cache
def correspondances() -> Correspondances:
    """The table. Raises ``DataError`` where the file is not of this shape."""
    return table(NAME, Correspondances)


@cache
def expression(text: str) -> re.Pattern[str]:
    """An expression of the table; the capitals of plain letters do not count, as in browsers."""
    return re.compile(text, re.IGNORECASE | re.ASCII)


@cache
def expressions(group: str) -> SimpleNamespace:
    """Those of a group, under their names; ``regimes`` by its codes."""

    def compiled(one: Any) -> Any:
        if isinstance(one, str):
            return expression(one)
        return {code: expression(inner) for code, inner in one.items()}

    held = getattr(correspondances(), group)
    return SimpleNamespace(**{one.name: compiled(getattr(held, one.name)) for one in fields(held)})
