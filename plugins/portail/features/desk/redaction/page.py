"""Sections of the desk: what ends, is old, lacks, is there twice, waits for a return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from portail.agenda.occurrences import span
from portail.facts.base import names, text_of
from portail.facts.place import host_of
from portail.facts.when import day_of
from portail.features.desk.redaction import desk as sheets
from portail.features.desk.redaction import rows as desk
from portail.features.desk.redaction.coverage import (
    CLASSES,
    COVERAGE,
    COVERAGE_DAYS,
    DESK,
    REACH,
    Cover,
    coverage,
)
from portail.features.desk.redaction.coverage_map import has_coverage, plan_map
from portail.features.desk.redaction.coverage_page import plan_coverage
from portail.features.desk.redaction.pictures import pictures_wanted, plan_pictures
from portail.features.kinds.lieux.model import Lieu
from portail.features.services.bilans.returns import edition_of, lacking_returns, last_over
from portail.features.services.editions.returns import return_form
from portail.geo.places import short_name
from portail.model.event import Event
from portail.model.kinds import YEARLY, Kind, ranked
from portail.model.resource import ResourceEntry
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.messages import mailto
from portail.outputs.pages.slots import DESK_TABLES
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.site import Site
from portail.site.twins import twins
from portail.text.dates import jour, periode
from portail.text.typography import capital, nombre, plain, signed

if TYPE_CHECKING:
    from portail.outputs.base import Artifact


def returns_expected(site: Site) -> desk.SectionRedaction:
    """Of the last edition over of each rendezvous: who has to tell; what was hard."""
    waiting: list[tuple[Item, str]] = []
    hard: list[tuple[str, str]] = []
    for highlight in site.of_kinds(YEARLY):
        if year := last_over(site, highlight.ref):
            name = f"{plain(highlight.entry.titre)} {year.annee}"
            waiting += [(item, name) for item in lacking_returns(site, highlight.ref, year.annee)]
            _, _, edition = edition_of(site, highlight.ref, year.annee)
            returns = (answer for event in edition.with_returns for answer in event.returns)
            texts = {answer.difficultes for answer in returns if answer.difficultes}
            hard += [(text, name) for text in sorted(texts)]
    return desk.section(
        "Retours",
        (waiting, lambda pair: _waiting(pair[0], pair[1], site)),
        (hard, lambda pair: desk.line(Lien(pair[0]), pair[1])),
        total=len(waiting),
    )


def _waiting(item: Item, name: str, site: Site) -> desk.LigneRedaction:
    address = _request(item, name, site)
    write = (Lien("Écrire", address),) if address else ()
    words = desk.WORDS["faire"]["retour"]
    form = (Lien(words, address),) if (address := return_form(item, site)) else ()
    days = capital(periode(*span(item.occurrences)))
    return desk.row(item, site, name, days, more=(*write, *form))


def _request(item: Item, name: str, site: Site) -> str:
    """The message that asks the first organiser with an address, else the place, or ``""``."""
    event = item.of(Event)
    config = site.config
    named = (*event.organisateurs, *([event.lieu] if event.lieu else []))
    places = (site.lieu(slug) for slug in named)
    owners = (place.entry for place in places if place and isinstance(place.entry, Lieu))
    address = next(filter(None, map(desk.structure_mail, owners)), "")
    if not address:
        return ""
    title = signed(plain(event.titre))
    request = desk.WORDS["retour_bonjour"].format(titre=title, edition=name, nom=config.nom_complet)
    lines = ["Bonjour,", "", request, *desk.outside_address(return_form(item, site), config)]
    lines += [
        desk.WORDS["retour_suite"],
        "",
        desk.WORDS["merci"],
        desk.WORDS["signature"].format(nom=config.nom),
    ]
    return mailto(address, desk.WORDS["retour_sujet"].format(titre=title), "\n".join(lines))


def ends(site: Site) -> desk.SectionRedaction:
    """What ends within ``DAYS``, and coming events that do not say what one needs to come."""

    def end_row(end: sheets.Ending | sheets.Unsaid, words: str, todo: str) -> desk.LigneRedaction:
        return desk.row(end.item, site, capital(jour(end.jour)), words, todo=todo)

    def needed(event: sheets.Unsaid) -> str:
        return capital(", ".join(desk.WORDS["manques"][name] for name in event.manques))

    def undated(item: Item) -> desk.LigneRedaction:
        """« Fête de la science 2022 »."""
        name = text_of(names(item, site, "temps_fort"))
        return desk.row(item, site, f"{name} {item.of(Event).edition}", todo="dater")

    return desk.section(
        "Echeances",
        (sheets.ending(site), lambda end: end_row(end, _end_words(end, site), end.quoi)),
        (sheets.unsaid(site), lambda event: end_row(event, needed(event), "completer")),
        (sheets.awaiting(site), undated),
    )


def _end_words(end: sheets.Ending, site: Site) -> str:
    entry = end.item.entry
    words = str(desk.WORDS["fins"][end.quoi])
    if end.quoi != "pret" or not isinstance(entry, ResourceEntry):
        return words
    who, _ = host_of(entry.itinerance[end.rang], site)
    return f"{words} : {who}" if who else words


def stale_sheets(site: Site) -> desk.SectionRedaction:
    """Sheets to check again, with the message to the structure."""
    outdated = sheets.stale(site)

    def sheet_row(sheet: sheets.Stale) -> desk.LigneRedaction:
        kind = sheet.item.entry.kind
        day = day_of(sheet.depuis) if sheet.depuis else ""
        since = capital(day) if kind.info.place else f"Modifiée le {day}"
        address = desk.mail_about(sheet, site)
        write = (Lien("Écrire", address),) if address else ()
        cells = capital(kind.info.nom), since if day else "Jamais"
        return desk.row(sheet.item, site, *cells, more=write)

    notes = ("ecrire",) if site.config.siteurl else ("ecrire", "sans_adresse")
    return desk.section(
        "Verifier", (outdated, sheet_row), notes=[desk.WORDS[key] for key in notes if outdated]
    )


def lacks(site: Site) -> desk.SectionRedaction:
    """Contents and the fields that readers miss there: field by field, then kind by kind."""
    kinds = ranked(lambda info: info.wanted)
    by_kind = {kind: contents for kind in kinds if (contents := sheets.lacking(site, kind))}
    fields = []
    for kind, contents in by_kind.items():
        for lack, count in Counter(
            lack for content in contents for lack in content.champs
        ).most_common():
            name = Lien(capital(sheets.label_of(kind, lack)))
            why = capital(lack.pourquoi)
            fields.append(desk.line(name, kind.info.plusieurs, nombre(count), why))
    count = sum(map(len, by_kind.values()))
    shown = desk.section("Manques", (fields, lambda line: line), total=count)
    return replace(
        shown, tables=(*shown.tables, *(_lacks(*pair, site) for pair in by_kind.items()))
    )


def _lacks(kind: Kind, contents: Sequence[sheets.Lacking], site: Site) -> desk.TableRedaction:
    rows = (
        desk.row(
            content.item,
            site,
            capital(", ".join(sheets.label_of(kind, lack) for lack in content.champs)),
            todo="completer",
        )
        for content in contents[: desk.MOST]
    )
    columns = (capital(kind.info.nom), "Ce qui manque")
    return desk.TableRedaction(kind.info.plusieurs, columns, tuple(rows), len(contents))


def twins_found(site: Site) -> desk.SectionRedaction:
    """Contents that are likely there twice; events as the check found them."""
    config = site.config
    by_path = desk.items_by_path(site)

    def twin_row(pair: tuple[Item, Item]) -> desk.LigneRedaction:
        first, second = pair
        after = (desk.file_link(str(second.entry.source), config),)
        return desk.row(first, site, desk.page_link(second), after=after, todo="comparer")

    events = [
        (item, diagnostic.message)
        for diagnostic in site.report
        if diagnostic.code == desk.TWIN_EVENTS and (item := by_path.get(diagnostic.position.path))
    ]
    return desk.section(
        "Doublons",
        (twins(site), twin_row),
        (events, lambda pair: desk.row(pair[0], site, pair[1], todo="comparer")),
    )


def feature_sections(site: Site) -> Iterator[desk.SectionRedaction]:
    """What features ask editors to look at."""
    for request in DESK_TABLES.ask(site):
        rows = (desk.row(item, site, *cells) for item, cells in request.rows[: desk.MOST])
        table = desk.TableRedaction("", request.columns, tuple(rows), len(request.rows))
        yield desk.SectionRedaction(
            request.anchor,
            request.title,
            len(request.rows),
            request.phrase,
            request.empty,
            (table,) if request.rows else (),
        )


def white_zones(site: Site) -> Iterator[desk.SectionRedaction]:
    """EPCI without a rendez-vous soon or a place near, when the site says where nothing happens."""
    if not has_coverage(site):
        return
    covers = [cover for cover in coverage(site) if cover.classe != "couvert"]
    covers.sort(key=lambda cover: CLASSES.index(cover.classe))

    def zone_row(cover: Cover) -> desk.LigneRedaction:
        name = Lien(capital(short_name(cover.epci)), site.territory_url(cover.epci.siren))
        lacks = {"evenement": cover.lacks_event, "lieu": cover.lacks_place}
        words = (desk.WORDS["zones"][lack] for lack, lacking in lacks.items() if lacking)
        text = ", ".join(words).format(jours=COVERAGE_DAYS, km=REACH)
        near = tuple(
            desk.page_link(near.item, f"à {nombre(near.km)}\u00a0km") for near in cover.acteurs
        )
        more = Lien(desk.WORDS["faire"]["inviter"], f"{COVERAGE}#Classe-{cover.classe}")
        return desk.line(name, capital(text), near, does=(more,))

    yield desk.section("Couverture", (covers, zone_row))


def plan_desk(site: Site) -> Iterator[TemplatePage]:
    """The page; for previews alone."""
    yield drawn(site, DESK, "redaction.html", _show)


def _show(site: Site) -> desk.RedactionView:
    """What cannot wait comes first: a day that passes, a reader who meets a dead end."""
    return desk.RedactionView(
        **page_of(site, desk.WORDS["page"], DESK),
        noindex=True,
        sections=(
            ends(site),
            *feature_sections(site),
            desk.dead_links(site),
            returns_expected(site),
            twins_found(site),
            desk.warning_rows(site),
            stale_sheets(site),
            lacks(site),
            pictures_wanted(site),
            *white_zones(site),
        ),
    )


def plan(site: Site) -> Iterator[Artifact]:
    """The desk of editors: what to look at, coverage, its map, pictures."""
    yield from plan_desk(site)
    yield from plan_coverage(site)
    yield from plan_map(site)
    yield from plan_pictures(site)
