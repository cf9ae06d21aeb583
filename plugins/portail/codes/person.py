"""What the form says instead of a code's sentences: to a person, not of a file, keys or lines."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["PERSON"]

PERSON: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "E201": ("{demande}", ""),
        "E202": ("Un texte simple est attendu.", ""),
        "E203": ("« {valeur} » n’est pas dans la liste.", "{remede}"),
        "E205": (
            "C’est trop long : {longueur} signes, pour {limite} au plus.",
            "Raccourcissez : les détails vont dans le texte.",
        ),
        "E206": ("La réponse est vide.", "Complétez-la, ou effacez-la."),
        "E209": ("« {valeur} » n’est pas un nombre admis.", "Écrivez {attendu}."),
        "E210": ("« {valeur} » n’est pas une date : {raison}.", "Choisissez le jour."),
        "E213": (
            "La fin ({fin}) est avant le début ({debut}).",
            "Vérifiez les deux, ou effacez la fin si vous ne la connaissez pas.",
        ),
        "E215": ("Dites quand cela a lieu.", "Donnez un jour, ou les jours d’une période."),
        "E216": (
            "Deux réponses disent quand l’événement a lieu.",
            "Gardez les séances, ou les jours d’une période.",
        ),
        "E217": (
            "Dites où cela a lieu.",
            "Choisissez un lieu de l’annuaire, ou donnez la commune ; en ligne, l’adresse web.",
        ),
        "E218": (
            "« {valeur} » n’est pas dans la liste.",
            "Choisissez l’une des propositions, ou effacez la réponse.",
        ),
        "E223": (
            "« {valeur} » n’est pas une {cle} en degrés.",
            "Écrivez des degrés décimaux, par exemple 50,7025.",
        ),
        "E224": ("Dites ce que montre l’image.", "Une phrase, pour qui ne la voit pas."),
        "E225": ("Dites de qui est l’image.", ""),
        "E227": ("{nombre} réponses, pour {limite} au plus.", "Gardez les plus importantes."),
        "E233": ("Dites quelle date était annoncée d’abord.", ""),
        "E238": ("« {valeur} » est là deux fois.", "Gardez-en une."),
        "E239": (
            "Ces jours et ces heures ne donnent aucune séance.",
            "Vérifiez le premier et le dernier jour, les jours de la semaine, les exceptions.",
        ),
        "E240": (
            "« {valeur} » n’est pas une période.",
            "Écrivez deux dates séparées par deux points : 2021-11-01..2021-11-07",
        ),
        "E243": (
            "« {cle} » n’a de sens qu’avec « {autre} ».",
            "Donnez les deux, ou effacez « {cle} ».",
        ),
        "E246": ("Du HTML est écrit ici : {valeur}.", "Retirez-le."),
        "E249": ("« {trouve} » ne se lit pas : {raison}.", "{remede}"),
        "E253": (
            "L’inscription est obligatoire : dites comment s’inscrire.",
            "Donnez une page de réservation, un téléphone ou une adresse électronique.",
        ),
        "E317": (
            "L’image « {valeur} » est prise sur un autre site.",
            "Donnez un lien, ou choisissez l’image dans « Image », avec l’accord de son auteur.",
        ),
        "E326": ("Il manque le texte.", "Écrivez au moins une phrase."),
        "E401": ("« {valeur} » ne mène à aucune page du portail.", "Vérifiez l’adresse."),
        "E411": (
            "Le lieu « {valeur} » n’est pas dans l’annuaire.",
            "Choisissez-le dans la liste, ou écrivez son adresse.",
        ),
        "E412": (
            "« {valeur} » n’est pas connu ici.",
            "Choisissez dans la liste, ou écrivez le nom en toutes lettres, avec sa majuscule.",
        ),
    }
)
"""Message and remedy by code. A code that is not here says the same in a form as of a file;
``{demande}`` is ``demande_<field>`` of ``model.phrases``, ``{cle}`` and ``{autre}`` are labels."""
