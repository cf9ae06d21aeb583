"""What people type, read as the form of each question wants it.

A reader never judges a value: what it does not understand goes as it is to the model, whose code
and sentence are those of ``portail check``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from portail.cli.new.places import read_commune, read_name, read_where
from portail.cli.new.questions import Question
from portail.cli.new.replies import Answer, Refusal, Reply
from portail.cli.new.world import World
from portail.text.dates import jour, moment_phrase
from portail.text.normalise import fold
from portail.text.suggest import nearest
from portail.text.typed_moments import When, read_when

__all__ = ["read"]

_SEPARATORS = re.compile(r"\s*[,;]\s*|\s+et\s+")
_PRICE = re.compile(
    r"(?P<prix>\d[\d\s]*(?:[.,]\d{1,2})?)\s*(?:€|euros?|eur)?"
    r"(?:\s*(?:[/;,–-]|puis|ou)\s*(?P<reduit>\d+(?:[.,]\d{1,2})?)\s*(?:€|euros?|eur)?)?"
    r"(?:\s*[,;:/(–-]*\s*(?P<reste>[^\d\s].*))?",
    re.IGNORECASE,
)
# « Gratuit pour les moins de 12 ans » is not free for all: those are conditions.
_FREE = re.compile(
    r"gratuite?s?\b(?!\s*(?:pour|aux?|moins|jusqu|sous|si|avant)\b)[\s,;:(–-]*(.*)", re.IGNORECASE
)
_MONEY = re.compile(r"€|\beuros?\b|gratuit", re.IGNORECASE)
_DIGITS = re.compile(r"[\d\s.()+-]{6,}")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)


def read(text: str, question: Question, world: World) -> Reply:
    """What ``text``, which is not empty, answers to ``question``."""
    return _READERS[question.form](text, question, world)


def _text(text: str, question: Question, world: World) -> Reply:
    if question.schema.get("format") == "uri" and _HOST.fullmatch(text):
        return Answer({question.key: f"https://{text}"}, f"https://{text}", True)
    return Answer({question.key: text}, text)


def _choice(text: str, question: Question, world: World) -> Reply:
    """Codes of a controlled list, given by their numbers, codes, labels or other names."""
    several = "items" in question.schema
    schema = question.schema["items"] if several else question.schema
    codes, labels = schema["enum"], schema["x-libelles"]
    known = world.vocabularies[schema["x-vocabulaire"]]
    whole = known.find(text)
    found = []
    for part in [text] if whole or not several else filter(None, _SEPARATORS.split(text)):
        rank = int(part) if part.isdecimal() and len(part) < 4 else 0
        term = known.find(part)
        found.append(codes[rank - 1] if 0 < rank <= len(codes) else term.code if term else part)
    found = list(dict.fromkeys(found))
    if not found:
        return Refusal("Cette réponse est vide.", "Donnez un numéro de la liste, ou un nom.")
    said = ", ".join(labels[codes.index(one)] if one in codes else one for one in found)
    return Answer({question.key: found if several else found[0]}, said, said != text)


def _day(text: str, question: Question, world: World) -> Reply:
    when = read_when(text, world.today)
    if when is None:
        return Answer({question.key: text}, text)
    day = date.fromisoformat(when.debut[:10])
    if when.faux:
        return _wrong_day(day, when)
    hour = when.debut[10:] if question.schema.get("format") != "date" else ""
    said = moment_phrase(_moment(when.debut)) if hour else jour(day)
    return Answer({question.key: f"{day.isoformat()}{hour}"}, said, True)


def _moments(text: str, question: Question, world: World) -> Reply:
    when = read_when(text, world.today)
    if when is None:
        return Answer({"seances": [{"debut": text}]}, text)
    start = _moment(when.debut)
    if when.faux:
        return _wrong_day(start, when)
    row = {"debut": when.debut}
    end = None
    if when.fin:
        row["fin"] = when.fin
        end = _moment(when.fin)
        if end < start:
            return Answer({"seances": [row]}, text)  # the model says what is wrong
    return Answer({"seances": [row]}, moment_phrase(start, end), True)


def _moment(text: str) -> date:
    return datetime.fromisoformat(text) if " " in text else date.fromisoformat(text)


def _wrong_day(day: date, when: When) -> Refusal:
    return Refusal(
        f"Le {jour(day, semaine=False)} est un {when.faux}.", "Corrigez le jour ou la date."
    )


def _price(text: str, question: Question, world: World) -> Reply:
    """« gratuit », « 5 € », « 5 € / 3 € », each with words after; words alone are conditions."""
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")
    free = _FREE.fullmatch(plain)
    found = _PRICE.fullmatch(plain)
    rest = free[1] if free else found["reste"] if found else ""
    fields: dict[str, str] = {}
    if free or (found and not found["reduit"] and float(_amount(found["prix"])) == 0):
        fields["tarif.gratuit"] = "true"
        said = "gratuit"
    elif found:
        fields["tarif.prix"] = _amount(found["prix"])
        said = f"{fields['tarif.prix'].replace('.', ',')}\u00a0€"
        if found["reduit"]:
            fields["tarif.reduit"] = _amount(found["reduit"])
            said += f", tarif réduit {fields['tarif.reduit'].replace('.', ',')}\u00a0€"
    elif re.search(r"\d", plain) and not _MONEY.search(plain):
        return Answer({"tarif.prix": text}, text)
    else:
        rest, said = text, "sans prix"
    words = (rest or "").strip(" .,;")
    if words.endswith(")") and "(" not in words:
        words = words[:-1].rstrip()
    if words:
        fields["tarif.conditions"] = words
        said += f" ; conditions : {words}"
    return Answer(fields, said, True)


def _amount(text: str) -> str:
    """A price without blanks, a point before its cents."""
    return re.sub(r"\s", "", text).replace(",", ".")


def _contact(text: str, question: Question, world: World) -> Reply:
    """Addresses and telephones, each told by its look."""
    group = question.fields[0].partition(".")[0]
    fields: dict[str, str] = {}
    for part in filter(None, re.split(r"\s*[,;]\s*|\s+(?:ou|et)\s+", text)):
        name, value = "url", part
        if "@" in part and "://" not in part:
            name = "courriel"
        elif _DIGITS.fullmatch(part):
            name = "telephone"
        elif _HOST.fullmatch(part):
            value = f"https://{part}"
        if f"{group}.{name}" in fields:
            return Refusal("Il y a deux fois la même sorte d’adresse.", "Gardez-en une de chaque.")
        fields[f"{group}.{name}"] = value
    if not fields:
        return Refusal("Cette réponse est vide.", question.help)
    said = ", ".join(fields.values())
    return Answer(fields, said, said != text)


def _ready(text: str, question: Question, world: World) -> Reply:
    word = fold(text)
    if word in ("oui", "o", "pret", "publie"):
        return Answer({}, "oui")
    if word in ("non", "n", "brouillon"):
        return Answer({"statut": "brouillon"}, "non, c’est un brouillon")
    near = nearest(word, ("oui", "non"), limit=1)
    return Refusal("Répondez oui ou non.", f"Vouliez-vous dire « {near[0]} » ?" if near else "")


_READERS: Mapping[str, Callable[[str, Question, World], Reply]] = {
    "texte": _text,
    "choix": _choice,
    "jour": _day,
    "quand": _moments,
    "ou": read_where,
    "commune": read_commune,
    "nom": read_name,
    "noms": read_name,
    "tarif": _price,
    "contact": _contact,
    "pret": _ready,
}
