"""Opening hours in French: a table by day of the week where they are weekly, sentences else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import time
from functools import cache
from itertools import chain
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from portail.late import expression
from portail.text.dates import JOURS, MOIS, heure
from portail.text.typography import capital

from .notation import Misread, word_at
from .rules import (
    DAY,
    UNSAID,
    DateSpan,
    DaySpan,
    OpeningHours,
    Rule,
    Span,
)

_NBSP = "\u00a0"
_HOLIDAYS = {"PH": "jours fériés", "SH": "vacances scolaires"}
_RANKS = dict(enumerate("premier deuxième troisième quatrième cinquième".split(), 1))
_RANKS |= {-rank: f"{_RANKS[rank]} avant la fin" for rank in (3, 4, 5)}
_RANKS |= {-1: "dernier", -2: "avant-dernier"}
_WHOLE = (Span(0, DAY),)


class Semaine(Struct, frozen=True):
    """The hours of a week: ``quand`` is when they hold (« d’avril à septembre »), ``""`` all
    year, ``dates`` the same as in ``DateSpan``; ``jours`` what Monday to Sunday say."""

    quand: str
    dates: tuple[tuple[int, int], ...]
    jours: tuple[str, ...]


def opening_weeks(hours: OpeningHours) -> tuple[tuple[Semaine, ...], tuple[str, ...]]:
    """Tables of the weeks, then sentences for what is left: exceptions, or all when the same goes
    for every day or when seasons overlap."""
    rules = list(chain.from_iterable(map(_parts, hours.regles)))
    weekly = [rule for rule in rules if rule.is_weekly]
    seasonal = [rule for rule in rules if rule.dates and rule.jours and _plain(rule)]
    seasons = dict.fromkeys(rule.dates for rule in seasonal)
    tabled = [*weekly, *seasonal]
    days = set(chain.from_iterable(_week(tabled, season) for season in [(), *seasons]))
    if len(days) < 2 or _overlap(seasons):
        return (), opening_lines(hours)
    weeks = []
    if weekly:
        weeks = [Semaine("", (), _week(weekly, ()))]
    for season in seasons:
        when = _several(list(map(_date_span, season)))
        weeks.append(Semaine(when, tuple((d.du, d.au) for d in season), _week(tabled, season)))
    return tuple(weeks), tuple(_line(rule) for rule in rules if rule not in tabled)


def opening_lines(hours: OpeningHours) -> tuple[str, ...]:
    """A sentence for each rule.

    >>> from portail.features.services.horaires.notation import read_opening_hours
    >>> opening_lines(read_opening_hours("Tu-Fr 10:00-18:00; PH off"))
    ('Du mardi au vendredi : de 10\\xa0h à 18\\xa0h', 'Jours fériés : fermé')
    """
    return tuple(map(_line, hours.regles))


def _parts(rule: Rule) -> Iterator[Rule]:
    # The days of the week of ``rule``, which a table says, then its other days.
    plain = tuple(span for span in rule.jours if not span.rangs)
    ranked = tuple(span for span in rule.jours if span.rangs)
    if rule.croise or not plain or not (ranked or rule.feries):
        yield rule
        return
    yield replace(rule, jours=plain, feries=())
    yield replace(rule, jours=ranked)


def _plain(rule: Rule) -> bool:
    return not rule.feries and not any(span.rangs for span in rule.jours)


def _overlap(seasons: Iterable[tuple[DateSpan, ...]]) -> bool:
    taken: set[int] = set()
    for season in seasons:
        days: set[int] = set()
        for span in season:
            days.update(day for day in range(101, 1232) if span.holds(day))
        if days & taken:
            return True
        taken |= days
    return False


def _week(rules: list[Rule], dates: tuple[DateSpan, ...]) -> tuple[str, ...]:
    return tuple(_day(_rules_of(rules, dates, day)) for day in range(7))


def _rules_of(rules: list[Rule], dates: tuple[DateSpan, ...], day: int) -> tuple[Rule, ...]:
    about = (
        rule
        for rule in rules
        if rule.dates in ((), dates)
        and (not rule.jours or any(day in span.jours for span in rule.jours))
    )
    return OpeningHours.among(about)


def _day(rules: tuple[Rule, ...]) -> str:
    # « 10 h – 12 h, 14 h – 18 h », « fermé ».
    ordered = sorted(rules, key=lambda rule: rule.heures[0].debut if rule.heures else -1)
    return ", ".join(_short(rule) for rule in ordered) or "fermé"


def _short(rule: Rule) -> str:
    if rule.heures == _WHOLE:
        hours = f"24{_NBSP}h sur 24"
    else:
        hours = ", ".join(map(short_span, rule.heures)) or ("fermé" if rule.ferme else "")
    if not hours:
        return rule.note
    if rule.note:
        return f"{hours} ({rule.note})"
    return hours


def short_span(span: Span) -> str:
    start = _hour(span.debut)
    if span.fin is None:
        return f"à partir de {start}"
    return f"{start} –{_NBSP}{_hour(span.fin)}"


def _line(rule: Rule) -> str:
    dates = ""
    if rule.dates:
        dates = _several([*map(_date_span, rule.dates)])
    when = ", ".join(filter(None, (dates, _days(rule))))
    note = rule.note
    if rule is not UNSAID:
        note = f"({note})"
    parts = [_hours(rule), note if rule.note else ""]
    text = ("aussi " if rule.ajoute else "") + " ".join(filter(None, parts))
    line = f"{when} : {text}" if when else text
    return capital(line)


def _days(rule: Rule) -> str:
    # Days of the week and holidays; all seven are « tous les jours ».
    if len(set(chain.from_iterable(span.jours for span in rule.jours if not span.rangs))) == 7:
        days = ["tous les jours"]
        spans = [span for span in rule.jours if span.rangs]
    else:
        days = []
        spans = list(rule.jours)
    days += chain.from_iterable(map(_day_span, spans))
    holidays = [_HOLIDAYS[code] for code in rule.feries]
    if rule.croise:
        return f"{_several(days)} pendant les {_several(holidays)}"
    if days or holidays:
        return _several([*days, *holidays])
    return ""


def _several(texts: list[str]) -> str:
    *first, last = texts
    if first:
        return f"{', '.join(first)} et {last}"
    return last


def _date(number: int, *, mois: bool) -> str:
    month, day = divmod(number, 100)
    name = MOIS[month - 1]
    if mois:
        return name
    return f"{'1er' if day == 1 else day}{_NBSP}{name}"


def _date_span(span: DateSpan) -> str:
    # « 25 décembre », « d’avril à septembre », « du 24 décembre au 2 janvier ».
    first = _date(span.du, mois=span.mois)
    last = _date(span.au, mois=span.mois)
    if first == last:
        return first
    if span.mois and span.au // 100 - span.du // 100 == 1:
        return f"{first} et {last}"
    if span.mois:
        return f"{'d’' if first[0] in 'ao' else 'de '}{first} à {last}"
    if span.du // 100 == span.au // 100 and span.du < span.au:
        return f"du {first.partition(_NBSP)[0]} au {last}"
    return f"du {first} au {last}"


def _day_span(span: DaySpan) -> list[str]:
    first = JOURS[span.du]
    last = JOURS[span.au]
    if span.rangs:
        return [f"{_several([_RANKS[rank] for rank in span.rangs])} {first} du mois"]
    if span.du == span.au:
        return [first]
    if len(span.jours) == 2:
        return [first, last]
    return [f"du {first} au {last}"]


def _hours(rule: Rule) -> str:
    if rule.ferme:
        return "fermé"
    if rule.heures == _WHOLE:
        if rule == Rule(heures=_WHOLE):
            return "ouvert en permanence"
        return f"24{_NBSP}h sur 24"
    if rule.heures:
        return _several([_hour_span(span) for span in rule.heures])
    return ""


def _hour_span(span: Span) -> str:
    if span.fin is None:
        return f"à partir de {_hour(span.debut)}"
    return f"de {_hour(span.debut)} à {_hour(span.fin)}"


def _hour(minutes: int) -> str:
    # An hour of the day, or of the night after it; midnight at its end is « 24 h ».
    if minutes == DAY:
        return f"24{_NBSP}h"
    return heure(time(*divmod(minutes % DAY, 60)))


# The words of opening hours in French, and a text cut into them.

_END = r"(?![a-z])"
# Words, tried in this order on the folded text: what they are, what they stand for, how they are
# written.
_LEXICON: tuple[tuple[str, str, str], ...] = (
    ("toujours", "", rf"(?:ouverte? )?en permanence{_END}|24 ?h(?:eures)? ?(?:sur|/) ?24(?: ?h)?"),
    ("heure", "", r"(\d{1,2}) ?(?:heures?(?![a-z])|h(?![a-z])|:) ?(\d{2}(?!\d))?"),
    ("heure", "12", rf"midi{_END}"),
    ("heure", "24", rf"minuit{_END}"),
    ("note", "", r"\((.*?)\)(?= *(?:[;,.\n]|$))"),
    ("note", "", rf"(?:uniquement |seulement )?(sur (?:rendez-vous|rdv|reservation)){_END}"),
    ("tous", "Mo-Su", rf"(?:tous les jours|chaque jour|toute la semaine){_END}"),
    ("tous", "Mo-Su", rf"7 ?j(?:ours)? ?(?:sur|/) ?7{_END}"),
    ("tous", "Mo-Fr", rf"(?:en semaine|jours ouvres){_END}"),
    ("tous", "Sa-Su", rf"(?:week-?ends?|fins? de semaine){_END}"),
    ("ferie", "PH", rf"(?:jours? )?feries?{_END}"),
    ("ferie", "SH", rf"vacances(?: scolaires)?{_END}"),
    ("mois_fin", "", rf"(?:du|de chaque) mois{_END}"),
    ("rang", "-5", r"cinquieme avant la fin"), ("rang", "-4", r"quatrieme avant la fin"),
    ("rang", "-3", r"troisieme avant la fin"), ("rang", "-2", rf"avant-derniers?{_END}"),
    ("rang", "-1", rf"derniers?{_END}"), ("rang", "1", rf"premiers?{_END}"),
    ("rang", "2", rf"(?:deuxiemes?|seconds?){_END}"), ("rang", "3", rf"troisiemes?{_END}"),
    ("rang", "4", rf"quatriemes?{_END}"), ("rang", "5", rf"cinquiemes?{_END}"),
    ("mois", "0", rf"janv(?:ier|\.)?{_END}"), ("mois", "1", rf"fevr?(?:ier|\.)?{_END}"),
    ("mois", "2", rf"mars{_END}"), ("mois", "3", rf"avr(?:il|\.)?{_END}"),
    ("mois", "4", rf"mai{_END}"), ("mois", "5", rf"juin{_END}"),
    ("mois", "6", rf"juil(?:let|l?\.)?{_END}"), ("mois", "7", rf"aout{_END}"),
    ("mois", "8", rf"sept(?:embre|\.)?{_END}"), ("mois", "9", rf"oct(?:obre|\.)?{_END}"),
    ("mois", "10", rf"nov(?:embre|\.)?{_END}"), ("mois", "11", rf"dec(?:embre|\.)?{_END}"),
    ("jour", "0", rf"lun(?:dis?|\.)?{_END}"), ("jour", "1", rf"mar(?:dis?|\.)?{_END}"),
    ("jour", "2", rf"mer(?:credis?|\.)?{_END}"), ("jour", "3", rf"jeu(?:dis?|\.)?{_END}"),
    ("jour", "4", rf"ven(?:dredis?|\.)?{_END}"), ("jour", "5", rf"sam(?:edis?|\.)?{_END}"),
    ("jour", "6", rf"dim(?:anches?|\.)?{_END}"),
    ("ferme", "", rf"ferm(?:e|es|ee|ees|eture){_END}"),
    ("ouvert", "", rf"ouver(?:t|te|ts|tes|ture){_END}"),
    ("sauf", "", rf"(?:sauf|excepte|hormis){_END}"),
    ("pendant", "", rf"(?:pendant|durant){_END}"),
    ("aussi", "", rf"aussi{_END}"),
    ("partir", "", rf"a partir de{_END}"),
    ("nombre", "", r"(\d{1,2})(?:er|eme|e|nd)?(?![a-z0-9])"),
    ("et", "", rf"et{_END}|puis{_END}|/|&"),
    ("a", "", rf"(?:au|a|jusqu'au|jusqu'a){_END}|-"),
    ("du", "", rf"(?:du|des|de|en|d'|entre){_END}|d'"),
    ("le", "", rf"(?:les|le|la|l'|chaque){_END}|l'"),
    ("virgule", "", r","), ("deux_points", "", r":"), ("fin", "", r"[;.\n]"),
)  # fmt: skip

_OSM = expression(r"(?:^|[^A-Za-z])(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH|off|closed|24/7)(?![a-zà-ÿ])")
_SIGNS = str.maketrans(dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("‐‑‒–—−", "-") | {"\t": " "})


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((name, value, re.compile(pattern)) for name, value, pattern in _LEXICON)


class Token(NamedTuple):
    """A word: what it is, what it stands for, its place in the text."""

    name: str
    value: str
    start: int
    end: int


def is_spoken(text: str) -> bool:
    """Whether ``text`` has nothing of OpenStreetMap's own words."""
    return not _OSM.search(text) and any(sign.isalpha() for sign in text)


def _bare(sign: str) -> str:
    if sign in "\u00a0\u202f\u2009":
        return " "
    base = unicodedata.normalize("NFD", sign)[0].lower()
    if len(base) == 1:
        return base
    return sign


def tokens(text: str) -> Iterator[Token]:
    """The words of ``text``. Raises ``Misread`` at the first that is not known."""
    # Sign for sign, without case, accents or typographic variants.
    folded = "".join(map(_bare, text.translate(_SIGNS)))
    place = 0
    while place < len(folded):
        if folded[place] == " ":
            place += 1
            continue
        tried = (
            (entry, match) for entry in _patterns() if (match := entry[2].match(folded, place))
        )
        first = next(tried, None)
        if first is None:
            raise Misread(place, word_at(text, place), "mots_inconnu")
        (name, value, _), match = first
        if name == "heure" and not value:
            value = f"{match[1]}:{match[2] or '00'}"
        elif name == "note":
            value = text[match.start(1) : match.end(1)].replace('"', "").strip()
        elif name == "nombre":
            value = match[1]
        yield Token(name, value, place, match.end())
        place = match.end()
