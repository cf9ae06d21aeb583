"""The file of slim records: a line of JSON (format, salt, length and digest of each segment), then
one restricted pickle a segment, rewritten only where it changed. It may name a short list of
classes and nothing else: a foreign file is refused, never executed.
"""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import importlib
import io
import json
import pickle
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from enum import Enum
from functools import partial
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from msgspec import Struct
from pydantic import BaseModel

from portail.agenda.programme import Programme
from portail.clock import portal_zone
from portail.files import atomic_write, digest_bytes, posix_path
from portail.model.entry import UNTRACKED, Entry
from portail.resources import quiet_gc
from portail.site.coming import Ahead
from portail.site.item import Contents
from portail.source.store import Loaded, Stamp

# Path → stamp of the file (``Stamp``, as plain numbers), and its record.
Records: TypeAlias = dict[str, tuple[tuple[int, ...], Loaded]]

_Names: TypeAlias = dict[tuple[str, str], type]

_FORMAT = "portail-fiches-2"
_SEGMENTS = 32
_MODULES = tuple(
    f"portail.{name}"
    for name in ("diagnostics", "source.store", "body.document", "agenda.occurrences")
)
# Modules of the classes of contents: those of any, those of a kind that a feature brings.
_OF_CONTENTS = re.compile(r"portail\.(model\.\w+|features\.\w+\.\w+\.model)")


def _named(kinds: Iterable[type]) -> _Names:
    return {(kind.__module__, kind.__qualname__): kind for kind in kinds}


_DATES = (datetime.date, datetime.datetime, datetime.time, datetime.timedelta, datetime.timezone)
_PLAIN = _named((*_DATES, decimal.Decimal))
# Modules of the classes of a site that is assembled, features in packages of their own included.
_OF_SITE = re.compile(
    r"portail\.(agenda|body|day|features|geo|model|site|source)\b[\w.]*|portail_[a-z]+\.[\w.]+"
)
# Classes of a site that are no plain record: what they hold is set, none of them is called.
_WHOLE = _named((Programme, Ahead, Contents, defaultdict, list))


class RecordFile:
    """Records at ``path``, made for ``salt``; ``admit`` adds classes that they may hold."""

    def __init__(self, path: Path, salt: str, admit: Iterable[type] = ()) -> None:
        self.path = path
        self.salt = salt
        self._admitted = _PLAIN | _named(admit)
        self._about = frozenset(self._admitted)
        self._layout: list[tuple[int, str]] = []

    @property
    def mtime_ns(self) -> int:
        try:
            return self.path.stat().st_mtime_ns
        except OSError:
            return 0

    def load(self) -> Records:
        records: Records = {}
        by_segment: dict[_Segment, Records] = {}
        try:
            with quiet_gc():
                segments = self._segments()
                for (_, digest), segment in zip(self._layout, segments, strict=True):
                    if digest_bytes(segment) != digest:
                        raise ValueError("spoilt segment")
                    key = digest, self._about
                    part = _last.get(key) or _Reader(io.BytesIO(segment), self._admitted).load()
                    by_segment[key] = part
                    records.update(part)
                sound = all(map(_is_sound, records.items()))
        except Exception:  # whatever a foreign file can raise: it is only a cache
            sound = False
        if not sound:
            self._layout = []
            return {}
        _keep(by_segment)
        return records

    def save(self, records: Records, dirty: set[str]) -> None:
        """Write ``records``, of which ``dirty`` names changed. Raises ``OSError``,
        ``TypeError``.
        """
        numbers = {_number(name) for name in dirty}
        old = self._unchanged_segments()
        parts: list[Records] = [{} for _ in range(_SEGMENTS)]
        for name in sorted(records):
            parts[_number(name)][name] = records[name]
        reducers = _Reducers(self._admitted)
        segments = old or [b""] * _SEGMENTS
        layout = self._layout or [(0, "")] * _SEGMENTS
        with quiet_gc():
            for number, part in enumerate(parts):
                if number in numbers or old is None:
                    segments[number] = segment = _dumped(part, reducers)
                    layout[number] = len(segment), digest_bytes(segment)
        self._layout = layout
        pairs = zip(self._layout, parts, strict=True)
        _keep({(digest, self._about): part for (_, digest), part in pairs})
        header = {"format": _FORMAT, "salt": self.salt, "segments": self._layout}
        data = json.dumps(header).encode() + b"\n" + b"".join(segments)
        atomic_write(self.path, data, durable=False)

    def written(self, value: Any, records: Mapping[str, tuple[Any, Loaded]]) -> bytes:
        """Values as bytes for ``read``; entries of ``records`` are named. Raises ``TypeError``."""
        entries = {
            id(loaded.entry): (name, loaded.front, loaded.rest)
            for name, (_, loaded) in records.items()
            if loaded.entry
        }
        with quiet_gc():
            return _dumped(value, _Reducers(self._admitted | _WHOLE, _OF_SITE, entries))

    def read(self, data: bytes, records: Mapping[str, tuple[Any, Loaded]]) -> Any:
        """What ``written`` wrote; ``None`` for all else, and when a named record changed but for
        what is only shown."""
        with suppress(Exception), quiet_gc():  # whatever foreign bytes can raise
            return _Reader(io.BytesIO(data), self._admitted | _WHOLE, _OF_SITE, records).load()
        return None

    def _segments(self) -> list[bytes]:
        first, _, rest = self.path.read_bytes().partition(b"\n")
        header = json.loads(first)
        if [header["format"], header["salt"]] != [_FORMAT, self.salt]:
            raise ValueError("other format or salt")
        start = 0
        segments = []
        for length, _ in header["segments"]:
            segments.append(rest[start : start + length])
            start += length
        if len(segments) != _SEGMENTS or start != len(rest):
            raise ValueError("cut or longer than it says")
        self._layout = [(length, digest) for length, digest in header["segments"]]
        return segments

    def _unchanged_segments(self) -> list[bytes] | None:
        # The segments that were loaded, if they are still those of the file.
        layout = self._layout
        if layout:
            with suppress(OSError, ValueError, TypeError, KeyError):
                segments = self._segments()
                if self._layout == layout:
                    return segments
        return None


