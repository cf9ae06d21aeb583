"""What an event is in tables of kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from portail.facts.audience import (
    access,
    ages,
    audience,
    capacity,
    formats,
    language,
    sheltered,
    spoken,
)
from portail.facts.base import BOX, FEED, in_words, opened, text_of
from portail.facts.place import online, place_of, venue, way_there, where
from portail.facts.price import booking, is_free, price
from portail.facts.when import (
    TO_SET,
    dates,
    is_night,
    near_text,
    period_from,
    shown_from,
    shown_with_room,
    spoken_hours,
    state,
    when_text,
)
from portail.features.services.agenda.views import state_labels
from portail.features.services.alentours.relations import next_of, reading
from portail.features.services.editions.editions import children_of
from portail.features.services.referencement.nodes import JSON_LD
from portail.model.event import Event
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.cards import card_beside, shows_year
from portail.outputs.pages.entry.inputs import AROUND, ENTRY_FIELDS, Autour
from portail.outputs.pages.slots import (
    CARD_PARTS,
    SEARCH_LINE,
    WEEKLY_DETAILS,
    CardParts,
    WeeklyLines,
)
from portail.outputs.pages.views.lists import Bloc, Card
from portail.outputs.pages.views.shared import Etiquette, Lien
from portail.outputs.pages.words import PARTS, WORDS
from portail.site.facet_readers import accessible
from portail.site.facets import AGELESS, AGES, OUI, RESERVED, Pair, ages_of
from portail.site.facets import PARTOUT as HELD_EVERYWHERE
from portail.site.item import SCHOOL, Item
from portail.site.kind_tables import UNKNOWN_ACCESS, VALUES, WANTED, Rows, Wanted
from portail.site.lists import lasting_of
from portail.site.site import Site
from portail.text.dates import JOURS, jour
from portail.text.typography import capital, nombre, small

from .json_ld import event_node
from .page import event_fields
from .programme import booking_contact, booking_today

_KNOWN = (formats, sheltered, language, spoken, access, capacity)
_BOOKED = (booking_today, booking_contact)


def _holds(youngest: int, oldest: int, code: str) -> bool:
    """Whether some age of a value (« 7-9 ») is among those of an event, both bounds included.

    >>> _holds(8, 120, "7-9"), _holds(8, 120, "4-6"), _holds(0, 9, "10-12")
    (True, False, False)
    """
    first, last = map(int, code.split("-"))
    return youngest <= last and oldest >= first


def _ages(bounds: tuple[int, int] | None) -> Iterator[Pair]:
    if bounds is None:
        yield "age", AGELESS.code
    else:
        yield from (("age", value.code) for value in AGES if _holds(*bounds, value.code))


def event_values(item: Item, vocabularies: Vocabularies) -> Iterator[Pair]:
    entry = item.of(Event)
    yield from _ages(ages_of(entry, vocabularies))
    yield from (("format", code) for code in entry.format)
    yield from (("dedans-dehors", code) for code in entry.dedans_dehors)
    if entry.temps_fort:
        yield "temps-fort", entry.temps_fort.rpartition("/")[2]
    yield from accessible(entry.accessibilite)
    if entry.tarif and entry.tarif.nul:
        yield "gratuit", OUI
    if entry.mode != "presentiel":
        yield "en-ligne", OUI
    if entry.partout:
        yield HELD_EVERYWHERE
    if entry.groupes:
        yield "groupes", OUI
    if item.reserve:
        yield RESERVED


_YEAR_ROUND = timedelta(days=300)
# What lasts so long, and has so long left, is there « toute l’année ».
_STILL = timedelta(days=90)


def event_line(item: Item, card: Card, site: Site) -> str:
    """« 8 octobre », « 8 octobre, réservé »."""
    only = ""
    if item.reserve and not item.is_over:
        only = "réservé"
    return ", ".join(filter(None, (_when(item, site), only)))


def _when(item: Item, site: Site) -> str:
    # « 8 octobre », « du 2 au 3 octobre », « jusqu’au 3 janvier », « toute l’année ».
    shown = item.shown
    if shown is None:
        return small(TO_SET)
    if shown.undated:
        return WORDS["etats"]["nouvelle_date"]
    lasting = lasting_of(item, site)
    first, last = (lasting.du, lasting.au) if lasting else (shown.first_day, shown.last_day)
    dated = shows_year(last, site)
    if first == last:
        return jour(first, semaine=False, annee=dated)
    on = site.has_come(first) and not site.is_over(last)
    if on and last - first >= _YEAR_ROUND and not site.is_over(last - _STILL):
        return "toute l’année"
    return period_from(first, last, date.max if on else first, year=dated)


# Publics of what is open to everyone.
_OPEN = frozenset({"tout-public", "familles", "jeunes", "adultes", "seniors"})


def event_details(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    """When it is and where, the price and the ages, for whom it is; of what is on before the next
    letter, each of its hours until then."""
    site = lines.site
    if section == "faire":
        yield week_when(item, site, lines.since)
    else:
        yield when_text(item, site, shown_with_room(item, lines.day), lines.day)
    yield item.town or place_of(item, site) or online(item, site).short
    yield ", ".join(filter(None, (price(item, site).brief, text_of(ages(item, site).values))))
    yield _restricted(item, site)


def _restricted(item: Item, site: Site) -> str:
    codes = item.of(Event).publics
    if not codes or not _OPEN.isdisjoint(codes):
        return ""
    few = site.vocabularies.labels("publics", codes[:2])
    if (SCHOOL - {"enseignants"}).issuperset(codes):
        return "Scolaires"
    return few


def _named(days: Sequence[date]) -> str:
    """« samedi », « samedi et dimanche », « de vendredi à mercredi »."""
    names = [JOURS[day.weekday()] for day in days]
    if len(days) > 2 and (days[-1] - days[0]).days == len(days) - 1:
        return f"de {names[0]} à {names[-1]}"
    return in_words(names)


def week_when(item: Item, site: Site, since: datetime) -> str:
    """« Samedi, de 14 h à 17 h », « Samedi et dimanche, de 10 h à 18 h », « Jusqu’au 17 octobre »:
    in the seven days from ``since`` on, whose names say which they are."""
    first = since.date()
    lasting = lasting_of(item, site)
    if lasting:
        return capital(near_text(lasting.du, lasting.au, first))
    days = [first + timedelta(days=count) for count in range(7)]
    hours: dict[str, list[date]] = {}
    for day in days:
        live = [
            occurrence
            for occurrence in item.occurrences
            if occurrence.is_on(day) and occurrence.maintained and occurrence.over_at > since
        ]
        for occurrence in live:
            inside = first <= occurrence.first_day and occurrence.last_day in days
            if occurrence.day_count > 1 and not inside:
                return capital(near_text(occurrence.first_day, occurrence.last_day, first))
        if live:
            named = () if is_night(live) else (day,)  # a night says which
            hours.setdefault(spoken_hours(live, day), []).extend(named)
    groups = ((_named(days), h) for h, days in hours.items())
    text = "\u00a0; ".join(", ".join(filter(None, group)) for group in groups)
    return capital(text) or when_text(item, site, shown_from(item, first), first)


_MODES = {"en-ligne": "En ligne", "hybride": "Sur place et en ligne"}
# Of what is everywhere, and has a link too.
_AWAY = "Aussi en ligne"


def event_card(item: Item, site: Site) -> CardParts:
    entry = item.of(Event)
    shown = item.shown
    link = online(item, site).short
    labels = list(state_labels(shown.etat if shown else entry.etat))
    if item.is_over:
        labels.append(Etiquette(capital(entry.kind.info.over), "passe"))
    if item.reserve:
        labels.append(Etiquette("Réservé", "reserve"))
    if link and entry.etat != "deplace-en-ligne":  # its state says it
        labels.append(Etiquette(_AWAY if item.partout else _MODES[entry.mode], "en-ligne"))
    if is_free(entry):
        labels.append(Etiquette("Gratuit", "gratuit"))
    details = (when_text(item, site, shown), place_of(item, site) or link, _event_count(item, site))
    return details, tuple(labels)


def _event_count(item: Item, site: Site) -> str:
    # « 24 animations », « 3 étapes »: how many events an event contains.
    children = children_of(item, site)
    steps = any(getattr(child.entry, "etape", None) for child in children)
    noun = "étape" if steps else "animation"
    if children:
        return f"{nombre(len(children))}\u00a0{noun}{'s' * (len(children) > 1)}"
    return ""


# Lines below an event, its place counted: the box of the event leads there already.
_CARDS = 3
_NEAR = {"parent", "lieu", "territoire"}
# Events that stand in for one that is over or off.
_INSTEAD = 2


def around_event(item: Item, site: Site) -> Autour:
    """What is near an event, without what its fields name nor what it contains."""
    event = item.of(Event)
    named = (*item.targets, *(child.ref for child in children_of(item, site)))
    place = site.lieu_of(event)
    article = reading(site, item.ref)
    after = [article] if article else []
    following = next_of(site, item.ref, _CARDS - bool(place) - len(after), named)
    refs = [*(tie.ref for tie in following), *after]
    here = place or any(tie.lien in _NEAR for tie in following)
    title = "Sur place et autour" if here else "À voir aussi"
    bloc = None
    if refs:
        bloc = Bloc(title, tuple(card_beside(site, ref) for ref in refs), forme="lignes")
    stopped = item.is_over or event.etat in ("annule", "complet")
    open_to = [tie for tie in following if _stands_in(site.on(tie.ref), event)]
    if not stopped or not open_to:
        return Autour(bloc)
    shared = open_to[0].lien
    nearest = [card_beside(site, tie.ref) for tie in open_to if tie.lien == shared][:_INSTEAD]
    links = (Lien(card.titre, card.url, card.details[0]) for card in nearest)
    return Autour(bloc, PARTS["ici"][shared], tuple(links))


def _stands_in(other: Item, event: Event) -> bool:
    # Whether those who would have come to ``event`` may come to ``other``, which has places.
    shown = other.shown
    if shown is None or other.reserve or not shown.maintained or shown.etat == "complet":
        return False
    return not _welcome(event).isdisjoint(_welcome(other.of(Event)))


def _welcome(event: Event) -> frozenset[str]:
    # Its publics; all that are open where it is to one of them, or names none.
    named = frozenset(event.publics)
    if named and named.isdisjoint(_OPEN):
        return named
    return named | _OPEN


def _has_place(entry: Event, _: Vocabularies) -> bool:
    return entry.mode != "en-ligne" and not entry.partout


ROWS: Rows = {
    BOX: (where, opened(online), price, opened(audience), way_there, *_KNOWN, *_BOOKED),
    FEED: (state, dates, venue, online, price, audience, spoken, booking),
    CARD_PARTS: event_card,
    VALUES: event_values,
    SEARCH_LINE: event_line,
    WEEKLY_DETAILS: event_details,
    JSON_LD: event_node,
    ENTRY_FIELDS: event_fields,
    AROUND: around_event,
    WANTED: (
        Wanted(("tarif",), "« non précisé » se lit « payant »"),
        Wanted(("publics",), "les filtres de l’agenda le demandent"),
        Wanted(("accessibilite",), UNKNOWN_ACCESS, _has_place),
        Wanted(("inscription",), "on ne sait pas s’il faut réserver"),
        Wanted(("organisateurs", "lieu"), "on veut savoir qui invite"),
    ),
}
