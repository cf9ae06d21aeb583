"""Codes of a text that is not what a reader sees, wherever it stands."""

from __future__ import annotations

from portail.codes.base import Code

__all__ = ["CODES"]

CODES = (
    Code(
        "E134",
        "Accents empilés",
        "Une même lettre porte {nombre} accents ; la limite est de {limite}.",
        "Effacez-la, puis retapez le mot.",
    ),
    Code(
        "E257",
        "Mot encodé pour le courriel",
        "« {cle} » contient un mot encodé (« {valeur}… ») qu’un courriel lirait autrement.",
        "Écrivez le texte lui-même, comme il doit se lire.",
    ),
    Code(
        "E258",
        "Nom de site trompeur",
        "Le nom « {valeur} » mélange des alphabets, ou cache un signe : il se lit comme un autre.",
        "Retapez-le au clavier, lettre par lettre.",
    ),
    Code(
        "E329",
        "Courriel à un destinataire caché",
        "L’adresse « {valeur} » remplit autre chose que l’objet et le texte du courriel.",
        "Gardez l’adresse, avec un objet au besoin : mailto:nom@exemple.org?subject=Visite",
    ),
)
