"""What a text says of days to come: of something that takes place, when its day, its hour and its
place are in one sentence; of anything else, that a person has to say what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from portail.text.dates import JOURS, MOIS, days_named, jour

from ..kinds import MEETING
from .items import Loss, SourceItem
from .moments import Unclear, day_in, when_of
from .prose import text_of

_HEAD = 3_000
_MOST_WORDS = 18
_MOST_PLACE = 160
# Signs of a line that names a place or a town; words beside a moment that stands by itself.
_MOST_LINE = 60
_FEW_WORDS = 1
_DAY = re.compile(
    rf"\b(?:{'|'.join(JOURS)})\b|\b\d{{1,2}}(?:er)?\s+(?:{'|'.join(MOIS)})\b|\b\d{{1,2}}/\d{{1,2}}/\d{{4}}",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_])|\n")
# A postcode, a way, a sort of place, or a name behind « à », « devant »…
_PLACE = re.compile(
    r"\b\d{5}\b|(?i:\b(?:rue|place|avenue|boulevard|quai|chemin|all[ée]e|route|salle|amphi\w*|mus[ée]e"
    r"|m[ée]diath[èe]que|biblioth[èe]que|maison|halle|foyer|th[ée][âa]tre|cin[ée]ma|mairie|[ée]glise"
    r"|coll[èe]ge|lyc[ée]e|universit[ée]|observatoire|plan[ée]tarium)\b)"
    r"|^(?i:à|au|aux|chez|dans|devant|sur|sous|parc|jardin)\b.*\b[A-ZÀ-Ý]"
)
# What joins a place to its moment.
_JOINS = re.compile(
    r"^(?:à l[’']|(?:à la|à|au|aux|chez|dans la|dans le|dans l[’'])\s+)|[\s,;:]+(?:le|ce|du|les)$",
    re.IGNORECASE,
)
_DATED = "il dit un jour à venir\u00a0: est-ce un article, un événement, une annonce ?"
_TO_CHECK = "son jour, son heure et son lieu sont lus dans un texte\u00a0: vérifiez-les"


def announced(item: SourceItem, day: date) -> SourceItem:
    """``item``, an event to complete when its text says a day to come, an hour and a place, or this
    moment on a line of its own; to be judged when it says a day to come alone."""
    text = f"{item.titre}\n{text_of(item.html or item.texte or item.resume)[:_HEAD]}"
    sentences = [it for it in _SENTENCES.split(text) if it.strip()]
    for rank, sentence in enumerate(sentences, 1):
        for quand, told, around in _moments(sentence, day):
            place = next(filter(_PLACE.search, around), "")
            is_alone = len(" ".join(around).split()) <= _FEW_WORDS
            if is_alone and not place:
                following = (it.strip(" .") for it in sentences[rank : rank + 2])
                place = ", ".join(it for it in following if len(it) <= _MOST_LINE)
            if place or is_alone:
                doubt = Loss("quand", f"{told}, {place}", _TO_CHECK)
                extra = {name: it for name, it in item.extra.items() if name != "auteurs"}
                return replace(
                    item,
                    kind=MEETING,
                    quand=quand,
                    adresse=_JOINS.sub("", place),
                    extra=extra,
                    doubts=(*item.doubts, doubt),
                )
    coming = [jour(it) for it in days_named(text, day) if it >= day]
    doubts = [Loss("texte", coming[0], _DATED)] if coming else []
    return replace(item, doubts=(*item.doubts, *doubts))


def _moments(sentence: str, day: date) -> Iterator[tuple[dict[str, str], str, list[str]]]:
    # Each moment to come that a sentence says whole, its words, what stands after them and before.
    for match in _DAY.finditer(sentence):
        words = re.findall(r"\S+\s*", sentence[match.start() :])[:_MOST_WORDS]
        for count in range(len(words), 1, -1):
            told = "".join(words[:count])
            try:
                quand = when_of({"jour": told.strip(" ,;:.–-")}, day)
            except Unclear:
                continue
            first = str(quand.get("debut", ""))
            if len(first) > len("2027-01-02") and (day_in(first) or day) >= day:
                after = sentence[match.start() + len(told) :]
                around = (part.strip(" ,;:.–-") for part in (after, sentence[: match.start()]))
                yield quand, told.strip(" ,;:."), [part[:_MOST_PLACE] for part in around]
            break
