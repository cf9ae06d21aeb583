"""The field of opening hours: French, or the syntax of OpenStreetMap, in which they are kept."""

# Annotations are values here, as in the modules of kinds.
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Annotated, Any, NamedTuple

from msgspec import Struct, field
from pydantic import ValidationInfo

from portail.model.faults import fault
from portail.model.fields import Texte
from portail.model.scalars import Typed
from portail.resources import rows_of

from .french import Token, is_spoken, tokens
from .notation import (
    DAYS,
    MONTHS,
    Misread,
    read_opening_hours,
    word_at,
)

# Opening hours as people write them in French, turned into those of OpenStreetMap; an unknown word
# is refused where it stands.

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
        days = ",".join(_runs(self.days, DAYS))
        holidays = ",".join(self.holidays)
        among = f"{holidays} {days}" if self.among and days else ""
        named = among or ",".join(filter(None, (days, holidays)))
        return " ".join(filter(None, (",".join(_runs(self.dates, MONTHS)), named)))


def _runs(names: Iterable[str], order: Sequence[str]) -> list[str]:
    runs: list[list[str]] = []
    for name in names:
        last = ""
        if runs:
            last = runs[-1][-1]
        follows = name in order[1:] and last == order[order.index(name) - 1]
        if follows:
            runs[-1].append(name)
        else:
            runs.append([name])
    return [run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]


def other_days(last: When, when: When, how: str, *, closed: bool) -> bool:
    """Whether ``when``, joined by ``how``, is about other days than ``last``, instead of saying
    more of the same ones."""
    named = bool(last.days or last.holidays)
    if when.dates:
        return named and how != ""
    return bool(last.dates) and not named and (how == "et" or (closed and how == "virgule"))


def day_numbers(days: Iterable[str]) -> set[int]:
    """Days of the week, 0 being Monday, of ``Tu-Fr``, ``Su``…"""
    numbers = set()
    for day in days:
        first, _, last = day.partition("-")
        start = DAYS.index(first)
        end = DAYS.index(last) if last else start
        numbers |= {(start + step) % 7 for step in range((end - start) % 7 + 1)}
    return numbers


