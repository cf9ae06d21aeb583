"""Choice of an edition: dates, errata, the figure, the answer; no content twice, a reason for each
left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain

from msgspec import Struct, field
from msgspec.structs import replace

from portail.agenda.occurrences import span
from portail.facts.place import PARTOUT, online_link
from portail.facts.when import places_left
from portail.features.services.editions.editions import for_everyone, parent_of
from portail.model.articles import ArticleEntry
from portail.model.event import Event
from portail.site.facets import territory_pair
from portail.site.item import Item
from portail.site.school import SCHOOL, for_classes
from portail.site.site import Site

from . import rules
from .candidates import (
    Candidates,
    On,
    announced,
    change,
    is_full,
    next_day,
)
from .editions import (
    EVERYWHERE,
    PROFESSIONALS,
    communes_named,
    departement_of,
    for_professionals,
    is_within,
    level,
)
from .picks import Changed, DepartementEvents, History, Motive, Pick
from .settings import Edition


class Choice(Struct):
    """The choice of one edition of one week, as it is made."""

    site: Site
    edition: Edition
    matter: Candidates
    history: History
    excluded: frozenset[str]
    """References that the editor refuses."""
    order: Mapping[str, int]
    """Rank of each reference that the editor puts in order."""
    taken: set[str] = field(default_factory=set)
    left: dict[str, str] = field(default_factory=dict)
    """Reason of each reference that is left out."""
    _levels: dict[str, int] = field(default_factory=dict)

    @property
    def thursday(self) -> date:
        """The Thursday when the letter goes out."""
        return self.matter.thursday

    def level(self, item: Item) -> int:
        """How much the edition is concerned by a content: 0 is not at all."""
        if item.ref not in self._levels:
            self._levels[item.ref] = level(self.edition, item, self.site)
        return self._levels[item.ref]

    def free(self, items: Iterable[Item], *, classes: bool = False) -> Iterator[Item]:
        """Contents that concern the edition and are not in yet, those excluded left out, and those
        for others than its readers; those for classes alone wait for their section (``classes``).
        """
        for item in items:
            if item.ref in self.excluded:
                self.leave(item.ref, rules.EXCLUDED)
            elif item.ref not in self.taken and self.level(item):
                why = self.apart(item)
                if why == (rules.FOR_CLASSES if classes else ""):
                    yield item
                elif not classes:
                    self.leave(item.ref, why)

    def apart(self, item: Item) -> str:
        """The reason why a content is not for the readers of the edition: it is for professionals
        alone, or for classes alone; ``""`` without any."""
        key, code = self.edition.filtre or ("", "")
        public = code if key == "public" else ""
        entry = item.entry
        if public != PROFESSIONALS and for_professionals(entry):
            return rules.FOR_TRADE
        school = isinstance(entry, Event) and for_classes(item) and not for_everyone(entry)
        return rules.FOR_CLASSES if school and public not in SCHOOL else ""

    def take(self, ref: str, motive: Motive, reason: str, day: date | None = None) -> Pick:
        """Put a content in, for a French reason."""
        self.taken.add(ref)
        self.left.pop(ref, None)
        return Pick(ref, motive, reason, day)

    def leave(self, ref: str, reason: str) -> None:
        """Note why a content is not in; the first reason stays."""
        if ref not in self.taken:
            self.left.setdefault(ref, reason)

    def leave_held(self, item: Item, refs: Collection[str]) -> bool:
        """Leave out a content that one of ``refs`` or of those that are in holds."""
        parent = parent_of(item.entry)
        is_held = parent in refs or parent in self.taken
        if is_held:
            self.leave(item.ref, rules.HELD)
        return is_held

    def ordered(self, picks: Iterable[Pick]) -> tuple[Pick, ...]:
        """Picks of a section, those that the editor put in order first."""
        return tuple(sorted(picks, key=lambda pick: self.order.get(pick.ref, len(self.order))))


_ONLINE = ""
REPEATED = 8
"""Occurrences from which an event comes back so often that one may come another day."""


def week_end(choice: Choice) -> tuple[DepartementEvents, ...]:
    """Events of this week-end: every département of the region in the order of their codes, then
    others where something is on, then everywhere, then on line; the edition of the region alone
    shows those where nothing is on, and only when something is on somewhere."""
    by_spot: dict[str, list[On]] = defaultdict(list)
    totals: Counter[str] = Counter()
    for on in choice.matter.week_end:
        code = _departement_of(on, choice)
        if code is None or not choice.level(on.item) or on.item.ref in choice.excluded:
            continue
        why = choice.apart(on.item)
        if why:
            choice.leave(on.item.ref, why)
            continue
        totals[code] += not on.dure
        by_spot[code] += [on] if on.item.ref not in choice.taken else []
    chosen = _allotted({code: _ranked(choice, some) for code, some in by_spot.items()}, totals)
    spots = []
    online = [(_ONLINE, "En ligne", _ONLINE)] if _ONLINE in by_spot else []
    for code, nom, facet in (*places(choice.site, by_spot.keys() - {_ONLINE}), *online):
        reason = f"A lieu ce week-end ({nom.partition(' (')[0]})."
        picks = choice.ordered(
            choice.take(on.item.ref, "week-end", reason, on.day) for on in chosen.get(code, ())
        )
        if picks or (choice.edition.filtre is None and code not in by_spot):
            spots.append(DepartementEvents(facet, nom, picks, max(totals[code], len(picks))))
    for on in chain.from_iterable(by_spot.values()):
        choice.leave(on.item.ref, rules.FULL_WEEK_END)
    return tuple(spots) if any(spot.picks for spot in spots) else ()


def trimmed(
    choice: Choice, spots: Sequence[DepartementEvents], most: int
) -> tuple[DepartementEvents, ...]:
    """``spots`` with ``most`` lines in all, but one where something is on: the last goes first."""
    picks_by_code = {spot.code: spot.picks for spot in spots}
    for spot in reversed(spots):
        while sum(map(len, picks_by_code.values())) > most and len(picks_by_code[spot.code]) > 1:
            *first, last = picks_by_code[spot.code]
            picks_by_code[spot.code] = tuple(first)
            choice.taken.discard(last.ref)
            choice.leave(last.ref, rules.FULL_WEEK_END)
    return tuple(replace(spot, picks=picks_by_code[spot.code]) for spot in spots)


def unhurried(choice: Choice, picks: Sequence[Pick], most: int) -> tuple[Pick, ...]:
    """``picks`` without the last dates that another letter may tell, so that ``most`` are left."""
    kept = list(picks)
    for pick in reversed(picks):
        if len(kept) > most and pick.motive == "a-venir":
            kept.remove(pick)
            choice.taken.discard(pick.ref)
            choice.leave(pick.ref, rules.CALM_WEEK)
    return tuple(kept)


def a_noter(choice: Choice) -> tuple[Pick, ...]:
    """Dates to book, the first to end first, then those of three weeks; new ones come first."""
    bookings = [on for on in choice.matter.bookings if any(choice.free([on.item]))]
    ahead = [on for on in choice.matter.ahead if any(choice.free([on.item]))]
    refs = {on.item.ref for on in ahead}
    ahead = [on for on in ahead if not choice.leave_held(on.item, refs)]
    for on in ahead:
        if is_full(on.item, choice.thursday):
            choice.leave(on.item.ref, rules.NO_ROOM)
    ahead = [on for on in ahead if not is_full(on.item, choice.thursday)]
    picks = []
    for on in sorted(bookings, key=lambda on: on.item.ref in choice.history.refs)[: rules.A_NOTER]:
        reason = f"Inscription à prendre, jusqu’au {rules.day_in(on.day, choice.thursday)}."
        picks.append(choice.take(on.item.ref, "reservation", reason, on.day))
    picks.sort(key=lambda pick: (pick.day, pick.ref))
    left = [on for on in ahead if on.item.ref not in choice.taken]
    coming = sorted(left, key=lambda on: _rank(choice, on))[: rules.A_NOTER - len(picks)]
    for on in sorted(coming, key=lambda on: (on.day, on.occurrence.debut, on.item.ref)):
        verb = "Commence" if on.dure else "A lieu"
        reason = f"{verb} dans les trois semaines, le {rules.day_in(on.day, choice.thursday)}."
        picks.append(choice.take(on.item.ref, "a-venir", reason, on.day))
    for on in (*bookings, *ahead):
        choice.leave(on.item.ref, rules.FULL_AHEAD)
    return choice.ordered(picks)


def classes(choice: Choice) -> tuple[Pick, ...]:
    """Offers for classes alone: those to book first, then those of three weeks, then new ones; what
    no letter told comes first among each."""
    matter = choice.matter
    picks = list[Pick]()
    sent_before = choice.history.refs
    for on in sorted(matter.bookings, key=lambda on: on.item.ref in sent_before):
        reason = f"Inscription à prendre, jusqu’au {rules.day_in(on.day, choice.thursday)}."
        picks += _class_picks(choice, on.item, "reservation", reason, on.day)
    coming = [on for on in (*matter.week_end, *matter.ahead) if not on.full]
    for on in sorted(coming, key=lambda on: (on.item.ref in sent_before, on.day)):
        reason = f"A lieu dans les trois semaines, le {rules.day_in(on.day, choice.thursday)}."
        picks += _class_picks(choice, on.item, "a-venir", reason, on.day)
    for item in matter.news:
        if item.ref not in sent_before and places_left(item, choice.thursday):
            day = next_day(item, choice.thursday)
            reason = rules.since(item, choice.thursday, choice.history.last, day)
            picks += _class_picks(choice, item, "classes", reason)
    for pick in picks[rules.CLASSES :]:
        choice.taken.discard(pick.ref)
        choice.leave(pick.ref, rules.FULL_CLASSES)
    kept = sorted(
        picks[: rules.CLASSES],
        key=lambda pick: (pick.motive != "reservation", pick.day or date.max),
    )
    return choice.ordered(kept)


def _class_picks(
    choice: Choice, item: Item, motive: Motive, reason: str, day: date | None = None
) -> list[Pick]:
    return [
        choice.take(item.ref, motive, reason, day) for item in choice.free([item], classes=True)
    ]


def _ranked(choice: Choice, events: Sequence[On]) -> list[On]:
    """Events of a place; one that lasts is shown when it begins, ends, or is new here."""
    refs = {on.item.ref for on in events}
    shown = []
    for on in events:
        if choice.leave_held(on.item, refs):
            continue
        if (
            on.dure
            and on.item.ref in choice.history.refs
            and not begins_or_ends(on, choice.thursday)
        ):
            choice.leave(on.item.ref, rules.REMINDED)
        else:
            shown.append(on)
    return sorted(shown, key=lambda on: _rank(choice, on))


def begins_or_ends(on: On, thursday: date) -> bool:
    """Reminder of what lasts: it began since the newsletter before that of ``thursday``, or its
    week-end is the last."""
    began, ends = span(on.item.occurrences)
    return began > thursday - timedelta(days=4) or ends < thursday + timedelta(days=9)


def _rank(choice: Choice, on: On) -> tuple[object, ...]:
    entry = on.item.of(Event)
    forward = entry.a_ne_pas_manquer
    item = on.item
    when = on.occurrence
    first = (
        forward is None or forward < choice.thursday,
        -choice.level(item),
        not for_everyone(entry),
    )
    sent_before = item.ref in choice.history.refs
    often = len(item.occurrences) > REPEATED
    return (*first, on.full, sent_before, on.dure, often, on.day, when.debut, item.ref)


def _departement_of(on: On, choice: Choice) -> str | None:
    """Code of the département of an event, ``EVERYWHERE``, ``_ONLINE`` when it is there alone, else
    ``None``."""
    entry = on.item.of(Event)
    if on.occurrence.etat == "deplace-en-ligne":
        return _ONLINE
    return departement_of(on.item, choice.site) or (_ONLINE if online_link(entry) else None)


def _allotted(ranked: Mapping[str, list[On]], totals: Mapping[str, int]) -> dict[str, list[On]]:
    """Shares out one line a place, then a second where most is on."""
    order = sorted(ranked, key=lambda code: (-totals[code], code == _ONLINE, code))
    chosen: dict[str, list[On]] = defaultdict(list)
    places = [(code, rank) for rank in range(rules.PER_SPOT) for code in order]
    for code, rank in [place for place in places if len(ranked[place[0]]) > place[1]][
        : rules.WEEK_END
    ]:
        chosen[code].append(ranked[code][rank])
    for some in chosen.values():
        some.sort(key=lambda on: (on.dure, on.day, on.occurrence.debut, on.item.ref))
    return chosen


def places(site: Site, codes: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Code of INSEE, name (« Nord (59) ») and code of facet of the départements of the region, then
    of those of ``codes`` elsewhere, then of what is everywhere."""
    geography = site.geography
    home = geography.departements_of(geography.home.code) if geography.home else ()
    ours = [departement.code for departement in home]
    for departement in map(geography.departement, (*ours, *sorted({*codes} - {*ours}))):
        if departement:
            code = departement.code
            facet = territory_pair(departement, geography)[1]
            yield code, f"{departement.nom} ({code})", facet
    if EVERYWHERE in codes:
        yield EVERYWHERE, PARTOUT, EVERYWHERE


