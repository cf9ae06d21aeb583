"""What an issue is called: its subject, what mail readers show after it, its line in archives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from portail.model.issue import Erratum, Line, Section, SectionKey
from portail.text.dates import jour
from portail.text.excerpts import excerpt
from portail.text.inline import plain
from portail.text.numbers import en_lettres
from portail.text.typography import capital, typographie

__all__ = ["lead_of", "preheader", "subject"]

_LONGEST = 70
_BEFORE: dict[SectionKey, str] = {
    "week-end": "Ce week-end\u00a0: ", "a-noter": "À noter\u00a0: ",
    "annonces": "À saisir\u00a0: ", "relire": "À redécouvrir\u00a0: ",
}  # fmt: skip


def subject(sections: Sequence[Section]) -> str:
    """The first content of the letter, in 70 characters and whole words."""
    for section in sections:
        for line in section.lignes[:1]:
            title = _BEFORE.get(section.cle, "") + typographie(plain(line.titre))
            return excerpt(title, _LONGEST)
    return "La lettre du jeudi"


def preheader(sections: Sequence[Section], errata: Sequence[Erratum]) -> str:
    """« Un erratum, trois rendez-vous ce week-end, une réservation avant le 4 octobre. »"""
    told = {section.cle: section.lignes for section in sections}
    return _sentence([*_errata(errata), *_on(told.get("week-end", ())), *_rest(told)])


def lead_of(sections: Sequence[Section]) -> str:
    """« Cinq nouveautés, trois rendez-vous ce week-end, quatre à noter. »"""
    told = {section.cle: section.lignes for section in sections}
    parts = [_count(len(told.get("une", ())), "nouveauté", feminine=True)]
    parts += _on(told.get("week-end", ()))
    parts += _noted(told)
    parts.append(f"{_number(len(told['relire']))} à redécouvrir" if "relire" in told else "")
    return _sentence(parts)


def _errata(errata: Sequence[Erratum]) -> Iterator[str]:
    yield _count(len(errata), "changement")


def _on(lines: Sequence[Line]) -> list[str]:
    return [f"{_number(len(lines))} rendez-vous ce week-end"] if lines else []


def _noted(told: Mapping[SectionKey, Sequence[Line]]) -> list[str]:
    """« quatre à noter » after those of the week-end, else « quatre rendez-vous à noter »."""
    number = len(told.get("a-noter", ()))
    noun = "" if told.get("week-end") else " rendez-vous"
    return [f"{_number(number)}{noun} à noter"] if number else []


def _rest(told: dict[SectionKey, tuple[Line, ...]]) -> Iterator[str]:
    """What must be done soon, then what is new."""
    due = [one for one in told.get("a-noter", ()) if one.etiquette.startswith("Inscription")]
    if due and due[0].jour:
        first = "dont la première " * (len(due) > 1) + "avant le "
        first += jour(due[0].jour, semaine=False, annee=False)
        yield f"{_count(len(due), 'réservation', feminine=True)} {first}"
    else:
        yield from _noted(told)
    ending = len(told.get("annonces", ()))
    yield f"{_count(ending, 'annonce', feminine=True)} à saisir" if ending else ""
    found = len(told.get("nouveautes", ()))
    yield _count(found, "nouveauté", feminine=True) + " à l’annuaire ou au catalogue" * bool(found)
    again = len(told.get("relire", ()))
    yield f"{_count(again, 'page')} à redécouvrir" if again else ""
    news = len(told.get("une", ())) - 1
    if not any(told.get(key) for key in ("week-end", "a-noter", "annonces")) and news > 0:
        yield f"{_count(news, 'autre')} à lire"


def _count(number: int, noun: str, *, feminine: bool = False) -> str:
    """« deux annonces »; nothing for none."""
    if not number:
        return ""
    return f"{_number(number, feminine=feminine)} {noun}{'s' * (number > 1)}"


def _number(number: int, *, feminine: bool = False) -> str:
    if number == 1 and feminine:
        return "une"
    return en_lettres(number)


def _sentence(parts: Sequence[str]) -> str:
    text = ", ".join(filter(None, parts))
    return f"{capital(text)}." if text else ""
