"""Price, booking and ages that a text states plainly. The expressions, and the vocabularies of
other formats, are in ``data/correspondances.yml``.

The twin of ``js/contribuer-indices.js``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from portail.resources import table


@dataclass(frozen=True, slots=True)
class SchemaOrg:
    """Its types of events that are one of our formats, its states, its days from Monday."""

    formats: Mapping[str, str]
    jours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caches:
    """How the author of a page hides a part of it: expressions of styles, classes."""

    styles: str
    transparent: str
    parait: str
    sans_taille: str
    classes: tuple[str, ...]
    montrees: str
    entendues: tuple[str, ...]
    remarques: str
    relecteurs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indices:
    """Expressions of what a text says of prices, booking and ages."""

    prix: str
    avant_prix: str
    apres_prix: str
    reduit_avant: str
    reduit_apres: str
    autre_avant: str
    autre_apres: str
    gratuit: str
    gratuit_si: str
    pas_gratuit: str
    tarif: str
    sujet: str
    clause: str
    nie: str
    regimes: Mapping[str, str]
    courriel: str
    telephone: str
    url: str
    ages: str
    des_ans: str


@dataclass(frozen=True, slots=True)
class Adresses:
    pays: str
    a_part: str
    coupes: str
    postal: str
    parentheses: str
    cedex: str
    voie: str
    numero: str
    salle: str


@dataclass(frozen=True, slots=True)
class Dates:
    """Expressions of the words that change what a day means."""

    depuis: str
    jusque: str
    chaque: str
    sauf: str


@dataclass(frozen=True, slots=True)
class Correspondances:
    suivi: str
    personnels: str
    schema_org: SchemaOrg
    caches: Caches
    pratique: str
    articles: str
    indices: Indices
    adresses: Adresses
    dates: Dates


NAME = "correspondances"
# What the form reads of the table: the words of a text, none of another format.
READ_BY_FORM = (
    "suivi",
    "personnels",
    "caches",
    "pratique",
    "articles",
    "indices",
    "adresses",
    "dates",
)


@cache
def correspondances() -> Correspondances:
    """The table. Raises ``DataError`` where the file is not of this shape."""
    return table(NAME, Correspondances)


@cache
def expression(text: str) -> re.Pattern[str]:
    """An expression of the table; the capitals of plain letters do not count, as in browsers."""
    return re.compile(text, re.IGNORECASE | re.ASCII)


@cache
def expressions(group: str) -> SimpleNamespace:
    """Those of a group, under their names; ``regimes`` by its codes."""

    def compiled(value: Any) -> Any:
        if isinstance(value, str):
            return expression(value)
        return {code: expression(inner) for code, inner in value.items()}

    patterns = getattr(correspondances(), group)
    return SimpleNamespace(
        **{field.name: compiled(getattr(patterns, field.name)) for field in fields(patterns)}
    )


_LONG = 60_000
# Characters around a price where « réduit » applies to it.
_AROUND_PRICE = 30
_CONDITIONS = 255
_BLANKS = re.compile(r"[^\S\n]+")


class _Flat(dict[str, str]):
    """Each sign without its accents, found once; what no browser counts as one sign is a blank."""

    def __missing__(self, sign: str) -> str:
        self[sign] = " " if sign > "\uffff" else unicodedata.normalize("NFD", sign)[0]
        return self[sign]


_FLAT = _Flat(dict.fromkeys("\u2019\u02bc", "'") | dict.fromkeys("‐‑‒–—―", "-"))
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=4)
def flat(text: str) -> str:
    """``text`` without accents nor capitals, sign for sign but for runs of blanks.

    >>> flat("L’Été – à 5  €")
    "l'ete - a 5 €"
    """
    return level(_BLANKS.sub(" ", text[:_LONG]))


def level(text: str) -> str:
    for sign in set(_NOT_ASCII.findall(text)):
        text = text.replace(sign, _FLAT[sign])
    return text.lower()


def price_of(text: str) -> dict[str, str]:
    """``gratuit``, or ``prix`` with ``reduit`` and ``conditions``; nothing when it is not said.
    Where two prices may be meant, ``conditions`` alone: a person tells which.

    >>> price_of("5€50, 3 € -12 ans"), price_of("5 € - 3 € réduit")
    ({'prix': '5,50', 'reduit': '3'}, {'prix': '5', 'reduit': '3'})
    >>> price_of("10 500 €"), price_of("10.500 €"), price_of("12345 €")
    ({'prix': '10500'}, {}, {'prix': '12345'})
    >>> price_of("Entrée libre, le goûter à 4 €"), price_of("Un concours doté de 500 €")
    ({'conditions': 'Entrée libre, le goûter à 4 €'}, {})
    """
    every = [*prices_of(text)]
    prices = [price for price in every if not price.other]
    paid = [price for price in prices if price.amount > 0]
    full = [price for price in paid if not price.reduced]
    full = full or sorted(paid, key=lambda price: -price.amount)[:1]
    free = is_free(text)
    for_all = free and not expressions("indices").gratuit_si.search(flat(text))
    doubtful = len({price.amount for price in full}) > 1 or (for_all and bool(paid))
    tarif = {}
    if full and not doubtful:
        tarif["prix"] = full[0].written
        less = [price for price in paid if price.reduced and price.amount < full[0].amount]
        if less:
            tarif |= {"reduit": less[0].written}
    elif not paid and (for_all or (prices and not free)):
        tarif["gratuit"] = "true"
    unclear = doubtful or len(paid) > 2 or (free and not for_all)
    return tarif | (_conditions(text) if unclear or (tarif and len(every) > len(prices)) else {})


def _conditions(text: str) -> dict[str, str]:
    # The sentences of ``text`` that speak of prices, each once, where they are short enough.
    shown = expressions("indices").tarif
    lines = (filter(shown.search, _SENTENCES.split(line)) for line in text.split("\n"))
    sentences = dict.fromkeys(filter(None, (" ".join(line).strip() for line in lines)))
    conditions = " ".join(" ; ".join(sentences).split())
    if 0 < len(conditions) <= _CONDITIONS:
        return {"conditions": conditions}
    return {}


_SENTENCES = re.compile(r"(?<=[.!?…]) +(?=[A-ZÀ-ÖØ-Þ«])")


class Price(NamedTuple):
    start: int
    end: int
    # Its digits, with a comma before its decimals.
    written: str
    amount: float
    # Whether it is said to be reduced.
    reduced: bool
    # Whether it is that of something else: a deposit, a prize, a call.
    other: bool


def prices_of(text: str) -> Iterator[Price]:
    words = expressions("indices")
    source = flat(text)
    for match in words.prix.finditer(source):
        whole = (match[1] or match[2] or "").replace(" ", "").replace(".", ",")
        value = f"{match[3]},{match[4]}" if match[3] else whole
        start, end = match.span()
        before = words.avant_prix.split(source[max(0, start - _AROUND_PRICE) : start])
        after = words.apres_prix.split(source[end : end + _AROUND_PRICE])
        reduced = words.reduit_avant.search(before[-1]) or words.reduit_apres.search(after[0])
        other = words.autre_avant.search(before[-1]) or words.autre_apres.search(
            source[end : end + _AROUND_PRICE]
        )
        amount = float(value.replace(",", "."))
        yield Price(start, end, value, amount=amount, reduced=bool(reduced), other=bool(other))


def is_free(text: str) -> bool:
    """Whether ``text`` says that something is free, for all or for some.

    >>> is_free("Gratuit pour les enfants"), is_free("atelier non gratuit")
    (True, False)
    """
    words = expressions("indices")
    source = flat(text)
    return bool(words.gratuit.search(source)) and not words.pas_gratuit.search(source)


def booking_of(text: str) -> dict[str, str]:
    """``regime``, ``courriel``, ``telephone``, ``url``, as far as they are said of booking; nothing
    where a negation is not understood, or two clauses say otherwise.
    """
    words = expressions("indices")
    source = flat(text)
    told = set()
    for clause in words.clause.findall(source):
        regimes = (code for code, pattern in words.regimes.items() if pattern.search(clause))
        regime = next(regimes, "")
        if regime != "aucune" and words.sujet.search(clause) and words.nie.search(clause):
            return {}
        if regime:
            told |= {regime}
    if len(told) > 1:
        return {}
    booking = {}
    if told:
        booking = {"regime": told.pop()}
    if not words.sujet.search(source):
        return booking
    lines = zip(text[:_LONG].split("\n"), source.split("\n"), strict=True)
    here = "\n".join(line for line, plain in lines if words.sujet.search(plain))
    for name in ("courriel", "telephone", "url"):
        if match := getattr(words, name).search(here):
            booking[name] = match[0]
    if "telephone" in booking:
        booking["telephone"] = booking["telephone"].replace(".", " ").replace("-", " ")
    return booking


def ages_of(text: str) -> dict[str, str]:
    """``min`` and ``max``, in years."""
    words = expressions("indices")
    source = flat(text)
    both = words.ages.search(source)
    least = words.des_ans.search(source)
    if both and int(both[1]) < int(both[2]):
        return {"min": both[1], "max": both[2]}
    if least:
        return {"min": next(filter(None, least.groups()))}
    return {}
