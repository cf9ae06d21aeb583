"""Output « guides »: documents for contributors, where each is published, how they link."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Container, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from portail.body.finish import anchor_of
from portail.codes import FAMILIES, all_codes
from portail.files import digest_bytes, files_in
from portail.model.kinds import FORMS, Kind
from portail.model.vocabulary import Vocabularies
from portail.outputs.base import CopiedFile
from portail.resources import docs_dir
from portail.schemas.documents import fields_page
from portail.schemas.examples import example_page
from portail.schemas.kind_schema import kind_schema
from portail.site.urls import CONTRIBUTE, GUIDES, form_of, guide_of
from portail.source.store import Stamp
from portail.text.normalise import slugify
from portail.text.place import Place

if TYPE_CHECKING:
    from portail.site.site import Site

EXAMPLE = "Un exemple entier"
"""Title of the part of a kind's guide that shows a whole file."""

IMAGES = f"{GUIDES}images/"

ROOMS = ("contribuer", "codes")
"""Folders of documents that hold what is published."""
_FOLDERS = "contribuer contribuer/champs contribuer/exemples contribuer/images codes".split()
_MESSAGES = f"{GUIDES}messages/"
_TITLE = re.compile(r"# (.+)\n+")
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(([^()\s]+)\)")
_CODE = re.compile(r"(^```.*?^```[ ]*$|`[^`\n]+`)", re.MULTILINE | re.DOTALL)
_SHOWN = 60
_ENDLESS = re.compile(r"(\S)\1{100,}")
_BY_COMMAND = re.compile(r"\n\*.*`portail docs`.*\*\s*$")


class Guide(Struct, frozen=True):
    """A document: its site path, its file below ``docs/``, its title, its Markdown without the
    title. ``rank`` orders the guides: 0 the index, 1 how to contribute, 2 the kinds, 3 what editors
    need, 4 messages."""

    url: str
    source: PurePosixPath
    titre: str
    texte: str
    rank: int


_ABOUT = {"premiere-proposition": Kind.EVENT, "voisins": Kind.EVENT, "lettre": Kind.NEWSLETTER}
"""Guides that tell of one kind, by the name of their file."""
_FIRST = ("premiere-proposition",)
"""Guides of those who contribute, besides the kinds; the others are for editors."""


def has_guides(docs: Path) -> bool:
    """Whether the folder of documents has guides: an installation may lack them."""
    return (docs / "contribuer").is_dir()


def state_of(docs: Path) -> tuple[tuple[str, Stamp], ...]:
    """What tells whether a document or picture has changed: its name, its stamp."""
    found = []
    for folder in _FOLDERS:
        if (docs / folder).is_dir():
            with os.scandir(docs / folder) as entries:
                found += [(one.path, Stamp.of(one.stat())) for one in entries if one.is_file()]
    return tuple(sorted(found))


def guides_of(docs: Path, sans: Container[str] = ()) -> tuple[Guide, ...]:
    """The guides of the folder of documents, in their order, but those of the kinds of ``sans``
    (``SiteConfig.sans``); none in an installation without."""
    if not has_guides(docs):
        return ()
    folder = docs / "contribuer"
    found = [
        _guide(docs, path)
        for path in files_in(folder, ".md")
        if path.stem not in _ABOUT or _ABOUT[path.stem].value not in sans
    ]
    for rank, kind in enumerate(Kind):
        path = folder / "champs" / f"{kind.value}.md"
        if path.is_file() and kind.value not in sans:
            found.append(_of_kind(docs, path, kind, rank))
    found += _messages(docs)
    return tuple(sorted(found, key=lambda one: one.rank))


def fields_guide(kind: Kind) -> str:
    """Site path of the guide that says the fields of a kind; ``""`` without one."""
    path = docs_dir() / "contribuer" / "champs" / f"{kind.value}.md"
    return guide_of(kind) if path.is_file() else ""


def _guide(docs: Path, path: Path) -> Guide:
    titre, texte = _read(path)
    name = path.stem
    rank = 0 if name == "README" else 10 + _FIRST.index(name) if name in _FIRST else 300
    url = GUIDES if name == "README" else f"{GUIDES}{slugify(name)}/"
    return Guide(url, PurePosixPath(path.relative_to(docs).as_posix()), titre, texte, rank)


def _of_kind(docs: Path, path: Path, kind: Kind, rank: int) -> Guide:
    """The fields of a kind, then a whole file to copy."""
    titre, texte = _read(path)
    example = docs / "contribuer" / "exemples" / path.name
    if example.is_file():
        texte = _with_example(texte, example.read_text(encoding="utf-8"))
    source = PurePosixPath(path.relative_to(docs).as_posix())
    return Guide(guide_of(kind), source, titre, texte, 100 + rank)


def _with_example(texte: str, example: str) -> str:
    return f"{texte}\n\n## {EXAMPLE}\n\n````yaml\n{example.strip()}\n````\n"


