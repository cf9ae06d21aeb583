"""What the day makes of a place: its closures, whether its sheet is too old."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from portail.features.services.horaires.notation import read_opening_hours
from portail.site.memo import answer
from portail.site.site import Site

from .model import Lieu


class LieuState(Struct, frozen=True):
    """The state of a place on the day of the build."""

    # Closures that are not over: rank, whether it runs.
    fermetures: tuple[tuple[int, bool], ...]
    # Whether its sheet is too old.
    a_verifier: bool
    # First and last days of the school holidays on which its hours depend.
    vacances: tuple[tuple[date, date], ...] = ()
    # The present or next time of each season of its hours.
    saisons: tuple[tuple[date, date], ...] = ()


@answer
def lieu_state(site: Site, ref: str) -> LieuState:
    place = site.items[ref].of(Lieu)
    day = site.day.date
    hours = read_opening_hours(place.horaires_ouverture or "off")
    holidays = site.holidays.own if hours.scolaires else ()
    return LieuState(
        tuple(place.fermetures_au(day)),
        place.a_verifier(day),
        tuple((holiday.du, holiday.au) for holiday in holidays if holiday.au >= day),
        tuple(season.next_run(day) for rule in hours.regles for season in rule.dates),
    )
