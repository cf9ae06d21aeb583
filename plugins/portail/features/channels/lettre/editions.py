"""Contents that concern an edition, by their territories, their themes, their publics."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TypeAlias

from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.site.facet_readers import ValueReader
from portail.site.facets import PARTOUT, territory_pair
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.territories import is_whole

from .sent import sent_weeks
from .settings import Edition, letter_of

Pair: TypeAlias = tuple[str, str]

# How near a content is to an edition: compared as numbers, the nearest is the greatest.
# Not in the edition.
ELSEWHERE = 0
# In every edition of this sort, after the contents that are the edition's own.
WIDE = 1
# The edition's own.
LOCAL = 2

# Stands for a département, of what one takes part in from anywhere.
EVERYWHERE = PARTOUT[0]


def has_letter(site: Site) -> bool:
    """Whether the site has a letter: one may subscribe to it, was sent it, or prepares it."""
    config = site.config
    letter = letter_of(config)
    contact = config.courriel or letter.expediteur or letter.service != "courriel"
    there = contact or sent_weeks(site) or site.of_kind(Kind.NEWSLETTER)
    return bool(there) and Kind.NEWSLETTER.value not in config.sans


def level(edition: Edition, item: Item, site: Site) -> int:
    """``LOCAL``, ``WIDE`` or ``ELSEWHERE``: what is of the whole region, or of no territory,
    concerns all.
    """
    if edition.filtre is None:
        return LOCAL
    key, code = edition.filtre
    if key == "theme":
        if code in item.entry.themes:
            return LOCAL
        return ELSEWHERE
    if key == "public":
        if code in getattr(item.entry, "publics", ()):
            return LOCAL
        if item.entry.kind.info.for_anyone:
            return WIDE
        return ELSEWHERE
    return _territory(edition.filtre, item, site)


# The public that a letter of the public does not tell of.
PROFESSIONALS = "professionnels"


def for_professionals(entry: Entry) -> bool:
    """Whether a content is for professionals alone: what ``reseau: true`` says of an event or of an
    article. The directory tells of their places as of others."""
    publics: tuple[str, ...] = getattr(entry, "publics", ())
    return {*publics} == {PROFESSIONALS} and entry.kind is not Kind.LIEU


def departement_of(item: Item, site: Site) -> str:
    """Code of INSEE of the département of a content, ``EVERYWHERE``, ``""`` for none."""
    if item.partout:
        return EVERYWHERE
    departement = site.departement_of(item)
    if departement:
        return departement.code
    return ""


def _territory(filtre: Pair, item: Item, site: Site) -> int:
    pairs = _territory_pairs(item, site)
    if filtre in pairs:
        return LOCAL
    wide = not pairs and all(code.startswith("R") for code, _ in item.territoires)
    if isinstance(item.entry, Event):
        if wide and (item.partout or item.entry.mode == "en-ligne"):
            return WIDE
        return ELSEWHERE
    if wide:
        return WIDE
    if pairs and pairs[0] == _around(site).get(filtre):
        return WIDE
    return ELSEWHERE


def _territory_pairs(item: Item, site: Site) -> tuple[Pair, ...]:
    # Territories that hold a content, or that it covers; none of what covers the region.
    if item.partout:
        whole = is_whole(item.zone, site.geography)
        if whole:
            return ()
        return ValueReader(site.geography).covered(item.zone)
    return tuple(chain.from_iterable(_pair(site, code) for code, _ in item.territoires))


@per_site
def _pair(site: Site, code: str) -> tuple[Pair, ...]:
    territory = site.geography.departement(code) or site.geography.epci(code)
    if territory:
        return (territory_pair(territory, site.geography),)
    return ()


@per_site
def _around(site: Site) -> Mapping[Pair, Pair]:
    geography = site.geography
    home = site.geography.home
    wide = {}
    if home:
        wide = {
            departement.code: departement for departement in geography.departements_of(home.code)
        }
    return {
        territory_pair(epci, geography): territory_pair(wide[epci.departement], geography)
        for epci in geography.epci_of(wide)
    }
