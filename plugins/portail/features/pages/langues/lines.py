"""An event on a page in another language: a few lines of facts, in HTML."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import TypeAlias

from msgspec import Struct

from portail.agenda.occurrences import Occurrence
from portail.facts.audience import SHOWN
from portail.model.event import Event
from portail.model.fields import LIEN_APRES
from portail.model.parts import Accessibilite
from portail.site.item import Item
from portail.text.typography import SafeHtml

from .facts import Facts
from .words import DATE, DAY, Words, french, link

# An occurrence after its first and last days.
Dated: TypeAlias = tuple[date, date, Occurrence]

_POINT = '\u00a0<span aria-hidden="true">·</span> '
_DAY = timedelta(days=1)
_AS_PLANNED = "programme"
# What is spoken where nothing says it.
_FRENCH = ("fr",)
_UNKNOWN = "inconnu"


class Line(Struct, frozen=True):
    """A content: its title, in French, its address, lines of facts; of an event, its anchor, and
    the last of its days that the page tells of. ``lieu``: degrees of its town."""

    titre: str
    url: str
    rangs: tuple[SafeHtml, ...]
    ancre: str = ""
    fin: date | None = None
    lieu: tuple[float | None, float | None] | None = None


def ground(item: Item) -> tuple[float | None, float | None] | None:
    if item.commune:
        return (item.commune.lat, item.commune.lon)
    return None


def joined(parts: Iterable[str]) -> str:
    return _POINT.join(filter(None, parts))


def line(words: Words, item: Item, facts: Facts, first: date, last: date) -> Line:
    """What is told of an event from a day to another, on one of which it has a date."""
    dates = [row for row in facts.dates if row[0] <= last and row[1] >= first]
    shown = next((row for row in dates if row[2].maintained), dates[0])
    key = item.ref, shown[2].rang
    rows = words.lines.get(key)
    if rows is None:
        rows = words.lines[key] = _rows(words, item.of(Event), facts, shown)
    until = min(last, max([row[1] for row in dates]))
    return Line(
        item.entry.titre, item.url, rows, ancre=item.entry.slug, fin=until, lieu=ground(item)
    )


def _rows(words: Words, event: Event, facts: Facts, shown: Dated) -> tuple[SafeHtml, ...]:
    occurrence = shown[2]
    price = [*prices(words, event), *_publics(words, event)]
    booking = [*_booking(words, event, facts, occurrence)]
    (booking or price).append(words.languages(event.langues_parlees or _FRENCH))
    rows = (
        _when(words, event, facts, shown),
        joined(_where(words, event, facts, occurrence)),
        joined(price),
        joined(booking),
        joined(access(words, event.accessibilite, event.douce)),
    )
    return tuple([SafeHtml(row) for row in rows if row])


def _when(words: Words, event: Event, facts: Facts, shown: Dated) -> str:
    occurrence = shown[2]
    state = ""
    if occurrence.etat != _AS_PLANNED:
        state = words.label("etats", occurrence.etat)
    text = words.say("nouvelle_date") if occurrence.undated else _moments(words, facts, shown)
    formats = ", ".join([words.label("formats", code) for code in event.format])
    return joined((f"<strong>{state}</strong>" if state else "", text, formats))


def _moments(words: Words, facts: Facts, shown: Dated) -> str:
    # « Sat 1 Oct, 10:00–10:30, 14:00–14:30, and 8 more dates, until 20 Nov 2022 ».
    day, last, occurrence = shown
    texts = [moment(words, day, last, occurrence)]
    for other_day, _, other in facts.dates:
        if (
            other_day == day
            and other.rang > occurrence.rang
            and other.maintained
            and not other.journee
        ):
            texts.append(words.hours(*_clock(other)))
    if later := len(facts.days) - bisect_right(facts.days, day):
        texts.append(words.count("autres", later, jour=words.moment(facts.until, DATE)))
    return ", ".join(texts)


def moment(words: Words, first: date, last: date, occurrence: Occurrence) -> str:
    """« Sun 2 Oct, 16:30–17:20 »."""
    if occurrence.journee:
        if first == last:
            return f"{words.moment(first, DAY)}, {words.say('heure')}"
        return words.span(first, last, DATE)
    start, end = _clock(occurrence)
    if occurrence.is_night:
        days = words.span(first, first + _DAY, DAY)
        return words.say("nuit", jours=days, heure=words.hours(start, end))
    day = words.moment(first, DAY)
    if first == last or end is None:
        return words.at(day, words.hours(start, end))
    until = words.at(words.moment(last, DAY), words.hours(end))
    return words.between(words.at(day, words.hours(start)), until)


def _clock(occurrence: Occurrence) -> tuple[time, time | None]:
    # What clocks show as it begins, and ends if that is known.
    return (
        occurrence.debut.time(),
        occurrence.fin.time() if occurrence.fin and occurrence.fin != occurrence.debut else None,
    )


def _where(words: Words, event: Event, facts: Facts, shown: Occurrence) -> Iterator[str]:
    if event.partout:
        if facts.territories:
            names = french(", ".join(facts.territories))
            yield words.say("partout_dans", territoires=names)
        else:
            yield words.say("partout")
    elif facts.place and shown.etat != "deplace-en-ligne":
        place = french(facts.place)
        if facts.page:
            place = link(f"{words.root}{facts.page}", place)
        yield place
        if facts.map:
            yield link(facts.map, words.say("carte"))
    if event.en_ligne == LIEN_APRES:
        yield words.say("lien_apres")
    elif event.en_ligne:
        yield link(event.en_ligne, words.say("en_ligne"))
    yield ", ".join([words.label("dedans-dehors", code) for code in event.dedans_dehors])


def prices(words: Words, event: Event) -> Iterator[str]:
    price = event.tarif
    if price is None:
        return
    if price.nul:
        yield words.say("gratuit")
    elif price.prix is not None:
        yield words.euros(price.prix)
    elif price.gratuit is False:
        yield words.say("payant")
    if price.reduit is not None:
        yield words.say("reduit", prix=words.euros(price.reduit))
    if price.conditions:
        yield words.say("conditions")


def _publics(words: Words, event: Event) -> Iterator[str]:
    yield ", ".join([words.label("publics", code) for code in event.publics])
    if event.age is None:
        return
    low = event.age.min
    high = event.age.max
    key = "ages"
    if high is None:
        key = "des"
    elif low is None:
        key = "jusqu"
    yield words.say(key, min=low, max=high).replace(" ", "\u00a0")


def _booking(words: Words, event: Event, facts: Facts, shown: Occurrence) -> Iterator[str]:
    terms = event.inscription
    if terms and shown.maintained:
        yield words.say("closes") if facts.closed else words.label("regimes", terms.regime)
        if terms.avant_le and not facts.closed:
            day = words.moment(terms.avant_le.jour, DAY)
            hour = terms.avant_le.heure
            yield words.say("avant", jour=words.at(day, words.hours(hour)) if hour else day)
        if terms.url and not facts.closed:
            yield link(terms.url, words.say("reserver"))
    yield from (link(way.url, way.text.replace(" ", "\u00a0")) for way in facts.contacts)


def access(words: Words, terms: Accessibilite | None, gentle: Iterable[str] = ()) -> Iterator[str]:
    """Who can get in, and with what help."""
    if terms:
        levels = dict.fromkeys(terms.niveaux[name] for name in SHOWN)
        for level in levels:
            if level != _UNKNOWN:
                names = [name for name in SHOWN if terms.niveaux[name] == level]
                who = ", ".join(words.label("handicaps", name) for name in names)
                yield f"{words.label('valeurs-accessibilite', level)}: {who}"
        yield ", ".join(
            words.label("equipements-accessibilite", equipment) for equipment in terms.equipements
        )
        if terms.precisions:
            yield words.say("precisions")
    yield ", ".join([words.label("douceurs", code) for code in gentle])
