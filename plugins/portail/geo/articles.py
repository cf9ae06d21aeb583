"""A territory after « de » or « dans », as French says it: « du Nord », « dans le Nord ».

The article of a département is that of the code officiel géographique (INSEE, column TNCC: type
de nom en clair); names made of two rivers (« Eure-et-Loir ») and islands without one have none.
"""

from __future__ import annotations

import re

from portail.geo.places import Departement, Epci, Territoire
from portail.text.typography import typographie

__all__ = ["at_town", "in_territory", "of_territory"]

_MASCULINE = frozenset(
    "14 15 18 25 29 30 32 39 45 46 56 59 62 63 67 68 69 81 83 84 90 94 95".split()
)
_PLURAL = frozenset("04 05 06 08 13 22 40 64 65 66 78 79 88 92 984".split())
_BARE = frozenset("75 974 975 976 977 978 986".split())
"""Codes of départements and of what stands for one overseas; the others are feminine."""

_TITLE = re.compile(r"Communauté (?:de communes|d['’]agglomération|urbaine) ")
_NAMED = re.compile(r"(?:du|des|de la) |de l['’]")
_FEMININE = ("Communauté ", "Métropole ")
_IN = (
    ("du ", "dans le "), ("des ", "dans les "), ("de la ", "dans la "), ("de l’", "dans l’"),
)  # fmt: skip
_VOWELS = "AEÉÈIÎOUYŒ"


def of_territory(territoire: Territoire) -> str:
    """« de » and the name of a territory, with its article. An EPCI that is called by the name of
    a land is called by it, one that has the name of a town or none says what it is.

    >>> [of_territory(Departement(code, nom, "")) for code, nom in (
    ...     ("02", "Aisne"), ("59", "Nord"), ("80", "Somme"), ("13", "Bouches-du-Rhône"),
    ...     ("28", "Eure-et-Loir"), ("75", "Paris"))]
    ['de l’Aisne', 'du Nord', 'de la Somme', 'des Bouches-du-Rhône', 'd’Eure-et-Loir', 'de Paris']
    >>> of_territory(Epci("", "Communauté d'agglomération du Pays de Saint-Omer", "ca", "62"))
    'du Pays de Saint-Omer'
    >>> of_territory(Epci("", "Communauté urbaine d'Arras", "cu", "62"))
    'de la communauté urbaine d’Arras'
    """
    name = typographie(territoire.nom)
    match territoire:
        case Departement(code=code):
            return _departement(code, name)
        case Epci():
            return _epci(name.partition(" (")[0])
    return f"de la région {name}"


def in_territory(territoire: Territoire) -> str:
    """The same after « dans », « en » or « à ».

    >>> [in_territory(Departement(code, nom, "")) for code, nom in (
    ...     ("02", "Aisne"), ("59", "Nord"), ("13", "Bouches-du-Rhône"), ("28", "Eure-et-Loir"))]
    ['dans l’Aisne', 'dans le Nord', 'dans les Bouches-du-Rhône', 'en Eure-et-Loir']
    """
    said = of_territory(territoire)
    for before, after in _IN:
        if said.startswith(before):
            return after + said[len(before) :]
    name = said.removeprefix("de ").removeprefix("d’")
    return f"en {name}" if "-et-" in name else f"à {name}"


def at_town(name: str) -> str:
    """The name of a commune after « à ».

    >>> [at_town(name) for name in ("Amiens", "Le Touquet", "Les Hautes-Rivières", "La Flamengrie")]
    ['à Amiens', 'au Touquet', 'aux Hautes-Rivières', 'à La Flamengrie']
    """
    for article, said in (("Le ", "au "), ("Les ", "aux ")):
        if name.startswith(article):
            return said + name.removeprefix(article)
    return f"à {name}"


def _departement(code: str, name: str) -> str:
    vowel = name[0] in _VOWELS or name == "Hérault"
    if code in _BARE or "-et-" in name:
        return f"d’{name}" if vowel else f"de {name}"
    if code in _PLURAL:
        return f"des {name}"
    if vowel:
        return f"de l’{name}"
    return f"du {name}" if code in _MASCULINE else f"de la {name}"


def _epci(name: str) -> str:
    below = _TITLE.sub("", name, count=1)
    if below != name and _NAMED.match(below):
        return below
    if below != name:
        return f"de la {name[0].lower()}{name[1:]}"
    if name.startswith(_FEMININE):
        return f"de la {name}"
    if name.startswith("Eurométropole"):
        return f"de l’{name}"
    return f"d’{name}" if name[0] in _VOWELS else f"de {name}"
