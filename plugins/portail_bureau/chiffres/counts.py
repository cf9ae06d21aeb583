"""What is counted, by what, of which year: ``questions.sql``, asked of the records of contents.

A content is of the year of its publication, an event of each year it takes place in; what is
cancelled, postponed or given as an example is not counted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, Self

from portail.features.services.bilans.counting import Counts
from portail.features.services.bilans.table import Key, Row, Table, counted, share
from portail.features.services.fiches.base import Answer, ask, base
from portail.model.kinds import ranked
from portail.resources import text_of_feature
from portail.site.memo import kept_answer, per_site
from portail.site.site import Site
from portail.text.dates import MOIS
from portail.text.typography import nombre

from .loans import put_loans

# What counts as a contribution: neither the directory nor what sorts the others.
KINDS = ranked(lambda info: info.news)
PORTAL = "portail"
# The place of what is everywhere.
EVERYWHERE = "partout"


def asked(site: Site, question: str, **values: str | int) -> list[Answer]:
    """What a question of ``questions.sql`` says."""
    return _asked(site, question, *chain(*values.items()))


@kept_answer
def _asked(site: Site, question: str, *values: str | int) -> list[Answer]:
    named = zip(values[::2], values[1::2], strict=True)
    return ask(_base(site), __package__, question, {str(name): value for name, value in named})


@per_site
def _base(site: Site) -> sqlite3.Connection:
    made = base(site)
    made.create_function("share", 2, share, deterministic=True)
    tables, derived = text_of_feature(__package__, "schema.sql").split("-- Derived\n")
    made.executescript(tables)
    put_loans(made, site)
    made.executescript(derived)
    return made


def years(site: Site) -> tuple[int, ...]:
    """Years that have a true content, latest first."""
    return tuple(year for (year,) in asked(site, "annees"))


class Totals(NamedTuple):
    """The events of a year: how many, their sessions, their communes."""

    annee: int
    rendez_vous: int = 0
    seances: int = 0
    communes: int = 0


# How people may come: among whom one counts it.
OFFERS = ("qui disent leur tarif", "qui disent leur accessibilité", "de l’année")


class Asked(Counts, frozen=True, dict=True, kw_only=True):
    """Counts that questions give of a subject (``schema.sql``)."""

    sujet: str = PORTAL

    def asked(self, question: str, **values: str) -> list[Answer]:
        years = {"annee": self.annee, "avant": int(self.compared)}
        return asked(self.site, question, sujet=self.sujet, **years, **values)

    def rows(self, question: str, **values: str) -> list[Row]:
        found = self.asked(question, **values)
        return [Row(label, tuple(counts), url) for label, url, *counts in found]

    def told(self, name: str, **options: Any) -> Table:
        """The table whose rows the question of its name gives."""
        return self.table(name, self.rows(name), **options)


class Figures(Asked, frozen=True, dict=True, kw_only=True):
    """The events of a subject in a year, beside those of the year before."""

    @classmethod
    def of(cls, site: Site, subject: str, year: int, **more: Any) -> Self:
        return cls(site, year, year - 1 in years(site), sujet=subject, **more)

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

    def by_field(self, field: str, name: str = "") -> Table:
        """Events by the codes of a field; one may have several."""
        ((bare,),) = self.asked("muets", champ=field)
        none = f" ; {_some(bare, 'n’en dit aucun', 'n’en disent aucun')}" if bare else ""
        note = f"Un rendez-vous peut en avoir plusieurs{none}."
        rows = self.rows("champ", champ=field, liste=_LISTS.get(field, field))
        return self.table(name or f"evenements.{field}", rows, note=note)

    def offered(self) -> Table:
        """How people may come; of each, how many say so: what is not said is unknown."""
        rows = self.rows("evenements.accueil")
        known = (row for row in rows if row.values[1] or row.values[-1])
        return self.table("evenements.accueil", known)

    def offer_keys(self) -> Iterator[Key]:
        """How many welcome people so, and among how many."""
        found = self.asked("evenements.accueil") if self.number else []
        for (label, _, number, said, *_), words in zip(found, OFFERS, strict=False):
            note = f"sur {nombre(said)} {words}" if said else "aucune fiche ne le dit"
            yield Key(label, number if said else None, note=note)

    def detail(self) -> str:
        now, before = self.totals
        count = f", en {nombre(now.seances)} séances" if now.seances > now.rendez_vous else ""
        became = self.became(now.rendez_vous, before.rendez_vous)
        return f"{count}\u00a0: {became}" if became else count

    def phrases(self) -> Iterator[str]:
        """How people may come, and the month that has most of them unless several do."""
        free, access, schools = (row[2] for row in self.asked("evenements.accueil"))
        yield (
            "Parmi ces rendez-vous, "
            f"{_some(free, 'est annoncé gratuit', 'sont annoncés gratuits')}, "
            f"{_some(schools, 's’adresse aux classes', 's’adressent aux classes')} et "
            f"{_some(access, 'se dit accessible', 'se disent accessibles')}, au moins en partie, "
            "à un handicap."
        )
        months = [number for _, _, number, _ in self.asked("evenements.mois")]
        most = max(months)
        if self.number > 2 and months.count(most) == 1:
            name = MOIS[months.index(most)]
            yield f"Le mois qui en compte le plus est {name}, avec {nombre(most)}."


# The list of the codes of a field, where it has another name.
_LISTS = {"format": "formats"}


def _some(number: int, singular: str, plural: str) -> str:
    if number:
        return counted(number, singular, plural)
    return f"aucun n’{singular}" if singular.startswith("e") else f"aucun ne {singular}"
