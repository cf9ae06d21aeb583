"""Rules across documents: one rule, one function ``Draft → Diagnostic*``; this tuple lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portail.diagnostics import Diagnostic
from portail.site.draft import Draft
from portail.site.rules.agenda import (
    check_children,
    check_forgotten_highlights,
    check_highlights,
    check_steps,
)
from portail.site.rules.bodies import check_bodies
from portail.site.rules.duplicates import check_duplicates
from portail.site.rules.letters import check_invitations, check_letters, check_wishes
from portail.site.rules.publication import (
    check_dates,
    check_former_addresses,
    check_parents,
    check_slugs,
)
from portail.site.rules.references import check_editions, check_references
from portail.site.rules.retraits import check_retraits

__all__ = ["RULES"]

RULES: tuple[Callable[[Draft], Iterator[Diagnostic]], ...] = (
    check_references,
    check_editions,
    check_bodies,
    check_dates,
    check_slugs,
    check_former_addresses,
    check_parents,
    check_highlights,
    check_duplicates,
    check_steps,
    check_children,
    check_forgotten_highlights,
    check_retraits,
    check_letters,
    check_wishes,
    check_invitations,
)
