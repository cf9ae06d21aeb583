"""The issues of the letter, edition by edition and year by year, and where one subscribes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from portail.config import REGION
from portail.model.issue import Issue
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.newsletter.releases import Release, has_letter, releases
from portail.outputs.pages.feed_links import linked_feeds
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.issues import plan_issue
from portail.outputs.pages.redirection import redirect_page
from portail.outputs.pages.subscribing import (
    LETTER,
    origins_of,
    subscription,
    ways_to_leave,
)
from portail.outputs.pages.views.letters import DesabonnementView, LettresView, NumeroListe
from portail.outputs.pages.views.shared import Lien
from portail.site.site import Site
from portail.site.urls import HOME, LEAVE, LETTERS, MY_LETTER, issue_of, letters_of
from portail.text.dates import jour
from portail.text.inline import plain
from portail.text.numbers import nombre

__all__ = ["Shelf", "edition_names", "plan_letters", "shelves", "told"]

_LEAD = (
    "Dix choses à savoir, à voir ou à faire, une fois par semaine. Ce qui a lieu ce week-end près "
    "de chez vous, ce qu’il faut réserver, et un chiffre."
)
_FIRST = 3
"""Titles of the last issue that are told, sections that are counted."""
_COUNTS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "une": ("à la une", "à la une"),
    "week-end": ("rendez-vous ce week-end", "rendez-vous ce week-end"),
    "a-noter": ("à noter", "à noter"),
    "annonces": ("annonce", "annonces"),
    "nouveautes": ("nouveauté", "nouveautés"),
    "relire": ("à redécouvrir", "à redécouvrir"),
})  # fmt: skip
"""What a section holds, of one and of several."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The issues of an edition: those that were sent, the last first, and the next one."""

    code: str
    nom: str
    envoyes: tuple[Release, ...]
    prochain: Release | None

    @property
    def every(self) -> tuple[Release, ...]:
        """All of them, the last first."""
        return (*((self.prochain,) if self.prochain else ()), *self.envoyes)


def edition_names(site: Site) -> dict[str, str]:
    """The name of each edition by code: those of the settings, then those that are no more."""
    names = {one.code: one.nom or site.config.region for one in site.config.lettre.editions}
    for release in releases(site):
        names.setdefault(release.issue.edition, release.issue.nom)
    return names


def shelves(site: Site) -> tuple[Shelf, ...]:
    """The issues of each edition, in the order of ``edition_names``."""
    found: dict[str, list[Release]] = {code: [] for code in edition_names(site)}
    for release in releases(site):
        found[release.issue.edition].append(release)
    return tuple(
        Shelf(
            code,
            nom,
            tuple(one for one in found[code] if one.envoye),
            next((one for one in found[code] if not one.envoye), None),
        )
        for code, nom in edition_names(site).items()
    )


def plan_letters(site: Site, *addresses: str) -> Iterator[TemplatePage]:
    """The archive of each edition, every issue, how one leaves. ``addresses`` are
    those that the other pages of the site have."""
    if not has_letter(site):
        return
    known = frozenset(addresses)
    own = MY_LETTER if MY_LETTER in known else ""
    for shelf in shelves(site):
        for rank, (year, held) in enumerate(_years(shelf)):
            hint = SitemapHint(held[0].issue.jour if held else None)
            url = letters_of(shelf.code, year if rank else None)
            said = shelf.code, year, own
            yield drawn(site, url, "lettres.html", _show, *said, sitemap=hint)
        for release in shelf.every:
            yield plan_issue(site, release, own, known)
    yield drawn(site, LEAVE, "desabonnement.html", _leave)
    yield from _without_page(site)


def _leave(site: Site) -> DesabonnementView:
    """The page that mails lead to; engines are kept away from it."""
    letter = site.config.lettre
    return DesabonnementView(
        cadre=frame_of(site),
        titre="Se désabonner",
        description="Ne plus recevoir la lettre.",
        url=LEAVE,
        fil=(Lien("Accueil", HOME), Lien(LETTER, LETTERS)),
        noindex=True,
        page=letter.desabonnement,
        listes=() if letter.desabonnement else tuple(ways_to_leave(site)),
        courriel=site.config.courriel,
    )


