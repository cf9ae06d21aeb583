"""Subjects: themes and keywords, and the contents of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from portail.model.kinds import Kind
from portail.outputs.pages.views.shared import Lien
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import theme_of
from portail.text.analysis import tokens
from portail.text.normalise import fold, sort_key
from portail.text.typography import capital


class Subject(NamedTuple):
    """One thing to look up: its name, where it leads."""

    titre: str
    liens: tuple[Lien, ...]


@per_site
def subjects(site: Site) -> tuple[Subject, ...]:
    """Themes and keywords of several contents in French order, each with these; spellings that a
    search holds for one are one subject, by the commonest."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    held: dict[str, list[Item]] = defaultdict(list)
    for item in _contents(site):
        for key, word in {_key(word): word for word in item.entry.mots_cles}.items():
            spellings[key][word] += 1
            held[key].append(item)
    themes = dict(_themes(site))
    keys = themes.keys() | held.keys()
    found = []
    for key in keys:
        title, *first = themes.get(key) or (capital(_commonest(spellings[key])),)
        if first or len(held[key]) > 1:
            found.append(Subject(title, (*first, *_links(held.get(key, ())))))
    return tuple(sorted(found, key=lambda one: sort_key(one.titre)))


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
    """Themes of several contents, by key: their label, the link to their page."""
    for code, refs in site.indexes.by_theme.items():
        term = site.vocabularies["themes"].get(code)
        if term and len(refs) > 1:
            label = capital(term.label)
            yield _key(label), (label, Lien(WORDS["listes"]["suite"], theme_of(code), "thème"))


def _links(items: Iterable[Item]) -> Iterator[Lien]:
    for item in sorted(items, key=lambda item: item.is_over):
        kind = item.entry.kind
        note = f"{kind.info.nom} {kind.info.over}" if item.is_over else kind.info.nom
        yield Lien(item.entry.titre, item.url, note)
