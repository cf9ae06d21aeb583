"""What a text says of days to come: of something that takes place, when its day, its hour and its
place are in one sentence; of anything else, that a person has to say what it is."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from msgspec.structs import replace

from portail.text.dates import days_named, jour

from ..among import moments
from ..kinds import MEETING
from .items import Loss, SourceItem
from .moments import Unclear, fields_of
from .prose import text_of

_HEAD = 3_000
_MOST_PLACE = 160
# Signs of a line that names a place or a town; words beside a moment that stands by itself.
_MOST_LINE = 60
_FEW_WORDS = 1
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
_SIGNS = " ,;:.–-"
_DATED = "il dit un jour à venir\u00a0: est-ce un article, un événement, une annonce ?"
_TO_CHECK = "son jour, son heure et son lieu sont lus dans un texte\u00a0: vérifiez-les"


def announced(item: SourceItem, day: date) -> SourceItem:
    """``item``, an event to complete when its text says a day to come, an hour and a place, or this
    moment on a line of its own; to be judged when it says a day to come alone."""
    text = f"{item.titre}\n{text_of(item.html or item.texte or item.resume)[:_HEAD]}"
    sentences = [it for it in _SENTENCES.split(text) if it.strip()]
    for rank, sentence in enumerate(sentences, 1):
        told = [it for it in moments(sentence, day) if it.session.start]
        for at, end in dict.fromkeys((it.at, it.end) for it in told):
            around = [it.strip(_SIGNS)[:_MOST_PLACE] for it in (sentence[end:], sentence[:at])]
            place = next(filter(_PLACE.search, around), "")
            is_alone = len(" ".join(around).split()) <= _FEW_WORDS
            if is_alone and not place:
                following = (it.strip(" .") for it in sentences[rank : rank + 2])
                place = ", ".join(it for it in following if len(it) <= _MOST_LINE)
            with suppress(Unclear):
                quand = fields_of([it.session for it in told if it.at == at], "", "")
                if place or is_alone:
                    doubt = Loss("quand", f"{sentence[at:end]}, {place}", _TO_CHECK)
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
