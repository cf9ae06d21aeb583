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
    found = almanac.outings(first - _FORTNIGHT, last + _FORTNIGHT)
    rarest = [_told(one) for one in sorted(found, key=_rank) if _is_worth(one)]
    kept = [
        one
        for rank, one in enumerate(rarest)
        if first <= one.jour < last
        and all(abs(one.jour - rarer.jour) >= _FORTNIGHT for rarer in rarest[:rank])
    ]
    return tuple(sorted(kept, key=lambda one: one.debut))


def _rank(one: Happening) -> tuple[int, float, datetime]:
    return _RANKS.index(one.sorte.partition("-")[0]), -one.valeur, one.quand


def _is_worth(one: Happening) -> bool:
    left = words.below(_LEFT, one.lune)
    return one.sorte != "meteores" or one.valeur * left >= _ENOUGH


def _told(one: Happening) -> Outing:
    who = capital(" et ".join(one.noms))
    title = words.WORDS["sorties"][one.sorte].format(qui=who)
    asked = [word.format(qui=who) for word in words.WORDS["demandes"][one.sorte]]
    return Outing(one.debut or one.quand, one.fin, title, f"{words.happening(one)}.", tuple(asked))


def told(draft: Draft) -> Iterator[tuple[str, Loaded]]:
    """The same as events without a file, each with where it is told."""
    for one in draft.parts[NAME]:
        digest = digest_of(repr(one))
        entry = Event.model_construct(
            slug=one.ancre,
            titre=one.titre,
            resume=one.texte,
            publie_le=one.jour - _AHEAD,
            themes=(THEME,),
            mots_cles=one.mots,
            dedans_dehors=("dehors",),
            partout=True,
        )
        facts = BodyFacts((), (), (), external=(), words=0, excerpt="", digest=digest)
        path = PurePosixPath(NAME, one.ancre)
        loaded = Loaded(path, digest, entry, facts, (one.occurrence,), front=digest)
        yield f"{PAGE.url}#{one.ancre}", loaded
