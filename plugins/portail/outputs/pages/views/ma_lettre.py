"""The page where one composes a letter of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.model.issue import Group, Line, Link, Section
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien

__all__ = ["ChoixLettre", "GroupeChoix", "MaLettreView"]

_LINK = Link(texte="Tout", url="/")
_LINES = (
    Line(
        ref="", url="/", titre="Titre", nature="Nature", texte="Texte", details="Détails",
        jour=date(2021, 9, 30), etiquette="État",
    ),
)  # fmt: skip
_MODELS = (
    Section(cle="une", titre="Nouvelles", groupes=(Group(lignes=_LINES),), lien=_LINK),
    Section(
        cle="week-end",
        titre="Rendez-vous",
        groupes=(Group(lignes=_LINES), Group(titre="Groupe", lignes=_LINES)),
        lien=_LINK,
    ),
)


@dataclass(frozen=True, slots=True)
class ChoixLettre:
    """A value that one may choose: its code in addresses, its name; ``suivre`` are its agenda, its
    calendar, its feed, those that exist, whose ``note`` says which (``agenda``, ``ics``, ``flux``);
    ``theme`` its code when it has a colour."""

    code: str
    texte: str
    suivre: tuple[Lien, ...] = ()
    theme: str = ""


@dataclass(frozen=True, slots=True)
class GroupeChoix:
    """The values of one facet: its key (``departement``), its title."""

    cle: str
    titre: str
    choix: tuple[ChoixLettre, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaLettreView(PageView):
    """What one chooses among, before a script composes anything.

    ``jour`` is the Thursday of the letter, ``semaine`` its week (« semaine 39 »); ``donnees`` the
    site path of what it is composed of, ``agenda`` that of the list of events, whose filters take
    the same codes; ``groupes`` are the facets that have values, ``editions`` the letters that are
    ready.
    """

    jour: date
    semaine: str
    donnees: str
    agenda: str
    groupes: tuple[GroupeChoix, ...]
    editions: tuple[Lien, ...]

    def _of(self, *keys: str) -> tuple[GroupeChoix, ...]:
        return tuple(one for one in self.groupes if one.cle in keys)

    @property
    def territoires(self) -> tuple[GroupeChoix, ...]:
        """Départements and EPCI."""
        return self._of("departement", "epci")

    @property
    def themes(self) -> tuple[GroupeChoix, ...]:
        """Themes: one group, or none."""
        return self._of("theme")

    @property
    def publics(self) -> tuple[GroupeChoix, ...]:
        """Publics: one group, or none."""
        return self._of("public")

    @property
    def modeles(self) -> tuple[Section, Section]:
        """What the script draws sections from: one of summaries, one of lines, with all that a
        line and a group may have."""
        return _MODELS
