"""Spaces where no line may be cut: between a number and what it counts, inside « », before high
punctuation.

A whole date stays free to be cut elsewhere (« vendredi / 15 octobre / 2022 »): bound from end to
end, it would be wider than a phone whose letters are twice as large.
"""

from __future__ import annotations

import re

from portail.text.almanac import MOIS, MOIS_COURTS

NBSP = "\u00a0"

_UNITS = (
    "h min mn s ms km m cm mm µm nm km² m² km³ m³ km/h m/s kg g mg µg t l L cl ml mL % ‰ °C ° € k€ "
    "M€ W kW MW GW kWh MWh GWh Hz kHz MHz GHz Pa hPa dB K ko Mo Go To px dpi ha"
).split()
_COUNTED = (
    "an ans année années mois jour jours semaine semaines heure heures minute minutes seconde "
    "secondes siècle siècles fois euro euros centime centimes mille million millions milliard "
    "milliards mètre mètres kilomètre kilomètres centimètre centimètres millimètre millimètres "
    "gramme grammes kilo kilos tonne tonnes litre litres degré degrés hectare hectares personne "
    "personnes place places élève élèves classe classes visiteur visiteurs participant "
    "participants événement événements rendez-vous article articles dossier dossiers lieu lieux "
    "structure structures ressource ressources outil outils date dates séance séances atelier "
    "ateliers page pages commune communes département départements résultat résultats exemplaire "
    "exemplaires contenu contenus point points ligne lignes membre membres projet projets"
).split()


def _any(words: tuple[str, ...] | list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_MONTHS = _any([*MOIS, *MOIS_COURTS])
_AFTER_A_NUMBER = rf"(?:{_any([*_UNITS, *_COUNTED])}|{_MONTHS})(?![\w’'])"
# Its one space comes first, so that the engine leaps from one to the next. Operators and drawn
# faces are no punctuation: « a != b », « :-) », « ;) ».
_FREE = re.compile(
    r" (?:"
    r"(?=[?»]|!(?!=)|[:;](?!:|-?[()]))"
    r"|(?<=« )"
    rf"|(?<=\d )(?={_AFTER_A_NUMBER})"
    rf"|(?<=1er )(?=(?:{_MONTHS})(?!\w))"
    rf"|(?<=\d[ {NBSP}]h )(?=\d\d?(?!\d))"
    r")"
)


def bound(text: str) -> str:
    """``text``, plain, with U+00A0 where a line must not be cut; applied twice, it changes nothing.

    >>> bound("À 1 h 14, le 27 septembre 2022 : « vive » l’eau, à 20 km ?")
    'À 1\\xa0h\\xa014, le 27\\xa0septembre 2022\\xa0: «\\xa0vive\\xa0» l’eau, à 20\\xa0km\\xa0?'
    """
    return _FREE.sub(NBSP, text) if " " in text else text


# A space at the beginning of a piece of text that follows a value, which may be a number.
_FIRST = re.compile(rf" (?=(?:{_any(_UNITS)}|{_any(_COUNTED)})(?![\w’']))")


def bound_after_value(text: str) -> str:
    """The same for a piece that a template has after a value, taken to be a number before the name
    of what is counted.

    >>> bound_after_value(" événements : tous"), bound_after_value(" de plus")
    ('\\xa0événements\\xa0: tous', ' de plus')
    """
    first = _FIRST.match(text)
    return bound(f"{NBSP}{text[1:]}" if first else text)
