"""Received files: a text, an archive, a mail, what an import reads; no name, size or type of a
stranger is believed."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from email.utils import getaddresses, parseaddr
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.features.services.tableurs.grid import DAMAGED, opened, read_source
from portail.files import unsafe_reason
from portail.source.document import Node, Parts, decode, parse_front_matter, split
from portail.source.loader import MEDIA_TYPES, is_litter
from portail.source.medias import DOCUMENT_BYTES, PICTURES
from portail.text.normalise import fold

from ..importer.sources.formats import refuse_documents
from .mailed import Body, Written, prose_in, text_of_html, words_of, written_in

_FILE_BYTES = 40_000_000
_TEXT_BYTES = 1_000_000
_ENTRIES = 200
_ALL_BYTES = 60_000_000
_PARTS = 200
# Reading a mail costs far more than its bytes: limits of what a program writes.
# Most signs of a header.
_HEADER = 2_000
_LINES = 2_000_000
# Most lines that may be an edge between two parts.
_EDGES = 5_000
# Who a mail is from and to.
_HEADS = ("From", "To", "Cc", "Reply-To")
_BODIES = {"text/plain": "plain", "text/html": "html"}
_BY_HAND = "Ou écrivez la fiche vous-même : portail new event."
_IMPORTED = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".ics", ".json"})
_CALENDAR = "text/calendar"

# Pictures of phones, which browsers do not show.
_PHOTOS = frozenset({".heic", ".heif"})
_SIGNATURES = frozenset({".p7s", ".asc", ".sig"})


class Parcel(Struct):
    """A text and the files that come with it."""

    # Path as received, from ``content/`` if it has that.
    path: PurePosixPath
    text: bytes
    origin: str
    medias: dict[str, bytes] = field(default_factory=dict)
    # Of a correction, what it was written from; ``path`` is then the reference of its content.
    mark: str = ""
    quoted: bool = False
    # A picture that comes with it and that no text names.
    spare: dict[PurePosixPath, bytes] = field(default_factory=dict)


class Source(Struct, frozen=True):
    """What ``portail importer`` reads: a spreadsheet, a calendar, an export. ``name`` is its path,
    or what a mail calls it."""

    name: str
    data: bytes
    sender: str = ""


class Received(Struct):
    parcels: list[Parcel] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    # French sentences on what of a mail is left.
    notes: list[str] = field(default_factory=list)
    # Who says to have sent the mail.
    sender: str = ""


def received(file: Path) -> Received:
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
        return Received([Parcel(path, _text(data, file.name), file.name)])
    raise Refused(
        f"« {file.name} » n’est ni un fichier .md, ni un zip du formulaire, ni un courriel .eml, "
        "ni un tableur, un agenda .ics ou un export. Enregistrez le courriel reçu (.eml), ou la "
        f"pièce jointe. {_BY_HAND}"
    )


def _text(data: bytes, name: str) -> bytes:
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
    return _gathered(files, name)


def _is_left(name: str) -> bool:
    # Whether a file of an archive is nobody's: what the system that made it put in.
    return name.startswith("__MACOSX/") or is_litter(name.replace("\\", "/").rpartition("/")[2])


def _entries(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    infos = [it for it in archive.infolist() if not it.is_dir() and not _is_left(it.filename)]
    if len(infos) > _ENTRIES:
        raise Refused(f"« {name} » contient plus de {_ENTRIES} fichiers.")
    names: set[str] = set()
    weight = 0
    for info in infos:
        path = _safe(info, name)
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


def _safe(info: zipfile.ZipInfo, name: str) -> PurePosixPath:
    # The path of an entry, refused unless it stays where it is and is of a known type.
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


def _gathered(files: dict[PurePosixPath, bytes], name: str) -> list[Parcel]:
    texts = [path for path in files if path.suffix.lower() == ".md"]
    if not texts:
        raise Refused(f"« {name} » ne contient aucun texte (.md).")
    parcels = {path: Parcel(path, _text(files[path], name), name) for path in texts}
    for path, data in files.items():
        if path in parcels:
            continue
        beside = [text for text in texts if text.parent == path.parent]
        if len(beside) != 1:
            raise Refused(f"« {name} » : on ne sait pas à quel texte va « {path} ».")
        parcels[beside[0]].medias[path.name] = data
    return list(parcels.values())


class MailPolicy(EmailPolicy):
    """Reads no more of a header than a program writes: the time grows as its square."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        try:
            return super().header_fetch_parse(name, value[:_HEADER])
        except Exception:
            return ""


class _MailParts(Struct):
    """What a mail holds, part by part."""

    parcels: list[Parcel] = field(default_factory=list)
    files: dict[PurePosixPath, bytes] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    bodies: dict[int, Body] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Wordless(Refused):
    """A mail holds nothing that is read as a content."""


