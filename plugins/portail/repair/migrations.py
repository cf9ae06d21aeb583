"""What a new version of Portail asks of the files that teams have written: a table.

A row is added by the version that renames a key or a setting, with its reason; the former spelling
is refused or advised against from then on. ``portail migrer`` shows what rows change, and writes it
on request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from portail.diagnostics import ConfigError

_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:[-.a-z].*)?")
_FRONT = re.compile(r"\A(\ufeff?---[ \t]*\n)(.*?)(?=^---[ \t]*$)", re.DOTALL | re.MULTILINE)


class Migration(Struct, frozen=True):
    """One change of a kind of file."""

    version: str
    """The first version that asks for it."""
    raison: str
    """Why, in a French sentence for those who see the change."""
    fichiers: str
    """Which files, from the root of the instance: ``content/events/*.md``."""
    change: Callable[[str], str]
    """From a text to another; the same text when it is done already."""


MIGRATIONS: tuple[Migration, ...] = ()
"""In the order of their versions. No version has asked for one yet."""


def numbers(version: str) -> tuple[int, ...]:
    """The three numbers of a version, to be compared. Raises ``ConfigError``.

    >>> numbers("1.2.10") > numbers("1.2.9")
    True
    """
    found = _VERSION.fullmatch(version)
    if found is None:
        raise ConfigError(f"« {version} » n’est pas une version : écrivez trois nombres, 1.2.0.")
    return tuple(map(int, found.groups()))


def renamed_key(before: str, after: str) -> Callable[[str], str]:
    """The change of a key of front matters, its value as it is; a file that has both stays.

    >>> renamed_key("date", "debut")("---\\ndate: 2027-01-03\\n---\\ndate: texte\\n")
    '---\\ndebut: 2027-01-03\\n---\\ndate: texte\\n'
    """
    former = re.compile(rf"^{re.escape(before)}(?=[ \t]*:)", re.MULTILINE)
    present = re.compile(rf"^{re.escape(after)}[ \t]*:", re.MULTILINE)

    def change(text: str) -> str:
        front = _FRONT.match(text)
        if front is None or present.search(front[2]):
            return text
        return front[1] + former.sub(after, front[2]) + text[front.end() :]

    return change


def migrated(
    path: PurePosixPath, text: str, rows: Iterable[Migration], since: str, until: str
) -> Iterator[tuple[Migration, str]]:
    """The rows that change the file ``path``, after ``since`` and up to ``until``, each with the
    text that it leaves."""
    for row in rows:
        if not numbers(since) < numbers(row.version) <= numbers(until):
            continue
        if path.match(row.fichiers) and (changed := row.change(text)) != text:
            text = changed
            yield row, text
