"""Views of the pages of places."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from portail.outputs.pages.views import shared


class FermetureView(Struct, frozen=True):
    """What is said of a closure until the end of ``fin``, its last day."""

    message: shared.Message
    fin: date
    court: bool
    """Whether it runs: one that is to come stands below the hours of the day."""


class SemaineView(Struct, frozen=True):
    """Hours by name of day; ``titre``: when they hold, if not always; as a ``DateSpan``."""

    titre: str
    dates: str
    jours: tuple[tuple[str, str], ...]


class HorairesView(Struct, frozen=True):
    """Tables of weeks, sentences for the rest. In JSON for the script that knows the reader's
    clock: ``regles`` (``OpeningHours.compact``), first and last days of ``fermetures`` and
    ``vacances``."""

    semaines: tuple[SemaineView, ...]
    phrases: tuple[str, ...]
    regles: str
    fermetures: str = ""
    vacances: str = ""


class LieuView(Struct, frozen=True):
    """``accueil`` are rows for groups and partners; ``manque``, ``verifiee`` are said in words."""

    offres: tuple[str, ...] = ()
    fermetures: tuple[FermetureView, ...] = ()
    horaires: HorairesView | None = None
    accueil: tuple[shared.Fait, ...] = ()
    manque: str = ""
    verifiee: str = ""
