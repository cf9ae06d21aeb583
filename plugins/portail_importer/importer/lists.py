"""Open lists that say where science is (``listes.yml``), known by the heads of their columns: their
rows as those of a sheet of places, each value with its source, its licence and its day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache

from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.features.services.tableurs.columns import IDENTIFIER
from portail.features.services.tableurs.grid import Cell, Grid, Row
from portail.geo.names import at_town
from portail.geo.stops import is_on_earth
from portail.resources import table
from portail.terminal.text import counted
from portail.text.dates import jour
from portail.text.normalise import fold, name_key
from portail.text.typography import capital

from .base import Base
from .requests import Request
from .where import bare

# What stands between the words of a cell.
_BETWEEN = str.maketrans(dict.fromkeys(';,|[]"', "\n"))
_NEEDED = ("titre", "commune", "adresse.code_postal")
# Fields of which a list may say several values, and a sheet keeps the first.
_SINGLE = ("telephone", "site")
_POINT = ("coordonnees.lat", "coordonnees.lon")
_ELSEWHERE = ("ligne d’une autre région", "lignes d’autres régions")
_UNKNOWN = ("ligne sans fiche ici", "lignes sans fiche ici")
_OTHER = ("ligne d’une autre sorte", "lignes d’une autre sorte")
_LOST = ("position qui n’est pas en degrés", "positions qui ne sont pas en degrés")


@dataclass(frozen=True, slots=True)
class OpenList:
    """A row of ``listes.yml``."""

    signes: Sequence[Sequence[str]]
    champs: Mapping[str, Sequence[str]]
    nom: str = ""
    licence: str = ""
    adresse: str = ""
    type: str = ""
    resume: str = ""
    complete: bool = False
    ecarte: Sequence[str] = ()
    valeurs: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)


@cache
def _lists() -> Mapping[str, OpenList]:
    return table("listes", dict[str, OpenList], feature="portail_importer.importer")


def list_of(grid: Grid) -> tuple[str, OpenList] | None:
    """The open list that has the heads of a grid, and its name in ``listes.yml``."""
    heads = _heads(grid)
    return next(
        (
            (name, one)
            for name, one in _lists().items()
            if all(any(head in heads for head in some) for some in one.signes)
        ),
        None,
    )


def _heads(grid: Grid) -> dict[str, int]:
    return {name_key(cell.text): rank for rank, cell in enumerate(grid.rows[0].cells) if cell.text}


def ranks_of(grid: Grid, one: OpenList) -> dict[str, int]:
    """The rank of the column of each field of a list."""
    heads = _heads(grid)
    there = {name: [head for head in some if head in heads] for name, some in one.champs.items()}
    return {name: heads[some[0]] for name, some in there.items() if some}


def places_in(grid: Grid, name: str, one: OpenList, base: Base) -> Grid:
    """A list as a sheet of places: its columns where they are, under the names of fields, then what
    it implies. The rows that are left are told in its notes. Raises ``Refused``."""
    heads = _heads(grid)
    ranks = ranks_of(grid, one)
    if lacking := " ni ".join(one.champs[field][0] for field in _NEEDED if field not in ranks):
        raise Refused(
            f"« {grid.name} » a les colonnes de la liste « {one.nom} », sans « {lacking} » : "
            "reprenez-la où elle est publiée."
        )
    names = {rank: field for field, rank in ranks.items()}
    fields = [names.get(rank, "") for rank in range(len(grid.rows[0].cells))]
    fields += ["type", "resume", *one.valeurs]
    rows = [Row(grid.rows[0].number, tuple(map(Cell, fields)))]
    left: Counter[tuple[str, str]] = Counter()
    for row in grid.rows[1:]:
        values = _cleaned({field: row.at(rank).text.strip() for field, rank in ranks.items()})
        told = _signs(row, heads)
        if why := _why_left(told, values, one, base):
            left[why] += 1
            continue
        left[_LOST] += _drop_false_point(values)
        if number := values.get(IDENTIFIER):
            values[IDENTIFIER] = f"{name}-{number}"
        town = base.town(values["commune"], values["adresse.code_postal"]).partition(" (")[0]
        values["type"] = one.type
        values["resume"] = f"{one.resume} {at_town(town)}." if one.resume else ""
        for key, codes in one.valeurs.items():
            said = (code for code, of in codes.items() if any(_says(told, rule) for rule in of))
            values[key] = ";".join(said)
        rows.append(Row(row.number, tuple(Cell(values.get(field, "")) for field in fields)))
    notes = [counted(number, nouns) for nouns, number in left.items() if number]
    return replace(grid, rows=rows, notes=(one.nom, *notes, *grid.notes))


def _signs(row: Row, heads: Mapping[str, int]) -> frozenset[str]:
    # What the cells of a row say, word by word, as ``listes.yml`` writes it: « labels=th ».
    texts = ((head, fold(row.at(rank).text).translate(_BETWEEN)) for head, rank in heads.items())
    return frozenset(f"{head}={it.strip()}" for head, text in texts for it in text.split("\n"))


def _says(told: frozenset[str], rule: str) -> bool:
    patterns = map(re.compile, rule.split(" + "))
    return all(any(map(pattern.fullmatch, told)) for pattern in patterns)


def _cleaned(values: dict[str, str]) -> dict[str, str]:
    postcode = values["adresse.code_postal"]
    cleaned = {
        "titre": capital(values["titre"]),
        "commune": bare(values["commune"]),
        "adresse.code_postal": postcode.zfill(5) if postcode else "",
    }
    several = {name: values[name].replace(" / ", ";") for name in _SINGLE if name in values}
    single = {name: text.partition(";")[0].strip() for name, text in several.items()}
    return {**values, **cleaned, **single}


def _why_left(
    told: frozenset[str], values: Mapping[str, str], one: OpenList, base: Base
) -> tuple[str, str] | None:
    if not told.isdisjoint(one.ecarte):
        return _OTHER
    home = base.portal.geography.names.home
    postcode = values["adresse.code_postal"]
    codes = [code[:3] for code in base.portal.geography.names.posted(postcode)] or [postcode[:3]]
    if home and postcode and not any(code.startswith((*home,)) for code in codes):
        return _ELSEWHERE
    unknown = one.complete and not base.slugs(values["titre"], ["lieux"])
    return _UNKNOWN if unknown else None


def _drop_false_point(values: dict[str, str]) -> bool:
    # Take out a position that is none: 0, 0, metres of a projection.
    lat, _, lon = values.get("position", "").partition(",")
    names = ("position",) if lat else _POINT
    texts = (lat, lon) if lat else [values.get(name, "").replace(",", ".") for name in _POINT]
    if not any(texts):
        return False
    with suppress(ValueError):
        if is_on_earth(*map(float, texts)):
            return False
    values.update(dict.fromkeys(names, ""))
    return True


def sourced(requests: Iterable[Request], one: OpenList, base: Base) -> Iterator[Request]:
    """Requests of a list: they fill what is empty, and say where it comes from."""
    day = jour(base.portal.day, semaine=False)
    titre = f"{one.nom} ({one.licence}), {day}".replace("\u00a0", " ")
    origin = {"references": [{"titre": titre, "url": one.adresse}]}
    for request in requests:
        values = {**request.values, **origin}
        yield replace(request, values=values, defaults=frozenset(values), origin=frozenset(origin))
