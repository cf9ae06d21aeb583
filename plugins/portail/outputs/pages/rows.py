"""Values that several practical boxes show: addresses, contacts, ages, accessibility."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from portail.model.parts import Accessibilite, Adresse, Age, Contact, Tarif
from portail.outputs.pages.kit import Kit, capital
from portail.outputs.pages.views.shared import Lien
from portail.text.numbers import euros

__all__ = [
    "access_each",
    "access_rows",
    "address_rows",
    "age_phrase",
    "contact_links",
    "contact_rows",
    "handicap",
    "lacking_rows",
    "language_rows",
    "missing",
    "price_rows",
    "site_link",
    "texts",
]


def texts(*values: str | None) -> list[Lien]:
    """Values that are plain text; empty ones are left out."""
    return [Lien(value) for value in values if value]


def missing(text: str = "Pas encore renseigné") -> list[Lien]:
    """The value of a row whose datum nobody has given."""
    return [Lien(text, signe="manque")]


def lacking_rows(names: Iterable[str]) -> Iterator[tuple[str, list[Lien]]]:
    """One row for all that nobody has told yet: « Tarif, accessibilité »; none if nothing lacks."""
    told = capital(", ".join(name.lower() for name in names))
    if told:
        yield "Pas encore renseigné", missing(told)


def address_rows(adresse: Adresse, place: str) -> list[Lien]:
    """The lines of an address; ``place`` is its commune as pages write it."""
    town = " ".join(filter(None, (adresse.code_postal, place)))
    return texts(adresse.nom, adresse.rue, town)


def contact_links(courriel: str | None, telephone: str | None) -> list[Lien]:
    """Links that a thumb can hit: mail and telephone."""
    links = []
    if courriel:  # « ? » and « % » would be read as more than a name (RFC 6068)
        links.append(Lien(courriel, f"mailto:{quote(courriel, safe='@')}", signe="courriel"))
    if telephone:
        digits = "".join(one for one in telephone.replace("(0)", "") if one.isdigit() or one == "+")
        links.append(Lien(telephone, f"tel:{digits}", signe="telephone"))
    return links


def contact_rows(contact: Contact | None) -> list[Lien]:
    """Ways to reach someone."""
    if contact is None:
        return []
    return [*site_link(contact.url), *contact_links(contact.courriel, contact.telephone)]


def age_phrase(age: Age | None) -> str:
    """« de 8 à 12 ans », « dès 8 ans », or nothing."""
    if age is None:
        return ""
    if age.min is not None and age.max is not None:
        return f"de {age.min} à {age.max} ans"
    return f"dès {age.min} ans" if age.min is not None else f"jusqu’à {age.max} ans"


def access_each(access: Accessibilite, kit: Kit) -> list[Lien]:
    """One line for each handicap, what is unknown too, then facilities and labels."""
    return [*_levels(access, kit, _HANDICAPS), *_facilities(access, kit)]


def access_rows(access: Accessibilite | None, kit: Kit) -> list[Lien]:
    """What is accessible to whom, what is not known in one line, facilities and labels."""
    if access is None:
        return []
    unknown = [name for name in _HANDICAPS if getattr(access, name) == "inconnu"]
    rows = _levels(access, kit, [name for name in _HANDICAPS if name not in unknown])
    if unknown:
        first, *others = (handicap(name, kit) for name in unknown)
        names = ", ".join([first, *map(str.lower, others)])
        rows.append(Lien(f"{names} : {kit.label('valeurs-accessibilite', 'inconnu')}",
                         signe="inconnu"))  # fmt: skip
    return [*rows, *_facilities(access, kit)]


def _levels(access: Accessibilite, kit: Kit, names: Iterable[str]) -> list[Lien]:
    values = [(name, getattr(access, name)) for name in names]
    return [
        Lien(f"{handicap(name, kit)} : {kit.label('valeurs-accessibilite', value)}", signe=value)
        for name, value in values
    ]


def _facilities(access: Accessibilite, kit: Kit) -> list[Lien]:
    facilities = kit.labels("equipements-accessibilite", access.equipements)
    labels = kit.labels("labels-accessibilite", access.labels)
    return texts(facilities, labels, access.precisions)


_HANDICAPS = ("moteur", "auditif", "visuel", "mental", "psychique")


def handicap(name: str, kit: Kit) -> str:
    """« Moteur »: under the label « Accessibilité », the word « handicap » goes without saying."""
    return capital(kit.label("handicaps", name).removeprefix("handicap "))


def language_rows(langue: str, kit: Kit) -> list[Lien]:
    """The language, when it is not French."""
    return texts(capital(kit.label("langues", langue))) if langue != "fr" else []


def price_rows(tarif: Tarif | None) -> list[Lien]:
    """What an event costs, then its conditions; nothing when it does not say."""
    if tarif is None:
        return []
    parts = []
    if tarif.nul:
        parts.append("Gratuit")
    elif tarif.prix is not None:
        parts.append(euros(tarif.prix))
    elif tarif.gratuit is False:
        parts.append("Payant")
    if tarif.reduit is not None:
        parts.append(f"réduit {euros(tarif.reduit)}")
    price, rest = ", ".join(parts), capital(tarif.conditions or "")
    return [Lien(price, note=rest)] if price else texts(rest)


def site_link(url: str | None) -> list[Lien]:
    """A web site, named by its address without protocol."""
    return [Lien(url.partition("//")[2].rstrip("/"), url)] if url else []
