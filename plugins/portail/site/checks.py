"""What is wrong across documents: rules that read a whole draft, and what they found before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from msgspec import json

from portail.diagnostics import Diagnostic
from portail.source.store import Loaded, Store, decoded

from .coordinates import check_coordinates
from .draft import Draft
from .extensions import faults_of
from .rules.publication import (
    check_dates,
    check_examples,
    check_former_addresses,
    check_looked_at,
    check_retraits,
    check_slugs,
)
from .rules.references import check_bodies, check_references

# One rule, one function ``Draft → Diagnostic*``; this tuple lists them, but for those of features.
# None reads a title or a summary.
RULES: tuple[Callable[[Draft], Iterator[Diagnostic]], ...] = (
    check_references,
    check_bodies,
    check_coordinates,
    check_dates,
    check_looked_at,
    check_examples,
    check_slugs,
    check_former_addresses,
    check_retraits,
)

# What is kept under the digest of a site: the digests of the texts of which rules said something,
# and what they said.
_Found: TypeAlias = tuple[dict[str, str], tuple[Diagnostic, ...]]


def check(
    draft: Draft, records: Iterable[Loaded], fond: str, *, untitled: str, store: Store
) -> list[Diagnostic]:
    """What rules find in a draft, remembered for a site of the same ``fond`` (``Site.fond``); those
    of the kernel, which read no title, for one that is ``untitled`` the same."""
    found: list[Diagnostic] = []
    digests = {str(record.path): record.digest for record in records}
    for room, key, rules in (
        ("constats", untitled, RULES),
        ("constats des rubriques", fond, (faults_of,)),
    ):
        known: _Found | None = decoded(store.recall(room, [key]).get(key), _Found)
        if known and known[0].items() <= digests.items():
            found += known[1]
            continue
        faults = tuple(chain.from_iterable(rule(draft) for rule in rules))
        found += faults
        if key:
            paths = {str(fault.position.path) for fault in faults}
            texts = {path: digests[path] for path in paths & digests.keys()}
            store.remember(room, {key: json.encode((texts, faults), enc_hook=str).decode()})
    return found
