"""Sending freezes a week: its issues, how they announce events, who publishes. Once and for all."""

from __future__ import annotations

import json

from portail.agenda.weeks import Week
from portail.model.issue import FORMAT, Announced, Frozen
from portail.outputs.newsletter.issues import drafts
from portail.outputs.newsletter.told import editorial_of
from portail.site.enseigne import masthead_of
from portail.site.site import Site

__all__ = ["freeze", "frozen_text"]


def freeze(site: Site, week: Week) -> Frozen:
    """The letter of ``week`` as it goes out on the day of ``site``, every edition with matter.

    Where two editions announce an event, they announce it alike.
    """
    found = drafts(site, week)
    states: dict[str, Announced] = {}
    for draft in found:
        states |= dict(draft.selection.etats)
    editorial = editorial_of(site, week)
    return Frozen(
        semaine=week.slug,
        fige_le=site.day.date,
        redaction=editorial.stored if editorial else "",
        enseigne=masthead_of(site.config),
        editions={draft.issue.edition: draft.issue for draft in found},
        etats=dict(sorted(states.items())),
    )


def frozen_text(frozen: Frozen) -> str:
    """The text of its file: JSON, a key a line, what has its default value left out.

    The same object gives the same text; the text read again gives the same object.
    """
    told = {"format": FORMAT, **frozen.model_dump(mode="json", exclude_defaults=True)}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
