"""The issues of a week that is not sent yet: one for each edition that has something to tell."""

from __future__ import annotations

from typing import NamedTuple

from portail.agenda.weeks import Week
from portail.config import Edition
from portail.model.issue import Issue
from portail.model.newsletter import Newsletter
from portail.newsletter.picks import Selection
from portail.newsletter.select import select
from portail.outputs.newsletter.told import editorial_of, told
from portail.site.memo import per_site
from portail.site.site import Site

__all__ = ["Draft", "draft_of", "drafts"]


class Draft(NamedTuple):
    """An issue to come, and the selection that it puts in words."""

    selection: Selection
    issue: Issue

    @property
    def full(self) -> bool:
        """Whether it tells something: a letter without content nor erratum is not sent."""
        return bool(self.issue.sections or self.issue.errata)


@per_site
def draft_of(site: Site, week: Week, edition: Edition) -> Draft:
    """One edition of the letter of ``week`` as it would go out, whether it was sent or not."""
    item = editorial_of(site, week)
    entry = item.entry if item else None
    editorial = entry if isinstance(entry, Newsletter) else None
    selection = select(site, week, edition, editorial)
    return Draft(selection, told(selection, site))


@per_site
def drafts(site: Site, week: Week) -> tuple[Draft, ...]:
    """Every edition of the letter of ``week`` that has something to tell, in the order of the
    settings."""
    found = (draft_of(site, week, edition) for edition in site.config.lettre.editions)
    return tuple(one for one in found if one.full)
