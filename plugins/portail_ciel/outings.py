"""What one goes out for in the sky, at most once a fortnight: told as what is on everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath

from msgspec import Struct

from portail.agenda.occurrences import Occurrence
from portail.body.document import BodyFacts
from portail.clock import portal_zone
from portail.feature import Around
from portail.files import digest_of
from portail.model.event import Event
from portail.outputs.pages.views.shared import Lien
from portail.site.draft import Draft
from portail.source.store import Loaded, kept
from portail.text.typography import capital

from . import words
from .place import almanac_of, town_of
from .sky import Almanac, Happening

PAGE = Lien("Le ciel de la semaine", "/ciel/")
NAME = "ciel"
THEME = "astronomie-espace"
# From the month before, so that a new day computes nothing.
_AHEAD = timedelta(days=366)
_FORTNIGHT = timedelta(days=14)
# Sorts, the rarest first: the others within a fortnight of it are left out.
_RANKS = ("eclipse", "opposition", "meteores")
# Stars an hour that the Moon has to leave, and what it leaves by the share of it that is lit.
_ENOUGH = 10
_LEFT: Mapping[float, float] = {25: 1, 60: 0.5, 101: 0.2}


class Outing(Struct, frozen=True):
    """What one goes out for: from when to when on the clock of the portal, in words."""

    debut: datetime
    fin: datetime | None
    titre: str
    texte: str
    # What one asks for it by.
    mots: tuple[str, ...]

    @property
    def occurrence(self) -> Occurrence:
        end = self.fin and self.fin.replace(tzinfo=portal_zone())
        return Occurrence(self.debut.replace(tzinfo=portal_zone()), end, False, "programme", 0)

    @property
    def jour(self) -> date:
        """The day under which it is listed."""
        return self.occurrence.first_day

    @property
    def ancre(self) -> str:
        return f"Jour-{self.jour}"


def load(around: Around) -> tuple[tuple[Outing, ...], tuple[()]]:
    """Those of a year, computed once a month for a place."""
    town = town_of(around.config, around.geography)
    if town is None:
        return (), ()
    first = (around.day.replace(day=1) - timedelta(days=1)).replace(day=1)
    key = f"{town.code} {first}"
    kind = tuple[Outing, ...]
    return kept(around.store, NAME, key, kind, lambda: outings(almanac_of(town), first)), ()


def outings(almanac: Almanac, first: date) -> tuple[Outing, ...]:
    """Those of the year that begins on a day, in the order of time."""
    last = first + _AHEAD
    happenings = almanac.outings(first - _FORTNIGHT, last + _FORTNIGHT)
    rarest = [
        _told(happening) for happening in sorted(happenings, key=_rank) if _is_worth(happening)
    ]
    kept = [
        happening
        for rank, happening in enumerate(rarest)
        if first <= happening.jour < last
        and all(abs(happening.jour - rarer.jour) >= _FORTNIGHT for rarer in rarest[:rank])
    ]
    return tuple(sorted(kept, key=lambda happening: happening.debut))


def _rank(happening: Happening) -> tuple[int, float, datetime]:
    return _RANKS.index(happening.sorte.partition("-")[0]), -happening.valeur, happening.quand


def _is_worth(happening: Happening) -> bool:
    light = words.by_step(_LEFT, happening.lune)
    return happening.sorte != "meteores" or happening.valeur * light >= _ENOUGH


def _told(happening: Happening) -> Outing:
    who = capital(" et ".join(happening.noms))
    title = words.WORDS["sorties"][happening.sorte].format(qui=who)
    asked = [word.format(qui=who) for word in words.WORDS["demandes"][happening.sorte]]
    return Outing(
        happening.debut or happening.quand,
        happening.fin,
        title,
        f"{words.happening(happening)}.",
        tuple(asked),
    )


def told(draft: Draft) -> Iterator[tuple[str, Loaded]]:
    """The same as events without a file, each with where it is told."""
    for outing in draft.parts[NAME]:
        digest = digest_of(repr(outing))
        entry = Event.model_construct(
            slug=outing.ancre,
            titre=outing.titre,
            resume=outing.texte,
            publie_le=outing.jour - _AHEAD,
            themes=(THEME,),
            mots_cles=outing.mots,
            dedans_dehors=("dehors",),
            partout=True,
        )
        facts = BodyFacts((), (), (), external=(), words=0, excerpt="", digest=digest)
        path = PurePosixPath(NAME, outing.ancre)
        loaded = Loaded(path, digest, entry, facts, (outing.occurrence,), front=digest)
        yield f"{PAGE.url}#{outing.ancre}", loaded
