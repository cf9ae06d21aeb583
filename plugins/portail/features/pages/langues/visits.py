"""A place on a page in another language: rows of facts, in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time
from itertools import chain, islice

from msgspec import Struct

from portail.facts.base import mail_and_phone, web_site
from portail.facts.place import address, directions
from portail.features.kinds.lieux.model import Lieu
from portail.features.kinds.lieux.state import lieu_state
from portail.features.services.horaires.notation import read_opening_hours
from portail.features.services.horaires.rules import DAY, UNSAID, DaySpan, Rule, Span
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import SafeHtml

from .lines import access, joined
from .words import DATE, Words, french, link

# Seasons are those of any year.
_ANY_DAY = date(2024, 1, 1)
_WEEK = 7
_WHOLE = (0, DAY)


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
        more = words.say("conditions") if price.conditions else ""
        yield joined((f"{words.price(price.libelle)}: {text}", more))


def _closures(words: Words, lieu: Lieu, item: Item, site: Site) -> Iterator[str]:
    for rank, _ in lieu_state(site, item.ref).fermetures:
        closure = lieu.fermetures[rank]
        room = words.label("equipements", closure.equipement) if closure.equipement else ""
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
