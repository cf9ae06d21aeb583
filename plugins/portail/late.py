"""What is named now and imported when it is first used: a portal imports only what it uses."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import resolve_name
from types import SimpleNamespace
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Late:
    """A name of a module that is not imported yet: calling it calls what has that name."""

    def __init__(self, module: str, name: str) -> None:
        self.__module__ = module
        self.__name__ = self.__qualname__ = name
        self._call: Callable[..., Any] | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._call is None:
            self._call = self.get()
        return self._call(*args, **kwargs)

    def get(self) -> Any:
        return getattr(import_module(self.__module__), self.__name__)

    def __repr__(self) -> str:
        return f"{self.__module__}.{self.__name__}"


class LateModule:
    """A module that is not imported yet, whose attributes are ``Late``."""

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __getattr__(self, name: str) -> Late:
        return self.__dict__.setdefault(name, Late(self.__name__, name))  # type: ignore[no-any-return]


@contextmanager
def late(here: str) -> Iterator[None]:
    """Modules that ``here`` takes from packages inside (``from . import page``) are imported when
    they are first used; editors and type checkers read the import as it stands."""
    eager = builtins.__import__

    def named(
        name: str,
        globals: Mapping[str, Any] | None = None,
        locals: Mapping[str, Any] | None = None,
        names: Sequence[str] = (),
        level: int = 0,
    ) -> Any:
        # Another thread may import something meanwhile.
        if globals is None or globals["__name__"] != here:
            return eager(name, globals, locals, names, level)
        package = resolve_name("." * level + name, globals["__package__"])
        return SimpleNamespace(**{each: LateModule(f"{package}.{each}") for each in names})

    builtins.__import__ = named  # type: ignore[assignment]
    try:
        yield
    finally:
        builtins.__import__ = eager


def found(thing: T) -> T:
    """``thing`` itself, imported where it is late. Raises ``ImportError`` or ``AttributeError``
    where nothing has that name."""
    if isinstance(thing, Late):
        return cast(T, thing.get())
    if isinstance(thing, LateModule):
        return cast(T, import_module(thing.__name__))
    return thing
