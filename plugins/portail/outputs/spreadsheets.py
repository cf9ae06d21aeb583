"""The one writer of tables (CSV, RFC 4180: no cell runs) and of compact JSON.

Semicolons and a byte order mark: what a French spreadsheet opens with a double click.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from portail.late import expression

_BOM = "\ufeff"
_LINES = 200
# How a cell begins that a spreadsheet takes for a formula.
_FIRST = tuple("\t\r\n=+-@＝＋－＠")
# The same where a reader that takes another sign for the separator has a cell begin.
_LATER = expression(r"""[,;\t\r\n](?=["']*[=+\-@＝＋－＠])""")


class Numbers(str):
    """The text of a cell that holds numbers of ours: it is written as it is, its sign too."""

    __slots__ = ()


def written(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table under the names of its columns, some rows at a time; every text is guarded."""
    yield _BOM + lines([columns])
    left = iter(rows)
    while some := list(islice(left, _LINES)):
        yield lines(some)


def guarded(text: str) -> str:
    """``text``, with an apostrophe wherever a spreadsheet would begin a formula (OWASP); taking one
    off gives the text back.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("l'eau, -5"), guarded("a,=1")
    ("'=1+1", "''=1+1", "l'eau, -5", "a,'=1")
    """
    first = "'" if text.lstrip("\"'").startswith(_FIRST) else ""
    return first + _LATER.sub(lambda sign: f"{sign[0]}'", text)


def lines(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow(
            [cell if not cell or type(cell) is Numbers else guarded(cell) for cell in row]
        )
    return text.getvalue()


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def compact(value: object) -> str:
    """``value`` on one line, keys in their order. Raises ``TypeError`` for what JSON cannot write.

    >>> compact({"nom": "Été", "jours": [1, 2]})
    '{"nom":"Été","jours":[1,2]}'
    """
    return _encoded(value)


def lined(rows: Iterable[object]) -> Iterator[str]:
    """The elements of a list, each on a line of its own."""
    for rank, row in enumerate(rows):
        yield f"{',' if rank else ''}\n{compact(row)}"
