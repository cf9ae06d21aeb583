"""What words without a content want: one table, read in its order."""

from __future__ import annotations

import re
from typing import NamedTuple

from portail.text.normalise import fold, words_in


class Want(NamedTuple):
    """What begins the subject of the mail that a person receives, and the words that tell it."""

    sort: str
    words: re.Pattern[str]


def _want(sort: str, words: str) -> Want:
    return Want(sort, re.compile(rf"\b(?:{words})"))


CANCELLED = "Annulation"
POSTPONED = "Report"
CHANGED = "Correction"
QUESTION = "Question"
ELSE = "Message"
# Of a text without accents. Who wants to be forgotten comes first, then who must not come.
WANTS = (
    _want(
        "Effacement",
        r"effac|rgpd|donnees personnelles|droit (?:a l'oubli|d'opposition)|vie privee"
        r"|(?:retir|supprim|enlev|ot)\w* (?:mon|ma|mes|notre|le|la|son|sa) (?:nom|numero|telephone"
        r"|adresse|coordonnees|mail|courriel|photo|image|compte|enfant)"
        r"|\b(?:mon|mes) (?:nom|prenom|numero|telephone|adresse|mail|photo|image)\b.{0,80}"
        r"(?:retir|supprim|enlev)"
        r"|(?:souhait|veu|voul)\w* plus (?:voir|apparaitre|figurer|etre)",
    ),
    _want(
        "Défaut du site",
        r"erreur sur «|page introuvable|ce qui ne va pas"
        r"|lien.{0,40} (?:casse|mort|brise)|404\b|bug\b",
    ),
    _want(
        CANCELLED,
        r"annul(?!\w* (?:en cas|si |gratuit|possible|sans frais|jusqu))|n'aura (?:finalement "
        r")?(?:pas|plus) lieu"
        r"|n'a(?:uront)? (?:pas|plus) lieu|deprogramm|supprime[esr]? (?:la|notre|cette) "
        r"(?:seance|date)",
    ),
    _want(
        POSTPONED,
        r"report(?:e|er|ee|es|ons|ez)\b|repousse|decal\w+ (?:a|au|de|d')\b|avance[er]? (?:a|au) ",
    ),
    _want(
        "Fermeture",
        r"(?:avons|a|ont|est) (?:definitivement )?ferme|ferme\w* (?:definitiv|ses portes)"
        r"|fermeture|n'exist\w* plus|cess\w* (?:ses|notre|nos|son|toute|l'|d')|dissou|mis "
        r"fin|(?:je|nous) quitt",
    ),
    _want(
        CHANGED,
        r"au lieu d|et non |erreur\b|erron|corrig|modifi(?:er|ez|ons|cation)"
        r"|(?:est|ete) (?:modifi|deplac)"
        r"|rectifi|finalement|(?:nouvel|nouveau|change)\w* "
        r"(?:de |d'|l'|la |le )?(?:horaire|heure|date|lieu|adresse|tarif|salle|titre|nom)"
        r"|plutot que|mise a jour|il manque|se trompe|fautes?\b|plus de places?"
        r"|(?:est|sont|affiche) complet|^complet|inexact",
    ),
    _want(
        "Abonnement",
        r"(?:des)?abonn|desinscri|newsletter|liste de diffusion|(?:recevoir|quitter) "
        r"(?:la|votre) lettre",
    ),
    _want(
        "Accessibilité", r"accessibilite|lecteur d'ecran|clavier|contraste|malvoyant|aveugle|sourd"
    ),
    _want("Défaut du site", r"ne (?:fonctionne|marche|s'ouvre|s'affiche)"),
)
OF_A_PAGE = frozenset({CANCELLED, POSTPONED, CHANGED})
# What the foot of a mail of something to come, or its public, may say too.
MILD = frozenset({"", "Abonnement", "Accessibilité"})
_THANKS = frozenset(
    "merci super parfait genial top bien recu recue ok d accord c est note entendu "
    "beaucoup bonne bon "
    "journee soiree fin semaine week end d avance a toute tout l equipe vous votre reponse "
    "pour de la le et tres bientot "
    "bonjour cordialement grand mille fois rapidite aide travail tous nous publication".split()
)
_ASKED = re.compile(
    r"\?|\b(?:peut-on|est-ce qu|savoir si|renseignement|question|comment |je cherche"
    r"|interview|journaliste|souhaiterai|aimerai)"
)


def plain(text: str) -> str:
    return fold(text.replace("’", "'"))


def wanted(words: str) -> str:
    """The sort of the first row of the table that ``words`` are of; "" for none.

    >>> wanted("Merci d’effacer mes données"), wanted("L’atelier est annulé"), wanted("Bal à 15 h")
    ('Effacement', 'Annulation', '')
    """
    said = plain(words)
    return next((want.sort for want in WANTS if want.words.search(said)), "")


def asks(words: str) -> bool:
    return _ASKED.search(plain(words)) is not None


def is_full(words: str) -> bool:
    return re.search(r"\bcomplet|plus de place", plain(words)) is not None


def thanks(words: str) -> bool:
    """Whether ``words`` are thanks alone.

    >>> thanks("Parfait, merci à toute l’équipe !"), thanks("Merci, mais c’est à 15 h")
    (True, False)
    """
    said = words_in(plain(words))
    return 0 < len(said) < 20 and "?" not in words and _THANKS.issuperset(said[:12])
