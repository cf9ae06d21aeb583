"""What the words of a content say of it, compared with what its fields say.

A fact of a text is about its content when the sentence calls people (« rendez-vous », « tarif »…)
and speaks of no other time: ``accord.yml`` has these words. One that its field contradicts is told,
with both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache, partial
from typing import Any, NamedTuple, TypeAlias

from portail.diagnostics import Position
from portail.features.services.coordonnees.contacts import placed_contacts
from portail.features.services.horaires.notation import read_opening_hours
from portail.geo.places import Commune
from portail.model.articles import ArticleEntry
from portail.model.event import Event
from portail.model.faults import Private
from portail.model.kinds import PLACES
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.site import Site
from portail.source.document import Parts, decode, parse_front_matter, split
from portail.text.dates import JOURS, MOIS, days_named, jour
from portail.text.excerpts import cut
from portail.text.hints import ages_of, booking_of, expression, flat, level, price_of, prices_of
from portail.text.normalise import numbers_in, words_in
from portail.text.typography import plain

Match: TypeAlias = "re.Match[str]"
_ROWS: Any = rows_of("intake.apercu", "accord")


class Remark(NamedTuple):
    """A field, what is odd about it, what to do; the lines that it shows, a place that is not the
    field's, whether it is to be done before anything is published."""

    champ: str
    raison: str
    remede: str
    lignes: str = ""
    place: Position | None = None
    faire: bool = False


class Sentence(NamedTuple):
    """A sentence: its line, its words, the same without accents nor capitals."""

    ligne: int
    mots: str
    plat: str


_SENTENCE = re.compile(r"\S(?:(?!\n\s*\n|\n\s*[-*|>#+]|(?<=[.!?…])\s+(?=[A-ZÀ-Ý«“*\d]))[\s\S])*")
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_#>`|]+")
_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9 ]*(?:€|euro))")
# Signs of a sentence or of a field that are shown.
_SHOWN = 110


