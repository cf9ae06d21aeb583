"""How the letter to come would tell of a content, for the preview of a proposal."""

from __future__ import annotations

from collections.abc import Iterator

from portail.agenda.weeks import Week
from portail.outputs.pages.slots import Mention
from portail.site.item import Item
from portail.site.site import Site

from .fragment import change, thing
from .issues import draft_of
from .sent import sent_weeks
from .settings import letter_of

# Number of letters to come that are read: later ones will have changed.
_WEEKS = 6


def mentions(site: Site, item: Item) -> Iterator[Mention]:
    """``item`` in the letter of the region, by the contents of ``site``."""
    edition = letter_of(site.config).editions[0]
    week = Week.of(site.day.date)
    while week.thursday < site.day.date or week.slug in sent_weeks(site):
        week = week.next
    first = week.thursday
    reasons = dict(draft_of(site, week, edition).selection.laisses)
    for _ in range(_WEEKS):
        issue = draft_of(site, week, edition).issue
        for erratum in issue.errata:
            if erratum.ref == item.ref:
                yield Mention(week.thursday, change(erratum))
                return
        for section in issue.sections:
            for line in section.lignes:
                if line.ref == item.ref:
                    yield Mention(week.thursday, f"<ol>\n<li>{thing(line)}</li>\n</ol>")
                    return
        week = week.next
    yield Mention(first, raison=reasons.get(item.ref, ""))
