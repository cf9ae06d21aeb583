"""What the portals below a site hold, by their open data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from portail.text.dates import heure, jour
from portail.text.normalise import name_key
from portail.text.typography import plain, typeset

LatLon = tuple[float, float]
_ON = {"programme", "reprogramme", "complet"}
# What tells a harvest, not an event.
_OURS = {"empreinte", "moisson"}
_LATELY = timedelta(days=7)


class Portal(Struct, frozen=True):
    """A portal: its folder below the site, what it holds on a day."""

    slug: str
    nom: str
    coming: int
    places: int
    added: int
    removed: int
    # The last day of its changes: that of its build.
    built: str


class Outing(Struct):
    """An event to come, told once; ``also`` are the other portals that tell it, and the other stops
    of a tour, with their addresses."""

    titre: str
    url: str
    # The next instant of it, and the end of it then (ISO 8601); in words.
    day: str
    end: str
    when: str
    where: str
    town: str
    point: LatLon
    portal: str
    also: list[tuple[str, str]] = []


def read_portals(site: Path, today: date) -> tuple[list[Portal], list[Outing], list[str]]:
    """The portals of ``site``/regions, what is on from ``today`` in all of them, first things
    first, and a sentence for each that cannot be read."""
    portals, faults = [], []
    told = dict[Any, Outing]()
    tours = defaultdict[Any, list[Outing]](list)
    for folder in sorted(site.glob("regions/*/api/v1")):
        slug = folder.parts[-3]
        try:
            index, changes = _read(folder / "index.json"), _read(folder / "changements.json")
            outings = [*_outings(folder, index["editeur"], today)]
        except (OSError, ValueError, KeyError, TypeError) as error:
            faults.append(f"{slug} : {error}")
            continue
        for keys, outing in outings:
            first = next((told[key] for key in keys if key in told), outing)
            told |= dict.fromkeys(keys, first)
            if first is not outing:
                first.also.append((outing.portal, outing.url))
                continue
            for key in keys:
                tours[key[0]].append(outing)
        portals.append(_portal(slug, index, changes, coming=len(outings), today=today))
    for stops in tours.values():
        for one, other in permutations(stops, 2):
            one.also.append((f"aussi à {other.town}", other.url))
    once = {id(it): it for it in told.values()}
    return portals, sorted(once.values(), key=lambda it: (it.day, it.titre)), faults


def _portal(slug: str, index: Any, changes: Any, *, coming: int, today: date) -> Portal:
    totals = {it["nom"]: it.get("total", 0) for it in index["fichiers"]}
    since = f"{today - _LATELY}"
    lately = [it["changement"] for it in changes["donnees"] if it["le"] > since]
    return Portal(
        slug,
        index["editeur"],
        coming=coming,
        places=totals.get("lieux.json", 0),
        added=lately.count("ajout"),
        removed=lately.count("retrait"),
        built=changes["au"],
    )


def _read(file: Path) -> Any:
    try:
        return msgspec.json.decode(file.read_bytes())
    except ValueError as error:
        raise ValueError(f"{file.name} ne se lit pas ({error}).") from error


def _outings(folder: Path, name: str, today: date) -> Iterator[tuple[Sequence[Any], Outing]]:
    for record in _records(folder):
        known = record["calcule"]
        now = f"{today}T00:00:01"
        days = [it for it in known["occurrences"] if it["etat"] in _ON and _end(it) > now]
        shown = record["etat"] in _ON and not record.get("exemple")
        if not (shown and days and "position" in known):
            continue
        town = known["commune"]["nom"]
        where = known.get("adresse", {}).get("nom", "")
        point = known["position"]["latitude"], known["position"]["longitude"]
        full = " (complet)" if record["etat"] == "complet" else ""
        outing = Outing(
            plain(typeset(record["titre"])) + full,
            record["url"],
            day=max(days[0]["debut"], f"{today}"),
            end=_end(days[0]),
            when=_when(days[0], today),
            where=typeset(", ".join(filter(None, (where, town)))),
            town=town,
            point=point,
            portal=name,
        )
        yield [*_identities(record)], outing


def _end(session: Mapping[str, Any]) -> str:
    return session.get("fin") or f"{session['debut'][:10]}T23:59:59"


def _when(session: Mapping[str, Any], today: date) -> str:
    begin = datetime.fromisoformat(session["debut"])
    # Midnight ends the day before.
    last = (datetime.fromisoformat(_end(session)) - timedelta(seconds=1)).date()
    if begin.date() < today < last:
        return f"jusqu’au {jour(last)}"
    day = max(begin.date(), today)
    if session["journee"] or day != begin.date():
        return jour(day)
    return f"{jour(day)}, {heure(begin.time())}"


def _records(folder: Path) -> Iterator[Mapping[str, Any]]:
    for part in _read(folder / "evenements.json").get("parties", ()):
        for file in part["fichiers"]:
            yield from _read(folder / file["nom"])["donnees"]


def _identities(record: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    # By what another portal knows it: how a source calls it, or its name alone, when and where.
    # Under one title, what differs by these is another stop of a tour.
    own = record.get("ids_externes", {}).items()
    names = [(key, it) for key, it in own if key not in _OURS and not key.startswith("aussi")]
    known = record["calcule"]
    stop = known["premier_jour"], known["commune"]["code"]
    title = name_key(record["titre"])
    for name in names:
        yield (*name, title), stop
    yield (title, *stop), stop
