"""The line of a façade: the field that holds it, whose words have to be known, and its reading,
into bodies or into what is wrong where."""

from __future__ import annotations

# Annotations are values here, as in the modules of kinds.
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

from pydantic import ValidationInfo

from portail.late import expression
from portail.model.faults import fault, phrase
from portail.model.fields import Texte
from portail.model.scalars import Typed, reading_of
from portail.model.vocabulary import Term, Vocabularies, Vocabulary
from portail.resources import rows_of

LIST = "facades"
# Of whom wants none.
REFUSED = "non"
# The most that a line draws: bodies, bays and floors of one, bays of one that is drawn whole.
_BODIES = 7
_MOST = {2: (16, 6), 1: (12,)}
_WORD = expression(r"[^\s+]+|\+")
_SIZE = expression(r"\d{1,4}(?:[x×]\d{1,4})?")


class Body(NamedTuple):
    """A body of a building: what is drawn whole (``corps``), with its size in bays if it has one,
    or walls of so many bays and floors under a roof."""

    corps: str = ""
    travees: int = 0
    niveaux: int = 0
    matiere: str = ""
    toit: str = "pans"
    fenetres: str = "croisee"
    couverture: str = ""


class Words(NamedTuple):
    """What the words say: terms by code, the roof of each region."""

    terms: dict[str, Term]
    covers: dict[str, str]


@lru_cache(maxsize=8)
def words_of(vocabularies: Vocabularies) -> Words:
    words = Words(dict(vocabularies[LIST]), covers={})
    for code, term in words.terms.items():
        words.covers.update(dict.fromkeys(term.extra.get("regions", ()), code))
    return words


@dataclass(eq=False)
class Misread(Exception):
    """A line that cannot be read: ``signe`` (from 0) is where, ``trouve`` what is there, ``raison``
    names what is wrong; ``propose`` is what was meant."""

    signe: int
    trouve: str
    raison: str
    propose: str = ""


@lru_cache(maxsize=1024)
def read_facade(text: str, vocabularies: Vocabularies) -> tuple[Body, ...]:
    """The bodies of a line, from left to right. Raises ``Misread``."""
    words = vocabularies[LIST]
    groups: list[list[tuple[int, str]]] = [[]]
    for match in _WORD.finditer(text):
        if match[0] == "+":
            groups.append([])
        else:
            groups[-1].append((match.start(), match[0]))
    if len(groups) > _BODIES:
        raise Misread(text.rindex("+"), "+", "trop")
    return tuple(_body(group, len(text), words) for group in groups)


def _body(group: list[tuple[int, str]], end: int, words: Vocabulary) -> Body:
    kept: dict[str, Any] = {}
    sizes: tuple[int, ...] = ()
    for place, word in group:
        if _SIZE.fullmatch(word):
            if sizes:
                raise Misread(place, word, "deux")
            sizes = _size(place, word)
            continue
        term = _term(place, word, words)
        sort = str(term.extra["sorte"])
        if sort in kept or (kept and "corps" in (sort, *kept)):
            raise Misread(place, word, "deux")
        kept[sort] = term.code
    place, first = group[0] if group else (end, "la fin")
    if "corps" in kept:
        if len(sizes) == 2 or (sizes and "unites" in words[kept["corps"]].extra):
            raise Misread(place, first, "taille_corps")
        return Body(kept["corps"], sizes[0] if sizes else 0)
    if "matiere" not in kept or len(sizes) != 2:
        raise Misread(place, first, "manque")
    wide, high = sizes
    return Body(travees=wide, niveaux=high, **kept)


def _size(place: int, word: str) -> tuple[int, ...]:
    numbers = tuple(map(int, word.replace("×", "x").split("x")))
    if not all(0 < one <= most for one, most in zip(numbers, _MOST[len(numbers)], strict=True)):
        raise Misread(place, word, "taille")
    return numbers


_DRAWN = ("corps", "matiere", "toit", "fenetres", "couverture")


def _term(place: int, word: str, words: Vocabulary) -> Term:
    term = words.find(word)
    if term and term.extra.get("sorte") in _DRAWN:
        return term
    near = (one for one in words.nearest(word) if words[one].extra.get("sorte") in _DRAWN)
    raise Misread(place, word, "inconnu", propose=next(near, ""))


_CODE = "E286"

_FAULTS: Mapping[str, Sequence[str]] = rows_of("services.facades", "mots")

_texte = Texte(160)


def _read(value: Any, info: ValidationInfo) -> str:
    text = str(_texte.read(value, info))
    if text in (REFUSED, "False"):
        return REFUSED
    try:
        read_facade(text, reading_of(info).vocabularies)
    except Misread as error:
        reason, remedy = _FAULTS[error.raison]
        raise fault(
            _CODE,
            raison=reason,
            remede=phrase("proche", propose=error.propose) if error.propose else remedy,
            trouve=error.trouve,
            rang=error.signe + 1,
            _signe=error.signe,
        ) from None
    return text


# A façade in words, or « non » (E202, E205, E206, E246, E286).
Facade = Annotated[str, Typed(_read, {**_texte.schema, "x-code": _CODE, "x-mots": LIST})]
