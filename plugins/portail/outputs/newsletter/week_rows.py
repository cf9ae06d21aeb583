"""What a letter of one's own is composed of: the candidates of the week, in order.

The browser chooses among them by the rules of ``portail.newsletter``; the words are those of the
letter. The format is told in ``docs/technique/ma-lettre.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from portail.agenda.weeks import Week
from portail.config import Edition
from portail.model.event import Event
from portail.model.issue import SectionKey
from portail.model.kinds import Kind
from portail.newsletter.editions import WIDE, departement_of, level, pairs_of
from portail.newsletter.matter import Matter, On, matter_of
from portail.newsletter.on import REPEATED, begins_or_ends
from portail.newsletter.picks import Motive, Pick
from portail.newsletter.rules import LASTING
from portail.site.editions import for_everyone
from portail.site.facets import Pair, territory_pair
from portail.site.item import Item
from portail.site.site import Site

__all__ = ["LISTS", "Candidate", "around", "candidates", "places", "reach"]

LISTS: dict[str, tuple[SectionKey, int, int]] = {
    "epingles": ("une", 5, 5),
    "avant": ("une", 20, 2),
    "une": ("une", 110, 6),
    "week-end": ("week-end", 160, 4),
    "reservations": ("a-noter", 60, 4),
    "a-noter": ("a-noter", 160, 4),
    "annonces": ("annonces", 40, 3),
    "lieux": ("nouveautes", 30, 2),
    "outils": ("nouveautes", 30, 2),
    "relire": ("relire", 30, 3),
}
"""Each list of candidates: the section that tells it, how many it holds, and how many of each value
(a theme, a territory) it holds first, so that no letter lacks its own."""

_NOT_FORWARD, _NOT_FOR_ALL, _FULL, _LASTING, _REPEATED, _REMINDED = (1 << rank for rank in range(6))
"""What ranks an event: it is not put forward; not for everyone; full; it lasts; comes back often;
a letter that told it does not tell it again."""
_WIDE_TERRITORY, _WIDE_PUBLIC, _WIDE_EPCI = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A content that a list of ``LISTS`` holds: why it may be told; the last day when it may;
    what ranks it (``poids``), the code of the département where it is told (``lieu``)."""

    liste: str
    pick: Pick
    fin: date | None = None
    poids: int = 0
    lieu: str = ""


def candidates(
    site: Site, week: Week, pinned: Iterable[str], excluded: Container[str]
) -> Iterator[Candidate]:
    """The candidates of the letter of a week, list after list, at most so many of each.

    ``pinned`` and ``excluded`` are the references that the editors put in and leave out.
    """
    matter = matter_of(site, week)
    found: dict[str, list[Candidate]] = {name: [] for name in LISTS}
    for name, items, motif in _undated(site, week, matter, pinned):
        found[name] += (_undated_one(name, one, motif) for one in items)
    for name, events, motif in _dated(matter):
        found[name] += (_on(name, one, motif, site, week) for one in sorted(events, key=_time))
    for name, some in found.items():
        allowed = [one for one in some if one.pick.ref not in excluded]
        yield from _kept(allowed, site, *LISTS[name][1:])


def places(site: Site, held: Iterable[str]) -> list[tuple[str, str, str]]:
    """Code, code of the facet and name (« Nord (59) ») of each département where something may be
    told, those of the region first; then what is on line, without codes."""
    geography = site.geography
    home = geography.departements_of(geography.home.code) if geography.home else ()
    codes = [one.code for one in home]
    codes += sorted({*held} - {*codes, ""})
    known = filter(None, map(geography.departement, codes))
    found = [
        (one.code, territory_pair(one, geography)[1], f"{one.nom} ({one.code})") for one in known
    ]
    return [*found, ("", "", "En ligne")]


def around(site: Site) -> dict[Pair, Pair]:
    """The département of each EPCI of the region, both as values of facets."""
    geography, home = site.geography, site.geography.home
    wide = {one.code: one for one in geography.departements_of(home.code)} if home else {}
    return {
        territory_pair(one, geography): territory_pair(wide[one.departement], geography)
        for one in geography.epci_of(wide)
    }


