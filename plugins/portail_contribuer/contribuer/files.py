"""What the form reads, in a few files (communes, contents, landmarks).

A name is in the file of a range of the alphabet, by its key less a leading article or *Saint*; a
number in that of its first digit. ``js/contribuer-communes.js`` finds there what
``geo.names.CommuneNames`` finds in the tables.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import chain, pairwise
from typing import Any, TypeAlias
from zlib import crc32

from msgspec.json import encode

from portail.agenda.cuts import cut
from portail.agenda.occurrences import span
from portail.facts.base import sort
from portail.facts.place import place_of, town
from portail.features.services.horaires.notation import DAYS, read_opening_hours
from portail.features.services.horaires.rules import DAY, OpeningHours, Rule, Span
from portail.features.services.schemas.kind_schema import kind_schema
from portail.features.services.schemas.readable import readable
from portail.files import DEFLATED, digest_bytes
from portail.geo.names import CommuneNames, is_merged
from portail.geo.places import column
from portail.model.collections import PlaceEntry, TerritoryEntry, YearlyEntry
from portail.model.event import Event, Retour
from portail.model.kinds import BY_FOLDER, Kind, offered, where
from portail.outputs.base import TextFile, Tree, text_file
from portail.outputs.spreadsheets import compact, lined
from portail.resources import rows as table_of
from portail.site.item import Item
from portail.site.memo import answer, kept_answer, own_answer, per_site, published
from portail.site.site import Site
from portail.site.slots import UNMADE
from portail.text.dates import periode
from portail.text.normalise import name_key, sort_key
from portail.text.typography import typeset

from . import addresses
from .body_rules import form_rules

# Opening hours as a grid of days, which the contribution form fills and writes as a sentence
# (``js/contribuer-grille.js``): Python alone reads a sentence back.

# Times a day.
_SPANS = 2


def grid_of(hours: OpeningHours) -> dict[str, Any] | None:
    """From, to, again, of each day that something is said of; ``None`` for what no grid holds.

    >>> from portail.features.services.horaires.notation import read_opening_hours
    >>> grid_of(read_opening_hours("Tu 10:00-18:00; PH off"))
    {'jours': {'Tu': ['10:00', '18:00'], 'PH': []}, 'note': ''}
    """
    rules = hours.regles
    if rules == (Rule(note=rules[0].note),):  # « sur rendez-vous »
        return {"jours": {}, "note": rules[0].note}
    days: dict[str, Rule] = {}
    for rule in rules:
        names = [*_names(rule)]
        # The grid says public holidays last: a school holiday that is one is as they say.
        if not names or ("PH" in days and "SH" in names and "PH" not in names):
            return None
        days |= dict.fromkeys(names, rule)
    note = _note([*days.values()])
    if note is None:
        return None
    order = (*DAYS, "SH", "PH")
    spans = {name: [*_hours(days[name].heures)] for name in order if name in days}
    return {"jours": spans, "note": note}


def _names(rule: Rule) -> Iterator[str]:
    seasonal = (
        rule.dates or rule.croise or rule.ajoute or any(selector.rangs for selector in rule.jours)
    )
    if seasonal or len(rule.heures) > _SPANS or not (rule.heures or rule.ferme):
        return
    yield from (DAYS[day] for day in chain.from_iterable(selector.jours for selector in rule.jours))
    yield from rule.feries
    if not rule.jours and not rule.feries:
        yield from DAYS


def _note(rules: Sequence[Rule]) -> str | None:
    # The note of all that opens, of all that is closed when nothing does; ``None`` when they do not
    # say the same.
    opened = {rule.note for rule in rules if rule.heures}
    closed = {rule.note for rule in rules if not rule.heures}
    notes = opened or closed
    alone = len(notes) == 1 and (not opened or closed <= {""})
    if alone:
        return next(iter(notes))
    return None


def _hours(spans: Sequence[Span]) -> Iterator[str]:
    for hours in spans:
        yield _hour(hours.debut)
        yield "" if hours.fin is None else _hour(hours.fin)


def _hour(minutes: int) -> str:
    hours, minutes_over = divmod(minutes % DAY, 60)
    return f"{hours:02}:{minutes_over:02}"


_VERSION = 2
_LEADING = frozenset("saint sainte saints saintes la le les l".split())
_INDEX = f"index{DEFLATED}"
# Most files of names: 30 in all, with those of numbers and the index.
_RANGES = 19


def plan_communes(site: Site) -> Tree:
    """The folder of files; its key knows their format and the region: tables are in the salt."""
    home = sorted(site.geography.names.home)
    key = digest_bytes(f"communes {_VERSION} {home}".encode())
    make = partial(_documents, site.geography.names)
    return Tree(addresses.PLACES.rpartition("/")[0][1:], (key,), make)


def stem_of(name: str) -> str:
    """The letters by which a name of commune finds its file.

    >>> stem_of("Saint-Omer"), stem_of("L'Haÿ-les-Roses"), stem_of("Y"), stem_of("Les Saintes")
    ('omer', 'haylesroses', 'y', 'saintes')
    """
    words = name_key(name).split(" ")
    while len(words) > 1 and words[0] in _LEADING:
        words.pop(0)
    return "".join(words)


@lru_cache(4)
def _documents(names: CommuneNames) -> Sequence[tuple[str, bytes]]:
    # Name and bytes of each file, made once a process for all its portals of a region.
    starts, files = _files(names)
    index = {
        "version": _VERSION,
        "ici": sorted(names.home),
        "departements": dict(names.departements),
        "noms": starts,
    }
    documents = {_INDEX: index} | {
        f"{name}{DEFLATED}": {"version": _VERSION, "lignes": rows, "alias": alias}
        for name, (rows, alias) in files.items()
    }
    return [(name, f"{compact(document)}\n".encode()) for name, document in documents.items()]


def _files(names: CommuneNames) -> tuple[list[str], Mapping[str, tuple[list[str], list[str]]]]:
    codes, noms, postcodes = (column(names.communes, rank) for rank in range(3))
    alias = [row for row in names.alias if row[1] in names]
    stems = [*map(stem_of, noms)]
    alias_stems = [stem_of(row[0]) for row in alias]
    starts = _starts((*stems, *alias_stems))
    files: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))

    def of_name(stem: str) -> tuple[list[str], list[str]]:
        return files[f"noms-{bisect_right(starts, stem) - 1}"]

    for code, nom, posts, stem in zip(codes, noms, postcodes, stems, strict=True):
        row = f"{nom},{code},{_posts(code, posts)}"
        of_name(stem)[0].append(row)
        for digit in {code[0], *[post[0] for post in posts.split()]}:
            files[f"numeros-{digit}"][0].append(row)
    for (nom, code, nature), stem in zip(alias, alias_stems, strict=True):
        _, official, posts, *_ = names.row(code)
        row = f"{nom},{code},{_posts(code, posts)},{official},{int(is_merged(nature))}"
        of_name(stem)[1].append(row)
    return starts, dict(sorted(files.items()))


def _starts(stems: Sequence[str]) -> list[str]:
    """Two letters where each range begins, the first from nothing: names that share their first two
    are never parted, since one looks among them for what is near a faulty name.

    >>> _starts(["ar", "at", "be"]) == ["", "at", "be"], _starts([])
    (True, [''])
    """
    most = len(stems) / _RANGES
    starts = [""]
    size = 0
    for letters, count in sorted(Counter(stem[:2] for stem in stems).items()):
        if size >= most:
            starts.append(letters)
            size = 0
        size += count
    return starts


def _posts(code: str, posts: str) -> str:
    # Postcodes, a blank between them, less the two signs that begin the INSEE code too.
    return f" {posts}".replace(f" {code[:2]}", " ")[1:]


# The files of published contents as the form reads them again: front matter as text, and body.
# A few contents of a kind share a file, found by the CRC-32 of a slug, here and in
# ``js/contribuer-reprise.js``.

# Most contents that share a file, on average: about 30 kB, compressed.
_SHARED = 24


@per_site
def group_count(site: Site, kind: Kind) -> int:
    """How many files the contents of a kind are in: a power of two, so that contents change files
    only when there are twice as many."""
    least = -(-len(published(site, kind)) // _SHARED)
    return 1 << max(least - 1, 0).bit_length()


def groups_of(site: Site, kind: Kind) -> dict[int, list[Item]]:
    count = group_count(site, kind)
    groups = dict[int, list[Item]]()
    for item in published(site, kind):
        group = crc32(item.entry.slug.encode()) % count
        groups.setdefault(group, []).append(site.items[item.ref])
    return groups


def source_file(item: Item, site: Site) -> dict[str, Any]:
    """A content as the form reads it: path, front matter with scalars as text, Markdown, hours as a
    grid too. Raises ``CacheError``.
    """
    hours = getattr(item.entry, "horaires_ouverture", None)
    grid = grid_of(read_opening_hours(hours)) if hours else None
    feedback = getattr(item.entry, "retour", None)
    kept_back = feedback and any(getattr(feedback, name) for name in Retour.tus)
    return {
        "chemin": str(item.entry.source),
        "entete": readable(item, site),
        "corps": site.bodies.source(item.stored),
        **({"horaires": grid} if grid else {}),
        **({"tus": True} if kept_back else {}),
    }


Row: TypeAlias = tuple[str, ...]

# How long ago an event may be over: eighteen months, so that last year's edition is there.
BEFORE = timedelta(days=548)


# Folders that a form names, in a field or in the elements of a dossier, or adds a file to.
_NAMED = where(lambda info: info.is_subject)


def rows_of(site: Site, folder: str, start: str) -> list[Row]:
    """Published contents of a folder: slug, title, what tells homonyms apart; days, commune and
    lieu of events, those of the file of the days from ``start`` on. In the order of titles.
    """
    kind = BY_FOLDER[folder]
    rows: list[Row] = []
    if kind.info.dated:
        rows += [_event(site, ref) for ref in _of_days(site, start)]
    else:
        items = [site.items[item.ref] for item in published(site, kind)]
        rows += [
            (item.entry.slug, typeset(item.name), typeset(_precision(item, site))) for item in items
        ]
    if not start:
        rows += [
            (unmade.slug, unmade.titre, unmade.precision)
            for unmade in UNMADE.ask(site)
            if unmade.kind is kind
        ]
    return sorted(rows, key=lambda row: (sort_key(row[1]), row[0]))


def _precision(item: Item, site: Site) -> str:
    entry = item.entry
    if isinstance(entry, PlaceEntry | TerritoryEntry):
        where = town(item.commune) if isinstance(entry, PlaceEntry) else ""
        return ", ".join(filter(None, (sort(item, site).short, where)))
    if isinstance(entry, YearlyEntry):
        return entry.periode or entry.regle or ""
    return ""


@kept_answer
def _event(site: Site, ref: str) -> Row:
    item = site.items[ref]
    first, last = span(item.occurrences)
    entry = item.of(Event)
    details = ", ".join(filter(None, (periode(first, last), place_of(item, site))))
    commune = item.commune.code if item.commune else ""
    dates = first.isoformat(), last.isoformat()
    return entry.slug, typeset(item.name), typeset(details), *dates, commune, entry.lieu or ""


@per_site
def _spans(site: Site) -> Mapping[str, tuple[date, date]]:
    # First and last day of the events that have dates, and were not over long ago.
    dated = (item for item in published(site, Kind.EVENT) if item.occurrences)
    spans = {item.ref: span(item.occurrences) for item in dated}
    return {ref: days for ref, days in spans.items() if not site.is_over(days[1] + BEFORE)}


@per_site
def _by_days(site: Site) -> Mapping[str, tuple[str, ...]]:
    # The events of each file of landmarks: of the first, ``""``; of those of days, by the first of
    # these. What runs from one into the next is in both.
    spans = _spans(site)
    days: dict[date, set[str]] = defaultdict(set)
    for ref, (first, _) in spans.items():
        days[first].add(ref)
    starts = cut(days)
    if not starts:
        return {"": tuple(spans)}
    files: dict[str, tuple[str, ...]] = {"": ()}
    for start, end in pairwise([min(days).replace(day=1), *starts, date.max]):
        held = (ref for ref, (first, last) in spans.items() if first < end and last >= start)
        files[start.isoformat()] = tuple(held)
    return files


@own_answer
def _of_days(site: Site, start: str) -> tuple[str, ...]:
    return _by_days(site)[start]


@answer
def _first_days(site: Site) -> tuple[str, ...]:
    return tuple(filter(None, _by_days(site)))


# Of the landmarks: grows when a former script could not read them.
_LANDMARKS_VERSION = 1


def plan_contribuer(site: Site) -> Iterator[TextFile | Tree]:
    """What the form's scripts read, in few files: an edit makes that of a few contents again."""
    yield plan_communes(site)
    sans = site.config.sans
    yield text_file(site, addresses.BODY_RULES, _rules)
    yield text_file(site, addresses.MATCHES, _matches)
    for kind in offered(sans):
        yield text_file(site, f"{addresses.form_of(kind)}schema.json", _schema, kind.value)
    for kind in _NAMED:
        url = f"{addresses.LANDMARKS}{kind.value}"
        yield text_file(site, f"{url}.json", _landmark_rows, kind.value, "")
        for start in _first_days(site) if kind.info.dated else ():
            yield text_file(site, f"{url}/{start}.json", _landmark_rows, kind.value, start)
    for kind in offered(sans):
        for number, items in sorted(groups_of(site, kind).items()):
            url = f"{addresses.sources_of(kind)}{number}{DEFLATED}"
            yield text_file(site, url, _source_texts, tuple(item.ref for item in items))


def _rules(site: Site) -> Iterator[str]:
    yield f"{compact(form_rules())}\n"


def _matches(site: Site) -> Iterator[str]:
    from portail.text.hints import NAME, READ_BY_FORM  # here: no edit changes it

    table = table_of(NAME)
    yield f"{compact({name: table[name] for name in READ_BY_FORM})}\n"


def _schema(site: Site, name: str) -> Iterator[str]:
    yield f"{compact(kind_schema(Kind(name), site.vocabularies, site.geography.place))}\n"


def _landmark_rows(site: Site, folder: str, start: str) -> Iterator[str]:
    head: dict[str, Any] = {"version": _LANDMARKS_VERSION}
    if BY_FOLDER[folder].info.dated and not start:
        head["suite"] = _first_days(site)
    yield f'{compact(head)[:-1]},"lignes":['
    yield from lined(rows_of(site, folder, start))
    yield "\n]}\n"


def _source_texts(site: Site, refs: Sequence[str]) -> Iterator[str]:
    for rank, item in enumerate(map(site.as_written, refs)):
        name = compact(item.entry.slug)
        document = encode(source_file(item, site)).decode()
        yield f"{',' if rank else '{'}\n{name}:{document}"
    yield "\n}\n"
