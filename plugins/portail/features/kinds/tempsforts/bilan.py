"""An edition of a yearly rendezvous in figures, once some organiser told of it.

A share is told of five answers at least: of fewer, one could guess whose it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from portail.facts.place import PARTOUT
from portail.features.services.bilans.counting import Counts, Measure, count, labels
from portail.features.services.bilans.returns import (
    RESTING,
    EditionEvents,
    ParentEvent,
    edition_of,
    is_over,
    measures,
    scale_of,
)
from portail.features.services.bilans.table import Bilan, Column, Key, Table, share
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
    return Bilan(title, annee, tuple(_phrases(events)), tuple(maker.keys()), tables, _METHOD)


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
        keys: Callable[[ParentEvent], Iterable[str | None]],
        names: Mapping[str, str] | None,
        *measures: Measure[ParentEvent],
        note: str = "",
        rests: bool = True,
    ) -> Table:
        mention = " (exemple inventé)" if self.edition.invented else ""
        basis = f"D’après {self.edition.rate}." if rests else ""
        note = " ".join(filter(None, (basis, note)))
        counts = Counts(self.site, 0, self.edition.events)
        return counts.by(f"edition.{name}", keys, names, *measures, note=note, mention=mention)

    def departements(self) -> Table:
        geography = self.site.geography

        def name(event: ParentEvent) -> str:
            departement = event.item.commune and geography.departement(
                event.item.commune.departement
            )
            return (
                departement.nom
                if departement
                else PARTOUT
                if event.item.partout
                else "Sans commune"
            )

        names = sorted({name(event) for event in self.edition.events}, key=sort_key)
        totals = (_total("tout_public", "Tout public"), _total("eleves", "Scolaires"))
        return self._by(
            "departements",
            lambda event: (name(event),),
            {label: label for label in names},
            *(_HELD, _TOLD, *totals),
        )

    def scales(self) -> Table:
        # Villages, festivals, parcours, single events; what each received.
        whole = self.edition.visitors
        enough = len(self.edition.with_returns) >= LEAST

        def visitors(key: str, some: Sequence[ParentEvent]) -> int | None:
            return EditionEvents(tuple(some)).visitors

        def part(key: str, some: Sequence[ParentEvent]) -> int | None:
            number = visitors(key, some)
            return share(number, whole) if enough and number is not None and whole else None

        return self._by(
            "envergures",
            lambda event: (scale_of(event, self.site),),
            labels(self.site, "envergures", plural=True),
            *(_HELD, _TOLD, Measure(Column("Visiteurs"), visitors)),
            Measure(Column("Part", "%"), part),
        )

    def levels(self) -> Table:
        # Pupils by level, of the returns that tell them apart.
        names = {code: capital(self.site.vocabularies.label("publics", code)) for code in NIVEAUX}
        whole = sum(self.edition.total(code) or 0 for code in NIVEAUX)
        answers = sum(event.count(*NIVEAUX) is not None for event in self.edition.took_place)

        def pupils(code: str, some: Sequence[ParentEvent]) -> int:
            return sum(event.count(code) or 0 for event in some)

        return self._by(
            "niveaux",
            lambda event: () if event.off else (code for code in NIVEAUX if event.count(code)),
            names,
            *(Measure(Column("Élèves"), pupils), _part(pupils, whole, answers)),
            note=f"{nombre(answers)} en parle{'nt' * (answers > 1)}.",
        )

    def formats(self) -> Table:
        # Events by format: one that has two counts in both.
        number = len(self.edition.took_place)
        return self._by(
            "formats",
            lambda event: () if event.off else event.item.of(Event).format,
            None,
            *(count("Événements"), _part(lambda key, some: len(some), number, number)),
            note="Un événement de deux formats compte dans les deux.",
            rests=False,
        )

    def satisfaction(self) -> Table:
        # What organisers thought; nothing of fewer than ``LEAST``.
        opinions = [
            answer.satisfaction for event in self.edition.with_returns for answer in event.returns
        ]
        number = sum(map(bool, opinions))

        def answers(code: str, some: Sequence[ParentEvent]) -> int:
            return sum(answer.satisfaction == code for event in some for answer in event.returns)

        return self._by(
            "satisfaction",
            lambda event: (answer.satisfaction for answer in event.returns),
            labels(self.site, "satisfactions", plural=True) if number >= LEAST else {},
            *(Measure(Column("Réponses"), answers), _part(answers, number, number)),
            note=f"{nombre(number)} la disent.",
        )


_HELD = Measure[ParentEvent](
    Column("Événements"), lambda key, some: sum(not event.off for event in some)
)
_TOLD = Measure[ParentEvent](
    Column("Retours"), lambda key, some: sum(bool(event.returns) for event in some)
)


def _total(name: str, label: str) -> Measure[ParentEvent]:
    # What the returns add up to.
    return Measure(Column(label), lambda key, some: EditionEvents(tuple(some)).total(name))


def _part(
    of: Callable[[str, Sequence[ParentEvent]], int], whole: int, answers: int
) -> Measure[ParentEvent]:
    # The share of a count, unless there are too few answers.
    return Measure(
        Column("Part", "%"),
        lambda key, some: share(of(key, some), whole) if answers >= LEAST else None,
    )
