"""Dead links and anchors in the pages about to be published.

A page that was made again is read; the others are not, unless something that one of them points
to is gone. To know that without reading them, the hashes of what each page holds and points to
are kept by content digest: an unchanged build does not even open them.
"""

from __future__ import annotations

import html
import posixpath
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from portail_publication.gate import GatePolicy
from portail_publication.manifest import Entry
from portail_publication.store import Database

_TABLES = "CREATE TABLE page(digest TEXT PRIMARY KEY, ids BLOB, anchors BLOB, targets BLOB)"
_TAG = "1"
_HASH = 8
_REMEMBERED = 50_000  # tags and addresses, some 20 MB
_PAGES_SHOWN = 3  # a dead link in the menu is on every page: some are enough

_TAGS = re.compile(
    rb"<(?:a|area|link|img|script|source|use|image|form|audio|video|track)\s"
    rb"([^\">]*(?:\"[^\"]*\"[^\">]*)*)>"
)
_ADDRESS = re.compile(rb"(?:^|\s)(?:xlink:)?(href|src|srcset|action|poster)=\"([^\"]*)\"")
_ID = re.compile(rb"id=(?<=\sid=)\"([^\"]*)\"")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class PageLinks(NamedTuple):
    """What one page holds and points to, inside the site.

    ``ids``, ``targets`` and ``anchors`` are joined hashes: of ids, of the files that the page
    points to, of files and ids (twice as long). ``dead`` are links to no file, as written;
    ``refs`` the anchors still to be checked: file, id, link as written.
    """

    ids: bytes
    anchors: bytes
    targets: bytes
    dead: tuple[str, ...]
    refs: tuple[tuple[str, str, str], ...]


class DeadLink(NamedTuple):
    """The page ``path`` has the link ``target``, which leads nowhere."""

    path: str
    target: str


class _Tag(NamedTuple):
    """Where the attributes of one tag lead, wherever the page is: as in ``PageLinks``, but that
    ``targets`` are apart and ``refs`` are by place; ``relative`` addresses depend on the page."""

    targets: tuple[bytes, ...]
    refs: tuple[tuple[tuple[str, str], str], ...]
    dead: tuple[str, ...]
    relative: tuple[str, ...]


_NOWHERE = _Tag((), (), (), ())


