"""What a territory is in tables of kinds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portail.model.collections import PlaceEntry
from portail.model.kinds import Kind
from portail.outputs.pages.cards import asked, sort_line
from portail.outputs.pages.entry.inputs import BLOCS, ENTRY_FIELDS
from portail.outputs.pages.lists.listings import OWN_LIST, OwnList
from portail.outputs.pages.lists.paging import Group, Grouped, by_key, coming_among, counted
from portail.outputs.pages.slots import SEARCH_LINE
from portail.site.item import Item
from portail.site.kind_tables import WANTED, Rows, Wanted
from portail.site.memo import answer
from portail.site.site import Site
from portail.text.normalise import slugify, sort_key
from portail.text.typography import nombre

from .blocs import coming_at, territoire_refs, territory_blocs
from .model import Territoire
from .page import territory_fields

_ELSEWHERE = "Ailleurs"


def by_territory(site: Site, kind: Kind, items: Sequence[Item]) -> Grouped:
    """The region, its départements, the EPCI of each, then those of elsewhere."""
    geography = site.geography
    titles = {"region": "Région", "departement": "Départements"}
    home = geography.departements_of(geography.home.code) if geography.home else ()
    where = {}
    for dep in home:
        for epci in geography.home_epci_of(dep.code):
            where[epci.siren] = dep.nom

    def key(item: Item) -> str:
        entry = item.of(Territoire)
        return titles.get(entry.type or "") or where.get(entry.code or "", _ELSEWHERE)

    def group(title: str, items: list[Item]) -> Group:
        notes, fins = zip(*(_inside(site, item.ref) for item in items), strict=True)
        anchor = f"Dans-{slugify(title)}"
        return Group(title, asked(items), "simples", anchor, notes, fins=fins)

    by_title = by_key(items, key)
    order = (*titles.values(), *sorted((dep.nom for dep in home), key=sort_key), _ELSEWHERE)
    return counted(group(title, by_title[title]) for title in order if title in by_title)


@answer
def _inside(site: Site, ref: str) -> tuple[str, date | None]:
    # « 4 lieux · 2 à venir », and until when it is so: what its page counts.
    item = site.items[ref]
    there = [site.items[inside] for inside in territoire_refs(item, site)]
    places = sum(isinstance(item.entry, PlaceEntry) for item in there)
    count, end = coming_among(site, there)
    count = coming_at(item, site)[1] or count
    notes = []
    if places:
        notes.append(f"{nombre(places)} {'lieux' if places > 1 else 'lieu'}")
    if count:
        notes.append(f"{nombre(count)} à venir")
    return " · ".join(notes), end


ROWS: Rows = {
    SEARCH_LINE: sort_line,
    ENTRY_FIELDS: territory_fields,
    BLOCS: territory_blocs,
    OWN_LIST: OwnList(by_territory),
    WANTED: (Wanted(("chiffres",), "le portrait commence par là"),),
}
