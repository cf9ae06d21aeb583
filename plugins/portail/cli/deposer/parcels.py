"""What a received file holds: texts and pictures, out of a Markdown file, an archive or a mail.

Whoever sends them is unknown: nothing is believed of names, sizes and types, and nothing is
written here.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path, PurePosixPath

from portail.cli.deposer.mailed import written_in
from portail.cli.deposer.placing import Refused
from portail.files import unsafe_reason
from portail.source.loader import MEDIA_TYPES, reason_of
from portail.source.medias import DOCUMENT_BYTES

__all__ = ["Parcel", "parcels_of"]

_FILE_BYTES = 40_000_000
_TEXT_BYTES = 1_000_000
_ENTRIES = 60
_ALL_BYTES = 60_000_000
_PARTS = 200
_LEFT = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(slots=True)
class Parcel:
    """A text and what comes with it: ``path`` as it was received, from ``content/`` if it said so;
    ``medias`` are files by name, ``origin`` is how messages call it."""

    path: PurePosixPath
    text: bytes
    origin: str
    medias: dict[str, bytes] = field(default_factory=dict)


def parcels_of(file: Path) -> list[Parcel]:
    """The contents that ``file`` holds. Raises ``Refused`` with the reason."""
    data = _read(file)
    if data.startswith(b"PK\x03\x04"):
        return _archive(data, file.name)
    if file.suffix.lower() == ".eml":
        return _mail(data, file.name)
    if file.suffix.lower() in (".md", ".markdown", ".txt"):
        return [Parcel(PurePosixPath(file.name), _text(data, file.name), file.name)]
    raise Refused(
        f"« {file.name} » n’est ni un fichier .md, ni un zip du formulaire, ni un courriel .eml. "
        "Enregistrez le courriel reçu (.eml), ou la pièce jointe."
    )


def _read(file: Path) -> bytes:
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise Refused(f"« {file.name} » n’est pas un fichier ordinaire.")
        if file.stat().st_size > _FILE_BYTES:
            raise Refused(f"« {file.name} » pèse plus de {_FILE_BYTES // 1_000_000} Mo.")
        return file.read_bytes()
    except OSError as error:
        raise Refused(f"« {file.name} » ne s’ouvre pas : {reason_of(error)}.") from None


def _text(data: bytes, name: str) -> bytes:
    if len(data) > _TEXT_BYTES:
        raise Refused(f"« {name} » pèse plus de 1 Mo : ce n’est pas un texte du formulaire.")
    return data


def _archive(data: bytes, name: str) -> list[Parcel]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            files = dict(_entries(archive, name))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise Refused(
            f"« {name} » est abîmé, ou n’est pas un zip : demandez-le de nouveau."
        ) from None
    return _gathered(files, name)


def _entries(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Files of an archive, each read no further than it may be heavy."""
    infos = [one for one in archive.infolist() if not one.is_dir() and not _is_left(one.filename)]
    if len(infos) > _ENTRIES:
        raise Refused(f"« {name} » contient plus de {_ENTRIES} fichiers.")
    seen: set[str] = set()
    weight = 0
    for info in infos:
        path = _safe(info, name)
        if path.as_posix().casefold() in seen:
            raise Refused(f"« {name} » contient deux fois « {path} ».")
        seen.add(path.as_posix().casefold())
        limit = _TEXT_BYTES if path.suffix.lower() == ".md" else DOCUMENT_BYTES
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
        weight += len(data)
        if len(data) > limit or weight > _ALL_BYTES:
            raise Refused(f"« {name} » : « {path} » est trop lourd une fois décompressé.")
        yield path, data


def _is_left(name: str) -> bool:
    return name.startswith(_LEFT[0]) or name.rpartition("/")[2] in _LEFT[1:]


def _safe(info: zipfile.ZipInfo, name: str) -> PurePosixPath:
    """The path of an entry, refused unless it stays where it is and is of a known type."""
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
    """Texts, each with what stands in its folder."""
    texts = [path for path in files if path.suffix.lower() == ".md"]
    if not texts:
        raise Refused(f"« {name} » ne contient aucun texte (.md).")
    parcels = {path: Parcel(path, _text(files[path], name), name) for path in texts}
    for path, data in files.items():
        if path in parcels:
            continue
        beside = [one for one in texts if one.parent == path.parent]
        if len(beside) != 1:
            raise Refused(f"« {name} » : on ne sait pas à quel texte va « {path} ».")
        parcels[beside[0]].medias[path.name] = data
    return list(parcels.values())


