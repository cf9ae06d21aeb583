"""Choice of an edition: no content twice, a reason for each that is left aside; dates, errata,
the figure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from portail.agenda.occurrences import span
from portail.agenda.weeks import Week
from portail.config import Edition
from portail.facts.price import online_link
from portail.files import digest_bytes
from portail.geo.places import Departement
from portail.model.collections import TempsFort, Territoire
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.parts import Chiffre
from portail.newsletter.editions import departement_of, level
from portail.newsletter.matter import Matter, On, announced, change
from portail.newsletter.picks import (
    A_NOTER,
    AHEAD,
    EXCLUDED,
    FULL_AHEAD,
    FULL_WEEK_END,
    HELD,
    PER_SPOT,
    REMINDED,
    WEEK_END,
    Changed,
    FigurePick,
    Motive,
    Pick,
    Spot,
    Told,
    day_in,
)
from portail.site.editions import for_everyone, parent_of
from portail.site.facets import territory_pair
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site


@dataclass(slots=True)
class Choice:
    """The choice of one edition of one week: what may be told, what was, what the editor refuses
    (``exclus``) and puts in order (``ordre``: the rank of each reference)."""

    site: Site
    edition: Edition
    matter: Matter
    told: Told
    exclus: frozenset[str] = frozenset()
    ordre: Mapping[str, int] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    left: dict[str, str] = field(default_factory=dict)
    _levels: dict[str, int] = field(default_factory=dict)

    @property
    def jour(self) -> date:
        """The Thursday when the letter goes out."""
        return self.matter.jour

    def level(self, item: Item) -> int:
        """How much the edition is concerned by a content: 0 is not at all."""
        known = self._levels.get(item.ref)
        if known is None:
            known = self._levels[item.ref] = level(self.edition, item, self.site)
        return known

    def free(self, items: Iterable[Item]) -> Iterator[Item]:
        """Contents that concern the edition and are not in yet, those that are excluded aside."""
        for item in items:
            if item.ref in self.exclus:
                self.leave(item.ref, EXCLUDED)
            elif item.ref not in self.taken and self.level(item):
                yield item

    def take(self, ref: str, motif: Motive, raison: str, jour: date | None = None) -> Pick:
        """Put a content in."""
        self.taken.add(ref)
        self.left.pop(ref, None)
        return Pick(ref, motif, raison, jour)

    def leave(self, ref: str, raison: str) -> None:
        """Say why a content is not in; what is said first stays."""
        if ref not in self.taken:
            self.left.setdefault(ref, raison)

    def ordered(self, picks: Iterable[Pick]) -> tuple[Pick, ...]:
        """Picks of a section, those that the editor put in order first."""
        return tuple(sorted(picks, key=lambda one: self.ordre.get(one.ref, len(self.ordre))))


# What is on: this week-end by département, then what to book and to note in three weeks.

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
    entry = on.item.of(Event)
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
    entry = on.item.of(Event)
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


# What changed since a letter announced it.


def errata(choice: Choice) -> tuple[Changed, ...]:
    """What the letter of a week tells of the last ones. Told once, since the letter that tells it
    announces them anew; what the editor excludes is not told."""
    return changed_since(choice.site, choice.told, choice.jour, choice.matter.connu, choice.exclus)


def changed_since(
    site: Site, told: Told, jour: date, connu: date, exclus: Collection[str] = ()
) -> tuple[Changed, ...]:
    """Events of the last letters whose announced days are still to come on ``jour``, and that are
    no more as announced on the day ``connu``, with the days that changed; the first day announced
    comes first."""
    found: list[Changed] = []
    for ref, promise in told.promises.items():
        before, item = promise.how, site.items.get(ref)
        if before is None or ref in exclus:
            continue
        if item is None or not item.entry.paru(connu):
            if any(day >= jour.isoformat() for day in before.jours):
                found.append(Changed(ref, promise.titre, before, None, promise.week))
            continue
        now = announced(item, site, jour)
        seen = promise.week.thursday + AHEAD
        both = change(before, item, now, jour, seen)
        if both:
            found.append(Changed(ref, promise.titre, *both, promise.week))
    return tuple(sorted(found, key=lambda one: (one.avant.jours, one.ref)))


# « Le chiffre »: a figure of the region, another each week.

_SHORT = 12
"""Signs of a figure that is one: « 737 652 », « 1,2 million »."""


def figures_of(entry: Entry) -> tuple[Chiffre, ...]:
    """The figures that a content says, by their rank; those of a highlight, edition after
    edition."""
    if isinstance(entry, Lieu | Territoire):
        return entry.chiffres
    if isinstance(entry, TempsFort):
        return tuple(one for edition in entry.editions for one in edition.chiffres)
    return ()


def year_of(entry: Entry, figure: Chiffre) -> int | None:
    """The year that a figure is of: its own, or that of the edition of the highlight."""
    editions = entry.editions if isinstance(entry, TempsFort) else ()
    of_edition = (one.annee for one in editions if any(each is figure for each in one.chiffres))
    return figure.annee or next(of_edition, None)


def figure(choice: Choice, week: Week) -> FigurePick | None:
    """A figure that the edition never told, else the one that it told longest ago; first that of a
    year that is over, then a short one, for it is told large; then its own territory, what is near
    a content of the letter; the week draws among the rest."""
    told, near = choice.told.figures, _near(choice)
    best: tuple[tuple[object, ...], FigurePick] | None = None
    for ref, rang in _figures(choice.site):
        item = choice.site.items[ref]
        level = choice.level(item)
        if ref in choice.exclus or not level or not item.entry.paru(choice.matter.connu):
            continue
        name = f"{ref}#{rang}"
        draw = digest_bytes(f"{week.slug} {name}".encode())
        one = figures_of(item.entry)[rang]
        running = (year_of(item.entry, one) or 0) >= week.year
        long = len(one.valeur) > _SHORT
        rank = (told.get(name, date.min), running, long, -level, ref not in near, draw, name)
        if best is None or rank < best[0]:
            best = rank, FigurePick(ref, rang)
    return best[1] if best else None


@per_site
def _figures(site: Site) -> tuple[tuple[str, int], ...]:
    kinds = (Kind.LIEU, Kind.TERRITOIRE, Kind.TEMPS_FORT)
    items = (item for kind in kinds for item in site.of_kind(kind))
    return tuple((one.ref, rank) for one in items for rank in range(len(figures_of(one.entry))))


def _near(choice: Choice) -> frozenset[str]:
    """What the letter tells, what that names, the pages of the territories where it is."""
    return frozenset(ref for told in choice.taken for ref in _around(told, choice.site))


def _around(ref: str, site: Site) -> Iterator[str]:
    item = site.items[ref]
    yield ref
    yield from item.targets
    for code, _ in item.territoires:
        page = site.indexes.territory_pages.get(code)
        if page and not code.startswith("R"):
            yield page
