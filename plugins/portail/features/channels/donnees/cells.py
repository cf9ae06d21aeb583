"""Cells of the tables: the value of a column for a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from portail.agenda.occurrences import span
from portail.facts.audience import access
from portail.facts.price import booking, is_free, price_terms
from portail.facts.when import dated
from portail.features.services.horaires.french import opening_lines
from portail.features.services.horaires.notation import read_opening_hours
from portail.model.event import Event
from portail.model.kinds import where
from portail.outputs.spreadsheets import Numbers
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour, moment_phrase
from portail.text.typography import euros, plain

WORDS: Mapping[str, Any] = rows_of("channels.donnees", "mots")
"""Columns, properties and parts of schemas, in French."""
SCHEMAS: Mapping[str, dict[str, Any]] = WORDS["schemas"]
"""Parts of JSON Schemas, by name."""

Value: TypeAlias = Any
Forme: TypeAlias = Literal["texte", "nombre", "position", "oui-non", "liste"]

FORMES: Mapping[Forme, str] = WORDS["formes"]
"""How cells are written, as the page of open data says it (French); ``{}`` is ``Column.entre``."""


def value_at(record: Value, keys: Iterable[str]) -> Value:
    """The value of a record below some keys; ``None`` where there is none."""
    for key in keys:
        record = record[key] if type(record) is dict and key in record else None
    return record


@cache
def _steps(path: str) -> tuple[bool, tuple[str, ...]]:
    return path.startswith("lieu/"), tuple(path.removeprefix("lieu/").split("."))


class Row(Struct, frozen=True):
    """What a line is made of: a record, that of its lieu (empty without one), their content."""

    record: dict[str, Value]
    lieu: dict[str, Value]
    item: Item
    site: Site

    def get(self, path: str) -> Value:
        """The value at a path of keys (``calcule.commune.nom``), in the record or, after ``lieu/``,
        in that of its lieu; ``None`` where there is none."""
        of_lieu, keys = _steps(path)
        return value_at(self.lieu if of_lieu else self.record, keys)

    def labels(self, vocabulary: str, codes: Iterable[str]) -> list[str]:
        """French labels of the codes of a controlled list."""
        return [self.site.vocabularies.label(vocabulary, code) for code in codes]


MARKED = frozenset({"titre", "resume"})
"""Keys whose marks (``text.typography.plain``) only JSON keeps."""
_MARKED = MARKED | {f"lieu/{key}" for key in MARKED}


class Column(Struct, frozen=True):
    """A column of a table: its name, what it says (French), the key of the record that it comes
    from (see ``Row.get``). ``forme`` is how it is written: ``texte``, ``nombre``, ``position`` (two
    numbers), ``oui-non``, ``liste`` (sign between two values: ``entre``). ``valeur``
    computes what the record does not hold as it is, from the row and ``arguments``; ``nationale``
    marks the columns of the national dataset."""

    nom: str
    description: str
    source: str
    forme: Forme = "texte"
    valeur: Callable[..., Value] | None = None
    arguments: Sequence[str] = ()
    entre: str = "|"
    nationale: bool = False

    def cell(self, row: Row) -> str:
        """What it says of a line; empty when nothing is said."""
        value = self.valeur(row, *self.arguments) if self.valeur else row.get(self.source)
        if value is None or value == "":
            return ""
        if self.source in _MARKED:
            return plain(str(value))
        if self.forme in ("nombre", "position"):
            return Numbers(value)
        if self.forme == "oui-non":
            return "oui" if value else "non"
        return joined(value, self.entre) if self.forme == "liste" else str(value)

    @property
    def mots(self) -> str:
        """How a cell is written, and the key of the record that it comes from (French)."""
        key = self.source.removeprefix("lieu/")
        written = FORMES[self.forme].format(self.entre)
        return f"{written}, d’après {key}" + (" du lieu" if key != self.source else "")


def joined(values: Iterable[object], between: str) -> str:
    r"""Values in one cell; a backslash comes before a separator that is part of a value.

    >>> joined(["a", "b|c"], "|"), joined(["a, b", "c\\d"], ",")
    ('a|b\\|c', 'a\\, b,c\\\\d')
    """
    escaped = (str(value).replace("\\", "\\\\") for value in values)
    return between.join(text.replace(between, f"\\{between}") for text in escaped)


def reached(row: Row, group: str) -> str:
    """Ways to reach whom a group of fields names, those that are there."""
    ways = (row.get(f"{group}.{key}") for key in ("url", "courriel", "telephone"))
    return ", ".join(filter(None, ways))


def changed(row: Row) -> str | None:
    """Day of the last change, else of the publication."""
    day: str | None = row.get("modifie") or row.get("publie_le")
    return day


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def days(row: Row) -> list[str]:
    """Days, ISO 8601, when an occurrence begins."""
    return list(dict.fromkeys(f"{occurrence.day}" for occurrence in row.item.occurrences))


def iso_occurrences(row: Row) -> str:
    """Each occurrence on a line, as the national dataset has it: ``begin-end``, nothing after the
    hyphen when the end is not known."""
    written = row.get("calcule.occurrences") or ()
    return "\n".join(f"{occurrence['debut']}-{occurrence.get('fin', '')}" for occurrence in written)


def occurrence_lines(row: Row) -> str:
    """Each occurrence on a line, in words."""
    return "\n".join(_plain(dated(occurrence)) for occurrence in row.item.occurrences)


def period_words(row: Row) -> str:
    """First and last days, in words."""
    occurrences = row.item.occurrences
    return _plain(moment_phrase(*span(occurrences))) if occurrences else ""


def day_words(row: Row, key: str) -> str:
    """A day of the record, in words."""
    day = row.get(key)
    return _plain(jour(date.fromisoformat(day))) if day else ""


def labels(row: Row, vocabulary: str, key: str) -> list[str] | None:
    """French labels of the codes of a field, or of its one code."""
    codes = row.get(key)
    return row.labels(vocabulary, [codes] if isinstance(codes, str) else codes or []) or None


def price_text(row: Row) -> str:
    """What an event costs, in words."""
    return _plain(price_terms(row.item, row.site).short)


def free(row: Row) -> bool | None:
    """Whether nothing is to pay; ``None`` when nothing is said of it."""
    return is_free(row.item.entry) if isinstance(row.item.entry, Event) else None


def booked(row: Row) -> str:
    """Whether one must book: ``Oui``, ``Non``, nothing."""
    return {None: "", True: "Oui", False: "Non"}[booking(row.item, row.site).value]


def names(row: Row, key: str) -> list[str] | None:
    """Names of structures and people, a content that is named by its title."""
    titles = {content["ref"]: content["titre"] for content in row.get("calcule.cites") or ()}
    return [_name(value, titles) for value in row.get(key) or ()] or None


def _name(value: str, titles: Mapping[str, str]) -> str:
    refs = (value, *(f"{kind.value}/{value}" for kind in where(lambda info: info.actor)))
    return next((titles[ref] for ref in refs if ref in titles), value)


def address(row: Row) -> str:
    """Street, postcode and commune on one line."""
    abroad = row.get("calcule.commune.pays")
    town = (postcode(row), row.get("calcule.commune.nom"), f"({abroad})" if abroad else "")
    street = row.get("calcule.adresse.rue")
    return " ".join(part for part in (street, *town) if part)


def postcode(row: Row) -> str:
    """The postcode of its address, else of its commune when it has only one."""
    codes: list[str] = row.get("calcule.commune.codes_postaux") or []
    return row.get("calcule.adresse.code_postal") or (codes[0] if len(codes) == 1 else "")


def place(row: Row) -> str:
    """Latitude and longitude, as the national dataset has them."""
    place = row.get("calcule.position")
    return f"{place['latitude']}, {place['longitude']}" if place else ""


def selection(row: Row) -> str:
    """Region, département and commune, from far to near."""
    keys = ("nom_region", "nom_departement", "nom")
    places = [row.get(f"calcule.commune.{key}") for key in keys]
    return ">".join(name for name in places if name)


def reachable(row: Row) -> list[str] | None:
    """Labels of the handicaps for which all is accessible."""
    levels = access(row.item, row.site).value
    return (
        row.labels("handicaps", [handicap for handicap in levels if levels[handicap] == "oui"])
        or None
    )


def hours_words(row: Row) -> str:
    """Opening hours of a lieu, in words."""
    written = row.get("horaires_ouverture")
    return _plain("\u00a0; ".join(opening_lines(read_opening_hours(written)))) if written else ""


def price_words(row: Row) -> str:
    """Prices of a lieu, in words."""
    prices = row.get("tarifs") or ()
    return _plain("\u00a0; ".join(map(_priced, prices)))


def _priced(price: Mapping[str, Value]) -> str:
    when = f" ({price['conditions']})" if "conditions" in price else ""
    return f"{price['libelle']} : {euros(price['prix'])}{when}"


def closed_days(row: Row) -> list[str] | None:
    """First and last days of each closure of a whole lieu (ISO 8601 intervals)."""
    return [days for kind, days in _closures(row) if not kind] or None


def closed_rooms(row: Row) -> list[str] | None:
    """The same of its facilities, after the code of each."""
    return [f"{kind} {days}" for kind, days in _closures(row) if kind] or None


def _closures(row: Row) -> Iterator[tuple[str, str]]:
    for closure in row.get("fermetures") or ():
        yield closure.get("equipement", ""), f"{closure['du']}/{closure['au']}"


def rooms(row: Row) -> list[str] | None:
    """Names of the rooms that a lieu hires out."""
    return [space["nom"] for space in row.get("espaces") or ()] or None


def types(row: Row) -> list[str] | None:
    """Codes of the facilities of a lieu, each once."""
    return (
        list(dict.fromkeys(facility["type"] for facility in row.get("equipements") or ())) or None
    )


VALUES: Mapping[str, Callable[..., Value]] = {
    function.__name__: function
    for function in (
        address, booked, changed, closed_days, closed_rooms, days, free, iso_occurrences, labels,
        names, place, postcode, price_text, reachable, reached, rooms, selection, day_words,
        hours_words, occurrence_lines, period_words, price_words, types,
    )
}  # fmt: skip
"""What columns are made of, by the name that rows give it."""
