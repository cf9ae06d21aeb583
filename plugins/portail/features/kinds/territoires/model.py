"""Territories: ``content/territoires/``."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from portail.model.collections import TerritoryEntry
from portail.model.entry import Groupe
from portail.model.faults import Fault
from portail.model.fields import CommuneRef, Ligne, Liste, Phrase, Terme, Texte
from portail.model.kinds import Kind
from portail.model.parts import Chiffre
from portail.model.scalars import champ

_EPCI = ("epci", "cc", "ca", "cu", "metropole")


class Service(Groupe):
    libelle: Ligne = champ("Libellé", "Quel service.", "médiathèques", default=...)
    valeur: Phrase | None = champ("Valeur", "Combien, lesquels.", "12")


class Territoire(TerritoryEntry):
    """A region, a département or an EPCI; its body is a portrait."""

    kind: ClassVar[Kind] = Kind.TERRITOIRE
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume", "type", "code")

    type: Annotated[str, Terme("types-territoires")] | None = champ(
        "Type", "Quel territoire.", "ca"
    )
    code: Annotated[str, Texte(12)] | None = champ(
        "Code", "INSEE (région, département) ou SIREN (EPCI).", "$siren"
    )
    siege: CommuneRef | None = champ("Siège", "Commune du siège.", "$commune")
    chiffres: Annotated[tuple[Chiffre, ...], Liste(40)] = champ(
        "Chiffres",
        "Avec année et source.",
        {"libelle": "habitants", "valeur": "105 000"},
        default=(),
    )
    services: Annotated[tuple[Service, ...], Liste(40)] = champ(
        "Services", "Ce qu’on y trouve.", {"libelle": "médiathèques", "valeur": "12"}, default=()
    )

    @classmethod
    def rules(cls, values: Any) -> Iterator[Fault]:
        """The code has the form that the type asks for (INSEE and SIREN conventions)."""
        yield from super().rules(values)
        if not (values.type and values.code):
            return
        if values.type in _EPCI:
            pattern = r"\d{9}"
            expected = "numéro SIREN"
            remedy = "Écrivez les neuf chiffres de l’EPCI, par exemple 200054781."
        elif values.type == "departement":
            pattern = r"\d{2}|2[AB]|9[78]\d"
            expected = "code de département"
            remedy = "Écrivez par exemple 29 ou 01."
        else:
            pattern = r"\d{2}|9[78]\d"
            expected = "code de région"
            remedy = "Écrivez par exemple 28."
        if not re.fullmatch(pattern, values.code):
            yield Fault(
                "E237", ("code",), {"valeur": values.code, "attendu": expected, "remede": remedy}
            )
