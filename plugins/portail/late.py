"""What is named now and imported, or compiled, when it is first used: one pays for what one uses.

An edit of 5,000 contents would take 3 % more if all was imported at once, one of 1,000 a tenth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any, AnyStr, TypeVar, cast

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
def late(*packages: str) -> Iterator[None]:
    """Modules taken from ``packages`` meanwhile (``from . import page``) are imported when they are
    first used; editors and type checkers read the import as it stands.

    Python asks a package for a name before it imports the module of that name: its ``__getattr__``
    answers (PEP 562).
    """
    modules = [import_module(package) for package in packages]
    for module in modules:
        vars(module)["__getattr__"] = partial(_named, module.__name__)
    try:
        yield
    finally:
        for module in modules:
            del vars(module)["__getattr__"]


def _named(package: str, name: str) -> LateModule:
    if name.startswith("__"):
        raise AttributeError(name)
    return LateModule(f"{package}.{name}")


class _Expression:
    """What an expression does is found, and it is compiled, at the first call of each."""

    def __init__(self, text: Any, flags: int) -> None:
        self._asked = text, flags

    def __getattr__(self, name: str) -> Any:
        return self.__dict__.setdefault(name, getattr(re.compile(*self._asked), name))


def expression(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """``re.compile``, when it is first used: the three hundred that a build names would be a tenth
    of an edit of a small portal, which uses thirty. It is no argument of a function of ``re``.

    >>> expression("a+").sub("b", "caab")
    'cbb'
    """
    return cast("re.Pattern[AnyStr]", _Expression(text, flags))


def found(thing: T) -> T:
    """``thing`` itself, imported where it is late. Raises ``ImportError`` or ``AttributeError``
    where nothing has that name."""
    if isinstance(thing, Late):
        return cast(T, thing.get())
    if isinstance(thing, LateModule):
        return cast(T, import_module(thing.__name__))
    return thing
