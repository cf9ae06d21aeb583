"""The selection of one edition of one week: a function of the contents and of the issues sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from portail.agenda.weeks import Week
from portail.config import Edition
from portail.model.issue import Announced
from portail.model.kinds import Kind
from portail.model.newsletter import Newsletter
from portail.model.registry import references_of
from portail.newsletter.announced import announced
from portail.newsletter.choice import Choice
from portail.newsletter.editions import level
from portail.newsletter.errata import errata
from portail.newsletter.figure import figure
from portail.newsletter.matter import Matter, matter_of
from portail.newsletter.names import contributors
from portail.newsletter.news import new_of, relire, une
from portail.newsletter.on import a_noter, trimmed, week_end
from portail.newsletter.picks import Changed, Left, Pick, Selection
from portail.newsletter.reasons import FULL_ENDING, OVER, day_in
from portail.newsletter.rules import ANNONCES, LIEUX, LINES, OUTILS
from portail.newsletter.told import told
from portail.site.site import Site

__all__ = ["select"]


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
