"""News of an edition: « À la une », lieux and tools, older contents of a quiet week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from portail.agenda.weeks import Week
from portail.config import Edition
from portail.model.articles import Newsletter
from portail.model.entry import REDACTION, RETIRE
from portail.model.issue import Announced
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.newsletter.choice import Choice, a_noter, errata, figure, trimmed, week_end
from portail.newsletter.editions import LOCAL, WIDE, level
from portail.newsletter.matter import Matter, announced, matter_of
from portail.newsletter.picks import (
    ANNONCES,
    EXCLUDED,
    FEATURED,
    FULL_ENDING,
    FULL_NEW,
    FULL_UNE,
    HELD,
    LASTING,
    LIEUX,
    LINES,
    NOT_HERE,
    NOT_PUBLISHED,
    OF_A_KIND,
    OUTILS,
    OVER,
    PINNED,
    QUIET,
    RELIRE,
    SHORT,
    UNE,
    YEAR,
    Changed,
    Left,
    Motive,
    Pick,
    Selection,
    already,
    day_in,
    since,
    told,
)
from portail.site.editions import parent_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.normalise import is_slug, sort_key
from portail.text.typography import plain, typographie


def une(choice: Choice, pins: Sequence[str], later: frozenset[str]) -> tuple[Pick, ...]:
    """« À la une »: what the editor pins, what is put forward, what is new, the local first. What
    is put forward leaves two places to what is new.

    ``later`` are contents that another section tells better: what is on this week-end, what ends.
    """
    picks = [*_pinned(choice, pins)]
    picks += _featured(choice, later, min(FEATURED, UNE - 2 - len(picks)))
    fresh, late = _shared_out(choice, choice.matter.news, later)
    told = [choice.site.items[one.ref].entry.kind for one in picks]
    for item in _chosen(choice, fresh, late, UNE - len(picks), told):
        picks.append(_new(choice, item))
    for item in chain(fresh, late):
        choice.leave(item.ref, FULL_UNE)
    return choice.ordered(picks)


def new_of(choice: Choice, items: Sequence[Item], most: int) -> tuple[Pick, ...]:
    """New lieux, or new tools."""
    fresh, late = _shared_out(choice, items, frozenset())
    found = [_new(choice, item) for item in _chosen(choice, fresh, late, most)]
    for item in chain(fresh, late):
        choice.leave(item.ref, FULL_NEW)
    return choice.ordered(found)


def relire(choice: Choice, week: Week, count: int) -> tuple[Pick, ...]:
    """What a quiet week, of ``count`` lines so far, goes back to: what no letter ever told, else
    not for a year; articles first, what is near what this letter tells before the rest."""
    places = min(RELIRE, SHORT - count) if count < QUIET else 0
    if places <= 0:
        return ()
    refs, jour = choice.told.refs, choice.jour
    near = _themes(choice)
    old = [one for one in choice.free(choice.matter.older) if _forgotten(choice, one)]
    old.sort(
        key=lambda one: (
            -choice.level(one),
            one.ref in refs,
            LASTING.index(one.entry.kind),
            near.isdisjoint(one.entry.themes),
            -(one.entry.publie_le.toordinal() if one.entry.publie_le else 0),
            one.ref,
        )
    )
    found = []
    for item in old[:places]:
        day = item.entry.publie_le
        when = f"Publié le {day_in(day, jour)}" if day else "Sans date"
        told = f"déjà dans la lettre du {day_in(refs[item.ref], jour)}" if item.ref in refs else ""
        raison = f"{when}, {told or 'dans aucune lettre'} : à relire, la semaine est calme."
        found.append(choice.take(item.ref, "relire", raison))
    return choice.ordered(found)


def _forgotten(choice: Choice, item: Item) -> bool:
    day = choice.told.refs.get(item.ref)
    return day is None or abs(choice.jour - day) >= YEAR


def _themes(choice: Choice) -> frozenset[str]:
    """Themes of what the letter tells so far."""
    told = (choice.site.items[ref] for ref in choice.taken)
    return frozenset(code for item in told for code in item.entry.themes)


def _pinned(choice: Choice, pins: Sequence[str]) -> Iterator[Pick]:
    taken = 0
    for ref in dict.fromkeys(pins):
        item = choice.site.items.get(ref)
        if item is None or not item.entry.paru(choice.matter.connu):
            choice.leave(ref, NOT_PUBLISHED)
        elif not choice.level(item):
            choice.leave(ref, NOT_HERE)
        elif ref in choice.exclus or taken == UNE:
            choice.leave(ref, EXCLUDED if ref in choice.exclus else FULL_UNE)
        else:
            taken += 1
            yield choice.take(ref, "epingle", PINNED)


def _featured(choice: Choice, later: frozenset[str], most: int) -> Iterator[Pick]:
    """What is put forward, once: the local first, what ends to be so soonest."""
    free = (one for one in choice.free(choice.matter.featured) if one.ref not in later)
    found = [one for one in free if _untold(choice, one)]
    found.sort(
        key=lambda one: (-choice.level(one), one.entry.a_ne_pas_manquer, one.entry.kind, one.ref)
    )
    for item in found[: max(0, most)]:
        last = item.entry.a_ne_pas_manquer
        assert last is not None
        raison = f"À ne pas manquer, jusqu’au {day_in(last, choice.jour)}."
        yield choice.take(item.ref, "a-ne-pas-manquer", raison)
    for item in found:
        choice.leave(item.ref, FULL_UNE)


def _untold(choice: Choice, item: Item) -> bool:
    day = choice.told.refs.get(item.ref)
    if day is not None:
        choice.leave(item.ref, already(day, choice.jour))
    return day is None


def _shared_out(
    choice: Choice, items: Sequence[Item], later: frozenset[str]
) -> tuple[list[Item], list[Item]]:
    """New contents that came out since the last letter, and those that it could have told: the
    local first, what another new content holds last, then the newest."""
    last = choice.told.last
    found = [one for one in choice.free(items) if _untold(choice, one) and one.ref not in later]
    refs = {one.ref for one in found} | choice.taken
    kept = []
    for item in found:
        if parent_of(item.entry) in refs:
            choice.leave(item.ref, HELD)
        else:
            kept.append(item)
    kept.sort(key=lambda one: (-choice.level(one), bool(parent_of(one.entry))))
    fresh = [one for one in kept if last is None or _day(one) >= last.toordinal()]
    late = [one for one in kept if last is not None and _day(one) < last.toordinal()]
    return fresh, late


def _chosen(
    choice: Choice,
    fresh: Sequence[Item],
    late: Sequence[Item],
    places: int,
    told: Sequence[Kind] = (),
) -> list[Item]:
    """New contents for ``places``: the late ones keep one, which goes to the oldest text, since it
    will soon be news no more. Few are of one kind, with those ``told`` before them, while there
    are others as near."""
    if places <= 0:
        return []
    kept = min(late, key=lambda one: (-choice.level(one), *_oldest(one)), default=None)
    room = places - (kept is not None)
    rest = [*fresh, *(one for one in late if one is not kept)]
    counts = Counter([*told, *([kept.entry.kind] if kept else [])])
    found: list[Item] = []
    for near in (LOCAL, WIDE):
        spare: list[Item] = []
        for item in (one for one in rest if choice.level(one) == near):
            varied = counts[item.entry.kind] < OF_A_KIND and len(found) < room
            (found if varied else spare).append(item)
            counts[item.entry.kind] += varied
        found += spare[: room - len(found)]
    return [*found, *([kept] if kept else [])]


def _oldest(item: Item) -> tuple[bool, bool, int, str]:
    entry = item.entry
    return (bool(parent_of(entry)), entry.kind is Kind.EVENT, _day(item), item.ref)


def _day(item: Item) -> int:
    day = item.entry.publie_le
    assert day is not None
    return day.toordinal()


def _new(choice: Choice, item: Item) -> Pick:
    last = choice.told.last
    late = last is not None and _day(item) < last.toordinal()
    motif: Motive = "tardif" if late else "nouveau"
    return choice.take(item.ref, motif, since(item, choice.jour, last))


# « Ont contribué »: who signed what is new.

_SIGNING = ("auteurs", "organisateurs", "organisme", "porteurs", "proprietaire")


def contributors(choice: Choice, picks: Iterable[Pick]) -> tuple[str, ...]:
    """Authors and organisers of what no letter told before, as published names: the editors first,
    then in the order of the alphabet; nobody when the editors are alone. Who took back their sheet
    is not named."""
    new = (one for one in picks if one.motif != "relire" and one.ref not in choice.told.refs)
    names = {name for one in new for name in _names(choice.site.items[one.ref], choice.site)}
    others = sorted(names - {REDACTION}, key=sort_key)
    return (*([REDACTION] if REDACTION in names else []), *others) if others else ()


def _names(item: Item, site: Site) -> Iterator[str]:
    for mention in references_of(item.entry):
        if mention.loc[0] not in _SIGNING or len(mention.loc) > 2:
            continue
        ref = mention.named(site.items)
        if ref:
            yield typographie(plain(site.items[ref].entry.titre))
        elif not (mention.reference.code == RETIRE and is_slug(mention.value)):
            yield typographie(mention.value)


# The selection of one edition of one week: a function of the contents and of the issues sent.


def select(
    site: Site, week: Week, edition: Edition, editorial: Newsletter | None = None
) -> Selection:
    """What the letter of ``week`` tells in ``edition``.

    ``editorial`` is the editor's file of the week: what it pins comes first, what it excludes is
    not in, what it puts in order comes first in its section. Only ``site`` is read, its day
    included: what comes out after it, or after the Thursday of the week, is not known yet; the
    letter of ``week`` itself, if it was sent, does not count. A section without matter is empty.
    """
    choice, pins = _choice(site, week, edition, editorial)
    first = une(choice, pins, _later(choice.matter))
    ending = _ending(choice)
    lieux = new_of(choice, choice.matter.lieux, LIEUX)
    outils = new_of(choice, choice.matter.outils, OUTILS)
    spots = week_end(choice)
    noted = a_noter(choice)
    others = (*first, *ending, *lieux, *outils, *noted)
    spots = trimmed(choice, spots, LINES - len(others))
    picks = (*others, *(pick for spot in spots for pick in spot.picks))
    again = relire(choice, week, len(picks))
    changed = errata(choice)
    _leave_what_is_over(choice)
    return Selection(
        week,
        edition,
        une=first,
        week_end=spots,
        a_noter=noted,
        annonces=ending,
        lieux=lieux,
        outils=outils,
        relire=again,
        errata=changed,
        chiffre=figure(choice, week),
        contributeurs=contributors(choice, picks),
        ruban=_ribbon(site, edition, choice.matter),
        etats=_states(choice, (*picks, *again), changed),
        laisses=tuple(Left(*one) for one in choice.left.items()),
    )


def _later(matter: Matter) -> frozenset[str]:
    """What is on this week-end or ends soon: its own section tells it."""
    on = {one.item.ref for one in matter.week_end if not one.dure}
    return frozenset(on | {item.ref for item in matter.ending})


def _choice(
    site: Site, week: Week, edition: Edition, editorial: Newsletter | None
) -> tuple[Choice, list[str]]:
    """The choice to make, and what is pinned."""
    wishes: dict[str, list[str]] = {"epingles": [], "exclus": [], "ordre": []}
    for mention in references_of(editorial) if editorial else ():
        name = str(mention.loc[0])
        if name in wishes:
            wishes[name].append(mention.named(site.items) or mention.value)
    choice = Choice(
        site,
        edition,
        matter_of(site, week),
        told(site, week, edition.code),
        frozenset(wishes["exclus"]),
        {ref: rank for rank, ref in enumerate(dict.fromkeys(wishes["ordre"]))},
    )
    return choice, wishes["epingles"]


def _ending(choice: Choice) -> tuple[Pick, ...]:
    """Annonces that end soon: those that no letter told to end, the local, the first to end."""
    found = sorted(
        choice.free(choice.matter.ending),
        key=lambda one: (one.ref in choice.told.endings, -choice.level(one)),
    )
    picks = []
    for item in found[:ANNONCES]:
        end = getattr(item.entry, "echeance", choice.jour)
        raison = f"Se termine le {day_in(end, choice.jour)}."
        picks.append(choice.take(item.ref, "echeance", raison, end))
    for item in found[ANNONCES:]:
        choice.leave(item.ref, FULL_ENDING)
    return choice.ordered(sorted(picks, key=lambda one: (one.jour, one.ref)))


def _leave_what_is_over(choice: Choice) -> None:
    for item in choice.free(choice.matter.over):
        if item.ref not in choice.told.refs:
            choice.leave(item.ref, OVER)


def _ribbon(site: Site, edition: Edition, matter: Matter) -> tuple[tuple[date, int], ...]:
    return tuple(
        (day, sum(1 for ref in refs if level(edition, site.items[ref], site)))
        for day, refs in matter.days.items()
    )


def _states(
    choice: Choice, picks: Iterable[Pick], changed: Iterable[Changed]
) -> tuple[tuple[str, Announced], ...]:
    """How the events that are told are announced, those of the errata anew."""
    told = {pick.ref for pick in picks} | {one.ref for one in changed if one.apres}
    items = (choice.site.items[ref] for ref in sorted(told))
    return tuple(
        (one.ref, announced(one, choice.site, choice.jour))
        for one in items
        if one.entry.kind is Kind.EVENT
    )
