"""Fields that contradict one another, where no rule of the model refuses them: a row of ``PAIRS`` a
pair; those of which one should not be more than the other are rows of ``accord.yml`` (``ordres``),
which has the sentences of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeAlias

from portail.model.event import NIVEAUX
from portail.model.faults import MAILBOXES
from portail.model.parts import OLDEST
from portail.text.addresses import address_parts
from portail.text.dates import jour
from portail.text.hints import flat, price_of
from portail.text.normalise import numbers_in, words_in

# A content as its file writes it (``agreement.Text``, which puts these questions).
Text: TypeAlias = Any
# The values of the sentence of a pair, for each time that its fields contradict one another.
Said: TypeAlias = Iterator[Iterable[object]]


class Pair(NamedTuple):
    """The field that is told, the name of its sentence, what finds it."""

    champ: str
    dit: str
    trouve: Callable[[Text], Said]


# Formats of what begins and ends on a day, days after which such a thing does not end, and minutes.
_SHORT = frozenset({"atelier", "conference", "rencontre-debat", "spectacle", "visite"})
_LONG = timedelta(days=62)
_MINUTES = 600
# Nothing is announced so long before.
_FAR = timedelta(days=1_500)


def marks_of(text: Text) -> dict[str, object]:
    """Days with which those of the fields are compared, by the names of the table."""
    shown = text.entry.publie_le
    if not text.days or not shown:
        return {}
    first, last = min(text.days), max(text.days)
    marks = {"premier": first, "dernier": last, "loin": shown + _FAR}
    if _SHORT.issuperset(text.fields.get("format", ())) and len(text.item.occurrences) == 1:
        marks["longtemps"] = first + _LONG
    return {**marks, "fini": max(last, text.site.day.date)}


def shown_as(value: object) -> str:
    if isinstance(value, date):
        return jour(value)
    return str(value).removesuffix(".0")


# Hours at which nothing begins but by night; those at which what is for children does.
_DAWN = 6
_DAY = range(7, 22)
_CHILDREN = frozenset({"maternelle", "primaire"})
_SUNDAY = 6


def _by_night(text: Text) -> Said:
    publics = {*text.fields.get("publics", ())}
    young = publics and publics <= _CHILDREN
    night = text.speaks("nuit")
    for hour in sorted({start // 60 for start, _ in text.times}):
        if (hour < _DAWN and not night) or (young and hour not in _DAY):
            yield (hour,)


def _too_long(text: Text) -> Said:
    if _SHORT.issuperset(text.fields.get("format", ())):
        for _, minutes in text.times:
            if minutes and minutes > _MINUTES:
                yield (minutes // 60,)


def _no_school(text: Text) -> Said:
    publics = {*text.fields.get("publics", ())}
    rests = {day for day in text.days if day.weekday() == _SUNDAY}
    for holiday in text.site.holidays.own:
        rests.update(day for day in text.days if day in holiday)
    apart = publics and publics.issubset(NIVEAUX) and text.speaks("classe")
    if apart and rests and rests == text.days:
        yield (jour(min(rests)),)


# What a price says when everybody pays it.
_EACH = frozenset("adulte adultes participation personne personnes plein tarif".split())
# Those who come with children.
_WITH_CHILDREN = frozenset({"enseignants", "professionnels"})


def _free(text: Text) -> Said:
    words = text.value("tarif.conditions") or ""
    told = not _EACH.isdisjoint(words_in(flat(words)))
    if text.value("tarif.gratuit") and told and "prix" in price_of(words):
        yield (words,)


def _ages(text: Text) -> Said:
    age = text.fields.get("age")
    if age and age.bornes:
        yield from others_than(text, *age.bornes)


def others_than(text: Text, low: int, high: int) -> Said:
    """The audiences of a content none of whom has between ``low`` and ``high`` years; grown-ups may
    come with children."""
    codes = {*text.fields.get("publics", ())} - _WITH_CHILDREN
    publics = [text.site.vocabularies["publics"][code] for code in sorted(codes)]
    others = [
        term
        for term in publics
        if term.extra.get("age_min", 0) > high or term.extra.get("age_max", OLDEST) < low
    ]
    for term in others:
        if len(others) == len(publics) or "age_max" in term.extra:
            yield (term.label,)


def _postcode(text: Text) -> Said:
    town = text.item.commune
    address = text.fields.get("adresse")
    if not town or not address or town.pays:
        return
    near = {known[:2] for known in town.codes_postaux}
    for code in numbers_in(f"{address.code_postal} {address.rue} {address.nom}"):
        elsewhere = text.site.geography.is_elsewhere(code, town.code)
        if len(code) == 5 and (elsewhere or code[:2] not in near):
            yield code, town.nom, " ou ".join(town.codes_postaux)


def _hall(text: Text) -> Said:
    name = text.value("adresse.nom") or ""
    town = text.item.commune
    named = text.finds("mairie", name)
    other = named and text.site.geography.named(name[named.end() :])
    if town and other and other.code != town.code:
        yield name, town.nom


def _other_year(text: Text) -> Said:
    address = text.value("inscription.url") or ""
    path = address_parts(address).path
    years = {year for year in numbers_in(path) if len(year) == 4 and year[:2] == "20"}
    if text.days and years and years.isdisjoint(text.years):
        yield address, min(years)


def _mailbox(text: Text) -> Said:
    mailbox = text.value("inscription.courriel") or text.value("contact.courriel") or ""
    host = mailbox.rpartition("@")[2].lower()
    for near in get_close_matches(host, MAILBOXES, 1, 0.88):
        if near != host:
            yield mailbox, near


def _still_room(text: Text) -> Said:
    if text.fields.get("etat") in ("annule", "complet") and text.speaks("places_libres"):
        yield (text.fields["etat"],)


def _same_words(text: Text) -> Said:
    summary = words_in(flat(text.entry.resume or ""))
    for words, name in ((text.entry.titre, "le titre"), (text.body, "le texte")):
        if summary and summary == words_in(flat(words)):
            yield (name,)


def _bare(text: Text) -> Said:
    # Words that have accents, in a text that has none.
    words = f"{text.entry.titre} {text.entry.resume} {text.body}".lower()
    named = [word for word in dict.fromkeys(words_in(words)) if text.finds("sans_accents", word)]
    if len(named) > 2 and not any("à" <= sign <= "ÿ" for sign in words):
        yield (", ".join(named[:3]),)


PAIRS = (
    Pair("debut", "nuit", _by_night),
    Pair("fin", "longueur", _too_long),
    Pair("debut", "sans_classe", _no_school),
    Pair("tarif.conditions", "gratuit", _free),
    Pair("publics", "ages", _ages),
    Pair("adresse.code_postal", "code_postal", _postcode),
    Pair("adresse", "mairie", _hall),
    Pair("inscription.url", "adresse_passee", _other_year),
    Pair("inscription.courriel", "boite", _mailbox),
    Pair("etat", "places_libres", _still_room),
    Pair("resume", "memes_mots", _same_words),
    Pair("resume", "sans_accents", _bare),
)
"""The field that is told, the sentence, what finds it."""
