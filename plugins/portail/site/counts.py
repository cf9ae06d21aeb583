"""How many contents a list tells: wherever a number stands by a link, it is that of what the link
opens."""

from __future__ import annotations

from portail.model.kinds import DATED, Kind

from .item import Item
from .memo import answer
from .outlook import Tally
from .site import Site
from .urls import AGENDA


def current(site: Site, kind: Kind) -> list[Item]:
    """What the list of a kind shows: neither what is for the network alone nor what is over; read
    without titles, as ``told``."""
    return [item for item in told(site, kind) if not item.is_over]


def told(site: Site, kind: Kind) -> tuple[Item, ...]:
    """What the list of a kind is of: that of the agenda, of all that takes place on days."""
    kinds = DATED if kind.info.listing == AGENDA else (kind,)
    return tuple(item for item in site.untitled_of(kinds) if not item.reseau)


def tally(site: Site, kind: Kind) -> int:
    """How many contents of a kind its list tells; of the agenda, the events that are on."""
    return _tally(site, kind.value)


@answer
def _tally(site: Site, kind: str) -> int:
    known = Kind(kind)
    if known.info.listing == AGENDA:
        return Tally.among(site.ahead.all.refs).ici
    return len(current(site, known))
