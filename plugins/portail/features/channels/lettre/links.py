"""What the pages of the kernel show of the letter."""

from __future__ import annotations

from collections.abc import Iterator

from portail.model.kinds import WEEKLY, Kind
from portail.outputs.pages.views.shared import Abonnement, Lien, NavGroup
from portail.site.site import Site

from .addresses import LEAVE, LETTERS, letters_of
from .editions import has_letter
from .pages import shelves
from .subscription import LETTER, subscription
from .words import WORDS

_PLAN_LIMIT = 200


def letter_page(site: Site) -> str:
    return LETTERS if has_letter(site) else ""


def explore_links(site: Site) -> Iterator[Lien]:
    if has_letter(site):
        yield Lien(LETTER, LETTERS)


def plan_groups(site: Site, kind: Kind) -> Iterator[NavGroup]:
    if kind in WEEKLY and has_letter(site):
        yield NavGroup(LETTER, tuple(_letters(site)))


def _letters(site: Site) -> Iterator[Lien]:
    yield Lien(WORDS["numeros"], LETTERS)
    every = shelves(site)
    yield from (Lien(f"Édition : {shelf.nom}", letters_of(shelf.code)) for shelf in every[1:])
    yield from (
        Lien(release.issue.sujet, release.url) for release in every[0].envoyes[:_PLAN_LIMIT]
    )
    yield Lien("Se désabonner", LEAVE)


def home_subscription(site: Site) -> Iterator[Abonnement]:
    if way := subscription(site):
        yield way
