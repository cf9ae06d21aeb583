"""Other portals are asked, side by side, for the files of their open data that have changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from datetime import date, timedelta
from typing import Any

from msgspec import Struct, field

from portail.cli.asking import Manner
from portail.features.pages.voisins import copies
from portail.features.pages.voisins.copies import EVENT_LIST, LIEUX, Asked, Copy, Part, loaded
from portail.features.pages.voisins.settings import Voisin

from .fetching import NONE, Fetcher, NotFetched, Validators, side_by_side

# How a run presents itself, and the name by which a ``robots.txt`` may speak of it.
NAME = "Portail-voisins"
INDEX = "index.json"
MOST_BYTES = 10_000_000
MOST_EVENTS = 5_000
_MOST_ROWS = 2 * MOST_EVENTS
# What began a year ago may still go on.
_BEFORE = timedelta(days=366)
# Nothing is shown that is further ahead.
_AFTER = timedelta(days=3 * 366)
_PERIOD = re.compile(r"evenements/(\d{4}[\d-]{0,20})\.json", re.ASCII)


def ask(
    voisins: Sequence[Voisin], former: Mapping[str, Copy], manner: Manner
) -> Iterator[tuple[Voisin, Asked]]:
    with side_by_side(manner, NAME) as (fetcher, pool):
        tasks = {
            pool.submit(
                _Visit(voisin, former.get(voisin.slug), fetcher, manner.day).outcome
            ): voisin
            for voisin in voisins
        }
        for task in as_completed(tasks):
            yield tasks[task], task.result()


class _Visit(Struct):
    voisin: Voisin
    before: Copy | None
    fetcher: Fetcher
    day: date
    octets: int = 0
    left: int = 0
    parts: dict[str, Part] = field(default_factory=dict)

    def outcome(self) -> Asked:
        try:
            there = self._part(INDEX, _names).donnees
            if EVENT_LIST in there:
                self._events()
            if LIEUX in there:
                self._part(LIEUX, _features)
        except NotFetched as error:
            return Asked(trouble=str(error), octets=self.octets)
        return Asked(Copy(self.voisin.api, self.day, self.parts), "", self.octets, self.left)

    def _events(self) -> None:
        rows = self._part(EVENT_LIST, _periods).donnees
        chosen = sorted((row for row in rows if self._near(row[0])), key=self._rank)
        count = 0
        for rank, (_, name, digest, weight) in enumerate(chosen):
            old = self.before.parts.get(name) if self.before else None
            same = old is not None and old.sha256 == digest
            if (not same and self.octets + weight > MOST_BYTES) or count >= MOST_EVENTS:
                self.left = len(chosen) - rank
                return
            if old is not None and same:
                self.parts[name] = old
            count += len(self.parts[name].donnees if same else self._part(name, _records).donnees)

    def _near(self, period: str) -> bool:
        first, last = _ends(period)
        far = (self.day + _AFTER).isoformat()
        near = (self.day - _BEFORE).isoformat()
        return first <= far[: len(first)] and last >= near[: len(last)]

    def _rank(self, row: Sequence[Any]) -> tuple[bool, int]:
        first, last = _ends(row[0])
        over = last < self.day.isoformat()[: len(last)]
        number = int(first.replace("-", "").ljust(8, "0"))
        return over, -number if over else number

    def _part(self, name: str, rows: Callable[[Any], Sequence[Any]]) -> Part:
        # A file, or what is kept of it when it has not changed. Raises ``NotFetched``.
        old = self.before.parts.get(name) if self.before else None
        validators = Validators(old.etag, old.modifie) if old else NONE
        fetched = self.fetcher.fetch(self.voisin.api + name, MOST_BYTES - self.octets, validators)
        if fetched.body is None and old:
            self.parts[name] = old
            return old
        body = fetched.body or b""
        self.octets += len(body)
        try:
            rows_read = rows(loaded(body))
        except (KeyError, TypeError, AttributeError, OverflowError):
            raise NotFetched(f"« {name} » n’a pas la forme des données ouvertes.") from None
        except ValueError:
            raise NotFetched(f"« {name} » n’est pas du JSON en UTF-8.") from None
        digest = hashlib.sha256(body).hexdigest()
        etag, modified = (text[:500] for text in fetched.validators)
        self.parts[name] = Part(rows_read, etag, modified, digest)
        return self.parts[name]


def _ends(period: str) -> tuple[str, str]:
    first, _, last = period.partition("--")
    return first, last or first


# What is kept of each file; raise ``KeyError``, ``TypeError``, ``AttributeError`` for another form.


def _names(index: Any) -> list[str]:
    if index["version"] != "1":
        raise TypeError(index["version"])
    return [row["nom"] for row in index["fichiers"] if row["nom"] in (EVENT_LIST, LIEUX)]


def _periods(index: Any) -> list[tuple[str, str, str, int]]:
    files = ((row["periode"], file) for row in index["parties"] for file in row["fichiers"])
    return [
        (period, file["nom"], str(file["sha256"])[:64], abs(int(file["octets"])))
        for period, file in files
        if (match := _PERIOD.fullmatch(file["nom"])) and match[1] == period
    ]


def _records(listing: Any) -> list[Any]:
    return [copies.shaped(row, copies.EVENT) for row in [*listing["donnees"]][:_MOST_ROWS]]


def _features(listing: Any) -> list[Any]:
    return [copies.shaped(row, copies.FEATURE) for row in [*listing["features"]][:_MOST_ROWS]]
