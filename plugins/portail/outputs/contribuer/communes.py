"""``/contribuer/communes/``: the communes of the country by what people write, in small files.

A name is in the file of the first two signs of its key, less a leading article or *Saint*, three
where too many names share two; a number (INSEE code or postcode) in the file of its first two.
``js/contribuer-communes.js`` finds in them what ``geo.names.CommuneNames`` finds in the tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from portail.files import digest_bytes
from portail.geo.names import CommuneNames, is_merged
from portail.geo.tables import column
from portail.outputs.base import Tree
from portail.outputs.compact import compact
from portail.site.site import Site
from portail.site.urls import PLACES, file_of
from portail.text.normalise import name_key

__all__ = ["plan_communes", "stem_of"]

_VERSION = 1
_LEADING = frozenset("saint sainte saints saintes la le les l".split())
_INDEX = "index.json"
_MOST = 900
"""Most names of a file."""


def plan_communes(site: Site) -> Tree:
    """The folder of files; its key knows their format and the region: tables are in the salt."""
    home = sorted(site.geography.names.home)
    key = digest_bytes(f"communes {_VERSION} {home}".encode())
    return Tree(file_of(PLACES).parent, (key,), partial(_write, site.geography.names))


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
    files = _files(names)
    index = {
        "version": _VERSION,
        "ici": sorted(names.home),
        "departements": dict(names.departements),
        "fichiers": [*files],
    }
    (folder / _INDEX).write_text(f"{compact(index)}\n", encoding="utf-8")
    for shard, (rows, alias) in files.items():
        document = {"version": _VERSION, "lignes": rows, "alias": alias}
        (folder / f"{shard}.json").write_text(f"{compact(document)}\n", encoding="utf-8")


def _files(names: CommuneNames) -> Mapping[str, tuple[list[str], list[str]]]:
    """Rows and other names of each file, in the order of codes."""
    codes, noms, postcodes = (column(names.communes, rank) for rank in range(3))
    alias = [row for row in names.alias if row[1] in names]
    stems = [*map(stem_of, noms)]
    others = [stem_of(row[0]) for row in alias]
    many = Counter(stem[:2] for stem in (*stems, *others))

    def shard(stem: str) -> str:
        return stem[: 3 if many[stem[:2]] > _MOST else 2]

    files: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for code, nom, posts, stem in zip(codes, noms, postcodes, stems, strict=True):
        said = f"{nom},{code},{_posts(code, posts)}"
        numbers = [post[:2] for post in posts.split()]
        for one in {shard(stem), code[:2].lower(), *numbers}:
            files[one][0].append(said)
    for (nom, code, nature), stem in zip(alias, others, strict=True):
        _, official, posts, *_ = names.row(code)
        said = f"{nom},{code},{_posts(code, posts)},{official},{int(is_merged(nature))}"
        files[shard(stem)][1].append(said)
    return {one: files[one] for one in sorted(files) if one}


def _posts(code: str, posts: str) -> str:
    """Postcodes, a blank between them, less the two signs that begin the INSEE code too."""
    return f" {posts}".replace(f" {code[:2]}", " ")[1:]
