"""What a form is made of: parts, which hold fields, rows of fields and folds.

Nothing here says a label, a limit or a choice: the schema of the kind does (``forms.drawn``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["ALONE", "REQUIRED", "Content", "Field", "Fold", "Layout", "Outside", "Part", "Rows"]

REQUIRED = "obligatoire"
"""What stands beside the label of a field that one must fill."""

ALONE = ""
"""Path of a control that says a whole row."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the file: its path (``tarif.prix``), relative to the row that holds it; the
    control that asks for it (``data-saisie``); when it is asked (``data-si``).

    ``requis`` is said beside its label: nothing takes what the schema requires, for a field that
    its group requires or that stands for another. ``libelle`` and ``aide`` sharpen those of the
    schema, which are written for a file: nothing takes them, ``""`` says none. ``largeur`` is
    ``court``, ``moyen`` or ``""``; ``notes`` are codes of choices and
    what is said beside them; ``dossiers`` are
    those that a reference names, when the schema leaves them open.
    """

    chemin: str
    saisie: str
    si: str = ""
    requis: str | None = None
    libelle: str = ""
    aide: str | None = None
    largeur: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    dossiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outside:
    """A control that the file does not know, under the name ``nom`` (``data-hors``); ``choix`` are
    codes and labels, the first of which is chosen; ``titre_tu`` when its label is only heard;
    ``remplissage`` what a browser may fill it with (``autocomplete``); ``nomme`` its name in ids,
    where the file has a field of that name."""

    nom: str
    saisie: str
    libelle: str
    aide: str = ""
    choix: tuple[tuple[str, str], ...] = ()
    si: str = ""
    requis: str = ""
    largeur: str = ""
    titre_tu: bool = False
    remplissage: str = ""
    nomme: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of groups, one row for each: ``un`` is what a row is called (« séance »), ``ajouter``
    the words of the button that adds one; ``plus`` are the fields of a row that are folded;
    ``premiere`` when the form begins with one."""

    chemin: str
    un: str
    ajouter: str
    contenu: tuple[Field, ...]
    plus: tuple[Field, ...] = ()
    premiere: bool = False
    si: str = ""
    titre: str = ""
    aide: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """Fields that are rarely of use, folded under ``titre``."""

    cle: str
    titre: str
    contenu: tuple[Field | Outside | Rows, ...]
    si: str = ""


Content: TypeAlias = Field | Outside | Rows | Fold


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part: its key in anchors, its title, its name in the plan."""

    cle: str
    titre: str
    court: str
    contenu: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The form of a kind; ``ecartes`` are the fields of the schema that it does not ask for, by
    path, and why."""

    parties: tuple[Part, ...]
    ecartes: Mapping[str, str]
