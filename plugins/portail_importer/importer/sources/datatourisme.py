"""An event of DATAtourisme in the words of schema.org. Its files and its API have texts by
language, days and hours apart, prefixes or none (https://www.datatourisme.fr/ontology/core/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import chain
from typing import Any

from .moments import day_in
from .prose import filled, listed, one_line

# A period of more days is told as one, with its hours.
_MOST_DAYS = 60
_MOST_PERIODS = 400
_WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def event_in(thing: Mapping[str, Any]) -> dict[str, Any]:
    """The event of an object; what schema.org has no word for is left.

    >>> event_in({"rdfs:label": {"fr": ["Un"]}, "takesPlaceAt": [{"startDate": "2027-01-02"}]})
    {'@type': 'Event', 'name': 'Un', 'startDate': '2027-01-02'}
    """
    described = [
        *_all(thing, "comment"),
        *_all(thing, "hasDescription", "shortDescription"),
        *_all(thing, "hasDescription", "description"),
    ]
    pages = [*_all(thing, "hasContact", "homepage"), *_all(thing, "hasBookingContact", "homepage")]
    shown = _all(thing, "hasMainRepresentation", "hasRelatedResource", "locator")
    return filled(
        {
            "@type": [*_all(thing, "@type"), *_all(thing, "type")] or "Event",
            "@id": next(iter([*_all(thing, "@id"), *_all(thing, "uri")]), ""),
            "name": next(map(_french, _all(thing, "label")), ""),
            "description": max(map(_french, described), key=len, default=""),
            "location": next(iter(_all(thing, "isLocatedAt")), ""),
            "url": next(filter(None, map(_french, pages)), ""),
            "image": next(filter(None, map(_french, shown)), ""),
            "offers": [_offer(it) for it in _all(thing, "offers", "priceSpecification")[:20]],
            "dateModified": next(map(one_line, _all(thing, "lastUpdate")), ""),
            **_when(_all(thing, "takesPlaceAt")[:_MOST_PERIODS]),
        }
    )


def _all(value: Any, name: str, *names: str) -> list[Any]:
    # What a thing says under a name, whatever its prefix, and what that says under the next.
    found: list[Any] = []
    for thing in listed(value)[:_MOST_PERIODS]:
        if isinstance(thing, dict):
            for key, inner in thing.items():
                if key.rpartition(":")[2] == name:
                    found.extend(listed(inner))
    if names:
        return _all(found, *names)
    return found


def _french(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("fr") or value.get("@fr") or next(iter(value.values()), "")
    return next((text for text in listed(value) if isinstance(text, str)), "")


def _offer(prices: Any) -> dict[str, Any]:
    names = {"price": "price", "lowPrice": "minPrice", "highPrice": "maxPrice"}
    return {name: next(iter(_all(prices, own)), "") for name, own in names.items()}


def _when(periods: list[Any]) -> dict[str, Any]:
    sessions = list(chain.from_iterable(map(_sessions, periods)))
    if len(sessions) > 1:
        return {"subEvent": sessions}
    if sessions:
        return sessions[0]
    return {}


def _sessions(period: Any) -> Iterator[dict[str, Any]]:
    # The sessions of a period: each of its days that has hours, else the period as one.
    names = ("startDate", "endDate", "startTime", "endTime")
    said = {name: one_line(next(iter(_all(period, name)), "")) for name in names}
    first = day_in(said["startDate"])
    if first is None:
        return
    last = day_in(said["endDate"]) or first
    begins, ends = (f"T{said[name][:5]}" * bool(said[name]) for name in ("startTime", "endTime"))
    named = [one_line(next(iter(_all(day, "@id")), day)) for day in _all(period, "appliesOnDay")]
    meant = {name.rpartition(":")[2].rpartition("/")[2] for name in named}
    many = (last - first).days
    if not (begins or meant) or not 0 < many <= _MOST_DAYS:
        yield filled(
            {
                "startDate": f"{first}{begins}",
                "endDate": f"{last}{ends}" * (last > first or bool(ends)),
            }
        )
        return
    for day in (first + timedelta(rank) for rank in range(many + 1)):
        if not meant or _WEEK[day.weekday()] in meant:
            yield filled({"startDate": f"{day}{begins}", "endDate": f"{day}{ends}" * bool(ends)})
