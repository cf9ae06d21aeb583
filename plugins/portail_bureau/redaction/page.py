"""Sections of the desk: what ends, is old, lacks, is there twice, waits for a return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from portail.agenda.occurrences import span
from portail.diagnostics import Diagnostic, Severity
from portail.facts.audience import publics
from portail.facts.base import names, sort, text_of
from portail.facts.place import address, host_of
from portail.facts.when import day_of
from portail.features.kinds.lieux.model import Lieu
from portail.features.services.bilans.returns import lacking_returns, last_over, told_of
from portail.features.services.editions.editions import return_form
from portail.features.services.horaires.french import opening_lines
from portail.features.services.horaires.notation import read_opening_hours
from portail.model.collections import AnnouncementEntry, Etape, ResourceEntry
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import YEARLY, Kind, in_folders, ranked
from portail.model.parts import Accessibilite
from portail.model.registry import MODELS
from portail.outputs.base import drawn
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.slots import DESK_SECTIONS, DeskTable
from portail.outputs.pages.views.shared import Lien, PageView, page_view
from portail.site.item import Item
from portail.site.kind_tables import WANTED, Wanted
from portail.site.lookalikes import twins
from portail.site.site import Site
from portail.text.dates import jour, periode
from portail.text.typography import capital, euros, nombre, plain, small

from . import rows as desk
from .pictures import DESK, pictures_wanted, plan_pictures

if TYPE_CHECKING:
    from portail.outputs.base import Artifact

# What ends in the coming days, and the events about which something is still to be said.


def ends(site: Site) -> desk.SectionRedaction:
    """Deadlines, loans and what is put forward that end within ``DAYS``; coming events that lack
    something.
    """
    first = site.day.date
    last = first + timedelta(days=desk.DAYS)
    endings: list[tuple[date, str, str, Item, Etape | None]] = []
    for content in site.items.values():
        if content.entry.paru(first):
            for day, todo, loan in _ends(content.entry):
                if first <= day < last:
                    endings.append((day, content.ref, todo, content, loan))
    lacking = [
        (shown.first_day, item.ref, lacks, item)
        for item in site.dated
        if (shown := item.upcoming) and shown.maintained and first <= shown.first_day < last
        if item.entry.paru(first)
        if (lacks := [*_unsaid(item.of(Event), whole_day=shown.journee and shown.day_count == 1)])
    ]

    def end_row(end: tuple[date, str, str, Item, Etape | None]) -> desk.LigneRedaction:
        day, _, todo, item, loan = end
        who, _ = host_of(loan, site) if loan else ("", "")
        words = desk.WORDS["fins"][todo]
        cells = capital(jour(day)), f"{words} : {who}" if who else words
        return desk.content_row(item, site, *cells, todo=todo)

    def lack_row(event: tuple[date, str, Sequence[str], Item]) -> desk.LigneRedaction:
        day, _, lacks, item = event
        words = capital(", ".join(desk.WORDS["manques"][name] for name in lacks))
        return desk.content_row(item, site, capital(jour(day)), words, todo="completer")

    def undated_row(item: Item) -> desk.LigneRedaction:
        """« Fête de la science 2022 »."""
        name = text_of(names(item, site, "temps_fort"))
        return desk.content_row(item, site, f"{name} {item.of(Event).edition}", todo="dater")

    return desk.section(
        "Echeances",
        (sorted(endings, key=lambda end: end[:3]), end_row),
        (sorted(lacking, key=lambda event: event[:2]), lack_row),
        (_undated(site), undated_row),
    )


def _undated(site: Site) -> list[Item]:
    # Events of a temps fort whose day is still to be set, those of the nearest edition first.
    events = [
        item
        for item in site.dated
        if not (item.occurrences or item.is_over) and item.entry.paru(site.day.date)
    ]
    return sorted(events, key=lambda item: (item.of(Event).edition or 0, item.ref))


def _ends(entry: Entry) -> Iterator[tuple[date, str, Etape | None]]:
    # Each day when something of a content ends, what is to be done, the loan that ends.
    if isinstance(entry, AnnouncementEntry) and entry.echeance:
        yield entry.echeance, "annonce", None
    if isinstance(entry, ResourceEntry):
        if entry.limite:
            yield entry.limite, "financement", None
        yield from ((loan.au, "pret", loan) for loan in entry.itinerance)
    if entry.a_ne_pas_manquer:
        yield entry.a_ne_pas_manquer, "mise-en-avant", None


def _unsaid(entry: Event, *, whole_day: bool) -> Iterator[str]:
    if whole_day:
        yield "heure"
    if not entry.tarif:
        yield "tarif"
    if entry.mode != "en-ligne" and not (entry.partout or _is_filled(entry, "accessibilite")):
        yield "accessibilite"


# What organisers have still to tell.


def returns_expected(site: Site) -> desk.SectionRedaction:
    """Of the last edition over of each rendezvous: who has to tell; what was hard."""
    waiting: list[tuple[Item, str]] = []
    hard: list[tuple[str, str]] = []
    for highlight in site.of_kinds(YEARLY):
        if year := last_over(site, highlight.ref):
            name = f"{plain(highlight.entry.titre)} {year.annee}"
            waiting += [(item, name) for item in lacking_returns(site, highlight.ref, year.annee)]
            _, told = told_of(site, highlight.ref, year.annee)
            hard += [(text, name) for (text,) in told.asked("difficultes")]

    def waiting_row(pair: tuple[Item, str]) -> desk.LigneRedaction:
        item, name = pair
        links = {"Écrire": _request(item, name, site)}
        links[desk.WORDS["faire"]["retour"]] = return_form(item, site)
        actions = tuple(Lien(words, address) for words, address in links.items() if address)
        return desk.content_row(
            item, site, name, capital(periode(*span(item.occurrences))), more=actions
        )

    return desk.section(
        "Retours",
        (waiting, waiting_row),
        (hard, lambda pair: desk.plain_row(Lien(pair[0]), pair[1])),
        total=len(waiting),
    )


def _request(item: Item, name: str, site: Site) -> str:
    # The message that asks the first organiser with an address, else the place, or ``""``.
    event = item.of(Event)
    named = [*event.organisateurs, *filter(None, [event.lieu])]
    places = (site.lieu(slug) for slug in named)
    owners = (place.entry for place in places if place and isinstance(place.entry, Lieu))
    address = next(filter(None, map(desk.structure_mail, owners)), "")
    if not address:
        return ""
    request = desk.WORDS["retour_bonjour"].format(
        titre=desk.title(item), edition=name, nom=site.config.nom_complet
    )
    form = desk.outside_address(return_form(item, site), site.config)
    lines = (request, *form, desk.WORDS["retour_suite"], "")
    return desk.letter(site, address, desk.WORDS["retour_sujet"], item, lines)


# Sheets that nobody has checked for a year.

_A_YEAR = timedelta(days=366)
_CHECKED = in_folders(("lieux", "ressources"))


def stale_sheets(site: Site) -> desk.SectionRedaction:
    """Published sheets never checked or not for a year, with the message to the structure."""
    day = site.day.date
    sheets = []
    for item in site.of_kinds(_CHECKED):
        entry = item.entry
        since = entry.verifie_le if isinstance(entry, Lieu) else entry.jour
        if entry.paru(day) and (since is None or since + _A_YEAR < day):
            sheets.append((since, item))
    sheets.sort(key=lambda sheet: (sheet[0] or date.min, sheet[1].ref))

    def sheet_row(sheet: tuple[date | None, Item]) -> desk.LigneRedaction:
        since, item = sheet
        kind = item.entry.kind
        changed = f"Modifiée le {day_of(since)}" if since else "Jamais"
        if since and kind.info.place:
            changed = capital(day_of(since))
        address = _mail_about(item, since, site)
        write = (Lien("Écrire", address),) if address else ()
        return desk.content_row(item, site, capital(kind.info.nom), changed, more=write)

    notes = ("ecrire",) if site.config.siteurl else ("ecrire", "sans_adresse")
    notes_shown = [desk.WORDS[key] for key in notes if sheets]
    return desk.section("Verifier", (sheets, sheet_row), notes=notes_shown)


def _mail_about(item: Item, since: date | None, site: Site) -> str:
    # The message on a sheet to its structure, or to its owner; ``""`` without an address.
    place = site.lieu(getattr(item.entry, "proprietaire", None))
    owner = place.entry if place else item.entry
    address = ""
    if isinstance(owner, Lieu):
        address = desk.structure_mail(owner)
    lines = _lines(item, since, site)
    end = site.config.courriel
    if address:
        return desk.letter(site, address, desk.WORDS["sujet"], item=item, lines=lines, end=end)
    return ""


def _lines(item: Item, since: date | None, site: Site) -> Iterator[str]:
    entry = item.entry
    yield from desk.opening(item, site, desk.WORDS["bonjour"])
    checked = "vérifiée" if isinstance(entry, Lieu) else "mise à jour"
    words = desk.WORDS["depuis" if since else "jamais"]
    yield desk.WORDS["etat"].format(depuis=words.format(faite=checked, jour=day_of(since)))
    yield ""
    yield from (f"- {label} : {value}" for label, value in _facts(item, site) if value)
    lacks = [label_of(entry.kind, wanted) for wanted in _lacks_of(entry, site)]
    if lacks:
        yield from ("", desk.WORDS["cherche"], "")
        yield from (f"- {label}" for label in lacks)
    yield from ("", desk.WORDS["demande"])
    yield from desk.outside_address(desk.form_of(entry, site), site.config)


def _facts(item: Item, site: Site) -> Iterator[tuple[str, str]]:
    entry = item.entry
    if isinstance(entry, Lieu):
        yield "Adresse", address(item, site).postal
        yield "Téléphone", entry.telephone or ""
        yield "Courriel", entry.courriel or ""
        yield "Site", entry.site or ""
        if hours := entry.horaires_ouverture:
            yield "Horaires", " ; ".join(opening_lines(read_opening_hours(hours)))
        yield "Tarifs", ", ".join(f"{fare.libelle} {euros(fare.prix)}" for fare in entry.tarifs)
        yield "Publics", text_of(publics(item, site).values)
        yield "Propose aux autres", site.vocabularies.labels("offres", entry.offre)
    elif isinstance(entry, ResourceEntry):
        words = desk.WORDS["fiche"]
        yield "Type", text_of(sort(item, site).values)
        yield "Publics", text_of(publics(item, site).values)
        yield words["acces"], (entry.acces and entry.acces.url) or ""
        if entry.pret:
            yield "Exemplaires", str(entry.pret.exemplaires)
            yield words["pret"], entry.pret.tarif or ""
            yield "Transport", entry.pret.transport or ""


# Fields that readers miss.


def _is_filled(entry: Entry, champ: str) -> bool:
    # Whether a field says something: neither an accessibility that is unknown to all, nor prices
    # without an adult's ordinary one.
    value = getattr(entry, champ)
    if isinstance(entry, Lieu) and champ == "tarifs":
        return entry.prix_connu
    if isinstance(value, Accessibilite):
        is_known = any(level != "inconnu" for level in value.niveaux.values())
        return bool(is_known or value.equipements or value.labels or value.precisions)
    return bool(value)


def _lacks_of(entry: Entry, site: Site) -> tuple[Wanted, ...]:
    return tuple(
        wanted
        for wanted in WANTED.of(site.features, entry.kind) or ()
        if wanted.pour(entry, site.vocabularies)
        and not any(_is_filled(entry, champ) for champ in wanted.champs)
    )


def label_of(kind: Kind, wanted: Wanted) -> str:
    """Names of its fields, as their documentation says them: « courriel, téléphone ou site »."""
    fields = MODELS[kind].model_fields
    *first, last = [small(fields[champ].title or champ) for champ in wanted.champs]
    if first:
        return f"{', '.join(first)} ou {last}"
    return last


def lacks(site: Site) -> desk.SectionRedaction:
    """Contents written by somebody and the fields that readers miss there, those that lack most
    first.
    """
    fields = []
    tables = []
    for kind in ranked(lambda info: info.wanted):
        lacking = [
            (item, missing)
            for item in site.of_kind(kind)
            if item.entry.paru(site.day.date)
            and not (item.is_over or item.entry.sans_fichier)
            and (missing := _lacks_of(item.entry, site))
        ]
        counts = Counter(chain.from_iterable(missing for _, missing in lacking))
        for lack, count in counts.most_common():
            name = Lien(capital(label_of(kind, lack)))
            why = capital(lack.pourquoi)
            fields.append(desk.plain_row(name, kind.info.plusieurs, nombre(count), why))
        if lacking:
            lacking.sort(key=lambda row: (-len(row[1]), row[0].ref))
            tables.append(_lacking_table(kind, lacking, site))
    shown = desk.section(
        "Manques", (fields, lambda line: line), total=sum(table.total for table in tables)
    )
    return replace(shown, tables=(*shown.tables, *tables))


def _lacking_table(
    kind: Kind, lacking: Sequence[tuple[Item, tuple[Wanted, ...]]], site: Site
) -> desk.TableRedaction:
    rows = (
        desk.content_row(
            item,
            site,
            capital(", ".join(label_of(kind, lack) for lack in missing)),
            todo="completer",
        )
        for item, missing in lacking[: desk.MOST]
    )
    columns = (capital(kind.info.nom), "Ce qui manque")
    return desk.TableRedaction(kind.info.plusieurs, columns, tuple(rows), len(lacking))


# What the check and other features say.

# Events that are likely one: told among the doubles.
_TWIN_EVENTS = "A513"
# Codes that another section tells.
_ELSEWHERE = frozenset({_TWIN_EVENTS, "C209"})


def _items_by_path(site: Site) -> Mapping[PurePosixPath, Item]:
    return {item.entry.source: item for item in site.items.values()}


def twins_found(site: Site) -> desk.SectionRedaction:
    """Contents that are likely there twice; events as the check found them."""
    by_path = _items_by_path(site)

    def twin_row(pair: tuple[Item, Item]) -> desk.LigneRedaction:
        first, second = pair
        after = (desk.file_link(str(second.entry.source), site.config),)
        return desk.content_row(first, site, desk.page_link(second), after=after, todo="comparer")

    events = [
        (item, diagnostic.message)
        for diagnostic in site.report
        if diagnostic.code == _TWIN_EVENTS and (item := by_path.get(diagnostic.position.path))
    ]
    return desk.section(
        "Doublons",
        (twins(site), twin_row),
        (events, lambda pair: desk.content_row(pair[0], site, pair[1], todo="comparer")),
    )


def warnings(site: Site) -> desk.SectionRedaction:
    """Warnings, then advice, in the order of the report."""
    rows = [
        diagnostic
        for diagnostic in site.report
        if diagnostic.severity is not Severity.ERREUR and diagnostic.code not in _ELSEWHERE
    ]
    rows.sort(key=lambda diagnostic: diagnostic.severity.rank)
    by_path = _items_by_path(site)

    def warning_row(diagnostic: Diagnostic) -> desk.LigneRedaction:
        path = diagnostic.position.path
        line = diagnostic.position.line
        item = by_path.get(path)
        return desk.plain_row(
            desk.page_link(item) if item else Lien(str(path)),
            Lien(diagnostic.code),
            Lien(diagnostic.message, note=diagnostic.hint),
            actions=(desk.file_link(str(path), site.config, line),),
        )

    return desk.section("Avertissements", (rows, warning_row))


def feature_sections(site: Site) -> Iterator[desk.SectionRedaction]:
    for section in DESK_SECTIONS.ask(site):
        yield desk.SectionRedaction(
            section.anchor,
            section.title,
            len(section.tables[0].rows),
            phrase=section.phrase,
            vide=section.empty,
            tables=tuple(_table(table, site) for table in section.tables if table.rows),
            notes=section.notes,
        )


def _table(table: DeskTable, site: Site) -> desk.TableRedaction:
    rows = (
        desk.plain_row(about, *cells)
        if isinstance(about, Lien)
        else desk.content_row(about, site, *cells)
        for about, cells in table.rows[: desk.MOST]
    )
    return desk.TableRedaction(table.name, table.columns, tuple(rows), len(table.rows))


def _show(site: Site) -> PageView:
    # What cannot wait comes first: a day that passes, a reader who meets a dead end.
    return page_view(
        **page_of(site, desk.WORDS["page"], DESK),
        noindex=True,
        sections=(
            ends(site),
            *feature_sections(site),
            returns_expected(site),
            twins_found(site),
            warnings(site),
            stale_sheets(site),
            lacks(site),
            pictures_wanted(site),
        ),
    )


def plan(site: Site) -> Iterator[Artifact]:
    """The desk of editors, for previews alone: what to look at, pictures."""
    yield drawn(site, DESK, "redaction.html", _show)
    yield from plan_pictures(site)
