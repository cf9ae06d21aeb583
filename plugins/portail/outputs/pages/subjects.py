"""What alphabetical indexes list: subjects (themes, keywords) and communes, with their contents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from portail.geo.places import short_name
from portail.model.kinds import Kind
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import theme_of
from portail.text.analysis import tokens
from portail.text.normalise import fold, sort_key
from portail.text.typography import capital

__all__ = ["Subject", "communes", "subjects"]

_LEFT_OUT = frozenset({Kind.NEWSLETTER})


class Subject(NamedTuple):
    """One thing to look up: its name, what is said beside it, where it leads."""

    titre: str
    note: str
    liens: tuple[Lien, ...]


@per_site
def subjects(site: Site) -> tuple[Subject, ...]:
    """Themes and keywords in French alphabetical order, each with its contents: those that are
    not over first. Spellings that a search holds for one are one subject, by the commonest."""
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
        theme = themes.get(key)
        title = theme[0] if theme else capital(_commonest(spellings[key]))
        first = (theme[1],) if theme else ()
        found.append(Subject(title, "", (*first, *_links(held.get(key, ())))))
    return tuple(sorted(found, key=lambda one: sort_key(one.titre)))


@per_site
def communes(site: Site) -> tuple[Subject, ...]:
    """Communes where something is or takes place, in French alphabetical order, each with it:
    places first, then what is to come, then the rest but what is over."""
    held: dict[str, list[Item]] = defaultdict(list)
    for item in _contents(site):
        if item.commune and not item.passe:
            held[item.commune.code].append(item)
    found = []
    for items in held.values():
        commune = items[0].commune
        assert commune is not None
        near = site.geography.epci(commune.epci or "")
        wide = site.geography.departement(commune.departement)
        note = " · ".join(capital(short_name(one)) for one in (near, wide) if one)
        lieux = [item for item in items if item.entry.kind is Kind.LIEU]
        rest = [item for item in items if item.entry.kind is not Kind.LIEU]
        found.append((commune, Subject(commune.nom, note, tuple(_links([*lieux, *rest])))))
    found.sort(key=lambda pair: (sort_key(pair[0].nom), pair[0].code))
    return tuple(subject for _, subject in found)


def _contents(site: Site) -> Iterator[Item]:
    """What an index may name, kind after kind, each in the order of its list."""
    for kind in Kind:
        if kind not in _LEFT_OUT:
            yield from site.of_kind(kind)


def _key(word: str) -> str:
    return " ".join(token.stem for token in tokens(word)) or fold(word)


def _commonest(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda word: (-spellings[word], sort_key(word)))


def _themes(site: Site) -> Iterator[tuple[str, tuple[str, Lien]]]:
    """Themes that hold something, by key: their label, the link to their page. How many
    contents they hold changes too often to be told here."""
    for code in site.indexes.by_theme:
        term = site.vocabularies["themes"].get(code)
        if term:
            label = capital(term.label)
            yield _key(label), (label, Lien("Tout ce thème", theme_of(code), "thème"))


def _links(items: Iterable[Item]) -> Iterator[Lien]:
    """Contents by title, each with its kind; what is over comes last."""
    for item in sorted(items, key=lambda item: item.passe):
        kind = item.entry.kind
        note = f"{kind.info.nom} {kind.info.over}" if item.passe else kind.info.nom
        yield Lien(item.entry.titre, item.url, note)
