"""What can be borrowed."""

from __future__ import annotations

from portail.model.kinds import BORROWED

from .item import Item
from .site import Site
from .tools import is_tool


def borrowable(site: Site) -> tuple[Item, ...]:
    return tuple(item for item in site.of_kinds(BORROWED) if is_tool(item))
