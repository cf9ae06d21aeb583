"""What several outputs derive from one site, found once for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from portail.site.site import Site

__all__ = ["per_site"]

P = ParamSpec("P")
T = TypeVar("T")


def per_site(function: Callable[Concatenate[Site, P], T]) -> Callable[Concatenate[Site, P], T]:
    """``function``, whose answer is kept with the site; its other arguments are hashable and given
    by position. A site is immutable, so that the answer stays right."""

    @wraps(function)
    def answered(site: Site, /, *args: P.args, **kwargs: P.kwargs) -> T:
        assert not kwargs, "by position"
        key = (function, *args)
        if key not in site.memo:
            site.memo[key] = function(site, *args, **kwargs)
        found: T = site.memo[key]
        return found

    return answered
