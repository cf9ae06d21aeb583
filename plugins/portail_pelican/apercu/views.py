"""What the templates of a preview receive."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from portail.cli.apercu.story import Fiche
from portail.cli.apercu.words import Row

__all__ = ["ApercuView", "Bloc"]


@dataclass(frozen=True, slots=True)
class Bloc:
    """One content: its title, how it looks in its page, in the agenda, in the letter; what changed
    in its words (rows of both sides) and in its pictures (``data:`` addresses). What is not to be
    shown is empty."""

    fiche: Fiche
    etiquette: str
    changement: str
    champs: str
    page: Markup
    agenda: Markup
    lettre: Markup
    jour_lettre: str
    silence: str
    avant: tuple[Row, ...]
    apres: tuple[Row, ...]
    images_avant: tuple[str, ...]
    images_apres: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApercuView:
    """The whole preview: its title counts; ``style`` holds sheets and fonts."""

    nom: str
    numero: str
    jour: str
    titre: str
    style: Markup
    blocs: tuple[Bloc, ...]
    tues: int
    coupees: int
    politique: str
