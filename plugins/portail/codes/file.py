"""Codes 1xx: the file itself and its front matter."""

from __future__ import annotations

from portail.codes.base import Code

__all__ = ["CODES"]

CODES = (
    Code(
        "E101",
        "Le fichier n’est pas en UTF-8",
        "Le fichier n’est pas en UTF-8 : l’octet {octet} n’y a pas de sens.",
        "Enregistrez-le avec l’encodage « UTF-8 ».",
    ),
    Code(
        "E102",
        "Caractère interdit",
        "Un caractère invisible interdit ({nom}) se trouve ici.",
        "Effacez-le, puis retapez le mot.",
    ),
    Code(
        "E103",
        "En-tête absent",
        "Ce fichier n’a pas d’en-tête.",
        "Commencez par une ligne « --- », les champs, puis une autre ligne « --- ».",
    ),
    Code(
        "E104",
        "En-tête jamais refermé",
        "L’en-tête commence par « --- » mais n’est jamais refermé.",
        "Ajoutez une ligne « --- » entre les champs et le texte.",
    ),
    Code("E105", "En-tête illisible", "L’en-tête ne peut pas être lu : {raison}.", "{remede}"),
    Code(
        "E106",
        "Clé écrite deux fois",
        "La clé « {cle} » est écrite deux fois (déjà ligne {premiere}).",
        "Gardez une seule des deux lignes.",
    ),
    Code(
        "E107",
        "Écriture YAML refusée",
        "L’écriture « {signe} » ({nom}) n’est pas admise dans un en-tête.",
        "Écrivez la valeur en toutes lettres, entre guillemets si elle contient ce signe.",
    ),
    Code(
        "E108",
        "En-tête trop lourd",
        "L’en-tête pèse {poids} ko ; la limite est de 64 ko.",
        "Déplacez le texte long sous l’en-tête.",
    ),
    Code(
        "E109",
        "En-tête trop imbriqué",
        "L’en-tête imbrique plus de 5 niveaux.",
        "Suivez l’exemple de la page du champ : trois niveaux suffisent toujours.",
    ),
    Code(
        "E110",
        "Nom de fichier invalide",
        "Le nom « {nom} » ne peut pas devenir une adresse : seules a-z, 0-9 et le trait d’union "
        "sont admis, 80 signes au plus.",
        "Renommez-le, par exemple en « {propose} ».",
    ),
    Code(
        "E111",
        "Lien symbolique refusé",
        "« {nom} » est un lien symbolique.",
        "Remplacez-le par le fichier lui-même.",
    ),
    Code(
        "E112",
        "Type de fichier refusé",
        "Les fichiers « {extension} » ne sont pas publiés.",
        "Textes : .md. Images : .jpg, .png, .webp, .gif. Documents : .pdf, .csv, .mp3.",
    ),
    Code(
        "E113",
        "Dossier inconnu",
        "« {dossier} » n’est pas un dossier de contenus.",
        "Le plus proche : « {proche} ». Déplacez le fichier dans le dossier de son genre.",
    ),
    Code(
        "E114",
        "Deux fichiers au même nom",
        "Ce nom ne diffère de « {autre} » que par la casse ou l’écriture des accents.",
        "Renommez l’un des deux.",
    ),
    Code(
        "E115",
        "En-tête à la façon de Pelican, sans « --- »",
        "L’en-tête « {cle}: … » doit être encadré par deux lignes « --- »{manque}.",
        "{remede}",
    ),
    Code("E116", "Fichier vide", "Ce fichier est vide.", "Partez du modèle : portail new {genre}."),
    Code(
        "E117",
        "En-tête sans champs",
        "L’en-tête doit être une liste de champs « clé: valeur ».",
        "Écrivez un champ par ligne, par exemple « titre: Mon titre ».",
    ),
    Code(
        "E118",
        "Fichier illisible",
        "Le fichier ne peut pas être ouvert : {raison}.",
        "Vérifiez ses droits, ou remplacez-le.",
    ),
    Code(
        "E119",
        "Nom réservé",
        "« {nom} » est un nom réservé par certains systèmes : il ne pourrait pas être copié "
        "partout.",
        "Choisissez un autre nom.",
    ),
    Code(
        "E120",
        "Contenu et extension ne s’accordent pas",
        "« {nom} » n’est pas un fichier {attendu} : son contenu est {trouve}.",
        "Enregistrez-le de nouveau au format {attendu}, ou corrigez son extension.",
    ),
    Code(
        "E121",
        "Fichier joint trop lourd",
        "« {nom} » pèse {poids} Mo ; la limite est de {limite} Mo.",
        "Réduisez-le avant de le joindre.",
    ),
    Code(
        "E122",
        "Image trop grande",
        "« {nom} » compte {pixels} millions de pixels ; la limite est de 40 millions.",
        "Réduisez-la : 2 000 pixels de large suffisent.",
    ),
    Code(
        "E123",
        "Image abîmée",
        "« {nom} » ne peut pas être décodée entièrement.",
        "Ouvrez-la et enregistrez-la de nouveau.",
    ),
    Code(
        "E124",
        "Chemin trop long ou interdit",
        "Le chemin « {nom} » ne peut pas être publié : {raison}.",
        "Raccourcissez-le ou renommez-le avec a-z, 0-9 et des traits d’union.",
    ),
    Code(
        "E125",
        "Deux textes dans un dossier de contenu",
        "Ce dossier contient déjà « index.md » : « {nom} » serait un second texte.",
        "Déplacez-le dans le dossier de son genre.",
    ),
    Code(
        "E126",
        "Animation trop longue",
        "« {nom} » compte {images} images et {pixels} millions de pixels en tout ; la limite est "
        "de 500 images et de 40 millions de pixels.",
        "Raccourcissez-la ou réduisez-la ; une longue animation se montre en vidéo.",
    ),
    Code(
        "E127",
        "Lettre envoyée illisible",
        "Ce fichier n’est pas du JSON : {raison}.",
        "{remede}",
    ),
    Code("E128", "Lettre envoyée mal formée", "« {cle} » : {raison}.", "{remede}"),
    Code("E129", "Lettre envoyée incohérente", "« {valeur} » : {raison}.", "{remede}"),
    Code("E130", "Valeur refusée dans une lettre envoyée", "« {cle} » : {raison}.", "{remede}"),
    Code(
        "E131",
        "Adresses de personnes dans une lettre envoyée",
        "« {cle} » contient des adresses de courriel de personnes ({nombre}).",
        "Retirez-les : ce fichier est public, aucune adresse d’abonné ne doit y être.",
    ),
    Code(
        "E132",
        "Fichier d’adresses",
        "Ce fichier contient une liste d’adresses de courriel : {nombre}, la première ici.",
        "Gardez-la hors du dépôt ; si elle y a déjà été poussée, prévenez l’équipe du site.",
    ),
    Code(
        "E133",
        "Lettre envoyée, dans une proposition",
        "« {nom} » est {fait} : ce fichier dit ce qui a été envoyé, seul l’envoi l’écrit.",
        "{remede}",
    ),
)
