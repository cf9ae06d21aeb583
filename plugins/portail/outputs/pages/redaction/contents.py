"""Sections of the desk: what ends, is old, lacks, is there twice, waits for a return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from portail.agenda.occurrences import span
from portail.facts.base import names, text_of
from portail.facts.price import host_of
from portail.facts.when import day_of
from portail.figures.returns import edition_of, lacking_returns, last_over
from portail.geo.places import short_name
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.ressource import Ressource
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.grounds import has_coverage
from portail.outputs.guides import has_guides
from portail.outputs.pages.entry.state import return_form
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.kit import mailto
from portail.outputs.pages.redaction.rows import (
    MOST,
    TWIN_EVENTS,
    WORDS,
    LigneRedaction,
    RedactionView,
    SectionRedaction,
    TableRedaction,
    dead_links,
    file_link,
    items_by_path,
    line,
    mail_about,
    outside_address,
    page_link,
    row,
    section,
    structure_mail,
    warnings_told,
)
from portail.outputs.pages.views.shared import Lien
from portail.resources import docs_dir
from portail.site.coverage import CLASSES, COVERAGE_DAYS, REACH, Cover, coverage
from portail.site.desk import (
    WANTED,
    Ending,
    Lacking,
    Stale,
    awaiting,
    ending,
    label_of,
    lacking,
    stale,
    unsaid,
)
from portail.site.editions import YearOf
from portail.site.item import Item
from portail.site.site import Site
from portail.site.twins import twins
from portail.site.urls import COVERAGE, DESK
from portail.text.dates import jour, periode
from portail.text.typography import capital, nombre, plain


def returns_told(site: Site) -> SectionRedaction:
    """Of the last edition over of each rendezvous: who has to tell; what was hard."""
    waiting: list[LigneRedaction] = []
    hard: list[LigneRedaction] = []
    for highlight in site.of_kind(Kind.TEMPS_FORT):
        year = last_over(site, highlight.ref)
        if year:
            name = f"{plain(highlight.entry.titre)} {year.annee}"
            waiting += [
                _waiting(one, name, site)
                for one in lacking_returns(site, highlight.ref, year.annee)
            ]
            told = sorted(set(_hard(highlight.ref, year, site)))
            hard += [line(Lien(text), name) for text in told]
    tables = ((waiting[:MOST], len(waiting)), (hard[:MOST], len(hard)))
    return section("Retours", *tables, total=len(waiting))


def _hard(ref: str, year: YearOf, site: Site) -> Iterator[str]:
    _, _, found = edition_of(site, ref, year.annee)
    for told in found.told:
        yield from (one.difficultes for one in told.returns if one.difficultes)


def _waiting(item: Item, name: str, site: Site) -> LigneRedaction:
    address = _request(item, name, site)
    write = (Lien("Écrire", address),) if address else ()
    form = Lien("Retour", return_form(item))
    days = capital(periode(*span(item.occurrences)))
    return row(item, site.config, name, days, more=(*write, form))


def _request(item: Item, name: str, site: Site) -> str:
    """The message that asks the first organiser with an address, else the place, or ``""``."""
    event, config = item.of(Event), site.config
    named = (*event.organisateurs, *([event.lieu] if event.lieu else []))
    found = (site.find(one, Kind.LIEU) for one in named)
    owners = (one.entry for one in found if one and isinstance(one.entry, Lieu))
    address = next(filter(None, map(structure_mail, owners)), "")
    if not address:
        return ""
    title = plain(event.titre)
    asked = WORDS["retour_bonjour"].format(titre=title, edition=name, nom=config.nom_complet)
    lines = ["Bonjour,", "", asked, *outside_address(return_form(item), config)]
    lines += [WORDS["retour_suite"], "", WORDS["merci"], WORDS["signature"].format(nom=config.nom)]
    return mailto(address, WORDS["retour_sujet"].format(titre=title), "\n".join(lines))


def ends(site: Site) -> SectionRedaction:
    """What ends within ``DAYS``, and coming events that do not say what one needs to come."""
    soon, lacking_events = ending(site), unsaid(site)
    rows = [
        row(one.item, site.config, capital(jour(one.jour)), _what(one, site)) for one in soon[:MOST]
    ]
    told = [
        row(
            one.item,
            site.config,
            capital(jour(one.jour)),
            capital(", ".join(WORDS["manques"][name] for name in one.manques)),
        )
        for one in lacking_events[:MOST]
    ]
    undated = awaiting(site)
    to_set = [row(one, site.config, _year(one, site)) for one in undated[:MOST]]
    tables = ((rows, len(soon)), (told, len(lacking_events)), (to_set, len(undated)))
    return section("Echeances", *tables)


def _year(item: Item, site: Site) -> str:
    """« Fête de la science 2022 »."""
    return f"{text_of(names(item, site, 'temps_fort'))} {item.of(Event).edition}"


def _what(one: Ending, site: Site) -> str:
    entry, words = one.item.entry, str(WORDS["fins"][one.quoi])
    if one.quoi != "pret" or not isinstance(entry, Ressource):
        return words
    who, _ = host_of(entry.itinerance[one.rang], site)
    return f"{words} : {who}" if who else words


def stale_sheets(site: Site) -> SectionRedaction:
    """Sheets to check again, with the message to the structure."""
    found = stale(site)
    rows = [
        row(one.item, site.config, *_since(one), more=tuple(_mail(one, site)))
        for one in found[:MOST]
    ]
    notes = ("ecrire",) if site.config.siteurl else ("ecrire", "sans_adresse")
    return section("Verifier", (rows, len(found)), notes=[WORDS[one] for one in notes if found])


def _since(one: Stale) -> tuple[str, str]:
    kind, day = one.item.entry.kind, day_of(one.depuis) if one.depuis else ""
    told = capital(day) if kind is Kind.LIEU else f"Modifiée le {day}"
    return capital(kind.info.nom), told if day else "Jamais"


def _mail(one: Stale, site: Site) -> Iterator[Lien]:
    if address := mail_about(one, site):
        yield Lien("Écrire", address)


def lacks(site: Site) -> SectionRedaction:
    """Contents and the fields that readers miss there: field by field, then kind by kind."""
    found = {kind: ones for kind in WANTED if (ones := lacking(site, kind))}
    fields = []
    for kind, ones in found.items():
        for lack, count in Counter(lack for one in ones for lack in one.champs).most_common():
            name, why = Lien(capital(label_of(kind, lack))), capital(lack.pourquoi)
            fields.append(line(name, kind.info.plusieurs, nombre(count), why))
    told = section("Manques", (fields, len(fields)), total=sum(map(len, found.values())))
    return replace(told, tables=(*told.tables, *(_lacks(*one, site) for one in found.items())))


def _lacks(kind: Kind, ones: Sequence[Lacking], site: Site) -> TableRedaction:
    rows = (
        row(one.item, site.config, capital(", ".join(label_of(kind, lack) for lack in one.champs)))
        for one in ones[:MOST]
    )
    columns = (capital(kind.info.nom), "Ce qui manque")
    return TableRedaction(kind.info.plusieurs, columns, tuple(rows), len(ones))


def twins_found(site: Site) -> SectionRedaction:
    """Contents that are likely there twice; events as the check found them."""
    found, config = twins(site), site.config
    rows = []
    for one in found[:MOST]:
        why, file = capital(", ".join(one.raisons)), str(one.other.entry.source)
        more = (file_link(file, config),)
        rows.append(row(one.one, config, page_link(one.other), why, after=more))
    known = items_by_path(site)
    events = [
        row(item, config, one.message)
        for one in site.report
        if one.code == TWIN_EVENTS and (item := known.get(one.position.path))
    ]
    return section("Doublons", (rows, len(found)), (events[:MOST], len(events)))


def white_zones(site: Site) -> Iterator[SectionRedaction]:
    """EPCI without a rendez-vous soon or a place near, when the site says where nothing happens."""
    if not has_coverage(site):
        return
    found = sorted(
        (one for one in coverage(site) if one.classe != "couvert"),
        key=lambda one: CLASSES.index(one.classe),
    )
    rows = []
    for one in found[:MOST]:
        name = Lien(capital(short_name(one.epci)), site.territory_url(one.epci.siren))
        near = tuple(page_link(near.item, f"à {near.km}\u00a0km") for near in one.acteurs)
        more = Lien("Carte et outils", f"{COVERAGE}#Classe-{one.classe}")
        rows.append(line(name, capital(", ".join(_missing_here(one))), near, does=(more,)))
    yield section("Couverture", (rows, len(found)))


def _missing_here(one: Cover) -> Iterator[str]:
    for lacks, what in ((one.sans_evenement, "evenement"), (one.sans_lieu, "lieu")):
        if lacks:
            yield WORDS["zones"][what].format(jours=COVERAGE_DAYS, km=REACH)


def plan_desk(site: Site) -> Iterator[TemplatePage]:
    """The page; for previews alone."""
    yield drawn(site, DESK, "redaction.html", _show, has_guides(docs_dir()))


def _show(site: Site, guides: bool) -> RedactionView:
    """The desk; ``guides`` tells whether what messages say is part of the site."""
    return RedactionView(
        **page_of(site, "redaction", DESK),
        noindex=True,
        sections=(
            ends(site),
            stale_sheets(site),
            returns_told(site),
            lacks(site),
            twins_found(site),
            *white_zones(site),
            dead_links(site),
            warnings_told(site, guides),
        ),
    )
