"""The grammar of French dates and hours: tokens to blocks, each token taken by a rule.

cell    = { label } part { [ sign ] part }
part    = days | weekdays | months | hours | exceptions | duration | "en continu" | "journée"
days    = span { sign span }       span = ("du" | "à partir du") day [ "au" day ] | day
hours   = range { sign range }     range = [ "à" | "de" | "dès" | "entre" ] hour [ "à" hour ]
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from itertools import chain

from .when_words import (
    Block,
    Cursor,
    Day,
    Hours,
    Span,
    Token,
    several,
    unread,
)

# Expressions over the signs of ``when_words``. A number is an hour in « 10-12h », « de 10 à 12h ».
_HOUR = r"(?:[HO]|(?<=[eb])N(?=aH)|(?<![ldp])N(?=tH))"
_RANGE = rf"[aesb]?{_HOUR}"
# What parts the items of a list, no more of it: « , et ».
_SIGNS = "[,&]{1,2}+"
_DATE = rf"(?!{_HOUR})[DSN]"
# A day, whatever stands before it.
_DAY = rf"(?!{_HOUR})[lus]*(?:[dp],?)?{_DATE}"
# Names of days that no date follows: « les mardis du … », « tous les … ».
_WEEKDAYS = "v|(?!d,?[DSN])[lu]?[dp](?![DSN])"


class Grammar(Cursor):
    """Reads every token. Raises ``NotRead``."""

    def __init__(self, tokens: Sequence[Token], *, ending: bool = False) -> None:
        super().__init__(tokens)
        # Whether its hours are those of an end: midnight is then that of the next day.
        self.ending = ending
        self.blocks = [Block()]
        self.hours_first = False
        # Whether « sauf lundi » comes just before, without a comma.
        self.after_exceptions = False
        self.all_day = False
        self.non_stop = False

    def read(self) -> list[Block]:
        if not self.tokens:
            raise self.refused()
        while self.at < len(self.tokens):
            after_day = self.pass_over(f"(?<=[DSNmY])[t/](?=[aesb]?{_HOUR})")
            if after_day or self.take(",&<>:" if self.at else "<"):
                self.after_exceptions = False
            else:
                self._part()
        if self.tokens[-1].sign in "&:k":
            raise self.refused()
        if self.non_stop and not any(
            end for _, end in chain.from_iterable(block.hours for block in self.blocks)
        ):
            raise unread(
                "« en continu » ne dit pas ses heures",
                "Écrivez de quelle heure à quelle heure, comme « 10 h-18 h en continu ».",
            )
        blocks = [block for block in self.blocks if block.spans or block.weekdays or block.hours]
        if not (blocks or self.all_day):
            raise unread("elle ne dit ni jour ni heure")
        return blocks or [Block()]

    def _part(self) -> None:
        self._no_day("[aesbj]?")
        if self.take("k"):
            return
        if self.ahead("x"):
            self._exceptions()
        elif self.ahead("r"):
            self._lasting()
        elif self.take("w"):
            self.all_day = True
        elif self.take("c"):
            self.non_stop = True
        elif self.ahead(_RANGE):
            self._hours()
        elif self.ahead(f"j{_HOUR}"):
            remedy = "Écrivez aussi l’heure du début, comme « 14 h-18 h »."
            raise unread(
                f"« {self.tokens[self.at].text} » laisse à savoir depuis quelle heure", remedy
            )
        elif self.ahead("[en]?m"):
            self._months()
        elif self.ahead(_WEEKDAYS):
            self._weekdays()
        else:
            self._days()

    def _apart(self) -> Block:
        self.blocks.append(Block())
        return self.blocks[-1]

    # Hours.

    def _no_day(self, before: str) -> None:
        # A figure with a dot is an hour: after a day, an hour or a word for it, or none other.
        begun = any(block.spans or block.hours for block in self.blocks)
        if begun or not self.ahead(f"(?:{before})(?<![aebk])O"):
            return
        hour, minute = self.tokens[self.signs.index("O", self.at)].value
        if 0 < minute < 13:
            proposed = f"{hour} h {minute:02d}, ou la date avec son année"
            raise several("un jour et son mois, ou une heure", proposed)

    def _time(self) -> time:
        token = self.need("HON")
        value = token.value
        if isinstance(value, time):
            return value
        hour, minute = value if isinstance(value, tuple) else (value, 0)
        if hour > 23 or minute > 59:
            self.at -= 1
            raise unread(f"« {token.text} » n’est pas une heure")
        return time(hour, minute)

    def _range(self) -> Hours:
        before = self.take("aesb")
        hour = self.tokens[self.at]
        if not self.ending and hour.value == time() and not hour.plain.startswith("0"):
            reason = f"« {hour.text} » commence le jour, ou le finit"
            raise several(reason, "0 h avec le jour qu’il commence, ou 23 h 59")
        start = self._time()
        between = before is not None and before.sign == "b"
        if self.ahead("/"):
            proposed = "14 h-16 h, ou 14 h et 16 h"
            raise several("deux heures, ou de l’une à l’autre", proposed)
        if self.pass_over(f"[tja{'&' * between}](?=[HO])"):
            return start, self._time()
        if between:
            raise self.refused()
        return start, None

    def _hours(self) -> None:
        block = self.blocks[-1]
        if self.after_exceptions:
            reason = "ces heures sont celles de ce qui est retiré, ou de ce qui reste"
            raise several(reason, "une virgule avant les heures, ou les heures avant « sauf »")
        if block.hours and not (self.hours_first and block.spans):
            if self.ahead("(?<=H)"):
                raise self.refused()
            reason = "deux heures sont dites à part, ou une durée"
            raise several(reason, "14 h et 16 h, ou 14 h (durée 1 h 30)")
        if block.hours:
            block = self._apart()
        self.hours_first = not block.spans and not block.weekdays
        block.hours.append(self._range())
        while self.pass_over(f"{_SIGNS}(?={_RANGE})"):
            block.hours.append(self._range())
        starts = [start for start, _ in block.hours]
        if starts != sorted(set(starts)):
            raise several(
                "les heures ne se suivent pas", "les heures dans leur ordre, 14 h et 16 h"
            )

    def _lasting(self) -> None:
        word = self.need("r")
        self.pass_over("[:e]*")
        token = self.need("HM")
        value = token.value
        minutes = value.hour * 60 + value.minute if isinstance(value, time) else value
        block = self.blocks[-1]
        if block.minutes or not minutes or not block.hours:
            reason = f"« {word.text} {token.text} » ne suit pas une heure de début"
            raise unread(reason, "Écrivez « 14 h (durée 1 h 30) », ou « 14 h-15 h 30 ».")
        block.minutes = minutes

    # Days of the week.

    def _weekdays(self) -> None:
        block = self.blocks[-1]
        if block.weekdays or (block.hours and block.spans):
            block = self._apart()
        block.weekdays = self._named_days()

    def _named_days(self) -> tuple[int, ...]:
        # « les mercredis et samedis », « du mardi au dimanche », « tous les jours ».
        ranks = [*self._named_range()]
        while self.pass_over(f"{_SIGNS}(?=l?[dp](?![DSN]))"):
            ranks += self._named_range()
        if len(set(ranks)) < len(ranks):
            raise unread("un jour de la semaine est dit deux fois")
        return tuple(sorted(ranks))

    def _named_range(self) -> tuple[int, ...]:
        opened = self.take("u")
        if not opened:
            self.pass_over("v?l?")
        first: tuple[int, ...] = self.need("dp").value
        if not (opened or self.ahead("[ta][dp]")):
            return first
        self.need("ta")
        last: tuple[int, ...] = self.need("dp").value
        if self.ahead("[DSN]") or len(first) > 1 or len(last) > 1:
            raise unread("une période dit son premier jour sans sa date")
        return tuple((first[0] + shift) % 7 for shift in range((last[0] - first[0]) % 7 + 1))

    # Months.

    def _months(self) -> None:
        # « de janvier 2027 », « de janvier à mars 2027 »: with days of the week alone.
        block = self.blocks[-1]
        if block.spans:
            raise self.refused()
        self.take("en")
        first = last = self._month()
        two = self.ahead("&")
        if self.pass_over("[ta&](?=m)"):
            last = self._month()
            if two and (last.month - first.month) % 12 != 1:
                raise unread("ces deux mois ne se suivent pas")
        last = Day(28, last.month, last.year, ends_month=True)
        block.spans.append(Span(first, last, whole_months=True))

    def _month(self) -> Day:
        return Day(1, self.need("m").value, self._number("Y"))

    def _number(self, sign: str) -> int:
        token = self.take(sign)
        return token.value if token else 0

    # Dates.

    def _days(self) -> None:
        block = self.blocks[-1]
        if block.spans and (block.hours or block.away.said):
            block = self._apart()
        spans = self._spans()
        block.spans += spans

    def _spans(self, *, same_kind: bool = False) -> list[Span]:
        # ``same_kind``: a period after a comma is not one of the days that « sauf » takes away.
        spans = [self._span()]
        apart = "(?!(?<=,)[us])" * same_kind
        while self.pass_over(f"{_SIGNS}(?={apart}{_DAY})"):
            spans.append(self._span())
            before = spans[-2].first
            own = spans[-1].first
            if before and before.plural and own and own.weekday is None:
                own.weekday = before.weekday  # « les mardis 5, 12 et 19 »
                own.plural = True
        return spans

    def _span(self) -> Span:
        if self.take("jt"):
            return Span(None, self._day(), lacks="start")
        opened = self.take("us")
        first = self._day()
        if self.pass_over(f"[tja](?={_DAY})"):
            return Span(first, self._day())
        if last := self._moment_to_moment(first):
            return Span(first, last)
        if opened and self.pass_over(f"[,&][tj](?={_DAY})"):
            return Span(first, self._day())
        return Span(first, lacks="end" if opened else "")

    def _moment_to_moment(self, first: Day) -> Day | None:
        # « du 9 octobre 20 h au 11 octobre 18 h »: the last day, from a moment to another.
        self._no_day("[a,]?a?H[tj]")
        block = self.blocks[-1]
        is_first = not (block.spans or block.hours or block.through)
        if not (is_first and self.ahead(f"[a,]?a?H(?:[tj](?={_DAY})|/D)")):
            return None
        self.pass_over("[a,]?a?")
        begin = self.need("H").value
        self.at += 1
        last = self._day()
        self.pass_over("[a,]?a?")
        block.through = (first, begin, last, self.need("H").value)
        return last

    def _day(self) -> Day:
        self.take("l")
        named = self.take("dp")
        weekday = None
        if named:
            if len(named.value) > 1:
                self.at -= 1
                raise self.refused()
            weekday = named.value[0]
            self.take(",")
        plural = named is not None and named.sign == "p"
        token = self.need("DSN")
        if token.sign == "N":
            day = token.value
            month = self._number("m")
            year = self._number("Y") if month else 0
        else:
            year, month, day = token.value
        self._no_day("[,&]{1,2}|[tj]")
        return Day(day, month, year, weekday, short=token.sign == "S", plural=plural)

    # What is left out.

    def _exceptions(self) -> None:
        word = self.need("x")
        block = self.blocks[-1]
        if not (block.spans or block.weekdays):
            raise unread(f"« {word.text} » ne suit pas les jours dont il en retire")
        self.take(":")
        while True:
            if self.ahead(_WEEKDAYS):
                block.away.weekdays += self._named_days()
            else:
                block.away.spans += self._spans(same_kind=not block.spans)
            if not self.pass_over(rf"&(?=[lu]*(?:[dp]|{_DATE}))"):
                self.after_exceptions = True
                return
