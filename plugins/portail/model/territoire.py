"""Territories: ``content/territoires/``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from portail.model.entry import Entry, Groupe, mapping
from portail.model.faults import Fault
from portail.model.fields import CommuneRef, Liste, Terme, Texte, champ
from portail.model.kinds import Kind
from portail.model.parts import Chiffre

__all__ = ["Service", "Territoire"]

_EPCI = ("epci", "cc", "ca", "cu", "metropole")


class Service(Groupe):
    """A local service: what, and who or how many."""

    libelle: Annotated[str, Texte(140)] = champ(
        "Libellé", "Quel service.", "médiathèques", default=...
    )
    valeur: Annotated[str, Texte(300)] | None = champ("Valeur", "Combien, lesquels.", "12")


class Territoire(Entry):
    """A region, a département or an EPCI; its body is a portrait."""

    kind: ClassVar[Kind] = Kind.TERRITOIRE
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume", "type", "code")

    type: Annotated[str, Terme("types-territoires")] | None = champ(
        "Type", "Quel territoire.", "ca"
    )
    code: Annotated[str, Texte(12)] | None = champ(
        "Code", "INSEE (région, département) ou SIREN (EPCI).", "200069037"
    )
    siege: CommuneRef | None = champ("Siège", "Commune du siège.", "Longuenesse")
    chiffres: Annotated[tuple[Annotated[Chiffre, mapping], ...], Liste(40)] = champ(
        "Chiffres",
        "Avec année et source.",
        {"libelle": "habitants", "valeur": "105 000"},
        default=(),
    )
    services: Annotated[tuple[Annotated[Service, mapping], ...], Liste(40)] = champ(
        "Services", "Ce qu’on y trouve.", {"libelle": "médiathèques", "valeur": "12"}, default=()
    )

    @classmethod
    def rules(cls, values: Any) -> Iterator[Fault]:
        """The code has the form that the type asks for (INSEE and SIREN conventions)."""
        yield from super().rules(values)
        if not (values.type and values.code):
            return
        if values.type in _EPCI:
            pattern, expected = r"\d{9}", "numéro SIREN"
            remedy = "Écrivez les neuf chiffres de l’EPCI, par exemple 200069037."
        elif values.type == "departement":
            pattern, expected = r"\d{2}|2[AB]|97\d", "code de département"
            remedy = "Écrivez par exemple 62 ou 02."
        else:
            pattern, expected, remedy = r"\d{2}", "code de région", "Écrivez par exemple 32."
        if not re.fullmatch(pattern, values.code):
            yield Fault(
                "E237", ("code",), {"valeur": values.code, "attendu": expected, "remede": remedy}
            )
