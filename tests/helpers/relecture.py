"""The demonstration read again by PyYAML and csv alone: what figures of its files must be."""

import csv
import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import cache

import yaml
from dateutil.rrule import rrulestr

from demonstration import ROOT

_WEEK = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_OFF = ("annule", "reporte")


@cache
def files(folder, examples=False):
    """Front matter by slug of what is published in ``content/folder/``."""
    found = {}
    for path in sorted((ROOT / "content" / folder).rglob("*.md")):
        head = re.match(r"---\n(.*?)\n---\n", path.read_text(encoding="utf-8"), re.DOTALL)
        assert head
        told = yaml.load(head[1], yaml.CSafeLoader)
        if told.get("statut") != "brouillon" and (examples or not told.get("exemple")):
            found[path.parent.name if path.stem == "index" else path.stem] = told
    return found


def _day(value):
    return date.fromisoformat(str(value)[:10])


def _spans(event):
    """First and last day of each time that it takes place."""
    if hours := event.get("horaires"):
        off = [str(one).split("..") for one in hours.get("sauf", ())]
        day = _day(hours["du"])
        while day <= _day(hours["au"]):
            held = _WEEK[day.weekday()] in (hours.get("tous_les") or _WEEK)
            if held and not any(_day(one[0]) <= day <= _day(one[-1]) for one in off):
                yield day, day
            day += timedelta(days=1)
    elif rule := event.get("rrule"):
        start = datetime.combine(_day(event["debut"]), datetime.min.time())
        for one in rrulestr(rule, dtstart=start):
            yield one.date(), one.date()
    else:
        for row in event.get("seances") or ([event] if event.get("debut") else []):
            if row.get("etat") not in _OFF:
                yield _day(row["debut"]), _day(row.get("fin", row["debut"]))


def times_of(event, year):
    """Its times in a year, none of an event that does not take place."""
    if event.get("etat") in _OFF:
        return []
    return [one for one in _spans(event) if one[0].year <= year <= one[1].year]


def months_of(event, year):
    """Months of the year in which a time of it begins, or runs since the year before."""
    return {one[0].month if one[0].year == year else 1 for one in times_of(event, year)}


def named_by(told, field):
    """Slugs or names that a field gives."""
    value = told.get(field) or []
    return {value} if isinstance(value, str) else {*value}


@cache
def communes():
    """The communes of the region by INSEE code, as the table gives them."""
    inside = {"02", "59", "60", "62", "80"}
    with (ROOT / "data/communes.csv").open(encoding="utf-8", newline="") as table:
        return {row["code"]: row for row in csv.DictReader(table) if row["departement"] in inside}


@cache
def _names():
    names = defaultdict(list)
    for code, row in communes().items():
        for name in (row["nom"], f"{row['nom']} ({row['departement']})", code):
            names[name.replace("'", "’")].append(code)
    with (ROOT / "data/communes-alias.csv").open(encoding="utf-8", newline="") as table:
        for name, code, *_ in [*csv.reader(table)][1:]:
            if code in communes() and name.replace("'", "’") not in names:
                names[name.replace("'", "’")].append(code)
    return names


def commune_of(told):
    """INSEE code of the commune where a place is or an event takes place; ``""`` when it is not in
    the region, or unknown."""
    place = files("lieux", examples=True).get(told.get("lieu") or "") or told
    name = place.get("commune") or (place.get("adresse") or {}).get("commune") or ""
    found = _names().get(str(name).replace("'", "’"), [""])
    assert len(found) == 1, name
    return found[0]
