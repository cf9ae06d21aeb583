"""The lists of terms of a site, read as ``features/pages/recherche`` tells them."""

import json
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple


class Posting(NamedTuple):
    """How much a term says of a content, and where it is."""

    weight: int
    positions: tuple


def numbers(text):
    """A text of digits, as the contract tells it."""
    found, value, unit = [], 0, 1
    for sign in text:
        code = ord(sign)
        rank = code - 35 - (code > 92)
        if rank < 45:
            found.append(value + rank * unit)
            value, unit = 0, 1
        else:
            value, unit = value + (rank - 45) * unit, unit * 45
    assert unit == 1, "a number that does not end"
    return found


def read_list(text):
    """The list of a term, by the number of each content."""
    values = iter(numbers(text))
    found = {}
    segment = -1
    for step in values:
        assert step
        segment, rank = segment + step, -1
        for _ in range(next(values)):
            rank += next(values)
            weight, count = next(values), next(values)
            places = tuple(accumulate(next(values) for _ in range(count)))
            found[256 * segment + rank] = Posting(weight, places)
    return found


class Terms:
    """A folder of lists, as a browser would find its way in it."""

    def __init__(self, folder):
        self.folder = folder
        self.directory = json.loads((folder / "index.json").read_bytes())

    def file_of(self, term):
        """The name of the file that has a term, if any has."""
        bounds = [one.encode("utf-16-be") for one in self.directory["bornes"]]
        rank = bisect_right(bounds, term.encode("utf-16-be")) - 1
        return str(self.directory["fichiers"][max(rank, 0)])

    def read(self, name):
        """The lists of a file, by term."""
        made = json.loads((self.folder / f"{name}.deflate").read_bytes())
        return dict(zip(made["termes"], made["listes"], strict=True))

    def find(self, term):
        """The contents that have a term."""
        found = self.read(self.file_of(term)).get(term)
        return read_list(found) if found else {}

    def every(self):
        """Every term and its list, found where the directory says it is."""
        for name in self.directory["fichiers"]:
            for term, found in self.read(name).items():
                assert self.file_of(term) == name
                yield term, read_list(found)
