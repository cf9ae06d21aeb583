"""Communes and the territories that hold them: what one row of a table means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from portail.text.slugs import slugify

__all__ = [
    "Commune",
    "Departement",
    "Epci",
    "Population",
    "Region",
    "Territoire",
    "short_name",
    "territoire_slug",
]


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune: ``code`` is INSEE's; ``epci`` a SIREN; ``lat`` and ``lon`` degrees (WGS 84) of its
    centre, both ``None`` when unknown."""

    code: str
    nom: str
    codes_postaux: tuple[str, ...]
    departement: str
    epci: str | None
    lat: float | None
    lon: float | None


class Population(NamedTuple):
    """How many live in a territory (population municipale, INSEE), and in which year."""

    habitants: int
    annee: int


@dataclass(frozen=True, slots=True)
class Epci:
    """An intercommunality; ``type`` is a code of the vocabulary ``types-territoires`` (``cc``,
    ``ca``, ``cu``, ``metropole``), ``departement`` the one of most of its communes."""

    siren: str
    nom: str
    type: str
    departement: str
    population: Population | None = None


@dataclass(frozen=True, slots=True)
class Departement:
    """A département; ``region`` is the code of its region."""

    code: str
    nom: str
    region: str
    population: Population | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A region; ``code`` is INSEE's."""

    code: str
    nom: str
    population: Population | None = None


Territoire: TypeAlias = Epci | Departement | Region

_TITLES = {
    "cc": "communaute-de-communes",
    "ca": "communaute-d-agglomeration",
    "cu": "communaute-urbaine",
}
_TITLE = re.compile(
    r"Communauté (?:de communes|d['’]agglomération|urbaine) "
    r"(?:de l['’]|d['’]|(?:de la|des|du|de) )?"
)
_LINKS = frozenset(("de", "du", "des", "d", "la", "le", "les", "l"))


def territoire_slug(territoire: Territoire) -> str:
    """The slug of a territory: its official name without title nor linking words.

    Two EPCI of the country may share it: ``Geography.slug`` tells them apart.

    >>> territoire_slug(Epci("200069037", "Communauté d'agglomération du Pays d'Omer", "ca", "62"))
    'ca-pays-d-omer'
    >>> territoire_slug(Epci("200093201", "Métropole Européenne de Lille", "metropole", "59"))
    'metropole-europeenne-de-lille'
    >>> territoire_slug(Departement("62", "Pas-de-Calais", "32"))
    'departement-62'
    >>> territoire_slug(Region("32", "Hauts-de-France"))
    'hauts-de-france'
    """
    match territoire:
        case Region(nom=nom):
            return slugify(nom)
        case Departement(code=code):
            return f"departement-{code.lower()}"
        case Epci(nom=nom, type=kind):
            return _epci_slug(slugify(nom), kind)


def short_name(territoire: Territoire) -> str:
    """The name of a territory without its title, for a map.

    >>> short_name(Epci("200069037", "Communauté d'agglomération du Pays d'Omer", "ca", "62"))
    "Pays d'Omer"
    >>> short_name(Departement("62", "Pas-de-Calais", "32"))
    'Pas-de-Calais'
    """
    name = _TITLE.sub("", territoire.nom) if isinstance(territoire, Epci) else territoire.nom
    return name.partition(" (")[0]


def _epci_slug(name: str, kind: str) -> str:
    title = _TITLES.get(kind)
    if title is None:
        return name if kind in name.split("-") else f"{kind}-{name}"
    words = name.removeprefix(f"{title}-").removeprefix(f"{kind}-").split("-")
    while len(words) > 1 and words[0] in _LINKS:
        del words[0]
    return slugify(f"{kind}-{'-'.join(words)}")
