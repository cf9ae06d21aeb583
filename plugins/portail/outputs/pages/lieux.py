"""The page of a place: its practical box, and what only places show."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from portail.model.lieu import Equipement, Lieu
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit, capital, day_of, resolve_names
from portail.outputs.pages.lieu_horaires import closures, hours_lines, hours_view
from portail.outputs.pages.rows import (
    access_each,
    address_rows,
    contact_links,
    missing,
    site_link,
    texts,
)
from portail.outputs.pages.states import LieuState
from portail.outputs.pages.views.lieu import LieuView
from portail.outputs.pages.views.shared import Fait, Lien
from portail.text.inline import plain
from portail.text.numbers import euros, nombre

__all__ = ["lieu_buttons", "lieu_rows", "lieu_view"]


def lieu_rows(inputs: EntryInputs, kit: Kit) -> Iterator[tuple[str, list[Lien]]]:
    """Rows of the practical box."""
    entry = inputs.item.entry
    assert isinstance(entry, Lieu)
    place = kit.place(inputs.item.commune)
    where = address_rows(entry.adresse, place) if entry.adresse else texts(place)
    yield "Adresse", [*where, *inputs.where.place.itineraire]
    yield "Accès", texts(entry.acces)
    yield "Horaires", texts(*hours_lines(entry))
    yield "Tarifs", texts(*(f"{capital(one.libelle)} : {_price(one.prix)}" for one in entry.tarifs))
    yield "Durée de visite", texts(entry.duree_visite)
    yield "Public", texts(kit.labels("publics", entry.publics))
    yield "Équipements", [_room(one, kit) for one in entry.equipements]
    yield "Accessibilité", _access(entry, kit)
    yield "Territoires", [Lien(name, url) for name, url in inputs.where.territoires]
    if not entry.offre:
        yield from _ties(inputs, kit)
    yield "Réseaux sociaux", [Lien(capital(name), url) for name, url in entry.reseaux_sociaux]
    yield _missing(entry, kit)
    old = isinstance(inputs.etat, LieuState) and inputs.etat.a_verifier
    note = "depuis plus d’un an : appelez avant de venir" if old else ""
    known = [Lien(day_of(entry.verifie_le), note=note)] if entry.verifie_le else []
    yield "Fiche vérifiée le", known or missing("Jamais vérifiée")


def _room(room: Equipement, kit: Kit) -> Lien:
    """A room, how many it seats beside it."""
    seats = f"{nombre(room.places)} places" if room.places else ""
    wheelchairs = f"{room.places_pmr} pour fauteuil" if room.places_pmr else ""
    note = ", dont ".join(filter(None, (seats, wheelchairs)))
    return Lien(capital(kit.label("equipements", room.type)), note=capital(note))


def _access(entry: Lieu, kit: Kit) -> list[Lien]:
    """What is accessible to whom; of what is unknown, whom to ask."""
    access = entry.accessibilite
    if access is None:
        return []
    rows = access_each(access, kit)
    if any(one.signe == "inconnu" for one in rows):
        ways = contact_links(None, entry.telephone) or contact_links(entry.courriel, None)
        ask = "Inconnu ? Appelez avant de venir" if entry.telephone else "Inconnu ? Écrivez avant"
        rows += [Lien(ask, one.url, signe=one.signe) for one in ways[:1]]
    return rows


def _price(prix: float) -> str:
    return euros(prix) if prix else "gratuit"


def lieu_buttons(entry: Lieu) -> tuple[Lien, ...]:
    """Ways to reach the place, each large enough for a thumb."""
    subject = quote(f"Depuis le portail : {plain(entry.titre)}")
    links = []
    for link in contact_links(entry.courriel, entry.telephone):
        if link.url.startswith("mailto:"):
            links.append(Lien("Écrire", f"{link.url}?subject={subject}", link.texte))
        else:
            links.append(Lien(f"Appeler le {link.texte}", link.url))
    return (*links, *(Lien("Voir le site", one.url, one.texte) for one in site_link(entry.site)))


def lieu_view(inputs: EntryInputs, kit: Kit) -> LieuView | None:
    """What only the page of a place shows."""
    entry, state = inputs.item.entry, inputs.etat
    if not isinstance(entry, Lieu) or not isinstance(state, LieuState):
        return None
    ties = _ties(inputs, kit) if entry.offre else ()
    return LieuView(
        tuple(kit.labels("roles", (code,)) for code in entry.roles),
        tuple(Fait(label, tuple(values)) for label, values in ties if values),
        closures(entry, state),
        hours_view(entry, state),
    )


def _missing(entry: Lieu, kit: Kit) -> tuple[str, list[Lien]]:
    """What visitors look for and the sheet does not say, in one row."""
    kind = kit.vocabularies["types-lieux"].get(entry.type or "")
    visited = kind is not None and kind.extra.get("visitable") == "oui"
    street = entry.adresse is not None and (entry.adresse.rue or entry.adresse.nom)
    known = {
        "adresse": bool(street or entry.coordonnees) or not entry.code_commune,
        "horaires": bool(entry.horaires_ouverture) or not visited,
        "tarifs": bool(entry.tarifs) or not visited,
        "accessibilité": entry.accessibilite is not None or not visited,
        "contact": bool(entry.courriel or entry.telephone or entry.site),
    }
    names = [name for name, there in known.items() if not there]
    if not names:
        return "", []
    plural = len(names) > 1 or names[0] in ("horaires", "tarifs")
    agreed = "s" if plural else ("" if names[0] == "contact" else "e")
    return capital(", ".join(names)), missing(f"Pas encore renseigné{agreed}")


def _ties(inputs: EntryInputs, kit: Kit) -> Iterator[tuple[str, list[Lien]]]:
    """What the place is to others: in the box, unless it offers them something."""
    entry = inputs.item.entry
    assert isinstance(entry, Lieu)
    roles = filter(None, (kit.vocabularies["roles"].get(code) for code in entry.roles))
    names = ((capital(one.label), one.extra.get("definition", "")) for one in roles)
    yield "Rôle", [Lien(name, note=meaning) for name, meaning in names]
    offers = (capital(kit.label("offres", code)) for code in entry.offre)
    yield "Propose aux autres structures", texts(*offers)
    yield "Membre de", list(resolve_names(entry, "membre_de", inputs.links))
