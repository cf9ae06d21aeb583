"""What was promised to be continued: the day, a file for one's calendar, links both ways once it is
there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Fait, Feature, Output
from portail.outputs.pages.slots import DESK_TABLES

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.facts.base import Fact
    from portail.outputs.base import Artifact
    from portail.outputs.pages.slots import DeskTable
    from portail.site.draft import Draft
    from portail.site.item import Item
    from portail.site.site import Site


def _sequel(item: Item, site: Site) -> Fact:
    from portail.features.kinds.suites.sequels import sequel

    return sequel(item, site)


def _origin(item: Item, site: Site) -> Fact:
    from portail.features.kinds.suites.sequels import origin

    return origin(item, site)


def _check(draft: Draft) -> Iterable[Diagnostic]:
    from portail.features.kinds.suites.sequels import overdue

    return overdue(draft)


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.kinds.suites.reminder import plan_reminders

    return plan_reminders(site)


def _desk(site: Site) -> Iterator[DeskTable]:
    from portail.features.kinds.suites.desk import desk_table

    return desk_table(site)


_SHOWN = ("page",)
"""A promise is shown until it is kept, which depends on the day: feeds and calendars do not."""

feature = Feature(
    name="suites",
    title="La suite est promise",
    needs=("calendriers",),
    rules=(_check,),
    facts=tuple(
        Fait(fact, kind, _SHOWN) for kind in ("articles", "events") for fact in (_sequel, _origin)
    ),
    outputs=(Output("suites", _plan),),
    slots={DESK_TABLES: _desk},
)