def mail_received(data: bytes, name: str) -> Received:
    """The files attached to a mail, and the texts of the form in its body. Raises ``Refused``."""
    message, parts = _parts_of(data, name)
    files = parts.files
    parcels = parts.parcels
    if any(path.suffix == ".md" for path in files):
        texts = b"\0".join(data.lower() for path, data in files.items() if path.suffix == ".md")
        # What no text names is a logo of a signature, or a spreadsheet.
        named = [
            path for path in files if path.suffix == ".md" or path.name.lower().encode() in texts
        ]
        parcels += _gathered({path: files[path] for path in named}, name)
    written, notes = _written(
        written_in(parts.bodies.values(), _names_in(message)), files, name, parcels
    )
    parcels += written
    used = set[str]().union(*(parcel.medias for parcel in parcels))
    parts.notes += [
        f"La pièce jointe « {path.name} » est laissée : elle ne se lit pas."
        for path in files
        if path.suffix.lower() == ".pdf" and path.name not in used
    ]
    free = {path for path in files if path.suffix.lower() in PICTURES and path.name not in used}
    if len(parcels) == len(free) == 1:
        parcels[0].spare = {path: files[path] for path in free}
    sender = parseaddr(str(message["From"]))[1].lower() or "quelqu’un qui ne se nomme pas"
    sources = [replace(source, sender=sender) for source in _sources(parts, parcels)]
    if not parcels and not sources:
        raise Wordless(
            f"« {name} » ne contient ni pièce jointe du formulaire (.md, .zip), ni tableur, agenda "
            f".ics ou export, ni texte entre deux lignes « --- ». {_BY_HAND}"
        )
    notes = [*[f"Courriel de {sender}."] * bool(sources), *notes, *parts.notes]
    return Received(parcels, sources, notes, sender)


def prose_of(data: bytes, name: str) -> tuple[str, list[str]]:
    """What somebody wrote in a mail, without what it answers or the signature, and the names of the
    files that are attached to it, but for what a signature shows. Raises ``Refused``."""
    message, parts = _parts_of(data, name)
    bodies = [*parts.bodies.values()]
    plain = [text for body in bodies for text in body.plain]
    texts = plain or [text_of_html(text) for body in bodies for text in body.html]
    own = _names_in(message)
    words = "\n\n".join(filter(None, (prose_in(text, own) for text in texts)))
    files = (part.get_filename() for part, _ in _leaves(message, name) if not part["Content-ID"])
    return words, [file for file in files if file and _suffix(file) not in _SIGNATURES]


def _names_in(message: Message) -> frozenset[str]:
    # The names and mailboxes of the heads of a mail, folded.
    heads: list[str] = []
    for piece in message.walk():
        heads += (str(value) for key, value in piece.items() if key.title() in _HEADS)
    return frozenset(fold(one) for one in chain.from_iterable(getaddresses(heads)) if one)


def _parts_of(data: bytes, name: str) -> tuple[Message, _MailParts]:
    lines, edges = (data.count(b"\n" + mark) + data.count(b"\r" + mark) for mark in (b"", b"--"))
    if lines > _LINES or edges > _EDGES:
        why = "a trop de lignes ou de parties : demandez la pièce jointe seule."
        raise Refused(f"« {name} » {why}")
    message = message_from_bytes(data, policy=MailPolicy())
    parts = _MailParts()
    for part, alternative in _leaves(message, name):
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            _take(part, content, alternative, name, parts)
    return message, parts


def _take(
    part: EmailMessage, content: bytes, alternative: int, name: str, parts: _MailParts
) -> None:
    attached = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
    kind = part.get_content_type()
    suffix = _suffix(attached)
    if content.startswith(b"PK\x03\x04") and suffix == ".zip":
        parts.parcels += _archive(content, attached)
    elif suffix in (".md", ".markdown", ".txt") and _is_content(content, suffix):
        parts.files[_attached(attached, name).with_suffix(".md")] = _as_utf8(content, part)
    elif suffix in MEDIA_TYPES:
        parts.files[_attached(attached, name)] = content
    elif suffix in _IMPORTED or kind == _CALENDAR:
        text = _as_utf8(content, part) if kind.startswith("text/") else content
        parts.sources.append(Source(attached or "agenda.ics", text))
    elif not attached and kind in _BODIES and len(content) <= _TEXT_BYTES:
        body = parts.bodies.setdefault(alternative, Body())
        getattr(body, _BODIES[kind]).append(_unflowed(_decoded(content, part), part))
    elif attached and suffix not in _SIGNATURES and not _is_drawn(kind, suffix):
        parts.notes.append(f"La pièce jointe « {attached} » est laissée : elle ne se lit pas.")


