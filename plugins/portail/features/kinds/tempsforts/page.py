"""Pages of the editions of yearly rendezvous that are over, what the page of a rendezvous shows of
the one to come; for each year, a programme for everyone, one for schools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from portail.facts.audience import groups, reserved
from portail.facts.base import sort
from portail.facts.place import PARTOUT, online_link, place_of, town
from portail.facts.when import times
from portail.features.kinds.evenements.programme import awaiting, by_day, by_format, gatherings
from portail.features.services.agenda.views import state_labels
from portail.features.services.bilans.page import shown_of, table_file, table_link
from portail.features.services.bilans.returns import told_of
from portail.features.services.editions import editions
from portail.features.services.fondsdecarte.outlines import outlines_of
from portail.features.services.referencement.nodes import shared
from portail.geo.coordinates import LatLon, distance_km
from portail.model.event import Event
from portail.model.kinds import DATED, YEARLY, info_of
from portail.outputs.base import Artifact, SitemapHint, drawn
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.entry.inputs import figures
from portail.outputs.pages.frame import ACCUEIL, contributions, frame_of
from portail.outputs.pages.slots import FOR_SCHOOLS
from portail.outputs.pages.views.shared import Lien, Vide
from portail.outputs.pages.words import WORDS as SITE_WORDS
from portail.site.item import Item, parent_of
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import COMMUNES
from portail.text.normalise import slugify, sort_key
from portail.text.typography import capital, plain

from .model import TempsFort
from .views import (
    DepartementView,
    EditionMontreeView,
    EditionView,
    LigneProgramme,
    ProgrammeEditionView,
    QuandView,
)
from .years import (
    WORDS,
    awaited,
    bilan_of_edition,
    count_of,
    edition_machine,
    edition_of,
    page_of_year,
    present_year,
    programme_of,
    steps,
    told_years,
)

# The programme of an edition of a yearly rendezvous: its events for a public, by place.

_ONLINE = "En ligne"
_NOWHERE = WORDS["sans_lieu"]
# Under what stands what is in no département, after all others.
NO_PLACE = (PARTOUT, _ONLINE, _NOWHERE)


def events_for(year: editions.YearOf, public: str) -> tuple[Item, ...]:
    """Events of a year for some public; only schools are told what another event holds."""
    chosen = editions.for_schools if public == "scolaires" else editions.for_everyone
    events = tuple(
        event for event in year.events if isinstance(event.entry, Event) and chosen(event.entry)
    )
    if public == "scolaires":
        return events
    return editions.heads_of(events)


def by_place(events: Sequence[Item], site: Site) -> Mapping[str, Sequence[Item]]:
    """Events by département: the region's, even empty, others, then what is everywhere or
    nowhere.
    """
    geography = site.geography
    home = geography.home
    by_departement: dict[str, list[Item]] = defaultdict(list)
    for item in events:
        departement = None
        if item.commune:
            departement = geography.departement(item.commune.departement)
        name = _NOWHERE
        if departement:
            name = departement.nom
        elif item.partout:
            name = PARTOUT
        elif isinstance(item.entry, Event) and online_link(item.entry):
            name = _ONLINE
        by_departement[name].append(item)
    ours = []
    if home:
        ours = [departement.nom for departement in geography.departements_of(home.code)]
    ordered = sorted(ours, key=sort_key)
    elsewhere = sorted(by_departement.keys() - {*ours, *NO_PLACE}, key=sort_key)
    others_by_name = (name for name in (*elsewhere, *NO_PLACE) if name in by_departement)
    return {name: by_departement.get(name, ()) for name in (*ordered, *others_by_name)}


def line_of(item: Item, site: Site, *, schools: bool) -> LigneProgramme:
    """The line of an event, under the name of its commune."""
    entry = item.of(Event)
    every = tuple(times(entry, item.occurrences))
    parent = site.items.get(parent_of(entry))
    details = (
        capital(sort(item, site).short),
        place_of(item, site, commune=False),
        "En ligne" if entry.mode == "hybride" else "",
        parent.name if parent else "",
        reserved(item, site).line,
    )
    _, group = groups(item, site) if schools else ("", ())
    return LigneProgramme(
        entry.titre,
        item.url,
        item.theme,
        quand=tuple(
            QuandView(time.phrase, time.iso, state_labels(time.etat), time.etat == "annule")
            for time in every
        ),
        details=tuple(filter(None, details)),
        niveaux=tuple(level.short for level in group if level.short),
        annule=all(time.etat == "annule" for time in every),
    )


class ProgrammeRequest(Struct, frozen=True):
    """A programme as it is asked for, ``phrase`` its public in words; what is looked at where it
    has nothing (``fallback``), which the programme of ``fallback_link`` tells."""

    events: Sequence[Item]
    phrase: str
    fallback: Sequence[Item]
    fallback_link: Lien
    schools: bool


def departements_of(request: ProgrammeRequest, site: Site) -> Iterator[DepartementView]:
    fallbacks = by_place(request.fallback, site)
    for name, of_place in by_place(request.events, site).items():
        if of_place:
            towns = tuple(
                (town, tuple(line_of(item, site, schools=request.schools) for item in rows))
                for town, rows in editions.by_town(of_place)
            )
            yield DepartementView(name, _anchor(name), len(of_place), towns)
        else:
            nothing = _nothing(name, request, fallbacks.get(name, ()), site)
            yield DepartementView(name, _anchor(name), 0, vide=nothing)


def _anchor(name: str) -> str:
    return slugify(name).capitalize()


def _nothing(
    name: str,
    request: ProgrammeRequest,
    fallbacks: Sequence[Item],
    site: Site,
) -> Vide:
    centre = _centre(name, site)
    near = _nearest(centre, request.events)
    nearest = near or _nearest(centre, request.fallback)
    agenda = site.ahead.page_of(("departement", slugify(name)))
    ways = {
        f"{request.fallback_link.texte} : {name}": f"{request.fallback_link.url}#{_anchor(name)}"
        if fallbacks
        else "",
        f"Tout l’agenda : {name}": agenda,
    }
    return Vide(
        WORDS["aucun"].format(nom=name, quoi=request.phrase),
        "Le plus proche :" if near else "Le plus proche, tous publics confondus :",
        tuple(Lien(text, url) for text, url in ways.items() if url),
        Lien(nearest.name, nearest.url, town(nearest.commune)) if nearest else None,
    )


def _centre(name: str, site: Site) -> LatLon | None:
    geography = site.geography
    for code, outline in outlines_of(geography).departements.items():
        departement = geography.departement(code)
        if departement and departement.nom == name:
            return outline.middle
    return None


def _nearest(centre: LatLon | None, events: Sequence[Item]) -> Item | None:
    placed = [
        (distance_km(centre, (town.lat, town.lon)), item.ref, item)
        for item in events
        if centre and (town := item.commune) and town.lat is not None and town.lon is not None
    ]
    if placed:
        return min(placed)[2]
    return None


# Programmes of an edition: the end of their address, their title.
_PUBLICS = (("grand-public", "Grand public"), ("scolaires", "Scolaires"))


def plan_editions(site: Site) -> Iterator[Artifact]:
    """A page for each edition that has something to tell, unless its rendezvous tells it;
    programmes.
    """
    for item in site.of_kinds(YEARLY):
        hint = SitemapHint() if item.entry.indexable else None
        for year in told_years(site, item.ref):
            of = (item.ref, year.annee)
            url = edition_of(item.url, year.annee)
            if year.annee != present_year(site, item.ref):
                yield drawn(site, url, "edition.html", _edition, *of, sitemap=hint)
            if bilan_of_edition(site, *of).tables:
                yield table_file(site, url, bilan_of_edition, *of)
            if year.events:
                for public, _ in _PUBLICS:
                    url = programme_of(item.url, year.annee, public)
                    yield drawn(site, url, "programme.html", _programme, *of, public, sitemap=hint)


def _maker(site: Site, ref: str, annee: int) -> _YearPages:
    (edition,) = (edition for edition in told_years(site, ref) if edition.annee == annee)
    return _YearPages(site, site.items[ref], edition)


@answer
def shown_edition(site: Site, ref: str, annee: int) -> EditionMontreeView:
    """What the page of a rendezvous shows of an edition."""
    if annee not in {edition.annee for edition in told_years(site, ref)}:
        return EditionMontreeView()
    return _maker(site, ref, annee).shown()


def _edition(site: Site, ref: str, year: int) -> EditionView:
    return _maker(site, ref, year).edition(told_years(site, ref))


def _programme(site: Site, ref: str, year: int, public: str) -> ProgrammeEditionView:
    return _maker(site, ref, year).programme(public)


class _YearPages(Struct, frozen=True):
    """Makes the pages of one year of a rendezvous."""

    site: Site
    item: Item
    year: editions.YearOf

    @property
    def _url(self) -> str:
        return edition_of(self.item.url, self.year.annee)

    @property
    def _own_page(self) -> str:
        return page_of_year(self.site, self.item.ref, self.year.annee)

    @property
    def _title(self) -> str:
        return f"{self.item.name} {self.year.annee}"

    def shown(self) -> EditionMontreeView:
        site = self.site
        edition = self.year.edition
        present = self.year.annee == present_year(site, self.item.ref)
        counted = []
        if self.year.events:
            counted = [self.counted(*public) for public in _PUBLICS]
        places = counted[0][1] if counted else ()
        near = present and bool(places) and site.geography.home is not None
        return EditionMontreeView(
            lieux=tuple(place for place in places if place.texte not in NO_PLACE),
            publics=tuple(programme for programme, _ in counted) if present else (),
            chiffres=figures(edition.chiffres) if edition and present else (),
            filtre=f"temps-fort={self.item.entry.slug}",
            communes=COMMUNES if near else "",
        )

    def edition(self, years: Sequence[editions.YearOf]) -> EditionView:
        site = self.site
        item = self.item
        year = self.year
        entry = item.of(TempsFort)
        edition = year.edition
        heads = year.heads
        of = (site, item.ref, year.annee)
        undated = awaiting(year.undated, site)
        bilan = bilan_of_edition(*of)
        about = edition.theme if edition and edition.theme else ""
        jours = editions.edition_days(edition)
        coming = editions.is_to_come(edition, site.day.date)
        image = shared(card_of(site, item.ref), item, site)
        siblings = (
            (sibling.annee, sibling.edition) for sibling in years if sibling.annee != year.annee
        )
        days = by_day("Jour par jour", heads, site)
        return EditionView(
            **self._common(self._title, self._url),
            description=". ".join(filter(None, (self._title, jours, about))) + ".",
            jours=jours,
            chapo=about or entry.resume or "",
            nombre=count_of(*editions.shares(heads)),
            boutons=(Lien("Site officiel", entry.site),) if entry.site else (),
            publics=tuple(self.counted(*public) for public in _PUBLICS) if heads else (),
            programmes=(*gatherings(heads, site), *days, *undated),
            chiffres=figures(edition.chiffres) if edition else (),
            participer=(entry.participer or "") if coming else "",
            autres=tuple(
                Lien(
                    str(annee), page_of_year(site, item.ref, annee), editions.edition_days(edition)
                )
                for annee, edition in siblings
            ),
            vide=None if heads or undated else self._nothing(coming),
            etapes=steps(*of),
            **shown_of(bilan),
            fichier=table_link(self._url) if bilan.tables else None,
            invente=bool(told_of(*of)[1].invented),
            attendus=awaited(*of),
            machine=edition_machine(item, year, heads, url=self._url, site=site, image=image),
        )

    def _common(self, titre: str, url: str) -> dict[str, Any]:
        info = info_of(YEARLY)
        entry = self.item.entry
        trail = [ACCUEIL, Lien(info.rubrique, info.listing)]
        trail.append(Lien(plain(entry.titre), self.item.url))
        if self._own_page not in (url, self.item.url):
            trail.append(Lien(str(self.year.annee), self._own_page))
        return {
            "cadre": frame_of(self.site),
            "titre": titre,
            "url": url,
            "fil": tuple(trail),
            "noindex": not entry.indexable,
            "rubrique": info.listing,
            "theme": self.item.theme,
            "onglets": tuple(self._tabs()),
            "calendrier": self.site.ways(self.item.url).calendar,
        }

    def _tabs(self) -> Iterator[Lien]:
        yield Lien("Toute l’édition", self._own_page)
        if self.year.events:
            for public, title in _PUBLICS:
                yield Lien(title, programme_of(self.item.url, self.year.annee, public))

    def counted(self, public: str, title: str) -> tuple[Lien, tuple[Lien, ...]]:
        url = programme_of(self.item.url, self.year.annee, public)
        events = events_for(self.year, public)
        places = tuple(
            Lien(name, f"{url}#{_anchor(name)}", str(len(of_place)))
            for name, of_place in by_place(events, self.site).items()
            if of_place
        )
        return Lien(title, url, count_of(*editions.shares(events)) or "Rien d’annoncé"), places

    def _nothing(self, coming: bool) -> Vide:
        year = self.year.annee
        ways = contributions(self.site, DATED)
        if coming and ways:
            return Vide(
                SITE_WORDS["etats"]["a_publier"].format(annee=year),
                issues=ways,
                fin=editions.last_day(self.year.edition),
            )
        return Vide(SITE_WORDS["etats"]["inconnu"].format(annee=year))

    def programme(self, public: str) -> ProgrammeEditionView:
        events = events_for(self.year, public)
        url = programme_of(self.item.url, self.year.annee, public)
        words = "des scolaires" if public == "scolaires" else "grand public"
        formats = self.site.vocabularies["formats"].items()
        days = by_day("", events, self.site)
        towns = len({event.commune.code for event in events if event.commune})
        where = ""
        if towns:
            where = f" dans {towns} commune{'s' * (towns > 1)}"
        return ProgrammeEditionView(
            **self._common(f"Programme {words}", url),
            surtitre=self._title,
            description=WORDS["description"].format(edition=self._title, public=words),
            jours=editions.edition_days(self.year.edition),
            nombre=f"{count_of(*editions.shares(events))}{where}" if events else "",
            departements=tuple(departements_of(self._request(public), self.site)),
            par_jour=days[0].groupes if days else (),
            ailleurs=tuple(FOR_SCHOOLS.ask(self.site)) if public == "scolaires" else (),
            par_format=by_format(
                events, self.site, {code: capital(term.pluriel) for code, term in formats}
            ),
        )

    def _request(self, public: str) -> ProgrammeRequest:
        fallback, title = next(row for row in _PUBLICS if row[0] != public)
        schools = public == "scolaires"
        words = "pour les scolaires" if schools else "grand public"
        return ProgrammeRequest(
            events_for(self.year, public),
            f"{words} dans le programme {self.year.annee}",
            events_for(self.year, fallback),
            Lien(
                f"Programme {title.lower()}", programme_of(self.item.url, self.year.annee, fallback)
            ),
            schools,
        )
