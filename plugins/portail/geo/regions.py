"""The region that a team means: a code, a name, a département; or none."""

from __future__ import annotations

from portail.diagnostics import ConfigError
from portail.geo.places import Region
from portail.geo.territories import Geography
from portail.text.normalise import name_key
from portail.text.suggest import nearest

NONE = "aucune"
"""What is written for a portal of no region."""
_ARTICLES = ("la ", "le ", "les ", "l ")


def region_of(text: str, geography: Geography) -> Region | None:
    """The region that ``text`` names, ``None`` for « aucune ».

    Understood: INSEE's code (with or without its zero); a name, whatever its case, accents, hyphens
    and article; a département by its name, or by its code when that of no region (« 974 », « 2A »).
    Raises ``ConfigError`` for anything else, with the nearest names, or the regions when nothing is
    near.

    >>> from portail.geo.places import Tables
    >>> known = Geography(Tables((), regions=(("04", "La Réunion"), ("28", "Normandie"))))
    >>> [region_of(one, known).nom for one in ("28", "normandie", "4", "reunion")]
    ['Normandie', 'Normandie', 'La Réunion', 'La Réunion']
    """
    wanted = _key(text)
    if wanted == NONE:
        return None
    for code in (text.strip(), text.strip().zfill(2)):
        if found := geography.region(code):
            return found
    named = {_key(one.nom): one for one in geography.regions}
    departements = [
        one for each in geography.regions for one in geography.departements_of(each.code)
    ]
    held = {key: one.region for one in departements for key in (_key(one.nom), name_key(one.code))}
    found = named.get(wanted) or geography.region(held.get(wanted, ""))
    if found is None:
        raise ConfigError(_unknown(text, geography))
    return found


def _key(text: str) -> str:
    key = name_key(text)
    return next((key.removeprefix(one) for one in _ARTICLES if key.startswith(one)), key)


def _unknown(text: str, geography: Geography) -> str:
    """The sentence for what names no region."""
    names = [one.nom for one in geography.regions]
    near = nearest(text, names, limit=3)
    if near:
        hint = f"Vouliez-vous dire {' ou '.join(near)} ?"
    else:
        listed = ", ".join(f"{one.nom} ({one.code})" for one in geography.regions)
        hint = f"Écrivez l’une de celles-ci, par son nom ou son code : {listed} ; ou « {NONE} »."
    return f"« {text} » n’est le nom ni le code d’aucune région. {hint}"
