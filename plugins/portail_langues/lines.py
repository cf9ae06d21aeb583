"""The words of another language, and an event told in them: a few lines of facts.

Words are labels of lists, sentences and, by CLDR, days, hours and sums. Every text is HTML, in
which what stays in French says so. Facts that do not depend on a language are found once for all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, time, timedelta
from functools import cache
from gettext import c2py
from types import SimpleNamespace
from typing import TypeAlias

from babel import Locale
from babel.dates import format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency
from markupsafe import escape as escaped
from msgspec import Struct

from portail.agenda.occurrences import Occurrence
from portail.facts.audience import SHOWN
from portail.facts.base import mail_and_phone
from portail.facts.place import address, directions
from portail.facts.price import is_closed
from portail.model.event import Event
from portail.model.fields import LIEN_APRES
from portail.model.parts import Accessibilite
from portail.model.vocabulary import Vocabularies
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.territories import is_whole, known_by_key
from portail.text.spaces import NBSP, seen
from portail.text.typography import SafeHtml, unmarked

from .catalogues import LANGUAGES, PLURAL, PRICES, SENTENCE, SENTENCES, Catalogue
from .pairs import has_page, place_below


@answer
def facts_of(site: Site, ref: str) -> SimpleNamespace:
    """Facts of an event that is not over: its dates to come, with their first and last days; the
    days on which one that takes place begins, the last of all; its place, street and town, the page
    of the place below the address of a language; whence one takes part in what is everywhere."""
    item = site.items[ref]
    event = item.of(Event)
    dates = tuple(
        (occurrence.first_day, occurrence.last_day, occurrence) for occurrence in item.coming
    )
    on = [(first, last) for first, last, occurrence in dates if occurrence.maintained]
    where = address(item, site)
    lieu = site.lieu_of(event)
    terms = event.inscription
    whole = not item.partout or is_whole(item.zone, site.geography)
    zone = () if whole else (known_by_key(code, site.geography) for code in item.zone)
    return SimpleNamespace(
        dates=dates,
        days=tuple(sorted({first for first, _ in on})),
        until=max((last for _, last in on), default=item.coming[-1].last_day),
        place=", ".join(filter(None, (unmarked(where.precis), where.rue, where.commune))),
        page=place_below(lieu) if lieu and has_page(lieu, site) else "",
        map=next((way.url for way in directions(item, site)), ""),
        territories=tuple(territory.nom for territory in zone if territory),
        closed=is_closed(item, site),
        contacts=mail_and_phone(terms.courriel, terms.telephone) if terms else (),
    )


# Skeletons of CLDR: what a text tells of a day, of an hour, of a month.
DAY = "MMMEd"
DATE = "yMMMd"
HOUR = "Hm"
MONTH = "yMMMM"
_EURO = "EUR"


def escape(text: str) -> str:
    return str(escaped(text))


def french(text: str) -> str:
    return f'<span lang="fr">{escape(seen(text))}</span>'


def link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{text}</a>'


class Words:
    """What is said in the language of a catalogue."""

    def __init__(self, catalogue: Catalogue, lists: Vocabularies, base: str) -> None:
        self.langue = catalogue.langue
        # What addresses of its pages begin with, in links.
        self.root = f"{base}/{self.langue}/"
        self.locale = locale = Locale.parse(catalogue.locale)
        self._texts = catalogue.textes
        self._lists = lists
        self._plural = c2py(catalogue.pluriel)
        self._range = locale.interval_formats[None]
        self._together = str(locale.datetime_formats["medium"])
        # Rows of events, by reference and rank of the date that is told: pages share them.
        self.lines: dict[tuple[str, int], tuple[SafeHtml, ...]] = {}
        # Sentences in which nothing is filled in.
        self.said = {
            key: SafeHtml(self.say(key)) for key, text in SENTENCE.items() if "{" not in text
        }
        # Each is asked for in many lines, and takes time.
        self.moment: Callable[[date | time, str], str] = cache(self._moment)
        self.span: Callable[[date | time, date | time, str], str] = cache(self._span)

    def _text(self, context: str, text: str) -> str:
        translated = self._texts.get((context, text))
        if translated:
            return escape(translated[0])
        return french(text)

    def label(self, name: str, code: str) -> str:
        return self._text(name, self._lists.label(name, code))

    def price(self, label: str) -> str:
        """What a place calls a price, if it is one of those that are translated."""
        return self._text(PRICES, label)

    def say(self, key: str, **values: object) -> str:
        text = self._text(SENTENCES, SENTENCE[key])
        if values:
            return text.format(**values)
        return text

    def plain(self, key: str, **values: object) -> str:
        """The same as plain text, for where nothing can say that it is French."""
        translated = self._texts.get((SENTENCES, SENTENCE[key]))
        return (translated[0] if translated else SENTENCE[key]).format(**values)

    def count(self, key: str, number: int, **values: object) -> str:
        singular, several = PLURAL[key]
        translated = self._texts.get((SENTENCES, singular))
        if translated:
            form = len(translated) - 1
            # A rule is tried up to some number (``catalogues``): beyond, it says some form.
            with suppress(ArithmeticError, ValueError):
                form = max(0, min(self._plural(number), form))
            text = escape(translated[form])
        else:
            text = french(singular if number < 2 else several)
        return text.replace("{nombre} ", f"{number}{NBSP}").format(nombre=number, **values)

    def _moment(self, value: date | time, skeleton: str) -> str:
        return _whole(format_skeleton(skeleton, value, locale=self.locale))

    def _span(self, first: date | time, last: date | time, skeleton: str) -> str:
        return _whole(format_interval(first, last, skeleton, locale=self.locale))

    def between(self, first: str, last: str) -> str:
        return _whole(self._range.format(first, last))

    def hours(self, start: time, end: time | None = None) -> str:
        if end:
            return self.span(start, end, HOUR)
        return self.moment(start, HOUR)

    def at(self, day: str, hours: str) -> str:
        """A day and its hours together: « Sun 2 Oct, 16:30–17:20 »."""
        return self._together.format(hours, day)

    def euros(self, sum_: float) -> str:
        pattern = self.locale.currency_formats["standard"].pattern
        if sum_ == int(sum_):
            pattern = pattern.replace("0.00", "0")
        text = format_currency(sum_, _EURO, pattern, self.locale, currency_digits=False)
        return _whole(text)

    def listed(self, texts: Iterable[str]) -> str:
        return format_list([*texts], locale=self.locale)

    def languages(self, codes: tuple[str, ...]) -> str:
        # CLDR has no name for some: then the catalogue has.
        names = (
            escape(self.locale.languages.get(code, "")) or self.label(LANGUAGES, code)
            for code in codes
        )
        return self.say("parle", langues=self.listed(names)).replace(" ", NBSP)

    def week_day(self, number: int) -> str:
        """A day of the week, from 0, Monday, in short."""
        return _whole(self.locale.days["format"]["abbreviated"][number])


def _whole(text: str) -> str:
    # A day, an hour or a sum is not cut at the end of a line, but after the dash of days.
    dash = text.replace("–", "–\u2060").replace("\u2009–\u2060\u2009", f"{NBSP}–\n")
    return escape(dash.replace(" ", NBSP).replace("\n", " "))


@per_site
def words_of(site: Site, langue: str) -> Words:
    catalogues: tuple[Catalogue, ...] = site.part(LANGUAGES)
    catalogue = next(catalogue for catalogue in catalogues if catalogue.langue == langue)
    return Words(catalogue, site.vocabularies, site.config.base)


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


def line(words: Words, item: Item, facts: SimpleNamespace, first: date, last: date) -> Line:
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


def _rows(words: Words, event: Event, facts: SimpleNamespace, shown: Dated) -> tuple[SafeHtml, ...]:
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


def _when(words: Words, event: Event, facts: SimpleNamespace, shown: Dated) -> str:
    occurrence = shown[2]
    state = ""
    if occurrence.etat != _AS_PLANNED:
        state = words.label("etats", occurrence.etat)
    text = words.say("nouvelle_date") if occurrence.undated else _moments(words, facts, shown)
    formats = ", ".join([words.label("formats", code) for code in event.format])
    return joined((f"<strong>{state}</strong>" if state else "", text, formats))


def _moments(words: Words, facts: SimpleNamespace, shown: Dated) -> str:
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


def _where(words: Words, event: Event, facts: SimpleNamespace, shown: Occurrence) -> Iterator[str]:
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


def _booking(
    words: Words, event: Event, facts: SimpleNamespace, shown: Occurrence
) -> Iterator[str]:
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