def _is_drawn(kind: str, suffix: str) -> bool:
    # Whether a part is a picture that a signature may show.
    return kind.startswith("image/") and suffix not in _PHOTOS


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _sources(parts: _MailParts, parcels: Sequence[Parcel]) -> Iterator[Source]:
    # What is to be imported, once: an invitation is often there twice; a table that no text names
    # is not its data.
    used = set[str]().union(*(parcel.medias for parcel in parcels))
    tables = [
        Source(path.name, data)
        for path, data in parts.files.items()
        if path.suffix.lower() == ".csv" and path.name not in used
    ]
    yield from {source.data: source for source in [*parts.sources, *tables]}.values()


def _leaves(message: Message, name: str) -> Iterator[tuple[EmailMessage, int]]:
    # The parts of a mail that hold no other, those of forwarded mails too; parts that say the same
    # words in several forms have the same number.
    parts = [*islice(message.walk(), _PARTS + 2)]
    if len(parts) > _PARTS + 1:
        raise Refused(f"« {name} » compte plus de {_PARTS} parties.")
    number = {id(part): rank for rank, part in enumerate(parts)}
    for rank, part in enumerate(parts):
        if part.get_content_type() == "multipart/alternative":
            number |= {id(inner): rank for inner in part.walk()}
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part, number[id(part)]


def _is_content(content: bytes, suffix: str) -> bool:
    # Whether an attached text is a content: some programs only let a ``.txt`` through.
    return suffix != ".txt" or content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"---")


def _decoded(content: bytes, part: EmailMessage) -> str:
    # The text of a part; its charset may be wrong, absent or that of Windows misnamed.
    declared = (part.get_content_charset() or "utf-8").replace("iso-8859-1", "cp1252")
    for charset in (declared, "utf-8"):
        with suppress(LookupError, ValueError):  # no such charset, or no name of one
            return content.decode(charset)
    return content.decode("cp1252", "replace")


def _as_utf8(content: bytes, part: EmailMessage) -> bytes:
    # An attached text, in UTF-8: what is none is read as the mail declares it, if it does.
    try:
        content.decode("utf-8")
    except ValueError:
        declared = part.get_content_charset()
        return _decoded(content, part).encode("utf-8", "replace") if declared else content
    return content


def _unflowed(text: str, part: EmailMessage) -> str:
    # Lines as they were before a mail program cut them (RFC 3676): each ended with a space.
    text = text.replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    glue = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    lines = (line.removeprefix(" ") for line in text.split("\n"))
    return "".join(
        line[:-1] + glue if line.endswith(" ") and line != "-- " else f"{line}\n" for line in lines
    )


def _attached(written: str, name: str) -> PurePosixPath:
    reason = unsafe_reason(written)
    if reason:
        raise Refused(f"« {name} » : le nom « {written} » est refusé, {reason}.")
    return PurePosixPath(written)


def _written(
    written: tuple[list[Written], list[str]],
    files: dict[PurePosixPath, bytes],
    name: str,
    attached: Sequence[Parcel],
) -> tuple[list[Parcel], list[str]]:
    # The contents ``written`` in a mail, but for those that are ``attached`` to it too, each with
    # the pictures that it names; what is left.
    texts, notes = written
    there = {
        title_of(front_of(parcel)): words_of(parcel.text.decode("utf-8", "replace"))
        for parcel in attached
    }
    parcels: list[Parcel] = []
    for one in texts:
        path = one.path
        text = one.text
        data = _text(text.encode("utf-8", "replace"), name)
        parcel = Parcel(path, data, name, mark=one.mark, quoted=one.quoted)
        if unsafe_reason(path):
            raise Refused(f"« {name} » : le nom « {path} » est refusé.")
        title = title_of(front_of(parcel))
        if not one.mark and attached and title in there:
            differs = words_of(text) != words_of(there[title])
            notes += [
                f"« {title} » : la pièce jointe est prise, non le texte du courriel."
            ] * differs
            continue
        parcel.medias = {media.name: held for media, held in files.items() if _is_in(media, text)}
        parcels.append(parcel)
    return parcels, notes


def _is_in(media: PurePosixPath, text: str) -> bool:
    return media.suffix != ".md" and media.name.lower() in text.lower()


def front_of(parcel: Parcel) -> Node | None:
    """The front matter, if it can be read: the check reports its faults."""
    path = PurePosixPath("content", parcel.path.name)
    text = decode(parcel.text, path, "contenu")
    parts = split(text, path) if isinstance(text, str) else None
    if not isinstance(parts, Parts):
        return None
    return parse_front_matter(parts.front, path, parts.front_line)[0]


def title_of(root: Node | None) -> str:
    title = root.at(("titre",)).value if root else ""
    return title.strip() if isinstance(title, str) else ""
