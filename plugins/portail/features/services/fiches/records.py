"""One content as open data: front matter, text, computed fields (``docs/technique/opendata.md``).
Nothing depends on the day of the build.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from portail.agenda.occurrences import Occurrence
from portail.facts.base import unlinked
from portail.facts.place import address
from portail.features.services.schemas.front_matter import front_matter_of
from portail.geo.places import Commune
from portail.model.event import Event, away
from portail.model.place import PlaceEntry
from portail.model.registry import references_of
from portail.outputs.identifiers import name_of, nature_of
from portail.outputs.pages.entry.reading import text_of
from portail.outputs.pictures import fallback, shown_picture, shown_size
from portail.site.item import Item
from portail.site.memo import recent
from portail.site.positions import position_of
from portail.site.site import Site

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
