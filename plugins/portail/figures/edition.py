"""An edition of a yearly rendezvous in figures, once some organiser told of it. What rests on
returns says on how many, and is not told where there is none. A share is told of five answers at
least; what organisers think is never told of fewer, for one could guess whose it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from portail.facts.price import PARTOUT
from portail.figures.returns import (
    RESTING,
    EditionEvents,
    ParentEvent,
    edition_of,
    is_over,
    measures,
    scale_of,
)
from portail.figures.table import Bilan, Column, Key, Row, Table, counts, share
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
    """Makes the tables of events; those of examples say so in the name of their rows, which files
    keep."""

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
        code: str,
        titre: str,
        premiere: str,
        columns: Iterable[Column],
        lines: Iterable[Row],
        note: str = "",
        *,
        rests: bool = True,
    ) -> Table:
        made = " (exemple inventé)" if self.found.invented else ""
        basis = f"D’après {self.found.rate}." if rests else ""
        note = " ".join(filter(None, (basis, note)))
        return Table(code, titre, f"{premiere}{made}", tuple(columns), tuple(lines), "barres", note)

    def _by(self, code_of: Callable[[ParentEvent], str]) -> dict[str, EditionEvents]:
        groups: dict[str, list[ParentEvent]] = {}
        for one in self.found.events:
            groups.setdefault(code_of(one), []).append(one)
        return {code: EditionEvents(tuple(some)) for code, some in groups.items()}

    def departements(self) -> Table:
        """Events, returns, visitors of each département."""
        geography = self.site.geography

        def name(one: ParentEvent) -> str:
            known = one.item.commune and geography.departement(one.item.commune.departement)
            return known.nom if known else PARTOUT if one.item.partout else "Sans commune"

        groups = self._by(name)
        lines = (
            Row(code, (len(one.held), len(one.told), one.total("tout_public"), one.total("eleves")))
            for code, one in sorted(groups.items(), key=lambda each: sort_key(each[0]))
        )
        columns = ("Événements", "Retours", "Tout public", "Scolaires")
        return self._table(
            "departements", "Par département", "Département", map(Column, columns), lines
        )

    def scales(self) -> Table:
        """Villages, festivals, parcours, single events; what each received."""
        groups = self._by(lambda one: scale_of(one, self.site))
        scales = self.site.vocabularies["envergures"]
        whole = self.found.visitors
        enough = len(self.found.told) >= LEAST
        lines = []
        for code in (one for one in scales if one in groups):
            one = groups[code]
            visitors = one.visitors
            part = share(visitors, whole) if enough and visitors is not None and whole else None
            lines.append(
                Row(capital(scales[code].pluriel), (len(one.held), len(one.told), visitors, part))
            )
        columns = (*map(Column, ("Événements", "Retours", "Visiteurs")), Column("Part", "%"))
        return self._table("envergures", "Par type d’événement", "Type", columns, lines)

    def levels(self) -> Table:
        """Pupils by level, of the returns that tell them apart."""
        labels = {code: capital(self.site.vocabularies.label("publics", code)) for code in NIVEAUX}
        found = {code: self.found.total(code) or 0 for code in NIVEAUX}
        told = sum(one.count(*NIVEAUX) is not None for one in self.found.held)
        lines = _shared(counts(found, labels, sum(found.values()), ordered=False), told)
        columns = (Column("Élèves"), Column("Part", "%"))
        note = f"{nombre(told)} en parle{'nt' * (told > 1)}."
        return self._table("niveaux", "Les scolaires par niveau", "Niveau", columns, lines, note)

    def formats(self) -> Table:
        """Events by format: one that has two counts in both."""
        formats = self.site.vocabularies["formats"]
        found = Counter(code for one in self.found.held for code in one.item.of(Event).format)
        labels = {code: capital(one.label) for code, one in formats.items()}
        lines = _shared(counts(found, labels, len(self.found.held)), len(self.found.held))
        columns = (Column("Événements"), Column("Part", "%"))
        note = "Un événement de deux formats compte dans les deux."
        return self._table("formats", "Par format", "Format", columns, lines, note, rests=False)

    def satisfaction(self) -> Table:
        """What organisers thought; nothing of fewer than ``LEAST``."""
        said = [one.satisfaction for each in self.found.told for one in each.returns]
        found = Counter(filter(None, said))
        told = sum(found.values())
        labels = {
            code: capital(one.pluriel)
            for code, one in self.site.vocabularies["satisfactions"].items()
        }
        lines = counts(found, labels, told, ordered=False) if told >= LEAST else ()
        columns = (Column("Réponses"), Column("Part", "%"))
        note = f"{nombre(told)} la disent."
        return self._table(
            "satisfaction", "Ce que pensent les organisateurs", "Appréciation", columns, lines, note
        )


def _shared(lines: Iterable[Row], answers: int) -> tuple[Row, ...]:
    """Rows of a count and its share, without the shares of too few answers."""
    if answers >= LEAST:
        return tuple(lines)
    return tuple(Row(one.label, (one.values[0], None)) for one in lines)
