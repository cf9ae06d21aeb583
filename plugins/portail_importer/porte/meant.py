"""What words without a content want: one table, read in its order."""

from __future__ import annotations

import re

from portail.text.normalise import fold, words_in

CANCELLED = "Annulation"
POSTPONED = "Report"
CHANGED = "Correction"
QUESTION = "Question"
ELSE = "Message"
# What begins the subject of the mail that a person receives, and the words that tell it, of a text
# without accents. Who wants to be forgotten comes first, then who must not come.
WANTS = (
    (
        "Effacement",
        (
            r"effac|disparaitre|ne plus (?:publier|afficher|diffuser|mentionner)"
            r"|rgpd|donnees .{0,30}(?:sur moi|me concern)"
            r"|donnees personnelles|droit (?:a l'oubli|d'opposition)|vie privee"
            r"|(?:retir|supprim|enlev|ot)\w* (?:mon|ma|mes|notre|le|la|son|sa) (?:nom|prenom"
            r"|portrait|numero|telephone|adresse|coordonnees|mail|courriel|photo|image|compte|enfant)"
            r"|\b(?:mon|mes) (?:nom|prenom|numero|telephone|adresse|mail|photo|image)\b.{0,80}"
            r"(?:retir|supprim|enlev)"
            r"|(?:souhait|veu|voul)\w* plus (?:voir|apparaitre|figurer|etre)"
        ),
    ),
    (
        "Défaut du site",
        (
            r"erreur sur «|page introuvable|ce qui ne va pas"
            r"|lien.{0,40} (?:casse|mort|brise)|404\b|bug\b"
        ),
    ),
    (
        CANCELLED,
        (
            r"annul(?!\w* (?:en cas|si |gratuit|possible|sans frais|jusqu))|n'aura (?:finalement "
            r")?(?:pas|plus) lieu"
            r"|n'a(?:uront)? (?:pas|plus) lieu|(?:est|sont) supprime"
            r"|ne (?:se (?:fe|tiend|deroule)r\w+|pourr\w+|ser\w+) "
            r"(?:\w+ )?(?:pas|plus) ?(?:avoir lieu|se tenir|assur|maintenu|[,.:!(\n]|$)"
            r"|tomb\w* a l'eau|renonc\w* a|deprogramm|supprime[esr]? (?:la|notre|cette) "
            r"(?:seance|date)"
        ),
    ),
    (
        POSTPONED,
        (
            r"report(?:e|er|ee|es|ons|ez| d\w+)\b"
            r"|repousse|decal\w+ (?:a|au|de|d')\b|avance[er]? (?:a|au) "
        ),
    ),
    (
        "Fermeture",
        (
            r"(?:avons|a|ont|est) (?:definitivement )?ferme|ferme\w* (?:definitiv|ses portes)"
            r"|cle sous la porte|baiss\w* le rideau"
            r"|fermeture|n'exist\w* plus|cess\w* (?:ses|notre|nos|son|toute|l'|d')|dissou|mis "
            r"fin|(?:je|nous) quitt"
        ),
    ),
    (
        CHANGED,
        (
            r"au lieu d|et non |erreur\b|erron|corrig|modifi(?:er|ez|ons|cation)"
            r"|(?:est|ete) (?:modifi|deplac)"
            r"|rectifi|finalement|(?:nouvel|nouveau|change)\w* "
            r"(?:de |d'|l'|la |le )?(?:horaire|heure|date|lieu|adresse|tarif|salle|titre|nom)"
            r"|plutot|a la place d|pass\w+ (?:de \S+ )?a \d"
            r"|mise a jour|il manque|se trompe|fautes?\b|plus de places?"
            r"|(?:est|sont|affiche) complet|^complet|inexact"
        ),
    ),
    (
        QUESTION,
        (
            r"(?:savez[- ]vous|dites[- ]moi|me dire|savoir) (?:si|ou|quand|quel)"
            r"|qui (?:contact|appel)er"
        ),
    ),
    ("Absence", r"(?:suis|serai|sommes|serons|sera) .{0,20}(?:absent|en conge|indisponible)"),
    ("Rendez-vous", r"reunion de travail|visio|(?:seriez|etes|serez)[- ]vous (?:libre|dispo)"),
    ("Remerciement", r"merci (?:\w+ )?d'avoir|(?:est|sont) bien (?:annonc|publi|en ligne)"),
    (
        "Abonnement",
        (
            r"(?:des)?abonn|desinscri|newsletter|liste de diffusion|(?:recevoir|quitter) "
            r"(?:la|votre) lettre"
        ),
    ),
    ("Accessibilité", r"accessibilite|lecteur d'ecran|clavier|contraste|malvoyant|aveugle|sourd"),
    ("Défaut du site", r"ne (?:fonctionne|marche|s'ouvre|s'affiche)"),
)
OF_A_PAGE = frozenset({CANCELLED, POSTPONED, CHANGED})
# What the foot of a mail of something to come, or its public, may say too.
MILD = frozenset({"", "Abonnement", "Accessibilité"})
_THANKS = frozenset(
    "merci super parfait genial top bien recu recue ok d accord c est note entendu "
    "beaucoup bonne bon "
    "journee soiree fin semaine week end d avance a toute tout l equipe vous votre reponse "
    "un c pour de la le et tres bientot "
    "bonjour cordialement grand mille fois rapidite aide travail tous nous publication".split()
)
_ASKED = re.compile(
    r"\?|\b(?:peut-on|est-ce qu|savoir si|renseignement|question|comment |je cherche"
    r"|interview|journaliste|souhaiterai|aimerai)"
)

# A part of it, a condition, its contrary, its end, what surrounds it: a person reads which.
_ELSE_TOO = re.compile(
    r"\?|\b(?:n'est (?:pas|plus)|pas annul|jamais|maint(?:enu|ien)|en cas"
    r"|si|mais|sauf|seul\w*|partie"
    r"|inscri\w*|reserv\w*|billet\w*|fin|fini\w*|termin\w*|jusqu|ouvr\w*|ouvert\w*"
    r"|appel\w*|joi(?:gn|nd)\w*|contact\w*|telephon\w*)\b"
)


def plain(text: str) -> str:
    return fold(text.replace("’", "'"))


def wanted(words: str) -> str:
    """The sort of the first row of the table that ``words`` are of; "" for none.

    >>> wanted("Merci d’effacer mes données"), wanted("L’atelier est annulé"), wanted("Bal à 15 h")
    ('Effacement', 'Annulation', '')
    """
    said = plain(words)
    return next((sort for sort, words in WANTS if re.search(rf"\b(?:{words})", said)), "")


def asks(words: str) -> bool:
    return _ASKED.search(plain(words)) is not None


def is_qualified(words: str) -> bool:
    """Whether a change that ``words`` tell may not be of the whole, or not of its beginning."""
    return _ELSE_TOO.search(plain(words)) is not None


def is_full(words: str) -> bool:
    return re.search(r"\bcomplet|plus de place", plain(words)) is not None


def thanks(words: str) -> bool:
    """Whether ``words`` are thanks alone.

    >>> thanks("Parfait, merci à toute l’équipe !"), thanks("Merci, mais c’est à 15 h")
    (True, False)
    """
    said = words_in(plain(words))
    return 0 < len(said) < 20 and "?" not in words and _THANKS.issuperset(said[:12])
