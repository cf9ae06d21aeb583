"""What several outputs derive from one site, found once for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from portail.site.item import note, noting
from portail.site.reader import ANSWERS, OWN, Reader
from portail.site.site import Site

P = ParamSpec("P")
T = TypeVar("T")


def per_site(function: Callable[Concatenate[Site, P], T]) -> Callable[Concatenate[Site, P], T]:
    """``function``, whose answer is kept with the site; its other arguments are hashable and given
    by position. A site is immutable, so that the answer stays right. What it reads is read by
    whoever asks."""
    return _kept(function, "")


def answer(function: Callable[Concatenate[Site, P], T]) -> Callable[Concatenate[Site, P], T]:
    """``function``, kept with the site as by ``per_site``; what rests on its answer stays right as
    long as the answer is the same, whatever it reads. Its arguments are texts and numbers, its
    answer plain values."""
    name = f"{function.__module__}.{function.__qualname__}"
    ANSWERS[name] = kept = _kept(function, name)
    return kept


def own_answer(function: Callable[Concatenate[Site, P], T]) -> Callable[Concatenate[Site, P], T]:
    """The same, where one page asks: memory is for what several do."""
    kept = answer(function)
    OWN[f"{function.__module__}.{function.__qualname__}"] = function
    return kept


def recent(most: int) -> Callable[[Callable[[Site, str], T]], Callable[[Site, str], T]]:
    """Of what a function of the site and of a text gives, the ``most`` last asked are kept; who
    asks reads what it read."""

    def keeping(function: Callable[[Site, str], T]) -> Callable[[Site, str], T]:
        @wraps(function)
        def answered(site: Site, name: str) -> T:
            kept: dict[str, tuple[T, set[str]]] = site.memo.setdefault(function, {})
            found = kept.pop(name, None)
            if found is None:
                with noting() as reads:
                    value = function(site, name)
                found = value, reads
                if len(kept) == most:
                    del kept[next(iter(kept))]
            kept[name] = found
            for read in found[1]:
                note(read)
            return found[0]

        return answered

    return keeping


def _kept(
    function: Callable[Concatenate[Site, P], T], again: str
) -> Callable[Concatenate[Site, P], T]:
    @wraps(function)
    def answered(site: Site, /, *args: P.args, **kwargs: P.kwargs) -> T:
        assert not kwargs, "by position"
        found: T
        if isinstance(site, Reader):
            found = site.ask(function, args, again)
            return found
        key = (function, *args)
        if key not in site.memo:
            site.memo[key] = function(site, *args, **kwargs)
        found = site.memo[key]
        return found

    return answered
