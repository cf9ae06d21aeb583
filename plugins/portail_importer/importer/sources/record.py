"""What a source says of one content, by names of its own. What no field asks for may say that it is
not public."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any

from portail.resources import table

from .items import Loss
from .moments import moment_of
from .prose import folded, one_line


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a source gives to our fields, and those that say nothing of a content."""

    champs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tus: tuple[str, ...] = ()
    codes: Mapping[str, Any] = field(default_factory=dict)


@cache
def names_of(source: str) -> Names:
    """The names of a kind of source, folded."""
    names = table("champs", dict[str, Names], feature="portail_importer.importer")[source]
    fields = {key: tuple(map(folded, some)) for key, some in names.champs.items()}
    return Names(fields, names.tus, names.codes)


def _fits(short: str, name: str) -> bool:
    known = folded(name)
    if name.endswith("*"):
        return short != known and short.startswith(known)
    return short == known


class Record:
    def __init__(self, source: str, pairs: Iterable[tuple[str, Any]]) -> None:
        self.names = names_of(source)
        self.losses: list[Loss] = []
        self._rows: dict[str, list[tuple[str, Any]]] = {}
        known = set(chain.from_iterable(self.names.champs.values()))
        for name, value in pairs:
            short = folded(name)
            if short not in known:
                short = short.removesuffix("fr")
            self._rows.setdefault(short, []).append((name, value))
        self._asked: set[str] = set()

    def _there(self, key: str) -> list[str]:
        return [name for name in self.names.champs.get(key, (key,)) if name in self._rows]

    def rows(self, key: str) -> list[tuple[str, Any]]:
        """The names and values of a field."""
        names = self._there(key)
        self._asked.update(names)
        return list(chain.from_iterable(self._rows[name] for name in names))

    def all(self, key: str) -> list[Any]:
        return [value for _, value in self.rows(key)]

    def first(self, key: str) -> Any:
        for name in self._there(key)[:1]:
            self._asked.add(name)
            return self._rows[name][0][1]
        return None

    def name(self, key: str) -> str:
        return next((self._rows[name][0][0] for name in self._there(key)), key)

    def moment(self, key: str, text_of: Callable[[Any], str] = one_line) -> str:
        """The first moment of a field that is read; others are told."""
        read = [(name, text_of(value)) for name, value in self.rows(key)]
        moments = [(name, text, moment_of(text)) for name, text in read if text]
        for name, text, moment in moments:
            if not moment:
                unread = "cette date ne se lit pas"
                self.losses.append(Loss(name, text, unread))
        return next((moment for _, _, moment in moments if moment), "")

    def rest(self) -> Iterator[tuple[str, Any]]:
        """What no field asked for, and that says something of a content."""
        for short, rows in self._rows.items():
            if short not in self._asked and not any(_fits(short, it) for it in self.names.tus):
                yield from rows
