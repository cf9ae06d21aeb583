"""What a portal knows already: the day, its vocabularies, communes, and the names of its lieux."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.model.scalars import Reading
from portail.schemas.kind_schema import Schema, kind_schema
from portail.site.site import Site
from portail.text.normalise import name_key

_ARTICLES = ("le ", "la ", "les ", "l ")
_BREAKS = (", ", " – ", " - ", " (")


class Landmark(NamedTuple):
    """A content of the directory: its slug, its title, the key of its commune's name."""

    slug: str
    titre: str
    commune: str


class Town(NamedTuple):
    """A commune of the instance's region."""

    nom: str
    departement: str
    codes_postaux: tuple[str, ...]


def simple(name: str) -> str:
    """The key of a name without its leading article: « La Coupole » is « Coupole »."""
    key = name_key(name)
    return next((key[len(one) :] for one in _ARTICLES if key.startswith(one)), key)


def head(name: str) -> str:
    """A name up to its first comma, dash or bracket: that of « La Coupole, Centre d’histoire »."""
    return name[: min((at for one in _BREAKS if (at := name.find(one)) >= 0), default=len(name))]


@dataclass(frozen=True)
class Known:
    """What ``compose`` looks things up in; made once for thousands of items."""

    day: date
    reading: Reading
    geography: Geography
    lieux: tuple[Landmark, ...] = ()
    """The published lieux of the directory."""
    refs: Container[str] = frozenset()
    """References of every content that a file may name: ``lieux/la-coupole``."""
    siteurl: str = ""
    """Where the portal is published; empty when its settings do not say it."""
    _terms: dict[tuple[Kind, str], Mapping[str, str]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, site: Site, day: date) -> Known:
        """What ``site`` knows; ``day`` is that of the import."""
        shown = {item.ref: item for item in site.items.values() if item.entry.paru(day)}
        lieux = (
            Landmark(one.entry.slug, one.name, name_key(one.commune.nom if one.commune else ""))
            for one in shown.values()
            if one.entry.kind is Kind.LIEU
        )
        reading = Reading(site.vocabularies, site.geography)
        named = tuple(sorted(lieux)), frozenset(shown)
        return cls(day, reading, site.geography, *named, site.config.siteurl)

    def schema(self, kind: Kind) -> Schema:
        """What a file of ``kind`` may write."""
        return kind_schema(kind, self.reading.vocabularies)

    def terms(self, kind: Kind, name: str) -> Mapping[str, str]:
        """Codes of the controlled list of a field, by the keys of all their names."""
        if (kind, name) not in self._terms:
            one = self.schema(kind)["properties"][name]
            listed = one.get("items", one)
            self._terms[kind, name] = _codes(listed)
        return self._terms[kind, name]

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Landmark, ...]]:
        """Lieux by the keys of their titles."""
        return _grouped((name_key(one.titre), one) for one in self.lieux)

    @cached_property
    def by_simple_name(self) -> Mapping[str, tuple[Landmark, ...]]:
        """The same, leading articles left out."""
        return _grouped((simple(one.titre), one) for one in self.lieux)

    @cached_property
    def by_head(self) -> Mapping[str, tuple[Landmark, ...]]:
        """Lieux by the beginning of their titles, leading articles left out."""
        return _grouped((simple(head(one.titre)), one) for one in self.lieux)

    @cached_property
    def towns(self) -> Mapping[str, list[Town]]:
        """Communes of the region by the keys of their names."""
        home, found = self.geography.home, defaultdict(list)
        for one in self.geography.communes_of(home) if home else ():
            found[name_key(one.nom)].append(Town(one.nom, one.departement, one.codes_postaux))
        return found


def _codes(listed: Schema) -> Mapping[str, str]:
    found: dict[str, str] = {}
    others = listed.get("x-alias", {})
    for code, label in zip(listed["enum"], listed["x-libelles"], strict=True):
        for name in (code, label, *others.get(code, ())):
            found.setdefault(name_key(name), code)
    return found


def _grouped(pairs: Iterable[tuple[str, Landmark]]) -> Mapping[str, tuple[Landmark, ...]]:
    groups: dict[str, list[Landmark]] = defaultdict(list)
    for key, one in pairs:
        groups[key].append(one)
    return {key: tuple(held) for key, held in groups.items()}
