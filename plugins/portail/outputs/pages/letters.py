"""The issues of the letter, edition by edition and year by year, and where one subscribes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from portail.files import digest_bytes
from portail.letters import REGION
from portail.model.issue import Issue
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.newsletter.releases import Release, has_letter, releases
from portail.outputs.pages.feed_links import linked_feeds
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.issues import plan_issue
from portail.outputs.pages.redirection import redirect_page
from portail.outputs.pages.subscribing import (
    LETTER,
    origins_of,
    plan_leave,
    subscription,
)
from portail.outputs.pages.views import Frame, LettresView, Lien, NumeroListe
from portail.site.site import Site
from portail.site.urls import HOME, LETTERS, MY_LETTER, file_of, issue_of, letters_of
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


def plan_letters(site: Site, known: Collection[str]) -> Iterator[TemplatePage]:
    """The archive of each edition, every issue, how one leaves. ``known`` are the addresses that
    the other pages of the site have."""
    if not has_letter(site):
        return
    every, frame = shelves(site), frame_of(site)
    for shelf in every:
        yield from _archive(shelf, every, site, frame, known)
    for shelf in every:
        ordered = shelf.every
        for rank, release in enumerate(ordered):
            newer = ordered[rank - 1] if rank and ordered[rank - 1].envoye else None
            older = ordered[rank + 1] if rank + 1 < len(ordered) else None
            yield plan_issue(release, (older, newer), site, frame, known)
    yield plan_leave(site, frame)
    yield from _without_page(site, frame)


def _without_page(site: Site, frame: Frame) -> Iterator[TemplatePage]:
    """Weeks that have something and no issue of the region: their address leads to what there is,
    as contents may name them and an address may be cut at any slash."""
    held = {item.entry.slug: LETTERS for item in site.of_kind(Kind.NEWSLETTER)}
    held |= {one.issue.semaine: one.url for one in reversed(releases(site))}
    pages = {release.url for release in releases(site)}
    for week, target in sorted(held.items()):
        url = issue_of(week, REGION)
        if url not in pages:
            yield redirect_page(url, target, LETTER, frame)


def _archive(
    shelf: Shelf, every: tuple[Shelf, ...], site: Site, frame: Frame, known: Collection[str]
) -> Iterator[TemplatePage]:
    """The page of each year; the latest one is at the address of the edition."""
    years = [(year, tuple(some)) for year, some in groupby(shelf.envoyes, key=_year)]
    urls = {year: letters_of(shelf.code, year if rank else None) for rank, (year, _) in
            enumerate(years)}  # fmt: skip
    buttons = tuple(Lien(str(year), url) for year, url in urls.items()) if len(urls) > 1 else ()
    others = tuple(Lien(one.nom, letters_of(one.code)) for one in every)
    for rank, (year, some) in enumerate(years or [(0, ())]):
        page = _Page(shelf, year, some, rank == 0, buttons, others if len(others) > 1 else ())
        yield page.planned(site, frame, MY_LETTER if MY_LETTER in known else "")


def _year(release: Release) -> int:
    return release.issue.jour.year


@dataclass(frozen=True, slots=True)
class _Page:
    """One year of an edition; ``first`` for the latest."""

    shelf: Shelf
    year: int
    releases: tuple[Release, ...]
    first: bool
    years: tuple[Lien, ...]
    editions: tuple[Lien, ...]

    def planned(self, site: Site, frame: Frame, own: str) -> TemplatePage:
        """The page, with the exact key of what it shows; ``own`` is where letters are composed."""
        view = self._view(site, frame, own)
        seen = (
            view.dernier, view.numeros, view.prochain, view.annees, view.editions, view.flux, own,
        )  # fmt: skip
        key = (frame.digest, digest_bytes(repr(seen).encode()))
        hint = SitemapHint(self.releases[0].issue.jour if self.releases else None)
        return TemplatePage(
            file_of(view.url), view.url, "lettres.html", key, lambda: view, sitemap=hint
        )

    def _view(self, site: Site, frame: Frame, own: str) -> LettresView:
        shelf, edition = self.shelf, "" if self.shelf.code == REGION else self.shelf.nom
        head = f"{LETTER}, édition {edition}" if edition else LETTER
        above = [Lien("Accueil", HOME)]
        above += [Lien(LETTER, LETTERS)] * (bool(edition) or not self.first)
        above += [Lien(edition, letters_of(shelf.code))] * (bool(edition) and not self.first)
        subscribing = subscription(site, shelf.code)
        rows = tuple(map(told, self.releases))
        following = shelf.prochain if self.first else None
        return LettresView(
            cadre=frame,
            titre=(edition or LETTER) if self.first else str(self.year),
            description=f"{LETTER} {site.config.en_region} : les numéros, l’abonnement.",
            url=letters_of(shelf.code, None if self.first else self.year),
            fil=tuple(above),
            flux=linked_feeds(site, letters_of(shelf.code), LETTERS),
            formulaires=origins_of(subscribing),
            entete=head if self.first else f"{head} en {self.year}",
            chapo=_LEAD,
            edition=edition,
            editions=self.editions,
            dernier=rows[0] if self.first and rows else None,
            prochain=_following(following) if following else None,
            annee=self.year,
            numeros=rows[1:] if self.first else rows,
            annees=self.years,
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
