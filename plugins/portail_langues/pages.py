"""Pages in other languages: the events of a fortnight and of each month, the list of places, and a
page for each place that says when it is open, or for how much.

What only the French contents say stays in French, and is marked as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from itertools import chain, groupby, islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.weeks import Month, Week
from portail.facts.base import mail_and_phone, web_site
from portail.facts.place import address, directions
from portail.features.kinds.lieux.model import Lieu
from portail.features.kinds.lieux.structures import lieu_state
from portail.features.services.horaires.notation import read_opening_hours
from portail.features.services.horaires.rules import DAY, UNSAID, DaySpan, Rule, Span
from portail.model.collections import PlaceEntry
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.slots import OPEN
from portail.outputs.pages.views.shared import Frame, Ouvert, PageView, page_view
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import COMMUNES, HOME, month_of
from portail.text.typography import SafeHtml

from . import pairs
from .catalogues import LANGUAGES
from .lines import (
    DATE,
    MONTH,
    Line,
    Words,
    access,
    facts_of,
    french,
    ground,
    joined,
    line,
    link,
    words_of,
)

_TEMPLATE = "langues.html"
_WEEK = 7
# The minutes of a day that is open all day.
_WHOLE = (0, DAY)
# From which the next run of a season is found: its days are those of any year.
_ANY_DAY = date(2024, 1, 1)
# Words of « the first Monday of the month », by rank.
_RANKS = {rank: f"rang_{rank}" for rank in range(1, 6)} | {-1: "dernier"}


class Row(Struct, frozen=True):
    """A fact of a place: its label, its values one below the other; ``heures`` are the rows of a
    table, days and hours."""

    titre: SafeHtml
    valeurs: tuple[SafeHtml, ...] = ()
    heures: tuple[tuple[SafeHtml, SafeHtml], ...] = ()


class Group(Struct, frozen=True):
    """Contents below a title; ``plie``: behind it, where they are many."""

    titre: SafeHtml
    lignes: tuple[Line, ...]
    plie: bool = False


def plan(site: Site) -> Iterator[TemplatePage]:
    hint = SitemapHint() if pairs.is_indexed(site) else None
    for code in site.config.added[LANGUAGES]:
        root = f"/{code}/"
        yield drawn(site, root, _TEMPLATE, _show_soon, code, sitemap=hint)
        for month in pairs.months(site):
            url = f"{root}{pairs.below(month)}"
            numbers = month.year, month.month
            yield drawn(site, url, _TEMPLATE, _show_month, code, *numbers, sitemap=hint)
        if pairs.places(site):
            url = f"{root}{pairs.PLACES}"
            yield drawn(site, url, _TEMPLATE, _show_places, code, sitemap=hint)
        for ref in pairs.places(site):
            item = site.items[ref]
            if pairs.has_page(item, site):
                indexing = hint if item.entry.indexable else None
                url = f"{root}{pairs.place_below(item)}"
                yield drawn(site, url, _TEMPLATE, _show_place, code, ref, sitemap=indexing)


@per_site
def _frame(site: Site) -> Frame:
    """What surrounds these pages: that of French pages, without its French menus and words."""
    return replace(
        frame_of(site), region="", menu=(), pied=(), ailleurs=(), ruban=None, hors_ligne=""
    )


def _common(
    site: Site, words: Words, below: str, french_url: str, key: str, **values: str
) -> dict[str, Any]:
    # The fields that all pages have; ``below`` is the path below the language, ``key`` the title
    # among ``words``.
    code = words.langue
    url = f"/{code}/{below}"
    others = tuple(way for way in pairs.ways(site, french_url).langues if way[0] != code)
    menu = [(words.say("quatorze_jours"), f"/{code}/")]
    months = tuple(
        (SafeHtml(words.moment(month.first, "yMMM")), f"/{code}/{pairs.below(month)}")
        for month in pairs.months(site)
    )
    if pairs.places(site):
        menu.append((words.say("lieux"), f"/{code}/{pairs.PLACES}"))
    return {
        "cadre": _frame(site),
        "url": url,
        "langue": code,
        "langues": (("fr", "Français", french_url), *others),
        "francais": french_url,
        "titre": words.plain(key, **values),
        "entete": SafeHtml(words.say(key, **values)),
        "description": words.plain("description"),
        "noindex": not pairs.is_indexed(site),
        "dits": words.said,
        "communes": COMMUNES if site.geography.home else "",
        "menu": tuple((SafeHtml(text), url) for text, url in menu),
        "mois": months,
    }


def _events(site: Site, words: Words, shown: pairs.Told) -> tuple[Group, ...]:
    sunday = Week.of(shown.first).last
    days = shown.first, shown.last
    week_end = max(shown.first, sunday - timedelta(days=1)), sunday
    parts = {
        "week_end": (shown.week_end, week_end),
        "dates": (shown.dated, days),
        "durables": (shown.lasting, days),
    }

    def true_first(refs: Iterable[str]) -> list[Item]:
        items = (site.items[ref] for ref in refs)
        return sorted(items, key=lambda item: bool(item.entry.exemple))

    groups = (
        Group(
            SafeHtml(words.say(key)),
            tuple(line(words, item, facts_of(site, item.ref), *span) for item in true_first(refs)),
            plie=key == "durables",
        )
        for key, (refs, span) in parts.items()
    )
    return tuple(group for group in groups if group.lignes)


def _show_soon(site: Site, code: str) -> PageView:
    words = words_of(site, code)
    events = _events(site, words, pairs.fortnight(site))
    return page_view(
        **_common(site, words, "", HOME, "accueil"),
        groupes=(*_open(site, words), *events),
        faits=(),
    )


def _open(site: Site, words: Words) -> Iterator[Group]:
    # Places that are open on the day of the build and at the end of its week, with their hours.
    today = site.day.date
    sunday = Week.of(today).last
    for day in sorted({today, max(today, sunday - timedelta(days=1)), sunday}):
        lines = tuple(
            _place_line(words, item, _open_then(words, then), site)
            for item, then in OPEN.ask(site, day)
        )
        if lines:
            yield Group(
                SafeHtml(words.say("ouverts", jour=words.moment(day, DATE))), lines, plie=True
            )


def _open_then(words: Words, opened: Ouvert) -> str:
    # « 10:00–12:00, 14:00–18:00 », of minutes.
    _, *bounds = opened.heures.split()
    hours = [time(*divmod(int(bound) % DAY, 60)) for bound in bounds]
    return ", ".join(map(words.hours, hours[::2], hours[1::2]))


def _show_month(site: Site, code: str, year: int, number: int) -> PageView:
    words = words_of(site, code)
    month = Month(year, number)
    name = words.moment(month.first, MONTH)
    return page_view(
        **_common(site, words, pairs.below(month), month_of(month), "mois", mois=name),
        groupes=_events(site, words, pairs.of_month(site, year, number)),
        faits=(),
    )


def _show_places(site: Site, code: str) -> PageView:
    words = words_of(site, code)
    items = sorted(
        (site.items[ref] for ref in pairs.places(site)),
        key=lambda item: (_departement(site, item), not pairs.has_page(item, site)),
    )
    groups = tuple(
        Group(
            SafeHtml(french(name)),
            tuple(_place_line(words, item, _brief(words, item), site) for item in members),
        )
        for name, members in groupby(items, key=lambda item: _departement(site, item))
    )
    return page_view(
        **_common(site, words, pairs.PLACES, pairs.LIST, "lieux"), groupes=groups, faits=()
    )


def _departement(site: Site, item: Item) -> str:
    departement = site.departement_of(item)
    if departement:
        return departement.nom
    return ""


def _place_line(words: Words, item: Item, hours: str, site: Site) -> Line:
    translated = pairs.has_page(item, site)
    url = f"/{words.langue}/{pairs.place_below(item)}" if translated else item.url
    details = filter(None, (_type_and_town(words, item), hours))
    return Line(item.entry.titre, url, tuple(map(SafeHtml, details)), lieu=ground(item))


def _type_and_town(words: Words, item: Item) -> str:
    kind = item.of(PlaceEntry).type
    town = ""
    if item.town:
        town = french(item.town)
    return joined((words.label("types-lieux", kind) if kind else "", town))


def _show_place(site: Site, code: str, ref: str) -> PageView:
    words = words_of(site, code)
    item = site.items[ref]
    fields = _common(site, words, pairs.place_below(item), item.url, "lieux")
    fields |= {
        "titre": item.entry.titre,
        "entete": SafeHtml(_type_and_town(words, item)),
        "noindex": not item.entry.indexable or fields["noindex"],
    }
    return page_view(**fields, groupes=(), faits=_facts(words, item, site))


def _facts(words: Words, item: Item, site: Site) -> tuple[Row, ...]:
    # What a visitor asks of a place; its opening hours are a table.
    lieu = item.of(Lieu)
    hours = lieu.horaires_ouverture
    rules = read_opening_hours(hours).told.regles if hours else ()
    rows = (
        Row(
            SafeHtml(words.say(key)),
            tuple(SafeHtml(value) for value in values if value),
            tuple(_hours(words, rule) for rule in rules if key == "horaires"),
        )
        for key, values in _values(words, lieu, item, site)
    )
    return tuple(row for row in rows if row.valeurs or row.heures)


def _brief(words: Words, item: Item) -> str:
    # When a place is open, and its first price, on one line.
    lieu = item.of(Lieu)
    hours = (" ".join(_hours(words, rule)) for rule in _rules(lieu) if not rule.ferme)
    return joined((", ".join(hours), *islice(_prices(words, lieu), 1)))


def _values(
    words: Words, lieu: Lieu, item: Item, site: Site
) -> Iterator[tuple[str, Iterable[str]]]:
    # The facts of a place in the order of its page: the key of each label, values in HTML.
    where = address(item, site)
    place = french(", ".join(filter(None, (where.batiment, where.postal))))
    ways = (link(way.url, words.say("carte")) for way in directions(item, site)[:1])
    yield "horaires", ()
    yield "fermetures", _closures(words, lieu, item, site)
    yield "adresse", [joined((place, *ways))]
    yield "tarifs", _prices(words, lieu)
    yield "billets", _tickets(lieu)
    yield "acces", access(words, lieu.accessibilite)
    rooms = (words.label("equipements", room.type) for room in lieu.equipements)
    yield "equipements", [", ".join(rooms)]
    contacts = (*mail_and_phone(lieu.courriel, lieu.telephone), *web_site(lieu.site))
    yield "contact", (link(way.url, way.text) for way in contacts)


def _rules(lieu: Lieu) -> tuple[Rule, ...]:
    hours = lieu.horaires_ouverture
    if hours:
        return read_opening_hours(hours).regles
    return ()


def _tickets(lieu: Lieu) -> Iterator[str]:
    office = lieu.billetterie
    if office:
        ways = (*web_site(office.url), *mail_and_phone(None, office.telephone))
        yield joined(link(way.url, way.text) for way in ways)


def _prices(words: Words, lieu: Lieu) -> Iterator[str]:
    for price in lieu.tarifs:
        text = words.euros(price.prix) if price.prix else words.say("gratuit")
        conditions = words.say("conditions") if price.conditions else ""
        yield joined((f"{words.price(price.libelle)}: {text}", conditions))


def _closures(words: Words, lieu: Lieu, item: Item, site: Site) -> Iterator[str]:
    for rank, _ in lieu_state(site, item.ref).fermetures:
        closure = lieu.fermetures[rank]
        room = ""
        if closure.equipement:
            room = words.label("equipements", closure.equipement)
        yield joined((words.span(closure.du, closure.au, DATE), room))


def _hours(words: Words, rule: Rule) -> tuple[SafeHtml, SafeHtml]:
    # The days of a rule, and its hours; the note of its author stays in French.
    seasons = [
        words.span(*span.next_run(_ANY_DAY), "MMM" if span.mois else "MMMd") for span in rule.dates
    ]
    dates = words.listed(seasons) if seasons else ""
    when = ", ".join(filter(None, (dates, _days(words, rule))))
    if rule.ferme:
        hours = words.say("ferme")
    elif [(span.debut, span.fin) for span in rule.heures] == [_WHOLE]:
        hours = words.say("toujours")
    else:
        hours = ", ".join(_hour_span(words, span) for span in rule.heures)
    if rule.ajoute and hours:
        hours = words.say("aussi", heures=hours)
    text = words.say("a_verifier") if rule is UNSAID else french(rule.note)
    note = text if rule.note else ""
    return SafeHtml(when or words.say("tous_les_jours")), SafeHtml(joined((hours, note)))


def _hour_span(words: Words, span: Span) -> str:
    start = time(*divmod(span.debut % DAY, 60))
    if span.fin is None:
        return words.say("depuis", heure=words.hours(start))
    return words.hours(start, time(*divmod(span.fin % DAY, 60)))


def _days(words: Words, rule: Rule) -> str:
    days = list(chain.from_iterable(_day_span(words, span) for span in rule.jours))
    if len(set(chain.from_iterable(span.jours for span in rule.jours if not span.rangs))) == _WEEK:
        days = [words.say("tous_les_jours")]
    free = [words.say({"PH": "feries", "SH": "vacances"}[code]) for code in rule.feries]
    if rule.croise and days:
        return words.say("parmi", jours=words.listed(days), quand=words.listed(free))
    if days or free:
        return words.listed([*days, *free])
    return ""


def _day_span(words: Words, span: DaySpan) -> list[str]:
    first = words.week_day(span.du)
    last = words.week_day(span.au)
    if span.rangs:
        return [words.say(_RANKS.get(rank, "certains"), jour=first) for rank in span.rangs]
    if span.du == span.au:
        return [first]
    if len(span.jours) == 2:
        return [first, last]
    return [words.between(first, last)]
