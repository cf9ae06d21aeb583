"""What is on: this week-end by département, then what to book and to note in three weeks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from portail.agenda.occurrences import span
from portail.facts.where import online_link
from portail.geo.places import Departement
from portail.model.event import Event
from portail.newsletter.choice import Choice
from portail.newsletter.editions import departement_of
from portail.newsletter.matter import On
from portail.newsletter.picks import Pick, Spot
from portail.newsletter.reasons import FULL_AHEAD, FULL_WEEK_END, HELD, REMINDED, day_in
from portail.newsletter.rules import A_NOTER, PER_SPOT, WEEK_END
from portail.site.editions import for_everyone
from portail.site.facets import territory_pair
from portail.site.hierarchy import parent_of

__all__ = ["REPEATED", "a_noter", "begins_or_ends", "trimmed", "week_end"]

_ONLINE = ""
REPEATED = 8
"""Occurrences from which an event comes back so often that one may come another day."""


def week_end(choice: Choice) -> tuple[Spot, ...]:
    """This week-end: every département of the region in the order of their codes, then others
    where something is on, then what is on line. Those where nothing is on are told by the edition
    of the region alone, and only when something is on somewhere."""
    by_spot: dict[str, list[On]] = defaultdict(list)
    totals: Counter[str] = Counter()
    for on in choice.matter.week_end:
        code = _spot_of(on, choice)
        if code is None or not choice.level(on.item) or on.item.ref in choice.exclus:
            continue
        totals[code] += not on.dure
        by_spot[code] += [on] if on.item.ref not in choice.taken else []
    ranked = {code: _ranked(choice, some) for code, some in by_spot.items()}
    chosen = _allotted(ranked, totals)
    spots = []
    for code, nom, facet in _places(choice, by_spot):
        picks = choice.ordered(_told(choice, one, nom) for one in chosen.get(code, ()))
        if picks or (choice.edition.filtre is None and code not in by_spot):
            spots.append(Spot(facet, nom, picks, max(totals[code], len(picks))))
    for some in by_spot.values():
        for on in some:
            choice.leave(on.item.ref, FULL_WEEK_END)
    return tuple(spots) if any(spot.picks for spot in spots) else ()


def trimmed(choice: Choice, spots: Sequence[Spot], most: int) -> tuple[Spot, ...]:
    """``spots`` with ``most`` lines in all, but one where something is on: the last of those that
    tell several goes first."""
    kept = {spot.code: spot.picks for spot in spots}
    for spot in reversed(spots):
        while sum(map(len, kept.values())) > most and len(kept[spot.code]) > 1:
            *first, last = kept[spot.code]
            kept[spot.code] = tuple(first)
            choice.taken.discard(last.ref)
            choice.leave(last.ref, FULL_WEEK_END)
    return tuple(Spot(one.code, one.nom, kept[one.code], one.total) for one in spots)


def a_noter(choice: Choice) -> tuple[Pick, ...]:
    """What to book first, the first day to end first; then what is on in three weeks. What a
    letter told already comes after what none did."""
    bookings = [*_concerned(choice, choice.matter.bookings)]
    ahead = [*_heads(choice, [*_concerned(choice, choice.matter.ahead)])]
    found = []
    for on in sorted(bookings, key=lambda one: one.item.ref in choice.told.refs)[:A_NOTER]:
        raison = f"Inscription à prendre avant le {day_in(on.jour, choice.jour)}."
        found.append(choice.take(on.item.ref, "reservation", raison, on.jour))
    found.sort(key=lambda one: (one.jour, one.ref))
    left = [one for one in ahead if one.item.ref not in choice.taken]
    coming = sorted(left, key=lambda one: _rank(choice, one))[: A_NOTER - len(found)]
    for on in sorted(coming, key=lambda one: (one.jour, one.occurrence.debut, one.item.ref)):
        verb = "Commence" if on.dure else "A lieu"
        raison = f"{verb} dans les trois semaines, le {day_in(on.jour, choice.jour)}."
        found.append(choice.take(on.item.ref, "a-venir", raison, on.jour))
    for on in (*bookings, *ahead):
        choice.leave(on.item.ref, FULL_AHEAD)
    return choice.ordered(found)


def _concerned(choice: Choice, events: Iterable[On]) -> Iterator[On]:
    for on in events:
        if next(choice.free((on.item,)), None):
            yield on


def _heads(choice: Choice, events: Sequence[On]) -> Iterator[On]:
    """Events without those that another one of them holds, or that the letter tells already."""
    refs = {one.item.ref for one in events} | choice.taken
    for on in events:
        if parent_of(on.item.entry) in refs:
            choice.leave(on.item.ref, HELD)
        else:
            yield on


def _ranked(choice: Choice, events: Sequence[On]) -> list[On]:
    """What to tell first of a place; what lasts is told when it begins, ends, or is new here."""
    kept = []
    for on in _heads(choice, events):
        if on.dure and on.item.ref in choice.told.refs and not begins_or_ends(on, choice.jour):
            choice.leave(on.item.ref, REMINDED)
        else:
            kept.append(on)
    return sorted(kept, key=lambda one: _rank(choice, one))


def begins_or_ends(on: On, jour: date) -> bool:
    """Whether what lasts began since the letter before that of ``jour``, or has no other
    week-end after its own: it is told again."""
    began, ends = span(on.item.occurrences)
    return began > jour - timedelta(days=4) or ends < jour + timedelta(days=9)


def _rank(choice: Choice, on: On) -> tuple[object, ...]:
    """What is put forward; for everyone; with places left; that no letter told; that does not last
    nor come back every week; then the order of time."""
    entry = on.item.entry
    assert isinstance(entry, Event)
    forward = entry.a_ne_pas_manquer
    return (
        forward is None or forward < choice.jour,
        -choice.level(on.item),
        not for_everyone(entry),
        on.occurrence.etat == "complet",
        on.item.ref in choice.told.refs,
        on.dure,
        len(on.item.occurrences) > REPEATED,
        on.jour,
        on.occurrence.debut,
        on.item.ref,
    )


def _spot_of(on: On, choice: Choice) -> str | None:
    """Code of the département where an event is told, ``_ONLINE`` when it has moved there or is
    there alone; ``None`` when nobody knows."""
    entry = on.item.entry
    assert isinstance(entry, Event)
    if on.occurrence.etat == "deplace-en-ligne":
        return _ONLINE
    return departement_of(on.item, choice.site) or (_ONLINE if online_link(entry) else None)


def _allotted(ranked: Mapping[str, list[On]], totals: Mapping[str, int]) -> dict[str, list[On]]:
    """One line a place, then a second where most is on, ``WEEK_END`` in all."""
    order = sorted(ranked, key=lambda code: (-totals[code], code == _ONLINE, code))
    chosen: dict[str, list[On]] = defaultdict(list)
    left = WEEK_END
    for rank in range(PER_SPOT):
        for code in order:
            if left and len(ranked[code]) > rank:
                chosen[code].append(ranked[code][rank])
                left -= 1
    for some in chosen.values():
        some.sort(key=lambda one: (one.dure, one.jour, one.occurrence.debut, one.item.ref))
    return chosen


def _told(choice: Choice, on: On, nom: str) -> Pick:
    where = f" ({nom.partition(' (')[0]})" if nom else ""
    return choice.take(on.item.ref, "week-end", f"A lieu ce week-end{where}.", on.jour)


def _places(choice: Choice, held: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """Code of INSEE, name (« Nord (59) ») and code of facet of the places, in their order."""
    geography = choice.site.geography
    home = geography.departements_of(geography.home.code) if geography.home else ()
    codes = [one.code for one in home]
    codes += sorted(code for code in held if code not in codes and code != _ONLINE)
    for code in codes:
        found = geography.departement(code)
        if isinstance(found, Departement):
            yield code, f"{found.nom} ({code})", territory_pair(found, geography)[1]
    if _ONLINE in held:
        yield _ONLINE, "En ligne", _ONLINE
