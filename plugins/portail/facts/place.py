"""Where a content is: its place, its address, the way there, how one follows it from afar."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from portail.geo.names import in_territory
from portail.geo.places import Commune
from portail.model.collections import Etape, PlaceEntry
from portail.model.event import Event, away
from portail.model.fields import LIEN_APRES
from portail.model.parts import Adresse, Coordonnees
from portail.site.item import Item
from portail.site.site import Site
from portail.site.territories import is_whole, known_by_key
from portail.text.typography import plain, typeset

from .base import Fact, Value, in_words, text_of, texts

_OSM = "https://www.openstreetmap.org/"


# Where one takes part in what takes place in the whole region.
PARTOUT = "Partout, de chez vous"


def anywhere(item: Item, site: Site) -> str:
    """« Partout, de chez vous », « Partout dans l’Aisne et dans la Somme »: whence one takes part
    in an event that has no place; empty for any other."""
    if not item.partout or is_whole(item.zone, site.geography):
        if item.partout:
            return PARTOUT
        return ""
    territories = (known_by_key(code, site.geography) for code in item.zone)
    return (
        f"Partout {in_words([in_territory(territory) for territory in territories if territory])}"
    )


class Address(NamedTuple):
    """Postal address of a content; each part may be empty."""

    # Name of the place: that of the directory, else the one that the event gives.
    nom: str
    rue: str
    code_postal: str
    commune: str
    url: str = ""
    point: Coordonnees | None = None
    # Name that the address itself gives, of a hall or of a building.
    batiment: str = ""
    # Where an event is in its place: its room, its floor.
    salle: str = ""
    # Name of the place as lists say it.
    court: str = ""
    pays: str = ""

    @property
    def precis(self) -> str:
        """The place and the room in it: « La Coupole, auditorium »."""
        return ", ".join(filter(None, (self.nom, self.salle)))

    @property
    def postal(self) -> str:
        last = " ".join(filter(None, (self.code_postal, self.commune)))
        return ", ".join(filter(None, (self.rue, last)))


def _place_of(item: Item, site: Site) -> Item | None:
    if isinstance(item.entry, PlaceEntry):
        return item
    return site.lieu_of(item.entry)


def point_of(item: Item, site: Site) -> Coordonnees | None:
    """Where a place is, or an event: there where its place is, else where it says; ``None`` of what
    is known by its commune alone."""
    place = _place_of(item, site)
    host = place.entry if place else item.entry
    if away(host) or not isinstance(host, PlaceEntry | Event):
        return None
    return host.coordonnees


def address(item: Item, site: Site) -> Address:
    """The address of a place, or of an event: that of its place, else its own."""
    entry = item.entry
    place = _place_of(item, site)
    hall = street = code = room = ""
    where = lieu = None
    if isinstance(entry, Event) and not away(entry):
        room = entry.salle or ""
        where = entry.adresse
    if place and isinstance(place.entry, PlaceEntry):
        lieu = place.entry
        where = lieu.adresse
    if where:
        hall = where.nom or ""
        street = where.rue or ""
        code = where.code_postal or ""
    return Address(
        plain(lieu.titre) if lieu else hall,
        street,
        code,
        commune=item.town,
        url=place.url if place else "",
        point=point_of(item, site),
        batiment=hall,
        salle=room,
        court=place.short if place else hall,
        pays=item.commune.pays if item.commune else "",
    )


def place_of(item: Item, site: Site, *, commune: bool = True) -> str:
    """Place of an event or of a showing: « La Coupole, auditorium, Wizernes », « Partout, de chez
    vous »; empty when it is nowhere. Its ``commune`` is left out where the reader knows it."""
    if item.partout:
        return anywhere(item, site)
    name = item.commune.nom if commune and item.commune else ""
    showing = site.showings.get(item.ref)
    where = address(item, site)
    host, room = (showing.hote, "") if showing else (where.court, where.salle)
    if f" {host}".endswith(f" {name}"):  # « Aquarium de Trébeurden » says it
        name = ""
    return ", ".join(filter(None, (host, room, name)))


def venue(item: Item, site: Site) -> Fact:
    """Location of an event, on a single line: « La Coupole, rue André-Clabaux, 62570 Wizernes »;
    nothing for what is online only. Its value is an ``Address``."""
    place = address(item, site)
    if text := anywhere(item, site):
        return Fact("Où", (Value(text),), text, text, place)
    if away(item.entry):
        return Fact("Où", value=place)
    line = typeset(plain(", ".join(filter(None, (place.precis, place.postal)))))
    return Fact(
        "Où", (Value(line, place.url),) if line else (), line, place.precis or place.rue, place
    )


def where(item: Item, site: Site) -> Fact:
    """Location of an event, line by line, the street of its place while it can be attended."""
    place = address(item, site)
    event = item.of(Event)
    if item.partout:
        return Fact("Où", texts(anywhere(item, site)))
    if away(event):
        return Fact("Où")
    over = item.is_over or event.etat == "annule"
    street, code = ("", "") if place.url and over else (place.rue, place.code_postal)
    name = (Value(place.nom, place.url),) if place.nom else ()
    lines = texts(place.salle, street, _postal(code, item.commune))
    return Fact("Où", (*name, *lines, *directions(item, site)))


def directions(item: Item, site: Site) -> tuple[Value, ...]:
    """Links that lead to an event that can still be attended, or to a place. By coordinates (also
    as a ``geo:`` address, RFC 5870, which telephones open), else by the address written in full;
    nothing for a commune alone."""
    entry = item.entry
    over = isinstance(entry, Event) and (item.is_over or entry.etat == "annule")
    if over or not isinstance(entry, Event | PlaceEntry):
        return ()
    place = address(item, site)
    if place.point:
        lat = place.point.lat
        lon = place.point.lon
        return (
            Value("Itinéraire", f"{_OSM}directions?to={lat}%2C{lon}", sign="lieux"),
            Value("Ouvrir dans une application", f"geo:{lat},{lon}", sign="lieux"),
        )
    hall = place.rue or place.batiment or place.nom
    if not hall or not place.commune:
        return ()
    query = " ".join(filter(None, (f"{hall},", place.code_postal, place.commune)))
    return (Value("Itinéraire", f"{_OSM}search?query={quote(query)}", sign="lieux"),)


def way_there(item: Item, site: Site) -> Fact:
    """How one comes to a place, as its sheet says it; to an event there that can be attended."""
    place = _place_of(item, site)
    entry = item.entry
    lost = isinstance(entry, Event) and (item.is_over or entry.etat == "annule" or away(entry))
    if lost or place is None or not isinstance(place.entry, PlaceEntry):
        return Fact("Accès")
    return Fact("Accès", texts(place.entry.acces))


def town(commune: Commune | None) -> str:
    if commune is None or commune.pays:
        if commune:
            return commune.nom
        return ""
    return f"{commune.nom} ({commune.departement})"


def postal_lines(adresse: Adresse | None, commune: Commune | None) -> tuple[Value, ...]:
    if adresse is None:
        return texts(town(commune))
    return texts(adresse.nom, adresse.rue, _postal(adresse.code_postal, commune))


def _postal(code: str | None, commune: Commune | None) -> str:
    if code and commune:
        return f"{code} {commune.nom}"
    return code or town(commune)


def online(item: Item, site: Site) -> Fact:
    """How an event is followed from afar; its value is the address, empty while it is not given."""
    values = online_link(item.of(Event))
    if not values:
        return Fact("En ligne", value="")
    url = values[0].url
    if url:
        return Fact("En ligne", values, f"Suivre en ligne : {url}", "En ligne", url)
    short = f"En ligne, {text_of(values)}"
    return Fact("En ligne", values, short, short, url)


def online_link(event: Event) -> tuple[Value, ...]:
    """The link by which an event is followed, if it has one, or that it is sent later."""
    if event.en_ligne == LIEN_APRES:
        return (Value("lien envoyé après inscription", sign="lien"),)
    if away(event) and not event.en_ligne:
        return (Value("lien à venir", sign="lien"),)
    if event.en_ligne:
        return (Value("suivre en ligne", event.en_ligne, sign="lien"),)
    return ()


def host_of(loan: Etape, site: Site) -> tuple[str, Commune | None]:
    """Borrower of a resource by its name, and its commune; the name may be empty."""
    lieu = site.lieu(loan.lieu)
    commune = None
    if loan.commune:
        commune = site.geography.by_code(loan.commune)
    if lieu:
        return lieu.short, commune or lieu.commune
    return loan.emprunteur or "", commune
