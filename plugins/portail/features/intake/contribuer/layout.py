"""The layout of a form: parts, which hold fields, rows of fields and folds. The layouts are in
``data/forms/``, one file a kind. Nothing there says a label, a limit or a choice: the schema of the
kind does (``forms.drawn``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import AfterValidator, Discriminator, Tag

from portail.model.kinds import Kind
from portail.resources import table

REQUIRED = "obligatoire"
"""Word beside the label of a field that one must fill."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the file."""

    chemin: str
    """Its path (``tarif.prix``), relative to the row that holds it; empty for a control that
    stands for a whole row."""
    saisie: str
    """The control that asks for it (``data-saisie``)."""
    si: str = ""
    """Condition under which it is asked (``data-si``)."""
    requis: str | None = None
    """Words beside its label, for a field that its group requires or that stands for another;
    by default, what the schema requires."""
    libelle: str = ""
    """Label that replaces the one of the schema, which is written for a file."""
    aide: str | None = None
    """Help that replaces the one of the schema; empty for none."""
    largeur: str = ""
    """``court``, ``moyen`` or empty."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Words beside some of its choices, by code."""
    dossiers: tuple[str, ...] = ()
    """Folders that a reference names, when the schema leaves them open."""
    valeurs: tuple[str, ...] = ()
    """The few values that are offered of a long list, in this order; a file may hold others."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A control that the file does not know (``data-hors``)."""

    nom: str
    saisie: str
    libelle: str
    aide: str = ""
    choix: Mapping[str, str] = field(default_factory=dict)
    """Labels by code, the first of which is chosen."""
    si: str = ""
    requis: str = ""
    largeur: str = ""
    titre_tu: bool = False
    """Whether its label is only heard."""
    remplissage: str = ""
    """Kind of value that a browser may fill it with (``autocomplete``)."""
    vaut: str = ""
    """Field of the file of which it is another answer."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of groups, one row for each."""

    chemin: str
    un: str
    """Name of a row: « séance »."""
    ajouter: str
    """Words of the button that adds one."""
    contenu: tuple[Field, ...]
    plus: tuple[Field, ...] = ()
    """Fields of a row that are folded."""
    premiere: bool = False
    """Whether the form begins with one."""
    si: str = ""
    titre: str = ""
    aide: str = ""


def _shape(value: object) -> str:
    """The class of a row of a table, by the key that it alone has."""
    if not isinstance(value, Mapping):
        return "common"
    shapes = {"nom": "outside", "ajouter": "rows", "contenu": "fold"}
    return next((shape for key, shape in shapes.items() if key in value), "field")


def _spread(contents: tuple[Any, ...]) -> tuple[Any, ...]:
    """`contents`, where the name of common ones stands for them. Raises ``ValueError`` for a name
    that there is not."""
    common = _common().contenus if any(isinstance(row, str) for row in contents) else {}
    if lost := [row for row in contents if isinstance(row, str) and row not in common]:
        raise ValueError(f"« {lost[0]} » is not in common.yml")
    parts = (common[row] if isinstance(row, str) else (row,) for row in contents)
    return tuple(row for part in parts for row in part)


if TYPE_CHECKING:
    Inside: TypeAlias = tuple[Field | Outside | Rows, ...]
    Contents: TypeAlias = tuple["Field | Outside | Rows | Fold", ...]
else:
    _Field = Annotated[Field, Tag("field")]
    _Outside = Annotated[Outside, Tag("outside")]
    _Inside = _Field | _Outside | Annotated[Rows, Tag("rows")] | Annotated[str, Tag("common")]
    Inside = Annotated[
        tuple[Annotated[_Inside, Discriminator(_shape)], ...], AfterValidator(_spread)
    ]


@dataclass(frozen=True, slots=True)
class Fold:
    """Fields that are rarely of use, folded under ``titre``."""

    cle: str
    titre: str
    contenu: Inside
    si: str = ""


if not TYPE_CHECKING:
    _Contents = _Inside | Annotated[Fold, Tag("fold")]
    Contents = Annotated[
        tuple[Annotated[_Contents, Discriminator(_shape)], ...], AfterValidator(_spread)
    ]


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part."""

    cle: str
    """Its key in anchors."""
    titre: str
    contenu: Contents
    court: str = ""
    """Its name in the plan, where it is not its title."""
    pour: str = ""
    """What the form is opened for when this part is asked, and it alone (``data-pour``)."""
    pli: str = ""
    """Words that open it, where it is folded as the form opens: one may do without all it asks."""


@dataclass(frozen=True, slots=True)
class Question:
    """What may be wrong with a published content, and the fields that tell it right: the form shows
    these alone to whoever mends it."""

    cle: str
    """Its key in addresses (``quoi=``)."""
    titre: str
    champs: tuple[str, ...]
    """Fields by their path or that of their group (``tarif``), controls outside the file after
    ``@`` (``@mode``); ``seances:etat=reprogramme`` is shown under that condition alone."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The form of a kind."""

    presentation: str
    """What one may propose by it."""
    duree: str
    """Time that it takes."""
    theme: str
    """Theme whose colour it has."""
    parties: tuple[Part, ...]
    questions: tuple[Question, ...] = ()
    """What whoever mends a content is asked first."""
    ecartes: Mapping[str, str] = field(default_factory=dict)
    """Fields of the schema that it does not ask for, by path, and why."""


@dataclass(frozen=True, slots=True)
class _Common:
    contenus: Mapping[str, Contents]
    ecartes: Mapping[str, str]


@cache
def _common() -> _Common:
    return table("forms/common", _Common)


@cache
def layout_of(kind: Kind) -> Layout:
    """The form of `kind`, read when first asked for. Raises `DataError` where it is malformed."""
    layout = table(f"forms/{kind.name.lower()}", Layout)
    return replace(layout, ecartes={**_common().ecartes, **layout.ecartes})


def file_of(kind: Kind) -> str:
    """The file that lays out the form of a kind, from the root of the repository."""
    return f"plugins/portail/data/forms/{kind.name.lower()}.yml"
