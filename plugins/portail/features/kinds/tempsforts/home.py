"""What the home page of a portal that announces no outing of its own has: the next yearly
rendezvous."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portail.agenda.programme import upcoming
from portail.features.services.editions.editions import coming_edition, expected, first_day
from portail.model.kinds import YEARLY, info_of
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site

_FEW = 6


def home_bloc(site: Site) -> Iterator[Bloc]:
    refs = _next(site)
    if refs:
        cards = tuple(card_of(site, ref) for ref in refs)
        url = info_of(YEARLY).listing
        yield Bloc(WORDS["accueil"]["annee"], cards, url, "simples", ancre="Annee", avenir=True)


@answer
def _next(site: Site) -> tuple[str, ...]:
    """The rendezvous whose days come first; none where an outing that is true is announced."""
    today = site.day.date
    announced = {showing.ref for _, showing in upcoming(site.indexes.programme, today, today)}
    if not all(site.on(ref).entry.exemple for ref in announced - site.told.keys()):
        return ()
    days = (
        (day, item.ref)
        for item in site.of_kinds(YEARLY)
        if not item.entry.exemple and (day := _next_day(item, site, today))
    )
    return tuple(ref for _, ref in sorted(days)[:_FEW])


def _next_day(item: Item, site: Site, today: date) -> date | None:
    span = expected(item, today)
    return first_day(coming_edition(item, site, today)) or (span[0] if span else None)