def sentences_of(text: str, line: int) -> Iterator[Sentence]:
    """Those of a Markdown text whose first line is ``line``."""
    for match in _SENTENCE.finditer(text):
        words = " ".join(_MARKS.sub(r"\1", match[0]).split())
        yield Sentence(line + text.count("\n", 0, match.start()), words, flat(words))


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
        self.entry = entry = item.entry
        # Its fields, by name: kinds have not the same.
        self.fields = vars(entry)
        text = decode(data, entry.source, "")
        parts = split(text, entry.source) if isinstance(text, str) else None
        assert isinstance(parts, Parts)
        self.parts = parts
        self.root, _ = parse_front_matter(parts.front, entry.source, parts.front_line)
        told = [*sentences_of(parts.body, parts.body_line)]
        for name in ("resume", "titre"):
            told[:0] = sentences_of(plain(self.fields[name] or ""), self.place(name).line)
        self.dates = [
            (one.first_day, max(one.last_day, (one.fin or one.debut).date()))
            for one in item.occurrences
        ]
        # Beginnings and lengths of what has hours, in minutes.
        self.times = [
            (one.debut.hour * 60 + one.debut.minute, one.duree and one.duree.seconds // 60)
            for one in item.occurrences
            if not one.journee
        ]
        days = (entry.publie_le, self.fields.get("echeance"), *sum(self.dates, ()))
        years = {str(day.year) for day in days if isinstance(day, date)}
        self.about = [
            one
            for one in told
            if not _finds("ailleurs", one.plat) and years.issuperset(_YEAR.findall(one.plat))
        ]
        hours = (hour for one in self.about for hour in _row("heure").findall(one.plat))
        self.hours = {*map(_clock, hours)}

    def place(self, name: str) -> Position:
        path = self.entry.source
        return self.root.at((name,)).position(path, of_key=True) if self.root else Position(path)

    def remark(self, name: str, raison: str, lignes: str = "") -> Remark:
        return Remark(name, raison, _ROWS["remedes"].get(name, _ROWS["remede"]), lignes)

    def differs(self, names: str, sentence: Sentence) -> Remark:
        """What ``sentence`` says otherwise than the first of these fields that is there."""
        there = [name for name in names.split() if self.root and name in self.root.value]
        name = (there or names.split())[0]
        place = self.place(name)
        field = "ne le dit pas"
        if there:
            rows = self.parts.front.split("\n")[place.line - self.parts.front_line :]
            more = (at for at, row in enumerate(rows) if at and row[:1] not in " -")
            block = " ".join(" ".join(rows[: next(more, None)]).split())
            field = f"dit « {cut(block, _SHOWN)} »"
        raison = f"Le texte dit « {cut(sentence.mots, _SHOWN)} », la fiche {field}"
        return self.remark(name, raison, f"lignes {sentence.ligne} et {place.line}")


def disagreements(text: Text) -> Iterator[Remark]:
    """What ``text`` says otherwise than its fields, then what it should not have."""
    shown = text.item.shown
    for names, word, differs in _FACTS if shown is None or shown.maintained else ():
        for one in text.about:
            match = _finds(word, one.plat)
            if match and differs(text, one, match):
                yield text.differs(names, one)
                break
    for reader in (_dear, _outside, _closed, _language, _listed):
        yield from reader(text)


# When.

_DAY = 24 * 60
# Minutes before and after an event that are still its own, and its length where it is not said.
_BEFORE = 90
_AFTER = 15
_LONG = 240


def _clock(text: str) -> int:
    named = {"midi": 12 * 60, "minuit": 0}.get(text)
    hour, minute, *_ = (*map(int, numbers_in(text)), 0, 0)
    return hour % 24 * 60 + minute if named is None else named


def _said(one: Sentence) -> Iterator[tuple[bool, int, int]]:
    # Hours of a sentence: whether it calls people then, the beginning, the end or the same.
    for name in ("debut", "plage"):
        for match in _row(name).finditer(one.plat):
            if not _finds("duree", match["entre"]):
                yield name == "debut", _clock(match["de"]), _clock(match["a"] or match["de"])


def _start(text: Text, one: Sentence, _: Match) -> bool:
    starts = {start for start, _ in text.times}
    known = not starts.isdisjoint(text.hours)
    for called, hour, _end_said in _said(one) if starts else ():
        inside = any(
            (hour - start + _BEFORE) % _DAY <= _BEFORE + (length or _LONG) + _AFTER
            for start, length in text.times
        )
        if hour not in starts and not (inside and known if called else inside or known):
            return True
    return False


def _end(text: Text, one: Sentence, _: Match) -> bool:
    for called, hour, end in _said(one):
        ends = {start + length for start, length in text.times if length and start == hour}
        if ends and end != hour and text.hours.isdisjoint(last % _DAY for last in ends):
            return called or not hour < end <= max(ends) + _AFTER
    return False


def _last(text: Text, _: Sentence, word: Match) -> bool:
    ends = {(start + length) % _DAY for start, length in text.times if length}
    return bool(ends) and _clock(word[1]) not in ends


def _weekdays(text: Text, one: Sentence, word: Match) -> bool:
    days = {JOURS[first.weekday()] for first, _ in text.dates}
    named = {word.removesuffix("s") for word in words_in(word[1])}
    return len(text.dates) > 1 and days.isdisjoint(named)


def _in_words(match: Match) -> str:
    # « 22/10/22 » as « 22 octobre 2022 ».
    day, month, year = match.groups("")
    return f"{int(day)} {MOIS[int(month) - 1]} {'20' * (len(year) == 2)}{year}"


def _named(one: Sentence, near: date) -> list[date]:
    return days_named(_row("date_chiffree").sub(_in_words, one.mots), near)


def _date(text: Text, one: Sentence, _: Match) -> bool:
    # A day that is none of the event's, where people are called, in the title or the summary; or
    # the day of the week of another.
    words = one._replace(mots=_row("autre_jour").sub("", one.mots))
    called = _finds("appel", one.plat)
    told = called or one.ligne < text.parts.body_line
    named = _named(words, text.dates[0][0]) if text.dates and told else []
    days = [a + timedelta(rank) for a, b in text.dates for rank in range((b - a).days + 1)]
    for match in _row("jour_nomme").finditer(flat(words.mots)):
        same = [day for day in days if day.day == int(match[2])]
        same = [day for day in same if match[3] in (None, flat(MOIS[day.month - 1]))]
        in_title = one.ligne == text.place("titre").line and not match[3]
        if (same or in_title) and match[1] not in {JOURS[day.weekday()] for day in same}:
            return bool(days)
    other = bool(named) and {*named}.isdisjoint(days)
    near = text.dates[0][0] if other else date.max
    return other and (bool(called) or not any({*days} & {*_named(it, near)} for it in text.about))


def _limit(text: Text, one: Sentence, _: Match) -> bool:
    limit = text.fields.get("echeance")
    if not isinstance(limit, date):
        return False
    far = [abs((day - limit).days) > 1 for day in _named(one, limit)]
    return bool(far) and all(far)


# How much, for whom.


def _price(text: Text, one: Sentence, _: Match) -> bool:
    tarif = text.fields.get("tarif")
    given = [row.prix for row in text.fields.get("tarifs", ())]
    if tarif and not isinstance(tarif, str):
        given += [tarif.prix, tarif.reduit, *_amounts(tarif.conditions or "")]
        given += [0] * tarif.nul
    amounts = {float(amount) for amount in given if amount is not None}
    said = {*_amounts(one.mots)}
    if not said and _finds("gratuit", one.plat) and "gratuit" in price_of(one.mots):
        said = {0.0}
    return bool(amounts and said) and amounts.isdisjoint(said)


def _dear(text: Text) -> Iterator[Remark]:
    tarif = text.fields.get("tarif")
    price = getattr(tarif, "prix", None) or 0
    if price > _ROWS["prix_fou"]:
        yield text.remark("tarif", f"Un prix de {price} € est peu courant")


def _amounts(text: str) -> Iterator[float]:
    return (price.amount for price in prices_of(text) if not price.other)


def _age(text: Text, one: Sentence, _: Match) -> bool:
    age = text.fields.get("age")
    said = {name: int(value) for name, value in ages_of(one.mots).items()}
    if least := _finds("age_min", one.plat):
        said.setdefault("min", int(next(filter(None, least.groups()))))
    if not (said and age and age.bornes) or _finds("age_sauf", one.plat):
        return False
    low, high = age.bornes
    unlike = (said["min"], said.get("max", high)) != (low, high)
    return unlike and (age.min is not None or said["min"] > high)


def _public(text: Text, one: Sentence, word: Match) -> bool:
    own = text.fields.get("publics", ())
    term = text.site.vocabularies["publics"].find(word[1])
    return bool(own) and term is not None and term.code not in own


# Where.


def _town(text: Text, one: Sentence, _: Match) -> bool:
    towns: list[Commune] = []
    call = _finds("appel", one.plat)
    row = "dans_le_titre" if call is None else "commune"
    told = one.mots[call.start() :] if call else one.mots * (one.ligne < text.parts.body_line)
    for name in re.findall(_ROWS[row], told):
        found = text.site.geography.commune(name)
        towns += [found] if isinstance(found, Commune) else getattr(found, "candidates", ())
    here = text.item.commune
    known = level(here.ville) in one.plat if here else not text.fields.get("en_ligne")
    return isinstance(text.entry, Event) and bool(towns) and not known and here not in towns


def _online(text: Text, _one: Sentence, _: Match) -> bool:
    return isinstance(text.entry, Event) and not (text.entry.en_ligne or text.entry.partout)


def _outside(text: Text) -> Iterator[Remark]:
    # Elsewhere: neither for the network, nor a place that another content names.
    home = text.site.geography.names.home
    town = text.item.commune
    known = text.item.reseau or text.site.indexes.by_target.get(text.item.ref)
    dated = isinstance(text.entry, Event) or text.entry.kind in PLACES
    if dated and not known and town and home and town.departement not in home:
        yield text.remark("adresse", f"« {town.nom} » n’est pas dans la région de ce portail")


# Days a week on which a place that is « closed on… » is open; when its evenings begin.
_MOST_DAYS = 5
_EVENING = 18


def _closed(text: Text) -> Iterator[Remark]:
    place = text.site.lieu_of(text.entry)
    if place is None:
        return
    fields = vars(place.entry)
    hours = read_opening_hours(fields.get("horaires_ouverture") or "24/7")
    shut = [one for one in fields.get("fermetures", ()) if not one.equipement]
    apart = text.item.reserve or text.item.reseau or text.fields.get("groupes")
    for one in text.item.occurrences if not apart else ():
        day = one.first_day
        weekly = len(hours.semaine) >= _MOST_DAYS and one.debut.hour < _EVENING
        closed = weekly and not any(rule.heures or rule.note for rule in hours.of(day))
        if one.day_count == 1 and (closed or any(it.du <= day <= it.au for it in shut)):
            yield text.remark("lieu", f"« {place.name} » est fermé le {jour(day)}, selon sa fiche")


def _opening(text: Text, one: Sentence, _: Match) -> bool:
    written = text.fields.get("horaires_ouverture")
    named = [word for word in words_in(one.plat) if word in JOURS]
    if span := re.search(r"du (\w+di) au (\w+di|dimanche)", one.plat):
        first, last = map(JOURS.index, span.groups())
        named += [JOURS[(first + at) % 7] for at in range((last - first) % 7)]
    if not written:
        return False
    hours = read_opening_hours(written)
    spans = [span for rule in hours.regles for span in rule.heures]
    bounds = {bound for span in spans for bound in (span.debut, span.fin)}
    said = {*map(_clock, _row("heure").findall(one.plat))}
    days = {JOURS[day] for day in hours.semaine}
    return not days.issuperset(named) or (bool(said) and bounds.isdisjoint(said))


# Whether.


def _state(text: Text, one: Sentence, _: Match) -> bool:
    return {one.etat for one in text.item.occurrences} == {"programme"}


def _booking(text: Text, one: Sentence, _: Match) -> bool:
    own = text.fields.get("inscription")
    said = booking_of(one.mots)
    pairs = ((name, getattr(own, name)) for name in ("regime", "telephone") if own)
    unlike = (value and _digits(said.get(name, value)) != _digits(value) for name, value in pairs)
    return any(unlike) and not _finds("groupes", one.plat)


def _regime(own: str, text: Text, one: Sentence, _: Match) -> bool:
    regime = getattr(text.fields.get("inscription"), "regime", None)
    return regime == own and not _finds("groupes", one.plat)


def _digits(text: str) -> str:
    return "".join(numbers_in(text))[-9:] or text


# What it is.


def _outing(text: Text, one: Sentence, _: Match) -> bool:
    written = text.entry.publie_le
    if not isinstance(text.entry, ArticleEntry) or not written:
        return False
    here = _finds("appel", one.plat) or numbers_in("".join(_row("heure").findall(one.plat)))
    return bool(here and text.hours) and any(day > written for day in _named(one, written))


def _language(text: Text) -> Iterator[Remark]:
    words = words_in(re.sub("«[^»]*»", "", text.parts.body.lower()))
    count = {code: sum(map(words.count, known)) for code, known in _ROWS["langues"].items()}
    other = max(count, key=count.__getitem__)
    if count[other] > max(4, 3 * count.get(text.entry.langue, count[other])):
        label = text.site.vocabularies["langues"][other].label
        raison = f"Le texte paraît en {label}, la fiche dit « langue: {text.entry.langue} »"
        yield text.remark("langue", raison)


def _listed(text: Text) -> Iterator[Remark]:
    path = text.entry.source
    for row in _ROWS["listes"].values():
        left = frozenset(row.get("champs", ()))
        find = partial(_of_list, row)
        for place, found in placed_contacts(text.root, text.parts, path, find, left):
            raison = row["raison"].format(mots=cut(found.written, 60))
            line = f"ligne {place.line}"
            yield Remark("", raison, row["remede"], line, place, "faire" in row)


def _of_list(row: Any, text: str) -> Iterator[Private]:
    words = row["dit"].replace("NOM", _ROWS["nom"])
    pattern = expression(words) if "plat" in row else re.compile(words)
    for match in pattern.finditer(level(text) if "plat" in row else text):
        start, end = match.span()
        quoted = "cite" in row and text.rfind("«", 0, start) > text.rfind("»", 0, start)
        line = text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
        if not quoted and not ("sauf" in row and re.search(row["sauf"], line.lower())):
            yield Private(start, text[start:end], "")


# Fields, what a sentence about them has, and whether it says otherwise.
_FACTS: tuple[tuple[str, str, Callable[[Text, Sentence, Match], bool]], ...] = (
    ("debut seances horaires", "heure", _start),
    ("fin seances horaires", "heure", _end),
    ("fin seances horaires", "terme", _last),
    ("horaires seances debut", "jours", _weekdays),
    ("debut seances horaires", "tout", _date),
    ("echeance", "limite", _limit),
    ("tarif tarifs", "prix", _price),
    ("age", "age", _age),
    ("publics", "publics", _public),
    ("adresse lieu en_ligne", "tout", _town),
    ("en_ligne", "en_ligne", _online),
    ("etat", "etat", _state),
    ("inscription", "sujet", _booking),
    ("inscription", "demande", partial(_regime, "aucune")),
    ("inscription", "dispense", partial(_regime, "obligatoire")),
    ("horaires_ouverture", "ouvert", _opening),
    ("sortie", "endroit", _outing),
)
