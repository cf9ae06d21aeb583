"""Texts of links that say nothing once they are read apart from their sentence."""

from __future__ import annotations

import re

from portail.text.normalise import fold

__all__ = ["is_vague"]

_PHRASES = """ici|la|cliquez ici|cliquer ici|clique ici|cliquez|par ici|c'est ici|voir ici|lien
ce lien|le lien|suivez ce lien|en suivant ce lien|cliquez sur ce lien|lien externe|le site|ce site
site|site web|site internet|cette page|page|la page|voir|voir plus|voir la suite|lire|lire plus
lire la suite|lire l'article|la suite|suite|plus|plus d'infos|plus d'info|plus d'informations
plus d'information|d'infos|en savoir plus|savoir plus|pour en savoir plus|infos|info|details
article|cet article|document|le document|ce document|telecharger|telechargez|a telecharger|pdf
here|click here|read more|more|link|learn more"""
_VAGUE = frozenset(_PHRASES.replace("\n", "|").split("|"))
_LONGEST = max(map(len, _VAGUE)) + 8
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def is_vague(text: str) -> bool:
    """Whether a link called ``text`` says nothing of what is at its end.

    >>> is_vague("Cliquez ici !"), is_vague("Le programme complet")
    (True, False)
    """
    return len(text) <= _LONGEST and _EDGES.sub("", fold(text)) in _VAGUE
