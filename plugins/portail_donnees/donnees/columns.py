"""Tables of open data: one row for each content, a column for each key of its record. A column is
named by the path of its key (``tarif.prix``, ``calcule.commune.nom``), and described as the model
describes the field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from portail.features.services.fiches.records import LEFT_OUT, Record, facts_of
from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.event import Retour
from portail.model.kinds import Kind, where
from portail.outputs.spreadsheets import Numbers, compact, lines, written
from portail.resources import rows_of
from portail.site.memo import kept_answer
from portail.site.site import Site
from portail.text.typography import inside, plain

# Sentences of the files, and what says each key that no model has, in French.
WORDS: Mapping[str, Any] = rows_of("portail_donnees.donnees", "mots")
# Keys whose marks (``text.typography.plain``) only JSON keeps.
MARKED = frozenset({"titre", "resume"})
# Keys of structures and persons: a table has their names.
NAMING = frozenset({"auteurs", "organisateurs", "partenaires"})
_ACTORS = where(lambda info: info.actor)
# Rows of a table that are kept together, so that an edit makes few again.
_TOGETHER = 10
# The sign between two values of a cell.
BETWEEN = "|"


class Column(Struct, frozen=True):
    """A column: its name, what it says (French), the keys that lead to its value in a record."""

    nom: str
    description: str
    keys: tuple[str, ...]


def value_at(record: Any, keys: Iterable[str]) -> Any:
    for key in keys:
        record = record[key] if type(record) is dict and key in record else None
    return record


@kept_answer
def columns_of(site: Site, name: str) -> tuple[Column, ...]:
    """The columns of the table of a kind: who it is, its front matter, what is computed."""
    kind = Kind(name)
    fields = kind_schema(kind, site.vocabularies, site.geography.place)["properties"]
    return (*_said("identite"), *_fields(fields), *_said("partout", *kind.info.computed))


def _said(*groups: str) -> Iterator[Column]:
    for group in groups:
        for nom, description in WORDS[group].items():
            yield Column(nom, description, tuple(nom.split(".")))


def _fields(fields: Mapping[str, Any], *before: str) -> Iterator[Column]:
    # The columns of the fields of a model, those of a group one by one.
    for name, field in fields.items():
        keys = (*before, name)
        if "properties" in field:
            yield from _fields(field["properties"], *keys)
        elif name not in LEFT_OUT and not (before == ("retour",) and name in Retour.tus):
            description = f"{field['title']}\u00a0: {inside(field['description'])}"
            yield Column(".".join(keys), description, keys)


def cell(value: Any) -> str:
    """A value as a table has it; a list of groups is JSON.

    >>> cell(True), cell(5.5), cell(["a", "b|c"]), cell([{"du": "2021-10-01"}])
    ('oui', '5.5', 'a|b\\\\|c', '[{"du":"2021-10-01"}]')
    """
    match value:
        case None:
            return ""
        case bool():
            if value:
                return "oui"
            return "non"
        case int() | float():
            return Numbers(value)
        case dict() | [dict(), *_]:
            return compact(value)
        case list():
            return joined(value)
    return str(value)


def joined(values: Iterable[object]) -> str:
    r"""Values in one cell; a backslash comes before a separator that is part of a value.

    >>> joined(["a", "b|c", "d\\e"])
    'a|b\\|c|d\\\\e'
    """
    escaped = (str(value).replace("\\", "\\\\") for value in values)
    return BETWEEN.join(text.replace(BETWEEN, f"\\{BETWEEN}") for text in escaped)


def table_text(site: Site, kind: str, refs: Sequence[str]) -> Iterator[str]:
    """The table of some contents of a kind, some rows at a time."""
    yield from written([column.nom for column in columns_of(site, kind)], ())
    for start in range(0, len(refs), _TOGETHER):
        yield _rows(site, kind, *refs[start : start + _TOGETHER])


@kept_answer
def _rows(site: Site, kind: str, *refs: str) -> str:
    columns = columns_of(site, kind)
    return lines(_row(facts_of(site, ref), columns) for ref in refs)


def _row(record: Record, columns: Iterable[Column]) -> list[str]:
    titles = {content["ref"]: content["titre"] for content in record["calcule"].get("cites", ())}
    flat = {**record, **{key: plain(record[key]) for key in MARKED & record.keys()}}
    flat |= {key: [_name(ref, titles) for ref in record[key]] for key in NAMING & record.keys()}
    times = record["calcule"].get("occurrences", ())
    flat["calcule"] = {**record["calcule"], "occurrences": "\n".join(map(_interval, times))}
    # Lists, for most keys are not there and most values are texts: neither costs a call.
    paths = [column.keys for column in columns]
    values = [value_at(flat, keys) if keys[0] in flat else "" for keys in paths]
    return [value if type(value) is str else cell(value) for value in values]


def _name(value: str, titles: Mapping[str, str]) -> str:
    refs = (value, *(f"{kind.value}/{value}" for kind in _ACTORS))
    return next((titles[ref] for ref in refs if ref in titles), value)


def _interval(occurrence: Mapping[str, Any]) -> str:
    return f"{occurrence['debut']}-{occurrence.get('fin', '')}"
