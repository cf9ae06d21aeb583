"""Which contents answer to which key, each in the order in which lists show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from portail.geo.territories import Departement, Epci, Region
from portail.geo.territories import Territoire as Territory
from portail.model.annonce import Annonce
from portail.model.dossier import Dossier, Regle
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.model.territoire import Territoire
from portail.text.inline import plain
from portail.text.normalise import fold, sort_key

if TYPE_CHECKING:
    from portail.geo.territories import Geography
    from portail.site.site import Item

__all__ = [
    "Indexes",
    "build_indexes",
    "code_of",
    "regle_matches",
    "territory_code",
    "territory_keys",
]

Refs = tuple[str, ...]
_ALPHABETICAL = {
    Kind.LIEU,
    Kind.TERRITOIRE,
    Kind.AUTEUR,
    Kind.COMMUNAUTE,
    Kind.TEMPS_FORT,
    Kind.PAGE,
}
_FAR = date.max


@dataclass(frozen=True, slots=True)
class Indexes:
    """References by key.

    ``by_theme`` by code; ``by_target`` what names a content (reverse of every reference field) by
    its reference; ``by_territoire`` by
    INSEE or SIREN code, commune up to region; ``gathered`` what a dossier or community gathers.
    """

    by_kind: Mapping[Kind, Refs]
    by_theme: Mapping[str, Refs]
    by_target: Mapping[str, Refs]
    by_territoire: Mapping[str, Refs]
    gathered: Mapping[str, Refs]


def _listing_key(item: Item, today: date) -> tuple[Any, ...]:
    """Order of a list: what comes soonest, else the newest, else the alphabet."""
    entry, kind = item.entry, item.entry.kind
    if kind is Kind.EVENT:
        moment = item.prochaine or (item.occurrences[-1] if item.occurrences else None)
        stamp = moment.debut.timestamp() if moment else 0.0
        return (item.passe, -stamp if item.passe else stamp, entry.slug)
    if isinstance(entry, Annonce):
        end = entry.echeance or _FAR
        return (end < today, -end.toordinal() if end < today else end.toordinal(), entry.slug)
    if kind in _ALPHABETICAL:
        return (sort_key(plain(entry.titre)), entry.slug)
    return (-(entry.publie_le or date.min).toordinal(), entry.slug)


def territory_code(territoire: Territory) -> str:
    """Key of a territory in ``by_territoire``: SIREN or INSEE code, ``R`` before a region's
    (the region 32 is not the département 32)."""
    match territoire:
        case Epci(siren=siren):
            return siren
        case Region(code=code):
            return f"R{code}"
        case Departement(code=code):
            return code


def territory_keys(item: Item, geography: Geography) -> Iterator[str]:
    """INSEE and SIREN codes of every territory that holds ``item``, smallest first."""
    if item.commune:
        yield item.commune.code
        yield from map(territory_code, geography.territoires_of(item.commune))


def regle_matches(regle: Regle, item: Item, territories: Iterable[str], code: str | None) -> bool:
    """Whether a rule gathers ``item``, whose territories are ``territories``; every criterion that
    the rule gives must hold (``code`` is that of the rule's territory)."""
    if regle.theme and regle.theme not in item.entry.themes:
        return False
    if regle.mot_cle and fold(regle.mot_cle) not in {fold(word) for word in item.entry.mots_cles}:
        return False
    return not regle.territoire or (code is not None and code in territories)


def build_indexes(items: Mapping[str, Item], geography: Geography, today: date) -> Indexes:
    """Index published contents; ``items`` is in the order of references."""
    ordered = sorted(items.values(), key=lambda item: (item.entry.kind, _listing_key(item, today)))
    by_kind: dict[Kind, list[str]] = defaultdict(list)
    by_theme: dict[str, list[str]] = defaultdict(list)
    by_target: dict[str, list[str]] = defaultdict(list)
    by_territoire: dict[str, list[str]] = defaultdict(list)
    keys: dict[str, tuple[str, ...]] = {}
    for item in ordered:
        by_kind[item.entry.kind].append(item.ref)
        for theme in item.entry.themes:
            by_theme[theme].append(item.ref)
        for target in dict.fromkeys(_targets(item, items)):
            by_target[target].append(item.ref)
        keys[item.ref] = (*territory_keys(item, geography), *_typed_territories(item, items))
        for code in dict.fromkeys(keys[item.ref]):
            by_territoire[code].append(item.ref)
    gathered = {
        item.ref: tuple(_gather(item, ordered, keys, items))
        for item in ordered
        if getattr(item.entry, "regle", None) or isinstance(item.entry, Dossier)
    }
    return Indexes(
        _frozen(by_kind), _frozen(by_theme), _frozen(by_target), _frozen(by_territoire), gathered
    )


def _frozen(rows: Mapping[Any, list[str]]) -> dict[Any, Refs]:
    return {key: tuple(refs) for key, refs in rows.items()}


def _targets(item: Item, items: Mapping[str, Item]) -> Iterator[str]:
    for _, value, reference in references_of(item.entry):
        if "/" in value:
            yield value
            continue
        found = next(
            (
                f"{kind.value}/{value}"
                for kind in reference.kinds
                if f"{kind.value}/{value}" in items
            ),
            None,
        )
        if found:
            yield found


def _typed_territories(item: Item, items: Mapping[str, Item]) -> Iterator[str]:
    for slug in item.entry.territoires:
        target = items.get(f"{Kind.TERRITOIRE.value}/{slug}")
        if target and isinstance(target.entry, Territoire):
            yield code_of(target.entry)


def code_of(territoire: Territoire) -> str:
    """Key of a territory in ``by_territoire``: its code, ``R`` before a region's."""
    code = territoire.code or ""
    return f"R{code}" if territoire.type == "region" else code


def _gather(
    gatherer: Item,
    ordered: list[Item],
    keys: Mapping[str, tuple[str, ...]],
    items: Mapping[str, Item],
) -> Iterator[str]:
    """Elements in their order, then what names the gatherer, then what its rule finds."""
    entry, seen = gatherer.entry, {gatherer.ref}

    def fresh(ref: str) -> bool:
        new = ref in items and ref not in seen
        seen.add(ref)
        return new

    for element in getattr(entry, "elements", ()):
        if fresh(element.ref):
            yield element.ref
    attribute = "dossiers" if isinstance(entry, Dossier) else "communautes"
    regle: Regle | None = getattr(entry, "regle", None)
    code = None
    if regle and regle.territoire:
        target = items.get(f"{Kind.TERRITOIRE.value}/{regle.territoire}")
        code = code_of(target.entry) if target and isinstance(target.entry, Territoire) else None
    for item in ordered:
        named = entry.slug in getattr(item.entry, attribute)
        if (named or (regle and regle_matches(regle, item, keys[item.ref], code))) and fresh(
            item.ref
        ):
            yield item.ref
