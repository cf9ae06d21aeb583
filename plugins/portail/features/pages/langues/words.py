"""What is said in one language: labels of lists, sentences, and, by CLDR, days, hours and sums.

Every text here is HTML, in which what stays in French says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, time
from functools import cache
from gettext import c2py

from babel import Locale
from babel.dates import format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency
from markupsafe import escape as escaped

from portail.model.vocabulary import Vocabularies
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.spaces import NBSP, seen
from portail.text.typography import SafeHtml

from .catalogues import LANGUAGES, PLURAL, PRICES, SENTENCE, SENTENCES, Catalogue

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
        # Each is asked for in many lines.
        self.label: Callable[[str, str], str] = cache(self._label)
        self.moment: Callable[[date | time, str], str] = cache(self._moment)
        self.span: Callable[[date | time, date | time, str], str] = cache(self._span)
        self.euros: Callable[[float], str] = cache(self._euros)
        self.languages: Callable[[tuple[str, ...]], str] = cache(self._languages)

    def _text(self, context: str, text: str) -> str:
        translated = self._texts.get((context, text))
        if translated:
            return escape(translated[0])
        return french(text)

    def _label(self, name: str, code: str) -> str:
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

    def _euros(self, sum_: float) -> str:
        pattern = self.locale.currency_formats["standard"].pattern
        if sum_ == int(sum_):
            pattern = pattern.replace("0.00", "0")
        text = format_currency(sum_, _EURO, pattern, self.locale, currency_digits=False)
        return _whole(text)

    def listed(self, texts: Iterable[str]) -> str:
        return format_list([*texts], locale=self.locale)

    def _languages(self, codes: tuple[str, ...]) -> str:
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
