"""The whole of one structure, for its own site: its record and those of what names it.

One document of the same records as ``/api/v1/``, each after the schema of its kind (``nature``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portail.model.kinds import Kind
from portail.outputs.base import TextFile, text_file
from portail.outputs.opendata.catalogue import LICENCE, VERSION, attribution, published
from portail.outputs.opendata.columns import table_text
from portail.outputs.opendata.documents import document
from portail.outputs.opendata.records import record_of
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site

KINDS = (Kind.EVENT, Kind.ARTICLE, Kind.RESSOURCE, Kind.ANNONCE)
"""What a structure takes to its own site, in this order."""
FILE = "tout.json"
"""Its name, below the page of a structure."""


@per_site
def _told(site: Site) -> frozenset[str]:
    return frozenset(item.ref for kind in KINDS for item in published(site, kind))


def contents_of(site: Site, ref: str) -> list[Item]:
    """What names the structure ``ref`` in its fields, kind after kind, in the order of lists."""
    there = _told(site)
    named = (site.indexes.by_target.get(ref, ()), site.indexes.apart.get(ref, ()))
    refs = dict.fromkeys(one for some in named for one in some if one in there)
    found = [site.items[one] for one in refs]
    return sorted(found, key=lambda item: KINDS.index(item.entry.kind))


def whole_text(site: Site, ref: str) -> Iterator[str]:
    """The document of a structure: its record, then those of its contents."""
    items = [site.items[ref], *contents_of(site, ref)]
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
            yield from (_line(one, site) for one in items)


def _line(item: Item, site: Site) -> str:
    record = record_of(item, site)
    first, last = (record["calcule"].get(key, "") for key in ("premier_jour", "dernier_jour"))
    days = f" ({first})" if first == last and first else f" ({first} – {last})" if first else ""
    return f"\n- [{item.entry.titre}]({record['url']}){days} : {item.entry.resume}\n"


def structures(site: Site) -> Sequence[str]:
    """Structures that have a file: those that many contents name."""
    least = max(2, site.config.seuil_listes)
    lieux = (item.ref for item in published(site, Kind.LIEU))
    return [ref for ref in lieux if len(contents_of(site, ref)) >= least]


def plan_structures(site: Site) -> Iterator[TextFile]:
    """``/lieux/…/tout.json``."""
    for ref in structures(site):
        yield text_file(site, f"{site.items[ref].url}{FILE}", whole_text, ref)
