"""Rules across the fields of a group, for Python (``faults``) and for the form (``schema_row``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from typing import Any, ClassVar, TypeAlias

from msgspec import Struct, field
from msgspec.structs import asdict

from portail.diagnostics import Fix
from portail.text.dates import ends_next_day

from .faults import Fault, phrase
from .scalars import Moment

RuleRow: TypeAlias = dict[str, Any]


class Rule(Struct, frozen=True):
    """A rule across the fields of one group; ``code`` is that of its faults."""

    # Its name in ``x-regles``.
    regle: ClassVar[str]

    def faults(self, values: Any) -> Iterator[Fault]:
        raise NotImplementedError

    def schema_row(self) -> RuleRow:
        rows = asdict(self).items()
        return {"regle": self.regle} | {
            name: [*value] if isinstance(value, tuple) else value for name, value in rows
        }


class OneOf(Rule, frozen=True):
    """One field of ``champs`` at least; ``valeurs`` fill the sentence."""

    regle: ClassVar[str] = "un-de"
    champs: tuple[str, ...]
    code: str
    valeurs: Mapping[str, object] = field(default_factory=dict)

    def faults(self, values: Any) -> Iterator[Fault]:
        if not any(getattr(values, name) for name in self.champs):
            yield Fault(self.code, (), dict(self.valeurs), needs=self.champs)


class OnlyOne(Rule, frozen=True):
    """One field of ``champs`` at most; the second of a pair of ``avec`` goes with the first."""

    regle: ClassVar[str] = "un-seul"
    champs: tuple[str, ...]
    avec: tuple[str, str]
    code: str = "E216"

    def faults(self, values: Any) -> Iterator[Fault]:
        champs = [name for name in self.champs if getattr(values, name)]
        if self.avec[0] in champs and self.avec[1] in champs:
            champs.remove(self.avec[1])
        for extra in champs[1:]:
            yield Fault(self.code, (extra,), {"cle": champs[0], "autre": extra})


class Excludes(Rule, frozen=True):
    """``champ`` never goes with ``autre``."""

    regle: ClassVar[str] = "exclut"
    champ: str
    autre: str
    remede: str
    code: str = "E242"

    def faults(self, values: Any) -> Iterator[Fault]:
        if getattr(values, self.champ) and getattr(values, self.autre):
            details: dict[str, object] = {"cle": self.champ, "autre": self.autre}
            yield Fault(self.code, (self.champ,), {**details, "remede": self.remede})


class Needs(Rule, frozen=True):
    """``champ`` only makes sense with ``autre``, or with one of the other fields of ``ou``."""

    regle: ClassVar[str] = "demande"
    champ: str
    autre: str
    ou: tuple[str, ...] = ()
    code: str = "E243"

    def faults(self, values: Any) -> Iterator[Fault]:
        companions = (self.autre, *self.ou)
        if getattr(values, self.champ) and not any(getattr(values, name) for name in companions):
            details: dict[str, object] = {"cle": self.champ, "autre": self.autre}
            yield Fault(self.code, (self.champ,), details, needs=companions)


class Order(Rule, frozen=True):
    """``fin`` is not before ``debut``: days, moments; hours, which may not be equal either, and may
    be those of a night."""

    regle: ClassVar[str] = "ordre"
    debut: str
    fin: str
    code: str = "E213"

    def faults(self, values: Any) -> Iterator[Fault]:
        first = getattr(values, self.debut)
        last = getattr(values, self.fin)
        if first is None or last is None or not _reversed(first, last):
            return
        details: dict[str, object] = {"fin": _plain(last), "debut": _plain(first), "cle": self.fin}
        yield Fault(self.code, (self.fin,), details, label=phrase("avant", debut=self.debut))


def _reversed(first: date | time | Moment, last: Any) -> bool:
    if isinstance(first, Moment):
        return bool(last.precedes(first))
    if isinstance(first, time):
        return bool(last <= first and not ends_next_day(first, last))
    return bool(last < first)


def _plain(value: object) -> object:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value


class Within(Rule, frozen=True):
    """The day ``fin`` comes at most ``jours`` days after ``debut``."""

    regle: ClassVar[str] = "duree"
    debut: str
    fin: str
    jours: int
    code: str

    def faults(self, values: Any) -> Iterator[Fault]:
        first = getattr(values, self.debut)
        last = getattr(values, self.fin)
        if first and last and last - first > timedelta(days=self.jours):
            yield Fault(self.code, (self.fin,))


class When(Rule, frozen=True):
    """``champ`` with that value asks for one of ``champs`` at least."""

    regle: ClassVar[str] = "si"
    champ: str
    valeur: str
    champs: tuple[str, ...]
    code: str

    def faults(self, values: Any) -> Iterator[Fault]:
        applies = getattr(values, self.champ) == self.valeur
        if applies and not any(getattr(values, name) for name in self.champs):
            yield Fault(self.code, (self.champ,), needs=self.champs)


class Postponed(Rule, frozen=True):
    """What is postponed waits for another day: what has it is ``reprogramme``."""

    regle: ClassVar[str] = "report"
    code: str = "E233"

    def faults(self, values: Any) -> Iterator[Fault]:
        now = values.debut
        old = values.ancien_debut
        if values.etat == "reporte" and now and old and (now.precedes(old) or old.precedes(now)):
            yield Fault(self.code, ("etat",), fix=Fix("reprogramme"))


class WhenWith(Rule, frozen=True):
    """``champ`` with that value asks that ``cle`` of the group ``autre`` be ``attendu``."""

    regle: ClassVar[str] = "si-avec"
    champ: str
    valeur: str
    autre: str
    cle: str
    attendu: str
    code: str

    def faults(self, values: Any) -> Iterator[Fault]:
        value = getattr(getattr(values, self.autre), self.cle, None)
        if getattr(values, self.champ) == self.valeur and value != self.attendu:
            yield Fault(self.code, (self.champ,), needs=(self.autre,))


class Both(Rule, frozen=True):
    """``champ`` contradicts any field of ``autres``."""

    regle: ClassVar[str] = "contredit"
    champ: str
    autres: tuple[str, ...]
    code: str

    def faults(self, values: Any) -> Iterator[Fault]:
        if getattr(values, self.champ) and any(getattr(values, name) for name in self.autres):
            yield Fault(self.code, (self.champ,))


class Bounds(Rule, frozen=True):
    """``max`` is not below ``min``; ``attendu`` names the sentence of what is."""

    regle: ClassVar[str] = "bornes"
    attendu: str
    code: str = "E209"

    def faults(self, values: Any) -> Iterator[Fault]:
        if values.min is not None and values.max is not None and values.max < values.min:
            expected = phrase(self.attendu, min=values.min)
            details = {"valeur": values.max, "cle": "max", "attendu": expected}
            yield Fault(self.code, ("max",), details)


class Sum(Rule, frozen=True):
    """The numbers of ``champs`` are parts of ``total``: together, they are not more."""

    regle: ClassVar[str] = "somme"
    champs: tuple[str, ...]
    total: str
    code: str

    def faults(self, values: Any) -> Iterator[Fault]:
        whole = getattr(values, self.total)
        total = sum(getattr(values, name) or 0 for name in self.champs)
        if whole is not None and total > whole:
            yield Fault(self.code, (self.total,), {"somme": total, "valeur": whole})


class Abroad(Rule, frozen=True):
    """The address ``groupe`` in another country has coordinates, ``champ`` beside it."""

    regle: ClassVar[str] = "etranger"
    groupe: str = "adresse"
    champ: str = "coordonnees"
    code: str = "E272"

    def faults(self, values: Any) -> Iterator[Fault]:
        where = getattr(values, self.groupe)
        if where and where.pays and not getattr(values, self.champ):
            details: dict[str, object] = {"ville": where.commune}
            yield Fault(self.code, (self.groupe, "pays"), details, needs=(self.champ,))


class Same(Rule, frozen=True):
    """``champ`` and the same field of the group ``groupe``, when both are there, say the same."""

    regle: ClassVar[str] = "meme"
    champ: str
    groupe: str
    remede: str
    code: str = "E242"

    def faults(self, values: Any) -> Iterator[Fault]:
        value = getattr(values, self.champ)
        group = getattr(values, self.groupe)
        if value and group and getattr(group, self.champ) != value:
            inside = f"{self.groupe}.{self.champ}"
            details: dict[str, object] = {"cle": inside, "autre": self.champ, "remede": self.remede}
            yield Fault(self.code, (self.groupe, self.champ), details)
