"""Sections of the desk: what ends, is old, lacks, is there twice, waits for a return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from portail.agenda.occurrences import span
from portail.facts.base import names, text_of
from portail.facts.price import host_of
from portail.facts.when import day_of
from portail.features.bilans.returns import edition_of, lacking_returns, last_over
from portail.features.redaction import desk as sheets
from portail.features.redaction import rows as desk
from portail.features.redaction.coverage import (
    CLASSES,
    COVERAGE,
    COVERAGE_DAYS,
    DESK,
    REACH,
    Cover,
    coverage,
)
from portail.features.redaction.coverage_map import has_coverage
from portail.features.redaction.pictures import pictures_wanted
from portail.features.redaction.twins import twins
from portail.geo.places import short_name
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.ressource import Ressource
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.pages.entry.state import return_form
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.messages import mailto
from portail.outputs.pages.slots import DESK_TABLES
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour, periode
from portail.text.typography import capital, nombre, plain, signed


def returns_expected(site: Site) -> desk.SectionRedaction:
    """Of the last edition over of each rendezvous: who has to tell; what was hard."""
    waiting: list[tuple[Item, str]] = []
    hard: list[tuple[str, str]] = []
    for highlight in site.of_kind(Kind.TEMPS_FORT):
        if year := last_over(site, highlight.ref):
            name = f"{plain(highlight.entry.titre)} {year.annee}"
            waiting += [(one, name) for one in lacking_returns(site, highlight.ref, year.annee)]
            _, _, found = edition_of(site, highlight.ref, year.annee)
            returns = (one for told in found.told for one in told.returns)
            texts = {one.difficultes for one in returns if one.difficultes}
            hard += [(text, name) for text in sorted(texts)]
    return desk.section(
        "Retours",
        (waiting, lambda one: _waiting(one[0], one[1], site)),
        (hard, lambda one: desk.line(Lien(one[0]), one[1])),
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
    found = (site.lieu(one) for one in named)
    owners = (one.entry for one in found if one and isinstance(one.entry, Lieu))
    address = next(filter(None, map(desk.structure_mail, owners)), "")
    if not address:
        return ""
    title = signed(plain(event.titre))
    asked = desk.WORDS["retour_bonjour"].format(titre=title, edition=name, nom=config.nom_complet)
    lines = ["Bonjour,", "", asked, *desk.outside_address(return_form(item, site), config)]
    lines += [
        desk.WORDS["retour_suite"],
        "",
        desk.WORDS["merci"],
        desk.WORDS["signature"].format(nom=config.nom),
    ]
    return mailto(address, desk.WORDS["retour_sujet"].format(titre=title), "\n".join(lines))


def ends(site: Site) -> desk.SectionRedaction:
    """What ends within ``DAYS``, and coming events that do not say what one needs to come."""

    def told(one: sheets.Ending | sheets.Unsaid, what: str, todo: str) -> desk.LigneRedaction:
        return desk.row(one.item, site, capital(jour(one.jour)), what, todo=todo)

    def needed(one: sheets.Unsaid) -> str:
        return capital(", ".join(desk.WORDS["manques"][name] for name in one.manques))

    def undated(one: Item) -> desk.LigneRedaction:
        """« Fête de la science 2022 »."""
        name = text_of(names(one, site, "temps_fort"))
        return desk.row(one, site, f"{name} {one.of(Event).edition}", todo="dater")

    return desk.section(
        "Echeances",
        (sheets.ending(site), lambda one: told(one, _what(one, site), one.quoi)),
        (sheets.unsaid(site), lambda one: told(one, needed(one), "completer")),
        (sheets.awaiting(site), undated),
    )


def _what(one: sheets.Ending, site: Site) -> str:
    entry = one.item.entry
    words = str(desk.WORDS["fins"][one.quoi])
    if one.quoi != "pret" or not isinstance(entry, Ressource):
        return words
    who, _ = host_of(entry.itinerance[one.rang], site)
    return f"{words} : {who}" if who else words


def stale_sheets(site: Site) -> desk.SectionRedaction:
    """Sheets to check again, with the message to the structure."""
    found = sheets.stale(site)

    def told(one: sheets.Stale) -> desk.LigneRedaction:
        kind = one.item.entry.kind
        day = day_of(one.depuis) if one.depuis else ""
        since = capital(day) if kind is Kind.LIEU else f"Modifiée le {day}"
        address = desk.mail_about(one, site)
        write = (Lien("Écrire", address),) if address else ()
        cells = capital(kind.info.nom), since if day else "Jamais"
        return desk.row(one.item, site, *cells, more=write)

    notes = ("ecrire",) if site.config.siteurl else ("ecrire", "sans_adresse")
    return desk.section(
        "Verifier", (found, told), notes=[desk.WORDS[one] for one in notes if found]
    )


def lacks(site: Site) -> desk.SectionRedaction:
    """Contents and the fields that readers miss there: field by field, then kind by kind."""
    found = {kind: ones for kind in sheets.WANTED if (ones := sheets.lacking(site, kind))}
    fields = []
    for kind, ones in found.items():
        for lack, count in Counter(lack for one in ones for lack in one.champs).most_common():
            name = Lien(capital(sheets.label_of(kind, lack)))
            why = capital(lack.pourquoi)
            fields.append(desk.line(name, kind.info.plusieurs, nombre(count), why))
    count = sum(map(len, found.values()))
    told = desk.section("Manques", (fields, lambda one: one), total=count)
    return replace(told, tables=(*told.tables, *(_lacks(*one, site) for one in found.items())))


def _lacks(kind: Kind, ones: Sequence[sheets.Lacking], site: Site) -> desk.TableRedaction:
    rows = (
        desk.row(
            one.item,
            site,
            capital(", ".join(sheets.label_of(kind, lack) for lack in one.champs)),
            todo="completer",
        )
        for one in ones[: desk.MOST]
    )
    columns = (capital(kind.info.nom), "Ce qui manque")
    return desk.TableRedaction(kind.info.plusieurs, columns, tuple(rows), len(ones))


def twins_found(site: Site) -> desk.SectionRedaction:
    """Contents that are likely there twice; events as the check found them."""
    config = site.config
    known = desk.items_by_path(site)

    def told(pair: tuple[Item, Item]) -> desk.LigneRedaction:
        one, other = pair
        after = (desk.file_link(str(other.entry.source), config),)
        return desk.row(one, site, desk.page_link(other), after=after, todo="comparer")

    events = [
        (item, one.message)
        for one in site.report
        if one.code == desk.TWIN_EVENTS and (item := known.get(one.position.path))
    ]
    return desk.section(
        "Doublons",
        (twins(site), told),
        (events, lambda one: desk.row(one[0], site, one[1], todo="comparer")),
    )


def asked(site: Site) -> Iterator[desk.SectionRedaction]:
    """What features ask editors to look at."""
    for told in DESK_TABLES.ask(site):
        rows = (desk.row(item, site, *cells) for item, cells in told.rows[: desk.MOST])
        table = desk.TableRedaction("", told.columns, tuple(rows), len(told.rows))
        yield desk.SectionRedaction(
            told.anchor,
            told.title,
            len(told.rows),
            told.phrase,
            told.empty,
            (table,) if told.rows else (),
        )


def white_zones(site: Site) -> Iterator[desk.SectionRedaction]:
    """EPCI without a rendez-vous soon or a place near, when the site says where nothing happens."""
    if not has_coverage(site):
        return
    found = [one for one in coverage(site) if one.classe != "couvert"]
    found.sort(key=lambda one: CLASSES.index(one.classe))

    def told(one: Cover) -> desk.LigneRedaction:
        name = Lien(capital(short_name(one.epci)), site.territory_url(one.epci.siren))
        lacks = {"evenement": one.sans_evenement, "lieu": one.sans_lieu}
        words = (desk.WORDS["zones"][what] for what, lacking in lacks.items() if lacking)
        what = ", ".join(words).format(jours=COVERAGE_DAYS, km=REACH)
        near = tuple(
            desk.page_link(near.item, f"à {nombre(near.km)}\u00a0km") for near in one.acteurs
        )
        more = Lien(desk.WORDS["faire"]["inviter"], f"{COVERAGE}#Classe-{one.classe}")
        return desk.line(name, capital(what), near, does=(more,))

    yield desk.section("Couverture", (found, told))


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
            *asked(site),
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