def reach(item: Item, site: Site) -> int:
    """To which choices a content that is not their own belongs all the same: every territory,
    every public, the EPCI of its département."""
    wide = 0
    if level(Edition("", "", ("departement", "")), item, site) == WIDE:
        wide |= _WIDE_TERRITORY
    if level(Edition("", "", ("public", "")), item, site) == WIDE:
        wide |= _WIDE_PUBLIC
    first = next(iter(pairs_of(item, site)), ("", ""))
    if first[0] == "departement" and item.entry.kind is not Kind.EVENT:
        wide |= _WIDE_EPCI
    return wide


def _undated(
    site: Site, week: Week, matter: Matter, pinned: Iterable[str]
) -> Iterator[tuple[str, list[Item], Motive]]:
    """What no hour ranks. What another section tells better is not new in « À la une »."""
    later = {on.item.ref for on in matter.week_end if not on.dure}
    later |= {one.ref for one in matter.ending}
    named = (site.items.get(ref) for ref in dict.fromkeys(pinned))
    yield "epingles", [one for one in named if one and one.entry.paru(matter.connu)], "epingle"
    forward = [one for one in matter.featured if one.ref not in later]
    forward.sort(key=lambda one: (one.entry.a_ne_pas_manquer, one.entry.kind, one.ref))
    yield "avant", forward, "a-ne-pas-manquer"
    yield "une", [one for one in matter.news if one.ref not in later], "nouveau"
    yield "annonces", matter.ending, "echeance"
    yield "lieux", matter.lieux, "nouveau"
    yield "outils", matter.outils, "nouveau"
    yield "relire", sorted(matter.older, key=_newest), "relire"


def _dated(matter: Matter) -> Iterator[tuple[str, list[On], Motive]]:
    """What takes place; whether it is told by what holds it depends on the choice."""
    yield "week-end", matter.week_end, "week-end"
    yield "reservations", matter.bookings, "reservation"
    yield "a-noter", matter.ahead, "a-venir"


def _newest(item: Item) -> tuple[int, int, str]:
    """As a quiet week goes back to contents: by kind, then the last published first."""
    day = item.entry.publie_le
    return LASTING.index(item.entry.kind), -(day.toordinal() if day else 0), item.ref


def _undated_one(name: str, item: Item, motif: Motive) -> Candidate:
    entry = item.entry
    fin: date | None = getattr(entry, "echeance", None)
    if isinstance(entry, Event):
        fin = max((one.dernier_jour for one in item.occurrences if one.maintenue), default=None)
    poids = LASTING.index(entry.kind) if motif == "relire" else 0
    return Candidate(
        name, Pick(item.ref, motif, "", fin if name == "annonces" else None), fin, poids
    )


def _time(on: On) -> tuple[date, datetime, str]:
    return on.jour, on.occurrence.debut, on.item.ref


def _on(name: str, on: On, motif: Motive, site: Site, week: Week) -> Candidate:
    last = on.occurrence.dernier_jour
    if motif == "reservation":
        last = min(last, on.jour)
    elif motif == "week-end":
        days = [one.dernier_jour for one in on.item.occurrences if one.maintenue]
        last = max([last, *(one for one in days if one <= week.last)])
    online = on.occurrence.etat == "deplace-en-ligne"
    lieu = "" if online else departement_of(on.item, site)
    return Candidate(name, Pick(on.item.ref, motif, "", on.jour), last, _weight(on, week), lieu)


def _weight(on: On, week: Week) -> int:
    entry, thursday = on.item.entry, week.thursday
    assert isinstance(entry, Event)
    forward = entry.a_ne_pas_manquer
    return (
        _NOT_FORWARD * (forward is None or forward < thursday)
        | _NOT_FOR_ALL * (not for_everyone(entry))
        | _FULL * (on.occurrence.etat == "complet")
        | _LASTING * on.dure
        | _REPEATED * (len(on.item.occurrences) > REPEATED)
        | _REMINDED * (on.dure and not begins_or_ends(on, thursday))
    )


def _kept(some: list[Candidate], site: Site, most: int, of_each: int) -> Iterator[Candidate]:
    """The first ``of_each`` of each value, then the first others, ``most`` in all, in order."""
    counts: Counter[object] = Counter()
    first: set[int] = set()
    for rank, one in enumerate(some):
        pairs = pairs_of(site.items[one.pick.ref], site) or ("",)
        if any(counts[pair] < of_each for pair in pairs):
            counts.update(pairs)
            first.add(rank)
    others = (rank for rank in range(len(some)) if rank not in first)
    first.update(islice(others, max(0, most - len(first))))
    return (some[rank] for rank in sorted(first))
