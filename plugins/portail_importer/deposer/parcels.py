"""What strangers send, opened: a text, an archive of the form, a mail, a file to import.

It comes out as parcels (a text with its files), sources that ``portail importer`` reads, and French
notes on what was left. No name, size or type that a stranger gives is believed: each is checked.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from email.utils import parseaddr
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.files import unsafe_reason
from portail.source.document import Node, Parts, decode, parse_front_matter, split
from portail.source.loader import MEDIA_TYPES, is_litter
from portail.source.medias import DOCUMENT_BYTES, PICTURES
from portail.source.signatures import format_of
from portail_importer.tableurs.grid import DAMAGED, opened, read_source

from ..importer.sources.formats import refuse_documents
from .mailed import Body, Words, Written, prose_in, written_in

# The most that is read: bytes of a file and of a text, entries of an archive and their bytes.
_FILE_BYTES = 40_000_000
_TEXT_BYTES = 1_000_000
_ENTRIES = 200
_ALL_BYTES = 25_000_000
# The most that is read of a mail, since its parsing costs far more than its size: parts, signs of
# a header, lines, and lines that may separate two parts. No mail program writes as much.
_PARTS = 200
_HEADER = 2_000
_LINES = 2_000_000
_EDGES = 5_000
# Which list of ``Body`` holds the texts of a type.
_BODIES = {"text/plain": "plain", "text/html": "html"}
_BY_HAND = "Ou écrivez la fiche vous-même : portail new event."
_IMPORTED = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".ics", ".json"})
_CALENDAR = "text/calendar"
# What one answers to, or is told of: a meeting of some people, and nothing that is published (RFC
# 5546, 1.4).
_MEETING = re.compile(rb"^METHOD:(?!PUBLISH)", re.IGNORECASE | re.MULTILINE)
_FORWARD = frozenset("tr fw fwd rv wg".split())
# Bytes of a picture that a layout shows, from which it is no logo.
_LOGO = 40_000
# Electronic signatures of mails.
_SIGNATURES = frozenset({".p7s", ".asc", ".sig"})


class Parcel(Struct):
    """A text and the files that come with it."""

    # Path as received, from ``content/`` if it has that.
    path: PurePosixPath
    text: bytes
    origin: str
    medias: dict[str, bytes] = field(default_factory=dict)
    # Of a correction, the mark of the version that it corrects; ``path`` is then the reference of
    # its content.
    mark: str = ""
    # Whether its mail quotes it, as an answer quotes what it answers.
    quoted: bool = False
    # The pictures of its mail, when no text names them.
    spare: dict[PurePosixPath, bytes] = field(default_factory=dict)


class Source(Struct, frozen=True):
    """What ``portail importer`` reads: a spreadsheet, a calendar, an export. ``name`` is its path,
    or its name in a mail."""

    name: str
    data: bytes
    sender: str = ""


class Received(Struct):
    parcels: list[Parcel] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    # French sentences on what was left out of a mail.
    notes: list[str] = field(default_factory=list)
    # Address that the mail says it comes from.
    sender: str = ""
    # How many files of a mail nothing reads.
    left: int = 0


def received(file: Path) -> Received:
    """What ``file`` holds, by its name and first bytes. Raises ``Refused``."""
    data = read_source(file, _FILE_BYTES)
    refuse_documents(data, file.name)
    suffix = file.suffix.lower()
    if suffix in _IMPORTED:
        return Received(sources=[Source(str(file), data)])
    if data.startswith(b"PK\x03\x04"):
        return Received(_archive(data, file.name))
    if suffix == ".eml":
        return mail_received(data, file.name)
    if suffix in (".md", ".markdown", ".txt"):
        path = PurePosixPath(*file.resolve().parts[-2:])  # its folder may tell its kind
        return Received([Parcel(path, _of_text_size(data, file.name), file.name)])
    raise Refused(
        f"« {file.name} » n’est ni un fichier .md, ni un zip du formulaire, ni un courriel .eml, "
        "ni un tableur, un agenda .ics ou un export. Enregistrez le courriel reçu (.eml), ou la "
        f"pièce jointe. {_BY_HAND}"
    )


def _of_text_size(data: bytes, name: str) -> bytes:
    if len(data) > _TEXT_BYTES:
        raise Refused(f"« {name} » pèse plus de 1 Mo : ce n’est pas un texte du formulaire.")
    return data


def _archive(data: bytes, name: str) -> list[Parcel]:
    try:
        with opened(data) as archive:
            files = dict(_entries(archive, name))
    except DAMAGED:
        raise Refused(
            f"« {name} » est abîmé, ou n’est pas un seul zip : demandez-le de nouveau."
        ) from None
    return _parcels_of(files, name)


def _is_of_system(name: str) -> bool:
    # Whether a file of an archive was put there by the system that made the archive.
    return name.startswith("__MACOSX/") or is_litter(name.replace("\\", "/").rpartition("/")[2])


def _entries(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    infos = [it for it in archive.infolist() if not it.is_dir() and not _is_of_system(it.filename)]
    if len(infos) > _ENTRIES:
        raise Refused(f"« {name} » contient plus de {_ENTRIES} fichiers.")
    names: set[str] = set()
    weight = 0
    for info in infos:
        path = _safe_path(info, name)
        if path.as_posix().casefold() in names:
            raise Refused(f"« {name} » contient deux fois « {path} ».")
        names.add(path.as_posix().casefold())
        limit = _TEXT_BYTES if path.suffix.lower() == ".md" else DOCUMENT_BYTES
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
        weight += len(data)
        if len(data) > limit or weight > _ALL_BYTES:
            raise Refused(f"« {name} » : « {path} » est trop lourd une fois décompressé.")
        yield path, data


def _safe_path(info: zipfile.ZipInfo, name: str) -> PurePosixPath:
    # The path of an entry, which must be of a known type and stay inside the archive.
    written = info.filename.replace("\\", "/")
    reason = unsafe_reason(written)
    if reason:
        raise Refused(f"« {name} » : le nom « {info.filename} » est refusé, {reason}.")
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise Refused(f"« {name} » : « {written} » est un lien, pas un fichier.")
    if info.flag_bits & 1:
        raise Refused(f"« {name} » est protégé par un mot de passe : demandez-le sans.")
    path = PurePosixPath(written)
    if path.suffix.lower() not in MEDIA_TYPES | {".md"}:
        raise Refused(
            f"« {name} » : « {written} » n’a pas sa place ici. Un texte est un .md ; une image, un "
            ".jpg, .png ou .webp."
        )
    return path


def _parcels_of(files: dict[PurePosixPath, bytes], name: str) -> list[Parcel]:
    # Each text with the files of its folder, where it must be the only text.
    texts = [path for path in files if path.suffix.lower() == ".md"]
    if not texts:
        raise Refused(f"« {name} » ne contient aucun texte (.md).")
    parcels = {path: Parcel(path, _of_text_size(files[path], name), name) for path in texts}
    for path, data in files.items():
        if path in parcels:
            continue
        beside = [text for text in texts if text.parent == path.parent]
        if len(beside) != 1:
            raise Refused(f"« {name} » : on ne sait pas à quel texte va « {path} ».")
        parcels[beside[0]].medias[path.name] = data
    return list(parcels.values())


class MailPolicy(EmailPolicy):
    """Reads the beginning of a header alone, since the time of parsing grows as its square."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        try:
            return super().header_fetch_parse(name, value[:_HEADER])
        except Exception:  # a hostile header can make the standard parser fail in any way
            return ""


