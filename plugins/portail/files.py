"""Files: which relative paths are safe everywhere, writing whole or not at all, digests."""

from __future__ import annotations

import hashlib
import os
import re
import threading
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path, PurePath, PurePosixPath
from types import NoneType
from typing import Any, TypeAlias

from portail.late import expression

# What ``digest_of`` takes (``bool`` and ``datetime`` too); sequences may be nested.
Part: TypeAlias = (
    "str | bytes | int | float | date | time | PurePath | tuple[Part, ...] | list[Part] | None"
)

_DIGEST_BYTES = 16

Files = dict[PurePosixPath, bytes]
# The beginning of the names of files that are being written, before the number of the process.
DRAFT = ".ecriture-"
_PATH_LENGTH = 240  # Windows stops at 260 with the folder of the project before it
_NAME_BYTES = 255
_RESERVED = frozenset(
    (
        *("con", "prn", "aux", "nul", "conin$", "conout$", "clock$"),
        *(f"com{digit}" for digit in "0123456789¹²³"),
        *(f"lpt{digit}" for digit in "0123456789¹²³"),
    )
)
_FORBIDDEN = frozenset('<>:"|?*\\')
# What almost every name is, and that needs no look at each sign.
_PLAIN = expression(r"(?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9])){1,240}", re.ASCII)


def is_reserved_name(name: str) -> bool:
    """Whether Windows keeps ``name`` for a device, whatever its extension (``aux``, ``NUL.md``).

    >>> is_reserved_name("Aux.md"), is_reserved_name("auxiliaire.md")
    (True, False)
    """
    return name.split(".", 1)[0].rstrip(" ").lower() in _RESERVED


@lru_cache(65_536)
def posix_path(text: str) -> PurePosixPath:
    """The path of a text, the same each time: a build names a file in several places."""
    return PurePosixPath(text)


def is_safe_relative(path: str | PurePath) -> bool:
    """Whether ``path`` stays in its folder and can be copied to any system.

    >>> is_safe_relative("lieux/la-coupole.md"), is_safe_relative("../secret")
    (True, False)
    """
    return unsafe_reason(path) is None


def unsafe_reason(path: str | PurePath) -> str | None:
    """Why ``path`` is refused, in French, to follow « : »; ``None`` when it is safe. A ``str`` has
    ``/`` as its only separator."""
    text = path if isinstance(path, str) else path.as_posix()
    if not text:
        return "il est vide"
    if len(text) > _PATH_LENGTH:
        return f"il compte plus de {_PATH_LENGTH} signes"
    if text.startswith("/"):
        return "il est absolu"
    return next(filter(None, map(_part_reason, text.split("/"))), None)


def _part_reason(part: str) -> str | None:
    if _PLAIN.fullmatch(part):
        if is_reserved_name(part):
            return f"« {part} » est un nom réservé"
        return None
    if part in ("", ".", ".."):
        if part:
            return f"« {part} » n’y est pas admis"
        return "il contient deux « / » de suite"
    for sign in part:
        if sign in _FORBIDDEN:
            return f"le signe « {sign} » n’y est pas admis"
        if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            return f"il contient un caractère invisible (U+{ord(sign):04X})"
    if part[0].isspace() or part[-1].isspace() or part[-1] == ".":
        return f"« {part} » commence ou finit par une espace, ou finit par un point"
    if len(part.encode()) > _NAME_BYTES:
        return f"« {part[:20]}… » pèse plus de {_NAME_BYTES} octets"
    if is_reserved_name(part):
        return f"« {part} » est un nom réservé"
    return None


