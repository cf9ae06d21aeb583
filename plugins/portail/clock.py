"""The clock of the portal: the one time zone of its hours and of its days, of the whole process,
set where settings are read (``config.site_config``); records depend on it.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

from portail.late import expression

from .diagnostics import ConfigError
from .text.normalise import instant_of
from .text.suggest import nearest

PARIS = ZoneInfo("Europe/Paris")

_INSTANT = expression(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)")

TIMEZONE = "TIMEZONE"

_zone = PARIS


def portal_zone() -> ZoneInfo:
    return _zone


def set_portal_zone(name: object) -> str:
    """Set the clock of the portal; « UTC », which Pelican has when nothing is set, is Europe/Paris.

    Raises ``ConfigError``, with the nearest name, for an unknown zone.
    """
    global _zone
    if name in (None, "", "UTC", PARIS.key):  # said by most: all zones are not listed for it
        _zone = PARIS
        return _zone.key
    known = available_timezones()
    if not isinstance(name, str) or name not in known or "/" not in name:
        near = nearest(str(name), sorted(zone for zone in known if "/" in zone), limit=1)
        hint = f"Vouliez-vous dire {near[0]} ?" if near else "Par exemple : Indian/Reunion."
        raise ConfigError(f"{TIMEZONE} « {name} » n’est pas un fuseau horaire connu. {hint}")
    _zone = ZoneInfo(name)
    return _zone.key


def moment_here(text: str) -> str | None:
    """The day and hour of the portal at the instant ``text``, as content management systems write
    it (RFC 3339, its zone said); ``None`` for anything else.

    >>> moment_here("2026-11-20T09:30:00.000Z"), moment_here("2026-11-20 09:30")
    ('2026-11-20 10:30', None)
    """
    at = instant_of(text) if _INSTANT.fullmatch(text) else None
    if at:
        return f"{at.astimezone(_zone):%Y-%m-%d %H:%M}"
    return None
