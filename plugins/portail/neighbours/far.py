"""What is known of another portal: facts of its events and places, never a text of theirs.

Texts are plain and bounded; addresses are whole, and lead to pages of that portal alone.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from portail.agenda.occurrences import Occurrence
from portail.clock import portal_zone


class FarPlace(Struct, frozen=True):
    """Where something is: "" and ``None`` are unknown, ``exacte`` is false for a commune's centre.

    ``code`` and ``departement`` are those of INSEE; ``lat`` and ``lon`` degrees (WGS 84), both or
    none.
    """

    nom: str = ""
    commune: str = ""
    code: str = ""
    departement: str = ""
    lat: float | None = None
    lon: float | None = None
    exacte: bool = False


class FarEvent(Struct, frozen=True):
    """An event of another portal that is open to all, and not over."""

    id: str
    """A URI that survives a change of domain; no two events of a neighbour share one."""
    url: str
    titre: str
    occurrences: tuple[Occurrence, ...]
    """Those that are not over on the day of the build, in the order of time, one at least."""
    etat: str
    """A code of ``etats``: of the event; each occurrence has its own."""
    mode: str
    """``presentiel``, ``en-ligne`` or ``hybride``."""
    place: FarPlace
    formats: tuple[str, ...] = ()
    """Codes of our lists, as are ``publics`` and ``themes``; those we do not know are left out."""
    publics: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    gratuit: bool | None = None
    """``None`` when nothing is said."""
    exemple: bool = False
    """Whether it is openly invented."""

    @property
    def heure_locale(self) -> bool:
        """Whether hours are told on another clock than that of the portal."""
        return any(
            one.debut.utcoffset() != one.debut.astimezone(portal_zone()).utcoffset()
            for one in self.occurrences
        )


class FarLieu(Struct, frozen=True):
    """A place or a structure of the directory of another portal, that a map can show."""

    id: str
    url: str
    titre: str
    type: str
    """A code of ``types-lieux``; ``""`` for one we do not know."""
    place: FarPlace
    themes: tuple[str, ...] = ()
    exemple: bool = False


class Dropped(Struct, frozen=True):
    """What did not hold: how many, and why (French, a small letter first, no stop)."""

    reason: str
    count: int


class Neighbour(Struct, frozen=True):
    """Another portal as its last good copy says it; ``trouble``: the sentence why there is none."""

    slug: str
    nom: str
    url: str
    """Its home page, with a final slash."""
    region: str = ""
    """As the settings say it; ``""`` when they do not."""
    fetched: date | None = None
    """The day when it last said so."""
    old: bool = False
    """Whether that was more than ``OLD_DAYS`` before the day of the build."""
    events: tuple[FarEvent, ...] = ()
    """By their next occurrence, then by ``id``."""
    lieux: tuple[FarLieu, ...] = ()
    """By ``id``."""
    dropped: tuple[Dropped, ...] = ()
    trouble: str = ""


OLD_DAYS = 14
"""Days after which a copy is said to be old: it is still shown, with its day."""
