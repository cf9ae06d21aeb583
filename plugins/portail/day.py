"""The day of a build."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from msgspec import Struct

from .clock import portal_zone
from .diagnostics import ConfigError
from .text.normalise import iso_day


class Day(Struct, frozen=True):
    """The day of a build; ``pinned`` tells the scripts to use it instead of the reader's clock."""

    date: date
    pinned: bool = False


def build_day(
    argument: str | None, environ: Mapping[str, str], setting: str | None, today: date
) -> Day:
    """The day of the build: argument, PORTAIL_DATE, SOURCE_DATE_EPOCH, else ``today``."""
    for text in (argument, environ.get("PORTAIL_DATE"), setting):
        if text:
            return Day(_read_day(str(text)), pinned=True)
    epoch = environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        if not epoch.isdecimal() or len(epoch) > 10:
            raise ConfigError(f"SOURCE_DATE_EPOCH « {epoch} » n’est pas un nombre de secondes.")
        return Day(datetime.fromtimestamp(int(epoch), tz=UTC).astimezone(portal_zone()).date())
    return Day(today)


def _read_day(text: str) -> date:
    if day := iso_day(text):
        return day
    raise ConfigError(f"« {text} » n’est pas un jour : écrivez AAAA-MM-JJ, par exemple 2027-09-27.")
