"""What only the page of a place shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.outputs.pages.views.shared import Fait, Message

__all__ = ["FermetureView", "HorairesView", "LieuView", "SemaineView"]


@dataclass(frozen=True, slots=True)
class FermetureView:
    """What is said of a closure until the end of ``fin``, its last day."""

    message: Message
    fin: date


@dataclass(frozen=True, slots=True)
class SemaineView:
    """The hours of each day of a week, by its name; ``titre`` is when they hold, ``""`` when there
    is no other week; ``dates`` first and last days of the year, as ``DateSpan``, for the script."""

    titre: str
    dates: str
    jours: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HorairesView:
    """Opening hours: tables of weeks, sentences for the rest. For the script that knows the
    reader's clock: ``regles`` as ``OpeningHours.compact``, ``fermetures`` and ``vacances`` as
    first and last days (ISO), all as JSON; ``""`` when there are none."""

    semaines: tuple[SemaineView, ...]
    phrases: tuple[str, ...]
    regles: str
    fermetures: str = ""
    vacances: str = ""


@dataclass(frozen=True, slots=True)
class LieuView:
    """``roles`` are labels, ``liens`` rows about what ties to others a place that offers them
    something."""

    roles: tuple[str, ...] = ()
    liens: tuple[Fait, ...] = ()
    fermetures: tuple[FermetureView, ...] = ()
    horaires: HorairesView | None = None