def _mail(data: bytes, name: str) -> list[Parcel]:
    """What a mail has attached; else the text that the form wrote in it."""
    message = message_from_bytes(data, policy=policy.default)
    found: list[Parcel] = []
    files: dict[PurePosixPath, bytes] = {}
    bodies: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in _leaves(message, name):
        content = part.get_payload(decode=True)
        attached = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
        kind, suffix = part.get_content_type(), PurePosixPath(attached).suffix.lower()
        if not isinstance(content, bytes):
            continue
        if content.startswith(b"PK\x03\x04") and suffix == ".zip":
            found += _archive(content, attached)
        elif suffix in (".md", ".markdown", ".txt") and _is_content(content, suffix):
            files[_attached(attached, name).with_suffix(".md")] = content
        elif suffix in MEDIA_TYPES:
            files[_attached(attached, name)] = content
        elif not attached and kind in bodies and len(content) <= _TEXT_BYTES:
            bodies[kind].append(_unflowed(_decoded(content, part), part))
    if any(path.suffix.lower() == ".md" for path in files):
        return found + _gathered(_named(files), name)
    return found or [_written(bodies, files, name)]


def _leaves(message: EmailMessage, name: str) -> Iterator[EmailMessage]:
    """The parts of a mail that hold no other, those of forwarded mails too."""
    for rank, part in enumerate(message.walk()):
        if rank > _PARTS:
            raise Refused(f"« {name} » compte plus de {_PARTS} parties.")
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part


def _is_content(content: bytes, suffix: str) -> bool:
    """Whether an attached text is a content: some programs only let a ``.txt`` through."""
    return suffix != ".txt" or content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"---")


def _named(files: dict[PurePosixPath, bytes]) -> dict[PurePosixPath, bytes]:
    """Texts, and the other files that one of them names: logos of a signature come too."""
    texts = [data.lower() for path, data in files.items() if path.suffix == ".md"]
    return {
        path: data
        for path, data in files.items()
        if path.suffix == ".md" or any(path.name.lower().encode() in text for text in texts)
    }


def _decoded(content: bytes, part: EmailMessage) -> str:
    """The text of a part; its charset may be wrong, absent or that of Windows under another
    name."""
    told = (part.get_content_charset() or "utf-8").replace("iso-8859-1", "cp1252")
    for charset in (told, "utf-8"):
        with suppress(LookupError, UnicodeDecodeError):
            return content.decode(charset)
    return content.decode("cp1252", "replace")


def _unflowed(text: str, part: EmailMessage) -> str:
    """Lines as they were before a mail program cut them (RFC 3676): each ended with a space."""
    text = text.replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    glue = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    lines = [one.removeprefix(" ") for one in text.split("\n")]
    joined = (
        one[:-1] + glue if one.endswith(" ") and one != "-- " else f"{one}\n" for one in lines
    )
    return "".join(joined)


def _attached(written: str, name: str) -> PurePosixPath:
    reason = unsafe_reason(written)
    if reason:
        raise Refused(f"« {name} » : le nom « {written} » est refusé, {reason}.")
    return PurePosixPath(written)


def _written(bodies: dict[str, list[str]], files: dict[PurePosixPath, bytes], name: str) -> Parcel:
    """The content that stands in the text of a mail, with the pictures that it names."""
    found = written_in(bodies["text/plain"], bodies["text/html"])
    if found is None:
        raise Refused(
            f"« {name} » ne contient ni pièce jointe du formulaire (.md, .zip), ni texte entre "
            "deux lignes « --- »."
        )
    path, text = found
    if unsafe_reason(path):
        raise Refused(f"« {name} » : le nom « {path} » est refusé.")
    medias = {one.name: data for one, data in files.items() if one.name.lower() in text.lower()}
    return Parcel(path, _text(text.encode("utf-8", "replace"), name), name, medias)
