"""The records of a site in a database, which is asked by questions: ``<feature>/questions.sql``.

A question is SQL with a name. Its rows are its answer: a page that asks is right as long as they
are the same. The database is in memory, made when the first question is put that the last build
does not answer (``site.memo.kept_answer``). ``field(ref, name)`` is any field of a content (JSON),
read when a question looks at it; NULL where it says nothing.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import chain
from typing import Any, TypeAlias

from msgspec.json import encode

from portail.facts.price import is_free
from portail.features.services.editions.editions import for_schools
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.model.vocabulary import Vocabularies
from portail.resources import text_of_feature
from portail.site.item import Item
from portail.site.memo import kept_answer, per_site
from portail.site.site import Site
from portail.text.dates import MOIS_COURTS
from portail.text.normalise import sort_key
from portail.text.typography import capital

# A row of an answer, as its question orders its columns.
Answer: TypeAlias = tuple[Any, ...]
# Fields whose codes are asked: a text, or a list of them.
_CODED = ("themes", "publics", "format", "genre", "type")
_NAME = re.compile(r"^-- ([\w.-]+)\n", re.MULTILINE)


def asked(site: Site, module: str, question: str, **values: str | int) -> list[Answer]:
    """What a question says that stands in ``questions.sql`` beside a module; ``:annee`` is one of
    ``values``. Where the module has tables of its own (``schema.sql``), its ``fill`` fills them."""
    return _asked(site, module, question, *chain(*values.items()))


@kept_answer
def _asked(site: Site, module: str, question: str, *values: str | int) -> list[Answer]:
    named = dict(zip(values[::2], values[1::2], strict=True))
    return _made(site, module).execute(_questions(module)[question], named).fetchall()


@per_site
def _made(site: Site, module: str) -> sqlite3.Connection:
    made = base(site)
    if hasattr(import_module(module), "fill"):
        _extend(made, site, module)
    return made


@cache
def _questions(module: str) -> dict[str, str]:
    # After what stands before the first: names and texts in turn.
    _, *parts = _NAME.split(_beside(module, "questions.sql"))
    return dict(zip(parts[::2], parts[1::2], strict=True))


@per_site
def base(site: Site) -> sqlite3.Connection:
    """The records of a site, in the tables of ``schema.sql``. Processes that are forked each have
    theirs: it has no file that they would share."""
    made = sqlite3.connect(":memory:", check_same_thread=False)
    made.create_function("capital", 1, capital, deterministic=True)
    made.create_function("sort_key", 1, _sort_key, deterministic=True)
    made.create_function("field", 2, lambda ref, name: _field(site.items[ref].entry, name))
    _extend(made, site, __name__)
    return made


def _extend(made: sqlite3.Connection, site: Site, module: str) -> None:
    # Tables that are filled, then those that derive from them.
    tables, derived = _beside(module, "schema.sql").split("-- Derived\n")
    made.executescript(tables)
    import_module(module).fill(made, site)
    made.executescript(derived)


def _beside(module: str, name: str) -> str:
    return text_of_feature(module.rpartition(".")[0], name)


def fill(made: sqlite3.Connection, site: Site) -> None:
    put(made, "month", enumerate(MOIS_COURTS, 1))
    for rank, kind in enumerate(Kind):
        info = kind.info
        flags = info.news, info.dated, info.place, info.borrowed, info.actor, rank
        put(made, "kind", [(kind.value, *flags, info.nom, info.pluriel)])
    put(made, "term", _terms(site.vocabularies))
    for item in site.of_kinds(Kind):
        put(made, "content", [_content(item)])
        put(made, "value", _values(item))
        put(made, "mention", _mentions(site, item))
        put(made, "time", _times(item))
        put(made, "place", ((item.ref, code) for code, _ in item.territoires))


def put(made: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Add rows to a table, each with a value for every column."""
    lines = [*rows]
    if lines:
        signs = ",".join("?" * len(lines[0]))
        made.executemany(f"INSERT INTO {table} VALUES({signs})", lines)


def _sort_key(text: str) -> str:
    return "\x01".join(sort_key(text))


def _field(entry: Entry, name: str) -> str | None:
    value = vars(entry).get(name)
    return encode(value, enc_hook=dict).decode() if value else None


def _terms(vocabularies: Vocabularies) -> Iterator[Sequence[object]]:
    for name, terms in vocabularies.items():
        for rank, (code, term) in enumerate(terms.items()):
            yield name, code, rank, term.label, term.pluriel


def _content(item: Item) -> Sequence[object]:
    entry = item.entry
    town = item.commune
    head = item.ref, entry.kind.value, item.name, item.url, entry.publie_le and str(entry.publie_le)
    where = item.partout, town and town.code, item.town
    return *head, bool(entry.exemple), item.reseau, *where, *_offer(entry)


def _offer(entry: Entry) -> Sequence[bool | None]:
    # How one may come to an event: free, with a handicap, with a class; ``None`` where it does not
    # say. Whether it says for whom it is.
    if not isinstance(entry, Event):
        return (None,) * 4
    access = entry.accessibilite
    described = access and {*access.niveaux.values()} != {"inconnu"}
    said = bool(entry.publics or entry.age or entry.groupes)
    return (
        is_free(entry),
        bool(access.ouverts) if access and described else None,
        for_schools(entry),
        said,
    )


def _values(item: Item) -> Iterator[Sequence[object]]:
    for field in _CODED:
        codes = vars(item.entry).get(field) or ()
        for code in [codes] if isinstance(codes, str) else codes:
            yield item.ref, field, code


def _mentions(site: Site, item: Item) -> Iterator[Sequence[object]]:
    for mention in references_of(item.entry):
        if target := mention.named(site.items):
            yield item.ref, mention.loc[0], target


def _times(item: Item) -> Iterator[Sequence[object]]:
    for time in item.occurrences:
        yield item.ref, str(time.first_day), str(time.last_day), time.maintained
