"""Where a content takes place, beyond its commune: street, and the way there."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from portail.geo.territories import Commune
from portail.model.event import Event
from portail.model.lieu import Coordonnees, Lieu
from portail.model.parts import Adresse
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.site import Site
from portail.text.inline import plain

__all__ = ["Place", "place_of"]

_OSM = "https://www.openstreetmap.org/"


@dataclass(frozen=True, slots=True)
class Place:
    """Street and postcode (``""`` when unknown), links that lead there."""

    rue: str = ""
    code_postal: str = ""
    itineraire: tuple[Lien, ...] = ()


def place_of(item: Item, site: Site) -> Place:
    """The place of an event that can still be attended, or of a lieu; else an empty one."""
    entry = item.entry
    if isinstance(entry, Event):
        if item.passe or entry.etat == "annule":
            return Place()
        found = site.lieu_of(entry)
        lieu = found.entry if found else None
        if not isinstance(lieu, Lieu):
            return _place(None, entry.adresse, item.commune, "")
        return _place(lieu.coordonnees, lieu.adresse, item.commune, plain(lieu.titre))
    if isinstance(entry, Lieu):
        return _place(entry.coordonnees, entry.adresse, item.commune, plain(entry.titre))
    return Place()


def _place(
    coordonnees: Coordonnees | None, adresse: Adresse | None, commune: Commune | None, nom: str
) -> Place:
    rue, code = (adresse.rue or "", adresse.code_postal or "") if adresse else ("", "")
    where = rue or (adresse.nom if adresse else None) or nom
    return Place(rue, code, tuple(_way(coordonnees, where, code, commune)))


def _way(
    coordonnees: Coordonnees | None, where: str, code: str, commune: Commune | None
) -> list[Lien]:
    """By coordinates (also as a ``geo:`` address, RFC 5870, which telephones open), else by the
    address written in full; nothing for a commune alone."""
    if coordonnees:
        lat, lon = coordonnees.lat, coordonnees.lon
        return [
            Lien("Itinéraire", f"{_OSM}directions?to={lat}%2C{lon}", signe="lieux"),
            Lien("Ouvrir dans une application", f"geo:{lat},{lon}", signe="lieux"),
        ]
    if not where or not commune:
        return []
    asked = " ".join(filter(None, (f"{where},", code, commune.nom)))
    return [Lien("Itinéraire", f"{_OSM}search?query={quote(asked)}", signe="lieux")]
