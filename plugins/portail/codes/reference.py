"""Codes 4xx: references to other contents, files and communes."""

from __future__ import annotations

from portail.codes.base import Code

__all__ = ["CODES"]

CODES = (
    Code("E401", "Lien interne vers rien", "« {valeur} » ne mène à aucun contenu.", "{remede}"),
    Code(
        "E402",
        "Ancre inconnue",
        "La page « {cible} » n’a pas d’intertitre « #{ancre} ».",
        "{remede}",
    ),
    Code(
        "E403",
        "Lien vers un contenu non publié",
        "« {valeur} » existe mais n’est pas publié ({etat}).",
        "Publiez-le d’abord, ou retirez le lien.",
    ),
    Code("E404", "Fichier joint introuvable", "Le fichier « {valeur} » n’existe pas.", "{remede}"),
    Code(
        "E405",
        "Référence ambiguë",
        "« {valeur} » désigne plusieurs contenus : {candidats}.",
        "Écrivez le dossier devant, par exemple {exemple}.",
    ),
    Code(
        "C406",
        "Contenu appelé par son ancien nom",
        "« {valeur} » s’appelle désormais « {propose} » : le lien y mène.",
        "Écrivez « {propose} ».",
    ),
    Code("E411", "Lieu inconnu", "Le lieu « {valeur} » n’est pas dans l’annuaire.", "{remede}"),
    Code(
        "E412",
        "Référence inconnue",
        "« {valeur} » ({cle}) ne correspond à aucun contenu de {dossier}.",
        "{remede}",
    ),
    Code(
        "E413",
        "Édition inconnue",
        "« {valeur} » n’est pas une édition de « {temps_fort} ».",
        "{remede}",
    ),
    Code(
        "E414",
        "Contenu qui se contient lui-même",
        "« {valeur} » se retrouve parmi ses propres parents.",
        "Retirez « {cle} » sur l’un des deux.",
    ),
    Code("E415", "Image introuvable", "L’image « {valeur} » n’existe pas.", "{remede}"),
    Code(
        "E416",
        "Référence mal écrite",
        "« {valeur} » n’est pas la référence d’un contenu.",
        "Écrivez le dossier, une barre et le nom du fichier, par exemple {exemple}.",
    ),
    Code(
        "E431",
        "Commune ambiguë",
        "{raison} : {candidats}.",
        "{remede}",
    ),
    Code("E432", "Commune inconnue", "La commune « {valeur} » est inconnue.", "{remede}"),
    Code("E433", "Territoire inconnu", "Le territoire « {valeur} » est inconnu.", "{remede}"),
    Code(
        "A434",
        "Signature sans fiche",
        "« {valeur} » ({cle}) n’a pas de fiche : la page dira « Contributeur retiré ».",
        "{remede}",
    ),
)