@lru_cache(32)
def at_home(guide: Guide, vocabularies: Vocabularies, place: Place) -> Guide:
    """``guide`` as a portal shows it: the fields of a kind with the lists of ``vocabularies`` and
    examples at ``place``, where the document has those of the project."""
    if guide.source.parent.name != "champs":
        return guide
    kind = Kind(guide.source.stem)
    schema = kind_schema(kind, vocabularies, place)
    texte = _TITLE.sub("", fields_page(kind, schema, vocabularies, place), count=1)
    return replace(guide, texte=_with_example(texte, example_page(kind, place)))


def _messages(docs: Path) -> Iterator[Guide]:
    """What the messages say: their table, then a page for each family."""
    folder = docs / "codes"
    if (folder / "README.md").is_file():
        titre, texte = _read(folder / "README.md")
        yield Guide(_MESSAGES, PurePosixPath("codes/README.md"), titre, texte, 400)
    for rank, (figure, (end, titre)) in enumerate(FAMILIES.items(), 401):
        paths = sorted(folder.glob(f"[AEC]{figure}*.md"), key=lambda one: (one.stem[1:], one.stem))
        parts = [_lower(path) for path in paths]
        if parts:
            # All these files are in one folder: what one names is named in the same way here.
            source = PurePosixPath(f"codes/{end}.md")
            yield Guide(f"{_MESSAGES}{end}/", source, titre, "\n\n".join(parts), rank)


def _lower(path: Path) -> str:
    """The page of a code as a part of the page of its family: its headings are one level lower."""
    titre, texte = _read(path)
    # An example may be what no body may hold.
    texte = _ENDLESS.sub(lambda found: f"{found[0][:_SHOWN]} …", texte)
    pieces = _CODE.split(texte)
    pieces[::2] = [re.sub(r"^(#+) ", r"#\1 ", piece, flags=re.MULTILINE) for piece in pieces[::2]]
    return f"## {titre}\n\n{''.join(pieces).strip()}"


def _read(path: Path) -> tuple[str, str]:
    """Title and text of a document. Raises ``ValueError`` for one without a title."""
    text = _BY_COMMAND.sub("\n", path.read_text(encoding="utf-8"))
    found = _TITLE.match(text)
    if not found:
        raise ValueError(f"{path}: the first line is no title")
    return found[1], text[found.end() :]


def pictures_of(docs: Path) -> tuple[Path, ...]:
    """The pictures of the guides."""
    return tuple(files_in(docs / "contribuer" / "images", ".webp"))


@cache
def message_of(code: str) -> str:
    """Site path of what is said of a diagnostic code.

    >>> message_of("E213")
    '/contribuer/guides/messages/champs/#e213-fin-avant-le-debut'
    """
    family, _ = FAMILIES[code[1]]
    return f"{_MESSAGES}{family}/#{anchor_of(f'{code} · {all_codes()[code].titre}')}"


def link_of(target: str, guide: Guide, urls: Mapping[PurePosixPath, str]) -> str:
    """Site path of what ``guide`` names ``target``, as its file does; empty when it is not
    published. ``urls`` gives the addresses of the guides by their files."""
    path, _, fragment = target.partition("#")
    file = PurePosixPath(posixpath.normpath(guide.source.parent / path)) if path else guide.source
    end = f"#{anchor_of(fragment)}" if fragment else ""
    if file in urls:
        return urls[file] + end if path else end
    match file.parts:
        case ("codes", name):
            code = name.removesuffix(".md")
            return message_of(code) if code in all_codes() else ""
        case ("contribuer", "champs", "README.md"):
            return GUIDES
        case ("contribuer", "exemples", name):
            url = urls.get(PurePosixPath("contribuer", "champs", name), "")
            return f"{url}#{anchor_of(EXAMPLE)}" if url else ""
        case ("schemas", name):
            folder = name.partition(".")[0]
            form = next((form_of(kind) for kind in FORMS if kind.value == folder), "")
            return f"{form}schema.json" if form else ""
    return CONTRIBUTE if file == PurePosixPath("CONTRIBUER.md") else ""


def unlinked(texte: str, known: Mapping[str, str]) -> str:
    """The text of a guide where what leads nowhere on the site is no link: ``known`` gives the
    address of each target, as it is written, empty when there is none."""

    def plain(found: re.Match[str]) -> str:
        return found[0] if known.get(found[2], found[2]) else found[1]

    pieces = _CODE.split(texte)
    pieces[::2] = [_LINK.sub(plain, piece) for piece in pieces[::2]]
    return "".join(pieces)


def targets(texte: str) -> tuple[str, ...]:
    """What the text of a guide links to inside the project, as it is written."""
    pieces = _CODE.split(texte)[::2]
    found = (one[2] for piece in pieces for one in _LINK.finditer(piece))
    return tuple(dict.fromkeys(one for one in found if ":" not in one.partition("/")[0]))


def plan_pictures(site: Site) -> Iterator[CopiedFile]:
    """Screen captures, as they are committed."""
    for path in pictures_of(docs_dir()):
        url = f"{IMAGES}{path.name}"
        key = (digest_bytes(path.read_bytes()),)
        yield CopiedFile(url[1:], url, key, path)
