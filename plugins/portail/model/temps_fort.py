"""Yearly highlights: ``content/temps-forts/``."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ValidationInfo

from portail.model.entry import Entry, Groupe, NomsOuLieux, mapping
from portail.model.faults import fault
from portail.model.fields import Entier, Jour, Liste, Texte, Url, champ
from portail.model.kinds import Kind
from portail.model.parts import Chiffre
from portail.model.rules import OneOf, Order, Rule

__all__ = ["Edition", "TempsFort"]


class Edition(Groupe):
    """One year of a highlight."""

    regles: ClassVar[tuple[Rule, ...]] = (Order("du", "au"),)

    annee: Annotated[int, Entier(1990, 2100)] = champ("Année", "De l’édition.", "2021", default=...)
    du: Jour | None = champ("Du", "Premier jour.", "2021-10-01")
    au: Jour | None = champ("Au", "Dernier jour.", "2021-10-11")
    theme: Annotated[str, Texte(140)] | None = champ(
        "Thème", "De l’année.", "L’émotion de la découverte"
    )
    chiffres: Annotated[tuple[Annotated[Chiffre, mapping], ...], Liste(40)] = champ(
        "Chiffres", "Bilan de l’édition.", {"libelle": "animations", "valeur": "300"}, default=()
    )


def _by_year(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, dict):
        raise fault(
            "E208", cle="editions", exemple="editions: {2021: {du: 2021-10-01, au: 2021-10-11}}"
        )
    rows = []
    for year, one in value.items():
        if isinstance(one, dict) and "annee" in one:
            remedy = f"L’année est déjà dite par « {year}: » : retirez cette ligne."
            raise fault("E204", champ=(year, "annee"), cle="annee", remede=remedy, _key=True)
        rows.append({"annee": year, **one} if isinstance(one, dict) else one)
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

    periode: Annotated[str, Texte(140)] | None = champ("Période", "En quelques mots.", "octobre")
    mois: Annotated[tuple[Annotated[int, Entier(1, 12)], ...], Liste(12)] = champ(
        "Mois", "Numéros des mois.", "10", default=()
    )
    editions: Annotated[tuple[Annotated[Edition, mapping], ...], BeforeValidator(_by_year)] = champ(
        "Éditions", "Par année.", {"2021": {"du": "2021-10-01", "au": "2021-10-11"}}, default=()
    )
    organisateur: NomsOuLieux = champ(
        "Organisateur", "Qui l’organise.", "ombelliscience", default=()
    )
    participer: Annotated[str, Texte(600)] | None = champ("Participer", "Comment s’inscrire.")
    site: Url | None = champ("Site", "Site officiel.", "https://www.fetedelascience.fr/")
