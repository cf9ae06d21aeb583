"""``/contribuer/communes/``: the communes of the country by what people write, in a few files.

A name is in the file of a range of the alphabet, by its key less a leading article or *Saint*; a
number (INSEE code or postcode) in the file of its first digit.
``js/contribuer-communes.js`` finds in them what ``geo.names.CommuneNames`` finds in the tables.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from portail.files import digest_bytes
from portail.geo.names import CommuneNames, is_merged
from portail.geo.tables import column
from portail.outputs.base import Tree
from portail.outputs.compact import compact
from portail.site.site import Site
from portail.site.urls import PLACES
from portail.text.normalise import name_key

__all__ = ["plan_communes", "stem_of"]

_VERSION = 2
_LEADING = frozenset("saint sainte saints saintes la le les l".split())
_INDEX = "index.json"
_RANGES = 19
"""Most files of names: 30 in all, with those of numbers and the index."""


def plan_communes(site: Site) -> Tree:
    """The folder of files; its key knows their format and the region: tables are in the salt."""
    home = sorted(site.geography.names.home)
    key = digest_bytes(f"communes {_VERSION} {home}".encode())
    return Tree(PLACES.rpartition("/")[0][1:], (key,), partial(_write, site.geography.names))


def stem_of(name: str) -> str:
    """The letters by which a name of commune finds its file.

    >>> stem_of("Saint-Omer"), stem_of("L'Haÿ-les-Roses"), stem_of("Y"), stem_of("Les Saintes")
    ('omer', 'haylesroses', 'y', 'saintes')
    """
    words = name_key(name).split(" ")
    while len(words) > 1 and words[0] in _LEADING:
        words.pop(0)
    return "".join(words)


def _write(names: CommuneNames, folder: Path) -> None:
    starts, files = _files(names)
    index = {
        "version": _VERSION,
        "ici": sorted(names.home),
        "departements": dict(names.departements),
        "noms": starts,
    }
    (folder / _INDEX).write_text(f"{compact(index)}\n", encoding="utf-8")
    for name, (rows, alias) in files.items():
        document = {"version": _VERSION, "lignes": rows, "alias": alias}
        (folder / f"{name}.json").write_text(f"{compact(document)}\n", encoding="utf-8")


def _files(names: CommuneNames) -> tuple[list[str], Mapping[str, tuple[list[str], list[str]]]]:
    """Where each range of names begins; rows and other names of each file, in order of codes."""
    codes, noms, postcodes = (column(names.communes, rank) for rank in range(3))
    alias = [row for row in names.alias if row[1] in names]
    stems = [*map(stem_of, noms)]
    others = [stem_of(row[0]) for row in alias]
    starts = _starts((*stems, *others))
    files: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))

    def of_name(stem: str) -> tuple[list[str], list[str]]:
        return files[f"noms-{bisect_right(starts, stem) - 1}"]

    for code, nom, posts, stem in zip(codes, noms, postcodes, stems, strict=True):
        said = f"{nom},{code},{_posts(code, posts)}"
        of_name(stem)[0].append(said)
        for digit in sorted({code[0], *(post[0] for post in posts.split())}):
            files[f"numeros-{digit}"][0].append(said)
    for (nom, code, nature), stem in zip(alias, others, strict=True):
        _, official, posts, *_ = names.row(code)
        said = f"{nom},{code},{_posts(code, posts)},{official},{int(is_merged(nature))}"
        of_name(stem)[1].append(said)
    return starts, dict(sorted(files.items()))


def _starts(stems: Sequence[str]) -> list[str]:
    """Two letters where each range begins, the first from nothing: names that share their first two
    are never parted, since one looks among them for what is near a faulty name.

    >>> _starts(["ar", "at", "be"]) == ["", "at", "be"], _starts([])
    (True, [''])
    """
    most, starts, held = len(stems) / _RANGES, [""], 0
    for letters, count in sorted(Counter(stem[:2] for stem in stems).items()):
        if held >= most:
            starts.append(letters)
            held = 0
        held += count
    return starts


def _posts(code: str, posts: str) -> str:
    """Postcodes, a blank between them, less the two signs that begin the INSEE code too."""
    return f" {posts}".replace(f" {code[:2]}", " ")[1:]
