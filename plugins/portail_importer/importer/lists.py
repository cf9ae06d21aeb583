"""Open lists that say where science is (``listes.yml``), known by the heads of their columns: their
rows as those of a sheet of places. Whoever brings one, or the host that gives it, says that it is
its publisher's: each value then has its source, its licence and its day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain

from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.geo.names import at_town
from portail.resources import table
from portail.terminal.text import counted
from portail.text.dates import jour
from portail.text.normalise import fold, name_key
from portail.text.suggest import nearest
from portail.text.typography import capital
from portail_importer.importer.public import speaks
from portail_importer.tableurs.columns import IDENTIFIER
from portail_importer.tableurs.grid import Cell, Grid, Row

from .base import FIELD, Base
from .sources.fitting import Fitting
from .sources.items import Loss
from .values import Request, flat, front_of
from .where import bare

# What stands between the words of a cell.
_BETWEEN = str.maketrans(dict.fromkeys(';,|[]"', "\n"))
_POSTED = "adresse.code_postal"
_NEEDED = ("titre", "commune", _POSTED)
# Fields of which a list may say several values, and a sheet keeps the first.
_SINGLE = ("telephone", "site")
_POINT = ("coordonnees.lat", "coordonnees.lon")
# Fields that are wrong by the fault that their row has: swapped, far from its town, elsewhere.
_WRONG = {"E273": _POINT, "A274": _POINT, "E432": (_POSTED,)}
_ELSEWHERE = ("ligne d’une autre région", "lignes d’autres régions")
_UNKNOWN = ("ligne sans fiche ici", "lignes sans fiche ici")
_OTHER = ("ligne de ce qui n’est pas ouvert à tous", "lignes de ce qui n’est pas ouvert à tous")
_CLOSED = re.compile(r"[(\[][^()\[\]]*\bfermee?s?\b|\bfermee?s? (?:au public|definitivement)")
# What says of a list that it is that of which it has the heads.
ANY = "ouverte"
_UNREAD = "cette case ne se lit pas"


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
    hotes: Sequence[str] = ()
    jour: Sequence[str] = ()
    valeurs: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)


@cache
def _lists() -> Mapping[str, OpenList]:
    return table("listes", dict[str, OpenList], feature="portail_importer.importer")


def names() -> list[str]:
    """The lists that have a name."""
    return [name for name, one in _lists().items() if one.nom]


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
    needed = (field for field in _NEEDED if field in one.champs)
    if lacking := " ni ".join(one.champs[field][0] for field in needed if field not in ranks):
        raise Refused(
            f"« {grid.name} » a les colonnes de la liste « {one.nom} », sans « {lacking} » : "
            "reprenez-la où elle est publiée."
        )
    taken = _speaking(grid, one) | {rank: field for field, rank in ranks.items()}
    fields = [taken.get(rank, "") for rank in range(len(grid.rows[0].cells))]
    fields += ["type", "resume", *one.valeurs]
    rows = [Row(grid.rows[0].number, tuple(map(Cell, fields)))]
    left: Counter[tuple[str, str]] = Counter()
    for row in grid.rows[1:]:
        values = _cleaned({head: row.at(rank).text.strip() for rank, head in taken.items()})
        told = _signs(row, heads)
        if why := _why_left(told, values, one, base):
            left[why] += 1
            continue
        if number := values.get(IDENTIFIER):
            values[IDENTIFIER] = f"{name}-{number}"
        values["commune"] = _town(values["commune"], values[_POSTED], base)
        town = base.town(values["commune"], values[_POSTED]).partition(" (")[0]
        values["type"] = one.type
        values["resume"] = f"{one.resume} {at_town(town)}." if one.resume else ""
        for key, codes in one.valeurs.items():
            said = (code for code, of in codes.items() if any(_says(told, rule) for rule in of))
            values[key] = ";".join(said)
        rows.append(Row(row.number, tuple(Cell(values.get(field, "")) for field in fields)))
    notes = [counted(number, nouns) for nouns, number in left.items() if number]
    return replace(grid, rows=rows, notes=(one.nom, *notes, *grid.notes))


def _speaking(grid: Grid, one: OpenList) -> dict[int, str]:
    # The heads, by rank, of what no rule of a list reads and that says whether a row is public.
    read = " ".join(one.ecarte)
    return {
        rank: cell.text
        for rank, cell in enumerate(grid.rows[0].cells)
        if f"{name_key(cell.text)}=" not in read
        and any(speaks(cell.text, row.at(rank).text) for row in grid.rows[1:])
    }


def _signs(row: Row, heads: Mapping[str, int]) -> frozenset[str]:
    # What the cells of a row say, word by word, as ``listes.yml`` writes it: « labels=th ».
    signs: set[str] = set()
    for head, rank in heads.items():
        words = fold(row.at(rank).text).translate(_BETWEEN).split("\n")
        signs.update(f"{head}={word.strip()}" for word in words)
    return frozenset(signs)


def _says(told: frozenset[str], rule: str) -> bool:
    patterns = map(re.compile, rule.split(" + "))
    return all(any(map(pattern.fullmatch, told)) for pattern in patterns)


def _cleaned(values: dict[str, str]) -> dict[str, str]:
    postcode = values.get(_POSTED, "")
    cleaned = {
        "titre": capital(values["titre"]),
        "commune": bare(values["commune"]),
        _POSTED: postcode.zfill(5) if postcode else "",
    }
    several = {name: values[name].replace(" / ", ";") for name in _SINGLE if name in values}
    single = {name: text.partition(";")[0].strip() for name, text in several.items()}
    return {**values, **cleaned, **single}


def _town(name: str, postcode: str, base: Base) -> str:
    # The name of a commune, that of its code, or the one of its postcode that it may stand for.
    geography = base.portal.geography
    if geography.by_code(name):
        return geography.label(name)
    if base.commune(name) or base.commune(f"{name} ({postcode})"):
        return name
    labels = [geography.label(code) for code in geography.names.posted(postcode)]
    return next(iter(labels if len(labels) == 1 else nearest(name, labels, limit=1)), name)


def _why_left(
    told: frozenset[str], values: Mapping[str, str], one: OpenList, base: Base
) -> tuple[str, str] | None:
    closed = _CLOSED.search(fold(values["titre"]))
    if closed or any(_says(told, rule) for rule in one.ecarte):
        return _OTHER
    home = base.portal.geography.names.home
    postcode = values[_POSTED]
    own = values["commune"] if one.champs.get(_POSTED) is None else postcode
    codes = [code[:3] for code in base.portal.geography.names.posted(postcode)] or [own[:3]]
    if home and own and not any(code.startswith((*home,)) for code in codes):
        return _ELSEWHERE
    unknown = one.complete and not base.slugs(values["titre"], ["lieux"])
    if unknown:
        return _UNKNOWN
    return None


def days_in(grids: Iterable[Grid], one: OpenList) -> Mapping[int, date]:
    """The day of each row of a list, by its number: when its publisher last looked at it."""
    days: dict[int, date] = {}
    for grid in grids:
        heads = _heads(grid)
        ranks = [heads[head] for head in one.jour if head in heads]
        for row in grid.rows[1:]:
            for rank in ranks:
                with suppress(ValueError):
                    days[row.number] = date.fromisoformat(row.at(rank).text.strip()[:10])
    return days


def is_published(name: str, one: OpenList, asked: str | None, host: str) -> bool:
    """Whether whoever brings a list says that it is its publisher's, or its publisher gave it."""
    return asked in (name, ANY) or host in one.hotes


