"""Kinds that gather others: dossiers, communities, projects, temps forts, territories."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ValidationInfo

from portail.model.entry import Entry, Groupe, NomsOuLieux
from portail.model.faults import fault, phrase
from portail.model.fields import (
    Annee,
    Entier,
    Jour,
    Ligne,
    Liste,
    Paragraphe,
    Reference,
    Terme,
    TerritoireRef,
    Texte,
    Url,
)
from portail.model.kinds import Kind, where
from portail.model.parts import Chiffre
from portail.model.rules import OneOf, Order, Rule
from portail.model.scalars import champ, read_text

_ELEMENTS = where(lambda info: info.is_subject)


class Regle(Groupe):
    """Gathers every content of a theme, a keyword and/or a territory."""

    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(("theme", "mot_cle", "territoire"), "E206", {"cle": "regle"}),
    )

    theme: Annotated[str, Terme("themes")] | None = champ("Thème", "Un thème.", "numerique")
    mot_cle: Annotated[str, Texte(60)] | None = champ("Mot-clé", "Un mot-clé.", "vaccin")
    territoire: TerritoireRef | None = champ("Territoire", "Un territoire.", "$territoire")


def _read_ref(value: Any, info: ValidationInfo) -> str:
    if not isinstance(value, str):
        raise fault("E202", cle="ref", exemple="articles/un-article")
    return read_text(value, info).removesuffix(".md")


RefLibre = Reference(_read_ref, {"type": "string", "x-code": "E401"}, _ELEMENTS, code="E401")


# Yearly highlights: ``content/temps-forts/``.


class Edition(Groupe):
    """One year of a highlight."""

    regles: ClassVar[tuple[Rule, ...]] = (Order("du", "au"),)

    annee: Annee = champ("Année", "De l’édition.", "2027", default=...)
    du: Jour | None = champ("Du", "Premier jour.", "2027-10-01")
    au: Jour | None = champ("Au", "Dernier jour.", "2027-10-11")
    theme: Ligne | None = champ("Thème", "De l’année.", "L’émotion de la découverte")
    chiffres: Annotated[tuple[Chiffre, ...], Liste(40)] = champ(
        "Chiffres", "Bilan de l’édition.", {"libelle": "animations", "valeur": "300"}, default=()
    )


def _by_year(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, dict):
        line = "editions: {2027: {du: 2027-10-01, au: 2027-10-11}}"
        raise fault("E208", cle="editions", remede=phrase("groupe", ligne=line))
    rows = []
    for year, edition in value.items():
        if isinstance(edition, dict) and "annee" in edition:
            remedy = f"L’année est déjà dite par « {year}: » : retirez cette ligne."
            raise fault("E204", champ=(year, "annee"), cle="annee", remede=remedy, _key=True)
        rows.append({"annee": year, **edition} if isinstance(edition, dict) else edition)
    return tuple(rows)


class TempsFort(Entry):
    """A national or local rendezvous that comes back every year."""

    kind: ClassVar[Kind] = Kind.TEMPS_FORT
    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(
            ("periode", "editions"),
            "E201",
            {"cle": "periode", "remede": "Dites quand il a lieu, ou donnez ses « editions »."},
        ),
    )

    periode: Ligne | None = champ("Période", "En quelques mots.", "octobre")
    mois: Annotated[tuple[Annotated[int, Entier(1, 12)], ...], Liste(12)] = champ(
        "Mois", "Numéros des mois.", "10", default=()
    )
    editions: Annotated[tuple[Edition, ...], BeforeValidator(_by_year)] = champ(
        "Éditions", "Par année.", {"2027": {"du": "2027-10-01", "au": "2027-10-11"}}, default=()
    )
    organisateur: NomsOuLieux = champ(
        "Organisateur", "Qui l’organise.", "association-exemple", default=()
    )
    participer: Paragraphe | None = champ("Participer", "Comment s’inscrire.")
    site: Url | None = champ("Site", "Site officiel.", "https://www.fetedelascience.fr/")