class _MailParts(Struct):
    """What a mail holds, part by part."""

    parcels: list[Parcel] = field(default_factory=list)
    files: dict[PurePosixPath, bytes] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    bodies: dict[int, Body] = field(default_factory=dict)
    # Suffixes of the files that are not read.
    left: list[str] = field(default_factory=list)
    is_meeting: bool = False

    def add(self, path: PurePosixPath, data: bytes) -> None:
        """Add a file, under a name that no other has."""
        rank = 1
        while path in self.files:
            rank += 1
            path = path.with_stem(f"{path.stem}-{rank}")
        self.files[path] = data


class Wordless(Refused):
    """A mail holds nothing that can be read as a content."""


def mail_received(data: bytes, name: str) -> Received:
    """The files attached to a mail, and the texts of the form in its body. Raises ``Refused``."""
    message, parts = _parts_of(data, name)
    files = parts.files
    parcels = parts.parcels
    if any(path.suffix == ".md" for path in files):
        parcels += _parcels_of(_without_strays(files), name)
    written, notes = written_in(parts.bodies.values())
    parcels += _parcels_of_body(written, files, name, parcels)
    used = set[str]().union(*(parcel.medias for parcel in parcels))
    sources = [*_sources(parts, used)]
    free = {path: data for path, data in files.items() if path.name not in used}
    pictures = {path: data for path, data in free.items() if _suffix(path.name) in PICTURES}
    if len(parcels) == 1 and not sources and not parcels[0].mark:
        parcels[0].spare = pictures
        pictures = {}
    read = {".md", *PICTURES, *(_suffix(source.name) for source in sources)}
    left = [suffix for path in free if (suffix := _suffix(path.name)) not in read]
    left += [*(_suffix(path.name) for path in pictures), *parts.left]
    sender = parseaddr(str(message["From"]))[1].lower() or "quelqu’un qui ne se nomme pas"
    if not parcels and not sources:
        raise Wordless(
            f"« {name} » ne contient ni pièce jointe du formulaire (.md, .zip), ni tableur, agenda "
            f".ics ou export, ni texte du formulaire. {_BY_HAND}"
        )
    sources = [replace(source, sender=sender) for source in sources]
    notes = [*[f"Courriel de {sender}."] * bool(sources), *notes, *left_told(left)]
    return Received(parcels, sources, notes, sender=sender, left=len(left))


