"""Spaces where no line may be cut: between a number and what it counts, inside « », before high
punctuation; on a page, before the point between two facts and inside what is one.

A whole date stays free to be cut elsewhere (« vendredi / 15 octobre / 2022 »): bound from end to
end, it would be wider than a phone whose letters are twice as large.
"""

from __future__ import annotations

import re

from portail.late import expression

NBSP = "\u00a0"

_UNITS = """
    h min mn s ms km m cm mm µm nm km² m² km³ m³ km/h m/s kg g mg µg t l L cl ml mL % ‰ °C ° € k€
    M€ W kW MW GW kWh MWh GWh Hz kHz MHz GHz Pa hPa dB K ko Mo Go To px dpi ha
""".split()
_COUNTED = """
    an ans année années mois jour jours semaine semaines heure heures minute minutes seconde
    secondes siècle siècles fois euro euros centime centimes mille million millions milliard
    milliards kilo kilos tonne tonnes degré degrés hectare hectares personne personnes place
    places élève élèves classe classes visiteur visiteurs participant
    participants événement événements rendez-vous article articles dossier dossiers lieu lieux
    structure structures ressource ressources outil outils date dates séance séances atelier
    ateliers page pages commune communes département départements résultat résultats exemplaire
    exemplaires contenu contenus point points ligne lignes membre membres projet projets autre
    autres clé clés erreur erreurs étape étapes image images intercommunalité intercommunalités
    signe signes derniers dernières
""".split()
# Words that a number may be parted from: they are not what it counts. Addresses are left as they
# are, for maps and calendars.
LOOSE = """
    à au aux car ce ces cette chaque comme d dans de depuis des donc dont du elle elles en est et
    ici il ils je la le les leur leurs lui l mais ne ni nous on ont ou où par pas pour puis qu
    quand que qui sa sans se ses si son sont sous sur tout tous un une vers via y après avant
    avec chez contre entre être jusqu peut plus sauf seulement soit c j m n s t
    rue avenue boulevard quai allée impasse chemin cours route bis ter square
""".split()


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_NOUN = rf"(?<!\b(?:19|20)\d\d )(?!(?:{_any(LOOSE)})(?![\w-]))[a-zà-ÿœ]"
# Its one space comes first, so that the engine leaps from one to the next. Operators and drawn
# faces are no punctuation: « a != b », « :-) », « ;) ».
_FREE = expression(
    r" (?:"
    r"(?=[?»!:;])(?=[?»]|!(?!=)|[:;](?!:|-?[()]))"
    r"|(?=[\u2190-\u2bff\U0001f000-\U0001faff])"
    r"|(?<=[«\drh] )(?:(?<=« )"
    rf"|(?<=\d )(?=(?:{_any(_UNITS)})(?![\w’'])|{_NOUN})"
    rf"|(?<=1er )(?={_NOUN})"
    rf"|(?<=\d[ {NBSP}]h )(?=\d\d?(?!\d)))"
    r")"
)


def bound(text: str) -> str:
    """``text``, plain, with U+00A0 where a line must not be cut; applied twice, it changes nothing.

    >>> bound("À 1 h 14, le 27 septembre 2022 : « vive » l’eau, à 20 km ?")
    'À 1\\xa0h\\xa014, le 27\\xa0septembre 2022\\xa0: «\\xa0vive\\xa0» l’eau, à 20\\xa0km\\xa0?'
    """
    if " " in text:
        return _FREE.sub(NBSP, text)
    return text


_ON_A_PAGE = expression(
    r" (?=[·\dB])(?:(?=· )|(?<=\b\d\d )(?=\d\d\b)|(?<=\bCC )(?=BY\b)"
    r"|(?<=\b(?:BY|SA|NC|ND) )(?=\d\.\d))"
)
_LICENCE = expression(r"\b(BY|SA|NC|ND)-(?=(?:SA|NC|ND)\b)")
# « va-t-il », in no address nor identifier.
_INVERTED = expression(r"(?<![\w/#.-])([^\W\d_]+)-t-(?=(?:ils?|elles?|on)(?![\w/-]|\.\w))")


def seen(text: str) -> str:
    """``text``, as a page shows it: also bound before a point, in telephone numbers, in names of
    licences and in « va-t-il », whose hyphens are U+2011.

    >>> seen("Lille · à 16 km · 03 20 00 00 00")
    'Lille\\xa0· à 16\\xa0km\\xa0· 03\\xa020\\xa000\\xa000\\xa000'
    """
    if " " in text:
        text = _ON_A_PAGE.sub(NBSP, bound(text))
    if "-t-" in text:
        text = _INVERTED.sub("\\1\u2011t\u2011", text)
    if "BY-" in text:
        return _LICENCE.sub("\\1\u2011", text)
    return text


# A space at the beginning of a piece of text that follows a value, which may be a number.
_FIRST = expression(rf" (?=(?:{_any([*_UNITS, *_COUNTED])})(?![\w’']))")


def after_number(text: str) -> str:
    """A piece that a template has after a value, bound to it when it is taken to be a number before
    the name of what is counted.

    >>> after_number(" événements : tous"), after_number(" de plus")
    ('\\xa0événements : tous', ' de plus')
    """
    if _FIRST.match(text):
        return f"{NBSP}{text[1:]}"
    return text