class LinkReader:
    """Reads pages of a site whose files are ``paths``, at the address of ``policy``."""

    def __init__(self, policy: GatePolicy, paths: Iterable[str]) -> None:
        self.paths = set(paths)
        self._site = policy.site_url.rstrip("/")
        self._prefix = policy.prefix
        self._letters = policy.letters
        self._tags: dict[bytes, _Tag] = {}
        self._resolved: dict[str, tuple[str | None, str] | None] = {}
        self._hashes: dict[str, bytes] = {}

    def widen(self, paths: Iterable[str]) -> None:
        """Know more files."""
        self.paths |= set(paths)
        self._tags.clear()
        self._resolved.clear()

    def read(self, data: bytes, path: str) -> PageLinks:
        """Links and ids of the page ``path``, whose bytes are ``data``; none for a letter."""
        if self._letters and path.endswith(f"/{self._letters}"):
            return PageLinks(b"", b"", b"", (), ())
        if len(self._tags) + len(self._resolved) > _REMEMBERED:
            self._tags.clear()
            self._resolved.clear()
        targets: set[bytes] = set()
        refs: dict[tuple[str, str], str] = {}
        dead: set[str] = set()
        for attributes in dict.fromkeys(_TAGS.findall(data)):
            tag = self._tags.get(attributes)
            if tag is None:
                tag = self._tags[attributes] = self._tag(attributes)
            if tag.relative:
                tag = self._led(tag.relative, path, tag)
            targets.update(tag.targets)
            for place, written in tag.refs:
                refs.setdefault(place, written)
            dead.update(tag.dead)
        ids = {
            self._hash(html.unescape(one.decode("utf-8", "replace"))) for one in _ID.findall(data)
        }
        anchors = (self._hash(target) + self._hash(anchor) for target, anchor in refs)
        return PageLinks(
            b"".join(sorted(ids)),
            b"".join(sorted(anchors)),
            b"".join(sorted(targets)),
            tuple(sorted(dead)),
            tuple(sorted((*place, written) for place, written in refs.items())),
        )

    def _hash(self, text: str) -> bytes:
        known = self._hashes.get(text)
        if known is None:
            known = self._hashes[text] = _hashed(text)
        return known

    def _tag(self, attributes: bytes) -> _Tag:
        """Where one tag leads; memorised, those of menus and cards being everywhere."""
        addresses = _addresses(attributes)
        relative = tuple(one for one in addresses if _is_relative(one))
        fixed = (one for one in addresses if not _is_relative(one))
        return self._led(fixed, "", _NOWHERE)._replace(relative=relative)

    def _led(self, addresses: Iterable[str], path: str, known: _Tag) -> _Tag:
        """``known`` and where these addresses lead, in the page ``path``."""
        targets, refs, dead = list(known.targets), list(known.refs), list(known.dead)
        for written in addresses:
            found = self._resolve(written, path)
            if found is None:
                continue
            target, anchor = found
            if target is None:
                dead.append(written)
                continue
            targets.append(self._hash(target))
            if anchor and target.endswith(".html"):
                refs.append(((target, anchor), written))
        return _Tag(tuple(targets), tuple(refs), tuple(dead), ())

    def _resolve(self, written: str, path: str) -> tuple[str | None, str] | None:
        """File and anchor that an address leads to; file ``None``: dead; ``None``: elsewhere."""
        if written[:1] in "#?":
            written = f"{self._prefix}/{path}{written}"
        elif _is_relative(written):
            folder = f"{self._prefix}/{posixpath.dirname(path)}/"
            written = posixpath.normpath(folder + written) + "/" * written.endswith("/")
        if written not in self._resolved:
            self._resolved[written] = self._found(written)
        return self._resolved[written]

    def _found(self, address: str) -> tuple[str | None, str] | None:
        if address.startswith("webcal://"):  # a calendar is a file of the site like another
            address = self._site.partition(":")[0] + address.removeprefix("webcal")
        if self._site and (address + "/").startswith(self._site + "/"):
            address = self._prefix + address[len(self._site) :]
        elif _SCHEME.match(address):
            return None
        place, _, anchor = address.partition("#")
        place = unquote(place.partition("?")[0])
        if not (place + "/").startswith(self._prefix + "/"):
            return None, ""  # our host, outside of our folder: the prefix was forgotten
        place = place[len(self._prefix) + 1 :]
        if not place or place.endswith("/"):
            place += "index.html"
        elif place not in self.paths:
            place += "/index.html"  # servers add the slash
        # A fragment with « = » is the state of a script, « :~: » a passage: neither is an id.
        anchor = "" if "=" in anchor or ":~:" in anchor or anchor == "top" else unquote(anchor)
        return (place if place in self.paths else None), anchor


