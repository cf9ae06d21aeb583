"""Tables of filter data: an object whose ``lignes`` has one row a line. Ranks count from 0.

``facettes``: ``[key, [[code, label], …]]``, the rank of a value running through all of them;
``communes``: ``[name, département, latitude, longitude]``; ``textes``: what comes back.

A row: address; title (a text, or roman and italics by turns); ranks in ``textes`` of the code of
its theme, of the line above the title, of that below; ranks of its values; rank of its commune (-1:
none). What each list adds is said where it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from portail.geo.places import Commune
from portail.outputs.pages.views.lists import Card
from portail.outputs.spreadsheets import compact, lined
from portail.site.facets import Pair, Value
from portail.text.spaces import seen
from portail.text.typography import inline_parts, typeset

# Grows when a script for the former format could not read the new one.
VERSION = 2

Row: TypeAlias = list[Any]
# Labels that pages say with the details, not above the title.
_ADVANTAGES = frozenset({"gratuit", "pret"})


def data_text(document: Mapping[str, Any]) -> Iterator[str]:
    """A document, one row a line."""
    yield compact({name: value for name, value in document.items() if name != "lignes"})[:-1]
    yield ',"lignes":['
    yield from lined(document["lignes"])
    yield "\n]}\n"


class Texts:
    """Values that come back, each written once: rows hold their ranks."""

    def __init__(self) -> None:
        self._ranks: dict[str, int] = {}
        self.values: list[Any] = []

    def rank(self, value: Any) -> int:
        key = value if isinstance(value, str) else repr(value)
        if key not in self._ranks:
            self._ranks[key] = len(self.values)
            self.values.append(value)
        return self._ranks[key]


class Table:
    """What the rows of any list begin with, and what their ranks stand for."""

    def __init__(self, base: str, facets: Sequence[tuple[str, Sequence[Value]]] = ()) -> None:
        self._base = base
        self.texts = Texts()
        self._communes = Texts()
        self.facets = facets
        pairs: list[tuple[str, str]] = []
        for cle, values in facets:
            pairs.extend((cle, value.code) for value in values)
        self._pairs: Mapping[Pair, int] = {pair: rank for rank, pair in enumerate(pairs)}

    def row(
        self,
        card: Card,
        details: Iterable[str],
        commune: Commune | None,
        pairs: Iterable[Pair] = (),
    ) -> Row:
        """Address, title, theme, line above it, ``details`` below it, values, commune."""
        parts = inline_parts(card.titre)
        return [
            self._base + card.url,
            parts if len(parts) > 1 else parts[0],
            self.texts.rank(card.theme),
            self.text(card.precision or card.surtitre),
            self.below(card, details),
            sorted(self._pairs[pair] for pair in pairs if pair in self._pairs),
            self._commune(commune),
        ]

    def below(self, card: Card, details: Iterable[str]) -> int:
        free = (label.texte for label in card.etiquettes if label.code in _ADVANTAGES)
        return self.text(" · ".join([*details, *free]))

    def text(self, text: str) -> int:
        return self.texts.rank(" · ".join(map(seen, typeset(text).split(" · "))))

    def document(self, rows: Iterable[Row], **more: Any) -> Mapping[str, Any]:
        lignes = list(rows)
        return {
            "version": VERSION,
            **more,
            "facettes": self.facets,
            "communes": self._communes.values,
            "textes": self.texts.values,
            "lignes": lignes,
        }

    def _commune(self, commune: Commune | None) -> int:
        if commune is None or commune.lat is None:
            return -1
        return self._communes.rank([commune.nom, commune.departement, commune.lat, commune.lon])
