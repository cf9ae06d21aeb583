"""Which week a command speaks of, and whether its letter can be shown or frozen."""

from __future__ import annotations

import re
from datetime import timedelta

from portail.agenda.weeks import Week
from portail.cli.terminal import safe
from portail.errors import ConfigError
from portail.site.site import Site
from portail.text.dates import jour

__all__ = ["asked_week", "checked_week", "open_week"]

LATE = timedelta(days=7)
"""How long after its Sunday a letter may still go out."""


def asked_week(text: str) -> Week:
    """The week that was typed: ``2021-s39``. Raises ``ConfigError`` with the nearest writing."""
    week = Week.parse(text)
    if week is not None and 1990 <= week.year <= 2100:
        return week
    found = re.fullmatch(r"(\d{4})\W*[sSwW]?\W*(\d{1,2})", text.strip(), re.ASCII)
    near = Week.parse(f"{found[1]}-s{int(found[2]):02}") if found else None
    if near is not None and 1990 <= near.year <= 2100 and near.slug != text:
        hint = f" Vouliez-vous dire « {near.slug} » ?"
    elif found and Week.parse(f"{found[1]}-s01"):
        weeks = 53 if Week.parse(f"{found[1]}-s53") else 52
        hint = f" L’année {found[1]} compte {weeks} semaines."
    else:
        hint = " Écrivez l’année et la semaine : 2021-s39."
    raise ConfigError(f"« {safe(text)} » n’est pas une semaine.{hint}")


def open_week(asked: Week | None, site: Site) -> Week:
    """The week to show: it was sent, or can still be; the present one when none is asked. Raises
    ``ConfigError``."""
    today = site.day.date
    week = asked or Week.of(today)
    return week if week.slug in site.envois else checked_week(week, site)


def checked_week(week: Week, site: Site, *, forced: bool = False) -> Week:
    """A week that is not sent yet and whose letter can go out: it has begun, and is not over for
    more than a week unless ``forced``. Raises ``ConfigError``."""
    today = site.day.date
    now, thursday = Week.of(today), week.thursday
    if week > now:
        raise ConfigError(
            f"La semaine {week.slug} n’a pas commencé : sa lettre partira jeudi "
            f"{jour(thursday, semaine=False)}. Celle de cette semaine est {now.slug}."
        )
    if today > week.last + LATE and not forced:
        raise ConfigError(
            f"La lettre de {week.slug} n’a pas été envoyée, et sa semaine est passée. Pour voir ce "
            f"qu’elle aurait dit : portail newsletter {week.slug} --date {thursday}"
        )
    return week
