"""Entries of menus that lead somewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from pathlib import Path

from portail.codes import diagnostic
from portail.config import SiteConfig
from portail.diagnostics import Diagnostic
from portail.feature import Feature
from portail.model.kinds import KINDS
from portail.settings import MENU, place_of
from portail.text.suggest import nearest

from . import urls

# Pages of the portal that are there as soon as they have something to show.
SERVICES = frozenset({urls.THEMES, urls.PLAN, urls.HOME})


def menu_faults(
    config: SiteConfig, root: Path, pages: Collection[str], features: Iterable[Feature]
) -> Iterator[Diagnostic]:
    """Entries of ``PORTAIL_MENU`` that lead to none of ``pages`` (E156)."""
    may_be = may_be_empty(config, features)
    addresses = {*pages, *may_be}
    for keys, (_, address) in config.menu.entries:
        page = address.partition("#")[0].partition("?")[0]
        if not address.startswith("/") or page in addresses:
            continue
        near = nearest(
            page, sorted(candidate for candidate in addresses if candidate.endswith("/")), limit=1
        )
        remedy = f"Vouliez-vous dire {near[0]} ?" if near else "Écrivez l’adresse d’une page."
        place = place_of(root, MENU, *keys)
        if place.line == 1:
            place = place_of(root, MENU, keys[0], address)
        yield diagnostic("E156", place, adresse=address, remede=remedy)


def may_be_empty(config: SiteConfig, features: Iterable[Feature]) -> Set[str]:
    """Lists and services that a portal has as soon as they hold something."""
    lists = {info.listing for kind, info in KINDS.items() if kind.value not in config.sans}
    return lists.union(SERVICES, *(feature.pages for feature in features)) - {""}
