"""Pages in other languages: events of a fortnight, of a month; places, and each of those that say
when one may come, or for how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
from portail.outputs.pages.slots import OPEN_HOURS
from portail.outputs.pages.views.shared import Frame, PageView
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

# A place on a page in another language: rows of facts, in HTML.

# Seasons are those of any year.
_ANY_DAY = date(2024, 1, 1)
_WEEK = 7
_WHOLE = (0, DAY)
# Open places told below events.
_OPEN = 6


class Row(Struct, frozen=True):
    """A fact: its label, its values one below the other; ``heures``: pairs of a table."""

    titre: SafeHtml
    valeurs: tuple[SafeHtml, ...] = ()
    heures: tuple[tuple[SafeHtml, SafeHtml], ...] = ()


def rows(words: Words, item: Item, site: Site) -> tuple[Row, ...]:
    """What a visitor asks of a place, as its own page says it."""
    lieu = item.of(Lieu)
    hours = lieu.horaires_ouverture
    rules = read_opening_hours(hours).told.regles if hours else ()
    told = (
        Row(
            SafeHtml(words.say(key)),
            tuple(SafeHtml(value) for value in values if value),
            tuple(_hours(words, rule) for rule in rules if key == "horaires"),
        )
        for key, values in _told(words, lieu, item, site)
    )
    return tuple(row for row in told if row.valeurs or row.heures)


def brief(words: Words, item: Item) -> str:
    """When one may come, and for how much, on one line."""
    lieu = item.of(Lieu)
    said = (" ".join(_hours(words, rule)) for rule in _rules(lieu) if not rule.ferme)
    return joined((", ".join(said), *islice(_prices(words, lieu), 1)))


def _told(words: Words, lieu: Lieu, item: Item, site: Site) -> Iterator[tuple[str, Iterable[str]]]:
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
    sold = lieu.billetterie
    if sold:
        ways = (*web_site(sold.url), *mail_and_phone(None, sold.telephone))
        yield joined(link(way.url, way.text) for way in ways)


def _prices(words: Words, lieu: Lieu) -> Iterator[str]:
    for price in lieu.tarifs:
        text = words.euros(price.prix) if price.prix else words.say("gratuit")
        more = ""
        if price.conditions:
            more = words.say("conditions")
        yield joined((f"{words.price(price.libelle)}: {text}", more))


def _closures(words: Words, lieu: Lieu, item: Item, site: Site) -> Iterator[str]:
    for rank, _ in lieu_state(site, item.ref).fermetures:
        closure = lieu.fermetures[rank]
        room = ""
        if closure.equipement:
            room = words.label("equipements", closure.equipement)
        yield joined((words.span(closure.du, closure.au, DATE), room))


def _hours(words: Words, rule: Rule) -> tuple[SafeHtml, SafeHtml]:
    # A rule: when it holds, what it says; a comment stays in French.
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
        hours = ", ".join(_minutes(words, span) for span in rule.heures)
    if rule.ajoute and hours:
        hours = words.say("aussi", heures=hours)
    said = words.say("a_verifier") if rule is UNSAID else french(rule.note)
    note = said if rule.note else ""
    return SafeHtml(when or words.say("tous_les_jours")), SafeHtml(joined((hours, note)))


def _minutes(words: Words, span: Span) -> str:
    start = time(*divmod(span.debut % DAY, 60))
    if span.fin is None:
        return words.say("depuis", heure=words.hours(start))
    return words.hours(start, time(*divmod(span.fin % DAY, 60)))


def _days(words: Words, rule: Rule) -> str:
    days = list(chain.from_iterable(_span(words, span) for span in rule.jours))
    if len(set(chain.from_iterable(span.jours for span in rule.jours if not span.rangs))) == _WEEK:
        days = [words.say("tous_les_jours")]
    free = [words.say({"PH": "feries", "SH": "vacances"}[code]) for code in rule.feries]
    if rule.croise and days:
        return words.say("parmi", jours=words.listed(days), quand=words.listed(free))
    if days or free:
        return words.listed([*days, *free])
    return ""


def _span(words: Words, span: DaySpan) -> list[str]:
    first = words.week_day(span.du)
    last = words.week_day(span.au)
    if span.rangs:
        return [words.say(_RANKS.get(rank, "certains"), jour=first) for rank in span.rangs]
    if span.du == span.au:
        return [first]
    if len(span.jours) == 2:
        return [first, last]
    return [words.between(first, last)]


_RANKS = {rank: f"rang_{rank}" for rank in range(1, 6)} | {-1: "dernier"}


_TEMPLATE = "langues.html"


class Group(Struct, frozen=True):
    titre: SafeHtml
    lignes: tuple[Line, ...]


class LanguageView(PageView, frozen=True, kw_only=True):
    """A page in another language.

    ``dits`` are its sentences, ``menu`` other pages of the language (words, address), ``francais``
    the page that it stands for; it has ``groupes`` of events or of places, or ``faits`` of a place,
    whose title is French.
    """

    dits: Mapping[str, SafeHtml]
    menu: tuple[tuple[SafeHtml, str], ...]
    francais: str
    entete: SafeHtml
    groupes: tuple[Group, ...] = ()
    # Where a list is narrowed around one: the communes of the region.
    communes: str = ""
    faits: tuple[Row, ...] = ()


def plan(site: Site) -> Iterator[TemplatePage]:
    hint = SitemapHint() if pairs.is_indexed(site) else None
    for code in site.config.added[LANGUAGES]:
        root = f"/{code}/"
        yield drawn(site, root, _TEMPLATE, _show_soon, code, sitemap=hint)
        for month in pairs.months(site):
            url = f"{root}{pairs.below(month)}"
            said = month.year, month.month
            yield drawn(site, url, _TEMPLATE, _show_month, code, *said, sitemap=hint)
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
    """What surrounds these pages: the name of the portal, where to write."""
    return replace(
        frame_of(site), region="", menu=(), pied=(), ailleurs=(), ruban=None, hors_ligne=""
    )


def _common(
    site: Site, words: Words, below: str, french_url: str, key: str, **values: str
) -> dict[str, Any]:
    code = words.langue
    url = f"/{code}/{below}"
    others = tuple(way for way in pairs.ways(site, french_url).langues if way[0] != code)
    menu = [(words.say("quatorze_jours"), f"/{code}/")]
    menu += [
        (words.moment(month.first, "yMMM"), f"/{code}/{pairs.below(month)}")
        for month in pairs.months(site)
    ]
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
    }


def _events(site: Site, words: Words, shown: pairs.Told) -> tuple[Group, ...]:
    last = Week.of(shown.first).last
    days = shown.first, shown.last
    following = max(shown.first, last - timedelta(days=1)), last
    parts = {
        "week_end": (shown.week_end, following),
        "dates": (shown.dated, days),
        "durables": (shown.lasting, days),
    }
    groups = (
        Group(
            SafeHtml(words.say(key)),
            tuple(line(words, site.items[ref], facts_of(site, ref), *when) for ref in refs),
        )
        for key, (refs, when) in parts.items()
    )
    return tuple(group for group in groups if group.lignes)


def _show_soon(site: Site, code: str) -> LanguageView:
    words = words_of(site, code)
    events = _events(site, words, pairs.fortnight(site))
    return LanguageView(
        **_common(site, words, "", HOME, "accueil"), groupes=(*events, *_open(site, words))
    )


def _open(site: Site, words: Words) -> Iterator[Group]:
    # Some places that are open on the day of the build.
    day = site.day.date
    places = islice(OPEN_HOURS.ask(site, day), _OPEN)
    if lines := tuple(_place(site, words, item) for item, _ in places):
        yield Group(SafeHtml(words.say("ouverts", jour=words.moment(day, DATE))), lines)


def _show_month(site: Site, code: str, year: int, number: int) -> LanguageView:
    words = words_of(site, code)
    month = Month(year, number)
    name = words.moment(month.first, MONTH)
    return LanguageView(
        **_common(site, words, pairs.below(month), month_of(month), "mois", mois=name),
        groupes=_events(site, words, pairs.of_month(site, year, number)),
    )


def _show_places(site: Site, code: str) -> LanguageView:
    words = words_of(site, code)
    items = sorted(
        (site.items[ref] for ref in pairs.places(site)),
        key=lambda item: (_ground(site, item), not pairs.has_page(item, site)),
    )
    groups = tuple(
        Group(SafeHtml(french(name)), tuple(_place(site, words, item) for item in items_of_ground))
        for name, items_of_ground in groupby(items, key=lambda item: _ground(site, item))
    )
    return LanguageView(**_common(site, words, pairs.PLACES, pairs.LIST, "lieux"), groupes=groups)


def _ground(site: Site, item: Item) -> str:
    departement = site.departement_of(item)
    if departement:
        return departement.nom
    return ""


def _place(site: Site, words: Words, item: Item) -> Line:
    translated = pairs.has_page(item, site)
    url = f"/{words.langue}/{pairs.place_below(item)}" if translated else item.url
    rows = filter(None, (_sort(words, item), brief(words, item)))
    return Line(item.entry.titre, url, tuple(map(SafeHtml, rows)), lieu=ground(item))


def _sort(words: Words, item: Item) -> str:
    kind = item.of(PlaceEntry).type
    town = ""
    if item.town:
        town = french(item.town)
    return joined((words.label("types-lieux", kind) if kind else "", town))


def _show_place(site: Site, code: str, ref: str) -> LanguageView:
    words = words_of(site, code)
    item = site.items[ref]
    fields = _common(site, words, pairs.place_below(item), item.url, "lieux")
    fields |= {"titre": item.entry.titre, "entete": SafeHtml(_sort(words, item))}
    fields["noindex"] = not item.entry.indexable or fields["noindex"]
    return LanguageView(**fields, faits=rows(words, item, site))
