"""The table of a letter: ten things at most, a reason for each and for each left out.

``TABLE`` says all of it: which section, up to how many lines, who comes in, in which order. What is
chosen is chosen by rank, then put in order by hour to be shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain

from portail.agenda.weeks import Week
from portail.facts.when import places_left
from portail.model.entry import REDACTION, RETIRE, Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.registry import SIGNING, references_of
from portail.site.facets import is_tool
from portail.site.item import Item
from portail.site.site import Site
from portail.text.normalise import is_slug, sort_key
from portail.text.typography import plain, signed, typeset

from . import candidates, rules
from .announced import announced, changed_since
from .choice import LOCAL, Choice, Row, Thing, departement_of, picked, topic
from .issue import Announced, SectionKey
from .model import Newsletter
from .picks import Changed, Left, Pick, Selection, history_of
from .settings import Edition

TABLE = (
    Row(None, rules.THINGS, "epingle", candidates.pinned),
    Row("faire", 2, "ouverture", candidates.openings),
    Row("faire", 4, "semaine", candidates.of_the_week),
    Row("savoir", 3, "nouveau", candidates.fresh),
    Row("prendre", 1, "ouverture", candidates.openings_ahead),
    Row("prendre", 2, "reservation", candidates.bookings),
    Row("prendre", 3, "echeance", candidates.endings),
    Row("prendre", 3, "a-venir", candidates.ahead),
    Row("faire", 6, "ouverture", candidates.openings_besides),
    Row("faire", 5, "semaine", candidates.of_the_week),
    Row("faire", 4, "ouvert", candidates.open_places),
    Row("savoir", 3, "nouveau", candidates.news),
    Row("savoir", 2, "relire", candidates.older, rules.QUIET),
)
_ORDER: tuple[SectionKey, ...] = ("faire", "savoir", "prendre")
# What no letter leaves for.
_FILLING = ("relire", "ouvert")


def select(
    site: Site, week: Week, edition: Edition, editorial: Newsletter | None = None
) -> Selection:
    """The letter of ``week`` in ``edition``, from ``site`` alone, its day included, as wished by
    ``editorial``, the editor's file of the week. Contents that come out after the day or the
    Thursday of the week are left out; the letter of ``week``, if sent, does not count."""
    wishes = wishes_of(site, editorial)
    history = history_of(site, week, edition.code)
    pins = tuple(wishes["epingles"])
    choice = Choice(
        site, edition, week, history=history, pins=pins, excluded=frozenset(wishes["exclus"])
    )
    for row in TABLE:
        choice.fill(row)
    things = _shown(choice, wishes["ordre"])
    shown = [pick.ref for pick in things]
    season = _aside(choice, candidates.season, shown)[: rules.OF_THE_SEASON]
    opened = _aside(choice, candidates.open_at_the_week_end, shown)[
        : min(rules.OPEN, 1 + rules.THINGS - len(things))
    ]
    thursday = choice.thursday
    known = min(thursday, site.day.date)
    changed = changed_since(site, history, thursday, known, choice.excluded)
    told = {pick.ref for pick in (*things, *season)}
    return Selection(
        week,
        edition,
        things=things,
        season=season if things else (),
        opened=opened,
        counts=tuple(_week_end(choice)),
        classes=_bookable(choice),
        shelves=tuple(_shelves(choice)),
        errata=changed,
        contributeurs=contributors(choice, things),
        etats=tuple(_states(choice, told, changed)),
        laisses=tuple(Left(ref, why) for ref, why in choice.left.items() if ref not in told),
        propre=any(
            pick.motive not in _FILLING and choice.level(site.items[pick.ref]) == LOCAL
            for pick in things
        ),
    )


def _aside(
    choice: Choice, who: Callable[[Choice], Iterable[Thing]], told: Iterable[str]
) -> tuple[Pick, ...]:
    # What is told in one line, after all that is.
    return tuple(
        picked(thing, "encore", "saison")
        for thing in choice.ranked(who)
        if thing.item.ref not in told and not choice.apart(thing.item)
    )


def _shown(choice: Choice, wished: Iterable[str]) -> tuple[Pick, ...]:
    first = lead(choice)
    order = {ref: rank for rank, ref in enumerate(dict.fromkeys(wished))}
    return tuple(
        sorted(
            choice.picks,
            key=lambda pick: (
                first is not None and pick.section != first.section,
                _ORDER.index(pick.section),
                pick is not first,
                order.get(pick.ref, len(order)),
                pick.start,
                -choice.level(choice.site.items[pick.ref]),
            ),
        )
    )


def lead(choice: Choice) -> Pick | None:
    """What leads a letter, and is its subject: what takes place before the next one, else what
    there is to read; never what was one, nor what the last one was about."""
    items = choice.site.items
    leads = choice.history.leads
    last = items.get(leads[-1]) if leads else None
    turns = defaultdict(list)
    for pick in choice.picks:
        if pick.may_lead:
            turns[_turn(choice, pick)].append(pick)
    picks = sorted(turns[min(turns, default=0)], key=partial(_leading, choice))
    fresh = (
        pick
        for pick in picks
        if pick.ref not in leads
        and (pick.motive == "epingle" or last is None or topic(items[pick.ref]) != topic(last))
    )
    return next(fresh, picks[0] if picks else None)


# Which leads before which; what editors pin before all.
_TURNS = ("epingle", "faire", "savoir", "relire", "apart")


def _turn(choice: Choice, pick: Pick) -> int:
    is_apart = pick.motive == "nouveau" and candidates.is_apart(choice.site.items[pick.ref])
    turn = "apart" if is_apart else pick.motive
    return _TURNS.index(turn if turn in _TURNS else pick.section)


def _leading(choice: Choice, pick: Pick) -> tuple[object, ...]:
    # By what leads among those of one turn; editors put what they pin in order.
    if pick.motive == "epingle":
        return ()
    item = choice.site.items[pick.ref]
    until = item.entry.a_ne_pas_manquer
    days = [*item.days_ahead(), *([until] if until else ())]
    return (
        -choice.level(item),
        bool(item.entry.exemple),
        pick.rendez_vous < rules.SEVERAL,
        pick.motive == "ouverture",
        pick.section == "savoir" and max(days, default=date.min) > choice.thursday + rules.WEEK,
        *item.precedence(pick.start, choice.first),
    )


def _week_end(choice: Choice) -> Iterator[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for item in choice.events:
        on = [
            occurrence
            for occurrence in item.occurrences
            if occurrence.maintained and any(map(occurrence.is_on, choice.week.week_end))
        ]
        if on:
            counts[departement_of(item, choice.site)] += 1
    yield from sorted((code, count) for code, count in counts.items() if code)


def _bookable(choice: Choice) -> int:
    return sum(
        isinstance(item.entry, Event)
        and choice.apart(item) == rules.FOR_CLASSES
        and any(
            one.last_day <= choice.thursday + rules.AHEAD
            for one in places_left(item, choice.thursday)
        )
        for item in choice.items
    )


def contributors(choice: Choice, picks: Iterable[Pick]) -> tuple[str, ...]:
    """Published names of the authors and organisers of what came out since the last letter: the
    editors first, unless alone, then in the order of the alphabet."""
    items = [choice.site.items[pick.ref] for pick in picks]
    new = (item for item in items if choice.is_new(item) and not choice.days_told(item))
    names = set(chain.from_iterable(_names(item, choice.site) for item in new))
    authors = sorted(names - {REDACTION}, key=sort_key)
    if authors:
        return (*([REDACTION] if REDACTION in names else []), *authors)
    return ()


def _names(item: Item, site: Site) -> Iterator[str]:
    for mention in references_of(item.entry):
        if mention.loc[0] not in SIGNING or len(mention.loc) > 2:
            continue
        ref = mention.named(site.items)
        if ref:
            yield signed(typeset(plain(site.items[ref].entry.titre)))
        elif not (mention.reference.code == RETIRE and is_slug(mention.value)):
            yield typeset(mention.value)  # who took back an entry is not named


def _shelves(choice: Choice) -> Iterator[tuple[Kind, int]]:
    # How many places and tools came in since the last letter.
    new = [item for item in choice.items if choice.is_new(item)]
    for kind, count in (
        (Kind.LIEU, sum(item.entry.kind is Kind.LIEU for item in new)),
        (Kind.RESSOURCE, sum(map(is_tool, new))),
    ):
        if count:
            yield kind, count


def _states(
    choice: Choice, told: Iterable[str], changed: Iterable[Changed]
) -> Iterator[tuple[str, Announced]]:
    for ref in sorted({*told, *(event.ref for event in changed if event.apres)}):
        item = choice.site.items[ref]
        if item.entry.kind.info.dated:
            yield ref, announced(item, choice.site, choice.thursday)


def wishes_of(site: Site, editorial: Entry | None) -> Mapping[str, list[str]]:
    """What the editors pin, exclude and put in order, by reference."""
    wishes: dict[str, list[str]] = {"epingles": [], "exclus": [], "ordre": []}
    for mention in references_of(editorial) if editorial else ():
        if mention.loc[0] in wishes:
            wishes[str(mention.loc[0])].append(mention.named(site.items) or mention.value)
    return wishes
