"""Alphabetical indexes: names by letter, the index of subjects."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from string import ascii_uppercase
from typing import TypeVar

from msgspec import Struct

from portail.model.collections import Territoire
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.cards import asked, leaf_of
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.lists import paging
from portail.outputs.pages.page_context import PARTS
from portail.outputs.pages.states import ends_of
from portail.outputs.pages.views.shared import Lien, PageView, Pagination
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.showings import family_of, family_of_type
from portail.site.site import Site
from portail.site.territories import code_of
from portail.site.urls import DIRECTORY, HOME, PLAN, SUBJECTS, THEMES
from portail.text.dates import mois
from portail.text.normalise import slugify, sort_key
from portail.text.typography import capital, nombre

_ELSEWHERE = "Ailleurs"
_OTHER = "#"
"""The letter of titles that begin with a figure or a sign."""

_Key = TypeVar("_Key")


def by_letter(items: Sequence[Item], site: Site) -> list[paging.Group]:
    """Names by their first letter, each with how many of its events are to come."""
    letters_of_items = _grouped(items, lambda item: letter_of(item.name))
    return [
        _names(letter, anchor_of(letter), some, site) for letter, some in letters_of_items.items()
    ]


def by_family(items: Sequence[Item], site: Site) -> list[paging.Group]:
    """Places where one goes, by what one finds there, in the order of the types of places."""
    lists = site.vocabularies
    families = _grouped(items, lambda item: family_of(item.entry, lists))
    order = dict.fromkeys(family_of_type(code, lists) for code in lists["types-lieux"])
    return [
        _names(family, f"Famille-{slugify(family)}", families[family], site)
        for family in order
        if family and family in families
    ]


def _names(title: str, anchor: str, items: Sequence[Item], site: Site) -> paging.Group:
    """Names under a title, each with how many of its events are to come."""
    counts = [coming(site, item.ref) for item in items]
    notes = [f"{nombre(count)} à venir" if count else "" for count, _ in counts]
    ends = [end for _, end in counts]
    return paging.Group(title, asked(items), "repertoire", anchor, notes, fins=ends)


def alphabet(groups: Iterable[paging.Group]) -> list[Lien]:
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


def by_month(items: Sequence[Item], site: Site) -> list[paging.Group]:
    """What is over, by the month of its leaf, in the order of ``items``."""

    def month(item: Item) -> str:
        leaf = leaf_of(item, site)
        return capital(mois(leaf.jour)) if leaf else ""

    found = _grouped(items, month)
    return [paging.Group(title, asked(some), "finies") for title, some in found.items()]


def by_territory(items: Sequence[Item], site: Site) -> list[paging.Group]:
    """The region, its départements, the EPCI of each, then those of elsewhere."""
    geography = site.geography
    titles = {"region": "Région", "departement": "Départements"}
    home = geography.departements_of(geography.home.code) if geography.home else ()
    where = {epci.siren: one.nom for one in home for epci in geography.home_epci_of(one.code)}

    def key(item: Item) -> str:
        entry = item.of(Territoire)
        return titles.get(entry.type or "") or where.get(entry.code or "", _ELSEWHERE)

    def group(title: str, some: list[Item]) -> paging.Group:
        told = [_inside(site, item.ref) for item in some]
        notes = [note for note, _ in told]
        fins = [fin for _, fin in told]
        anchor = f"Dans-{slugify(title)}"
        return paging.Group(title, asked(some), "simples", anchor, notes, fins=fins)

    found = _grouped(items, key)
    order = (*titles.values(), *sorted((one.nom for one in home), key=sort_key), _ELSEWHERE)
    return [group(title, found[title]) for title in order if title in found]


@answer
def _inside(site: Site, ref: str) -> tuple[str, date | None]:
    """« 4 lieux · 2 à venir », and until when it is so: what its page counts, examples left out."""
    entry = site.items[ref].of(Territoire)
    refs = site.indexes.by_territoire.get(code_of(entry), ())
    held = [one for ref in refs if not (one := site.items[ref]).entry.exemple]
    places = sum(one.entry.kind is Kind.LIEU for one in held)
    count, end = _coming(site, held)
    told = (
        f"{nombre(places)} {'lieux' if places > 1 else 'lieu'}" if places else "",
        f"{nombre(count)} à venir" if count else "",
    )
    return " · ".join(filter(None, told)), end


def by_kind(items: Sequence[Item], site: Site) -> list[paging.Group]:
    """Contents by kind; those that are over come after, in a group of their own."""

    def key(item: Item) -> tuple[Kind, bool]:
        return item.entry.kind, item.passe

    def group(kind: Kind, over: bool, some: list[Item]) -> paging.Group:
        title = kind.info.archives if over else kind.info.plusieurs
        anchor = f"{'Fini' if over else 'Genre'}-{kind.value}"
        form = "finies" if over else kind.info.cards
        return paging.Group(title, asked(some), form, anchor)

    found = _grouped(sorted(items, key=lambda item: item.passe), key)
    return [group(kind, over, some) for (kind, over), some in found.items()]


def kinds_index(groups: Iterable[paging.Group]) -> list[Lien]:
    """The groups, with how many each holds; none for a single one."""
    found = [Lien(one.titre, one.ancre, nombre(len(one.cards))) for one in groups]
    return found if len(found) > 1 else []


def _grouped(items: Iterable[Item], key: Callable[[Item], _Key]) -> dict[_Key, list[Item]]:
    """Items by key, keys in the order in which they are first met."""
    found: dict[_Key, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


@answer
def coming(site: Site, ref: str) -> tuple[int, date | None]:
    """How many events that name a place or someone are to come, and until when they are as many."""
    return _coming(site, (site.items[one] for one in site.indexes.by_target.get(ref, ())))


def _coming(site: Site, held: Iterable[Item]) -> tuple[int, date | None]:
    found = [one for one in held if one.entry.kind.info.dated and not one.passe]
    ends = (fin for one in found if (fin := ends_of(one, site).fin))
    return len(found), min(ends, default=None)


class EntreeIndex(Struct, frozen=True):
    """What one looks up and where it leads; ``suite``: it began on the page before."""

    titre: str
    liens: tuple[Lien, ...]
    suite: bool = False


class LettreIndex(Struct, frozen=True):
    """The entries of a letter that are on a page."""

    lettre: str
    ancre: str
    entrees: tuple[EntreeIndex, ...]


class IndexView(PageView, frozen=True, kw_only=True):
    """A page of the index of subjects; ``index`` leads to letters."""

    chapo: str
    nombre: str
    lettres: tuple[LettreIndex, ...]
    index: tuple[Lien, ...]
    voisins: tuple[Lien, ...]
    pagination: Pagination


_LINES = 250
"""Links of a page."""


class _Index(Struct, frozen=True, dict=True):
    """The index of subjects, cut in pages."""

    entries: Sequence[paging.Subject]

    @cached_property
    def rows(self) -> Sequence[tuple[paging.Subject, Lien]]:
        """Its links, each beside its entry."""
        return [(entry, lien) for entry in self.entries for lien in entry.liens]

    @cached_property
    def urls(self) -> tuple[str, ...]:
        """Addresses of its pages."""
        return paging.page_urls(SUBJECTS, -(-len(self.rows) // _LINES))

    @cached_property
    def leads(self) -> tuple[Lien, ...]:
        """Each letter leads to the page where it begins."""
        known: dict[str, str] = {}
        for number, (entry, _) in enumerate(self.rows):
            letter = letter_of(entry.titre)
            known.setdefault(letter, f"{self.urls[number // _LINES]}#{anchor_of(letter)}")
        return tuple(Lien(letter, known.get(letter, "")) for letter in letters(known))

    def letters(self, start: int) -> Iterator[LettreIndex]:
        """What the page that begins at row ``start`` shows, letter after letter."""
        before = self.rows[start - 1][0] if start else None
        shown = self.rows[start : start + _LINES]
        for letter, some in groupby(shown, key=lambda row: letter_of(row[0].titre)):
            found = []
            for _, held in groupby(some, key=lambda row: id(row[0])):
                (entry, first), *others = held
                links = (first, *(lien for _, lien in others))
                found.append(EntreeIndex(entry.titre, links, entry is before))
            yield LettreIndex(letter, anchor_of(letter), tuple(found))


def plan_index(site: Site) -> Iterator[TemplatePage]:
    """The pages of the index of subjects."""
    if paging.subjects(site):
        for number, url in enumerate(_index(site).urls, start=1):
            hint = SitemapHint()
            yield drawn(site, url, "index-alphabetique.html", _show, number, sitemap=hint)


def index_links(site: Site) -> tuple[Lien, ...]:
    """Where one looks things up: subjects, places, themes, the plan of the site."""
    found = list(subject_links(site))
    if site.of_kind(Kind.LIEU):
        found.append(Lien("Lieux et structures", DIRECTORY))
    if site.indexes.by_theme:
        found.append(Lien("Thèmes", THEMES))
    return (*found, Lien("Plan du site", PLAN))


def subject_links(site: Site) -> tuple[Lien, ...]:
    """The link to the index of subjects, when there is something in it."""
    title, *_ = PARTS["sujets"]
    return (Lien(title, SUBJECTS),) if paging.subjects(site) else ()


@per_site
def _index(site: Site) -> _Index:
    return _Index(paging.subjects(site))


def _show(site: Site, number: int) -> IndexView:
    index = _index(site)
    title, lead, noun, plural = PARTS["sujets"]
    count = len(index.entries)
    return IndexView(
        cadre=frame_of(site),
        titre=title if number == 1 else f"{title}, page {number}",
        description=lead,
        url=index.urls[number - 1],
        fil=(Lien("Accueil", HOME), Lien("Plan du site", PLAN)),
        rubrique=PLAN,
        chapo=lead,
        nombre=f"{nombre(count)} {plural if count > 1 else noun}",
        lettres=tuple(index.letters((number - 1) * _LINES)),
        index=index.leads,
        voisins=index_links(site),
        pagination=Pagination(number, len(index.urls), index.urls),
    )
