"""States that a title says of its event: « Annulé : La nuit », « La nuit (complet) ».

The twin of ``etatDuTitre`` in ``js/contribuer-etats.js``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from portail.late import expression
from portail.resources import brought
from portail.text.normalise import name_key

from .vocabulary import Vocabulary, read_terms

_ONLINE = "deplace-en-ligne"
# States whose words a title may begin with: « Complet ! » says less than « Complet : ».
_UNSURE = frozenset({_ONLINE, "complet"})
_LONGEST = 500
# Most words of a state in capitals, and most states of a title.
_MOST = 4
# « Annulé ! La nuit », « /!\ Annulé /!\ La nuit », « Annulé -> La nuit ».
_CRIED = expression(r"[\s!/\\]*([^!/\\>→]+?)\s*[!/\\>→]+\s*(?=\S)")
_HEADS = (
    expression(r"\s*[(\[]([^()\[\]]+)[)\]]\s*(?:[:|·•]|[-–—]+(?=\s))?\s*(?=\S)"),
    expression(r"(.+?)(?:\s*[:|·•]|\s+[-–—]+(?!>)|[-–—]+(?=\s))\s*(?=\S)"),
    _CRIED,
)
# « La marche (annulée) au phare ».
_INSIDE = expression(r"(.*\S)\s+[(\[]([^()\[\]]+)[)\]]\s+(\S.*)")
_TAILS = (
    expression(r"(.*[^\s:|·•–—-])[\s:|·•–—-]*[(\[]([^()\[\]]+)[)\]][\s.!]*"),
    expression(r"(.*[^\s:|·•–—-])(?:\s*[:|·•]|\s+[-–—]+|[-–—]+(?=\s))\s*(\S.*)"),
)
# « Conférence reportée au 20/12 »: a new day needs no sign before it.
_MOVED = expression(r"(.*\S)\s+(\S+ (?:au|to|until) [^:]*\d[^:]*)")
_NEW_DAY = frozenset(("au", "to", "until"))
_FIRST = expression(r"[.!:;(\n]|\s[-–—|]\s")
# « L’atelier est complet », « Séance annulée »: what is said of the event itself.
_OF_IT = expression(
    r"(?:(?:l|le|la|les|cet|cette|ce|ces) )?(?:animation|atelier|conference|date|evenement"
    r"|manifestation|rencontre|seance|session|sortie|soiree|spectacle|visite)s? "
    r"(?:(?:est|sont|a ete|ont ete) (?:(?:desormais|deja|malheureusement) )?)?(.+)"
)
_QUOTES = frozenset('«»“”"')
_STOPS = " !?.,;"


# States that keep people from coming in vain, the safest first.
SAFEST = ("annule", "reporte", "deplace-en-ligne", "reprogramme", "complet")


def safest(*states: str) -> str:
    """Of several states, the one that keeps people from coming in vain; "" for none.

    >>> safest("complet", "reporte", "programme", ""), safest("programme", "")
    ('reporte', '')
    """
    return min(filter(SAFEST.__contains__, states), key=SAFEST.index, default="")


class Stated(NamedTuple):
    """A title without the words that say its state, its state, those words."""

    titre: str
    etat: str
    dits: tuple[str, ...]


def state_of_title(title: str, states: Vocabulary, *, placed: bool = True) -> Stated | None:
    """The state that a title says before or after itself; ``None`` for none, or for nothing else.

    What is not ``placed`` somewhere is online, and has not moved there.

    >>> from portail.model.states import common_states
    >>> state_of_title("[COMPLET] La Lune – annulé", common_states())
    Stated(titre='La Lune', etat='annule', dits=('COMPLET', 'annulé'))
    >>> state_of_title("Où va la Lune ? ANNULÉ", common_states()).titre
    'Où va la Lune ?'
    """
    title_left = title
    said: dict[str, str] = {}
    while len(said) < _MOST and len(title) <= _LONGEST:
        matches = (
            (words, following, code)
            for words, following, sure in _ends(title_left)
            if (code := _code(words, states)) and (sure or code not in _UNSURE)
        )
        words, following, code = next(matches, ("", "", ""))
        if not code or _code(following, states) or (code == _ONLINE and not placed):
            break
        title_left = following
        said[words] = code
    if said:
        return Stated(title_left, safest(*said.values()), (*said,))
    return None


def settled(title: str, state: str, states: Vocabulary, *, placed: bool) -> tuple[str, str, str]:
    """A title without the state that it says, the safest of that state and of ``state``, and its
    words if they are to be reported, since they contradict ``state`` or say a day."""
    stated = state_of_title(title, states, placed=placed)
    if stated is None:
        return title, state, ""
    etat = safest(stated.etat, state)
    dits = " ".join(stated.dits)
    differs = {state, stated.etat} - {"", "programme", etat}
    return stated.titre, etat, dits if differs or any(map(str.isdigit, dits)) else ""


def begun(text: str, states: Vocabulary) -> str:
    """The state that the first words of a text cry, "" for none.

    >>> begun("ANNULÉ ! La marche…", common_states()), begun("Séance complète.", common_states())
    ('annule', 'complet')
    """
    first = _FIRST.split(text.strip()[:_LONGEST], maxsplit=1)[0].strip(_STOPS)
    said = _OF_IT.fullmatch(name_key(first))
    code = _code(first, states) or _code(said[1] if said else "", states)
    if code == _ONLINE:
        return ""
    return code


@cache
def common_states() -> Vocabulary:
    """The states of the portal’s own list, for who reads a source before it is any instance’s."""
    terms = read_terms(brought("data") / "etats.yml").terms
    return Vocabulary("etats", tuple(term for _, term in terms))


def _ends(title: str) -> Iterator[tuple[str, str, bool]]:
    # What may be a state at an end of a title, the title without it, and whether the sign that
    # parts them does nothing else.
    for pattern in _HEADS:
        if match := pattern.match(title):
            yield match[1], title[match.end() :], pattern is not _CRIED
    for pattern in _TAILS:
        if match := pattern.fullmatch(title):
            yield match[2], match[1], True
    if match := _INSIDE.fullmatch(title):
        yield match[2], f"{match[1]} {match[3]}", False
    if match := _MOVED.fullmatch(title):
        yield match[2], match[1], False
    words = title.split()
    for count in range(min(_MOST, len(words) - 1), 0, -1):
        head = words[:count]
        tail = words[-count:]
        for mark, title_words in ((head, words[count:]), (tail, words[:-count])):
            piece = " ".join(mark)
            if piece.isupper() and piece[0] not in _STOPS and title_words[0][0] not in _STOPS:
                bare = piece.rstrip(_STOPS)
                remainder = " ".join(title_words)
                if not remainder.isupper():
                    yield bare, remainder.rstrip(",; "), bare == piece


def _code(text: str, states: Vocabulary) -> str:
    """The state that ``text`` says; "" for none, and for words that are quoted."""
    if _QUOTES.intersection(text) or text.count("*") % 2:
        return ""
    key = name_key(text)
    words = key.split()
    moved = not _NEW_DAY.isdisjoint(words[1:2]) and any(map(str.isdigit, key))
    term = states.find(words[0] if moved else key)
    if term and term.code in SAFEST:
        return term.code
    return ""