# Digest of a segment, what it may hold.
_Segment: TypeAlias = tuple[str, frozenset[tuple[str, str]]]
# Those of the file last read or written: a process that builds again reads what changed since.
_last: dict[_Segment, Records] = {}


def _keep(segments: Mapping[_Segment, Records]) -> None:
    _last.clear()
    _last.update(segments)


def _number(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % _SEGMENTS


def _is_sound(item: tuple[Any, Any]) -> bool:
    name, (stamp, loaded) = item
    return (
        type(stamp) is tuple
        and [*map(type, stamp)] == [int] * len(Stamp._fields)
        and type(loaded) is Loaded
        and type(loaded.digest) is str
        and str(loaded.path) == name
    )


def _dumped(part: object, reducers: _Reducers) -> bytes:
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, 5)
    pickler.dispatch_table = reducers
    pickler.dump(part)
    return stream.getvalue()


class _Reducers(dict[type, Callable[[Any], Any]]):
    """The reducer of each class: a call with its fields, twice as fast as its own way; of
    ``entries``, by identity, a call with the name and the front matter of its record."""

    def __init__(
        self,
        admitted: _Names,
        modules: re.Pattern[str] = _OF_CONTENTS,
        entries: Mapping[int, tuple[str, str, str]] = {},
    ) -> None:
        super().__init__()
        self._admitted = admitted
        self._modules = modules
        self._entries = entries

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        self[kind] = reducer = self._reducer(kind)
        return reducer

    def _reducer(self, kind: type) -> Callable[[Any], Any]:
        if issubclass(kind, type):
            raise KeyError(kind)  # a class is written by its name
        if kind is PurePosixPath:
            return lambda path: (_path, (str(path),))
        if issubclass(kind, Path):
            return lambda path: (_file, (str(path),))
        if kind is ZoneInfo:
            return lambda zone: (_zone, (zone.key,))
        if (kind.__module__, kind.__qualname__) not in self._admitted and not _is_ours(
            kind, self._modules
        ):
            raise TypeError(f"{kind.__module__}.{kind.__qualname__} cannot be kept in a record")
        if issubclass(kind, Enum):  # by its value: Python 3.11.2 writes a call of ``getattr``
            return lambda member: (kind, (member.value,))
        if issubclass(kind, BaseModel):
            named = self._entries.get
            return lambda model: (
                (_entry, record) if (record := named(id(model))) else (_model, (kind, vars(model)))
            )
        if names := _fields(kind):
            values = attrgetter(*names)
            return lambda value: (kind, values(value) if len(names) > 1 else (values(value),))
        return lambda value: value.__reduce_ex__(5)


def _is_ours(kind: type, modules: re.Pattern[str]) -> bool:
    place = kind.__module__ in _MODULES or modules.fullmatch(kind.__module__)
    return bool(place) and bool(_fields(kind) or issubclass(kind, BaseModel | Enum | tuple))


def _fields(kind: type) -> tuple[str, ...]:
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind) if field.init)
    return kind.__struct_fields__ if issubclass(kind, Struct) else ()


class _Reader(pickle.Unpickler):
    """An unpickler that knows plain data, the classes of records, the entries of ``records``."""

    def __init__(
        self,
        stream: io.BytesIO,
        admitted: _Names,
        modules: re.Pattern[str] = _OF_CONTENTS,
        records: Mapping[str, tuple[Any, Loaded]] = {},
    ) -> None:
        super().__init__(stream)
        self._admitted = admitted
        self._modules = modules
        self._records = records

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, _entry.__name__):
            return partial(_entry, self._records)
        helper = _HELPERS.get((module, name)) or self._admitted.get((module, name))
        if helper:
            return helper
        if module in _MODULES or self._modules.fullmatch(module):
            kind = vars(importlib.import_module(module)).get(name)
            if (
                isinstance(kind, type)
                and kind.__module__ == module
                and _is_ours(kind, self._modules)
            ):
                return kind
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a record")


def _path(text: str) -> PurePosixPath:
    return posix_path(text)  # pickle names a function, and not what remembers its answers


def _file(text: str) -> Path:
    return Path(text)


def _zone(name: str) -> ZoneInfo:
    if name != portal_zone().key:
        raise pickle.UnpicklingError(name)
    return portal_zone()


def _model(kind: type[BaseModel], values: dict[str, Any]) -> BaseModel:
    # A frozen model from its values, which were validated before they were written.
    if not issubclass(kind, BaseModel):
        raise pickle.UnpicklingError("not a model")
    model = kind.__new__(kind)
    put = object.__setattr__
    put(model, "__dict__", values)
    put(model, "__pydantic_fields_set__", UNTRACKED)
    put(model, "__pydantic_extra__", None)
    put(model, "__pydantic_private__", None)
    return model


def _entry(
    records: Mapping[str, tuple[Any, Loaded]], name: str, front: str, rest: str
) -> Entry | None:
    _, loaded = records[name]
    if loaded.front != front and (not rest or loaded.rest != rest):
        raise pickle.UnpicklingError(name)
    return loaded.entry


_HELPERS = {(__name__, function.__name__): function for function in (_path, _file, _zone, _model)}
