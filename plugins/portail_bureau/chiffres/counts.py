"""What is counted, by what, of which year: ``questions.sql``, asked of the records of contents.

A content is of the year of its publication, an event of each year it takes place in; what is
cancelled, postponed or given as an example is not counted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple, Self

from portail.features.services.bilans.counting import MONTHS, Counts, table
from portail.features.services.bilans.table import Key, Table, counted, share
from portail.features.services.fiches.base import Answer, ask, base, put
from portail.model.kinds import Kind, ranked
from portail.resources import text_of_feature
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.text.dates import MOIS
from portail.text.typography import capital, nombre

from .loans import loan_rows, tool_rows

# What counts as a contribution: neither the directory nor what sorts the others.
KINDS = ranked(lambda info: info.news)
PORTAL = "portail"
# The place of what is everywhere.
EVERYWHERE = "partout"


def plurals(kinds: Iterable[Kind]) -> dict[str, str]:
    return {kind.value: capital(kind.info.pluriel) for kind in kinds}


@answer
def asked(site: Site, question: str, *values: str | int) -> list[Answer]:
    """What a question of ``questions.sql`` says."""
    return ask(_base(site), __package__, question, *values)


@per_site
def _base(site: Site) -> sqlite3.Connection:
    made = base(site)
    tables, derived = text_of_feature(__package__, "schema.sql").split("-- Derived\n")
    made.executescript(tables)
    put(made, "tool", tool_rows(site))
    put(made, "loan", loan_rows(site))
    made.executescript(derived)
    return made


def years(site: Site) -> tuple[int, ...]:
    """Years that have a true content, latest first."""
    return tuple(year for (year,) in asked(site, "annees"))


class Totals(NamedTuple):
    """Of the events of a year: how many, their sessions, their communes; by what is said of how
    one may come, how many do and how many say it; those that leave out something."""

    annee: int
    rendez_vous: int = 0
    seances: int = 0
    communes: int = 0
    gratuits: int | None = None
    disent_tarif: int = 0
    ouverts: int | None = None
    disent_acces: int = 0
    classes: int = 0
    tous: int = 0
    sans_tarif: int = 0
    sans_acces: int = 0
    sans_public: int = 0
    sans_theme: int = 0

    @property
    def offers(self) -> tuple[tuple[int, int], ...]:
        """How many welcome people so, and among how many (``OFFERS``)."""
        return (
            (self.gratuits or 0, self.disent_tarif),
            (self.ouverts or 0, self.disent_acces),
            (self.classes, self.tous),
        )


# How people may come, and who says it.
OFFERS = (
    ("Gratuits", "qui disent leur tarif"),
    ("Accessibles, au moins en partie, à un handicap", "qui disent leur accessibilité"),
    ("Pour les classes", "de l’année"),
)
# What a sheet may leave out.
UNSAID = ("Tarif", "Accessibilité", "Public", "Thème")


class Figures(Counts, frozen=True, dict=True, kw_only=True):
    """The events of a subject (``schema.sql``) in a year, beside those of the year before."""

    sujet: str

    @classmethod
    def of(cls, site: Site, subject: str, year: int, **more: Any) -> Self:
        return cls(site, year, year - 1 in years(site), sujet=subject, **more)

    def asked(self, question: str, *values: str) -> list[Answer]:
        return asked(self.site, question, self.sujet, self.annee, *values)

    @cached_property
    def totals(self) -> tuple[Totals, Totals]:
        """Of the year, of the year before."""
        known = {row[0]: Totals(*row) for row in self.asked("evenements")}
        now, before = (known.get(year, Totals(year)) for year in (self.annee, self.annee - 1))
        return now, before

    @property
    def number(self) -> int:
        return self.totals[0].rendez_vous

    def events_key(self, label: str = "Rendez-vous") -> Key:
        now, before = self.totals
        return self.key(label, now.rendez_vous, before.rendez_vous)

    def by_field(self, field: str, subject: str = "evenements") -> Table:
        """Events by the codes of a field; one may have several."""
        ((bare,),) = self.asked("muets", field)
        none = f" ; {_some(bare, 'n’en dit aucun', 'n’en disent aucun')}" if bare else ""
        note = f"Un rendez-vous peut en avoir plusieurs{none}."
        found = self.asked("champ", field)
        return self.by(f"{subject}.{field}", found, whole=self.number, note=note)

    def months(self) -> Table:
        return self.by("evenements.mois", self.asked("mois"), MONTHS)

    def offered(self) -> Table:
        """How people may come; of each, how many say so: what is not said is unknown."""
        now, before = self.totals
        rows = []
        for (label, _), (number, said), (last, _) in zip(
            OFFERS, now.offers, before.offers, strict=True
        ):
            if said or last:
                rows.append(self.row(label, number, said, share(number, said), before=last))
        return table("evenements.accueil", rows, *self.last)

    def unsaid(self) -> Table:
        found = [(self.annee, *pair) for pair in zip(UNSAID, self.totals[0][-4:], strict=True)]
        some = [row for row in found if row[-1]]
        names = {label: label for label in UNSAID}
        return self.by("evenements.manques", some, names, whole=self.number)

    def offer_keys(self) -> Iterator[Key]:
        """How many welcome people so, and among how many."""
        now = self.totals[0]
        for (label, words), (number, said) in zip(OFFERS, now.offers, strict=True):
            if now.rendez_vous:
                note = f"sur {nombre(said)} {words}" if said else "aucune fiche ne le dit"
                yield Key(label, number if said else None, note=note)

    def detail(self) -> str:
        now, before = self.totals
        count = f", en {nombre(now.seances)} séances" if now.seances > now.rendez_vous else ""
        became = self.became(now.rendez_vous, before.rendez_vous)
        return f"{count}\u00a0: {became}" if became else count

    def phrases(self) -> Iterator[str]:
        """How people may come, and the month that has most of them unless several do."""
        (free, _), (access, _), (schools, _) = self.totals[0].offers
        yield (
            "Parmi ces rendez-vous, "
            f"{_some(free, 'est annoncé gratuit', 'sont annoncés gratuits')}, "
            f"{_some(schools, 's’adresse aux classes', 's’adressent aux classes')} et "
            f"{_some(access, 'se dit accessible', 'se disent accessibles')}, au moins en partie, "
            "à un handicap."
        )
        months = [(count, month) for year, month, count in self.asked("mois") if year == self.annee]
        (most, month), *others = sorted(months, reverse=True) or [(0, 0)]
        if self.number > 2 and all(count < most for count, _ in others):
            yield f"Le mois qui en compte le plus est {MOIS[month - 1]}, avec {nombre(most)}."


def _some(number: int, singular: str, plural: str) -> str:
    if number:
        return counted(number, singular, plural)
    return f"aucun n’{singular}" if singular.startswith("e") else f"aucun ne {singular}"
