"""News of an edition: « À la une », lieux, touring resources, older contents of a quiet week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from msgspec.structs import replace

from portail.agenda.weeks import Week
from portail.facts.price import booking_day
from portail.facts.when import to_come
from portail.features.services.editions.editions import heads_of, parent_of, years_of
from portail.model.collections import YearlyEntry
from portail.model.entry import REDACTION, RETIRE, Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.registry import SIGNING, references_of
from portail.outputs.pages.slots import WEEKLY_ASKED
from portail.site.item import Item
from portail.site.site import Site
from portail.text.normalise import is_slug, sort_key
from portail.text.typography import plain, signed, typeset

from . import rules
from .candidates import (
    Open,
    announced,
    candidates_of,
    is_full,
    is_new,
    is_over,
    next_day,
)
from .choice import (
    Choice,
    a_noter,
    answer,
    changed_since,
    classes,
    figure,
    trimmed,
    unhurried,
    week_end,
)
from .editions import LOCAL, WIDE
from .issue import Announced
from .model import Newsletter
from .picks import (
    Changed,
    DepartementEvents,
    Left,
    Motive,
    Pick,
    Selection,
    history_of,
)
from .settings import Edition


def une(choice: Choice, pins: Sequence[str]) -> tuple[Pick, ...]:
    """« À la une »: what the editor pins, what is put forward, then two new contents at least; what
    is on this week-end and what ends is left to its section."""
    later = {on.item.ref for on in choice.matter.week_end if not on.dure}
    later |= {item.ref for item in choice.matter.ending}
    picks = [*_pinned(choice, pins)]
    picks += _featured(choice, later, min(rules.FEATURED, rules.UNE - 2 - len(picks)))
    kinds = [choice.site.items[pick.ref].entry.kind for pick in picks]
    unsent = _unsent(choice, choice.free(choice.matter.news))
    news = [item for item in _worth_leading(choice, unsent) if item.ref not in later]
    picks += _new(choice, news, rules.UNE - len(picks), rules.FULL_UNE, kinds)
    return choice.ordered(picks)


def relire(choice: Choice, count: int) -> tuple[Pick, ...]:
    """Older contents of a quiet week, of ``count`` lines so far: never sent, else not for a year;
    articles first, themes of this newsletter before the rest."""
    places = min(rules.RELIRE, rules.SHORT - count) if count < rules.QUIET else 0
    if places <= 0:
        return ()
    refs = choice.history.refs
    thursday = choice.thursday
    themes = {code for ref in choice.taken for code in choice.site.items[ref].entry.themes}

    def rank(item: Item) -> tuple[object, ...]:
        entry = item.entry
        day = item.entry.publie_le
        age = -(day.toordinal() if day else 0)
        apart = themes.isdisjoint(entry.themes)
        kind = rules.LASTING.index(entry.kind)
        return -choice.level(item), item.ref in refs, kind, apart, age, item.ref

    older = [
        item
        for item in choice.free(choice.matter.older)
        if item.ref not in refs or abs(thursday - refs[item.ref]) >= rules.YEAR
    ]
    picks = []
    for item in sorted(older, key=rank)[:places]:
        ref = item.ref
        day = item.entry.publie_le
        when = f"Publié le {rules.day_in(day, thursday)}" if day else "Sans date"
        sent = f"déjà dans la lettre du {rules.day_in(refs[ref], thursday)}" if ref in refs else ""
        reason = f"{when}, {sent or 'dans aucune lettre'} : à relire, la semaine est calme."
        picks.append(choice.take(ref, "relire", reason))
    return choice.ordered(picks)


def _pinned(choice: Choice, pins: Sequence[str]) -> Iterator[Pick]:
    taken = 0
    for ref in dict.fromkeys(pins):
        item = choice.site.items.get(ref)
        if ref in choice.taken:  # a temps fort, which every letter tells
            continue
        if item is None or not item.entry.paru(choice.matter.connu):
            choice.leave(ref, rules.NOT_PUBLISHED)
        elif not choice.level(item):
            choice.leave(ref, rules.NOT_HERE)
        elif ref in choice.excluded or taken == rules.UNE:
            choice.leave(ref, rules.EXCLUDED if ref in choice.excluded else rules.FULL_UNE)
        else:
            taken += 1
            yield choice.take(ref, "epingle", rules.PINNED)


def _featured(choice: Choice, later: Collection[str], most: int) -> Iterator[Pick]:
    """Contents put forward that no newsletter had: the local first, what ends to be so soonest."""
    free = (item for item in choice.free(choice.matter.featured) if item.ref not in later)
    items = sorted(
        _worth_leading(choice, _unsent(choice, free)),
        key=lambda it: (-choice.level(it), it.entry.a_ne_pas_manquer, it.entry.kind, it.ref),
    )
    for item in items[: max(0, most)]:
        last = item.entry.a_ne_pas_manquer
        assert last is not None
        reason = f"À ne pas manquer, jusqu’au {rules.day_in(last, choice.thursday)}."
        yield choice.take(item.ref, "a-ne-pas-manquer", reason)
    for item in items:
        choice.leave(item.ref, rules.FULL_UNE)


def _unsent(choice: Choice, items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        day = choice.history.refs.get(item.ref)
        if day is None:
            yield item
        else:
            day_sent = rules.day_in(day, choice.thursday)
            choice.leave(item.ref, f"Déjà dans la lettre du {day_sent}.")


def highlights(choice: Choice) -> tuple[Pick, ...]:
    """Temps forts that open within ten days, or that are on, whatever other letters told: in the
    order of the days that their leaves show. What was on before, as a letter said, is reminded."""
    thursday = choice.thursday
    opening = [opened for opened in choice.matter.highlights if choice.level(opened.item)]
    opening.sort(key=lambda opened: (max(opened.du, thursday), opened.au, opened.item.ref))
    picks = []
    for opened in opening:
        item, first, last = opened
        if item.ref in choice.excluded:
            choice.leave(item.ref, rules.EXCLUDED)
            continue
        reason = f"S’ouvre le {rules.day_in(first, thursday)}, dans dix jours au plus."
        if first <= thursday:
            reason = f"En cours, jusqu’au {rules.day_in(last, thursday)}."
        sent = choice.history.refs.get(item.ref, date.min)
        is_reminder = first < thursday and first - rules.OPENS_SOON <= sent
        motive: Motive = "en-cours" if is_reminder else "temps-fort"
        pick = choice.take(item.ref, motive, reason, last if is_reminder else max(first, thursday))
        picks.append(replace(pick, rendez_vous=_held(choice, opened)))
    return choice.ordered(picks)


def _held(choice: Choice, opened: Open) -> int:
    """How many events of the edition, or that one takes part in from home, a temps fort still
    holds."""
    years = years_of(opened.item, choice.site)
    events = chain.from_iterable(year.events for year in years if year.annee == opened.du.year)
    ours = [item for item in events if choice.level(item) == LOCAL or item.partout]
    held = heads_of([event for event in ours if event.listed and choice.level(event)])
    return sum(bool(to_come(event, choice.thursday)) for event in held)


def _lines(opening: Sequence[Pick]) -> int:
    """How many lines temps forts take: those that are reminded share one."""
    reminded = sum(pick.motive == "en-cours" for pick in opening)
    return len(opening) - max(0, reminded - 1)


def _new(
    choice: Choice, items: Sequence[Item], places: int, full: str, kinds: Sequence[Kind] = ()
) -> list[Pick]:
    """New contents: what came out since the last letter, then what is near in time, then what no
    letter told and the next one cannot, then what it can, then what is far or has had its day; the
    local first in each, what another one holds last, then the newest. ``full`` is the reason of
    those left out, ``kinds`` those of the contents before them."""
    last = choice.history.last.toordinal() if choice.history.last else 0
    refs = {item.ref for item in items}
    candidates = [item for item in items if not choice.leave_held(item, refs)]
    candidates.sort(key=lambda item: (-choice.level(item), bool(parent_of(item.entry))))
    stale = [item for item in candidates if _had_its_day(choice, item)]
    far = [item for item in candidates if item not in stale and _is_far(choice, item)]
    ready = [item for item in candidates if item not in stale and item not in far]
    fresh = [item for item in ready if _day(item) >= last]
    late = [item for item in ready if _day(item) < last]
    soon = choice.thursday + rules.AHEAD
    days = {item.ref: next_day(item, choice.thursday) or date.max for item in candidates}
    near = sorted(
        (item for item in late if days[item.ref] <= soon),
        key=lambda item: (-choice.level(item), days[item.ref], item.ref),
    )
    distant = [item for item in late if days[item.ref] > soon]
    distant.sort(key=lambda item: is_new(item, choice.thursday + rules.NEXT))
    far.sort(key=lambda item: (-choice.level(item), days[item.ref], item.ref))
    picks = []
    for item in _varied(choice, (fresh, near, distant, far, stale), places, kinds):
        motive: Motive = "tardif" if _day(item) < last else "nouveau"
        day = days[item.ref] if days[item.ref] < date.max else None
        reason = rules.since(item, choice.thursday, choice.history.last, day)
        picks.append(choice.take(item.ref, motive, reason))
    for item in candidates:
        choice.leave(item.ref, full)
    return picks


def _is_recent(choice: Choice, pick: Pick) -> bool:
    """Whether a content has just come out, or the editors put it forward."""
    day = choice.site.items[pick.ref].entry.publie_le
    forward = pick.motive in ("epingle", "a-ne-pas-manquer")
    return forward or (day is not None and day >= choice.thursday - rules.FRESH)


def _had_its_day(choice: Choice, item: Item) -> bool:
    """Whether the day until which a content was put forward is over."""
    last = item.entry.a_ne_pas_manquer
    return last is not None and last < choice.thursday


def _is_far(choice: Choice, item: Item) -> bool:
    """Whether a content takes place past the three weeks of the letter, so that another one will
    tell it when it is near."""
    day = next_day(item, choice.thursday) if isinstance(item.entry, Event | YearlyEntry) else None
    return day is not None and day > choice.thursday + rules.AHEAD and not _presses(choice, item)


def _presses(choice: Choice, item: Item) -> bool:
    """Whether the booking of an event ends before the letter after next goes out."""
    last = booking_day(item) if isinstance(item.entry, Event) else None
    return last is not None and choice.thursday <= last <= choice.thursday + rules.BOOKING


def _leave_over(choice: Choice) -> None:
    for item in choice.free(choice.matter.over):
        if item.ref not in choice.history.refs:
            day = item.day_told(choice.thursday)
            choice.leave(item.ref, rules.past(day, choice.thursday) if day else rules.OVER)
    for item in choice.free(choice.matter.aged):
        if item.ref not in choice.history.refs:
            choice.leave(item.ref, rules.AGED)


def _shelf(choice: Choice, items: Iterable[Item], most: int) -> tuple[Pick, ...]:
    """New lieux, or new tools."""
    unsent = [*_unsent(choice, choice.free(items))]
    return choice.ordered(_new(choice, unsent, most, rules.FULL_NEW))


def _varied(
    choice: Choice, tiers: Iterable[Sequence[Item]], places: int, kinds: Sequence[Kind]
) -> list[Item]:
    """Contents for ``places``, tier after tier; in each, few are of one kind while there are others
    as near. An edition keeps one place at least for what is its own."""
    counts = Counter(kinds)
    chosen: list[Item] = []
    ours: list[Item] = []
    for tier in tiers:
        for nearness in (LOCAL, WIDE):
            items = [item for item in tier if choice.level(item) == nearness]
            ours += items if nearness == LOCAL else []
            spare: list[Item] = []
            for item in items:
                varied = counts[item.entry.kind] < rules.OF_A_KIND and len(chosen) < places
                (chosen if varied else spare).append(item)
                counts[item.entry.kind] += varied
            chosen += spare[: max(0, places - len(chosen))]
    if chosen and ours and not any(choice.level(item) == LOCAL for item in chosen):
        chosen[-1] = ours[0]
    return chosen


def _worth_leading(choice: Choice, items: Iterable[Item]) -> Iterator[Item]:
    """Contents without a date, or whose next one is within six weeks, or whose booking ends before
    the letter after next goes out; none that is full."""
    for item in items:
        day = next_day(item, choice.thursday)
        if is_full(item, choice.thursday):
            choice.leave(item.ref, rules.NO_ROOM)
        elif day is None or day <= choice.thursday + rules.FAR or _presses(choice, item):
            yield item
        else:
            choice.leave(item.ref, rules.FAR_AWAY)


def _day(item: Item) -> int:
    assert item.entry.publie_le is not None
    return item.entry.publie_le.toordinal()


def contributors(choice: Choice, picks: Iterable[Pick]) -> tuple[str, ...]:
    """Published names of the authors and organisers of what is new: the editors first, unless
    alone, then in the order of the alphabet."""
    refs = (pick.ref for pick in picks if pick.ref not in choice.history.refs)
    names = {name for ref in refs for name in _names(choice.site.items[ref], choice.site)}
    authors = sorted(names - {REDACTION}, key=sort_key)
    return (*([REDACTION] if REDACTION in names else []), *authors) if authors else ()


def _names(item: Item, site: Site) -> Iterator[str]:
    for mention in references_of(item.entry):
        if mention.loc[0] not in SIGNING or len(mention.loc) > 2:
            continue
        ref = mention.named(site.items)
        if ref:
            yield signed(typeset(plain(site.items[ref].entry.titre)))
        elif not (mention.reference.code == RETIRE and is_slug(mention.value)):
            yield typeset(mention.value)  # who took back an entry is not named


def _begun(
    site: Site, week: Week, edition: Edition, editorial: Newsletter | None
) -> tuple[Choice, Sequence[str]]:
    """A choice in which nothing is taken yet; what editors pin."""
    wishes = wishes_of(site, editorial)
    order = {ref: rank for rank, ref in enumerate(dict.fromkeys(wishes["ordre"]))}
    history = history_of(site, week, edition.code)
    excluded = frozenset(wishes["exclus"])
    choice = Choice(site, edition, candidates_of(site, week), history, excluded, order)
    return choice, wishes["epingles"]


def select(
    site: Site, week: Week, edition: Edition, editorial: Newsletter | None = None
) -> Selection:
    """The newsletter of ``week`` in ``edition``, from ``site`` alone, its day included, as wished
    by ``editorial``, the editor's file of the week. Contents that come out after the day or the
    Thursday of the week are left out; the newsletter of ``week``, if sent, does not count."""
    choice, pins = _begun(site, week, edition, editorial)
    matter = choice.matter
    opening = highlights(choice)
    appeals = _asked(choice, pins)
    first = une(choice, pins)
    ending = _ending(choice)
    lieux = _shelf(choice, matter.lieux, rules.LIEUX)
    outils = _shelf(choice, matter.outils, rules.OUTILS)
    calm = not any(_is_recent(choice, pick) for pick in (*first, *lieux, *outils))
    sections = (*first, *ending, *appeals, *lieux, *outils)
    spots, noted, schools = _dates(choice, _lines(opening) + len(sections), calm=calm)
    picks = (*opening, *sections, *noted, *schools, *(pick for one in spots for pick in one.picks))
    again = relire(choice, len(picks))
    changed = changed_since(site, choice.history, choice.thursday, matter.connu, choice.excluded)
    _leave_over(choice)
    answer_ref = answer(choice, first[1:])
    return Selection(
        week,
        edition,
        temps_forts=opening,
        une=first,
        week_end=spots,
        a_noter=noted,
        classes=schools,
        annonces=ending,
        appels=appeals,
        lieux=lieux,
        outils=outils,
        relire=again,
        errata=changed,
        chiffre=figure(choice, (*first, *picks), answer_ref),
        reponse=answer_ref,
        contributeurs=contributors(choice, picks),
        ruban=_ribbon(choice, matter.days),
        etats=tuple(_states(choice, (*picks, *again), changed)),
        calme=calm and bool(picks),
        laisses=tuple(Left(ref, reason) for ref, reason in choice.left.items()),
        propre=any(choice.level(site.items[pick.ref]) == LOCAL for pick in picks),
    )


def _dates(
    choice: Choice, held: int, *, calm: bool
) -> tuple[tuple[DepartementEvents, ...], tuple[Pick, ...], tuple[Pick, ...]]:
    """This week-end, dates to note and offers for classes, in as many lines as a letter leaves
    that holds ``held``; in a ``calm`` week, what can wait does."""
    spots = week_end(choice)
    noted = a_noter(choice)
    schools = classes(choice)
    most = (rules.CALM if calm else rules.LINES) - held
    if calm:
        room = most - sum(bool(spot.picks) for spot in spots)
        schools = unhurried(choice, schools, room - len(noted))
        noted = unhurried(choice, noted, room - len(schools))
    return trimmed(choice, spots, most - len(noted) - len(schools)), noted, schools


def _ribbon(choice: Choice, days: Mapping[date, Collection[str]]) -> tuple[tuple[date, int], ...]:
    """How many events of the edition each day has; nothing when no day has any."""
    counts = [
        (day, sum(bool(choice.level(choice.site.items[ref])) for ref in refs))
        for day, refs in days.items()
    ]
    return tuple(counts) if any(number for _, number in counts) else ()


def _states(
    choice: Choice, picks: Iterable[Pick], changed: Iterable[Changed]
) -> Iterator[tuple[str, Announced]]:
    """What the events among them say of themselves on the day of the newsletter."""
    for ref in sorted({pick.ref for pick in picks} | {pick.ref for pick in changed if pick.apres}):
        item = choice.site.items[ref]
        if item.entry.kind.info.dated:
            yield ref, announced(item, choice.site, choice.thursday)


def wishes_of(site: Site, editorial: Entry | None) -> dict[str, list[str]]:
    """What the editors pin, exclude and put in order, by reference."""
    wishes: dict[str, list[str]] = {"epingles": [], "exclus": [], "ordre": []}
    for mention in references_of(editorial) if editorial else ():
        if mention.loc[0] in wishes:
            wishes[str(mention.loc[0])].append(mention.named(site.items) or mention.value)
    return wishes


def _ending(choice: Choice) -> tuple[Pick, ...]:
    """Annonces and fundings that end soon, those of no newsletter before the others."""
    items = sorted(
        choice.free(choice.matter.ending),
        key=lambda item: (item.ref in choice.history.endings, -choice.level(item)),
    )
    picks = []
    for item in items[: rules.ANNONCES]:
        end = item.entry.limite or choice.thursday
        reason = f"Se termine le {rules.day_in(end, choice.thursday)}."
        picks.append(choice.take(item.ref, "echeance", reason, end))
    for item in items[rules.ANNONCES :]:
        choice.leave(item.ref, rules.FULL_ENDING)
    return choice.ordered(sorted(picks, key=lambda pick: (pick.day, pick.ref)))


def _asked(choice: Choice, pins: Collection[str]) -> tuple[Pick, ...]:
    """What was asked and waits, that no letter told: what ends soonest first. What editors pin
    stays theirs, what ends within days is told as such."""
    waiting = [
        item
        for item in choice.free(WEEKLY_ASKED.ask(choice.site))
        if item.entry.paru(choice.matter.connu)
        and item.ref not in pins
        and item.ref not in choice.history.refs
        and item not in choice.matter.ending
        and not is_over(item, choice.thursday)
    ]
    waiting.sort(key=lambda item: -choice.level(item))
    picks = [choice.take(item.ref, "appel", rules.WAITS) for item in waiting[: rules.ASKED]]
    for item in waiting[rules.ASKED :]:
        choice.leave(item.ref, rules.FULL_ASKED)
    return choice.ordered(picks)