def fitted(requests: Iterable[Request], base: Base) -> Iterator[Request]:
    """Requests of a list, each without the cells that cannot be read, which are told."""
    for request in requests:
        bad = tuple(Loss("case", fault.message, _UNREAD) for fault in request.diagnostics)
        codes = (_WRONG.get(fault.code, ()) for fault in request.diagnostics)
        wrong = frozenset(chain.from_iterable(codes))
        right = {name: it for name, it in request.values.items() if name not in wrong}
        fitting = Fitting(request.kind, base.portal)
        values = flat(fitting.fitted(front_of(right)))
        if number := request.text(IDENTIFIER):
            values = {**values, IDENTIFIER: number}
            values.pop(".".join(FIELD[IDENTIFIER]), None)
        losses = (*request.losses, *bad, *fitting.losses, *fitting.refused)
        yield replace(request, values=values, losses=losses, diagnostics=())


def sourced(
    requests: Iterable[Request], one: OpenList, days: Mapping[int, date]
) -> Iterator[Request]:
    """Requests of a list of its publisher: they fill what is empty, and say where it comes from."""
    for request in requests:
        day = days.get(request.number)
        told = f", {jour(day, semaine=False)}" if day else ""
        titre = f"{one.nom} ({one.licence}){told}".replace("\u00a0", " ")
        origin = {"references": [{"titre": titre, "url": one.adresse}]}
        values = {**request.values, **origin}
        yield replace(request, values=values, defaults=frozenset(values), origin=frozenset(origin))


def unsigned(requests: Iterable[Request], one: OpenList, base: Base) -> Iterator[Request]:
    """Requests of what only looks like a list: what comes by mail is to be verified."""
    why = f"elle a la forme de « {one.nom} », sans venir de là\u00a0: vérifiez chaque ligne"
    plain = capital(base.vocabularies.label("types-lieux", one.type))
    for request in requests:
        values = {name: it for name, it in request.values.items() if name != IDENTIFIER}
        values |= {"resume": request.text("resume").replace(one.resume, plain)}
        losses = request.losses
        if base.sender:
            values["statut"] = "brouillon"
            losses = (*losses, Loss("liste", base.name, why))
        yield replace(request, values=values, identifier="", losses=losses)
