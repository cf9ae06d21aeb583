"""Answers that several outputs, or several builds, ask of one site: each is found once.

The decorators differ by what a page depends on that asked (the answer, or all that was read for
it) and by how long the answer is kept. Below them, questions that most outputs ask: which contents
are published, which can be borrowed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, get_type_hints

from msgspec.msgpack import Decoder

from portail.model.kinds import BORROWED, Kind

from .facets import is_tool
from .item import Item, note_all, noting
from .reader import ANSWERS, KEPT, OWN, Reader
from .site import Site

P = ParamSpec("P")
T = TypeVar("T")


def per_site(function: Callable[Concatenate[Site, P], T]) -> Callable[Concatenate[Site, P], T]:
    """Cache the result on the site; whatever the function reads is a dependency of every caller.

    Arguments must be positional and hashable. Safe because a ``Site`` never changes.
    """
    return _cached(function, "")


def answer(function: Callable[Concatenate[Site, P], T]) -> Callable[Concatenate[Site, P], T]:
    """Cache the result on the site, and let the next build ask for it again: a caller stays right
    as long as the result is the same, whatever was read for it. Arguments must be texts and
    numbers, the result plain values."""
    name = f"{function.__module__}.{function.__qualname__}"
    ANSWERS[name] = cached = _cached(function, name)
    return cached


def own_answer(function: Callable[Concatenate[Site, P], T]) -> Callable[Concatenate[Site, P], T]:
    """As ``answer``, for what a single page asks: the result is dropped once the page is drawn."""
    cached = answer(function)
    OWN[f"{function.__module__}.{function.__qualname__}"] = function
    return cached


def kept_answer(function: Callable[Concatenate[Site, P], T]) -> Callable[Concatenate[Site, P], T]:
    """As ``answer``, kept for the next build as long as nothing it read has changed.

    The return annotation must be a type that MessagePack gives back the same (``msgspec``).
    """
    cached = answer(function)
    kind = get_type_hints(function)["return"]
    KEPT[f"{function.__module__}.{function.__qualname__}"] = Decoder(kind)
    return cached


def recent(most: int) -> Callable[[Callable[[Site, str], T]], Callable[[Site, str], T]]:
    """Cache the ``most`` last results of a function of the site and of a text."""

    def keeping(function: Callable[[Site, str], T]) -> Callable[[Site, str], T]:
        @wraps(function)
        def answered(site: Site, name: str) -> T:
            cache: dict[str, tuple[T, set[str]]] = site.memo.setdefault(function, {})
            entry = cache.pop(name, None)
            if entry is None:
                with noting() as reads:
                    value = function(site, name)
                entry = value, reads
                if len(cache) == most:
                    del cache[next(iter(cache))]
            cache[name] = entry
            note_all(entry[1])
            return entry[0]

        return answered

    return keeping


def _cached(
    function: Callable[Concatenate[Site, P], T], again: str
) -> Callable[Concatenate[Site, P], T]:
    @wraps(function)
    def answered(site: Site, /, *args: P.args, **kwargs: P.kwargs) -> T:
        assert not kwargs, "by position"
        value: T
        if isinstance(site, Reader):
            value = site.answer(function, args, again)
            return value
        key = (function, *args)
        if key not in site.memo:
            site.memo[key] = function(site, *args, **kwargs)
        value = site.memo[key]
        return value

    return answered


@per_site
def published(site: Site, kind: Kind) -> tuple[Item, ...]:
    """The contents of a kind that are out, in the order of references, even in a preview; read as
    ``untitled``."""
    items = site.untitled_of([kind])
    if site.config.apercu:
        items = tuple(item for item in items if item.entry.paru(site.day.date))
    return tuple(sorted(items, key=lambda item: item.ref))


@per_site
def borrowable(site: Site) -> tuple[Item, ...]:
    """The tools that can be borrowed."""
    return tuple(item for item in site.of_kinds(BORROWED) if is_tool(item))
