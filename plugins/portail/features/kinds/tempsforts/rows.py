"""What a yearly rendezvous is in tables of kinds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from portail.facts.base import Fact, texts
from portail.features.kinds.evenements.programme import ProgrammeView, awaiting, by_day, gatherings
from portail.features.services.editions.editions import (
    edition_days,
    highlight_days,
    last_day,
    shown,
    years_of,
)
from portail.features.services.referencement.nodes import JSON_LD
from portail.model.kinds import DATED
from portail.outputs.pages.cards import joined, uncapitalised
from portail.outputs.pages.entry.inputs import BLOCS, ENTRY_FIELDS, EntryInputs, OwnBlocs, faits
from portail.outputs.pages.frame import contributions
from portail.outputs.pages.names import resolved_values
from portail.outputs.pages.slots import (
    CARD_PARTS,
    SEARCH_BELOW,
    SEARCH_LINE,
    WEEKLY_DETAILS,
    CardParts,
    WeeklyLines,
)
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Lien, Vide
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.kind_tables import Rows
from portail.site.memo import own_answer
from portail.site.site import Site
from portail.text.typography import capital

from .model import TempsFort
from .page import shown_edition
from .views import GrilleView
from .years import Annee, Annees, count_of, rendezvous_node, years_told

# The page of a yearly rendezvous: the year that it tells, its editions side by side.

_WORDS = WORDS["etats"]


# Events of a year that is over that its page tells day by day; beyond, its programmes do, commune
# by commune.
_MOST = 16
# The same of a year that is to come.
_MOST_TO_COME = 60


@own_answer
def programmes_of(site: Site, ref: str) -> tuple[ProgrammeView, ...]:
    """The programmes of the year that the page tells."""
    year = shown(years_of(site.items[ref], site), site.day.date)
    if year is None:
        return ()
    events = year.heads
    most = _MOST_TO_COME if any(not event.is_over for event in events) else _MOST
    days = by_day("Jour par jour", events, site) if len(events) <= most else ()
    return (*gatherings(events, site), *days, *awaiting(year.undated, site))


def temps_fort_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    item = inputs.item
    years = years_told(site, item.ref)
    year = years.annee
    return {
        "boutons": _buttons(item, year),
        "editions": _other_years(item, years),
        "edition": shown_edition(site, item.ref, year.annee) if year else None,
        "programmes": programmes_of(site, item.ref),
        "faits": faits(temps_fort_rows(inputs, years)),
        "grille": editions_grid(item.of(TempsFort)),
        "vide": no_programme(years, site),
    }


def temps_fort_blocs(item: Item, related: tuple[str, ...], site: Site) -> OwnBlocs:
    """What names it, but for the events of its editions, which have their pages."""
    of_editions: set[str] = set()
    for year in years_of(item, site):
        of_editions.update(event.ref for event in year.events)
    return OwnBlocs(rest=[ref for ref in related if ref not in of_editions])


def temps_fort_rows(inputs: EntryInputs, years: Annees) -> Iterator[Fact]:
    entry = inputs.item.of(TempsFort)
    edition = None
    if years.annee and not years.prochaine:
        edition = years.annee.edition
    usual = capital(entry.regle or entry.periode or "")
    days = years.prochaine or edition_days(edition)
    yield Fact("Quand", texts(days or usual))
    if edition:
        yield Fact(f"Thème {edition.annee}", texts(edition.theme))
    yield Fact(_WORDS["chaque_annee"], texts(usual if days else None))
    yield Fact("Organisé par", resolved_values(entry, "organisateur", inputs.links))


def _buttons(item: Item, year: Annee | None) -> tuple[Lien, ...]:
    # The programme of its edition where it has another page, its official site.
    entry = item.of(TempsFort)
    links = []
    if year and year.url not in ("", item.url) and (year.nombre or year.exemples):
        links.append(Lien(f"Le programme {year.annee}", year.url))
    if entry.site:
        links.append(Lien("Site officiel", entry.site))
    return tuple(links)


def _other_years(item: Item, years: Annees) -> tuple[Lien, ...]:
    # Editions that the page itself does not tell, latest first, each with its days, its theme, how
    # many events it has.
    links = []
    for year in years.annees:
        if year.url != item.url:
            edition = year.edition
            theme = (edition and edition.theme) or ""
            count = count_of(year.nombre, year.exemples)
            links.append(
                Lien(str(year.annee), year.url, joined(edition_days(edition), theme, count))
            )
    return tuple(links)


def editions_grid(entry: TempsFort) -> GrilleView | None:
    latest_first = sorted(entry.editions, key=lambda edition: -edition.annee)
    editions = [
        edition
        for edition in latest_first
        if edition.du or edition.au or edition.theme or edition.chiffres
    ]
    if not any(edition.chiffres for edition in editions) or len(editions) < 2:
        return None
    lines: dict[str, list[str]] = {}
    for rank, edition in enumerate(editions):
        rows = [("Dates", edition_days(edition)), ("Thème", edition.theme or "")]
        rows += [(capital(figure.libelle), figure.valeur) for figure in edition.chiffres]
        for label, value in rows:
            lines.setdefault(label, [""] * len(editions))[rank] = value
    sources = (
        figure.source
        for figure in chain.from_iterable(edition.chiffres for edition in editions)
        if figure.source
    )
    return GrilleView(
        _WORDS["editions"],
        tuple(str(edition.annee) for edition in editions),
        tuple((label, tuple(values)) for label, values in lines.items() if any(values)),
        tuple(dict.fromkeys(map(capital, sources))),
    )


def no_programme(years: Annees, site: Site) -> Vide | None:
    """What stands for the programme of an edition to come."""
    year = years.annee
    ways = contributions(site, DATED)
    if year is None or not years.attendu or not ways:
        return None
    return Vide(
        _WORDS["a_publier"].format(annee=year.annee), issues=ways, fin=last_day(year.edition)
    )


def temps_fort_line(item: Item, card: Card, site: Site) -> str:
    return uncapitalised("".join(card.details[:1]))


def temps_fort_details(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    yield highlight_days(item, lines.site, lines.day)


def temps_fort_card(item: Item, site: Site) -> CardParts:
    return (highlight_days(item, site, site.day.date),), ()


ROWS: Rows = {
    CARD_PARTS: temps_fort_card,
    SEARCH_LINE: temps_fort_line,
    SEARCH_BELOW: lambda item, card, site: "",
    WEEKLY_DETAILS: temps_fort_details,
    JSON_LD: rendezvous_node,
    ENTRY_FIELDS: temps_fort_fields,
    BLOCS: temps_fort_blocs,
}