def left_told(suffixes: Sequence[str]) -> Iterator[str]:
    """A French sentence on files that nothing reads, whose names may be those of people.

    >>> [*left_told([".pdf", ".docx", ".pdf"])]
    ['Pièces jointes qui ne sont pas reprises\xa0: 2 .pdf, 1 .docx.']
    """
    if suffixes:
        kinds = ", ".join(
            f"{many} {suffix or 'sans type'}" for suffix, many in Counter(suffixes).items()
        )
        yield f"Pièces jointes qui ne sont pas reprises\u00a0: {kinds}."


def _without_strays(files: dict[PurePosixPath, bytes]) -> dict[PurePosixPath, bytes]:
    # Attached texts and the files that they name: any other is a logo of a signature, or a table.
    texts = b"\0".join(data.lower() for path, data in files.items() if path.suffix == ".md")
    return {
        path: data
        for path, data in files.items()
        if path.suffix == ".md" or path.name.lower().encode() in texts
    }


class Prose(NamedTuple):
    """The words of a mail that carries no content."""

    words: Words
    # Pictures that no signature shows.
    pictures: list[bytes]
    # Suffixes of other files.
    left: list[str]
    is_meeting: bool


def prose_of(data: bytes, name: str) -> Prose:
    """What somebody wrote in a mail, without what it answers nor the signature, and what is
    attached to it. Raises ``Refused``."""
    message, parts = _parts_of(data, name)
    head, colon, _ = str(message["Subject"] or "").partition(":")
    forward = bool(colon) and head.rstrip().lower() in _FORWARD
    read = [prose_in(next(iter(body.texts), ""), forward=forward) for body in parts.bodies.values()]
    own = "\n\n".join(words.own for words in read if words.own)
    forwarded = "\n\n".join(words.forwarded for words in read if words.forwarded)
    pictures = [data for path, data in parts.files.items() if _suffix(path.name) in PICTURES]
    left = [_suffix(path.name) for path in parts.files if _suffix(path.name) not in PICTURES]
    return Prose(Words(own, forwarded), pictures, [*left, *parts.left], parts.is_meeting)


def _parts_of(data: bytes, name: str) -> tuple[Message, _MailParts]:
    # Bounded before it is parsed; a line that starts with « -- » may separate two parts.
    lines, edges = (data.count(b"\n" + mark) + data.count(b"\r" + mark) for mark in (b"", b"--"))
    if lines > _LINES or edges > _EDGES:
        raise Refused(
            f"« {name} » a trop de lignes ou de parties : demandez la pièce jointe seule."
        )
    message = message_from_bytes(data, policy=MailPolicy())
    parts = _MailParts()
    held = [(part, group, _bytes_of(part)) for part, group in _leaves(message, name)]
    pages = b"".join(data for part, _, data in held if part.get_content_type() == "text/html")
    for part, group, content in held:
        if not _is_of_signature(part, content, pages):
            _take(part, content, group, name, parts)
    return message, parts