def _without_page(site: Site) -> Iterator[TemplatePage]:
    """Weeks that have something and no issue of the region: their address leads to what there is,
    as contents may name them and an address may be cut at any slash."""
    held = {item.entry.slug: LETTERS for item in site.of_kind(Kind.NEWSLETTER)}
    held |= {one.issue.semaine: one.url for one in reversed(releases(site))}
    pages = {release.url for release in releases(site)}
    for week, target in sorted(held.items()):
        url = issue_of(week, REGION)
        if url not in pages:
            yield redirect_page(site, url, target, LETTER)


def _years(shelf: Shelf) -> list[tuple[int, tuple[Release, ...]]]:
    """Its issues by year, the latest first; there is always one."""
    found = groupby(shelf.envoyes, key=lambda one: one.issue.jour.year)
    return [(year, tuple(some)) for year, some in found] or [(0, ())]


def _show(site: Site, code: str, year: int, own: str) -> LettresView:
    """A year of an edition; the latest one is at the address of the edition. ``own`` is where
    letters are composed."""
    every = shelves(site)
    (shelf,) = (one for one in every if one.code == code)
    years = _years(shelf)
    first, edition = year == years[0][0], "" if code == REGION else shelf.nom
    head = f"{LETTER}, édition {edition}" if edition else LETTER
    above = [Lien("Accueil", HOME)]
    above += [Lien(LETTER, LETTERS)] * (bool(edition) or not first)
    above += [Lien(edition, letters_of(code))] * (bool(edition) and not first)
    subscribing, rows = subscription(site, code), tuple(map(told, dict(years)[year]))
    following = shelf.prochain if first else None
    urls = {one: letters_of(code, one if rank else None) for rank, (one, _) in enumerate(years)}
    buttons = tuple(Lien(str(one), url) for one, url in urls.items())
    others = tuple(Lien(one.nom, letters_of(one.code)) for one in every)
    return LettresView(
        cadre=frame_of(site),
        titre=(edition or LETTER) if first else str(year),
        description=f"{LETTER} {site.config.en_region} : les numéros, l’abonnement.",
        url=urls[year],
        fil=tuple(above),
        flux=linked_feeds(site, letters_of(code), LETTERS),
        formulaires=origins_of(subscribing),
        entete=head if first else f"{head} en {year}",
        chapo=_LEAD,
        edition=edition,
        editions=others if len(others) > 1 else (),
        dernier=rows[0] if first and rows else None,
        prochain=_following(following) if following else None,
        annee=year,
        numeros=rows[1:] if first else rows,
        annees=buttons if len(buttons) > 1 else (),
        abonnement=subscribing,
        ma_lettre=own,
    )


def told(release: Release) -> NumeroListe:
    """An issue as lists tell it."""
    issue = release.issue
    return NumeroListe(
        url=release.url,
        jour=issue.jour,
        titre=issue.sujet,
        chapo=issue.chapo,
        semaine=release.semaine,
        compte=_count(issue),
        titres=tuple(plain(one.titre) for one in issue.lignes[:_FIRST]),
    )


def _count(issue: Issue) -> str:
    """« 5 à la une, 4 rendez-vous ce week-end, 4 à noter »."""
    counts = ((one.cle, len(one.lignes)) for one in issue.sections)
    words = [f"{nombre(n)} {_COUNTS[cle][n > 1]}" for cle, n in counts if n]
    return ", ".join(words[:_FIRST])


def _following(release: Release) -> Lien:
    """The next issue: its subject, when it goes out."""
    day = jour(release.issue.jour, annee=False)
    return Lien(release.issue.sujet, release.url, f"Il partira {day}.")
