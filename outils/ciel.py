"""What the sky shows over Hauts-de-France: computed, never copied from an almanac.

Usage: ``ciel.py [--du AAAA-MM-JJ] [--au AAAA-MM-JJ]`` prints, in French and in civil time, phases,
seasons, oppositions, elongations, conjunctions, showers, eclipses and occultations; ``ciel.py
--soir AAAA-MM-JJ [--ville Lille]`` prints, hour by hour from noon to noon, the height and direction
of the Moon and of planets.

`ciel_calculs.py` says with what it is computed, `ciel_cartes.py` draws charts.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import astronomy as a

from ciel_calculs import (
    CITIES,
    END,
    NAMES,
    PLANETS,
    SHOWERS,
    START,
    Happening,
    civil,
    conjunctions,
    crossing,
    day_start,
    eclipse,
    elongations,
    instant,
    lit,
    magnitude,
    maximum,
    minute,
    occultation,
    oppositions,
    phases,
    seasons,
    seen,
    star,
)


def told(start: a.Time, end: a.Time) -> Iterator[Happening]:
    """Everything of a period that has one moment for the whole region."""
    for search in (phases, seasons, oppositions, elongations):
        yield from search(start, end)
    for at, one, other, gap in conjunctions(start, end):
        yield Happening(at, f"{NAMES[one]} et {NAMES[other]} à {gap:.1f}°")
    for shower in SHOWERS:
        at = maximum(shower, start)
        if at.ut < end.ut:
            moon = f"Lune éclairée à {lit(a.Body.Moon, at):.0%}"
            yield Happening(at, f"maximum des {shower.name}, {moon}")


def print_period(start: a.Time, end: a.Time) -> None:
    """One line for each thing, then the local ones, city by city."""
    for one in sorted(told(start, end), key=lambda one: one.at.ut):
        print(f"{minute(one.at):%Y-%m-%d %H:%M}  {one.what}")
    print("\nÉclipse de Soleil")
    for name, city in CITIES.items():
        sun = eclipse(city, start)
        if sun.begins.ut < end.ut:
            hours = " → ".join(f"{civil(at):%d %H:%M:%S}" for at in (sun.begins, sun.greatest))
            hours += f" → {civil(sun.ends):%H:%M:%S}"
            print(f"  {name:9} {hours}  grandeur {sun.magnitude:.3f}, surface {sun.hidden:.1%}")
    for at, one, other, gap in conjunctions(start, end, 1.5):
        if one is not a.Body.Moon:
            continue
        for name, city in CITIES.items():
            hidden = occultation(other, city, at)
            if hidden and seen(a.Body.Moon, hidden[0], city).altitude > 0:
                hours = " → ".join(f"{civil(at):%d/%m %H:%M:%S}" for at in hidden)
                print(f"Occultation de {NAMES[other]} à {name} ({gap:.2f}°) : {hours}")


def print_night(day: date, city: a.Observer) -> None:
    """From noon to the next noon: the Sun's steps, then a line for each hour."""
    noon = instant(datetime.combine(day, time(12)))
    for up, altitude, name in (
        (False, None, "coucher du Soleil"),
        (False, -6.0, "fin du crépuscule civil"),
        (False, -12.0, "fin du crépuscule nautique"),
        (False, -18.0, "nuit noire"),
        (True, -18.0, "fin de la nuit noire"),
        (True, -12.0, "aube nautique"),
        (True, -6.0, "aube civile"),
        (True, None, "lever du Soleil"),
    ):
        at = crossing(a.Body.Sun, city, noon, up=up, altitude=altitude)
        if at:
            print(f"  {minute(at):%H:%M} {name}")
    for body in (a.Body.Moon, *PLANETS):
        steps = [crossing(body, city, noon, up=up) for up in (True, False)]
        hours = "–".join(f"{minute(at):%H:%M}" if at else "?" for at in steps)
        extra = f"mag {magnitude(body, noon.AddDays(0.4)):.1f}, {lit(body, noon.AddDays(0.4)):.0%}"
        row = []
        for half in range(2 * 24):
            at = noon.AddDays(half / 48)
            place, sun = seen(body, at, city), seen(a.Body.Sun, at, city)
            if place.altitude > 0 and sun.altitude < -2:
                row.append(f"{minute(at):%H:%M} {place.altitude:.0f}°/{place.azimuth:.0f}")
        print(f"{NAMES[body]} lever–coucher {hours}, {extra}\n   {' · '.join(row[::2])}")
    for shower in SHOWERS:
        heights = []
        for hour in range(6, 20):
            at = noon.AddDays(hour / 24)
            place = star(shower.right_ascension, shower.declination, at, city)
            heights.append(f"{civil(at):%H}h {place.altitude:.0f}°")
        print(f"radiant des {shower.name} : {' '.join(heights)}")


def main(arguments: list[str] | None = None) -> int:
    """Print a period or a night."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--du", type=date.fromisoformat, default=START)
    parser.add_argument("--au", type=date.fromisoformat, default=END)
    parser.add_argument("--soir", type=date.fromisoformat)
    parser.add_argument("--ville", choices=CITIES, default="Lille")
    asked = parser.parse_args(arguments)
    if asked.soir:
        print_night(asked.soir, CITIES[asked.ville])
    else:
        print_period(day_start(asked.du), day_start(asked.au + timedelta(days=1)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
