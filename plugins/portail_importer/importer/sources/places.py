"""Where, and by whom: a portal's directory and communes by their names.

The twin of ``js/contribuer-situer.js``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from heapq import nsmallest
from html import unescape
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from portail.facts.place import address
from portail.feature import reading_with
from portail.features.services.schemas.kind_schema import Schema, kind_schema
from portail.geo.coordinates import distance_km
from portail.geo.places import Commune
from portail.geo.stops import is_on_earth
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.model.scalars import Reading
from portail.site.site import Site
from portail.text.hints import expressions
from portail.text.normalise import name_key

from ..where import (
    Where,
    bare,
    holds_postcode,
    is_postcode,
    where_of,
    with_room,
)
from .items import Loss, SourceItem
from .prose import (
    clean,
    clear,
    filled,
    in_a_row,
    line,
)

T = TypeVar("T")
_ARTICLES = ("le ", "la ", "les ", "l ")
_BREAKS = (", ", " – ", " - ", " (")


class Landmark(NamedTuple):
    """A content of the directory: its slug, its title, the keys of its commune's name and of its
    street's."""

    slug: str
    titre: str
    commune: str
    rue: str = ""


def simple(name: str) -> str:
    """The key of a name without its leading article: « La Coupole » is « Coupole »."""
    key = name_key(name)
    return next((key[len(article) :] for article in _ARTICLES if key.startswith(article)), key)


def head(name: str) -> str:
    """A name up to its first comma, dash or bracket: that of « La Coupole, Centre d’histoire »."""
    return name[: min((at for sign in _BREAKS if (at := name.find(sign)) >= 0), default=len(name))]


@dataclass(frozen=True)
class Portal:
    """What ``compose`` looks things up in; made once for thousands of items."""

    day: date
    reading: Reading
    geography: Geography
    lieux: tuple[Landmark, ...] = ()
    # References of every content that a file may name: ``lieux/la-coupole``.
    refs: Container[str] = frozenset()
    # Where the portal is published; empty when its settings do not say it.
    siteurl: str = ""
    _terms: dict[tuple[Kind, str], Mapping[str, str]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, site: Site, day: date) -> Portal:
        """What ``site`` knows; ``day`` is that of the import."""
        shown = {item.ref: item for item in site.items.values() if item.entry.paru(day)}
        lieux = (
            Landmark(
                item.entry.slug,
                item.name,
                name_key(item.commune.nom if item.commune else ""),
                name_key(address(item, site).rue),
            )
            for item in shown.values()
            if item.entry.kind.info.place
        )
        reading = reading_with(site.features, site.vocabularies, site.geography)
        named = tuple(sorted(lieux)), frozenset(shown)
        return cls(day, reading, site.geography, *named, site.config.siteurl)

    def schema(self, kind: Kind) -> Schema:
        return kind_schema(kind, self.reading.vocabularies)

    def terms(self, kind: Kind, name: str) -> Mapping[str, str]:
        """Codes of the controlled list of a field, by the keys of all their names."""
        if (kind, name) not in self._terms:
            schema = self.schema(kind)["properties"][name]
            self._terms[kind, name] = _codes(schema.get("items", schema))
        return self._terms[kind, name]

    @cached_property
    def by_name(self) -> Mapping[str, list[Landmark]]:
        return _by_key((name_key(lieu.titre), lieu) for lieu in self.lieux)

    def slug_of(self, name: str) -> str:
        """The slug of the one lieu of that name; empty for none, or several."""
        key = name_key(name)
        same = self.by_name.get(key, ()) if key else ()
        if len(same) == 1:
            return same[0].slug
        return ""

    @cached_property
    def by_simple_name(self) -> Mapping[str, list[Landmark]]:
        return _by_key((simple(lieu.titre), lieu) for lieu in self.lieux)

    @cached_property
    def by_head(self) -> Mapping[str, list[Landmark]]:
        """Lieux by the beginning of their titles, leading articles left out."""
        return _by_key((simple(head(lieu.titre)), lieu) for lieu in self.lieux)

    @cached_property
    def towns(self) -> Mapping[str, list[Commune]]:
        """Communes of the instance's region by the keys of their names."""
        home = self.geography.home
        towns = self.geography.communes_of(home) if home else ()
        return _by_key((name_key(town.nom), town) for town in towns)