def osm_hours(text: str) -> str:
    """The hours that ``text`` says. Raises ``Misread``.

    >>> osm_hours("mardi à dimanche 10 h-18 h, fermé les jours fériés")
    'Tu-Su 10:00-18:00; PH off'
    """
    rules = sorted(_Reader(text).rules(), key=lambda rule: not rule.weekly)
    hours = ""
    for rule in rules:
        longer = rule.text
        if hours:
            longer = f"{hours}{', ' if rule.adds else '; '}{longer}"
        try:
            read_opening_hours(longer)
        except Misread as error:
            reason = error.raison
            if reason not in ("date", "heure"):
                reason = "annule"
            raise Misread(rule.start, word_at(text, rule.start), f"mots_{reason}") from None
        hours = longer
    return hours


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
        token = self.word
        if token.name not in names:
            return None
        self.place += 1
        return token

    def refuse(self, reason: str, word: Token | None = None) -> Misread:
        token = word or self.word
        written = self.text[token.start : token.end] or "la fin"
        return Misread(token.start, written, f"mots_{reason}")

    def rules(self) -> list[Written]:
        rules: list[Written] = []
        while True:
            while self.take("fin", "virgule", "et"):
                pass
            if not self.word.name:
                if not rules:
                    raise self.refuse("manque")
                return rules
            rules += self.rule()

    def rule(self) -> Iterator[Written]:
        first = self.word
        if self.take("ferme"):
            whens = self.when(closed=True)
            yield from self.compose(first, whens, self.noted("off"))
            return
        self.take("ouvert")
        whens = self.when()
        apart = list[When]()
        if self.take("sauf"):
            apart = self.when()
        if self.words[self.place + 1].name in _AFTER_DAYS:
            self.take("virgule")
        self.take("deux_points")
        adds = self.take("aussi") is not None
        hours = self.opening(first)
        if not any(whens):
            whens = self.when()
        if self.take("sauf"):
            apart = self.when()
        closed = list(chain.from_iterable(when.days for when in apart))
        if closed:
            whens[0].days = self.without(whens[0].days, closed, first)
        yield from self.compose(first, whens, hours, adds)
        exceptions = [When(when.dates, [], when.holidays) for when in apart]
        yield from self.compose(first, [when for when in exceptions if when], "off")

    def compose(
        self, first: Token, whens: list[When], hours: str, adds: bool = False
    ) -> Iterator[Written]:
        for when in whens:
            ranked = any("[" in day for day in when.days)
            text = " ".join(filter(None, (when.text(), hours)))
            yield Written(first.start, text, not (when.dates or when.holidays or ranked), adds)

    def without(self, days: list[str], apart: list[str], first: Token) -> list[str]:
        if any("[" in day for day in (*days, *apart)):
            raise self.refuse("annule", first)
        others_days = day_numbers(days or ["Mo-Su"]) - day_numbers(apart)
        if not others_days:
            raise self.refuse("annule", first)
        return [DAYS[number] for number in sorted(others_days)]

    def opening(self, first: Token) -> str:
        if self.take("ferme"):
            hours = "off"
        elif self.take("toujours"):
            hours = "24/7"
        else:
            hours = ",".join(self.hours())
        hours = self.noted(hours)
        if not hours:
            raise self.refuse("manque", first if not self.word.name else None)
        return hours

    def noted(self, hours: str) -> str:
        note = self.take("note")
        if note:
            return f'{hours} "{note.value}"'.strip()
        return hours

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
            ahead = [word.name for word in self.words[self.place : self.place + 2]]
            if not joined or not (ahead[0] in ("heure", "partir") or ahead == ["du", "heure"]):
                self.place = before
                return

    def hour(self) -> str:
        token = self.take("heure", "nombre")
        if token is None:
            raise self.refuse("heure")
        hours, _, minutes = token.value.partition(":")
        minutes = minutes or "00"
        if int(hours) * 60 + int(minutes) > 24 * 60 or int(minutes) > 59:
            raise self.refuse("heure", token)
        return f"{int(hours):02}:{minutes}"

    def when(self, *, closed: bool = False) -> list[When]:
        # Dates, days, holidays. Two sorts side by side are about the same days (« d’avril à
        # septembre, le mardi »), joined by « et » about these and those. Of what is closed, a day
        # that hours follow begins another rule.
        whens = [When()]
        while True:
            before = self.place
            last = whens[-1]
            joined = None
            if last:
                joined = self.take("virgule", "et", "deux_points")
            when = When()
            self.item(when)
            colon = joined is not None and joined.name == "deux_points"
            if not when or (closed and joined and (colon or self.word.name in _AFTER_DAYS)):
                self.place = before
                return whens
            how = "" if joined is None else joined.name
            if colon and (when.dates or last.days):
                self.place = before
                return whens
            if other_days(last, when, how, closed=closed):
                whens.append(when)
                continue
            last.among |= when.among or (colon and not last.dates)
            last.dates += when.dates
            last.days += when.days
            last.holidays += when.holidays

    def item(self, when: When) -> None:
        if self.take("pendant"):
            when.among = True
        self.take("du") if self.words[self.place + 1].name != "heure" else None
        self.take("le")
        word = self.word
        if self.take("tous"):
            when.days.append(word.value)
        elif self.take("ferie"):
            when.holidays.append(word.value)
        elif word.name == "jour":
            when.days.append(self.days())
        elif word.name == "rang" or (word.name == "nombre" and self.ranked()):
            when.days.append(self.rank())
        elif word.name == "nombre" and not self.bare():
            when.dates.append(self.dates())
        elif word.name == "mois":
            when.dates.append(self.months())

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
        # Whether the number here is a rank: a day of the week follows (« 1er dimanche »).
        ahead = self.words[self.place + 1 :]
        joined = ("rang", "nombre", "et", "virgule", "le")
        return next((word.name for word in ahead if word.name not in joined), "") == "jour"

    def bare(self) -> bool:
        # Whether the number here is an hour: « de 10 à 12 h ».
        return [word.name for word in self.words[self.place :][:3]] == ["nombre", "a", "heure"]

    def rank(self) -> str:
        ranks = []
        while True:
            self.take("le")
            token = self.take("rang", "nombre")
            if token is None or not 1 <= abs(int(token.value)) <= 5:
                raise self.refuse("jour", token)
            ranks.append(token.value)
            if not self.take("virgule", "et"):
                break
        day = self.take("jour")
        if day is None or not self.take("mois_fin"):
            raise self.refuse("jour")
        return f"{DAYS[int(day.value)]}[{','.join(ranks)}]"

    def dates(self) -> str:
        # « 25 décembre », « 1er au 5 mai », « 24 décembre au 2 janvier ».
        first = self.take("nombre")
        month = self.take("mois")
        assert first is not None
        if not self.take("a"):
            if month is None:
                raise self.refuse("date", first)
            return f"{MONTHS[int(month.value)]} {int(first.value)}"
        self.take("le")
        last = self.take("nombre")
        last_month = self.take("mois")
        if last is None or last_month is None:
            raise self.refuse("date")
        begun = month or last_month
        start, end = (
            f"{MONTHS[int(m.value)]} {int(d.value)}"
            for m, d in ((begun, first), (last_month, last))
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


# What may come after the days of a rule, beside other days.
_AFTER_DAYS = ("heure", "partir", "toujours", "ferme", "note", "deux_points", "aussi", "du")


_CODE = "E249"

# What is wrong and what to write, by the names of ``Misread``.
_HOURS_FAULTS: Mapping[str, Sequence[str]] = rows_of("services.horaires", "mots")

_texte = Texte(255)


def _read(value: Any, info: ValidationInfo) -> str:
    text = str(_texte.read(value, info))
    try:
        return _osm(text)
    except Misread as error:
        reason, remedy = _HOURS_FAULTS[error.raison]
        details: dict[str, Any] = {
            "trouve": error.trouve,
            "rang": error.signe + 1,
            "_signe": error.signe,
        }
        raise fault(_CODE, raison=reason, remede=remedy, **details) from None


def _osm(text: str) -> str:
    try:
        read_opening_hours(text)
    except Misread:
        if not is_spoken(text):
            raise
        return osm_hours(text)
    return text


# Opening hours, French turned into the syntax of OpenStreetMap (E202, E205, E206, E246, E249).
Horaires = Annotated[
    str,
    Typed(_read, {**_texte.schema, "x-code": _CODE}),
]