def _bytes_of(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content
    return b""


def _take(part: EmailMessage, content: bytes, group: int, name: str, parts: _MailParts) -> None:
    # Adds a part of the mail ``name`` to ``parts``, by what it holds and is named.
    filename = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
    kind = part.get_content_type()
    suffix = _suffix(filename)
    make = format_of(content) or ""
    if content.startswith(b"PK\x03\x04") and suffix == ".zip":
        parts.parcels += _archive(content, filename)
        held = chain.from_iterable(parcel.medias.values() for parcel in parts.parcels)
        if sum(map(len, held)) > _ALL_BYTES:  # of all the archives of a mail
            raise Refused(f"« {name} » est trop lourd une fois décompressé.")
    elif suffix in (".md", ".markdown", ".txt") and _is_content(content, suffix):
        parts.add(_checked_path(filename, name).with_suffix(".md"), _as_utf8(content, part))
    elif suffix in MEDIA_TYPES:
        parts.add(_checked_path(filename, name), content)
    elif suffix in _IMPORTED or kind == _CALENDAR:
        if _MEETING.search(content):
            parts.is_meeting = True
        else:
            text = _as_utf8(content, part) if kind.startswith("text/") else content
            parts.sources.append(Source(filename or "agenda.ics", text))
    elif not filename and kind in _BODIES and len(content) <= _TEXT_BYTES:
        body = parts.bodies.setdefault(group, Body())
        getattr(body, _BODIES[kind]).append(_decoded(content, part))
    elif f".{make.lower()}" in PICTURES:
        parts.add(PurePosixPath(f"image.{make.lower()}"), content)
    elif filename and suffix not in _SIGNATURES:
        parts.left.append(suffix)


def _is_of_signature(part: EmailMessage, content: bytes, pages: bytes) -> bool:
    # Whether a part is a small picture that the layout of the mail shows.
    shown = str(part["Content-ID"] or "").strip(" <>").encode()
    return bool(shown) and len(content) < _LOGO and b"cid:" + shown in pages


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _sources(parts: _MailParts, used: Collection[str]) -> Iterator[Source]:
    # What is to be imported, each once, since an invitation is often there twice. A table is
    # imported unless a text uses it as its data.
    tables = [
        Source(path.name, data)
        for path, data in parts.files.items()
        if path.suffix.lower() == ".csv" and path.name not in used
    ]
    yield from {source.data: source for source in [*parts.sources, *tables]}.values()


def _leaves(message: Message, name: str) -> Iterator[tuple[EmailMessage, int]]:
    # The parts of a mail that hold no other, those of forwarded mails too, each with the number of
    # its group: the forms of one text, plain and HTML, are a group.
    parts = [*islice(message.walk(), _PARTS + 2)]
    if len(parts) > _PARTS + 1:
        raise Refused(f"« {name} » compte plus de {_PARTS} parties.")
    group = {id(part): rank for rank, part in enumerate(parts)}
    for rank, part in enumerate(parts):
        if part.get_content_type() == "multipart/alternative":
            group |= {id(inner): rank for inner in part.walk()}
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part, group[id(part)]


def _is_content(content: bytes, suffix: str) -> bool:
    # Whether an attached text is a content; it may be a ``.txt``, all that some mail programs let
    # through.
    return suffix != ".txt" or content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"---")


def _decoded(content: bytes, part: EmailMessage) -> str:
    # The text of a part; its charset may be wrong, absent or that of Windows misnamed.
    declared = (part.get_content_charset() or "utf-8").replace("iso-8859-1", "cp1252")
    for charset in (declared, "utf-8"):
        with suppress(LookupError, ValueError):  # no such charset, or no name of one
            return content.decode(charset)
    return content.decode("cp1252", "replace")


def _as_utf8(content: bytes, part: EmailMessage) -> bytes:
    # An attached text in UTF-8; when it is not, it is decoded as the mail declares, if it does.
    try:
        content.decode("utf-8")
    except ValueError:
        declared = part.get_content_charset()
        return _decoded(content, part).encode("utf-8", "replace") if declared else content
    return content


def _checked_path(written: str, name: str) -> PurePosixPath:
    reason = unsafe_reason(written)
    if reason:
        raise Refused(f"« {name} » : le nom « {written} » est refusé, {reason}.")
    return PurePosixPath(written)


def _parcels_of_body(
    written: Sequence[Written],
    files: dict[PurePosixPath, bytes],
    name: str,
    attached: Sequence[Parcel],
) -> Iterator[Parcel]:
    # The contents ``written`` in a mail, each with the pictures that it names, unless they are
    # ``attached`` to it too.
    titles = {title_of(front_of(parcel)) for parcel in attached}
    for content in written:
        if unsafe_reason(content.path):
            raise Refused(f"« {name} » : le nom « {content.path} » est refusé.")
        data = _of_text_size(content.text.encode("utf-8", "replace"), name)
        parcel = Parcel(content.path, data, name, mark=content.mark, quoted=content.quoted)
        if content.mark or title_of(front_of(parcel)) not in titles:
            parcel.medias = {
                media.name: held
                for media, held in files.items()
                if _is_named_in(media, content.text)
            }
            yield parcel


def _is_named_in(media: PurePosixPath, text: str) -> bool:
    return media.suffix != ".md" and media.name.lower() in text.lower()


def front_of(parcel: Parcel) -> Node | None:
    """The front matter, or ``None`` if it cannot be read: the check will report its faults."""
    path = PurePosixPath("content", parcel.path.name)
    text = decode(parcel.text, path, "contenu")
    parts = split(text, path) if isinstance(text, str) else None
    if not isinstance(parts, Parts):
        return None
    return parse_front_matter(parts.front, path, parts.front_line)[0]


def title_of(root: Node | None) -> str:
    if root:
        title = root.at(("titre",)).value
        if isinstance(title, str):
            return title.strip()
    return ""