def changed_since(
    site: Site, history: History, today: date, connu: date, excluded: Collection[str] = ()
) -> tuple[Changed, ...]:
    """Events that the last newsletters announced for ``today`` or later, and that are otherwise on
    the day ``connu``, with the days that changed, in the order of the days announced."""
    changes: list[Changed] = []
    for ref, promise in history.promises.items():
        before = promise.how
        item = site.items.get(ref)
        if before is None or ref in excluded:
            continue
        if item is None or not item.entry.paru(connu):
            if any(day >= today.isoformat() for day in before.jours):
                changes.append(Changed(ref, promise.titre, before, None, promise.week))
            continue
        horizon = promise.week.thursday + rules.AHEAD
        both = change(before, item, announced(item, site, today), today, horizon)
        if both:
            changes.append(Changed(ref, promise.titre, *both, promise.week))
    return tuple(sorted(changes, key=lambda event: (event.avant.jours, event.ref)))


def figure(choice: Choice, picks: Iterable[Pick], answer: str) -> str:
    """Reference of the content of the letter whose figure is told: one that no letter gave, of the
    edition rather than of all, another one than that of the ``answer`` if it can be; ``""`` without
    any: a letter does without it."""
    items = [choice.site.items[pick.ref] for pick in picks]
    fresh = [item for item in items if item.ref not in choice.history.figures]
    ours = [item for item in fresh if _counts_here(choice, item)]
    ours.sort(key=lambda item: (-choice.level(item), item.ref == answer))
    return ours[0].ref if ours else ""


def _counts_here(choice: Choice, item: Item) -> bool:
    """Whether a content has a figure, and one that was not counted in another territory than that
    of the edition."""
    entry = item.entry
    site = choice.site
    if not isinstance(entry, ArticleEntry) or entry.chiffre is None:
        return False
    communes = communes_named(entry.chiffre.libelle, site.geography)
    return all(is_within(choice.edition, commune, site) for commune in communes)


def answer(choice: Choice, picks: Iterable[Pick]) -> str:
    """Reference of the first article of ``picks`` that says what it found, which no letter told;
    ``""`` without any. What leads the letter is not among them: its summary is enough."""
    for pick in picks:
        item = choice.site.items[pick.ref]
        if pick.ref not in choice.history.refs and answer_of(item):
            return pick.ref
    return ""


def answer_of(item: Item) -> str:
    """What an article found, as its author sums it up, else in its first box « À retenir »."""
    entry = item.entry
    return (entry.a_retenir or item.facts.a_retenir) if isinstance(entry, ArticleEntry) else ""
