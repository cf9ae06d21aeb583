"""Alphabetical indexes."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from string import ascii_uppercase
from typing import NamedTuple, TypeVar

from msgspec import Struct

from portail.model.collections import Territoire
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.cards import Cards, leaf_of
from portail.outputs.pages.entry.around import near_communes
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.kit import PARTS
from portail.outputs.pages.lists.paging import (
    Group,
    Subject,
    communes,
    folder_of_pages,
    page_urls,
    subjects,
)
from portail.outputs.pages.states import ends_of
from portail.outputs.pages.views.shared import Lien, PageView, Pagination
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.territories import code_of
from portail.site.urls import COMMUNES_PAGE, HOME, NEAR, PLAN, SUBJECTS, THEMES, TOOLBOX, listing_of
from portail.text.dates import mois
from portail.text.normalise import slugify, sort_key
from portail.text.typography import capital, nombre

_ELSEWHERE = "Ailleurs"
_OTHER = "#"
"""The letter of titles that begin with a figure or a sign."""

_Key = TypeVar("_Key")


def by_letter(items: Sequence[Item], site: Site) -> list[Group]:
    """Names by their first letter, each with how many of its events are to come."""

    def group(letter: str, some: list[Item]) -> Group:
        notes = [coming(site, item.ref) for item in some]
        shown, fins = Cards(site, some), [fin for _, fin in notes]
        told = [f"{nombre(count)} à venir" if count else "" for count, _ in notes]
        return Group(letter, shown, "repertoire", anchor_of(letter), told, fins=fins)

    found = _grouped(items, lambda item: letter_of(item.name))
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
        leaf = leaf_of(item, site)
        return capital(mois(leaf.jour)) if leaf else ""

    found = _grouped(items, month)
    return [Group(title, Cards(site, some), "finies") for title, some in found.items()]


def by_territory(items: Sequence[Item], site: Site) -> list[Group]:
    """The region, its départements, the EPCI of each, then those of elsewhere."""
    geography, titles = site.geography, {"region": "Région", "departement": "Départements"}
    home = geography.departements_of(geography.home.code) if geography.home else ()
    where = {epci.siren: one.nom for one in home for epci in geography.home_epci_of(one.code)}

    def key(item: Item) -> str:
        entry = item.of(Territoire)
        return titles.get(entry.type or "") or where.get(entry.code or "", _ELSEWHERE)

    def group(title: str, some: list[Item]) -> Group:
        told = [_inside(site, item.ref) for item in some]
        notes, fins = [note for note, _ in told], [fin for _, fin in told]
        anchor = f"Dans-{slugify(title)}"
        return Group(title, Cards(site, some), "simples", anchor, notes, fins=fins)

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
        return Group(title, Cards(site, some), form, anchor)

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


@answer
def coming(site: Site, ref: str) -> tuple[int, date | None]:
    """How many events that name a place or someone are to come, and until when they are as many."""
    named = (site.items[ref] for ref in site.indexes.by_target.get(ref, ()))
    found = [one for one in named if one.entry.kind is Kind.EVENT and not one.passe]
    ends = (fin for one in found if (fin := ends_of(one, site).fin))
    return len(found), min(ends, default=None)


class EntreeIndex(Struct, frozen=True):
    """What one looks up and where it leads; ``suite``: it began on the page before."""

    titre: str
    liens: tuple[Lien, ...]
    note: str = ""
    suite: bool = False


class LettreIndex(Struct, frozen=True):
    """The entries of a letter that are on a page."""

    lettre: str
    ancre: str
    entrees: tuple[EntreeIndex, ...]


class IndexView(PageView, frozen=True, kw_only=True):
    """A page of an index; ``index`` leads to letters; ``simple``: an entry is one link."""

    chapo: str
    nombre: str
    lettres: tuple[LettreIndex, ...]
    index: tuple[Lien, ...]
    voisins: tuple[Lien, ...]
    pagination: Pagination
    simple: bool = False


_LINES, _SIMPLE = 150, 360
"""Links of a page; of one where each is an entry."""


class _Index(NamedTuple):
    """One index; ``simple`` when each entry is but one link."""

    lien: Lien
    chapo: str
    nom: str
    pluriel: str
    entries: Sequence[Subject]
    simple: bool = False

    @property
    def parent(self) -> Lien:
        """The page above it."""
        return Lien("Boîte à outils", TOOLBOX) if self.simple else Lien("Plan du site", PLAN)


class _Row(NamedTuple):
    """One link of an index and its entry, given by its rank."""

    rank: int
    lien: Lien


def plan_indexes(site: Site) -> Iterator[TemplatePage]:
    """The pages of each index."""
    for index in _indexes(site):
        url, urls = index.lien.url, _cut(site, index.lien.url).urls
        for number, page in enumerate(urls, start=1):
            hint = SitemapHint()
            yield drawn(site, page, "index-alphabetique.html", _show, url, number, sitemap=hint)
        yield from folder_of_pages(site, urls, index.lien.texte)


def index_links(site: Site) -> tuple[Lien, ...]:
    """Where one looks things up: indexes, places, themes, the plan of the site."""
    found = [index.lien for index in _indexes(site)]
    if site.of_kind(Kind.LIEU):
        found.append(Lien("Lieux et structures", listing_of(Kind.LIEU)))
    if site.indexes.by_theme:
        found.append(Lien("Thèmes", THEMES))
    return (*found, Lien("Plan du site", PLAN))


@per_site
def _indexes(site: Site) -> tuple[_Index, ...]:
    """The indexes that have something."""
    near = tuple(Subject(one.texte, "", (one,)) for one in near_communes(site))
    held = {SUBJECTS: subjects(site), COMMUNES_PAGE: communes(site), NEAR: near}
    return tuple(
        _Index(Lien(title, url), lead, noun, plural, held[url], url == NEAR)
        for url, (title, lead, noun, plural) in PARTS["index"].items()
        if held[url]
    )


class _Cut(Struct, frozen=True):
    """An index cut in pages: its links, how many a page holds, addresses, its letters."""

    index: _Index
    rows: Sequence[_Row]
    size: int
    urls: tuple[str, ...]
    leads: tuple[Lien, ...]


@per_site
def _cut(site: Site, url: str) -> _Cut:
    index = next(one for one in _indexes(site) if one.lien.url == url)
    rows = [_Row(rank, lien) for rank, one in enumerate(index.entries) for lien in one.liens]
    size = _SIMPLE if index.simple else _LINES
    urls = page_urls(url, -(-len(rows) // size))
    return _Cut(index, rows, size, urls, tuple(_leads(index.entries, rows, urls, size)))


def _show(site: Site, url: str, number: int) -> IndexView:
    """A page of the index at ``url``."""
    cut = _cut(site, url)
    index, urls, rows = cut.index, cut.urls, cut.rows
    start, count, title = (number - 1) * cut.size, len(index.entries), index.lien.texte
    return IndexView(
        cadre=frame_of(site),
        titre=title if number == 1 else f"{title}, page {number}",
        description=index.chapo,
        url=urls[number - 1],
        fil=(Lien("Accueil", HOME), index.parent),
        rubrique=index.parent.url,
        chapo=index.chapo,
        nombre=f"{nombre(count)} {index.pluriel if count > 1 else index.nom}",
        lettres=tuple(_letters(index.entries, rows[: start + cut.size], start)),
        index=cut.leads,
        voisins=index_links(site),
        pagination=Pagination(number, len(urls), urls),
        simple=index.simple,
    )


def _leads(
    entries: Sequence[Subject], rows: Sequence[_Row], urls: Sequence[str], size: int
) -> Iterator[Lien]:
    """Each letter leads to the page where it begins."""
    known: dict[str, str] = {}
    for number, row in enumerate(rows):
        letter = letter_of(entries[row.rank].titre)
        known.setdefault(letter, f"{urls[number // size]}#{anchor_of(letter)}")
    return (Lien(letter, known.get(letter, "")) for letter in letters(known))


def _letters(entries: Sequence[Subject], rows: Sequence[_Row], start: int) -> Iterator[LettreIndex]:
    """What the page that begins at row ``start`` shows, letter after letter, up to the last row."""
    before = rows[start - 1].rank if start else -1
    for letter, some in groupby(rows[start:], key=lambda row: letter_of(entries[row.rank].titre)):
        found = []
        for rank, held in groupby(some, key=lambda row: row.rank):
            entry = entries[rank]
            links = tuple(row.lien for row in held)
            found.append(EntreeIndex(entry.titre, links, entry.note, rank == before))
        yield LettreIndex(letter, anchor_of(letter), tuple(found))
