"""Events that two people may have entered each on their side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from portail.agenda.occurrences import Occurrence
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.site.draft import Draft
from portail.site.rules.ties import near, words_of
from portail.source.store import Loaded
from portail.text.dates import jour
from portail.text.inline import plain

__all__ = ["check_duplicates"]


class _Told:
    """An event as it is compared; its words are read only when its place and hour are another's."""

    __slots__ = ("_lignee", "_mots", "adresse", "commune", "entry", "lieu", "loaded")

    def __init__(self, loaded: Loaded, entry: Event, draft: Draft) -> None:
        self.loaded, self.entry, self.lieu = loaded, entry, entry.lieu or ""
        lieu = draft.entry(f"{Kind.LIEU.value}/{entry.lieu}") if entry.lieu else None
        self.commune = entry.adresse.commune if entry.adresse else entry.en_ligne or ""
        self.adresse = frozenset(words_of((entry.adresse and entry.adresse.nom) or ""))
        if isinstance(lieu, Lieu):
            self.commune = lieu.code_commune or self.lieu
            self.adresse = frozenset(words_of(plain(lieu.titre)))
        self._mots: frozenset[str] | None = None
        self._lignee = {entry.slug}
        above: object = entry
        while isinstance(above, Event) and (name := above.evenement_parent) not in self._lignee:
            self._lignee.add(name or "")
            above = draft.entry(f"{Kind.EVENT.value}/{name}")

    @property
    def mots(self) -> frozenset[str]:
        """Words of the title."""
        if self._mots is None:
            self._mots = frozenset(words_of(plain(self.entry.titre)))
        return self._mots

    @property
    def published(self) -> tuple[date, str]:
        """In which order events were published."""
        return self.entry.publie_le or date.max, str(self.loaded.path)

    def is_like(self, other: _Told) -> bool:
        """Whether the other is likely the same event, the commune and the day being the same."""
        if self.lieu and other.lieu:
            here = self.lieu == other.lieu
        else:
            here = not self.adresse or not other.adresse or bool(self.adresse & other.adresse)
        return here and near(self.mots, other.mots) and not self._tied(other)

    def _tied(self, other: _Told) -> bool:
        """Whether one contains the other, or both are steps of one parcours, or one translates."""
        mine, its = self.entry, other.entry
        steps = mine.etape and its.etape and mine.evenement_parent == its.evenement_parent
        contains = its.slug in self._lignee or mine.slug in other._lignee
        return bool(steps or contains or mine.langue != its.langue)


def check_duplicates(draft: Draft) -> Iterator[Diagnostic]:
    """Two events of one place that begin together under near titles (A513), told once, on the one
    that was published last."""
    held: dict[tuple[str, date], list[tuple[_Told, Occurrence]]] = defaultdict(list)
    for ref, loaded in draft.items.items():
        if isinstance(loaded.entry, Event) and loaded.occurrences and ref not in draft.faulty:
            told = _Told(loaded, loaded.entry, draft)
            for start in loaded.occurrences:
                held[told.commune, start.premier_jour].append((told, start))
    found: dict[frozenset[str], tuple[_Told, _Told, date]] = {}
    for (_, day), together in held.items():
        for (one, start), (other, its) in combinations(together, 2):
            same = start.journee or its.journee or start.debut == its.debut
            pair = frozenset((one.entry.slug, other.entry.slug))
            if same and len(pair) > 1 and pair not in found and one.is_like(other):
                found[pair] = (one, other, day)
    for both in found.values():
        first, last = sorted(both[:2], key=lambda told: told.published)
        yield diagnostic(
            "A513",
            draft.place(last.loaded, ("titre",)),
            titre=plain(first.entry.titre),
            autre=first.loaded.path,
            jour=jour(both[2]),
        )
