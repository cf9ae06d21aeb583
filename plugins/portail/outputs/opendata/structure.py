"""The whole of one structure, for its own site: its record and those of what names it.

One document of the same records as ``/api/v1/``, each after the schema of its kind (``nature``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from portail.model.kinds import Kind
from portail.outputs.base import TextFile, text_file
from portail.outputs.opendata.catalogue import LICENCE, VERSION, attribution, published
from portail.outputs.opendata.columns import table_text
from portail.outputs.opendata.documents import document
from portail.outputs.opendata.records import record_of
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.site import Site

KINDS = (Kind.EVENT, Kind.ARTICLE, Kind.RESSOURCE, Kind.ANNONCE)
"""What a structure takes to its own site, in this order."""
FILE = "tout.json"
"""Its name, below the page of a structure."""
MOST = 300
"""Contents that it holds: a megabyte. ``portail exporter`` gives all of them."""


@per_site
def _told(site: Site) -> frozenset[str]:
    return frozenset(item.ref for kind in KINDS for item in published(site, kind))


@answer
def _named(site: Site, ref: str) -> tuple[str, ...]:
    """What names a structure in its fields, kind after kind, in the order of references: a new day
    moves nothing, and its documents are made again only for another list."""
    there = _told(site)
    named = (site.indexes.by_target.get(ref, ()), site.indexes.apart.get(ref, ()))
    refs = dict.fromkeys(one for some in named for one in some if one in there)
    return tuple(sorted(refs, key=lambda one: (KINDS.index(site.items[one].entry.kind), one)))


def contents_of(site: Site, ref: str) -> list[Item]:
    """What names the structure ``ref`` in its fields, kind after kind."""
    return [site.items[one] for one in _named(site, ref)]


def whole_text(site: Site, ref: str, most: int = 0) -> Iterator[str]:
    """The document of a structure: its record, then those of its contents, the last published ones
    when there are more than ``most`` (0: all of them); ``total`` counts what is there."""
    contents = contents_of(site, ref)
    if most and len(contents) > most:
        last = sorted(contents, key=lambda one: (one.entry.publie_le or date.min, one.ref))
        kept = {one.ref for one in last[-most:]}
        contents = [one for one in contents if one.ref in kept]
    items = [site.items[ref], *contents]
    head = {
        "version": VERSION,
        "licence": LICENCE,
        "attribution": attribution(site.config, site.vocabularies),
        "total": len(items),
    }
    return document(head, (record_of(item, site) for item in items))


def events_text(site: Site, ref: str) -> Iterator[str]:
    """The table of the events of a structure, with the columns of ``evenements.csv``."""
    events = [item.ref for item in contents_of(site, ref) if item.entry.kind is Kind.EVENT]
    yield from table_text(site, "evenements.csv", events)


def markdown_text(site: Site, ref: str) -> Iterator[str]:
    """The same contents as a page to paste: title, days, summary, address."""
    item = site.items[ref]
    yield f"# {item.entry.titre}\n"
    for kind in KINDS:
        items = [one for one in contents_of(site, ref) if one.entry.kind is kind]
        if items:
            yield f"\n## {kind.info.rubrique}\n"
            recent = sorted(items, key=lambda one: str(_days(one, site)), reverse=True)
            yield from (_line(one, site) for one in recent)


def _days(item: Item, site: Site) -> tuple[str, str]:
    """Its first and its last day; empty for what has none."""
    derived = record_of(item, site)["calcule"]
    return derived.get("premier_jour", ""), derived.get("dernier_jour", "")


def _line(item: Item, site: Site) -> str:
    first, last = _days(item, site)
    days = f" ({first})" if first == last and first else f" ({first} – {last})" if first else ""
    url = site.config.absolute(item.url)
    return f"\n- [{item.entry.titre}]({url}){days} : {item.entry.resume}\n"


def structures(site: Site) -> Sequence[str]:
    """Structures that have a file: those that many contents name."""
    least = max(2, site.config.seuil_listes)
    lieux = (item.ref for item in published(site, Kind.LIEU))
    return [ref for ref in lieux if len(_named(site, ref)) >= least]


def plan_structures(site: Site) -> Iterator[TextFile]:
    """``/lieux/…/tout.json``."""
    for ref in structures(site):
        yield text_file(site, f"{site.items[ref].url}{FILE}", whole_text, ref, MOST)
