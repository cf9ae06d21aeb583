"""Sentences that the page, the comment and the summary share: all ours, but for what they quote."""

from __future__ import annotations

from collections.abc import Sequence

from portail.cli.apercu.story import Fiche, Story
from portail.cli.summary import counted

__all__ = ["change_of", "counts", "intro", "state_of", "where_when"]

_NEW = {True: "nouvelle", False: "nouveau"}
_DONE = {"modifie": "modifié", "renomme": "renommé", "retire": "retiré"}
_SORTS = (
    ("nouveau", ("nouveau", "nouveaux")),
    ("modifie", ("modifié", "modifiés")),
    ("renomme", ("renommé", "renommés")),
    ("retire", ("retiré", "retirés")),
)
_VOWELS = "aâeéèêiîoôuh"


def counts(story: Story) -> str:
    """« 1 nouveau, 1 modifié, 1 à corriger »; each content is counted once."""
    found = []
    for sort, words in _SORTS:
        number = sum(one.sorte == sort for one in story.ready)
        if number:
            found.append(counted(number, words))
    if story.faulty:
        found.append(f"{len(story.faulty)} à corriger")
    return ", ".join(found) or "Rien ne change"


def change_of(fiche: Fiche) -> str:
    """« nouvel événement », « lieu modifié »: what was done, in the gender of the word."""
    if fiche.sorte == "nouveau":
        vowel = fiche.nom[:1] in _VOWELS and not fiche.une
        return f"{'nouvel' if vowel else _NEW[fiche.une]} {fiche.nom}"
    if fiche.sorte == "touche":
        return f"{fiche.nom} touché{'e' * fiche.une} par un autre changement"
    done = _DONE[fiche.sorte] + "e" * fiche.une
    return f"{fiche.nom} {done}"


def where_when(fiche: Fiche) -> str:
    """When, then where; nothing when neither is known."""
    return ", ".join(filter(None, (fiche.quand, fiche.ou)))


def state_of(fiche: Fiche) -> str:
    """« prêt », « 1 erreur », « brouillon »."""
    if fiche.erreurs:
        return counted(len(fiche.erreurs), ("erreur", "erreurs"))
    return fiche.etat or "prêt"


def intro(story: Story) -> str:
    """What is ready and what is left to mend, in one sentence of Markdown."""
    parts: Sequence[str] = [
        f"**{counted(len(story.ready), ('contenu prêt', 'contenus prêts'))}**"
        if story.ready
        else "",
        f"**{len(story.faulty)} à corriger**" if story.faulty else "",
    ]
    return f"Votre proposition contient {' et '.join(filter(None, parts))}."
