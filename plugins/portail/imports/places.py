"""Where, and by whom: the directory and the communes of the portal, by their names.

The twin of ``js/contribuer-situer.js``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from portail.geo.places import Commune
from portail.imports.found import Found, Loss
from portail.imports.hints import address_of, bare
from portail.imports.known import Known, Landmark, Town, head, simple
from portail.imports.prose import clean, clear, cut, line
from portail.text.normalise import name_key

_POSTCODE = re.compile(r"\d{5}", re.ASCII)
_CEDEX = re.compile(r" cedex.*$| \d{2}$", re.ASCII)
_NO_DEPARTEMENT = ("20", "97", "98")
"""What begins postcodes whose first two digits are no département."""

_PARTS = ("nom", "rue", "code_postal", "commune", "insee")


def address_in(found: Found) -> tuple[dict[str, str], list[str]]:
    """The parts of the address of ``found``, and those that may be its commune."""
    if isinstance(found.adresse, str):
        parts, maybe = address_of(clean(found.adresse))
    else:
        parts, maybe = dict(found.adresse), []
    told = {name: clear(parts[name]) for name in _PARTS if parts.get(name)}
    return told, maybe


def situated(parts: Mapping[str, str], maybe: Sequence[str], known: Known) -> dict[str, str]:
    """An address whose commune is written « Nom (dép) »: one of the region by its name and
    postcode, else by the département of the postcode."""
    written, posted = parts.get("commune", ""), parts.get("code_postal", "")
    postcode = posted if _POSTCODE.fullmatch(posted) else ""
    if known.geography.by_code(code := parts.get("insee", "")):
        return {**parts, "code_postal": postcode, "commune": known.geography.label(code)}
    wanted = _CEDEX.sub("", _CEDEX.sub("", name_key(written)))
    town = _town(wanted, posted, known)
    if town is None:
        town = next(filter(None, (_town(name_key(one), "", known) for one in maybe)), None)
    if town:
        return {**parts, "code_postal": postcode, "commune": f"{town.nom} ({town.departement})"}
    name = bare(line(written))
    departement = "" if postcode.startswith(_NO_DEPARTEMENT) else postcode[:2]
    called = ", ".join(filter(None, (parts.get("nom", ""), *map(clear, maybe))))
    commune = f"{name} ({departement})" if name and departement else name
    return {**parts, "nom": called, "code_postal": postcode, "commune": commune}


def _town(key: str, postcode: str, known: Known) -> Town | None:
    """The one commune of the region that has this name, and this postcode if there is one."""
    towns = known.towns.get(key, ()) if key else ()
    fit = [one for one in towns if not postcode or postcode in one.codes_postaux]
    return fit[0] if len({(one.nom, one.departement) for one in fit}) == 1 else None


def lieu_of(address: Mapping[str, str], known: Known) -> Landmark | None:
    """The lieu of the directory that has this name there; « La Coupole » is « La Coupole, Centre
    d’histoire » when the communes are the same."""
    name = address.get("nom", "")
    key, here = simple(name), name_key(address.get("commune", "").partition("(")[0])
    if not key:
        return None
    same = _there(known.by_simple_name.get(key, ()), here)
    if here and not same:
        same = _there(known.by_head.get(simple(head(name)), ()), here)
    return same[0] if len(same) == 1 else None


def _there(found: Sequence[Landmark], here: str) -> list[Landmark]:
    return [one for one in found if not here or one.commune == here]


def commune_of(text: str, postcode: str, known: Known) -> tuple[str, Commune] | None:
    """What to write for a commune, and that commune; ``None`` when the tables do not tell it."""
    name = text.partition(" (")[0]
    for one in (text, f"{name} ({postcode})" if postcode else "", name):
        commune = known.geography.named(one) if one else None
        if commune and (not postcode or one != name or postcode in commune.codes_postaux):
            return one, commune
    return None


def organisers(found: Found, known: Known) -> tuple[list[str], list[Loss]]:
    """Slugs of the directory, else names as they are written; a name of ``connus`` is taken only
    when the directory has it, an address never."""
    kept: dict[str, None] = {}
    losses = []
    for rank, name in enumerate((*found.organisateurs, *found.connus)):
        own = clear(name)
        same = known.by_name.get(name_key(own), ()) if name_key(own) else ()
        if len(same) == 1:
            kept[same[0].slug] = None
        elif rank < len(found.organisateurs):
            if own and "@" not in own:
                kept[own] = None
        elif own:
            reason = "ce nom peut être celui d’une personne : l’annuaire ne le connaît pas"
            losses.append(Loss("organisateur", cut(own, 60), reason))
    return [*kept], losses


def names_of(values: Sequence[object], known: Known) -> Iterator[str]:
    """Names as a file writes them: the slug of the one lieu that has it, else the name."""
    for one in values:
        own = clear(str(one))
        same = known.by_name.get(name_key(own), ()) if name_key(own) else ()
        if own and "@" not in own:
            yield same[0].slug if len(same) == 1 else own
