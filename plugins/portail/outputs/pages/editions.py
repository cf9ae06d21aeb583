"""Pages of the editions of yearly rendezvous: what to know, the villages, each day; then one
programme for everyone and one for schools."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.temps_fort import TempsFort
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.edition_places import Asked, counts_of, departements_of
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.kit import Kit, contribution, kit_of
from portail.outputs.pages.machine import shared
from portail.outputs.pages.machine.editions import edition_machine
from portail.outputs.pages.programme import by_day, by_format, gatherings
from portail.outputs.pages.tables import figures
from portail.outputs.pages.temps_fort import count_of, days_of
from portail.outputs.pages.views.edition import EditionView, ProgrammeEditionView
from portail.outputs.pages.views.shared import Lien, Vide
from portail.site.editions import (
    YearOf,
    for_everyone,
    for_schools,
    heads_of,
    is_to_come,
    last_day,
    years_of,
)
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import HOME, edition_of, programme_of
from portail.text.inline import plain
from portail.text.typography import capital

__all__ = ["plan_editions"]

_PUBLICS = (("grand-public", "Grand public"), ("scolaires", "Scolaires"))
"""Programmes of an edition: the end of their address, their title."""


def plan_editions(site: Site) -> Iterator[TemplatePage]:
    """A page for each edition that has something to tell, and two programmes when it has events."""
    hint = SitemapHint()
    for item in site.of_kind(Kind.TEMPS_FORT):
        for year in _years(site, item.ref):
            of = (item.ref, year.annee)
            url = edition_of(item.url, year.annee)
            yield drawn(site, url, "edition.html", _edition, *of, sitemap=hint)
            for public, _ in _PUBLICS if year.events else ():
                url = programme_of(item.url, year.annee, public)
                yield drawn(site, url, "programme.html", _programme, *of, public, sitemap=hint)


@per_site
def _years(site: Site, ref: str) -> tuple[YearOf, ...]:
    """Years of a rendezvous that have a page."""
    return tuple(one for one in years_of(site.items[ref], site) if one.told)


def _maker(site: Site, ref: str, year: int) -> _Maker:
    (found,) = (one for one in _years(site, ref) if one.annee == year)
    return _Maker(site, kit_of(site), site.items[ref], found)


def _edition(site: Site, ref: str, year: int) -> EditionView:
    return _maker(site, ref, year).edition(_years(site, ref))


def _programme(site: Site, ref: str, year: int, public: str) -> ProgrammeEditionView:
    return _maker(site, ref, year).programme(public, dict(_PUBLICS)[public])


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the pages of one year of a rendezvous."""

    site: Site
    kit: Kit
    item: Item
    year: YearOf

    @property
    def _url(self) -> str:
        return edition_of(self.item.url, self.year.annee)

    @property
    def _title(self) -> str:
        return f"{plain(self.item.entry.titre)} {self.year.annee}"

    def edition(self, years: Sequence[YearOf]) -> EditionView:
        """The page of the edition, among those that have one."""
        entry, year = self.item.entry, self.year
        assert isinstance(entry, TempsFort)
        edition = year.edition
        heads = year.heads
        about = edition.theme if edition and edition.theme else ""
        jours = days_of(edition)
        coming = is_to_come(edition, self.site.day.date)
        card = card_of(self.site, self.item.ref)
        return EditionView(
            **self._common(self._title, self._url),
            description=". ".join(filter(None, (self._title, jours, about))) + ".",
            jours=jours,
            chapo=about or entry.resume or "",
            nombre=count_of(len(heads)) if heads else "",
            boutons=(Lien("Site officiel", entry.site),) if entry.site else (),
            publics=tuple(self._counted(*one) for one in _PUBLICS) if heads else (),
            programmes=(
                *gatherings(heads, self.site),
                *by_day("Jour par jour", heads, self.site),
            ),
            chiffres=figures(edition.chiffres) if edition else (),
            participer=(entry.participer or "") if coming else "",
            autres=tuple(
                Lien(str(one.annee), edition_of(self.item.url, one.annee), days_of(one.edition))
                for one in years
                if one.annee != year.annee
            ),
            vide=None if heads else self._nothing(coming),
            machine=edition_machine(self.item, year, heads, self._url, self.site, shared(card)),
        )

    def _common(self, titre: str, url: str) -> dict[str, Any]:
        info, entry = Kind.TEMPS_FORT.info, self.item.entry
        trail = [Lien("Accueil", HOME), Lien(info.rubrique, info.listing)]
        trail.append(Lien(plain(entry.titre), self.item.url))
        if url != self._url:
            trail.append(Lien(str(self.year.annee), self._url))
        return {
            "cadre": frame_of(self.site),
            "titre": titre,
            "url": url,
            "fil": tuple(trail),
            "rubrique": info.listing,
            "theme": entry.themes[0] if entry.themes else "",
            "onglets": tuple(self._tabs()),
            "calendrier": self.site.calendars.url_of(self.item.url),
        }

    def _tabs(self) -> Iterator[Lien]:
        yield Lien("Toute l’édition", self._url)
        if self.year.events:
            for public, title in _PUBLICS:
                yield Lien(title, programme_of(self.item.url, self.year.annee, public))

    def _events(self, public: str) -> tuple[Item, ...]:
        """Events for some public; those that another event holds are told by its page, but to
        schools, which choose one by one."""
        chosen = for_schools if public == "scolaires" else for_everyone
        found = tuple(
            one for one in self.year.events if isinstance(one.entry, Event) and chosen(one.entry)
        )
        return found if public == "scolaires" else heads_of(found)

    def _counted(self, public: str, title: str) -> tuple[Lien, tuple[Lien, ...]]:
        """A programme with how many events it has, then by département."""
        url = programme_of(self.item.url, self.year.annee, public)
        events = self._events(public)
        return (
            Lien(title, url, count_of(len(events)) if events else "Rien d’annoncé"),
            tuple(counts_of(events, self.kit, url)),
        )

    def _nothing(self, coming: bool) -> Vide:
        year = self.year.annee
        if coming:
            ways = contribution("Proposer un événement", Kind.EVENT)
            return Vide(
                f"Le programme {year} n’est pas encore publié",
                issues=ways,
                fin=last_day(self.year.edition),
            )
        return Vide(f"Le portail ne connaît aucun événement de l’édition {year}")

    def programme(self, public: str, title: str) -> ProgrammeEditionView:
        """The programme for some public."""
        events = self._events(public)
        url = programme_of(self.item.url, self.year.annee, public)
        words = "des scolaires" if public == "scolaires" else "grand public"
        formats = self.kit.vocabularies["formats"].items()
        days = by_day("", events, self.site)
        return ProgrammeEditionView(
            **self._common(f"Programme {words}", url),
            surtitre=self._title,
            description=f"{self._title}, programme {words} : par département, jour et format.",
            jours=days_of(self.year.edition),
            nombre=self._count(events),
            departements=tuple(departements_of(self._asked(public), self.site, self.kit)),
            par_jour=days[0].groupes if days else (),
            par_format=by_format(
                events, self.site, {code: capital(one.pluriel) for code, one in formats}
            ),
        )

    def _asked(self, public: str) -> Asked:
        other, title = next(one for one in _PUBLICS if one[0] != public)
        schools = public == "scolaires"
        words = "pour les scolaires" if schools else "grand public"
        return Asked(
            self._events(public),
            f"{words} dans le programme {self.year.annee}",
            self._events(other),
            Lien(f"Programme {title.lower()}", programme_of(self.item.url, self.year.annee, other)),
            schools,
        )

    def _count(self, events: Sequence[Item]) -> str:
        """« 12 événements dans 7 communes »."""
        towns = len({one.commune.code for one in events if one.commune})
        where = f" dans {towns} commune{'s' * (towns > 1)}" if towns else ""
        return f"{count_of(len(events))}{where}" if events else ""
