"""Values that several practical boxes show: addresses, contacts, ages, accessibility."""

from __future__ import annotations

from portail.model.parts import Accessibilite, Adresse, Age, Contact
from portail.outputs.pages.kit import Kit, capital
from portail.outputs.pages.views import Lien

__all__ = [
    "access_rows",
    "address_rows",
    "age_phrase",
    "contact_links",
    "contact_rows",
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


def site_link(url: str | None) -> list[Lien]:
    """A web site, named by its address without protocol."""
    return [Lien(url.partition("//")[2].rstrip("/"), url)] if url else []