def _codes(listed: Schema) -> Mapping[str, str]:
    by_name: dict[str, str] = {}
    aliases = listed.get("x-alias", {})
    for code, label in zip(listed["enum"], listed["x-libelles"], strict=True):
        for name in (code, label, *aliases.get(code, ())):
            by_name.setdefault(name_key(name), code)
    return by_name


def _by_key(pairs: Iterable[tuple[str, T]]) -> Mapping[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


# What begins postcodes whose first two digits are no département.
_NO_DEPARTEMENT = ("20", "97", "98")

_BRACKETS = str.maketrans("()", ",,")
_PARTS = ("nom", "salle", "rue", "code_postal", "commune", "insee")


def address_in(item: SourceItem) -> tuple[dict[str, str], list[str], list[Loss]]:
    """The parts of the address of ``item``, those that may be its commune, what is left."""
    written = item.adresse
    if isinstance(written, str):
        text = clean(unescape(written))
        where = where_of(text)
        if text.endswith(")") and not where.parts.get(
            "commune"
        ):  # « Amphi (Institut, Strasbourg) »
            where = where_of(text.translate(_BRACKETS))
    else:
        where = Where({**written, **with_room(written.get("nom", ""))})
    parts = {name: clear(where.parts[name]) for name in _PARTS if where.parts.get(name)}
    reason = "aucun champ de l’adresse ne le prend"
    left = [*where.left]
    rue = parts.get("rue", "")
    commune = name_key(parts.get("commune", ""))
    first, _, rest = rue.partition(" ")
    if is_postcode(first) and not rest[:1].isdecimal():  # a second town: no street
        left.append(parts.pop("rue"))
    elif commune in {*map(name_key, rue.split(","))} - {""} or holds_postcode(rue):  # its town
        own = where_of(rue)
        named = (own.parts.get("commune", ""), own.parts.get("nom", ""), *own.maybe)
        parts["rue"] = own.parts.get("rue", "") if commune in map(name_key, named) else rue
    return (
        parts,
        where.maybe,
        [Loss("adresse", clear(piece), reason) for piece in left],
    )


def situated(parts: dict[str, str], maybe: Sequence[str], portal: Portal) -> dict[str, str]:
    """An address whose commune is « Nom (dép) », known by its name and postcode, else by the
    latter; what is no commune joins the name of the place."""
    written = parts.get("commune", "")
    posted = parts.get("code_postal", "")
    postcode = posted if is_postcode(posted) else ""
    if portal.geography.by_code(code := parts.get("insee", "")):
        return {**parts, "code_postal": postcode, "commune": portal.geography.label(code)}
    wanted = name_key(written).partition(" cedex")[0].removesuffix(f" {postcode[:2]}")
    town = _town(wanted, posted, portal)
    rest = [*maybe]
    if town is None:
        towns = [_town(name_key(text), "", portal) for text in maybe]
        rank = next((at for at, candidate in enumerate(towns) if candidate), None)
        if rank is not None:
            town = towns[rank]
            rest.pop(rank)
    called = in_a_row(parts.get("nom"), *map(clear, rest))
    if town and not called:  # « Rouen, salle 2 »
        called = parts.pop("salle", "")
    parts = {**parts, "nom": called, "code_postal": postcode}
    if town:
        return {**parts, "commune": f"{town.nom} ({town.departement})"}
    name = bare(line(written))
    departement = "" if postcode.startswith(_NO_DEPARTEMENT) else postcode[:2]
    return {**parts, "commune": f"{name} ({departement})" if name and departement else name}


def _town(key: str, postcode: str, portal: Portal) -> Commune | None:
    # The one commune of the region that has this name, and this postcode if there is one.
    towns = portal.towns.get(key, ()) if key else ()
    fit = [town for town in towns if not postcode or postcode in town.codes_postaux]
    if len({(town.nom, town.departement) for town in fit}) == 1:
        return fit[0]
    return None


def lieu_of(address: Mapping[str, str], portal: Portal) -> Landmark | None:
    """The one lieu of this name there, its beginning enough: « La Coupole, Centre d’histoire »."""
    name = address.get("nom", "")
    key = simple(name)
    here = name_key(address.get("commune", "").partition("(")[0])
    if not key:
        return None
    same = _in_commune(portal.by_simple_name.get(key, ()), here)
    if here and not same:
        same = _in_commune(portal.by_head.get(simple(head(name)), ()), here)
    if len(same) == 1:
        return same[0]
    return None


def tail(name: str, lieu: Landmark) -> str:
    """What a name says after that of a lieu: « La Coupole, espace Nord »; empty when its title says
    it too."""
    rest = name[len(head(name)) :].strip(" ,–-()")
    words = set(name_key(lieu.titre).split())
    if set(name_key(rest).split()) <= words:
        return ""
    return rest


def _in_commune(landmarks: Sequence[Landmark], here: str) -> list[Landmark]:
    return [landmark for landmark in landmarks if not here or landmark.commune == here]


def commune_of(text: str, postcode: str, portal: Portal) -> tuple[str, Commune] | None:
    """What to write for a commune, and that commune; ``None`` when the tables do not tell it."""
    name = text.partition(" (")[0]
    for spelling in (text, f"{name} ({postcode})" if postcode else "", name):
        commune = None
        if spelling:
            commune = portal.geography.named(spelling)
        if commune and (not postcode or spelling != name or postcode in commune.codes_postaux):
            return spelling, commune
    return None


# How much farther the next town has to be, for a point to be in the first one for sure.
_CLEAR = 2
_FAR_KM = 10


def town_at(point: tuple[str, str], portal: Portal) -> str:
    """The town of the region that a point is in for sure, as a file writes it; "" for none."""
    try:
        lat, lon = map(float, point)
    except ValueError:
        return ""
    if not is_on_earth(lat, lon):
        return ""
    towns = chain.from_iterable(portal.towns.values())
    points = ((it.code, (it.lat, it.lon)) for it in towns if it.lat and it.lon)
    near = nsmallest(2, ((distance_km((lat, lon), at), code) for code, at in points))
    if len(near) < 2 or near[0][0] > _FAR_KM or _CLEAR * near[0][0] > near[1][0]:
        return ""
    return portal.geography.label(near[0][1])


def point_of(item: SourceItem) -> tuple[str, str]:
    """Where ``item`` takes place, as its source writes it."""
    parts = item.adresse if isinstance(item.adresse, Mapping) else {}
    own = parts.get("latitude", ""), parts.get("longitude", "")
    if all(own):
        return own
    return item.point


def organisers(item: SourceItem, portal: Portal) -> list[str]:
    """Slugs of the directory, else names; those of ``connus`` only if the directory has them."""
    names: dict[str, None] = {}
    for rank, name in enumerate((*item.organisateurs, *item.connus)):
        own = clear(name)
        slug = portal.slug_of(own)
        sure = rank < len(item.organisateurs)
        if slug or (own and sure and "@" not in own):
            names[slug or own] = None
    return [*names]


def names_of(values: Sequence[object], portal: Portal) -> Iterator[str]:
    """Names as a file writes them: the slug of the one lieu that has it, else the name."""
    for value in values:
        own = clear(str(value))
        if own and "@" not in own:
            yield portal.slug_of(own) or own


# Addresses of other countries: « Tournai, Belgique ».


def abroad_of(item: SourceItem, portal: Portal) -> dict[str, Any]:
    """``adresse`` and ``coordonnees`` of what says a country other than France; empty when it says
    none, or no town before it. Without coordinates, the model asks for them (E272)."""
    written = item.adresse
    parts: Mapping[str, str] = written if isinstance(written, Mapping) else {}
    text = written if isinstance(written, str) else _on_one_line(parts)
    breaks = expressions("adresses").coupes
    pieces = [
        cleared
        for piece in breaks.split(clean(text).translate(_BRACKETS))
        if (cleared := clear(piece))
    ]
    country = None
    if len(pieces) > 1:
        country = portal.reading.vocabularies["pays"].find(pieces[-1])
    if country is None:
        return {}
    code = ""
    town = pieces[-2]
    if town[:1].isdecimal():
        code, _, town = town.rpartition(" ")
    if not town:
        return {}
    rest = pieces[:-2]
    street = next((part for part in rest if any(map(str.isdecimal, part))), "")
    address = {
        "nom": ", ".join(part for part in rest if part != street),
        "rue": street,
        "pays": country.code,
        "code_postal": code,
        "commune": town,
    }
    values: dict[str, Any] = {"adresse": filled(address)}
    lat, lon = point_of(item)
    if lat and lon:
        values["coordonnees"] = {"lat": lat, "lon": lon}
    return values


def _on_one_line(parts: Mapping[str, str]) -> str:
    town = " ".join(filter(None, (parts.get("code_postal"), parts.get("commune"))))
    return in_a_row(parts.get("nom"), parts.get("rue"), town, parts.get("pays"))
