"""Whether a text of elsewhere is public, and takes place, by what its source says of it
(``public.yml``; states by their names in ``data/etats.yml``).

What says nothing is public. Of several words the safest holds; one that is not known is for a
person to decide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from portail.model.states import safest
from portail.resources import shared, table
from portail.text.dates import suggested_date
from portail.text.normalise import fold, name_key

_TRUE = frozenset({"true", "yes", "oui", "on", "vrai", "1"})
_FALSE = frozenset({"false", "no", "non", "off", "faux", "0"})
_DAYS = ("des", "jusqu_a")
_SORTS = (
    *("etat", "tenue", "brouillon", "publie", "laisse", "secret", "reserve", "ouvert", "sorte"),
    *_DAYS,
)
_LONGEST = 60
_REVERSED = "contraire"
_SOFT = "souple"
# What is for a person to decide, whatever its value.
_DOUBT = "doute"
_BEGINNING = 2_000


class Fate(IntEnum):
    """What a text becomes here: the greater, the safer."""

    READY = 0
    DRAFT = 1
    DOUBT = 2
    LEFT = 3


class Said(NamedTuple):
    """What a source says under a key; ``sort`` is a field of ``Source``. Days are in ISO form."""

    key: str
    sort: str
    value: str


class Remark(NamedTuple):
    """What a source says, and what comes of it, in French; a secret has no ``value``."""

    key: str
    value: str
    reason: str


class Publication(Struct, frozen=True):
    """What a text becomes, the ISO day to come from which it is public, and why."""

    fate: Fate = Fate.READY
    # Whether one of its words says so, even if another is to be judged.
    is_draft: bool = False
    day: str = ""
    remarks: tuple[Remark, ...] = ()

    @property
    def refusal(self) -> str:
        """Why it is not taken, a French sentence without its secret; "" when it is."""
        if self.fate is not Fate.LEFT:
            return ""
        key, value, reason = self.remarks[0]
        return f"{reason[0].upper()}{reason[1:]}{f' ({key} « {value} »)' if value else ''}."


@dataclass(frozen=True, slots=True)
class Source:
    """The keys in which a source says it, by what they say: see the head of the table."""

    etat: tuple[str, ...] = ()
    tenue: tuple[str, ...] = ()
    brouillon: tuple[str, ...] = ()
    publie: tuple[str, ...] = ()
    laisse: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    reserve: tuple[str, ...] = ()
    ouvert: tuple[str, ...] = ()
    sorte: tuple[str, ...] = ()
    des: tuple[str, ...] = ()
    jusqu_a: tuple[str, ...] = ()

    @property
    def keys(self) -> Iterator[tuple[str, str]]:
        for sort in _SORTS:
            for key in getattr(self, sort):
                yield key, sort


@dataclass(frozen=True, slots=True)
class Table:
    """Words of states and of kinds, by what they come to; the sources."""

    mots: Mapping[str, tuple[str, ...]]
    sortes: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, Source]
    racines: Mapping[str, tuple[str, ...]]


@cache
def public_table() -> Table:
    """The table. Raises ``DataError``."""
    return table("public", Table, "portail_importer.importer")


@cache
def _keys(source: str) -> Mapping[str, tuple[str, str]]:
    return {name_key(key): (key, sort) for key, sort in public_table().sources[source].keys}


@cache
def _words() -> Mapping[str, str]:
    states: dict[str, str] = {}
    for state, words in public_table().mots.items():
        states |= dict.fromkeys(map(name_key, words), state)
    return states


@cache
def _states() -> Mapping[str, str]:
    # The code of each state, by its names and by what a program calls it.
    codes: dict[str, str] = {}
    for row in shared("etats")["valeurs"]:
        names = (row["code"], row["label"], row["pluriel"], row["schema"], *row["alias"])
        codes |= {_state_key(name): row["code"] for name in names}
    return codes


def _state_key(text: str) -> str:
    key = name_key(text).replace(" ", "")
    return key.removeprefix("event") or key


def state_of(value: object) -> str | None:
    """The code of the state that a source says, in a word, an address, a group of an identifier or
    a label; "" for none, ``None`` for what is not understood. Of several, the safest.

    >>> state_of("https://schema.org/EventCancelled/"), state_of({"@id": "schema:EventPostponed"})
    ('annule', 'reporte')
    >>> state_of('{"id": 6, "label": {"fr": "Annulé"}}'), state_of("CANCELED"), state_of("bof")
    ('annule', 'annule', None)
    >>> state_of('["Complet", "https://schema.org/EventMovedOnline"]')
    'deplace-en-ligne'
    """
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        with suppress(ValueError, RecursionError):
            value = json.loads(value)
    if isinstance(value, Mapping):
        value = [*filter(None, map(value.get, ("label", "name", "fr", "value", "@id")))][:1]
    if isinstance(value, list):
        states = [*map(state_of, value)]
        known = [state for state in states if state is not None]
        if known != states:
            return None
        return safest(*known) or "".join(known[:1])
    text = str(value or "").strip(" /#.!")
    parts = re.split(r"[/#]|:(?=\S)", text)
    if text:
        return _states().get(_state_key(parts[-1]))
    return ""


def says(source: str, key: str) -> bool:
    return name_key(key) in _keys(source)


def as_json(value: object) -> str:
    """A value of a source as it writes it, on one line: texts and numbers as they are, the rest as
    JSON does.

    >>> as_json(True), as_json([1, None]), as_json("oui")
    ('true', '[1, null]', 'oui')
    """
    if value is None or isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def said_in(
    source: str, values: Mapping[str, object], day_of: Callable[[str], str] = str
) -> tuple[Said, ...]:
    """What ``values`` say of it under the keys of a source.
    ``day_of`` gives the ISO day of a date, "" for what is none."""
    said: dict[str, Said] = {}
    for name, value in values.items():
        key, sort = _keys(source).get(name_key(name), ("", ""))
        text = ""
        if value is not None:
            text = as_json(value).strip()
        if key and text:
            text = (day_of(text) if sort in _DAYS else "") or text
            said.setdefault(key, Said(key, sort, text))
    return tuple(said.values())


# What a head that no field takes may say: ``racines`` of the table.


class _Head(NamedTuple):
    """What the roots of a head come to: its first sort, "" for none; whether it says the contrary
    of it; whether it may speak of other things."""

    sort: str
    is_reversed: bool
    is_soft: bool


@cache
def _head(text: str) -> _Head:
    pairs = pairwise(f" {text}")
    spaced = [
        f" {letter}" if letter.isupper() and before.islower() else letter
        for before, letter in pairs
    ]
    key = name_key("".join(spaced))
    roots = public_table().racines.items()
    roots_held: list[str] = []
    for sort, of_sort in roots:
        roots_held.extend(sort for root in of_sort if _holds(key, root))
    sorts = []
    if "sauf" not in roots_held:
        sorts = [sort for sort in roots_held if sort not in (_REVERSED, _SOFT)]
    return _Head(next(iter(sorts), ""), _REVERSED in roots_held, _SOFT in roots_held)


def _holds(key: str, root: str) -> bool:
    if root.startswith("="):
        return key == root[1:]
    return f" {root.removesuffix('*')}{' ' * (not root.endswith('*'))}" in f" {key} "


def speaks(head: str, value: str) -> bool:
    """Whether ``value`` may say whether a content is public, or takes place, under a ``head`` that
    no field takes: every word under a head that speaks of it, but those that have other readers.

    >>> speaks("Validation interne", "Refus"), speaks("Statut juridique", "association")
    (True, False)
    >>> speaks("Accès", "métro ligne 1"), speaks("isPublic", "false"), speaks("Public", "familles")
    (False, True, False)
    """
    sort, _, is_soft = _head(head)
    word = name_key(value[:_LONGEST])
    if _words().get(word) == "laisse" or _forbidden(value):
        return True
    if not (sort and value):
        return False
    if not is_soft or _words().get(word, "ouverts") != "ouverts":
        return True
    is_code = word in _TRUE | _FALSE or (word.isdecimal() and len(word) == 1)
    return sort != "reserve" and (is_code or bool(_day_of(value)))


def said_under(head: str, value: str, today: date) -> Said | None:
    """What ``value`` says under a ``head`` that no field takes; ``None`` when it says nothing, or
    plainly that all may read it. A blank, under a head other values of which speak, means no."""
    sort, is_reversed, _ = _head(head)
    word = name_key(value[:_LONGEST])
    if not value:
        if sort == "publie" and not is_reversed:
            return Said(head, _DOUBT, "non")
        return None
    if not speaks(head, value):
        return None
    if not sort:
        return Said(head, _DOUBT, value)
    if sort == "tenue":
        return _held(head, value, is_reversed=is_reversed)
    closes = is_reversed or sort in ("brouillon", "laisse")
    if day := _day_of(value):
        if closes:
            return Said(head, "jusqu_a", day)
        if sort == "etat" or day > today.isoformat():
            return Said(head, _DOUBT, value)
        return None
    if sort == "laisse" and word in _TRUE and not is_reversed:
        return Said(head, sort, value)
    state = _words().get(word, "")
    plain = {"publie": word in _TRUE, "etat": False, "reserve": not state}
    if (state == "publie" and not closes) or (plain.get(sort, word in _FALSE) and not is_reversed):
        return None
    return Said(head, _DOUBT, value)


def _held(head: str, value: str, *, is_reversed: bool) -> Said | None:
    # « Annulé : oui » says the state of its head, « Maintenu : non » that it is a doubt.
    word = name_key(value)
    states = [code for name in name_key(head).split() if (code := state_of(name))]
    goes_on = "programme" in states
    if word in _FALSE:
        if not (is_reversed or goes_on):
            return None
    elif word in _TRUE:
        if is_reversed or goes_on:
            return None
        value = safest(*states) or value
    elif state_of(value) == "programme":
        return None
    return Said(head, "tenue", value)


def _day_of(value: str) -> str:
    if _is_day(value):
        return value[:10]
    return (suggested_date(value) or "")[:10]


def embargo_in(*texts: str) -> tuple[Said, ...]:
    """What says that one of ``texts`` speaks of an embargo, for a person to judge.

    >>> embargo_in("La comète", "SOUS EMBARGO jusqu’au 12 mars"), embargo_in("La comète")
    ((Said(key='texte', sort='doute', value='embargo'),), ())
    """
    words = _forbidden("\n".join(text[:_BEGINNING] for text in texts))
    return tuple(Said("texte", _DOUBT, word) for word in words)


def _forbidden(text: str) -> list[str]:
    folded = fold(text)
    return [word for word in public_table().mots["interdit"] if word in folded]


def publication(said: Iterable[Said], today: date) -> Publication:
    """What comes of what a source says."""
    said = [*said]
    begins = [word.value[:10] for word in said if word.sort == "des"]
    judged: list[tuple[Fate, Remark]] = []
    for word in said:
        fate, reason = _judged(word.sort, word.value, today, dated=any(begins))
        judged.append((fate, Remark(word.key, word.value * (word.sort != "secret"), reason)))
    worst = max((fate for fate, _ in judged), default=Fate.READY)
    kept_out = worst is Fate.LEFT
    remarks = (
        reading for fate, reading in judged if reading.reason and (fate is worst or not kept_out)
    )
    coming = [day for day in begins if day > today.isoformat()]
    is_draft = any(fate is Fate.DRAFT for fate, _ in judged)
    return Publication(worst, is_draft, max(coming, default=""), tuple(remarks))


def _judged(sort: str, value: str, today: date, *, dated: bool) -> tuple[Fate, str]:
    match sort:
        case "secret":
            return Fate.LEFT, "il est protégé par un mot de passe"
        case "sorte":
            return _of_sort(value)
        case "des":
            return _of_day(value, today)
        case "jusqu_a":
            return _of_end(value, today)
        case "doute":
            return Fate.DOUBT, "il n’est peut-être pas public\u00a0: à vous de le dire"
        case "tenue":
            if state_of(value) is not None:
                return (Fate.READY, "")
            fate = _of_word(name_key(value[:_LONGEST]), dated=True)
            return fate, _UNHELD if fate is Fate.DOUBT else _REASONS[fate]
        case "reserve" | "ouvert":
            return _of_readers(sort, value)
    word = name_key(value[:_LONGEST])
    if sort != "etat" and word in _TRUE | _FALSE:
        fates = {"brouillon": Fate.DRAFT, "publie": Fate.DRAFT, "laisse": Fate.LEFT}
        fate = fates[sort] if (word in _TRUE) is not (sort == "publie") else Fate.READY
    else:
        fate = _of_word(word, dated=dated)
    return fate, _REASONS[fate]


_UNHELD = "ce mot ne dit pas si cela a lieu"
_REASONS = {
    Fate.READY: "",
    Fate.DRAFT: "il n’est pas publié là-bas\u00a0: c’est un brouillon",
    Fate.DOUBT: "ce mot ne dit pas si le texte est public",
    Fate.LEFT: "il n’est pas public",
}


def _of_word(word: str, *, dated: bool) -> Fate:
    fates = {"publie": Fate.READY, "brouillon": Fate.DRAFT, "laisse": Fate.LEFT}
    state = _words().get(word, "" if state_of(word) else _DOUBT)
    is_told = not state or (state == "programme" and dated)  # what is cancelled is told too
    if is_told:
        return Fate.READY
    return fates.get(state, Fate.DOUBT)


def _of_readers(sort: str, value: str) -> tuple[Fate, str]:
    word = name_key(value[:_LONGEST])
    is_for_all = word in (_TRUE if sort == "ouvert" else _FALSE)
    if is_for_all or (sort == "reserve" and _words().get(word) in ("ouverts", "publie")):
        return Fate.READY, ""
    return Fate.DOUBT, "c’est peut-être réservé à certains lecteurs"


def _of_sort(value: str) -> tuple[Fate, str]:
    sorts = public_table().sortes
    if value.lower() in sorts["texte"]:
        return Fate.READY, ""
    if value.lower() in sorts["aucun"]:
        return Fate.LEFT, "ce n’est pas un texte"
    return Fate.DOUBT, "cette sorte de contenu n’est pas connue"


def _of_day(value: str, today: date) -> tuple[Fate, str]:
    if not _is_day(value):
        return Fate.DOUBT, "ce jour de publication ne se lit pas"
    return Fate.READY, "il paraîtra ce jour-là" if value[:10] > today.isoformat() else ""


def _of_end(value: str, today: date) -> tuple[Fate, str]:
    if not _is_day(value):
        return Fate.DOUBT, "ce jour de retrait ne se lit pas"
    if value[:10] <= today.isoformat():
        return Fate.DRAFT, "il a été retiré ce jour-là\u00a0: c’est un brouillon"
    return Fate.READY, "rien n’est retiré tout seul\u00a0: écrivez « statut: brouillon » ce jour-là"


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value[:10]).year <= 2100
    except ValueError:
        return False
