"""How lists are grouped: by letter, month, type, kind."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date
from string import ascii_uppercase
from typing import TypeVar

from portail.model.kinds import Kind
from portail.model.territoire import Territoire
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.ends import ends_of
from portail.outputs.pages.paging import Group
from portail.outputs.pages.views.cards import Card
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.territories import code_of
from portail.text.dates import mois
from portail.text.inline import plain
from portail.text.normalise import sort_key
from portail.text.numbers import nombre
from portail.text.slugs import slugify
from portail.text.typography import capital

__all__ = [
    "alphabet", "anchor_of", "by_kind", "by_letter", "by_month", "by_territory", "coming",
    "kinds_index", "letter_of", "letters",
]  # fmt: skip

_ELSEWHERE = "Ailleurs"
_OTHER = "#"
"""The letter of titles that begin with a figure or a sign."""

_Key = TypeVar("_Key")


def by_letter(items: Sequence[Item], site: Site) -> list[Group]:
    """Names by their first letter, each with how many of its events are to come."""

    def group(letter: str, some: list[Item]) -> Group:
        notes = [coming(site, item.ref) for item in some]
        shown, fins = _cards(some, site), [fin for _, fin in notes]
        told = [f"{nombre(count)} à venir" if count else "" for count, _ in notes]
        return Group(letter, shown, "repertoire", anchor_of(letter), told, fins=fins)

    found = _grouped(items, lambda item: letter_of(plain(item.entry.titre)))
    return [group(letter, some) for letter, some in found.items()]


def alphabet(groups: Iterable[Group]) -> list[Lien]:
    """Every letter, with the anchor of its group if it has one."""
    known = {group.titre: group.ancre for group in groups}
    return [Lien(letter, known.get(letter, "")) for letter in letters(known)]


def letters(known: Container[str]) -> tuple[str, ...]:
    """The letters of an index, that of figures and signs first if it is among ``known``."""
    return (*([_OTHER] if _OTHER in known else []), *ascii_uppercase)


def letter_of(name: str) -> str:
    """The letter that a name is under."""
    letter = sort_key(name)[0][:1].upper()
    return letter if letter and letter in ascii_uppercase else _OTHER


def anchor_of(letter: str) -> str:
    """Where an index of the page leads for a letter."""
    return f"Lettre-{'0' if letter == _OTHER else letter}"


def by_month(items: Sequence[Item], site: Site) -> list[Group]:
    """What is over, by the month of its leaf, in the order of ``items``."""

    def month(item: Item) -> str:
        leaf = card_of(site, item.ref).feuille
        return capital(mois(leaf.jour)) if leaf else ""

    found = _grouped(items, month)
    return [Group(title, _cards(some, site), "finies") for title, some in found.items()]


def by_territory(items: Sequence[Item], site: Site) -> list[Group]:
    """Territories, the widest first: the region, its départements, the EPCI of each, then those of
    elsewhere. Each has how many places it holds, and how much is to come."""
    geography, titles = site.geography, {"region": "Région", "departement": "Départements"}
    home = geography.departements_of(geography.home.code) if geography.home else ()
    where = {epci.siren: one.nom for one in home for epci in geography.home_epci_of(one.code)}

    def key(item: Item) -> str:
        entry = item.entry
        assert isinstance(entry, Territoire)
        return titles.get(entry.type or "") or where.get(entry.code or "", _ELSEWHERE)

    def group(title: str, some: list[Item]) -> Group:
        told = [_inside(site, item.ref) for item in some]
        notes, fins = [note for note, _ in told], [fin for _, fin in told]
        anchor = f"Dans-{slugify(title)}"
        return Group(title, _cards(some, site), "simples", anchor, notes, fins=fins)

    found = _grouped(items, key)
    order = (*titles.values(), *sorted((one.nom for one in home), key=sort_key), _ELSEWHERE)
    return [group(title, found[title]) for title in order if title in found]


@answer
def _inside(site: Site, ref: str) -> tuple[str, date | None]:
    """« 4 lieux · 2 à venir », and until when it is so."""
    entry = site.items[ref].entry
    assert isinstance(entry, Territoire)
    refs = site.indexes.by_territoire.get(code_of(entry), ())
    held = [site.items[ref] for ref in refs]
    places = sum(one.entry.kind is Kind.LIEU for one in held)
    coming = [one for one in held if one.entry.kind is Kind.EVENT and not one.passe]
    told = (
        f"{nombre(places)} {'lieux' if places > 1 else 'lieu'}" if places else "",
        f"{nombre(len(coming))} à venir" if coming else "",
    )
    ends = (fin for one in coming if (fin := ends_of(one, site).fin))
    return " · ".join(filter(None, told)), min(ends, default=None)


def by_kind(items: Sequence[Item], site: Site) -> list[Group]:
    """Contents by kind; those that are over come after, in a group of their own."""

    def key(item: Item) -> tuple[Kind, bool]:
        return item.entry.kind, item.passe

    def group(kind: Kind, over: bool, some: list[Item]) -> Group:
        title = kind.info.archives if over else kind.info.plusieurs
        anchor = f"{'Fini' if over else 'Genre'}-{kind.value}"
        form = "finies" if over else kind.info.cards
        return Group(title, _cards(some, site), form, anchor)

    found = _grouped(sorted(items, key=lambda item: item.passe), key)
    return [group(kind, over, some) for (kind, over), some in found.items()]


def kinds_index(groups: Iterable[Group]) -> list[Lien]:
    """The groups, with how many each holds; none for a single one."""
    found = [Lien(one.titre, one.ancre, nombre(len(one.cards))) for one in groups]
    return found if len(found) > 1 else []


def _grouped(items: Iterable[Item], key: Callable[[Item], _Key]) -> dict[_Key, list[Item]]:
    """Items by key, keys in the order in which they are first met."""
    found: dict[_Key, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def _cards(items: Sequence[Item], site: Site) -> list[Card]:
    return [card_of(site, item.ref) for item in items]


@answer
def coming(site: Site, ref: str) -> tuple[int, date | None]:
    """How many events that name a place or someone are to come, and until when they are as many."""
    named = (site.items[ref] for ref in site.indexes.by_target.get(ref, ()))
    found = [one for one in named if one.entry.kind is Kind.EVENT and not one.passe]
    ends = (fin for one in found if (fin := ends_of(one, site).fin))
    return len(found), min(ends, default=None)
