"""Codes 3xx: the text under the front matter."""

from __future__ import annotations

from portail.codes.base import Code

__all__ = ["CODES"]

CODES = (
    Code(
        "E301",
        "Texte trop long",
        "Le texte pèse {poids} ko ; la limite est de 200 ko.",
        "Publiez-le en plusieurs articles réunis dans un dossier.",
    ),
    Code(
        "E302", "Ligne trop longue", "Cette ligne pèse plus de 20 ko.", "Coupez-la en paragraphes."
    ),
    Code(
        "E303",
        "Signe répété",
        "Le signe « {signe} » est répété plus de 200 fois.",
        "Retirez la répétition.",
    ),
    Code(
        "E304",
        "Texte trop imbriqué",
        "Ce passage imbrique plus de 20 niveaux (citations, listes, crochets).",
        "Simplifiez-le.",
    ),
    Code(
        "E305",
        "Texte trop lent à lire",
        "Ce texte n’a pas pu être mis en page en 5 secondes.",
        "Cherchez des crochets ou des astérisques en très grand nombre, et retirez-les.",
    ),
    Code(
        "E311",
        "HTML dans le texte",
        "Du HTML est écrit dans le texte : {balise}.",
        "{remede}",
    ),
    Code(
        "E312",
        "Commentaire ou instruction HTML",
        "Un commentaire ou une instruction HTML est écrit dans le texte.",
        "Retirez-le : il serait publié.",
    ),
    Code(
        "E313",
        "Titre de niveau 1",
        "Un titre de niveau 1 (« # ») est écrit dans le texte ; la page a déjà le sien.",
        "Commencez à « ## ».",
    ),
    Code(
        "E314",
        "Niveau de titre sauté",
        "Ce titre passe du niveau {avant} au niveau {apres}.",
        "Descendez d’un seul niveau à la fois.",
    ),
    Code(
        "E315",
        "Adresse de lien interdite",
        "Ce lien mène à « {valeur} » : seules les adresses http, https, mailto et tel sont "
        "admises.",
        "Écrivez une adresse web entière, ou la référence d’un contenu : lieux/la-coupole",
    ),
    Code(
        "E316",
        "Adresse sans protocole",
        "Il manque le début de l’adresse « {valeur} ».",
        "Écrivez {attendu}",
    ),
    Code(
        "E317",
        "Image prise ailleurs",
        "L’image « {valeur} » est prise sur un autre site.",
        "Joignez le fichier à côté du texte, avec l’accord de son auteur.",
    ),
    Code(
        "E318",
        "Image sans description",
        "Cette image n’a pas de description.",
        "Dites ce qu’elle montre, entre les crochets : ![Description](photo.jpg)",
    ),
    Code("E319", "Titre vide", "Ce titre est vide.", "Complétez-le, ou retirez les « # »."),
    Code(
        "E320",
        "Lien vide",
        "Ce lien n’a pas de texte.",
        "Écrivez entre les crochets ce qu’on trouve au bout.",
    ),
    Code(
        "E321",
        "Appel de note sans note",
        "La note « {valeur} » est appelée mais n’est pas écrite.",
        "Ajoutez une ligne « [^{valeur}]: … » à la fin du texte.",
    ),
    Code(
        "E323",
        "Adresse de lien illisible",
        "L’adresse « {valeur} » ne peut pas être lue.",
        "Copiez-la de nouveau depuis le navigateur.",
    ),
    Code(
        "E324",
        "Format d’image refusé",
        "« {valeur} » n’est pas une image admise.",
        "Formats admis : .jpg, .png, .webp, .gif.",
    ),
    Code(
        "E325",
        "Contenu refusé à l’affichage",
        "Ce passage ne peut pas être publié tel quel : {balise}.",
        "Réécrivez-le en Markdown simple.",
    ),
    Code(
        "E326",
        "Texte absent",
        "Ce contenu n’a pas de texte.",
        "Ajoutez au moins une phrase sous l’en-tête.",
    ),
    Code(
        "A322",
        "Lien qui ne dit rien",
        "Ce lien s’appelle « {valeur} » : hors de la phrase, il ne dit rien.",
        "Nommez ce qu’on trouve au bout.",
    ),
    Code(
        "A327",
        "Attributs ignorés",
        "« {valeur} » n’est pas du Markdown admis : il sera affiché tel quel.",
        "Retirez-le.",
    ),
    Code(
        "A328",
        "Note jamais appelée",
        "La note « {valeur} » n’est appelée nulle part : elle ne sera pas publiée.",
        "Écrivez [^{valeur}] après le mot qu’elle éclaire, ou retirez-la.",
    ),
    Code(
        "C331",
        "Coordonnées d’une personne, peut-être",
        "« {valeur} » est {nature}.",
        "Si c’est le contact d’une personne, retirez-le : seuls ceux des structures sont publiés. "
        "Si la structure l’utilise, rien à faire.",
    ),
)
