"""The contents as open data, each as one record, and a database of them for questions in SQL.

A record holds the front matter, the text and computed fields (opendata.md of portail_donnees).
Nothing in it depends on the day of the build.

A question is SQL with a name (``<feature>/questions.sql``), and its rows are its answer: a page
that asks it stays right as long as they are the same. ``field(ref, name)`` is any field of a
content (JSON), read when a question looks at it; NULL where it says nothing.

The database is kept whole from a build to the next, sealed by the memory of builds (a file that
SQLite writes in place would have no seal), and is changed row by row in the memory of the process:
rows are of one content, whose head gives their digest. SQLite tells which columns a question reads;
it is asked again once one of them has changed (``mark``), or a field that it looked at.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import chain
from typing import Any, TypeAlias

from msgspec.json import encode

from portail.agenda.occurrences import Occurrence
from portail.facts.base import unlinked
from portail.facts.place import address
from portail.facts.price import is_free
from portail.features.services.editions.editions import for_everyone, for_schools
from portail.features.services.schemas.front_matter import front_matter_of
from portail.geo.places import Commune
from portail.model.collections import PlaceEntry
from portail.model.entry import Entry
from portail.model.event import Event, away
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.model.vocabulary import Vocabularies
from portail.outputs.base import reader_of
from portail.outputs.identifiers import name_of, nature_of
from portail.outputs.pages.entry.reading import text_of
from portail.outputs.pictures import fallback, shown_picture, shown_size
from portail.resources import text_of_feature
from portail.site.item import Item, noting
from portail.site.memo import answer, kept_answer, per_site, recent
from portail.site.positions import position_of
from portail.site.reader import Reader
from portail.site.site import Site
from portail.text.dates import MOIS_COURTS
from portail.text.normalise import sort_key
from portail.text.typography import capital

Record: TypeAlias = dict[str, Any]

# Fields told even when the file leaves them out: whoever reuses a content needs them.
DEFAULTS = frozenset({"auteurs", "licence", "langue", "etat"})
# Records of the contents of a few files and of their lieux: some megabytes.
_CACHED = 256
# Fields that say nothing here: what is told is published.
LEFT_OUT = ("statut",)
# Those that say where to go, which an event that has moved on line may have still.
_PLACED = ("lieu", "adresse", "salle", "coordonnees", "sans_voiture")


@recent(_CACHED)
def record_of(site: Site, ref: str) -> Record:
    """Everything that open data tells of a content, read only: several files share it."""
    record = {**facts_of(site, ref)}
    derived = record.pop("calcule")
    if site.items[ref].entry.licence is None:  # the text of others, who gave it to this site alone
        return {**record, "calcule": derived}
    return {**record, "texte": site.bodies.body(site.items[ref].stored).text, "calcule": derived}


def row_of(site: Site, ref: str) -> Record:
    """What the files of a kind tell of a content: a text that has its own file is there by its
    address (``calcule.texte``)."""
    facts = facts_of(site, ref)
    if "texte" in facts["calcule"]:
        return facts
    return record_of(site, ref)


@recent(_CACHED)
def facts_of(site: Site, ref: str) -> Record:
    item = site.items[ref]
    return {
        **_name(item, site),
        **_front_matter(item, site),
        "calcule": {**_around(item, site), **_dates(item)},
    }


def summary_of(site: Site, ref: str) -> Record:
    """The keys of a record that tell which content it is, and when."""
    item = site.items[ref]
    days = {"calcule": _days(item)} if item.occurrences else {}
    return {**_name(item, site), "titre": item.entry.titre, **days}


def _name(item: Item, site: Site) -> Record:
    return {
        "id": name_of(site.config, item),
        "ref": item.ref,
        "url": site.config.absolute(item.url),
        "nature": nature_of(item.entry.kind),
    }


def _front_matter(item: Item, site: Site) -> Record:
    # The front matter, references to contents in full; a person who left is not named.
    written = front_matter_of(item.entry, site.geography.label, DEFAULTS)
    for key in (*LEFT_OUT, *(_PLACED if away(item.entry) else ())):
        written.pop(key, None)
    if written.get("eligibles"):
        written["pour_qui"] = ", ".join(written["eligibles"])
    for mention in references_of(item.entry):
        ref = mention.named(site.items)
        text = mention.value if ref else unlinked(mention)
        if ref and mention.reference.code == "E401":
            text = ref
        if text != mention.value:
            place: Any = written
            for step in mention.loc[:-1]:
                place = place[step]
            place[mention.loc[-1]] = text
    return written


def _around(item: Item, site: Site) -> Record:
    pages = site.indexes.territory_pages
    lieu = site.lieu_of(item.entry)
    place = position_of(item, site)
    text = text_of(item.entry, item.url, site.config)
    derived = {
        "commune": _commune(item.commune, site) if item.commune else None,
        "adresse": _adresse(item, site),
        "position": place
        and {"latitude": place.lat, "longitude": place.lon, "exacte": place.exacte},
        "lieu": _named(lieu, site) if lieu else None,
        "territoires": [pages[code] for code, _ in item.territoires if code in pages],
        "cites": [_named(site.items[ref], site) for ref in item.cited],
        "image": _image(item, site),
        "texte": text and site.config.absolute(text),
    }
    return {key: value for key, value in derived.items() if value}


def _commune(commune: Commune, site: Site) -> Record:
    geography = site.geography
    epci = geography.epci(commune.epci or "")
    departement = geography.departement(commune.departement)
    region = None
    if departement:
        region = geography.region(departement.region)
    fields = {
        "code": None if commune.pays else commune.code,
        "nom": commune.ville,
        "pays": commune.pays or None,
        "codes_postaux": list(commune.codes_postaux),
        "departement": commune.departement or None,
        "nom_departement": departement and departement.nom,
        "region": region and region.code,
        "nom_region": region and region.nom,
        "epci": epci and epci.siren,
        "nom_epci": epci and epci.nom,
        "latitude": commune.lat,
        "longitude": commune.lon,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _adresse(item: Item, site: Site) -> Record:
    # Where one goes, for a lieu or an event: its own address, else its lieu's.
    if not isinstance(item.entry, PlaceEntry | Event):
        return {}
    place = address(item, site)
    keys = ("nom", "salle", "rue", "code_postal", "commune", "pays")
    fields = {key: value for key in keys if (value := getattr(place, key))}
    return fields | ({"commune": item.commune.ville} if item.commune and place.pays else {})


def _named(item: Item, site: Site) -> Record:
    url = site.config.absolute(item.url)
    return {"ref": item.ref, "titre": item.name, "url": url}


def _image(item: Item, site: Site) -> Record:
    # The widest file that any browser shows of the picture that heads a content.
    record = shown_picture(item, site)
    if record is None:
        return {}
    file = fallback(record)
    width, height = shown_size(record, file.largeur)
    url = site.config.absolute(file.url)
    return {"url": url, "type": file.type, "largeur": width, "hauteur": height}


def _dates(item: Item) -> Record:
    if not isinstance(item.entry, Event):
        return {}
    dates: Record = {"mode": item.entry.mode}
    if item.occurrences:
        dates |= _days(item)
        dates["occurrences"] = [dict(_occurrence(occurrence)) for occurrence in item.occurrences]
    return dates


def _days(item: Item) -> Record:
    first = item.occurrences[0].day
    last = max(max(occurrence.day, occurrence.last_day) for occurrence in item.occurrences)
    return {"premier_jour": first.isoformat(), "dernier_jour": last.isoformat()}


def _occurrence(occurrence: Occurrence) -> Iterator[tuple[str, Any]]:
    # ISO 8601 instants on the clock of the portal; ``fin`` is the first instant when it is over,
    # even for whole days, and is left out when it is not known.
    yield "debut", occurrence.debut.isoformat()
    if occurrence.journee or occurrence.fin:
        yield "fin", occurrence.over_at.isoformat()
    yield "journee", occurrence.journee
    yield "etat", occurrence.etat


# A row of an answer, as its question orders its columns.
Answer: TypeAlias = tuple[Any, ...]
# Rows of tables.
Rows: TypeAlias = dict[str, list[Answer]]
# Fields whose codes are asked: a text, or a list of them.
_CODED = ("themes", "publics", "format", "genre", "type")
# The mark of all columns.
_ALL = ("",)
_NAME = re.compile(r"^-- ([\w.-]+)\n", re.MULTILINE)


def asked(site: Site, module: str, question: str, **values: str | int) -> list[Answer]:
    """What a question says that stands in ``questions.sql`` beside a module; ``:annee`` is one of
    ``values``. Where the module has tables of its own (``schema.sql``), its ``fill`` fills them."""
    return _asked(site, module, question, *chain(*values.items()))


@kept_answer
def _asked(site: Site, module: str, question: str, *values: str | int) -> list[Answer]:
    named = dict(zip(values[::2], values[1::2], strict=True))
    made = _made(site, module)
    _look(site, module, question)
    return made.execute(_questions(module)[question], named).fetchall()


@per_site
def _made(site: Site, module: str) -> sqlite3.Connection:
    with noting():  # who asks depends on columns, not on all that is in the base
        made = base(site)
    if hasattr(import_module(module), "fill"):
        tables, derived = _beside(module, "schema.sql").split("-- Derived\n")
        made.executescript(tables)
        import_module(module).fill(made, site)
        _note(site, made, lambda: made.executescript(derived))
    return made


@per_site
def _look(site: Site, module: str, question: str) -> None:
    # Note the columns that a question reads, whatever its values.
    made = _made(site, module)
    text = f"EXPLAIN {_questions(module)[question]}"
    _note(site, made, lambda: made.execute(text, defaultdict(int)))


def _note(site: Site, made: sqlite3.Connection, work: Callable[[], object]) -> None:
    # Note the columns that SQLite reads meanwhile; what counts rows reads as many as `ref` has.
    seen: set[str] = set()

    def saw(_: int, table: str | None, column: str | None, *__: object) -> int:
        seen.add(f"{table}.{column or 'ref'}")
        return sqlite3.SQLITE_OK

    made.set_authorizer(saw)
    work()
    made.set_authorizer(None)
    for name in sorted(seen):
        _mark(site, name)


@answer
def _mark(site: Site, column: str) -> list[Answer]:
    return base(site).execute("SELECT digest FROM mark WHERE name IN ('', ?)", (column,)).fetchall()


@cache
def _questions(module: str) -> dict[str, str]:
    # After what stands before the first: names and texts in turn.
    _, *parts = _NAME.split(_beside(module, "questions.sql"))
    return dict(zip(parts[::2], parts[1::2], strict=True))


@per_site
def base(site: Site) -> sqlite3.Connection:
    """The records of a site, in the tables of ``schema.sql``: those of the last build, with the
    rows of what changed since. Processes that are forked each have theirs, in memory."""
    made = sqlite3.connect(":memory:", check_same_thread=False)
    made.create_function("capital", 1, capital, deterministic=True)
    made.create_function("sort_key", 1, _sort_key, deterministic=True)
    made.create_function("field", 2, lambda ref, name: _field(site.items[ref].entry, name))
    kept = site.bodies.base
    if kept:
        made.deserialize(kept)
    else:
        made.executescript(_beside(__name__, "schema.sql"))
        _fill(made, site)
    with made:
        changed = _follow(made, reader_of(site))
    if changed:
        site.bodies.base = made.serialize()
    return made


def _beside(module: str, name: str) -> str:
    return text_of_feature(module.rpartition(".")[0], name)


def _fill(made: sqlite3.Connection, site: Site) -> None:
    put(made, "month", enumerate(MOIS_COURTS, 1))
    for rank, kind in enumerate(Kind):
        info = kind.info
        flags = info.news, info.dated, info.place, info.borrowed, info.actor, rank
        put(made, "kind", [(kind.value, *flags, info.nom, info.pluriel)])
    put(made, "term", _terms(site.vocabularies))


def _follow(made: sqlite3.Connection, reader: Reader) -> bool:
    # Change the rows of the contents that are not what they were, and mark the columns that change;
    # whether some do.
    known = {ref: head for ref, *head in made.execute("SELECT ref, digest, position FROM content")}
    columns: set[str] = set()
    for number, kind in enumerate(Kind, 1):
        items = reader.of_kind(kind)
        # Counted from the end of the list: a new one at its head moves no other.
        for position, item in enumerate(items, (number << 20) - len(items)):
            digest = reader.digest(f"tete {item.ref}")
            was, before = known.pop(item.ref, ("", 0))
            if digest != was:
                rows = _rows(item, reader.raw.items, digest=digest, position=position)
                if was:
                    columns.update(_changes(made, item.ref, rows))
                else:
                    columns.update(_ALL)
                made.execute("DELETE FROM content WHERE ref = ?", (item.ref,))
                for table, lines in rows.items():
                    put(made, table, lines)
            elif position != before:
                made.execute("UPDATE content SET position = ? WHERE ref = ?", (position, item.ref))
                columns.add("content.position")
    for ref in known:
        made.execute("DELETE FROM content WHERE ref = ?", (ref,))
        columns.update(_ALL)
    put(made, "mark", ((name, reader.digest("tetes")) for name in columns))
    return bool(columns)


def _changes(made: sqlite3.Connection, ref: str, said: Rows) -> Iterator[str]:
    # The columns in which a content says another thing than it did.
    for table, rows in said.items():
        found = made.execute(f"SELECT * FROM {table} WHERE ref = ?", (ref,))  # noqa: S608  (ours)
        names = [name for name, *_ in found.description]
        columns = [*zip(names, *found, strict=True)], [*zip(names, *rows, strict=True)]
        for before, after in zip(*columns, strict=True):
            if before != after:
                yield f"{table}.{before[0]}"


def _rows(item: Item, refs: Container[str], *, digest: str, position: int) -> Rows:
    # What the tables say of a content.
    rows: Rows = {"value": [], "mention": [], "span": [], "place": []}
    for table, *row in _several(item, refs):
        rows[table].append((item.ref, len(rows[table]), *row))
    return rows | {"content": [(item.ref, position, *_content(item), digest)]}


def _several(item: Item, refs: Container[str]) -> Iterator[Sequence[Any]]:
    # What a content says several of: the table and its columns.
    for field in _CODED:
        codes = vars(item.entry).get(field) or ()
        for code in [codes] if isinstance(codes, str) else codes:
            yield "value", field, code
    for mention in references_of(item.entry):
        if target := mention.named(refs):
            yield "mention", mention.loc[0], target
    for time in item.occurrences:
        for year in range(time.first_day.year, time.last_day.year + 1):
            yield "span", str(time.first_day), str(time.last_day), time.maintained, year
    for code, _ in item.territoires:
        yield "place", code


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
    head = entry.kind.value, item.name, item.url, entry.publie_le and str(entry.publie_le)
    where = item.partout, town and town.code, item.town
    return *head, bool(entry.exemple), item.reseau, *where, *_offer(entry), _aside(item)


def _aside(item: Item) -> str | None:
    # Why anyone may not come to an event there: `outing` in the schema.
    event = item.entry
    if not isinstance(event, Event):
        return None
    if item.reserve or item.reseau or {*event.publics} == {"professionnels"}:
        return "reserves"
    if not for_everyone(event):
        return "classes"
    if away(event) or item.partout or item.commune is None:
        return "partout"
    return ""


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
