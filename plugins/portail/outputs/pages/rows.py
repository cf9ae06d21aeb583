"""Values that several practical boxes show: addresses, contacts, ages, accessibility."""

from __future__ import annotations

from portail.model.event import Inscription, Tarif
from portail.model.parts import Accessibilite, Adresse, Age, Contact
from portail.outputs.pages.kit import Kit, capital, moment_text
from portail.outputs.pages.views import Lien
from portail.text.numbers import euros

__all__ = [
    "access_rows",
    "address_rows",
    "age_phrase",
    "booking_rows",
    "contact_links",
    "contact_rows",
    "language_rows",
    "price_text",
    "site_link",
    "texts",
]


def texts(*values: str | None) -> list[Lien]:
    """Values that are plain text; empty ones are left out."""
    return [Lien(value) for value in values if value]


def address_rows(adresse: Adresse, place: str) -> list[Lien]:
    """The lines of an address; ``place`` is its commune as pages write it."""
    town = " ".join(filter(None, (adresse.code_postal, place)))
    return texts(adresse.nom, adresse.rue, town)


def contact_links(courriel: str | None, telephone: str | None) -> list[Lien]:
    """Links that a thumb can hit: mail and telephone."""
    links = [Lien(courriel, f"mailto:{courriel}")] if courriel else []
    if telephone:
        digits = "".join(one for one in telephone.replace("(0)", "") if one.isdigit() or one == "+")
        links.append(Lien(telephone, f"tel:{digits}"))
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


def access_rows(access: Accessibilite | None, kit: Kit) -> list[Lien]:
    """What is accessible to whom, what is not known, facilities and labels."""
    if access is None:
        return []
    rows = [
        f"{capital(kit.label('handicaps', name))} : {kit.label('valeurs-accessibilite', value)}"
        for name in ("moteur", "auditif", "visuel", "mental", "psychique")
        if (value := getattr(access, name)) != "inconnu"
    ]
    unknown = [
        kit.label("handicaps", name)
        for name in ("moteur", "auditif", "visuel", "mental", "psychique")
        if getattr(access, name) == "inconnu"
    ]
    if unknown:
        rows.append(f"Non renseigné : {', '.join(unknown)}")
    rows.append(kit.labels("equipements-accessibilite", access.equipements))
    rows.append(kit.labels("labels-accessibilite", access.labels))
    return texts(*rows, access.precisions)


def language_rows(langue: str, kit: Kit) -> list[Lien]:
    """The language, when it is not French."""
    return texts(capital(kit.label("langues", langue))) if langue != "fr" else []


def price_text(tarif: Tarif | None) -> str:
    """What an event costs, in one phrase; « Non précisé » when it does not say."""
    if tarif is None:
        return "Non précisé"
    parts = []
    if tarif.gratuit or tarif.prix == 0:
        parts.append("Gratuit")
    elif tarif.prix is not None:
        parts.append(euros(tarif.prix))
    elif tarif.gratuit is False:
        parts.append("Payant")
    if tarif.reduit is not None:
        parts.append(f"réduit {euros(tarif.reduit)}")
    if tarif.conditions:
        parts.append(tarif.conditions)
    return ", ".join(parts) or "Non précisé"


_REGIMES = {
    "aucune": "Sans inscription",
    "conseillee": "Inscription conseillée",
    "obligatoire": "Inscription obligatoire",
}


def booking_rows(inscription: Inscription) -> list[Lien]:
    """Whether and how to book, apart from the address of a button."""
    text = _REGIMES.get(inscription.regime, inscription.regime)
    if inscription.avant_le:
        text += f", avant le {moment_text(inscription.avant_le)}"
    return [Lien(text), *contact_links(inscription.courriel, inscription.telephone)]


def site_link(url: str | None) -> list[Lien]:
    """A web site, named by its address without protocol."""
    return [Lien(url.partition("//")[2].rstrip("/"), url)] if url else []
