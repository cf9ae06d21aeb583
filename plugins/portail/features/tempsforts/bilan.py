"""An edition of a yearly rendezvous in figures, once some organiser told of it. What rests on
returns says on how many, and is not told where there is none. A share is told of five answers at
least; what organisers think is never told of fewer, for one could guess whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from portail.facts.price import PARTOUT
from portail.features.bilans.counting import Cut, Measure, count, table_of
from portail.features.bilans.returns import (
    RESTING,
    EditionEvents,
    ParentEvent,
    edition_of,
    is_over,
    measures,
    scale_of,
)
from portail.features.bilans.table import Bilan, Column, Key, Table, share
from portail.model.event import NIVEAUX, Event
from portail.resources import rows
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.normalise import sort_key
from portail.text.typography import capital, nombre, plain

LEAST = 5
"""Answers below which no share is told."""

_KNOWN: Mapping[str, str] = rows("retours")


@per_site
def bilan_of_edition(site: Site, ref: str, annee: int) -> Bilan:
    """The figures of an edition that is over and of which organisers told; empty before."""
    year, _, told = edition_of(site, ref, annee)
    title = f"{plain(site.items[ref].entry.titre)} {annee} en chiffres"
    if year is None or not is_over(year, site) or not told.told:
        return Bilan(title, annee)
    maker = _EventTables(site, told)
    tables = tuple(filter(None, maker.tables()))
    return Bilan(title, annee, tuple(_phrases(told)), tuple(maker.keys()), tables, _METHOD)


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


def _phrases(told: EditionEvents) -> Iterator[str]:
    if told.invented:
        yield (
            "Aucun organisateur n’a encore raconté comment c’était. Ce qui suit le montre avec les "
            "événements donnés en exemple : ces nombres sont inventés."
        )
    yield f"D’après {told.rate} : ce que les autres n’ont pas dit n’y est pas."
    hard = sum(any(one.difficultes for one in each.returns) for each in told.told)
    if hard and len(told.told) >= LEAST:
        yield f"{nombre(hard)} de ces retours disent une difficulté, que la rédaction a lue."


class _EventTables(Struct, frozen=True):
    """Makes the tables of events; those of examples say so in their titles, which files keep."""

    site: Site
    found: EditionEvents

    def tables(self) -> Iterator[Table]:
        """In the order of a page."""
        yield self.departements()
        yield self.scales()
        yield self.levels()
        yield self.formats()
        yield self.satisfaction()

    def keys(self) -> Iterator[Key]:
        """What is set large."""
        counted = measures(self.found)
        for code, titre in _KNOWN.items():
            value = counted[code]
            if value:
                rests = self.found.rate if code in RESTING else ""
                yield Key(titre, value, note=rests)

    def _table(
        self,
        cut: Cut[ParentEvent],
        measures: Sequence[Measure[ParentEvent]],
        note: str = "",
        *,
        rests: bool = True,
    ) -> Table:
        made = " (exemple inventé)" if self.found.invented else ""
        basis = f"D’après {self.found.rate}." if rests else ""
        note = " ".join(filter(None, (basis, note)))
        cut = replace(cut, titre=f"{cut.titre}{made}")
        return table_of(cut, measures, self.found.events, note=note)

    def departements(self) -> Table:
        """Events, returns, visitors of each département."""
        geography = self.site.geography

        def name(one: ParentEvent) -> str:
            known = one.item.commune and geography.departement(one.item.commune.departement)
            return known.nom if known else PARTOUT if one.item.partout else "Sans commune"

        names = sorted({name(one) for one in self.found.events}, key=sort_key)
        cut = Cut[ParentEvent](
            "departements",
            "Par département",
            "Département",
            lambda one: (name(one),),
            {one: one for one in names},
            rank=False,
        )
        totals = {"tout_public": "Tout public", "eleves": "Scolaires"}
        return self._table(cut, (_HELD, _TOLD, *(_total(*one) for one in totals.items())))

    def scales(self) -> Table:
        """Villages, festivals, parcours, single events; what each received."""
        scales = self.site.vocabularies["envergures"]
        whole = self.found.visitors
        enough = len(self.found.told) >= LEAST

        def visitors(key: str, some: Sequence[ParentEvent]) -> int | None:
            return EditionEvents(tuple(some)).visitors

        def part(key: str, some: Sequence[ParentEvent]) -> int | None:
            known = visitors(key, some)
            return share(known, whole) if enough and known is not None and whole else None

        cut = Cut[ParentEvent](
            "envergures",
            "Par type d’événement",
            "Type",
            lambda one: (scale_of(one, self.site),),
            {code: capital(one.pluriel) for code, one in scales.items()},
            rank=False,
        )
        received = Measure[ParentEvent](Column("Visiteurs"), visitors)
        return self._table(cut, (_HELD, _TOLD, received, Measure(Column("Part", "%"), part)))

    def levels(self) -> Table:
        """Pupils by level, of the returns that tell them apart."""
        labels = {code: capital(self.site.vocabularies.label("publics", code)) for code in NIVEAUX}
        whole = sum(self.found.total(code) or 0 for code in NIVEAUX)
        told = sum(one.count(*NIVEAUX) is not None for one in self.found.held)

        def pupils(code: str, some: Sequence[ParentEvent]) -> int:
            return sum(one.count(code) or 0 for one in some)

        cut = Cut[ParentEvent](
            "niveaux",
            "Les scolaires par niveau",
            "Niveau",
            lambda one: () if one.off else (code for code in NIVEAUX if one.count(code)),
            labels,
            rank=False,
        )
        measures = (Measure(Column("Élèves"), pupils), _part(pupils, whole, told))
        return self._table(cut, measures, f"{nombre(told)} en parle{'nt' * (told > 1)}.")

    def formats(self) -> Table:
        """Events by format: one that has two counts in both."""
        formats = self.site.vocabularies["formats"]
        held = len(self.found.held)
        cut = Cut[ParentEvent](
            "formats",
            "Par format",
            "Format",
            lambda one: () if one.off else one.item.of(Event).format,
            {code: capital(one.label) for code, one in formats.items()},
        )
        measures = (count("Événements"), _part(lambda key, some: len(some), held, held))
        note = "Un événement de deux formats compte dans les deux."
        return self._table(cut, measures, note, rests=False)

    def satisfaction(self) -> Table:
        """What organisers thought; nothing of fewer than ``LEAST``."""
        said = [one.satisfaction for each in self.found.told for one in each.returns]
        told = sum(map(bool, said))
        lists = self.site.vocabularies["satisfactions"]

        def answers(code: str, some: Sequence[ParentEvent]) -> int:
            return sum(one.satisfaction == code for each in some for one in each.returns)

        cut = Cut[ParentEvent](
            "satisfaction",
            "Ce que pensent les organisateurs",
            "Appréciation",
            lambda one: filter(None, (each.satisfaction for each in one.returns)),
            {code: capital(one.pluriel) for code, one in lists.items()} if told >= LEAST else {},
            rank=False,
        )
        measures = (Measure(Column("Réponses"), answers), _part(answers, told, told))
        return self._table(cut, measures, f"{nombre(told)} la disent.")


_HELD = Measure[ParentEvent](
    Column("Événements"), lambda key, some: sum(not one.off for one in some)
)
_TOLD = Measure[ParentEvent](
    Column("Retours"), lambda key, some: sum(bool(one.returns) for one in some)
)


def _total(name: str, label: str) -> Measure[ParentEvent]:
    """What the returns add up to."""
    return Measure(Column(label), lambda key, some: EditionEvents(tuple(some)).total(name))


def _part(
    of: Callable[[str, Sequence[ParentEvent]], int], whole: int, answers: int
) -> Measure[ParentEvent]:
    """The share of a count, unless there are too few answers."""
    return Measure(
        Column("Part", "%"),
        lambda key, some: share(of(key, some), whole) if answers >= LEAST else None,
    )
