"""French words and sentences for what the sky shows: directions, hours, Sun, Moon, planets, events.

Those that do not depend on the night are in ``mots.yml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from math import cos, radians
from typing import Any, TypeVar

from portail.resources import rows_of
from portail.text.dates import heure
from portail.text.typography import capital

from .sky import Happening, Night, Planet, Spot

T = TypeVar("T")

WORDS: Mapping[str, Any] = rows_of("portail_ciel", "mots")
# Of the disc of the Moon.
_RADIUS = 10
# Moments of the night (``Planet.moment``) that the evening is part of.
_IN_EVENING = ("nuit", "soir", "leve")


def by_step(steps: Mapping[float, T], value: float) -> T:
    """What ``steps`` gives for the first step above ``value``, else for the last one."""
    return next((word for step, word in steps.items() if value < step), [*steps.values()][-1])


def direction(azimut: float) -> str:
    """« au sud-est », from degrees clockwise from the north."""
    directions: list[str] = WORDS["vents"]
    return directions[round(azimut / 45) % 8]


def where(spot: Spot) -> str:
    """« au sud-est, à mi-hauteur »."""
    return f"{direction(spot.azimut)}, {by_step(WORDS['hauteurs'], spot.hauteur)}"


def hour(moment: datetime) -> str:
    return heure(moment.time())


def moon(phase: float) -> str:
    """« Lune au premier quartier », from the degrees between the Moon and the Sun."""
    names: Mapping[float, str] = WORDS["lune"]
    return by_step(names, phase)


def moon_path(phase: float, *, south: bool) -> str:
    """The SVG path of the lit part of the Moon, as it is seen from a hemisphere.

    It goes down the lit edge of the disc, half a circle, then up along the limit of the shadow,
    half an ellipse.
    """
    edge = round(_RADIUS * abs(cos(radians(phase))), 1)
    # Whether the right half is lit, as it is while the Moon grows, seen from the north.
    right = (phase < 180) != south
    gibbous = 90 < phase < 270
    outer = int(right)
    inner = int(right == gibbous)
    return f"M0-10A10 10 0 0 {outer} 0 10A{edge} 10 0 0 {inner} 0-10Z"


def planet(seen: Planet) -> str:
    """When a planet is seen in a night, where, how bright."""
    text = WORDS["planete"][seen.moment].format(
        ou=where(seen.point), debut=hour(seen.debut), fin=hour(seen.fin)
    )
    return f"{text} ({by_step(WORDS['eclats'], seen.magnitude)})"


def tonight(night: Night) -> str:
    """The brightest planet of the evening, else when it gets dark; then the Moon."""
    if night.coucher is None and night.soleil:
        return f"le Soleil {WORDS['jour_sans_nuit']}"
    return planet_and_moon(night, darkness(night))


def planet_and_moon(night: Night, lead: str = "") -> str:
    """The brightest planet of the evening, else ``lead``; then the Moon."""
    brightest = min(_evening_planets(night), key=lambda seen: seen.magnitude, default=None)
    if brightest:
        lead = f"{brightest.nom} {direction(brightest.point.azimut)} dès {hour(brightest.debut)}"
    return ", ".join(filter(None, (lead, moon(night.phase))))


def _evening_planets(night: Night) -> list[Planet]:
    return [planet for planet in night.planetes if planet.moment in _IN_EVENING]


def darkness(night: Night) -> str:
    """« nuit noire dès 21 h 28 », or that it never gets dark."""
    if night.noir:
        return f"nuit noire dès {hour(night.noir)}"
    return str(WORDS["sans_noir"])


def sun_hours(night: Night) -> str:
    """« lever 7 h 40, coucher 19 h 37 »; else that there is no night, or no day."""
    hours = _hours(night.lever, night.coucher)
    return hours or str(WORDS["jour_sans_nuit" if night.soleil else "nuit_sans_jour"])


def moon_hours(night: Night) -> str:
    return _hours(night.lune_lever, night.lune_coucher)


def _hours(rise: datetime | None, setting: datetime | None) -> str:
    # In the order in which they come: the Moon may set before it rises.
    moments = sorted((at, word) for word, at in (("lever", rise), ("coucher", setting)) if at)
    return ", ".join(f"{word} {hour(at)}" for at, word in moments)


def sun(night: Night) -> str:
    """The hours of the Sun, and when it gets dark."""
    hours = f"Soleil : {sun_hours(night)}"
    never_sets = night.lever is None and night.coucher is None and night.soleil
    if never_sets:
        return hours
    return f"{hours}, {darkness(night)}"


def sunset(night: Night) -> str:
    """« Soleil couché à 19 h 37, nuit noire dès 21 h 28. », if the Sun sets."""
    text: str = WORDS["couchant"]
    if night.coucher:
        return text.format(coucher=hour(night.coucher), noir=darkness(night))
    return ""


def happening(event: Happening) -> str:
    """What happens, and when."""
    return str(WORDS["faits"][event.sorte]).format(
        qui=capital(" et ".join(event.noms)),
        heure=hour(event.quand),
        valeur=f"{event.valeur:g}".replace(".", ","),
        debut=hour(event.debut or event.quand),
        fin=hour(event.fin or event.quand),
        lune=by_step(WORDS["gene"], event.lune),
    )


def evening_lines(night: Night, events: str) -> Iterator[str]:
    """The Sun, then the planets of the evening and the Moon, then ``events`` if there are any."""
    yield sun(night)
    planets = [f"{seen.nom} {direction(seen.point.azimut)}" for seen in _evening_planets(night)]
    lights = ", ".join([*planets, moon(night.phase)])
    yield f"{WORDS['soiree']}{lights}"
    if events:
        yield events
