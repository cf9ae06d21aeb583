"""An edition of a yearly rendezvous in figures, once some organiser told of it.

A share is told of five answers at least: of fewer, one could guess whose it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from portail.facts.place import PARTOUT
from portail.features.services.bilans.counting import labels, table
from portail.features.services.bilans.returns import (
    RESTING,
    EditionEvents,
    ParentEvent,
    edition_of,
    is_over,
    measures,
    scale_of,
)
from portail.features.services.bilans.table import Bilan, Key, Row, Table, Value, share
from portail.model.event import NIVEAUX, Event
from portail.resources import rows
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.normalise import sort_key
from portail.text.typography import capital, nombre, plain

# Answers below which no share is told.
LEAST = 5

_KNOWN: Mapping[str, str] = rows("retours")


@per_site
def bilan_of_edition(site: Site, ref: str, annee: int) -> Bilan:
    """The figures of an edition that is over and of which organisers told; empty before."""
    year, _, events = edition_of(site, ref, annee)
    title = f"{plain(site.items[ref].entry.titre)} {annee} en chiffres"
    if year is None or not is_over(year, site) or not events.with_returns:
        return Bilan(title, annee)
    maker = _EventTables(site, events)
    tables = tuple(filter(None, maker.tables()))
    return Bilan(
        title,
        annee,
        tuple(_phrases(events)),
        cles=tuple(maker.keys()),
        tables=tables,
        methode=_METHOD,
    )


_METHOD = (
    (
        "Un village, un festival ou un parcours compte pour un événement, avec tout ce qu’il "
        "réunit : son retour vaut pour l’ensemble, sinon ceux de ses animations s’additionnent."
    ),
    "Un événement annulé n’est pas compté. Le porteur est la première structure qui organise.",
    (
        "Aucune part n’est donnée pour moins de cinq réponses ; l’appréciation et les difficultés "
        "ne sont jamais dites pour un événement."
    ),
)


def _phrases(events: EditionEvents) -> Iterator[str]:
    if events.invented:
        yield (
            "Aucun organisateur n’a encore raconté comment c’était. Ce qui suit le montre avec les "
            "événements donnés en exemple : ces nombres sont inventés."
        )
    yield f"D’après {events.rate} : ce que les autres n’ont pas dit n’y est pas."
    hard = sum(any(answer.difficultes for answer in event.returns) for event in events.with_returns)
    if hard and len(events.with_returns) >= LEAST:
        yield f"{nombre(hard)} de ces retours disent une difficulté, que la rédaction a lue."


class _EventTables(Struct, frozen=True):
    """Makes the tables of events; those of examples say so in their titles, which files keep."""

    site: Site
    edition: EditionEvents

    def tables(self) -> Iterator[Table]:
        yield self.departements()
        yield self.scales()
        yield self.levels()
        yield self.formats()
        yield self.satisfaction()

    def keys(self) -> Iterator[Key]:
        counted = measures(self.edition)
        for code, titre in _KNOWN.items():
            value = counted[code]
            if value:
                rests = self.edition.rate if code in RESTING else ""
                yield Key(titre, value, note=rests)

    def _by(
        self,
        name: str,
        names: Mapping[str, str],
        keys: Callable[[ParentEvent], Iterable[str | None]],
        count: Callable[[str, EditionEvents], Sequence[Value]],
        note: str = "",
        *,
        rests: bool = True,
    ) -> Table:
        # A table of ``tables.yml``: what is counted of the events that have each key.
        by_key: dict[str | None, list[ParentEvent]] = {}
        for event in self.edition.events:
            for key in dict.fromkeys(keys(event)):
                by_key.setdefault(key, []).append(event)
        rows = [
            Row(label, (*count(key, EditionEvents(tuple(by_key[key]))),))
            for key, label in names.items()
            if key in by_key
        ]
        mention = " (exemple inventé)" if self.edition.invented else ""
        basis = f"D’après {self.edition.rate}." if rests else ""
        note = " ".join(filter(None, (basis, note)))
        return table(f"edition.{name}", rows, note=note, mention=mention)

    def departements(self) -> Table:
        geography = self.site.geography

        def name(event: ParentEvent) -> str:
            town = event.item.commune
            departement = town and geography.departement(town.departement)
            if departement:
                return departement.nom
            if event.item.partout:
                return PARTOUT
            return "Sans commune"

        def count(key: str, some: EditionEvents) -> Sequence[Value]:
            return (*_held(some), some.total("tout_public"), some.total("eleves"))

        names = sorted({name(event) for event in self.edition.events}, key=sort_key)
        known = {label: label for label in names}
        return self._by("departements", known, lambda event: (name(event),), count)

    def scales(self) -> Table:
        # Villages, festivals, parcours, single events; what each received.
        whole = None
        if len(self.edition.with_returns) >= LEAST:
            whole = self.edition.visitors

        def count(key: str, some: EditionEvents) -> Sequence[Value]:
            number = some.visitors
            part = None
            if number is not None and whole:
                part = share(number, whole)
            return (*_held(some), number, part)

        known = labels(self.site, "envergures", plural=True)
        return self._by("envergures", known, lambda event: (scale_of(event, self.site),), count)

    def levels(self) -> Table:
        # Pupils by level, of the returns that tell them apart.
        known = {code: capital(self.site.vocabularies.label("publics", code)) for code in NIVEAUX}
        whole = sum(self.edition.total(code) or 0 for code in NIVEAUX)
        answers = sum(event.count(*NIVEAUX) is not None for event in self.edition.took_place)

        def levels(event: ParentEvent) -> Iterable[str]:
            if event.off:
                return ()
            return (code for code in NIVEAUX if event.count(code))

        def count(code: str, some: EditionEvents) -> Sequence[Value]:
            number = sum(event.count(code) or 0 for event in some.events)
            return number, _part(number, whole, answers)

        note = f"{nombre(answers)} en parle{'nt' * (answers > 1)}."
        return self._by("niveaux", known, levels, count, note)

    def formats(self) -> Table:
        # Events by format: one that has two counts in both.
        whole = len(self.edition.took_place)

        def formats(event: ParentEvent) -> Iterable[str]:
            if event.off:
                return ()
            return event.item.of(Event).format

        def count(code: str, some: EditionEvents) -> Sequence[Value]:
            number = len(some.events)
            return number, _part(number, whole, whole)

        note = "Un événement de deux formats compte dans les deux."
        known = labels(self.site, "formats")
        found = self._by("formats", known, formats, count, note, rests=False)
        return replace(found, lignes=tuple(sorted(found.lignes, key=lambda row: -row.values[0])))

    def satisfaction(self) -> Table:
        # What organisers thought; nothing of fewer than ``LEAST``.
        known = labels(self.site, "satisfactions", plural=True)
        whole = sum(map(bool, _opinions(self.edition.with_returns)))

        def count(code: str, some: EditionEvents) -> Sequence[Value]:
            number = [*_opinions(some.events)].count(code)
            return number, _part(number, whole, whole)

        return self._by(
            "satisfaction",
            known if whole >= LEAST else {},
            lambda event: _opinions([event]),
            count,
            f"{nombre(whole)} la disent.",
        )


def _held(some: EditionEvents) -> tuple[int, int]:
    # How many took place, how many were told of.
    return len(some.took_place), len(some.with_returns)


def _opinions(events: Iterable[ParentEvent]) -> Iterator[str | None]:
    for event in events:
        yield from (answer.satisfaction for answer in event.returns)


def _part(number: int, whole: int, answers: int) -> int | None:
    if answers >= LEAST:
        return share(number, whole)
    return None
