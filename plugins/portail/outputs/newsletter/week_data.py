"""Output « ma-lettre »: what a letter of one's own is composed of, in the browser. The format is
told in ``docs/technique/ma-lettre.md``. Every word is that of the letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from portail.agenda.weeks import Week
from portail.config import REGION
from portail.model.issue import Line
from portail.model.kinds import Kind
from portail.newsletter import rules
from portail.newsletter.choice import places
from portail.newsletter.editions import around, pairs_of, reach
from portail.newsletter.news import wishes_of
from portail.newsletter.picks import history_of
from portail.outputs.base import TextFile, text_file
from portail.outputs.newsletter.lines import Lines
from portail.outputs.newsletter.views import ALONE, TITLES, editorial_of, ending
from portail.outputs.newsletter.week_rows import LISTS, Candidate, Letter, candidates
from portail.outputs.pages.letter_choices import choices
from portail.outputs.spreadsheets import compact, lined
from portail.site.editions import parent_of
from portail.site.facets import Pair
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import WEEK_DATA
from portail.text.typography import inline_parts

VERSION = 1
"""Grows when a script for the former format could not read the new one."""
Row: TypeAlias = list[Any]

_RULES = {
    "une": rules.UNE,
    "avant": rules.FEATURED,
    "genre": rules.OF_A_KIND,
    "week-end": rules.WEEK_END,
    "lieu": rules.PER_SPOT,
    "a-noter": rules.A_NOTER,
    "annonces": rules.ANNONCES,
    "lieux": rules.LIEUX,
    "outils": rules.OUTILS,
    "relire": rules.RELIRE,
    "calme": rules.QUIET,
    "court": rules.SHORT,
    "lignes": rules.LINES,
}
_KINDS = {kind: rank for rank, kind in enumerate(Kind)}
_NO_PARENT, _PARENT_ELSEWHERE = -1, -2


def plan_week_data(site: Site) -> Iterator[TextFile]:
    """``/ma-lettre/semaine.json``, when there is a page to read it."""
    if choices(site):
        yield text_file(site, WEEK_DATA, _pieces)


def _letters(site: Site, week: Week) -> Iterator[Letter]:
    """The letters of the region, then those of the editions that had some of their own."""
    yield Letter(("", ""), history_of(site, week, REGION))
    for one in site.config.lettre.editions:
        own = any(one.code in frozen.editions for frozen in site.envois.values())
        if one.filtre and own:
            yield Letter(one.filtre, history_of(site, week, one.code))


def _pieces(site: Site) -> Iterator[str]:
    """The document, one row a line."""
    made = _Document(site)
    yield compact(made.head())[:-1]
    yield ',"contenus":['
    yield from lined(made.contents())
    yield '\n],"listes":{'
    for rank, name in enumerate(LISTS):
        yield f'{"," if rank else ""}\n"{name}":['
        yield from lined(made.rows(name))
        yield "\n]"
    # Last: what comes before filled it.
    yield f'}},"textes":{compact(list(made.texts))}}}\n'


class _Document:
    """Rows of the file; ``texts`` are what comes back, by rank."""

    def __init__(self, site: Site) -> None:
        self._site, self._week = site, Week.of(site.day.date)
        editorial = editorial_of(site, self._week)
        wishes = wishes_of(site, editorial.entry if editorial else None)
        self._order, pinned, excluded = wishes["ordre"], wishes["epingles"], {*wishes["exclus"]}
        self._letters = (*_letters(site, self._week),)
        self._rows = (*candidates(site, self._week, pinned, excluded, self._letters),)
        self._lines = Lines(site, self._week)  # its own: what it reads is what the file reads
        self.texts: dict[str, int] = {}
        refs = sorted({row.pick.ref for row in self._rows})
        self._ranks = {ref: rank for rank, ref in enumerate(refs)}
        self._values = {pair: rank for rank, pair in enumerate(self._pairs(refs))}
        spots = {row.lieu for row in self._rows}
        self._places = [*places(site, spots - {""}), ("", "En ligne", "")]
        self._around = around(site)
        self._spots = {one[0]: rank for rank, one in enumerate(self._places)}

    def _pairs(self, refs: Sequence[str]) -> Iterator[Pair]:
        """Every value, those that the page offers first."""
        offered = [(one.cle, choix.code) for one in choices(self._site) for choix in one.choix]
        held = (pair for ref in refs for pair in pairs_of(self._site.items[ref], self._site))
        return iter(dict.fromkeys((*offered, *held)))

    def head(self) -> Mapping[str, Any]:
        """What is not rows."""
        refs = (row.pick.ref for row in self._rows if row.liste == "annonces")
        title, rest = ending(refs, self._site)
        titles = {**TITLES, "annonces": title}
        links: Mapping[str, Row] = {
            "week-end": ["Tout le week-end", ""],
            "a-noter": ["Tout l’agenda", ""],
            "nouveautes": ["", "", list(ALONE.items())],
            "annonces": [rest.texte, self._site.config.base + rest.url],
        }
        return {
            "version": VERSION,
            "semaine": self._week.slug,
            "regles": _RULES,
            "evenement": _KINDS[Kind.EVENT],
            "rubriques": [[cle, titre, *links.get(cle, [])] for cle, titre in titles.items()],
            "valeurs": [self._value(pair) for pair in self._values],
            "lettres": [[*one.pair, self._since(one.told.last)] for one in self._letters],
            "lieux": [[facet, name] for _, name, facet in self._places],
            "ordre": [self._ranks[ref] for ref in self._order if ref in self._ranks],
        }

    def _value(self, pair: Pair) -> Row:
        """A value; of an EPCI, the rank of its département."""
        around = self._around.get(pair)
        return [*pair, self._values.get(around, -1)] if around else [*pair]

    def contents(self) -> Iterator[Row]:
        """Each content, by reference."""
        site, letters = self._site, self._letters
        first = {row.pick.ref: row for row in reversed(self._rows)}
        for ref in self._ranks:
            item, line = site.items[ref], self._line(first[ref])
            parts = inline_parts(line.titre)
            yield [
                site.config.base + line.url,
                parts if len(parts) > 1 else parts[0],
                _KINDS[item.entry.kind],
                self._text(line.nature),
                self._text(line.couleur),
                [self._values[pair] for pair in pairs_of(item, site)],
                reach(item, site),
                self._since(item.entry.publie_le),
                self._parent(item),
                [rank for rank, one in enumerate(letters) if ref in one.told.refs],
            ]

    def rows(self, name: str) -> Iterator[Row]:
        """The candidates of a list, in order, with the words that its section tells."""
        for one in self._rows:
            if one.liste == name:
                line = self._line(one)
                row = [
                    self._ranks[one.pick.ref],
                    line.jour.isoformat() if line.jour else 0,
                    line.texte,
                    line.details,
                    self._text(line.etiquette),
                    one.fin.isoformat() if one.fin else 0,
                    one.poids,
                    self._place(one),
                ]
                yield row

    def _place(self, one: Candidate) -> int | list[int]:
        """Where it is told; of what may be told again, the letters that prevent it."""
        told = [letter.told for letter in self._letters]
        ref = one.pick.ref
        if one.liste == "annonces":
            return [rank for rank, letter in enumerate(told) if ref in letter.endings]
        if one.liste == "relire":
            days = [letter.refs.get(ref) for letter in told]
            return [
                rank
                for rank, day in enumerate(days)
                if day and abs(self._week.thursday - day) < rules.YEAR
            ]
        return self._spots.get(one.lieu, len(self._places) - 1)

    def _line(self, one: Candidate) -> Line:
        return self._lines.line(LISTS[one.liste][0], one.pick)

    def _parent(self, item: Item) -> int:
        parent = parent_of(item.entry)
        return self._ranks.get(parent, _PARENT_ELSEWHERE) if parent else _NO_PARENT

    def _since(self, day: date | None) -> int | None:
        """Days from the Thursday of the letter."""
        return (day - self._week.thursday).days if day else None

    def _text(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts)) if text else -1
