"""Codes 5xx: rules across documents, the plan of the site and what was written."""

from __future__ import annotations

from portail.codes.base import Code

__all__ = ["CODES"]

CODES = (
    Code(
        "E501",
        "Deux fichiers pour une adresse",
        "L’adresse {url} est déjà celle de « {autre} ».",
        "Renommez l’un des deux fichiers.",
    ),
    Code(
        "E502",
        "Adresse réservée",
        "L’adresse {url} appartient au site lui-même.",
        "Renommez le fichier.",
    ),
    Code(
        "E503",
        "Ancienne adresse déjà prise",
        "L’ancienne adresse {url} est celle de « {autre} ».",
        "Retirez-la de « anciennes_urls ».",
    ),
    Code(
        "E504",
        "Prêts qui se chevauchent",
        "Le prêt de la ligne {ligne} (du {du} au {au}) chevauche {avec} {autres} : {raison}.",
        "Corrigez les dates de l’un d’eux, le numéro de l’exemplaire, ou leur nombre "
        "dans « pret ».",
    ),
    Code(
        "E505",
        "Page morte dans le site",
        "La page {url} contient un lien vers {cible}, qui n’existe pas.",
        "Corrigez le lien, ou signalez-le à l’équipe du site s’il ne vient pas de votre texte.",
    ),
    Code(
        "E506",
        "Contenu dangereux dans le site",
        "Le fichier {url} contient {trouve}.",
        "Il n’est pas publié. Retirez ce passage du texte d’origine.",
    ),
    Code(
        "E507",
        "Contenu retiré encore là",
        "« {valeur} » est au registre des retraits, mais « {autre} » est encore là.",
        "Supprimez le fichier, ou retirez cette ligne du registre.",
    ),
    Code(
        "E508",
        "Lettre sans semaine",
        "« {valeur} » n’est pas une semaine : le mot d’une lettre porte le nom de la sienne.",
        "Renommez le fichier, par exemple en « {propose}.md ».",
    ),
    Code(
        "A512",
        "Événement hors de son temps fort",
        "L’événement n’a lieu à aucun moment de « {temps_fort} » {edition} ({dates}).",
        "{remede}",
    ),
    Code(
        "A513",
        "Événement sans doute écrit deux fois",
        "Cet événement ressemble à « {titre} » ({autre}) : même endroit, même début ({jour}), "
        "titres proches.",
        "Si c’est le même, gardez un seul fichier ; sinon, précisez un titre, le lieu ou l’heure.",
    ),
    Code(
        "A514",
        "Étape donnée deux fois",
        "L’étape {etape} de ce parcours est déjà celle de « {autre} ».",
        "Corrigez le rang de l’une des deux.",
    ),
    Code(
        "A515",
        "Événement hors de celui qui le contient",
        "L’événement n’a lieu à aucun moment de « {parent} » ({dates}), qui le contient.",
        "Corrigez la date de l’un des deux, ou retirez « evenement_parent ».",
    ),
    Code(
        "C516",
        "Temps fort oublié",
        "L’événement a lieu pendant « {temps_fort} » {edition} ({dates}) et parle de « {mot} ».",
        "S’il en fait partie, ajoutez « temps_fort: {slug} ».",
    ),
    Code(
        "C517",
        "Mot d’une lettre qui n’est pas partie",
        "La semaine {semaine} est passée sans que sa lettre ait été envoyée : personne ne lira ce "
        "mot.",
        "Renommez le fichier en « {propose}.md » pour la lettre de cette semaine, ou supprimez-le.",
    ),
    Code(
        "C518",
        "Mot changé après l’envoi",
        "La lettre {semaine} est partie le {jour} : ce que dit ce fichier n’y change plus rien.",
        "Pour un rectificatif, écrivez-le dans la lettre suivante. Ce fichier peut être supprimé.",
    ),
    Code(
        "C519",
        "Adresse qui disparaît",
        "L’adresse {url} ne mènera plus nulle part : les liens et les affiches qui la donnent "
        "sont perdus.",
        "{remede}",
    ),
    Code(
        "C520",
        "Mot qui invite à un événement annulé",
        "Ce mot parle de « {titre} », {etat} depuis.",
        "Dites-le dans la même phrase, ou retirez-la.",
    ),
)
