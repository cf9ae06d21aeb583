"""Pages of the editions of yearly rendezvous that are over, what the page of a rendezvous shows of
the one to come; for each year, a programme for everyone, one for schools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from portail.facts.audience import groups, reserved
from portail.facts.base import sort
from portail.facts.place import PARTOUT, online_link, place_of, town
from portail.facts.when import times
from portail.features.kinds.evenements.programme import (
    SeanceView,
    awaiting,
    by_day,
    by_format,
    gatherings,
)
from portail.features.services.agenda.views import state_labels
from portail.features.services.bilans.page import shown_of, table_file, table_link
from portail.features.services.bilans.returns import told_of, year_of
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
from portail.outputs.pages.views.shared import Lien, PageView, Vide, page_view
from portail.outputs.pages.words import WORDS as SITE_WORDS
from portail.site.item import Item, parent_of
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import COMMUNES
from portail.text.normalise import slugify, sort_key
from portail.text.typography import capital, plain

from .model import TempsFort
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


def line_of(item: Item, site: Site, *, schools: bool) -> SimpleNamespace:
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
    return SimpleNamespace(
        titre=entry.titre,
        url=item.url,
        theme=item.theme,
        quand=tuple(
            SeanceView(time.phrase, time.iso, "", state_labels(time.etat), time.etat == "annule")
            for time in every
        ),
        details=tuple(filter(None, details)),
        niveaux=tuple(level.short for level in group if level.short),
        annule=all(time.etat == "annule" for time in every),
    )


def departements_of(
    site: Site, item: Item, year: editions.YearOf, public: str
) -> Iterator[SimpleNamespace]:
    """The programme of a year for a public, by département; where one has nothing, what is looked
    at: the nearest event, the programme for others."""
    schools = public == "scolaires"
    events = events_for(year, public)
    (other,) = _PUBLICS.keys() - {public}
    others = events_for(year, other)
    elsewhere = by_place(others, site)
    for name, of_place in by_place(events, site).items():
        anchor = _anchor(name)
        if of_place:
            towns = tuple(
                (town, tuple(line_of(item, site, schools=schools) for item in rows))
                for town, rows in editions.by_town(of_place)
            )
            yield SimpleNamespace(
                nom=name, ancre=anchor, nombre=len(of_place), communes=towns, vide=None
            )
            continue
        ways = []
        if elsewhere.get(name):
            url = f"{programme_of(item.url, year.annee, other)}#{anchor}"
            ways.append(Lien(f"Programme {_PUBLICS[other].lower()} : {name}", url))
        if agenda := site.ahead.page_of(("departement", slugify(name))):
            ways.append(Lien(f"Tout l’agenda : {name}", agenda))
        centre = _centre(name, site)
        near = _nearest(centre, events)
        nearest = near or _nearest(centre, others)
        words = "pour les scolaires" if schools else "grand public"
        nothing = Vide(
            WORDS["aucun"].format(nom=name, quoi=f"{words} dans le programme {year.annee}"),
            "Le plus proche :" if near else "Le plus proche, tous publics confondus :",
            tuple(ways),
            Lien(nearest.name, nearest.url, town(nearest.commune)) if nearest else None,
        )
        yield SimpleNamespace(nom=name, ancre=anchor, nombre=0, vide=nothing, communes=())


def _anchor(name: str) -> str:
    return slugify(name).capitalize()


def _centre(name: str, site: Site) -> LatLon | None:
    geography = site.geography
    for code, outline in outlines_of(geography).departements.items():
        departement = geography.departement(code)
        if departement and departement.nom == name:
            return outline.middle
    return None


def _nearest(centre: LatLon | None, events: Sequence[Item]) -> Item | None:
    placed = [
        (distance_km(centre, point), item.ref, item)
        for item in events
        if centre and item.commune and (point := item.commune.point)
    ]
    if placed:
        return min(placed)[2]
    return None


# Programmes of an edition: the end of their address, their title.
_PUBLICS = {"grand-public": "Grand public", "scolaires": "Scolaires"}


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
                for public in _PUBLICS:
                    url = programme_of(item.url, year.annee, public)
                    yield drawn(site, url, "programme.html", _programme, *of, public, sitemap=hint)


def _year(site: Site, ref: str, annee: int) -> editions.YearOf:
    year = year_of(site, ref, annee)
    assert year
    return year


@answer
def shown_edition(site: Site, ref: str, annee: int) -> SimpleNamespace:
    """What the page of a rendezvous shows of an edition."""
    year = next((year for year in told_years(site, ref) if year.annee == annee), None)
    if year is None:
        return SimpleNamespace(lieux=(), publics=(), chiffres=(), filtre="", communes="")
    item = site.items[ref]
    edition = year.edition
    present = annee == present_year(site, ref)
    counted = _counted(site, item, year) if year.events else []
    places = counted[0][1] if counted else ()
    near = present and bool(places) and site.geography.home is not None
    return SimpleNamespace(
        lieux=tuple(place for place in places if place.texte not in NO_PLACE),
        publics=tuple(programme for programme, _ in counted) if present else (),
        chiffres=figures(edition.chiffres) if edition and present else (),
        filtre=f"temps-fort={item.entry.slug}",
        communes=COMMUNES if near else "",
    )


def _counted(site: Site, item: Item, year: editions.YearOf) -> list[tuple[Lien, tuple[Lien, ...]]]:
    # The programmes of a year, each with its places and how many events these have.
    counted = []
    for public, title in _PUBLICS.items():
        url = programme_of(item.url, year.annee, public)
        events = events_for(year, public)
        places = tuple(
            Lien(name, f"{url}#{_anchor(name)}", str(len(of_place)))
            for name, of_place in by_place(events, site).items()
            if of_place
        )
        count = count_of(*editions.shares(events)) or "Rien d’annoncé"
        counted.append((Lien(title, url, count), places))
    return counted


def _edition(site: Site, ref: str, annee: int) -> PageView:
    item = site.items[ref]
    year = _year(site, ref, annee)
    entry = item.of(TempsFort)
    edition = year.edition
    heads = year.heads
    url = edition_of(item.url, annee)
    title = f"{item.name} {annee}"
    undated = awaiting(year.undated, site)
    bilan = bilan_of_edition(site, ref, annee)
    about = (edition and edition.theme) or ""
    jours = editions.edition_days(edition)
    coming = editions.is_to_come(edition, site.day.date)
    image = shared(card_of(site, ref), item, site)
    return page_view(
        **_common(site, item, year, titre=title, url=url),
        description=". ".join(filter(None, (title, jours, about))) + ".",
        jours=jours,
        chapo=about or entry.resume or "",
        nombre=count_of(*editions.shares(heads)),
        boutons=(Lien("Site officiel", entry.site),) if entry.site else (),
        publics=tuple(_counted(site, item, year)) if heads else (),
        programmes=(
            *gatherings(heads, site),
            *by_day("Jour par jour", heads, site),
            *undated,
        ),
        chiffres=figures(edition.chiffres) if edition else (),
        participer=(entry.participer or "") if coming else "",
        autres=tuple(
            Lien(
                str(other.annee),
                page_of_year(site, ref, other.annee),
                editions.edition_days(other.edition),
            )
            for other in told_years(site, ref)
            if other.annee != annee
        ),
        vide=None if heads or undated else _no_event(site, year, coming),
        etapes=steps(site, ref, annee),
        **shown_of(bilan),
        fichier=table_link(url) if bilan.tables else None,
        invente=bool(told_of(site, ref, annee)[1].invented),
        attendus=awaited(site, ref, annee),
        machine=edition_machine(item, year, heads, url=url, site=site, image=image),
    )


def _common(
    site: Site, item: Item, year: editions.YearOf, *, titre: str, url: str
) -> dict[str, Any]:
    info = info_of(YEARLY)
    entry = item.entry
    above = page_of_year(site, item.ref, year.annee)
    trail = [ACCUEIL, Lien(info.rubrique, info.listing)]
    trail.append(Lien(plain(entry.titre), item.url))
    if above not in (url, item.url):
        trail.append(Lien(str(year.annee), above))
    programmes = _PUBLICS.items() if year.events else ()
    tabs = (Lien(title, programme_of(item.url, year.annee, public)) for public, title in programmes)
    return {
        "cadre": frame_of(site),
        "titre": titre,
        "url": url,
        "fil": tuple(trail),
        "noindex": not entry.indexable,
        "rubrique": info.listing,
        "theme": item.theme,
        "onglets": (Lien("Toute l’édition", above), *tabs),
        "calendrier": site.ways(item.url).calendar,
    }


def _no_event(site: Site, year: editions.YearOf, coming: bool) -> Vide:
    ways = contributions(site, DATED)
    words = SITE_WORDS["etats"]
    if coming and ways:
        said = words["a_publier"].format(annee=year.annee)
        return Vide(said, issues=ways, fin=editions.last_day(year.edition))
    return Vide(words["inconnu"].format(annee=year.annee))


def _programme(site: Site, ref: str, annee: int, public: str) -> PageView:
    item = site.items[ref]
    year = _year(site, ref, annee)
    schools = public == "scolaires"
    events = events_for(year, public)
    title = f"{item.name} {annee}"
    words = "des scolaires" if schools else "grand public"
    formats = site.vocabularies["formats"].items()
    days = by_day("", events, site)
    towns = len({event.commune.code for event in events if event.commune})
    where = ""
    if towns:
        where = f" dans {towns} commune{'s' * (towns > 1)}"
    url = programme_of(item.url, annee, public)
    return page_view(
        **_common(site, item, year, titre=f"Programme {words}", url=url),
        surtitre=title,
        description=WORDS["description"].format(edition=title, public=words),
        jours=editions.edition_days(year.edition),
        nombre=f"{count_of(*editions.shares(events))}{where}" if events else "",
        departements=tuple(departements_of(site, item, year, public)),
        par_jour=days[0].groupes if days else (),
        ailleurs=tuple(FOR_SCHOOLS.ask(site)) if schools else (),
        par_format=by_format(events, site, {code: capital(term.pluriel) for code, term in formats}),
    )
