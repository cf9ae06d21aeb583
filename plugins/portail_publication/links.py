"""Dead links and anchors in the pages about to be published, dead addresses in the other texts.

Hashes of what each page holds and points to are kept by content digest: a page is read again only
if it was made again, or if something that it points to is gone.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import blake2b
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from msgspec import MsgspecError, msgpack

from portail.files import DEFLATED
from portail.memory import Memory

from .manifest import Entry
from .output_check import OutputPolicy

_ROOM = "liens"
_HASH = 8
_SPARE = 100
_REMEMBERED = 5_000  # tags and addresses, 2 MB: those of menus are soon there again
_MANY = 32  # hashes: looked for one by one below
_PAGES_SHOWN = 3  # a dead link in the menu is on every page: some are enough

# Values between quotes of either kind, or without any: a portal may have templates of its own.
_VALUE = rb"(?:\"[^\"]*\"|'[^']*'|[^\s\"'>][^\s>]*)"
_TAGS = re.compile(
    rb"<(?:a|area|link|img|script|source|use|image|form|audio|video|track)\s"
    rb"([^=>]*+(?:=" + _VALUE + rb"?+[^=>]*+)*+)>"
)
_ATTRIBUTE = re.compile(rb"([^\s=]+)=(" + _VALUE + rb")")
_ADDRESSES = frozenset({b"href", b"xlink:href", b"src", b"srcset", b"action", b"poster"})
_ID = re.compile(rb"id=(?<=\sid=)(" + _VALUE + rb")")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")

# Endings of the other files in which addresses of the site are written whole.
_TEXTS = (".csv", ".geojson", ".ics", ".json", ".md", ".txt", ".webmanifest", ".xml")
_FOLDED = re.compile(rb"\r\n[ \t]")
# An address in a text: it ends where RFC 3986 wants a sign escaped, where Markdown or a cell of a
# table ends it.
_WRITTEN = rb"[^\s\"'<>()\[\]{}|\\^`;]*"
_ENDS = re.compile(r"[\s\"'<>()\[\]]")
# What ends a sentence, not an address.
_AFTER = ".,;:!?*_~»’”…"


class PageLinks(NamedTuple):
    """The ids and internal links of a page; bytes are joined hashes."""

    ids: bytes
    # Hashes of files and ids, twice as long.
    anchors: bytes
    # Hashes of files.
    targets: bytes
    dead: tuple[str, ...]
    # Anchors that are not its own, still to be checked: file, id, link as written.
    refs: tuple[tuple[str, str, str], ...]


# What is kept of a page: its ids, anchors and targets.
_Row: TypeAlias = tuple[bytes, bytes, bytes]
_row = msgpack.Decoder(_Row)


class DeadLink(NamedTuple):
    """The page ``path`` has the link ``target``, which leads nowhere."""

    path: str
    target: str


class _Tag(NamedTuple):
    """The links of the attributes of a tag, the same on every page but for ``relative`` ones."""

    targets: frozenset[bytes]
    refs: tuple[tuple[tuple[str, str], str], ...]
    dead: tuple[str, ...]
    relative: tuple[str, ...]


_NOWHERE = _Tag(frozenset(), (), (), ())


class LinkReader:
    """Reads pages of a site whose files are ``paths``, at the address of ``policy``."""

    def __init__(self, policy: OutputPolicy, paths: Iterable[str]) -> None:
        self.paths = set(paths)
        self._site = policy.site_url.rstrip("/")
        self._prefix = policy.prefix
        self._letters = re.compile(policy.letters) if policy.letters else None
        self._trusted = policy.trusted
        self._whole = _whole(self._site, policy.webcal) if self._site else None
        self._alone = _whole(self._site)
        self._tags: dict[bytes, _Tag] = {}
        self._resolved: dict[str, tuple[str | None, str] | None] = {}

    def reads(self, path: str) -> bool:
        """Whether the file ``path`` may have links: not a letter already sent, nor what the theme
        brings.
        """
        if self._letters and self._letters.fullmatch(path):
            return False
        text = self._whole is not None and path.endswith(_TEXTS)
        return path.endswith(".html") or (text and not path.startswith(self._trusted))

    def widen(self, paths: Iterable[str]) -> None:
        """Add files to those of the site."""
        self.paths |= set(paths)
        self._tags.clear()
        self._resolved.clear()

    def read(self, data: bytes, path: str) -> PageLinks:
        """Links and ids of the file ``path``, whose bytes are ``data``."""
        if len(self._tags) + len(self._resolved) > _REMEMBERED:
            self._tags.clear()
            self._resolved.clear()
        if not path.endswith(".html"):
            return self._read_text(data, path)
        targets: set[bytes] = set()
        refs: dict[tuple[str, str], str] = {}
        dead: set[str] = set()
        for attributes in dict.fromkeys(_TAGS.findall(data)):
            if attributes not in self._tags:
                self._tags[attributes] = self._tag(attributes)
            tag = self._tags[attributes]
            if tag.relative:
                tag = self._led(tag.relative, path, tag)
            targets |= tag.targets
            for place, written in tag.refs:
                refs.setdefault(place, written)
            if tag.dead:
                dead.update(tag.dead)
        return _links(path, targets, refs, dead, _ID.findall(data))

    def _read_text(self, data: bytes, path: str) -> PageLinks:
        assert self._whole is not None
        if path.endswith(".ics"):
            data = _FOLDED.sub(b"", data)
        whole = self._whole if b"webcal:" in data else self._alone
        addresses = dict.fromkeys(whole.findall(data))
        urls = (_decoded_text(address) for address in addresses if not address.endswith(b"{"))
        tag = self._led(urls, "", _NOWHERE)
        dead = (url for url in tag.dead if not (path.endswith(".json") and self._is_base(url)))
        return _links(path, tag.targets, dict(tag.refs), dead, ())

    def _is_base(self, url: str) -> bool:
        # Whether an address is that of a folder, to which data add the name of a file.
        place = unquote(url.removeprefix(self._site).lstrip("/"))
        return place.endswith("/") and f"\n{place}" in "\n".join(("", *self.paths))

    def _tag(self, attributes: bytes) -> _Tag:
        urls = _urls(attributes)
        relative = tuple([url for url in urls if _is_relative(url)])
        if not relative:
            return self._led(urls, "", _NOWHERE)
        fixed = [url for url in urls if url not in relative]
        return self._led(fixed, "", _Tag(frozenset(), (), (), relative))

    def _led(self, urls: Iterable[str], path: str, tag: _Tag) -> _Tag:
        targets = [*tag.targets]
        refs = [*tag.refs]
        dead = [*tag.dead]
        for written in urls:
            match self._resolve(written, path):
                case None, _:
                    dead.append(written)
                case str(target), anchor:
                    targets.append(_hashed(target))
                    if anchor and target.endswith(".html"):
                        refs.append(((target, anchor), written))
        return _Tag(frozenset(targets), tuple(refs), tuple(dead), tag.relative)

    def _resolve(self, written: str, path: str) -> tuple[str | None, str] | None:
        if path and written[:1] in "#?":
            written = f"{self._prefix}/{path}{written}"
        elif path:
            folder = f"{self._prefix}/{posixpath.dirname(path)}/"
            written = posixpath.normpath(folder + written) + "/" * written.endswith("/")
        if written not in self._resolved:
            self._resolved[written] = self._target(written)
        return self._resolved[written]

    def _target(self, url: str) -> tuple[str | None, str] | None:
        if url.startswith("webcal://"):  # a calendar is a file of the site like another
            url = self._site.partition(":")[0] + url.removeprefix("webcal")
        if self._site and (url + "/").startswith(self._site + "/"):
            url = self._prefix + url[len(self._site) :]
        elif _SCHEME.match(url):
            return None
        place, _, anchor = url.partition("#")
        place = _unquoted(place.partition("?")[0])
        if not (place + "/").startswith(self._prefix + "/"):
            return None, ""  # our host, outside of our folder: the prefix was forgotten
        place = place[len(self._prefix) + 1 :]
        if not place or place.endswith("/"):
            place += "index.html"
        elif place not in self.paths:
            place += "/index.html"  # servers add the slash
        # A fragment with « = » is the state of a script or a passage (« :~:text= »), not an id.
        anchor = "" if "=" in anchor or anchor == "top" else _unquoted(anchor)
        return (place if place in self.paths else None), anchor


class LinkIndex:
    """The links of the pages of ``output`` in ``memory``, if there is one."""

    def __init__(self, memory: Memory | None, output: str = "") -> None:
        self._memory = memory
        self._room = f"{_ROOM} {output}"
        self._read: dict[str, PageLinks] = {}

    def check(
        self,
        reader: LinkReader,
        fresh: Mapping[str, PageLinks],
        wanted: Mapping[str, Entry],
        previous: Mapping[str, Entry],
        content: Callable[[str], bytes],
    ) -> list[DeadLink]:
        """Dead links of the next tree ``wanted``, sorted; at most a few pages for each target.

        ``fresh`` are the pages made in this run, ``previous`` the tree before.
        """
        pages = dict(fresh)
        for path in self._shaken(fresh, wanted, previous, reader.reads):
            pages[path] = self._read[wanted[path].digest] = reader.read(content(path), path)

        @cache
        def ids(path: str) -> set[bytes]:
            if path in pages:
                return _split(pages[path].ids, _HASH)
            row = self._rows([digest := wanted[path].digest]).get(digest)
            return _split(row[0] if row else reader.read(content(path), path).ids, _HASH)

        dead = {DeadLink(path, target) for path, links in pages.items() for target in links.dead}
        for path, links in pages.items():
            for target, anchor, written in links.refs:
                if _hashed(anchor) not in ids(target):
                    dead.add(DeadLink(path, written))
        pages_of: dict[str, list[DeadLink]] = {}
        for link in sorted(dead):
            pages_of.setdefault(link.target, []).append(link)
        return sorted(link for links in pages_of.values() for link in links[:_PAGES_SHOWN])

    def _shaken(
        self,
        fresh: Mapping[str, PageLinks],
        wanted: Mapping[str, Entry],
        previous: Mapping[str, Entry],
        reads: Callable[[str], bool],
    ) -> Iterator[str]:
        # Unchanged pages that point to a file or id that is gone, or whose links are not kept.
        gone = previous.keys() - wanted.keys()
        # Nobody writes a link to what scripts alone read: files of the search change at each edit.
        targets = {_hashed(path) for path in gone if not path.endswith(DEFLATED)}
        changed = {p: previous[p].digest for p in fresh.keys() & previous.keys()}
        before = self._rows(changed.values())
        # what is gone; pages whose previous ids are not kept
        anchors = set()
        blind = set()
        for path, digest in changed.items():
            if digest not in before:
                blind.add(_hashed(path))
                continue
            lost = _split(before[digest][0], _HASH) - _split(fresh[path].ids, _HASH)
            anchors |= {_hashed(path) + identity for identity in lost}
        every = ((2, targets, _HASH), (1, anchors, 2 * _HASH), (1, blind, _HASH))
        sought = [row for row in every if row[1]]
        if not sought:
            return
        unchanged = {p: e.digest for p, e in wanted.items() if reads(p) and p not in fresh}
        rows = self._rows(unchanged.values())
        for path, digest in unchanged.items():
            row = rows.get(digest)
            if row is None or any(
                _holds(row[rank], targets, size) for rank, targets, size in sought
            ):
                yield path

    def _rows(self, digests: Iterable[str]) -> dict[str, _Row]:
        rows: dict[str, _Row] = {}
        if self._memory is None:
            return rows
        kept = self._memory.recall(self._room, digests)
        for digest, data in kept.items():
            with suppress(MsgspecError):
                rows[digest] = _row.decode(data)
        return rows

    def remember(self, pages: Iterable[tuple[str, PageLinks]], live: Collection[str]) -> None:
        """Keep the links of pages by content digest; drop most of those that are not ``live``."""
        every = self._read | dict(pages)
        if self._memory:
            rows = {digest: msgpack.encode(page[:3]) for digest, page in every.items()}
            self._memory.keep(self._room, rows)
            self._memory.forget(self._room, live, spare=len(live) + _SPARE)


def _whole(*starts: str) -> re.Pattern[bytes]:
    # Addresses of the site, each with the brace that follows it: it is then a model of some.
    ours = b"|".join(re.escape(start.rstrip("/").encode()) for start in starts)
    return re.compile(rb"(?:" + ours + rb")(?![\w.:@-])" + _WRITTEN + rb"\{?")


def _links(
    path: str,
    targets: Iterable[bytes],
    refs: Mapping[tuple[str, str], str],
    dead: Iterable[str],
    names: Iterable[bytes],
) -> PageLinks:
    ids = {_identity(name) for name in names}
    anchors = (_hashed(target) + _hashed(anchor) for target, anchor in refs)
    return PageLinks(
        b"".join(sorted(ids)),
        b"".join(sorted(anchors)),
        b"".join(sorted(targets)),
        tuple(sorted(dead)),
        tuple(
            sorted(
                (*place, written)
                for place, written in refs.items()
                if place[0] != path or _hashed(place[1]) not in ids
            )
        ),
    )


def _urls(attributes: bytes) -> list[str]:
    # URLs in the attributes of a tag, decoded.
    urls = []
    for name, value in _ATTRIBUTE.findall(attributes):
        if name == b"srcset":
            urls += [part.split()[0] for part in _decoded(value).split(",") if part.strip()]
        elif name in _ADDRESSES:
            urls.append(_decoded(value).strip())
    return urls


def _is_relative(written: str) -> bool:
    return written[:1] != "/" and not _SCHEME.match(written)


def _decoded_text(written: bytes) -> str:
    return _ENDS.split(_decoded(written), maxsplit=1)[0].rstrip(_AFTER)


def _decoded(value: bytes) -> str:
    bare = value[1:-1] if value[:1] in b"\"'" else value
    text = bare.decode("utf-8", "replace")
    if "&" in text:
        return html.unescape(text)
    return text


def _unquoted(text: str) -> str:
    if "%" in text:
        return unquote(text)
    return text


@lru_cache(_REMEMBERED)
def _identity(written: bytes) -> bytes:
    return _hashed(_decoded(written))


@lru_cache(_REMEMBERED)
def _hashed(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_HASH).digest()


def _holds(joined: bytes, wanted: Collection[bytes], size: int) -> bool:
    # Whether ``joined`` holds one of ``wanted``; one found across two only has a page read.
    if len(wanted) < _MANY:
        return any(mark in joined for mark in wanted)
    return not _split(joined, size).isdisjoint(wanted)


def _split(joined: bytes, size: int) -> set[bytes]:
    return {joined[start : start + size] for start in range(0, len(joined), size)}
