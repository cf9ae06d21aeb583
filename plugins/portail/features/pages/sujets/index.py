"""The alphabetical index of subjects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from types import SimpleNamespace

from msgspec import Struct

from portail.model.kinds import PLACES, Kind
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import ACCUEIL, frame_of
from portail.outputs.pages.lists.paging import anchor_of, letter_of, letters, page_urls
from portail.outputs.pages.views.shared import Lien, PageView, Pagination, page_view
from portail.outputs.pages.words import PARTS, WORDS
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.urls import DIRECTORY, PLAN, SUBJECTS, THEMES, theme_of
from portail.text.analysis import tokens
from portail.text.normalise import fold, sort_key
from portail.text.typography import capital, nombre


class EntreeIndex(Struct, frozen=True):
    """What one looks up and where it leads; ``suite``: it began on the page before."""

    titre: str
    liens: tuple[Lien, ...]
    suite: bool = False


@per_site
def subjects(site: Site) -> tuple[EntreeIndex, ...]:
    """Themes and keywords of several contents in French order, each with these; spellings that a
    search holds for one are one subject, by the commonest."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    by_topic: dict[str, list[Item]] = defaultdict(list)
    for item in _contents(site):
        for key, word in {_key(word): word for word in item.entry.mots_cles}.items():
            spellings[key][word] += 1
            by_topic[key].append(item)
    themes = dict(_themes(site))
    keys = themes.keys() | by_topic.keys()
    subjects = []
    for key in keys:
        title, *first = themes.get(key) or (capital(_commonest(spellings[key])),)
        if first or len(by_topic[key]) > 1:
            subjects.append(EntreeIndex(title, (*first, *_links(by_topic.get(key, ())))))
    return tuple(sorted(subjects, key=lambda subject: sort_key(subject.titre)))


def _contents(site: Site) -> Iterator[Item]:
    for kind in Kind:
        if kind.info.has_page:
            yield from site.for_all(kind)


@lru_cache(10_000)  # those of a portal are few, and each is said by many contents
def _key(word: str) -> str:
    return " ".join(token.stem for token in tokens(word)) or fold(word)


def _commonest(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda word: (-spellings[word], sort_key(word)))


def _themes(site: Site) -> Iterator[tuple[str, tuple[str, Lien]]]:
    for code, refs in site.indexes.by_theme.items():
        term = site.vocabularies["themes"].get(code)
        if term and len(refs) > 1:
            label = capital(term.label)
            yield _key(label), (label, Lien(WORDS["listes"]["suite"], theme_of(code), "thème"))


def _links(items: Iterable[Item]) -> Iterator[Lien]:
    for item in sorted(items, key=lambda item: item.is_over):
        kind = item.entry.kind
        note = kind.info.nom
        if item.is_over:
            note = f"{note} {kind.info.over}"
        yield Lien(item.entry.titre, item.url, note)


# Links of a page.
_LINES = 250


class _Index(Struct, frozen=True, dict=True):
    """The index of subjects, cut in pages."""

    entries: Sequence[EntreeIndex]

    @cached_property
    def rows(self) -> Sequence[tuple[EntreeIndex, Lien]]:
        rows: list[tuple[EntreeIndex, Lien]] = []
        for entry in self.entries:
            rows += [(entry, lien) for lien in entry.liens]
        return rows

    @cached_property
    def urls(self) -> tuple[str, ...]:
        return page_urls(SUBJECTS, -(-len(self.rows) // _LINES))

    @cached_property
    def leads(self) -> tuple[Lien, ...]:
        places: dict[str, str] = {}
        for number, (entry, _) in enumerate(self.rows):
            letter = letter_of(entry.titre)
            places.setdefault(letter, f"{self.urls[number // _LINES]}#{anchor_of(letter)}")
        return tuple(Lien(letter, places.get(letter, "")) for letter in letters(places))

    def letters(self, start: int) -> Iterator[SimpleNamespace]:
        before = self.rows[start - 1][0] if start else None
        shown = self.rows[start : start + _LINES]
        for letter, subjects in groupby(shown, key=lambda row: letter_of(row[0].titre)):
            entries = []
            for entry, rows in groupby(subjects, key=lambda row: row[0]):
                links = tuple(lien for _, lien in rows)
                entries.append(EntreeIndex(entry.titre, links, entry is before))
            yield SimpleNamespace(lettre=letter, ancre=anchor_of(letter), entrees=tuple(entries))


def plan_index(site: Site) -> Iterator[TemplatePage]:
    """The pages of the index of subjects."""
    if subjects(site):
        for number, url in enumerate(_index(site).urls, start=1):
            hint = SitemapHint()
            yield drawn(site, url, "index-alphabetique.html", _show, number, sitemap=hint)


def index_links(site: Site) -> tuple[Lien, ...]:
    """Where one looks things up: subjects, places, themes, the plan of the site."""
    links = list(subject_links(site))
    if site.has(*PLACES):
        links.append(Lien("Lieux et structures", DIRECTORY))
    if site.indexes.by_theme:
        links.append(Lien("Thèmes", THEMES))
    return (*links, Lien("Plan du site", PLAN))


@answer
def subject_links(site: Site) -> tuple[Lien, ...]:
    """The link to the index of subjects, when there is something in it."""
    title, *_ = PARTS["sujets"]
    if subjects(site):
        return (Lien(title, SUBJECTS),)
    return ()


@per_site
def _index(site: Site) -> _Index:
    return _Index(subjects(site))


def _show(site: Site, number: int) -> PageView:
    index = _index(site)
    title, lead, noun, plural = PARTS["sujets"]
    count = len(index.entries)
    return page_view(
        cadre=frame_of(site),
        titre=title if number == 1 else f"{title}, page {number}",
        description=lead,
        url=index.urls[number - 1],
        fil=(ACCUEIL, Lien("Plan du site", PLAN)),
        rubrique=PLAN,
        chapo=lead,
        nombre=f"{nombre(count)} {plural if count > 1 else noun}",
        lettres=tuple(index.letters((number - 1) * _LINES)),
        index=index.leads,
        voisins=index_links(site),
        pagination=Pagination(number, len(index.urls), index.urls),
    )
