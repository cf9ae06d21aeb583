"""« Ont contribué »: who signed what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portail.model.entry import REDACTION, RETIRE
from portail.model.registry import references_of
from portail.newsletter.choice import Choice
from portail.newsletter.picks import Pick
from portail.site.item import Item
from portail.site.site import Site
from portail.text.inline import plain
from portail.text.normalise import sort_key
from portail.text.slugs import is_slug
from portail.text.typography import typographie

__all__ = ["contributors"]

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
