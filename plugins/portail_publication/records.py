"""Records as bytes: MessagePack of what a ``Loaded`` holds; the fields of a content are the name of
its class and those that it has.

Nothing that is read is executed: a class is one of those of contents, made of its fields alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from functools import cache
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from msgspec import Struct, structs
from msgspec.msgpack import Decoder, Encoder, Ext
from pydantic import BaseModel

from portail.agenda.occurrences import Occurrence
from portail.body.document import BodyFacts
from portail.clock import portal_zone
from portail.diagnostics import Diagnostic
from portail.files import posix_path
from portail.late import expression
from portail.model.entry import UNTRACKED, Entry
from portail.model.kinds import RENEWED
from portail.source.store import Loaded, Stamp

# Modules of the classes of contents: those of any, those of a kind.
_OURS = expression(r"portail\.(model\.\w+|features\.\w+\.\w+\.model)")
_PLAIN = frozenset((str, int, float, bool, type(None)))
# Of what MessagePack has no word for.
_MODEL, _VALUE, _TUPLE, _DATE, _TIME, _PATH = range(6)
_DAYS: Mapping[type, int] = {date: _DATE, time: _TIME}


def written(stamp: Stamp, loaded: Loaded) -> bytes:
    """A record as bytes for ``read``. Raises ``TypeError`` for what has no place in one."""
    return _encoder.encode((stamp, structs.astuple(loaded)))


def read(data: bytes) -> tuple[Stamp, Loaded]:
    """What ``written`` wrote. Raises anything for other bytes."""
    stamp, row = _record.decode(data)
    loaded = Loaded(*row)
    zone = portal_zone()
    for occurrence in loaded.occurrences:  # instants, whose zone has no name
        structs.force_setattr(occurrence, "debut", occurrence.debut.astimezone(zone))
        if occurrence.fin:
            structs.force_setattr(occurrence, "fin", occurrence.fin.astimezone(zone))
    return stamp, loaded


def _lowered(value: object) -> object:
    # ``value``, of no type of MessagePack, in the record itself.
    if isinstance(value, PurePosixPath):
        return str(value)
    return _field(value)


def _raised(kind: type[Any], value: Any) -> Any:
    if kind is PurePosixPath:
        return posix_path(value)
    if not isinstance(value, kind):
        raise TypeError(kind)
    return value


def _field(value: Any) -> object:
    # ``value`` where nothing says of which type it is: in a content.
    kind: type[Any] = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return Ext(_TUPLE, _encoder.encode([*map(_field, value)]))
    if kind in _DAYS:
        return Ext(_DAYS[kind], value.isoformat().encode())
    if kind is PurePosixPath:
        return Ext(_PATH, str(value).encode())
    name = f"{kind.__module__}:{kind.__qualname__}"
    if _kind(name) is not kind:
        raise TypeError(f"{name} cannot be kept in a record")
    if issubclass(kind, Struct):
        return Ext(_VALUE, name.encode() + b"\n" + _encoder.encode(value))
    blank = _blank(name)
    said = {
        key: _field(field_value)
        for key, field_value in vars(value).items()
        if not _is(field_value, blank, key)
    }
    return Ext(_MODEL, _encoder.encode((name, said)))


def _is(value: object, blank: Mapping[str, object], key: str) -> bool:
    return key in blank and type(value) is type(blank[key]) and value == blank[key]


def _content(code: int, data: memoryview) -> Any:
    # What ``_field`` wrote.
    if code == _MODEL:
        name, said = _decoder.decode(data)
        return _model(name, said)
    if code == _VALUE:
        head, _, payload = bytes(data).partition(b"\n")
        return _value(head.decode()).decode(payload)
    if code == _TUPLE:
        return tuple(_decoder.decode(data))
    return _READ[code](str(data, "utf-8"))


_READ: dict[int, Callable[[str], Any]] = {
    _DATE: date.fromisoformat,
    _TIME: time.fromisoformat,
    _PATH: posix_path,
}
_encoder = Encoder(enc_hook=_lowered)
_decoder = Decoder(ext_hook=_content)
# The fields of ``Loaded``, in its order.
_Row: TypeAlias = tuple[
    PurePosixPath,
    str,
    Entry | None,
    BodyFacts | None,
    tuple[Occurrence, ...],
    tuple[Diagnostic, ...],
    tuple[int, int] | None,
    bool,
    str,
    str,
    str,
]
_record = Decoder(tuple[Stamp, _Row], dec_hook=_raised, ext_hook=_content)


_new: Callable[..., Any] = object.__new__
_put = object.__setattr__


@cache
def _kind(name: str) -> type[Any] | None:
    module, _, local_name = name.partition(":")
    kind = None
    if _OURS.fullmatch(module):
        kind = getattr(import_module(module), local_name, None)
    if (
        isinstance(kind, type)
        and kind.__module__ == module
        and issubclass(kind, BaseModel | Struct)
    ):
        return kind
    return None


@cache
def _value(name: str) -> Decoder[Any]:
    kind = _kind(name)
    if kind is None or not issubclass(kind, Struct):
        raise TypeError(f"{name} has no place in a record")
    return Decoder(kind, dec_hook=_raised, ext_hook=_content)


@cache
def _blank(name: str) -> dict[str, Any]:
    # The fields that a model has when nothing is said of them.
    kind = _kind(name)
    if kind is None or not issubclass(kind, BaseModel):
        raise TypeError(f"{name} has no place in a record")
    fields = kind.model_fields.items()
    return {
        key: field.get_default(call_default_factory=True) if not field.is_required() else None
        for key, field in fields
    }


# A portal may bring models of its own.
RENEWED.extend((_kind.cache_clear, _blank.cache_clear))


def _model(name: str, said: Mapping[str, Any]) -> BaseModel:
    # A frozen model from its values, which were validated before they were written.
    model: BaseModel = _new(_kind(name))
    _put(model, "__dict__", {**_blank(name), **said})
    _put(model, "__pydantic_fields_set__", UNTRACKED)
    _put(model, "__pydantic_extra__", None)
    _put(model, "__pydantic_private__", None)
    return model
