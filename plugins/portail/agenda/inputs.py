"""What the agenda reads of an event: the shapes it needs, whoever declares them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Protocol

__all__ = ["HorairesLike", "MomentLike", "PeriodeLike", "SeanceLike"]


class MomentLike(Protocol):
    """A day and, unless it is a whole day, an hour of Europe/Paris (``model.moment.Moment``)."""

    @property
    def jour(self) -> date:
        """The day."""
        ...

    @property
    def heure(self) -> time | None:
        """The hour, naive; ``None`` for a whole day."""
        ...


class PeriodeLike(Protocol):
    """Days from ``du`` to ``au``, both included (``model.moment.Periode``)."""

    @property
    def du(self) -> date:
        """First day."""
        ...

    @property
    def au(self) -> date:
        """Last day."""
        ...


class SeanceLike(Protocol):
    """One session as written (``model.event.Seance``)."""

    @property
    def debut(self) -> MomentLike:
        """When it begins."""
        ...

    @property
    def fin(self) -> MomentLike | None:
        """When it ends, if known."""
        ...

    @property
    def etat(self) -> str | None:
        """Its own state; ``None``: the event's."""
        ...


class HorairesLike(Protocol):
    """A weekly timetable (``model.event.Horaires``)."""

    @property
    def du(self) -> date:
        """First day."""
        ...

    @property
    def au(self) -> date:
        """Last day, included."""
        ...

    @property
    def tous_les(self) -> Sequence[str]:
        """French names of days; empty: every day."""
        ...

    @property
    def de(self) -> time | None:
        """Hour of beginning; ``None``: whole days."""
        ...

    @property
    def a(self) -> time | None:
        """Hour of end, the same day."""
        ...

    @property
    def sauf(self) -> Sequence[PeriodeLike]:
        """Days without session."""
        ...
