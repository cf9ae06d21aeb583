"""Where, and by whom: a portal's directory and communes by their names.

The twin of ``js/contribuer-situer.js``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html import unescape
from typing import NamedTuple, TypeVar

from portail.features.importer.sources.found import Found, Loss
from portail.features.importer.sources.prose import clean, clear, line
from portail.features.importer.where import Where, bare, where_of, with_room
from portail.features.schemas.kind_schema import Schema, kind_schema
from portail.geo.places import Commune
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.model.scalars import Reading
from portail.site.site import Site
from portail.text.excerpts import cut
from portail.text.hints import expressions
from portail.text.normalise import name_key

T = TypeVar("T")
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
            self._terms[kind, name] = _codes(one.get("items", one))
        return self._terms[kind, name]

    @cached_property
    def by_name(self) -> Mapping[str, list[Landmark]]:
        """Lieux by the keys of their titles."""
        return _grouped((name_key(one.titre), one) for one in self.lieux)

    def slug_of(self, name: str) -> str:
        """The slug of the one lieu of that name; empty for none, or several."""
        key = name_key(name)
        same = self.by_name.get(key, ()) if key else ()
        return same[0].slug if len(same) == 1 else ""

    @cached_property
    def by_simple_name(self) -> Mapping[str, list[Landmark]]:
        """The same, leading articles left out."""
        return _grouped((simple(one.titre), one) for one in self.lieux)

    @cached_property
    def by_head(self) -> Mapping[str, list[Landmark]]:
        """Lieux by the beginning of their titles, leading articles left out."""
        return _grouped((simple(head(one.titre)), one) for one in self.lieux)

    @cached_property
    def towns(self) -> Mapping[str, list[Town]]:
        """Communes of the region by the keys of their names."""
        home = self.geography.home
        known = self.geography.communes_of(home) if home else ()
        towns = (Town(one.nom, one.departement, one.codes_postaux) for one in known)
        return _grouped((name_key(one.nom), one) for one in towns)


def _codes(listed: Schema) -> Mapping[str, str]:
    found: dict[str, str] = {}
    others = listed.get("x-alias", {})
    for code, label in zip(listed["enum"], listed["x-libelles"], strict=True):
        for name in (code, label, *others.get(code, ())):
            found.setdefault(name_key(name), code)
    return found


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, one in pairs:
        groups[key].append(one)
    return groups


_POSTCODE = re.compile(r"\d{5}", re.ASCII)
_TOWN = re.compile(r"\d{5} \D", re.ASCII)
_CEDEX = re.compile(r" cedex.*$| \d{2}$", re.ASCII)
_NO_DEPARTEMENT = ("20", "97", "98")
"""What begins postcodes whose first two digits are no département."""

_PARTS = ("nom", "salle", "rue", "code_postal", "commune", "insee")


def address_in(found: Found) -> tuple[dict[str, str], list[str], list[Loss]]:
    """The parts of the address of ``found``, those that may be its commune, what is left."""
    said = found.adresse
    if isinstance(said, str):
        where = where_of(clean(unescape(said)))
    else:
        where = Where({**said, **with_room(said.get("nom", ""))})
    parts = {name: clear(where.parts[name]) for name in _PARTS if where.parts.get(name)}
    reason = "aucun champ de l’adresse ne le prend"
    left = [one for one in where.left if not expressions("adresses").pays.search(one)]
    if _TOWN.match(parts.get("rue", "")):  # a second town: no street
        left.append(parts.pop("rue"))
    return parts, where.maybe, [Loss("adresse", clear(one), reason) for one in left]


def situated(parts: Mapping[str, str], maybe: Sequence[str], known: Known) -> dict[str, str]:
    """An address whose commune is « Nom (dép) », known by its name and postcode, else by the
    latter; what is no commune joins the name of the place."""
    written = parts.get("commune", "")
    posted = parts.get("code_postal", "")
    postcode = posted if _POSTCODE.fullmatch(posted) else ""
    if known.geography.by_code(code := parts.get("insee", "")):
        return {**parts, "code_postal": postcode, "commune": known.geography.label(code)}
    wanted = _CEDEX.sub("", _CEDEX.sub("", name_key(written)))
    town = _town(wanted, posted, known)
    others = [*maybe]
    if town is None:
        towns = [_town(name_key(one), "", known) for one in maybe]
        rank = next((at for at, one in enumerate(towns) if one), None)
        if rank is not None:
            town = towns[rank]
            others.pop(rank)
    if town is None and not maybe and parts.keys() <= {"nom", "salle"} and "nom" in parts:
        town = _town(name_key(parts["nom"]), "", known)  # a calendar says « Rouen », no more
        parts = {"nom": parts.get("salle", "")} if town else parts
    called = ", ".join(filter(None, (parts.get("nom", ""), *map(clear, others))))
    parts = {**parts, "nom": called, "code_postal": postcode}
    if town:
        return {**parts, "commune": f"{town.nom} ({town.departement})"}
    name = bare(line(written))
    departement = "" if postcode.startswith(_NO_DEPARTEMENT) else postcode[:2]
    return {**parts, "commune": f"{name} ({departement})" if name and departement else name}


def _town(key: str, postcode: str, known: Known) -> Town | None:
    """The one commune of the region that has this name, and this postcode if there is one."""
    towns = known.towns.get(key, ()) if key else ()
    fit = [one for one in towns if not postcode or postcode in one.codes_postaux]
    return fit[0] if len({(one.nom, one.departement) for one in fit}) == 1 else None


def lieu_of(address: Mapping[str, str], known: Known) -> Landmark | None:
    """The one lieu of this name there, its beginning enough: « La Coupole, Centre d’histoire »."""
    name = address.get("nom", "")
    key = simple(name)
    here = name_key(address.get("commune", "").partition("(")[0])
    if not key:
        return None
    same = _there(known.by_simple_name.get(key, ()), here)
    if here and not same:
        same = _there(known.by_head.get(simple(head(name)), ()), here)
    return same[0] if len(same) == 1 else None


def tail(name: str, lieu: Landmark) -> str:
    """What a name says after that of a lieu: « La Coupole, espace Nord »; empty when its title says
    it too."""
    rest = name[len(head(name)) :].strip(" ,–-()")
    known = set(name_key(lieu.titre).split())
    return "" if set(name_key(rest).split()) <= known else rest


def _there(found: Sequence[Landmark], here: str) -> list[Landmark]:
    return [one for one in found if not here or one.commune == here]


def commune_of(text: str, postcode: str, known: Known) -> tuple[str, Commune] | None:
    """What to write for a commune, and that commune; ``None`` when the tables do not tell it."""
    name = text.partition(" (")[0]
    for one in (text, f"{name} ({postcode})" if postcode else "", name):
        commune = known.geography.named(one) if one else None
        if commune and (not postcode or one != name or postcode in commune.codes_postaux):
            return one, commune
    return None


def organisers(found: Found, known: Known) -> tuple[list[str], list[Loss]]:
    """Slugs of the directory, else names; those of ``connus`` only if the directory has them."""
    kept: dict[str, None] = {}
    losses = []
    for rank, name in enumerate((*found.organisateurs, *found.connus)):
        own = clear(name)
        slug = known.slug_of(own)
        sure = rank < len(found.organisateurs)
        if slug or (own and sure and "@" not in own):
            kept[slug or own] = None
        elif own and not sure:
            reason = "ce nom peut être celui d’une personne : l’annuaire ne le connaît pas"
            losses.append(Loss("organisateur", cut(own, 60), reason))
    return [*kept], losses


def names_of(values: Sequence[object], known: Known) -> Iterator[str]:
    """Names as a file writes them: the slug of the one lieu that has it, else the name."""
    for one in values:
        own = clear(str(one))
        if own and "@" not in own:
            yield known.slug_of(own) or own
