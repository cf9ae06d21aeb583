"""Yearly highlights: ``content/temps-forts/``."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ValidationInfo

from portail.model.collections import Edition, YearlyEntry
from portail.model.faults import fault, phrase
from portail.model.fields import Entier, Regle
from portail.model.kinds import Kind
from portail.model.rules import OneOf, Rule


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


Annuelle = Regle
Mois = Annotated[int, Entier(1, 12)]
Editions = Annotated[tuple[Edition, ...], BeforeValidator(_by_year)]


class TempsFort(YearlyEntry):
    """A national or local rendezvous that comes back every year."""

    kind: ClassVar[Kind] = Kind.TEMPS_FORT
    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(
            ("periode", "regle", "editions"),
            "E201",
            {
                "cle": "periode",
                "remede": "Dites quand il a lieu, ou sa « regle », ou ses « editions ».",
            },
        ),
    )
