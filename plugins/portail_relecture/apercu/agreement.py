"""What the words of a content say of it, compared with what its fields say.

A fact of a text is about its content when the sentence calls people (« rendez-vous », « tarif »…)
and speaks of no other time: ``accord.yml`` has these words. One that its field contradicts is told,
with both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, partial
from html import unescape
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from portail.agenda.occurrences import days_between
from portail.features.services.horaires.notation import read_opening_hours
from portail.geo.places import Commune
from portail.model.collections import ArticleEntry
from portail.model.kinds import DATED, PLACES
from portail.model.parts import OLDEST, Tarif
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import JOURS, MOIS, days_named, jour
from portail.text.excerpts import cut
from portail.text.hints import ages_of, booking_of, expression, flat, level, price_of, prices_of
from portail.text.normalise import numbers_in, words_in
from portail.text.typography import plain

from .pairs import PAIRS, marks_of, others_than, shown_as

Match: TypeAlias = "re.Match[str]"
_ROWS: Any = rows_of("portail_relecture.apercu", "accord")
_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


class Remark(NamedTuple):
    """A field, what is odd about it, what to do; the line of what a text says, whether it is to be
    done before anything is published."""

    champ: str
    raison: str
    remede: str
    ligne: int = 0
    faire: bool = False


class Sentence(NamedTuple):
    """A sentence: its field, or none for the body, its line, its words, the same without accents
    nor capitals."""

    champ: str
    ligne: int
    mots: str
    plat: str


_SENTENCE = re.compile(r"\S(?:(?!\n\s*\n|\n\s*[-*|>#+]|(?<=[.!?…])\s+(?=[A-ZÀ-Ý«“*\d]))[\s\S])*")
_MARKS = re.compile(r"!?\[([^\]\[]{0,200})\]\([^)\s]{0,500}\)|[*_#>`|]+")
_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9 ]*(?:€|euro))")
# Where a content speaks of itself: its body, these fields.
_OWN = ("", "titre", "resume")
# Bytes of a file that are read.
_LONGEST = 200_000
# Signs of a sentence or of a field that are shown.
_SHOWN = 110


def sentences_of(text: str, line: int, field: str = "") -> Iterator[Sentence]:
    """Those of a Markdown text whose first line is ``line``."""
    for match in _SENTENCE.finditer(text):
        words = " ".join(_MARKS.sub(r"\1", match[0]).split())
        yield Sentence(field, line + text.count("\n", 0, match.start()), words, flat(words))


@cache
def _row(name: str) -> re.Pattern[str]:
    text: str = _ROWS[name]
    for word, meaning in _ROWS["mots"].items():
        text = text.replace(word, meaning)
    return expression(text)


def _finds(name: str, text: str) -> Match | None:
    return _row(name).search(text)


class Text:
    """A content as its file writes it."""

    def __init__(self, item: Item, site: Site, data: bytes) -> None:
        self.item = item
        self.site = site
        self.entry = item.entry
        # Its fields, by name: kinds have not the same.
        self.fields = vars(item.entry)
        parts = _FENCE.split(data[:_LONGEST].decode("utf-8-sig", "replace"), 2)
        _, self.front, self.body = (*parts, "", "")[:3]
        sentences: list[Sentence] = []
        for name, value in self.fields.items():
            line, written = self.block(name)
            if written:
                sentences += sentences_of(plain(str(value)), line, name)
        sentences += sentences_of(self.body, self.front.count("\n") + 1)
        self.told = [sentence for sentence in sentences if sentence.champ not in _ROWS["tus"]]
        dates = [
            (occurrence.first_day, (occurrence.fin or occurrence.debut).date())
            for occurrence in item.occurrences
        ]
        self.days: set[date] = set()
        for first, last in dates:
            self.days.update(days_between(first, last))
        # Beginnings and lengths of what has hours, in minutes.
        self.times = [
            (
                occurrence.debut.hour * 60 + occurrence.debut.minute,
                occurrence.duree and occurrence.duree.seconds // 60,
            )
            for occurrence in item.occurrences
            if not occurrence.journee
        ]
        given = (self.entry.publie_le, self.fields.get("echeance"), *self.days)
        self.years = {str(day.year) for day in given if isinstance(day, date)}
        self.marks = marks_of(self)
        now = [
            sentence
            for sentence in self.told
            if sentence.champ in _OWN and not _finds("ailleurs", sentence.plat)
        ]
        self.about = [
            sentence for sentence in now if self.years.issuperset(_YEAR.findall(sentence.plat))
        ]
        self.dated = [sentence for sentence in now if sentence not in self.about]
        self.hours = set[int]().union(*(_clocks(sentence.plat) for sentence in self.about))

    def block(self, name: str) -> tuple[int, str]:
        """The line of a field, and what the file writes of it."""
        match = re.search(rf"^{name}:.*(?:\n[ -].*)*", self.front, re.MULTILINE)
        if match is None:
            return 1, ""
        return self.front.count("\n", 0, match.start()) + 1, match[0]

    def value(self, path: object) -> Any:
        """The value of a field, of « group.field », of a mark; else of what it is."""
        known = self.fields | self.marks
        group, _, name = str(path).partition(".")
        value = known.get(group)
        if name:
            value = getattr(value, name, None)
        return getattr(value, "jour", value if isinstance(path, str) else path)

    def finds(self, row: str, words: str) -> Match | None:
        return _finds(row, words)

    def speaks(self, row: str) -> bool:
        """Whether its own sentences have the words of a row."""
        return any(_finds(row, sentence.plat) for sentence in self.told if sentence.champ in _OWN)

    def remark(self, name: str, raison: str, ligne: int = 0) -> Remark:
        return Remark(name, raison, _ROWS["remedes"].get(name, _ROWS["remede"]), ligne)

    def differs(self, names: str, sentence: Sentence) -> Remark:
        """What ``sentence`` says otherwise than the first of these fields that is there."""
        name = next((name for name in names.split() if self.block(name)[1]), names.split()[0])
        line, block = self.block(name)
        field = "se tait"
        if block:
            field = f"dit « {cut(' '.join(block.split()), _SHOWN)} » (ligne {line})"
        raison = f"Le texte dit « {cut(sentence.mots, _SHOWN)} », la fiche {field}"
        return self.remark(name, raison, sentence.ligne)


def disagreements(text: Text) -> Iterator[Remark]:
    """What ``text`` says otherwise than its fields, then what it should not have."""
    shown = text.item.shown
    if shown is None or shown.maintained:
        for names, word, differs in _FACTS:
            for sentence in text.about:
                match = _finds(word, sentence.plat)
                if match and differs(text, sentence, match):
                    yield text.differs(names, sentence)
                    break
    for reader in (_paired, _other_years, _outside, _closed, _language, _listed):
        yield from reader(text)


def _paired(text: Text) -> Iterator[Remark]:
    for row in _ROWS["ordres"]:
        less, more = text.value(row["moins"]), text.value(row["plus"])
        if less is not None and more is not None and less > more:
            said = row["raison"].format(shown_as(less), shown_as(more))
            yield Remark(row["champ"], said, row["remede"])
    for champ, name, found in PAIRS:
        row = _ROWS["paires"][name]
        for values in found(text):
            yield Remark(champ, row["raison"].format(*values), row["remede"])


# When.

_DAY = 24 * 60
# Minutes before and after an event that are still its own, and its length where it is not said.
_BEFORE = 90
_AFTER = 15
_LONG = 240


# Hours between which each begins.
_MOMENTS = ((0, 13), (11, 19), (16, 24))


def _clock(text: str) -> int:
    named = {"midi": 12 * 60, "minuit": 0}.get(text)
    hour, minute, *_ = (*map(int, numbers_in(text)), 0, 0)
    if named is None:
        return hour % 24 * 60 + minute
    return named


def _clocks(text: str) -> set[int]:
    return {*map(_clock, _row("heure").findall(text))}


def _said(sentence: Sentence) -> Iterator[tuple[bool, int, int]]:
    # Hours of a sentence: whether it calls people then, the beginning, the end or the same.
    for name in ("debut", "plage"):
        for match in _row(name).finditer(sentence.plat):
            if not _finds("duree", match["entre"]):
                yield name == "debut", _clock(match["de"]), _clock(match["a"] or match["de"])


def _start(text: Text, sentence: Sentence, _: Match) -> bool:
    starts = {start for start, _ in text.times}
    known = not starts.isdisjoint(text.hours)
    if starts:
        for called, hour, _end_said in _said(sentence):
            inside = any(
                (hour - start + _BEFORE) % _DAY <= _BEFORE + (length or _LONG) + _AFTER
                for start, length in text.times
            )
            if hour not in starts and not (inside and known if called else inside or known):
                return True
    return False


def _end(text: Text, sentence: Sentence, _: Match) -> bool:
    for called, hour, end in _said(sentence):
        ends = {start + length for start, length in text.times if length and start == hour}
        if ends and end != hour and text.hours.isdisjoint(last % _DAY for last in ends):
            return called or not hour < end <= max(ends) + _AFTER
    return False


def _moment(text: Text, sentence: Sentence, word: Match) -> bool:
    # Morning, afternoon or evening, in a title or a summary.
    first, last = _MOMENTS[(word.lastindex or 1) - 1]
    hours = [start // 60 for start, _ in text.times]
    return bool(sentence.champ and hours) and not any(first <= hour < last for hour in hours)


def _doors(text: Text, _: Sentence, word: Match) -> bool:
    return bool(text.times) and _clock(word[1]) > max(start for start, _ in text.times)


def _last(text: Text, _: Sentence, word: Match) -> bool:
    ends = {(start + length) % _DAY for start, length in text.times if length}
    return bool(ends) and _clock(word[1]) not in ends


def _weekly(text: Text, _: Sentence, word: Match) -> bool:
    named = {day.removesuffix("s") for day in words_in(word[1])}
    return len(text.days) > 1 and named.isdisjoint(JOURS[day.weekday()] for day in text.days)


def _weekday(text: Text, sentence: Sentence, word: Match) -> bool:
    # « Jeudi 14 octobre » of a Friday; in a title, « jeudi 14 » of no day of the event.
    month = word[3]
    same = [day for day in text.days if day.day == int(word[2])]
    same = [day for day in same if month in (None, flat(MOIS[day.month - 1]))]
    agreed = bool(same) or (bool(text.days) and sentence.champ == "titre" and not month)
    return agreed and word[1] not in {JOURS[day.weekday()] for day in same}


def _in_words(match: Match) -> str:
    # « 22/10/22 » as « 22 octobre 2022 ».
    day, month, year = match.groups("")
    return f"{int(day)} {MOIS[int(month) - 1]} {'20' * (len(year) == 2)}{year}"


def _named(words: str, near: date) -> set[date]:
    return {*days_named(_row("date_chiffree").sub(_in_words, words), near)}


def _date(text: Text, sentence: Sentence, _: Match) -> bool:
    # A day that is none of the event's: where people are called; in the title or the summary, if
    # nothing names one that is.
    called = _finds("appel", sentence.plat)
    if not text.days:
        return False
    near = min(text.days)
    named = _named(_row("autre_jour").sub("", sentence.mots), near)
    known = not called and any(text.days & _named(other.mots, near) for other in text.about)
    return bool(named) and text.days.isdisjoint(named) and not known


# Years on both sides of a content's own of which a text may be a copy.
_COPIED = 2


def _other_years(text: Text) -> Iterator[Remark]:
    # The day of another year, where it should be the event's: its own day and month, a day to which
    # people are called or before which they book; an edition. A deadline of a past year.
    limit = text.fields.get("echeance")
    dates = text.days or ({limit} if isinstance(limit, date) else set[date]())
    own = {(day.day, day.month) for day in dates}
    asks = ("appel", "sujet", "limite") if text.days else ("limite",)
    for sentence in text.dated if own else ():
        called = any(_finds(row, sentence.plat) for row in asks)
        called = called or bool(sentence.champ and text.days)
        near = min(dates)
        days = _named(sentence.mots, near)
        told = [str(day.year) for day in days if called or (day.day, day.month) in own]
        edition = _finds("edition", sentence.plat) or (called and _finds("mois_dit", sentence.plat))
        if edition and text.days and text.years.isdisjoint(edition.groups()):
            told += [edition[2]]
        apart = [near.year - int(year) for year in {*told} - text.years]
        if any(-_COPIED * bool(text.days) <= years <= _COPIED for years in apart):
            yield text.differs("debut seances horaires echeance", sentence)


def _until(text: Text, sentence: Sentence, _: Match) -> bool:
    named = _named(sentence.mots, min(text.days)) if len(text.days) > 1 else set()
    return bool(named) and max(named) != max(text.days)


def _booked(text: Text, sentence: Sentence, _: Match) -> bool:
    # One books from a day, or until one, when it is over.
    words = sentence.mots.replace("partir du ", "le ").replace("dès le ", "le ")
    days = _named(words, min(text.days)) if text.days else set[date]()
    return bool(days) and min(days) > max(text.days)


def _length(text: Text, _: Sentence, word: Match) -> bool:
    said = _clock(f"0:{word[1]}" if "min" in word[1] else word[1])
    return {length for _, length in text.times} not in ({said}, {None}, set())


def _seats(text: Text, _: Sentence, word: Match) -> bool:
    return text.fields.get("jauge") not in (None, int(word[word.lastindex or 0]))


def _street(text: Text, _: Sentence, word: Match) -> bool:
    street = flat(getattr(text.fields.get("adresse"), "rue", None) or "")
    return (
        any(map(str.isdigit, street))
        and flat(word[1]) not in street
        and street not in flat(word[1])
    )


def _limit(text: Text, sentence: Sentence, _: Match) -> bool:
    limit = text.fields.get("echeance")
    if not isinstance(limit, date):
        return False
    far = [abs((day - limit).days) > 1 for day in _named(sentence.mots, limit)]
    return bool(far) and all(far)


# How much, for whom.

_ADULT = 18


def _price(text: Text, sentence: Sentence, _: Match) -> bool:
    tarif = text.fields.get("tarif")
    prices = [row.prix for row in text.fields.get("tarifs", ())]
    if isinstance(tarif, Tarif):
        prices += [tarif.prix, tarif.reduit, *_amounts(tarif.conditions or "")]
        prices += [0] * tarif.nul
    amounts = {float(amount) for amount in prices if amount is not None}
    said = {*_amounts(sentence.mots)}
    if not said and _finds("gratuit", sentence.plat) and "gratuit" in price_of(sentence.mots):
        said = {0.0}
    less = {price.amount for price in prices_of(sentence.mots) if price.reduced and not price.other}
    if isinstance(tarif, Tarif) and tarif.reduit and less and amounts.isdisjoint(less):
        return True
    return bool(amounts and said) and amounts.isdisjoint(said)


def _amounts(text: str) -> Iterator[float]:
    return (price.amount for price in prices_of(text) if not price.other)


def _age(text: Text, sentence: Sentence, _: Match) -> bool:
    age = text.fields.get("age")
    said = ages_of(sentence.mots)
    if least := _finds("age_min", sentence.plat):
        said = {"min": least[least.lastindex or 0], **said}
    if not (said and age and age.bornes) or _finds("age_sauf", sentence.plat):
        return False
    low, high = age.bornes
    least_said = int(said["min"])
    unlike = (least_said, int(said.get("max", high))) != (low, high)
    return unlike and (age.min is not None or least_said > high)


def _for_ages(text: Text, sentence: Sentence, word: Match) -> bool:
    said = ages_of(sentence.mots)
    low = int(next(filter(None, word.groups()), _ADULT))
    others = others_than(text, low, int(said.get("max", OLDEST)))
    return bool(text.days) and any(others) and not _finds("age_sauf", sentence.plat)


def _public(text: Text, _: Sentence, word: Match) -> bool:
    publics = text.fields.get("publics", ())
    term = text.site.vocabularies["publics"].find(word[word.lastindex or 0])
    return bool(publics) and term is not None and term.code not in publics


# Where.


def _town(text: Text, sentence: Sentence, _: Match) -> bool:
    # Another town where people are called, or in a title or a summary.
    call = _finds("appel", sentence.plat)
    names = re.findall(_ROWS["commune_postale"], sentence.mots)
    if call:
        names += re.findall(_ROWS["commune"], sentence.mots[call.start() :])
    if sentence.champ and not call:
        names += re.findall(_ROWS["dans_le_titre"], sentence.mots)
    names += [f"Le {name}" for name in names]
    towns: list[Commune] = []
    for name in names:
        towns += _towns(text.site.geography.commune(name))
    here = text.item.commune
    known = level(here.ville) in sentence.plat if here else not text.fields.get("en_ligne")
    return bool(text.days and towns) and not known and here not in towns


def _towns(value: object) -> Sequence[Commune]:
    if isinstance(value, Commune):
        return [value]
    return getattr(value, "candidates", ())


def _online(text: Text, _one: Sentence, _: Match) -> bool:
    return bool(text.days) and not (text.fields.get("en_ligne") or text.item.partout)


def _outside(text: Text) -> Iterator[Remark]:
    # Elsewhere: neither for the network, nor a place that another content names.
    home = text.site.geography.names.home
    town = text.item.commune
    known = text.item.reseau or text.site.indexes.by_target.get(text.item.ref)
    if text.entry.kind in _HELD and not known and town and home and town.departement not in home:
        yield text.remark("adresse", f"« {town.nom} » n’est pas dans la région de ce portail")


# Days a week on which a place that is « closed on… » is open; when its evenings begin.
_MOST_DAYS = 5
_EVENING = 18


def _closed(text: Text) -> Iterator[Remark]:
    place = text.site.lieu_of(text.entry)
    apart = text.item.reserve or text.item.reseau or text.fields.get("groupes")
    if place is None or apart:
        return
    fields = vars(place.entry)
    hours = read_opening_hours(fields.get("horaires_ouverture") or "24/7")
    shut = [closing for closing in fields.get("fermetures", ()) if not closing.equipement]
    for occurrence in text.item.occurrences:
        day = occurrence.first_day
        weekly = len(hours.semaine) >= _MOST_DAYS and occurrence.debut.hour < _EVENING
        closed = weekly and not any(rule.heures or rule.note for rule in hours.of(day))
        if occurrence.day_count == 1 and (
            closed or any(closing.du <= day <= closing.au for closing in shut)
        ):
            yield text.remark("lieu", f"« {place.name} » est fermé le {jour(day)}, selon sa fiche")


def _opening(text: Text, sentence: Sentence, _: Match) -> bool:
    written = text.fields.get("horaires_ouverture")
    if not written:
        return False
    hours = read_opening_hours(written)
    named = {*words_in(sentence.plat)} & {*JOURS}
    if span := re.search(rf"du ({'|'.join(JOURS)}) au ({'|'.join(JOURS)})", sentence.plat):
        first, last = map(JOURS.index, span.groups())
        named |= {*(JOURS * 2)[first : first + (last - first) % 7]}
    said = _clocks(sentence.plat)
    spans = chain.from_iterable(rule.heures for rule in hours.regles)
    bounds = {*chain.from_iterable((span.debut, span.fin) for span in spans)}
    other = bool(said) and bounds.isdisjoint(said)
    return other or not named.issubset(JOURS[day] for day in hours.semaine)


# Whether.


def _state(text: Text, _one: Sentence, _: Match) -> bool:
    return {occurrence.etat for occurrence in text.item.occurrences} == {"programme"}


def _booking(text: Text, sentence: Sentence, _: Match) -> bool:
    booking = text.fields.get("inscription")
    said = booking_of(sentence.mots)
    pairs = [
        (said.get(name), getattr(booking, name)) for name in ("regime", "telephone") if booking
    ]
    unlike = (new and old and _digits(new) != _digits(old) for new, old in pairs)
    return any(unlike) and not _finds("groupes", sentence.plat)


def _digits(text: str) -> str:
    return "".join(numbers_in(text))[-9:] or text


def _regime(own: str, text: Text, sentence: Sentence, _: Match) -> bool:
    regime = getattr(text.fields.get("inscription"), "regime", None)
    return regime == own and not _finds("groupes", sentence.plat)


# What it is.


def _outing(text: Text, sentence: Sentence, _: Match) -> bool:
    written = text.entry.publie_le
    if not isinstance(text.entry, ArticleEntry) or not written or not text.hours:
        return False
    here = _finds("appel", sentence.plat) or _finds("heure_chiffree", sentence.plat)
    return bool(here) and any(day > written for day in _named(sentence.mots, written))


def _language(text: Text) -> Iterator[Remark]:
    words = words_in(re.sub("«[^«»]*»", "", text.body.lower()))
    count = {code: sum(map(words.count, known)) for code, known in _ROWS["langues"].items()}
    other = max(count, key=count.__getitem__)
    language = text.entry.langue
    if count[other] > max(4, 3 * count.get(language, count[other])):
        label = text.site.vocabularies["langues"][other].label
        yield text.remark(
            "langue", f"Le texte paraît en {label}, la fiche dit « langue: {language} »"
        )


_IN_WORDS = {" :": " ?:", " ": " ", "|": "|", "*": "[a-z]*", "^": r"^[^\w«]*", "$": r"\W*$"}


@cache
def _words(words: tuple[str, ...]) -> str:
    """The expression of any of these words: « * » stands for the end of one, « ^ » and « $ » where
    a sentence begins and ends."""
    any_of = re.escape("|".join(words))
    for sign, meaning in _IN_WORDS.items():
        any_of = any_of.replace(re.escape(sign), meaning)
    return rf"(?<![a-z])(?:{any_of})(?![a-z]|[.@][a-z])"


def _listed(text: Text) -> Iterator[Remark]:
    lines = enumerate(f"{text.front}---{text.body}".split("\n"), 1)
    raw = [Sentence("", line, words, "") for line, words in lines]
    for row in _ROWS["listes"].values():
        if row.get("sauf_genre") == text.entry.kind.value:
            continue
        told = row["dit"] if "dit" in row else _words(tuple(row["mots"]))
        for sentence in raw if "brut" in row else text.told:
            words = sentence.mots if "casse" in row else sentence.plat or sentence.mots
            match = re.search(told.replace("NOM", _ROWS["nom"]), words)
            quoted = match and words.rfind("«", 0, match.start()) > words.rfind(
                "»", 0, match.start()
            )
            if (
                match
                and not ("cite" in row and quoted)
                and not ("sauf" in row and re.search(row["sauf"], sentence.plat))
            ):
                words = sentence.mots[match.start() : match.end()]
                raison = row["raison"].format(mots=words)
                remede = row["remede"].format(juste=_mended(words))
                yield Remark(sentence.champ, raison, remede, sentence.ligne, "faire" in row)


def _mended(words: str) -> str:
    # « DÃ©couverte », that was read in another encoding than it was written in.
    with suppress(UnicodeError):
        return unescape(words).encode("cp1252").decode()
    return unescape(words)


_HELD = (*PLACES, *DATED)
# Fields, what a sentence about them has, and whether it says otherwise.
_FACTS: tuple[tuple[str, str, Callable[[Text, Sentence, Match], bool]], ...] = (
    ("debut seances horaires", "heure", _start),
    ("debut seances horaires", "moment", _moment),
    ("fin seances horaires", "heure", _end),
    ("fin seances horaires", "terme", _last),
    ("fin seances horaires", "dure", _length),
    ("debut seances horaires", "portes", _doors),
    ("inscription", "reserver", _booked),
    ("fin", "jusque", _until),
    ("jauge", "places", _seats),
    ("adresse", "rue", _street),
    ("horaires seances debut", "jours", _weekly),
    ("debut seances horaires", "jour_nomme", _weekday),
    ("debut seances horaires", "tout", _date),
    ("echeance", "limite", _limit),
    ("tarif tarifs", "prix", _price),
    ("age", "age", _age),
    ("publics", "publics", _public),
    ("publics", "pour_qui", _for_ages),
    ("adresse lieu en_ligne", "tout", _town),
    ("en_ligne", "en_ligne", _online),
    ("etat", "etat", _state),
    ("inscription", "sujet", _booking),
    ("inscription", "demande", partial(_regime, "aucune")),
    ("inscription", "dispense", partial(_regime, "obligatoire")),
    ("horaires_ouverture", "ouvert", _opening),
    ("sortie", "endroit", _outing),
)
