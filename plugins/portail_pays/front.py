"""The files of the front: its page, one for each département, what its script reads."""

from __future__ import annotations

import base64
import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import chain, product
from pathlib import Path
from string import Template

import msgspec

from portail.geo.coordinates import distance_km
from portail.geo.places import Commune, Departement
from portail.geo.territories import Geography
from portail.terminal.text import counted
from portail.text.dates import jour
from portail.text.normalise import iso_day, name_key
from portail.text.typography import nombre

from .outings import LatLon, Outing, Portal

# Kilometres within which an outing is near a commune, beside a border, on the page of a commune.
REACHED, BESIDE, NEAR = 15.0, 25.0, 30.0
# Degrees of the side of what a file of outings covers, and its bytes at most: the first go in.
_SIDE, _BYTES = 0.5, 60_000
_SHOWN = 60
# Words that begin too many names to sort them by.
COMMON = frozenset("saint sainte saints saintes le la les l".split())
_HERE = Path(__file__).parent


def bucket(name: str) -> str:
    """The file of a commune: three letters of its first word that tells it from others.

    >>> bucket("Saint-Martin-de-Ré"), bucket("Eu"), bucket("Le Havre")
    ('mar', 'eu', 'hav')
    """
    words = name_key(name).split()
    own = next((word for word in words if word not in COMMON), words[0])
    return own[:3]


class Near:
    """Outings by where they are."""

    def __init__(self, outings: Iterable[Outing]) -> None:
        self._cells: dict[LatLon, list[Outing]] = defaultdict(list)
        for outing in outings:
            self._cells[_cell(outing.point)].append(outing)

    def of(self, point: LatLon, km: float) -> list[Outing]:
        """Those within ``km`` (at most 70) of a point."""
        lat, lon = _cell(point)
        cells = product((lat - _SIDE, lat, lat + _SIDE), _beside(lon, lat))
        there = chain.from_iterable(self._cells.get(cell, ()) for cell in cells)
        return [it for it in there if distance_km(point, it.point) <= km]


def _cell(point: LatLon) -> LatLon:
    lat, lon = (math.floor(it / _SIDE) * _SIDE for it in point)
    return lat, lon


def _beside(lon: float, lat: float) -> list[float]:
    # A degree of longitude is narrower in the north: 2 cells are 70 km up to 51°.
    return [lon + _SIDE * shift for shift in (-2, -1, 0, 1, 2)]


def files_of(
    geography: Geography, portals: Sequence[Portal], outings: Sequence[Outing]
) -> Iterator[tuple[str, bytes]]:
    """Each file of the front, by its path below ``regions/``."""
    near = Near(outings)
    areas: list[Departement] = []
    for region in geography.regions:
        areas.extend(geography.departements_of(region.code))
    buckets: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    cells: set[LatLon] = set()
    for area in areas:
        towns = geography.communes_of(area)
        yield f"departements/{area.code}/index.html", _departement(area, towns, geography, near)
        for town in towns:
            if town.point:
                cells.add(_cell(town.point))
                buckets[bucket(town.nom)].append((town.nom, town.departement, *town.point))
    for name, rows in buckets.items():
        yield f"pays/c/{name}.json", msgspec.json.encode(rows)
    for lat, lon in cells:
        middle = lat + _SIDE / 2, lon + _SIDE / 2
        reach = NEAR + distance_km(middle, (lat, lon))
        told = [_row(it) for it in sorted(near.of(middle, reach), key=lambda it: it.day)]
        while len(data := msgspec.json.encode(told)) > _BYTES:
            told = told[:-10]
        if told:
            yield f"pays/s/{lat:g}_{lon:g}.json", data
    links = (f'<li><a href="departements/{it.code}/">{escape(it.nom)}</a>' for it in areas)
    yield (
        "index.html",
        _page("accueil", portails="".join(map(_portal, portals)), departements="".join(links)),
    )


def _row(outing: Outing) -> tuple[object, ...]:
    also = [name for name, _ in outing.also]
    told = (outing.titre, outing.url, outing.end, outing.when, outing.where)
    return (*told, *outing.point, outing.portal, *also)


def _portal(one: Portal) -> str:
    built = iso_day(one.built)
    cells = (one.coming, one.places, one.added, one.removed)
    figures = "".join(f"<td>{nombre(it)}" for it in cells)
    on = jour(built, semaine=False) if built else ""
    return f'<tr><th><a href="{one.slug}/">{escape(one.nom)}</a>{figures}<td>{on}'


def _departement(
    area: Departement, towns: Iterable[Commune], geography: Geography, near: Near
) -> bytes:
    own: dict[int, Outing] = {}
    rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for town, point in ((town, town.point) for town in towns):
        if point is None:
            continue
        there = near.of(point, BESIDE)
        own |= {id(it): it for it in there}
        far = not any(distance_km(point, it.point) <= REACHED for it in there)
        row = rows[town.epci or ""]
        for rank, many in enumerate((1, far, far * (town.habitants or 0))):
            row[rank] += many
    coming = sorted(own.values(), key=lambda it: it.day)
    return _page(
        "departement",
        nom=escape(area.nom),
        nombre=counted(len(coming), ("sortie", "sorties")),
        sorties="".join(map(_line, coming[:_SHOWN])),
        epci="".join(_reached(rows, geography)),
    )


def _line(outing: Outing) -> str:
    links = "".join(f', <a href="{escape(url)}">{escape(name)}</a>' for name, url in outing.also)
    return (
        f'<li><a href="{escape(outing.url)}">{escape(outing.titre)}</a><br>{outing.when}, '
        f"{escape(outing.where)} ({escape(outing.portal)}{links})"
    )


def _reached(rows: Mapping[str, Sequence[int]], geography: Geography) -> Iterator[str]:
    named = {code: geography.epci(code) for code in rows}
    for code, (towns, far, people) in sorted(rows.items(), key=lambda row: -row[1][2]):
        epci = named[code]
        name = epci.nom if epci else "Sans intercommunalité"
        figures = "".join(f"<td>{nombre(it)}" for it in (far, towns, people))
        yield f"<tr><th>{escape(name)}{figures}"


def _page(name: str, **words: str) -> bytes:
    script, style = ((_HERE / f"pays.{it}").read_text("utf-8") for it in ("js", "css"))
    body = Template((_HERE / f"{name}.html").read_text("utf-8")).substitute(words)
    whole = Template((_HERE / "page.html").read_text("utf-8"))
    code = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return whole.substitute(
        corps=body,
        script=script if name == "accueil" else "",
        style=style,
        empreinte=code,
        titre=words.get("nom", "Les sciences près de chez vous"),
    ).encode()
