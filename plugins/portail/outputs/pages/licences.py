"""What a licence lets anyone do with a text, in plain French."""

from __future__ import annotations

__all__ = ["conditions"]

_CITE = (
    "Nommez les auteurs, le portail et la licence, et donnez l’adresse de l’article : le texte à "
    "copier le fait déjà."
)
_WHOLE = "Publiez le texte entier, sans rien y changer."
_ADAPT = "Vous pouvez couper ou adapter le texte, en le disant."
_ALIKE = "Si vous l’adaptez, publiez le résultat sous la même licence."
_FREELY = "Aucune condition. Nommer les auteurs et le portail reste la règle de l’honnêteté."
_NOT_SOLD = "N’en faites pas un usage commercial."
_PICTURES = "Les images n’y sont pas : chacune a sa licence, écrite sous elle."
_OTHERS = {
    "CC0-1.0": (_FREELY,),
    "LicenseRef-domaine-public": (_FREELY,),
    "etalab-2.0": (_CITE, _ADAPT),
    "LAL-1.3": (_CITE, _ADAPT, _ALIKE),
}


def conditions(licence: str) -> tuple[str, ...]:
    """What whoever publishes a text again must do, in plain French; empty when one may not.

    Codes are SPDX's; the letters of Creative Commons say their terms (BY, NC, ND, SA). Licences
    of software and of data say nothing of a text.

    >>> [one.split()[0] for one in conditions("CC-BY-NC-SA-4.0")]
    ['Nommez', 'N’en', 'Vous', 'Si', 'Les']
    """
    if licence.startswith("CC-BY"):
        terms = licence.split("-")
        sold = (_NOT_SOLD,) if "NC" in terms else ()
        change = (_WHOLE,) if "ND" in terms else (_ADAPT,)
        alike = (_ALIKE,) if "SA" in terms else ()
        return (_CITE, *sold, *change, *alike, _PICTURES)
    known = _OTHERS.get(licence, ())
    return (*known, _PICTURES) if known else ()
