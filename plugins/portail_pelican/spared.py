"""Pelican without what it names and a portal has no use for (reStructuredText, its own feeds and
server), a tenth of what imports take: import this first.

What is asked of them all the same, by another plug-in, is imported then.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Any

_LEFT = """dateutil dateutil.parser docutils docutils.core docutils.io docutils.parsers
    docutils.parsers.rst docutils.parsers.rst.languages docutils.writers docutils.writers.html4css1
    feedgenerator pelican.rstdirectives pelican.server watchfiles""".split()


class _Later(ModuleType):
    """A module that stands in ``sys.modules`` as long as Pelican is imported: then, its names are
    those of classes, which Pelican derives; afterwards those of the module itself."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            return type(name, (), {"__new__": _call(self.__name__, name)})
        return _there(self.__name__, name)


def _there(module: str, name: str) -> Any:
    with suppress(AttributeError):
        return getattr(import_module(module), name)
    return import_module(f"{module}.{name}")


def _call(module: str, name: str) -> Callable[..., Any]:
    def called(kind: type, *given: Any, **named: Any) -> Any:
        # Asked of every run, to tell whether docutils speaks the language of the site.
        return name == "get_language" or _there(module, name)(*given, **named)

    return called


if sys.modules.keys().isdisjoint(("pelican", *_LEFT)):
    sys.modules.update({name: _Later(name) for name in _LEFT})
    try:
        with suppress(ImportError, AttributeError, TypeError):  # another Pelican
            import_module("pelican.readers")
    finally:
        for name in _LEFT:
            del sys.modules[name]
