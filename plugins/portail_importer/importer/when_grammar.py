"""The grammar of French dates and hours: tokens to blocks, each token taken by a rule.

cell    = { label } part { [ sign ] part }
part    = days | weekdays | months | hours | exceptions | duration | "en continu" | "journée"
days    = span { sign span }       span = ("du" | "à partir du") day [ "au" day ] | day
hours   = range { sign range }     range = [ "à" | "de" | "dès" | "entre" ] hour [ "à" hour ]
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from itertools import chain

from .when_parts import (
    Block,
    Cursor,
    Day,
    Hours,
    Span,
    several,
    unread,
)
from .when_words import Token, Word

_DATES = (Word.DATE, Word.SHORT_DATE, Word.NUMBER, Word.INSTANT)
_NAMES = (Word.DAYS, Word.PLURAL_DAYS)
_LINKS = (Word.TO, Word.UNTIL)
_LISTED = (Word.COMMA, Word.AND)
_GLUE = (Word.COMMA, Word.AND, Word.OPEN, Word.CLOSE, Word.COLON)
_BEFORE_HOUR = (Word.AT, Word.DE, Word.SINCE, Word.BETWEEN)


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
            if self.take(*(_GLUE if self.at else (Word.OPEN,))):
                self.after_exceptions = False
            else:
                self._part()
        if self.tokens[-1].word in (Word.AND, Word.COLON, Word.LABEL):
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
        word = self.ahead()
        if word is Word.LABEL:
            self.at += 1
        elif word is Word.EXCEPT:
            self._exceptions()
        elif word is Word.LASTING:
            self._lasting()
        elif self.take(Word.ALL_DAY):
            self.all_day = True
        elif self.take(Word.NON_STOP):
            self.non_stop = True
        elif self._hour_at(self._before_hour()):
            self._hours()
        elif word is Word.UNTIL and self._hour_at(1):
            remedy = "Écrivez aussi l’heure du début, comme « 14 h-18 h »."
            raise unread(
                f"« {self.tokens[self.at].text} » laisse à savoir depuis quelle heure", remedy
            )
        elif self._months_ahead():
            self._months()
        elif self._weekdays_ahead():
            self._weekdays()
        else:
            self._days()

    def _signs(self) -> int:
        # How many signs of a list come: « , », « et », « , et ».
        if self.ahead() not in _LISTED:
            return 0
        if self.ahead(1) in _LISTED:
            return 2
        return 1

    def _apart(self) -> Block:
        self.blocks.append(Block())
        return self.blocks[-1]

    # Hours.

    def _before_hour(self, count: int = 0) -> int:
        return count + (self.ahead(count) in _BEFORE_HOUR)

    def _hour_at(self, count: int) -> bool:
        # Whether an hour comes so many tokens later: « 10-12h », « 14.30 » after a day.
        word = self.ahead(count)
        if word is Word.DOTTED:
            self._no_day(self.at + count)
        if word is not Word.NUMBER or self.ahead(count + 2) is not Word.HOUR:
            return word in (Word.HOUR, Word.DOTTED)
        before = self.ahead(count - 1)
        if self.ahead(count + 1) is Word.AT:
            return before in (Word.DE, Word.BETWEEN)
        return self.ahead(count + 1) is Word.TO and before not in (Word.ARTICLE, *_NAMES)

    def _no_day(self, at: int) -> None:
        # A figure with a dot is an hour: after a day, an hour or a word for it, or none other.
        hour, minute = self.tokens[at].value
        before = self.tokens[at - 1].word if at else None
        begun = any(block.spans or block.hours for block in self.blocks)
        if before in (Word.AT, Word.DE, Word.BETWEEN, Word.LABEL) or begun or not 0 < minute < 13:
            return
        raise several(
            "un jour et son mois, ou une heure", f"{hour} h {minute:02d}, ou la date avec son année"
        )

    def _time(self) -> time:
        token = self.need(Word.HOUR, Word.DOTTED, Word.NUMBER)
        value = token.value
        if isinstance(value, time):
            return value
        hour, minute = value if isinstance(value, tuple) else (value, 0)
        if hour > 23 or minute > 59:
            self.at -= 1
            raise unread(f"« {token.text} » n’est pas une heure")
        return time(hour, minute)

    def _range(self) -> Hours:
        before = self.take(*_BEFORE_HOUR)
        hour = self.tokens[self.at]
        if not self.ending and hour.value == time() and not hour.plain.startswith("0"):
            reason = f"« {hour.text} » commence le jour, ou le finit"
            raise several(reason, "0 h avec le jour qu’il commence, ou 23 h 59")
        start = self._time()
        between = before is not None and before.word is Word.BETWEEN
        links = (*_LINKS, Word.AT, Word.AND) if between else (*_LINKS, Word.AT)
        if self.ahead() is Word.SLASH:
            proposed = "14 h-16 h, ou 14 h et 16 h"
            raise several("deux heures, ou de l’une à l’autre", proposed)
        if self.ahead() in links and self.ahead(1) in (Word.HOUR, Word.DOTTED):
            self.at += 1
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
            if self.tokens[self.at - 1].word is Word.HOUR:
                raise self.refused()
            reason = "deux heures sont dites à part, ou une durée"
            raise several(reason, "14 h et 16 h, ou 14 h (durée 1 h 30)")
        if block.hours:
            block = self._apart()
        self.hours_first = not block.spans and not block.weekdays
        block.hours.append(self._range())
        while count := self._signs():
            if not self._hour_at(self._before_hour(count)):
                break
            self.at += count
            block.hours.append(self._range())
        starts = [start for start, _ in block.hours]
        if starts != sorted(set(starts)):
            raise several(
                "les heures ne se suivent pas", "les heures dans leur ordre, 14 h et 16 h"
            )

    def _lasting(self) -> None:
        word = self.need(Word.LASTING)
        while self.take(Word.COLON, Word.DE):
            pass
        token = self.need(Word.HOUR, Word.MINUTES)
        value = token.value
        minutes = value.hour * 60 + value.minute if isinstance(value, time) else value
        block = self.blocks[-1]
        if block.minutes or not minutes or not block.hours:
            reason = f"« {word.text} {token.text} » ne suit pas une heure de début"
            raise unread(reason, "Écrivez « 14 h (durée 1 h 30) », ou « 14 h-15 h 30 ».")
        block.minutes = minutes

    # Days of the week.

    def _weekdays_ahead(self) -> bool:
        # Whether names of days come that no date follows: « les mardis du … », « tous les … ».
        if self.ahead() is Word.EVERY:
            return True
        count = 1 if self.ahead() in (Word.ARTICLE, Word.DU) else 0
        return self.ahead(count) in _NAMES and not self._date_follows(count + 1)

    def _date_follows(self, count: int) -> bool:
        # Whether a name of a day has its date: « samedi 9 », « Samedi, 9 octobre ».
        if self.ahead(count) is Word.COMMA and count == 1 and self.ahead() is Word.DAYS:
            count += 1
        return self.ahead(count) in _DATES

    def _weekdays(self) -> None:
        block = self.blocks[-1]
        if block.weekdays or (block.hours and block.spans):
            block = self._apart()
        block.weekdays = self._named_days()

    def _named_days(self) -> tuple[int, ...]:
        # « les mercredis et samedis », « du mardi au dimanche », « tous les jours ».
        ranks = [*self._named_range()]
        while count := self._signs():
            after = count + (self.ahead(count) is Word.ARTICLE)
            if self.ahead(after) not in _NAMES or self.ahead(after + 1) in _DATES:
                break
            self.at += count
            ranks += self._named_range()
        if len(set(ranks)) < len(ranks):
            raise unread("un jour de la semaine est dit deux fois")
        return tuple(sorted(ranks))

    def _named_range(self) -> tuple[int, ...]:
        opened = self.take(Word.DU)
        if not opened:
            self.take(Word.EVERY)
            self.take(Word.ARTICLE)
        first: tuple[int, ...] = self.need(*_NAMES).value
        linked = self.ahead() in (Word.TO, Word.AT) and self.ahead(1) in _NAMES
        if not (linked or opened):
            return first
        self.need(Word.TO, Word.AT)
        last: tuple[int, ...] = self.need(*_NAMES).value
        if self.ahead() in _DATES or len(first) > 1 or len(last) > 1:
            raise unread("une période dit son premier jour sans sa date")
        return tuple((first[0] + shift) % 7 for shift in range((last[0] - first[0]) % 7 + 1))

    # Months.

    def _months_ahead(self) -> bool:
        return self.ahead(1 if self.ahead() in (Word.DE, Word.EN) else 0) is Word.MONTH

    def _months(self) -> None:
        # « de janvier 2027 », « de janvier à mars 2027 »: with days of the week alone.
        block = self.blocks[-1]
        if block.spans:
            raise self.refused()
        self.take(Word.DE, Word.EN)
        first = self._month()
        last = first
        two = self.ahead() is Word.AND
        if self.ahead() in (Word.TO, Word.AT, Word.AND) and self.ahead(1) is Word.MONTH:
            self.at += 1
            last = self._month()
            if two and (last.month - first.month) % 12 != 1:
                raise unread("ces deux mois ne se suivent pas")
        last = Day(28, last.month, last.year, ends_month=True)
        block.spans.append(Span(first, last, whole_months=True))

    def _month(self) -> Day:
        return Day(1, self.need(Word.MONTH).value, self._number(Word.YEAR))

    def _number(self, word: Word) -> int:
        token = self.take(word)
        return token.value if token else 0

    # Dates.

    def _days(self) -> None:
        block = self.blocks[-1]
        if block.spans and (block.hours or block.away.said):
            block = self._apart()
        spans = self._spans()
        block.spans += spans

    def _spans(self, *, same_kind: bool = False) -> list[Span]:
        spans = [self._span()]
        while count := self._signs():
            if not self._day_at(count) or (same_kind and self._opens(count)):
                break
            self.at += count
            spans.append(self._span())
            before = spans[-2].first
            own = spans[-1].first
            if before and before.plural and own and own.weekday is None:
                own.weekday = before.weekday  # « les mardis 5, 12 et 19 »
                own.plural = True
        return spans

    def _opens(self, count: int) -> bool:
        # Whether a period comes after a comma: not one of the days that « sauf » takes away.
        comma = self.ahead(count - 1) is Word.COMMA
        return comma and self.ahead(count) in (Word.DU, Word.SINCE)

    def _day_at(self, count: int) -> bool:
        if self._hour_at(count):
            return False
        while self.ahead(count) in (Word.ARTICLE, Word.DU, Word.SINCE):
            count += 1
        if self.ahead(count) in _NAMES:
            count += 1 + (self.ahead(count + 1) is Word.COMMA)
        return self.ahead(count) in _DATES and not self._hour_at(count)

    def _span(self) -> Span:
        if self.take(Word.UNTIL, Word.TO):
            return Span(None, self._day(), lacks="start")
        opened = self.take(Word.DU, Word.SINCE)
        first = self._day()
        linked = self.ahead() in (*_LINKS, Word.AT) and self._day_at(1)
        if linked:
            self.at += 1
            return Span(first, self._day())
        if last := self._moment_to_moment(first):
            return Span(first, last)
        if opened and self.ahead() in _LISTED and self.ahead(1) in _LINKS and self._day_at(2):
            self.at += 2
            return Span(first, self._day())
        return Span(first, lacks="end" if opened else "")

    def _moment_to_moment(self, first: Day) -> Day | None:
        # « du 9 octobre 20 h au 11 octobre 18 h »: the last day, from a moment to another.
        start = self.at
        block = self.blocks[-1]
        self.take(Word.AT, Word.COMMA)
        self.take(Word.AT)
        begin = self.take(Word.HOUR)
        slashed = self.ahead() is Word.SLASH and self.ahead(1) in (Word.INSTANT, Word.DATE)
        link = (self.ahead() in _LINKS or slashed) and self._day_at(1)
        if not begin or not link or block.spans or block.hours or block.through:
            self.at = start
            return None
        self.at += 1
        last = self._day()
        self.take(Word.AT, Word.COMMA)
        self.take(Word.AT)
        end = self.need(Word.HOUR)
        block.through = (first, begin.value, last, end.value)
        return last

    def _day(self) -> Day:
        self.take(Word.ARTICLE)
        named = self.take(*_NAMES)
        weekday = None
        plural = False
        if named:
            if len(named.value) > 1:
                self.at -= 1
                raise self.refused()
            weekday = named.value[0]
            self.take(Word.COMMA)
            plural = named.word is Word.PLURAL_DAYS
        token = self.need(*_DATES)
        if token.word is Word.INSTANT:
            return self._instant(token, weekday)
        if token.word is not Word.NUMBER:
            year, month, day = token.value
            short = token.word is Word.SHORT_DATE
            return Day(day, month, year, weekday, short=short, plural=plural)
        month = self._number(Word.MONTH)
        year = self._number(Word.YEAR) if month else 0
        return Day(token.value, month, year, weekday, plural=plural)

    def _instant(self, token: Token, weekday: int | None) -> Day:
        # A text that says a day and its hour: its hour is the next token.
        value: datetime = token.value
        hour = Token(Word.HOUR, token.text, value.time().replace(second=0))
        self.tokens = [*self.tokens[: self.at], hour, *self.tokens[self.at :]]
        return Day(value.day, value.month, value.year, weekday)

    # What is left out.

    def _exceptions(self) -> None:
        word = self.need(Word.EXCEPT)
        block = self.blocks[-1]
        if not (block.spans or block.weekdays):
            raise unread(f"« {word.text} » ne suit pas les jours dont il en retire")
        self.take(Word.COLON)
        while True:
            if self._weekdays_ahead():
                block.away.weekdays += self._named_days()
            else:
                block.away.spans += self._spans(same_kind=not block.spans)
            if self.ahead() is not Word.AND or not self._excluded_at(1):
                self.after_exceptions = True
                return
            self.at += 1

    def _excluded_at(self, count: int) -> bool:
        while self.ahead(count) in (Word.ARTICLE, Word.DU):
            count += 1
        return self.ahead(count) in (*_NAMES, *_DATES) and not self._hour_at(count)