def atomic_write(path: Path, data: bytes, *, durable: bool = True, mode: int | None = None) -> None:
    """Write ``data`` to ``path``, folders made: a reader, or a power cut, finds the old file or the
    new.

    Unless ``durable``, a power cut may lose the new bytes. Raises ``OSError``; ``path`` is then as
    before.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target: a rename is atomic on one file system only. No other process or thread
    # uses the same name.
    draft = path.with_name(f"{DRAFT}{os.getpid()}-{threading.get_ident()}")
    try:
        with draft.open("wb") as stream:
            stream.write(data)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        if mode is not None:
            draft.chmod(mode)
        draft.replace(path)
        if durable:
            _forget_once(path.parent)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def replace_files(files: Mapping[Path, bytes | None]) -> dict[Path, bytes | None]:
    """Write each file, remove those whose bytes are ``None``: all or none, rights kept.

    Returns what was there, which undoes it. Raises ``OSError``, whose ``filename`` is at fault.
    """
    before = {}
    try:
        for file, data in sorted(files.items(), key=lambda row: row[1] is None):
            before[file] = file.read_bytes() if file.exists() else None
            _put(file, data)
    except OSError as error:
        for written_file, data in before.items():
            with suppress(OSError):
                _put(written_file, data)
        error.filename = str(file)
        raise
    return before


def _put(file: Path, data: bytes | None) -> None:
    if data is None:
        file.unlink(missing_ok=True)
    else:
        atomic_write(file, data, mode=file.stat().st_mode & 0o777 if file.exists() else 0o644)


def bytes_in(file: Path) -> bytes | None:
    with suppress(OSError):
        return file.read_bytes()
    return None


def forget_drafts(folder: Path) -> None:
    for draft in folder.glob(f"{DRAFT}*"):
        pid = draft.name.removeprefix(DRAFT).partition("-")[0]
        with suppress(OSError):
            if not (pid.isdecimal() and is_alive(int(pid))):
                draft.unlink()


@cache
def _forget_once(folder: Path) -> None:
    forget_drafts(folder)


def is_alive(pid: int) -> bool:
    """Whether this machine has a process ``pid``; where nobody can tell, it may."""
    if os.name != "posix":
        return True  # Windows ends the processes that are asked
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's
    return True


def digest_bytes(data: bytes) -> str:
    """BLAKE2b of ``data``, 16 bytes as 32 hexadecimal digits: nobody can make two contents meet.

    >>> digest_bytes(b"")
    'cae66941d9efbd404e4d88758ea67670'
    """
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def digest_of(*parts: Part) -> str:
    """One digest for a series of values, different as soon as a value, a type or a border is.

    Raises ``TypeError`` for another type.

    >>> digest_of("ab", "c") == digest_of("a", "bc"), digest_of(1) == digest_of("1")
    (False, False)
    """
    return digest_bytes(b"".join(_framed(parts)))


# Compiled, brought by npm, or put into a wheel.
_NO_CODE = ("__pycache__", "_ressources", "node_modules")


def code_digest(folders: Iterable[Path], *skipped: str) -> str:
    """Digest of every file of ``folders``, but those of ``skipped`` ones, of ``_NO_CODE`` and
    compiled Python."""
    state = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for number, folder in enumerate(folders):
        below = len(str(folder)) + 1
        for file in sorted(files_below(folder, (*_NO_CODE, *skipped)), key=str):
            if not file.name.endswith((".pyc", ".pyo")):
                data = file.read_bytes()
                state.update(f"{number} {str(file)[below:]!r} {len(data)} ".encode())
                state.update(data)
    return state.hexdigest()


def files_below(
    folder: Path, skipped: Collection[str] = (), *, follow: bool = False
) -> Iterator[Path]:
    """Every file below ``folder`` but in ``skipped`` folders; links are files unless ``follow``.

    Raises ``OSError`` for a folder that cannot be listed, which ``os.walk`` passes over.
    """
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if not entry.is_dir(follow_symlinks=follow):
                        yield Path(entry.path)
                    elif entry.name not in skipped:
                        waiting.append(entry.path)
        except FileNotFoundError:
            continue


def files_in(folder: Path, suffix: str = "") -> list[Path]:
    """The files of ``folder`` whose names end by ``suffix``, in order. Raises ``OSError``."""
    try:
        return sorted(file for file in folder.iterdir() if file.name.endswith(suffix))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _framed(parts: tuple[Part, ...] | list[Part]) -> Iterator[bytes]:
    for part in parts:
        if isinstance(part, str):
            data = part.encode("utf-8", "surrogatepass")
            yield b"s%d:" % len(data)
            yield data
        elif isinstance(part, tuple | list):
            yield b"l%d:" % len(part)
            yield from _framed(part)
        elif isinstance(part, bytes):
            yield b"b%d:" % len(part)
            yield part
        else:
            yield _scalar(part)


def _scalar(part: object) -> bytes:
    for kind, tag, text_of in _SCALARS:
        if isinstance(part, kind):
            data = text_of(part).encode("utf-8", "surrogatepass")
            return b"%s%d:%s" % (tag, len(data), data)
    raise TypeError(f"no digest for a {type(part).__name__}")


# Kinds of values, a subclass before its class: their mark, their text.
_SCALARS: tuple[tuple[type, bytes, Callable[[Any], str]], ...] = (
    (NoneType, b"n", lambda _: ""),
    (bool, b"t", repr),
    (int, b"i", lambda part: repr(int(part))),
    (float, b"f", repr),
    (datetime, b"m", repr),
    (date, b"d", date.isoformat),
    (time, b"h", repr),
    (PurePath, b"p", PurePath.as_posix),
)


# What Git leaves of two versions in a file, until somebody keeps one.

# A line by which Git parts two versions. It always stands at the margin: a text that shows one has
# a space before it. ``=======``, which underlines a title too, is only ever between two of these.
MARK = expression(r"<{7}(?: .*)?|>{7}(?: .*)?|\|{7} [^|]+")
# Ending of a text that our scripts alone read: published as the network would carry it, where a
# JSON that repeats itself weighs four times more in what is written, kept and sent to the host.
DEFLATED = ".deflate"
# Folders that hold no text of a project.
SKIPPED = frozenset({"node_modules", "output", "__pycache__", "build", "dist", "venv", "env"})
# How the folder is named that builds keep beside a site: « .output.suivant ».
NEXT = ".suivant"

# What is said of a table or of settings that hold one.
UNMERGED = "deux versions d’une fusion de Git se suivent : gardez-en une"
_LINE = expression(rf"^(?:{MARK.pattern})$", re.MULTILINE)


def unmerged(text: str) -> Iterator[tuple[int, int]]:
    """Offset and length of the first mark of each merge conflict in ``text``."""
    if not any(sign * 7 in text for sign in "<>|"):
        return
    inside = False
    for mark in _LINE.finditer(text):
        opens = mark[0][0] == "<"
        if opens or not inside:
            yield mark.start(), len(mark[0])
        inside = opens or (inside and mark[0][0] == "|")
