"""The nearest station and stop, as the practical box of a place or of an event tells them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from portail.diagnostics import DataError, Diagnostic
from portail.facts.base import Fact, Value, text_of
from portail.facts.place import point_of, way_there
from portail.feature import Around
from portail.geo.stops import STATION, STOP, Sort, Stop, Stops, read_stops, stops_of
from portail.model.event import Event
from portail.resources import own_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.normalise import fold
from portail.text.typography import distance

# The table, in the ``data/`` of the instance: that of the package is of no other region.
FILE = "arrets.csv"
# Words by which « acces » tells one of each sort.
_TOLD = {
    STATION: r"\b(gares?|trains?|sncf|ter)\b",
    STOP: r"\b(arrets?|stations?|bus|metro|tram\w*|navettes?)\b",
}


def load(around: Around) -> tuple[Mapping[Sort, Stops], Iterable[Diagnostic]]:
    """The stops of each sort; ``None`` without a table. Raises ``DataError``."""
    rows = table_in(own_of(around.data))
    return {genre: stops_of(rows, genre) for genre in dict.fromkeys(row.genre for row in rows)}, ()


def table_in(folder: Path) -> list[Stop]:
    """The table that ``data/`` has, empty where it has none. Raises ``DataError``."""
    file = folder / FILE
    if not file.is_file():
        return []
    try:
        return [*read_stops(file.read_bytes().decode("utf-8-sig"), f"data/{FILE}")]
    except UnicodeDecodeError as error:
        raise DataError(f"data/{FILE} : enregistrez-le en UTF-8.") from error


def station(item: Item, site: Site) -> Fact:
    """The nearest station of what has coordinates: the centre of a commune is nobody's address."""
    return Fact("Gare la plus proche", _nearest(STATION, item, site))


def stop(item: Item, site: Site) -> Fact:
    """The nearest stop of what has coordinates."""
    return Fact("Arrêt le plus proche", _nearest(STOP, item, site))


def _nearest(genre: Sort, item: Item, site: Site) -> tuple[Value, ...]:
    # Nothing where who wrote the content says it, nor of what can no longer be attended.
    table: Mapping[Sort, Stops] = site.part("arrets") or {}
    stops = table.get(genre)
    point = point_of(item, site)
    if stops is None or point is None or _is_told_or_over(genre, item, site):
        return ()
    near = stops.nearest((point.lat, point.lon))
    if near is None:
        return ()
    name = near[0].nom.replace(" - ", " – ")
    return (Value(f"{name}, à {distance(near[1])} à vol d’oiseau"),)


def _is_told_or_over(genre: Sort, item: Item, site: Site) -> bool:
    entry = item.entry
    if re.search(_TOLD[genre], fold(text_of(way_there(item, site).values))):
        return True
    if not isinstance(entry, Event):
        return False
    named = entry.sans_voiture is not None and entry.sans_voiture.arret is not None
    return named or item.is_over or entry.etat == "annule" or entry.mode == "en-ligne"


def credits(site: Site) -> tuple[str, ...]:
    """Whose the table is, for who reuses the data."""
    table: Mapping[Sort, Stops] = site.part("arrets") or {}
    rows = {
        (stop.source, stop.licence, stop.verifie_le)
        for stop in chain.from_iterable(line.rows for line in table.values())
    }
    lists = (
        f"{source} ({licence}), relevés le {jour(day, semaine=False)}"
        for source, licence, day in sorted(rows)
    )
    words = "\u00a0; ".join(lists)
    if words:
        return (f"Les gares et les arrêts les plus proches sont d’après {words}.",)
    return ()
