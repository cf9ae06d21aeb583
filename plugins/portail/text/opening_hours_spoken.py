"""Opening hours as people write them in French, turned into those of OpenStreetMap.

« Mardi à dimanche 10 h-18 h, fermé les jours fériés » becomes ``Tu-Su 10:00-18:00; PH off``. What
``opening_hours_french`` says is read back to the same hours. Strict: a word that is not known is
refused where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from portail.text.opening_hours_french import Token, tokens, word_at
from portail.text.opening_hours_text import DAYS, MONTHS, Misread, read_opening_hours

# What a sentence of opening hours says, as OpenStreetMap writes it.


class Written(NamedTuple):
    """A rule as OpenStreetMap writes it; ``weekly`` when it is about days of the week alone,
    ``adds`` when its hours are added to those before it."""

    start: int
    text: str
    weekly: bool
    adds: bool = False


class When(Struct):
    """When a rule holds: dates and days as OpenStreetMap writes them, holidays, ``among`` which
    the days are."""

    dates: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    holidays: list[str] = field(default_factory=list)
    among: bool = False

    def __bool__(self) -> bool:
        return bool(self.dates or self.days or self.holidays)

    def text(self) -> str:
        """As it stands before the hours."""
        days = ",".join(_runs(self.days, DAYS))
        holidays = ",".join(self.holidays)
        among = f"{holidays} {days}" if self.among and days else ""
        told = among or ",".join(filter(None, (days, holidays)))
        return " ".join(filter(None, (",".join(_runs(self.dates, MONTHS)), told)))


def _runs(names: Iterable[str], known: Sequence[str]) -> list[str]:
    """``Sa``, ``Su`` as ``Sa-Su``: names that follow one another are one span."""
    found: list[list[str]] = []
    for one in names:
        last = found[-1][-1] if found else ""
        follows = one in known[1:] and last == known[known.index(one) - 1]
        if follows:
            found[-1].append(one)
        else:
            found.append([one])
    return [one[0] if len(one) == 1 else f"{one[0]}-{one[-1]}" for one in found]


def other_days(last: When, one: When, how: str, *, closed: bool) -> bool:
    """Whether ``one``, joined by ``how``, is about other days than ``last``, instead of saying
    more of the same ones."""
    named = bool(last.days or last.holidays)
    if one.dates:
        return named and how != ""
    return bool(last.dates) and not named and (how == "et" or (closed and how == "virgule"))


def day_numbers(days: Iterable[str]) -> set[int]:
    """Days of the week, 0 being Monday, of ``Tu-Fr``, ``Su``…"""
    found = set()
    for one in days:
        first, _, last = one.partition("-")
        start = DAYS.index(first)
        end = DAYS.index(last) if last else start
        found |= {(start + step) % 7 for step in range((end - start) % 7 + 1)}
    return found


def osm_hours(text: str) -> str:
    """The hours that ``text`` says. Raises ``Misread``.

    >>> osm_hours("mardi à dimanche 10 h-18 h, fermé les jours fériés")
    'Tu-Su 10:00-18:00; PH off'
    """
    rules = sorted(_Reader(text).rules(), key=lambda one: not one.weekly)
    known = ""
    for one in rules:
        said = f"{known}{', ' if one.adds else '; '}{one.text}" if known else one.text
        try:
            read_opening_hours(said)
        except Misread as error:
            reason = error.raison if error.raison in ("date", "heure") else "annule"
            raise Misread(one.start, word_at(text, one.start), f"mots_{reason}") from None
        known = said
    return known


class _Reader:
    """A descent on the words of ``text``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.words = [*tokens(text), *[Token("", "", len(text), len(text))] * 3]

    @property
    def word(self) -> Token:
        return self.words[self.place]

    def take(self, *names: str) -> Token | None:
        """The next word, if it is one of ``names``."""
        found = self.word
        if found.name not in names:
            return None
        self.place += 1
        return found

    def refuse(self, reason: str, word: Token | None = None) -> Misread:
        found = word or self.word
        told = self.text[found.start : found.end] or "la fin"
        return Misread(found.start, told, f"mots_{reason}")

    def rules(self) -> list[Written]:
        found: list[Written] = []
        while True:
            while self.take("fin", "virgule", "et"):
                pass
            if not self.word.name:
                if not found:
                    raise self.refuse("manque")
                return found
            found += self.rule()

    def rule(self) -> Iterator[Written]:
        first = self.word
        if self.take("ferme"):
            whens = self.when(closed=True)
            yield from self.made(first, whens, self.noted("off"))
            return
        self.take("ouvert")
        whens = self.when()
        apart = list[When]()
        if self.take("sauf"):
            apart = self.when()
        if self.words[self.place + 1].name in _SAID:
            self.take("virgule")
        self.take("deux_points")
        adds = self.take("aussi") is not None
        what = self.what(first)
        if not any(whens):
            whens = self.when()
        if self.take("sauf"):
            apart = self.when()
        closed = [day for one in apart for day in one.days]
        if closed:
            whens[0].days = self.without(whens[0].days, closed, first)
        yield from self.made(first, whens, what, adds)
        exceptions = [When(one.dates, [], one.holidays) for one in apart]
        yield from self.made(first, [one for one in exceptions if one], "off")

    def made(
        self, first: Token, whens: list[When], what: str, adds: bool = False
    ) -> Iterator[Written]:
        for one in whens:
            ranked = any("[" in day for day in one.days)
            text = " ".join(filter(None, (one.text(), what)))
            yield Written(first.start, text, not (one.dates or one.holidays or ranked), adds)

    def without(self, days: list[str], apart: list[str], first: Token) -> list[str]:
        """``days`` less those of ``apart``; all seven when none is named."""
        if any("[" in one for one in (*days, *apart)):
            raise self.refuse("annule", first)
        left = day_numbers(days or ["Mo-Su"]) - day_numbers(apart)
        if not left:
            raise self.refuse("annule", first)
        return [DAYS[one] for one in sorted(left)]

    def what(self, first: Token) -> str:
        """Hours, closed, or what a note alone says."""
        if self.take("ferme"):
            said = "off"
        elif self.take("toujours"):
            said = "24/7"
        else:
            said = ",".join(self.hours())
        said = self.noted(said)
        if not said:
            raise self.refuse("manque", first if not self.word.name else None)
        return said

    def noted(self, said: str) -> str:
        note = self.take("note")
        return f'{said} "{note.value}"'.strip() if note else said

    def hours(self) -> Iterator[str]:
        while True:
            before = self.place
            if self.take("partir"):
                yield f"{self.hour()}+"
            else:
                self.take("du")
                if self.word.name != "heure" and not self.bare():
                    self.place = before
                    return
                start = self.hour()
                if not self.take("a", "et"):
                    raise self.refuse("heure")
                yield f"{start}-{self.hour()}"
            before = self.place
            joined = self.take("virgule", "et")
            ahead = [one.name for one in self.words[self.place : self.place + 2]]
            if not joined or not (ahead[0] in ("heure", "partir") or ahead == ["du", "heure"]):
                self.place = before
                return

    def hour(self) -> str:
        found = self.take("heure", "nombre")
        if found is None:
            raise self.refuse("heure")
        hours, _, minutes = found.value.partition(":")
        minutes = minutes or "00"
        if int(hours) * 60 + int(minutes) > 24 * 60 or int(minutes) > 59:
            raise self.refuse("heure", found)
        return f"{int(hours):02}:{minutes}"

    def when(self, *, closed: bool = False) -> list[When]:
        """Dates, days, holidays. Two sorts side by side are about the same days (« d’avril à
        septembre, le mardi »), joined by « et » about these and those. Of what is closed, a day
        that hours follow begins another rule."""
        found = [When()]
        while True:
            before = self.place
            last = found[-1]
            joined = self.take("virgule", "et", "deux_points") if last else None
            one = When()
            self.item(one)
            colon = joined is not None and joined.name == "deux_points"
            if not one or (closed and joined and (colon or self.word.name in _SAID)):
                self.place = before
                return found
            how = "" if joined is None else joined.name
            if colon and (one.dates or last.days):
                self.place = before
                return found
            if other_days(last, one, how, closed=closed):
                found.append(one)
                continue
            last.among |= one.among or (colon and not last.dates)
            last.dates += one.dates
            last.days += one.days
            last.holidays += one.holidays

    def item(self, found: When) -> None:
        if self.take("pendant"):
            found.among = True
        self.take("du") if self.words[self.place + 1].name != "heure" else None
        self.take("le")
        word = self.word
        if self.take("tous"):
            found.days.append(word.value)
        elif self.take("ferie"):
            found.holidays.append(word.value)
        elif word.name == "jour":
            found.days.append(self.days())
        elif word.name == "rang" or (word.name == "nombre" and self.ranked()):
            found.days.append(self.rank())
        elif word.name == "nombre" and not self.bare():
            found.dates.append(self.dates())
        elif word.name == "mois":
            found.dates.append(self.months())

    def days(self) -> str:
        first = DAYS[int(self.word.value)]
        self.place += 1
        before = self.place
        if self.take("a"):
            self.take("le")
            last = self.take("jour")
            if last is None:
                raise self.refuse("jour")
            return f"{first}-{DAYS[int(last.value)]}"
        self.place = before
        return first

    def ranked(self) -> bool:
        """Whether the number here is a rank: a day of the week follows (« 1er dimanche »)."""
        ahead = self.words[self.place + 1 :]
        joined = ("rang", "nombre", "et", "virgule", "le")
        return next((one.name for one in ahead if one.name not in joined), "") == "jour"

    def bare(self) -> bool:
        """Whether the number here is an hour: « de 10 à 12 h »."""
        return [one.name for one in self.words[self.place :][:3]] == ["nombre", "a", "heure"]

    def rank(self) -> str:
        ranks = []
        while True:
            self.take("le")
            one = self.take("rang", "nombre")
            if one is None or not 1 <= abs(int(one.value)) <= 5:
                raise self.refuse("jour", one)
            ranks.append(one.value)
            if not self.take("virgule", "et"):
                break
        day = self.take("jour")
        if day is None or not self.take("mois_fin"):
            raise self.refuse("jour")
        return f"{DAYS[int(day.value)]}[{','.join(ranks)}]"

    def dates(self) -> str:
        """« 25 décembre », « 1er au 5 mai », « 24 décembre au 2 janvier »."""
        first = self.take("nombre")
        month = self.take("mois")
        assert first is not None
        if not self.take("a"):
            if month is None:
                raise self.refuse("date", first)
            return f"{MONTHS[int(month.value)]} {int(first.value)}"
        self.take("le")
        last = self.take("nombre")
        other = self.take("mois")
        if last is None or other is None:
            raise self.refuse("date")
        begun = month or other
        start, end = (
            f"{MONTHS[int(m.value)]} {int(d.value)}" for m, d in ((begun, first), (other, last))
        )
        return f"{start}-{end}"

    def months(self) -> str:
        first = self.take("mois")
        assert first is not None
        before = self.place
        if self.take("a") and (last := self.take("mois")):
            return f"{MONTHS[int(first.value)]}-{MONTHS[int(last.value)]}"
        self.place = before
        return MONTHS[int(first.value)]


_SAID = ("heure", "partir", "toujours", "ferme", "note", "deux_points", "aussi", "du")
"""What may come after the days of a rule, beside other days."""