class LinkIndex:
    """What is known of the pages, from one build to the next, in a file of ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder / "liens.sqlite", _TABLES, _TAG)
        self._read: dict[str, PageLinks] = {}

    def check(
        self,
        reader: LinkReader,
        fresh: Mapping[str, PageLinks],
        wanted: Mapping[str, Entry],
        known: Mapping[str, Entry],
        content: Callable[[str], bytes],
    ) -> list[DeadLink]:
        """Dead links of the next tree ``wanted``, sorted; at most a few pages for each target.

        ``fresh`` are the pages made in this run, ``known`` the tree before, ``content`` reads a
        page that did not change.
        """
        pages = dict(fresh)
        for path in self._shaken(fresh, wanted, known):
            pages[path] = self._read[wanted[path].digest] = reader.read(content(path), path)
        ids = {path: links.ids for path, links in pages.items()}
        dead = {DeadLink(path, target) for path, links in pages.items() for target in links.dead}
        for path, links in pages.items():
            for target, anchor, written in links.refs:
                if target not in ids:
                    row = self._rows([wanted[target].digest]).get(wanted[target].digest)
                    ids[target] = row[0] if row else reader.read(content(target), target).ids
                if _hashed(anchor) not in _split(ids[target], _HASH):
                    dead.add(DeadLink(path, written))
        shown: dict[str, int] = {}
        for one in sorted(dead):
            shown[one.target] = shown.get(one.target, 0) + 1
            if shown[one.target] > _PAGES_SHOWN:
                dead.discard(one)
        return sorted(dead)

    def _shaken(
        self,
        fresh: Mapping[str, PageLinks],
        wanted: Mapping[str, Entry],
        known: Mapping[str, Entry],
    ) -> Iterator[str]:
        """Unchanged pages that point to a file or id that is gone, or of which nothing is known."""
        targets = {_hashed(path) for path in known.keys() - wanted.keys()}
        changed = {p: known[p].digest for p in fresh.keys() & known.keys()}
        before = self._rows(changed.values())
        anchors, blind = set(), set()  # what is gone; pages whose ids of before are not known
        for path, digest in changed.items():
            if digest not in before:
                blind.add(_hashed(path))
                continue
            lost = _split(before[digest][0], _HASH) - _split(fresh[path].ids, _HASH)
            anchors |= {_hashed(path) + one for one in lost}
        if not targets and not anchors and not blind:
            return
        others = {p: e.digest for p, e in wanted.items() if p.endswith(".html") and p not in fresh}
        rows = self._rows(others.values())
        for path, digest in others.items():
            row = rows.get(digest)
            if row is not None and targets.isdisjoint(_split(row[2], _HASH)):
                used = _split(row[1], 2 * _HASH)
                if anchors.isdisjoint(used) and blind.isdisjoint(one[:_HASH] for one in used):
                    continue
            yield path

    def _rows(self, digests: Iterable[str]) -> dict[str, tuple[bytes, bytes, bytes]]:
        found = {}
        with suppress(sqlite3.Error, OSError):
            connection = self._database.connect()
            for digest in digests:
                row = connection.execute(
                    "SELECT ids, anchors, targets FROM page WHERE digest=?", (digest,)
                ).fetchone()
                if row:
                    found[digest] = row
        return found

    def remember(self, pages: Iterable[tuple[str, PageLinks]], live: Collection[str]) -> None:
        """Keep what was read of pages, by content digest; drop most of what is not ``live``."""
        with suppress(sqlite3.Error, OSError):
            connection = self._database.connect()
            every = self._read | dict(pages)
            rows = ((digest, one.ids, one.anchors, one.targets) for digest, one in every.items())
            connection.executemany("INSERT OR REPLACE INTO page VALUES(?,?,?,?)", rows)
            (count,) = connection.execute("SELECT count(*) FROM page").fetchone()
            if count > 2 * len(live) + 100:
                stored = {one for (one,) in connection.execute("SELECT digest FROM page")}
                gone = ((one,) for one in stored.difference(live))
                connection.executemany("DELETE FROM page WHERE digest=?", gone)
            connection.commit()

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _addresses(attributes: bytes) -> tuple[str, ...]:
    """Addresses in the attributes of one tag, decoded."""
    found: list[str] = []
    for name, value in _ADDRESS.findall(attributes):
        text = _decoded(value).strip()
        if name == b"srcset":
            found += [one.split()[0] for one in text.split(",") if one.strip()]
        else:
            found.append(text)
    return tuple(found)


def _is_relative(written: str) -> bool:
    """Whether what an address means depends on the page where it is written."""
    return written[:1] != "/" and not _SCHEME.match(written)


def _decoded(value: bytes) -> str:
    return html.unescape(value.decode("utf-8", "replace"))


def _hashed(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_HASH).digest()


def _split(joined: bytes, size: int) -> set[bytes]:
    return {joined[start : start + size] for start in range(0, len(joined), size)}
