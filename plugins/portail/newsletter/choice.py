"""What an edition has chosen so far: no content twice, a reason for all that is left aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from portail.config import Edition
from portail.newsletter.editions import level
from portail.newsletter.matter import Matter
from portail.newsletter.picks import Motive, Pick
from portail.newsletter.reasons import EXCLUDED
from portail.newsletter.told import Told
from portail.site.item import Item
from portail.site.site import Site

__all__ = ["Choice"]


@dataclass(slots=True)
class Choice:
    """The choice of one edition of one week: what may be told, what was, what the editor refuses
    (``exclus``) and puts in order (``ordre``: the rank of each reference)."""

    site: Site
    edition: Edition
    matter: Matter
    told: Told
    exclus: frozenset[str] = frozenset()
    ordre: Mapping[str, int] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    left: dict[str, str] = field(default_factory=dict)
    _levels: dict[str, int] = field(default_factory=dict)

    @property
    def jour(self) -> date:
        """The Thursday when the letter goes out."""
        return self.matter.jour

    def level(self, item: Item) -> int:
        """How much the edition is concerned by a content: 0 is not at all."""
        known = self._levels.get(item.ref)
        if known is None:
            known = self._levels[item.ref] = level(self.edition, item, self.site)
        return known

    def free(self, items: Iterable[Item]) -> Iterator[Item]:
        """Contents that concern the edition and are not in yet, those that are excluded aside."""
        for item in items:
            if item.ref in self.exclus:
                self.leave(item.ref, EXCLUDED)
            elif item.ref not in self.taken and self.level(item):
                yield item

    def take(self, ref: str, motif: Motive, raison: str, jour: date | None = None) -> Pick:
        """Put a content in."""
        self.taken.add(ref)
        self.left.pop(ref, None)
        return Pick(ref, motif, raison, jour)

    def leave(self, ref: str, raison: str) -> None:
        """Say why a content is not in; what is said first stays."""
        if ref not in self.taken:
            self.left.setdefault(ref, raison)

    def ordered(self, picks: Iterable[Pick]) -> tuple[Pick, ...]:
        """Picks of a section, those that the editor put in order first."""
        return tuple(sorted(picks, key=lambda one: self.ordre.get(one.ref, len(self.ordre))))
