"""What features add to contents: facets of the agenda and rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, starmap
from typing import TYPE_CHECKING, Any

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, PlanError
from portail.feature import FacetSpec, Feature, Finding, RuleSpec

from .facets import OUI, Facet, Pair, Sessions, Value

if TYPE_CHECKING:
    from .draft import Draft
    from .item import Item


def facets_of(features: Iterable[Feature]) -> tuple[Facet, ...]:
    return tuple(
        Facet(one.key, one.title, not one.values, valeurs=tuple(starmap(Value, one.values.items())))
        for one in _added(features)
    )


def _added(features: Iterable[Feature]) -> Iterator[FacetSpec]:
    return chain.from_iterable(feature.facets for feature in features)


def facet_of(features: Iterable[Feature], key: str) -> FacetSpec | None:
    return next((facet for facet in _added(features) if facet.key == key), None)


def pairs_of(item: Item, features: Iterable[Feature], items: Mapping[str, Item]) -> Iterator[Pair]:
    """The values that an event has of the facets of features. Raises ``PlanError`` for an unknown
    code.
    """
    for feature in features:
        for facet in feature.facets:
            labels = facet.values or (OUI,)
            for code in dict.fromkeys(facet.reads(item, items)):
                if code not in labels:
                    raise PlanError(
                        f"Le greffon « {feature.name} » donne à {item.ref} la valeur « {code} », "
                        f"que sa facette « {facet.key} » ne connaît pas."
                    )
                yield facet.key, code


def sessions_of(items: Iterable[Item], features: Iterable[Feature]) -> dict[Pair, Sessions]:
    """By switch, the sessions that bear it, of each open event where not all do."""
    events = [item for item in items if not item.reserve]
    return {
        (facet.key, OUI): {item.ref: sessions for item in events if (sessions := tuple(find(item)))}
        for facet in _added(features)
        if (find := facet.sessions)
    }


def faults_of(draft: Draft) -> Iterator[Diagnostic]:
    for feature in draft.features:
        for rule in feature.rules:
            yield from (
                _judged(feature.name, rule, draft) if isinstance(rule, RuleSpec) else rule(draft)
            )


def _judged(name: str, rule: RuleSpec, draft: Draft) -> Iterator[Diagnostic]:
    # What a rule with a code of its own finds. Raises ``PlanError`` for what is no fault.
    for fault in rule.finds(draft):
        if not isinstance(fault, Finding):
            raise PlanError(
                f"Le greffon « {name} », règle {rule.code} : « {str(fault)[:60]} » "
                "n’est pas un « Finding »."
            )
        words: dict[str, Any] = dict(fault.values)
        yield diagnostic(rule.code, draft.place(fault.content, fault.field), **words)
