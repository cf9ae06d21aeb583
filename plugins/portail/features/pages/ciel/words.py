"""What the sky shows, in words."""

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

WORDS: Mapping[str, Any] = rows_of("pages.ciel", "mots")
_RADIUS = 10
# Keys of a planet that an evening shows.
_SEEN = ("nuit", "soir", "leve")


def below(steps: Mapping[float, T], value: float) -> T:
    """What holds under the first step that ``value`` is below, the last one else."""
    return next((word for step, word in steps.items() if value < step), [*steps.values()][-1])


def wind(azimut: float) -> str:
    winds: list[str] = WORDS["vents"]
    return winds[round(azimut / 45) % 8]


def where(spot: Spot) -> str:
    """« au sud-est, à mi-hauteur »."""
    return f"{wind(spot.azimut)}, {below(WORDS['hauteurs'], spot.hauteur)}"


def hour(moment: datetime) -> str:
    return heure(moment.time())


def moon(phase: float) -> str:
    """« Lune au premier quartier »."""
    names: Mapping[float, str] = WORDS["lune"]
    return below(names, phase)


def moon_path(phase: float, *, south: bool) -> str:
    """The outline of what is lit of a disc of radius 10, as the Moon stands in a hemisphere."""
    edge = round(_RADIUS * abs(cos(radians(phase))), 1)
    # Whether the right half is lit, as it is while the Moon grows, seen from the north.
    right = (phase < 180) != south
    full = phase % 180 > 90 if phase < 180 else phase % 180 < 90
    outer = int(right)
    inner = int(right == full)
    return f"M0-10A10 10 0 0 {outer} 0 10A{edge} 10 0 0 {inner} 0-10Z"


def planet(seen: Planet) -> str:
    """When a planet of a night is seen, where, how bright."""
    text = WORDS["planete"][seen.moment].format(
        ou=where(seen.point), debut=hour(seen.debut), fin=hour(seen.fin)
    )
    return f"{text} ({below(WORDS['eclats'], seen.magnitude)})"


def tonight(night: Night) -> str:
    """The brightest planet of an evening, else when it is dark; the Moon."""
    if night.coucher is None and night.soleil:
        return f"le Soleil {WORDS['jour_sans_nuit']}"
    return lights(night, dark(night))


def lights(night: Night, lead: str = "") -> str:
    """The brightest planet of an evening, else ``lead``; the Moon."""
    seen = [planet_seen for planet_seen in night.planetes if planet_seen.moment in _SEEN]
    first = min(seen, key=lambda planet_seen: planet_seen.magnitude, default=None)
    if first:
        lead = f"{first.nom} {wind(first.point.azimut)} dès {hour(first.debut)}"
    return ", ".join(filter(None, (lead, moon(night.phase))))


def dark(night: Night) -> str:
    """From when it is dark, or that it is not."""
    if night.noir:
        return f"nuit noire dès {hour(night.noir)}"
    return str(WORDS["sans_noir"])


def sun_hours(night: Night) -> str:
    """« lever 7 h 40, coucher 19 h 37 »; of a polar day or night, that it is one."""
    rise_set = _rise_set(night.lever, night.coucher)
    return rise_set or str(WORDS["jour_sans_nuit" if night.soleil else "nuit_sans_jour"])


def moon_hours(night: Night) -> str:
    return _rise_set(night.lune_lever, night.lune_coucher)


def _rise_set(rise: datetime | None, setting: datetime | None) -> str:
    moments = sorted((at, word) for word, at in (("lever", rise), ("coucher", setting)) if at)
    return ", ".join(f"{word} {hour(at)}" for at, word in moments)


def sun(night: Night) -> str:
    """The same, and from when it is dark."""
    hours = f"Soleil : {sun_hours(night)}"
    up_all_day = night.lever is None and night.coucher is None and night.soleil
    if up_all_day:
        return hours
    return f"{hours}, {dark(night)}"


def sunset(night: Night) -> str:
    """« Soleil couché à 19 h 37, nuit noire dès 21 h 28. », on a day that has one."""
    text: str = WORDS["couchant"]
    if night.coucher:
        return text.format(coucher=hour(night.coucher), noir=dark(night))
    return ""


def happening(event: Happening) -> str:
    """What happens, and when."""
    return str(WORDS["faits"][event.sorte]).format(
        qui=capital(" et ".join(event.noms)),
        heure=hour(event.quand),
        valeur=f"{event.valeur:g}".replace(".", ","),
        debut=hour(event.debut or event.quand),
        fin=hour(event.fin or event.quand),
        lune=below(WORDS["gene"], event.lune),
    )


def evening_lines(night: Night, happening: str) -> Iterator[str]:
    """The Sun, the planets of the evening and the Moon, then what happens."""
    yield sun(night)
    names = [
        f"{planet_seen.nom} {wind(planet_seen.point.azimut)}"
        for planet_seen in night.planetes
        if planet_seen.moment in _SEEN
    ]
    seen = ", ".join([*names, moon(night.phase)])
    yield f"{WORDS['soiree']}{seen}"
    if happening:
        yield happening
