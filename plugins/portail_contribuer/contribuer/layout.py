"""The layout of a form: parts, which hold fields, rows of fields and folds. The layouts are in
``forms/``, one file a kind. Nothing there says a label, a limit or a choice: the schema of the
kind does (``forms.drawn``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import AfterValidator, Discriminator, Tag

from portail.model import genres
from portail.model.genres import Genre
from portail.model.kinds import Kind
from portail.resources import table
from portail.text.typography import capital

# Word beside the label of a field that one must fill.
REQUIRED = "obligatoire"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the file."""

    # Its path (``tarif.prix``), relative to the row that holds it; empty for a control that stands
    # for a whole row.
    chemin: str
    # The control that asks for it (``data-saisie``).
    saisie: str
    # Condition under which it is asked (``data-si``).
    si: str = ""
    # Words beside its label, for a field that its group requires or that stands for another; by
    # default, what the schema requires.
    requis: str | None = None
    # Label that replaces the one of the schema, which is written for a file.
    libelle: str = ""
    # What its group is called, said before its label.
    groupe: str = ""
    # Help that replaces the one of the schema; empty for none.
    aide: str | None = None
    # ``court``, ``moyen`` or empty.
    largeur: str = ""
    # Words beside some of its choices, by code.
    notes: Mapping[str, str] = field(default_factory=dict)
    # Folders that a reference names, when the schema leaves them open.
    dossiers: tuple[str, ...] = ()
    # The few values that are offered of a long list, in this order; a file may hold others.
    valeurs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outside:
    """A control that the file does not know (``data-hors``)."""

    nom: str
    saisie: str
    libelle: str
    aide: str = ""
    # Labels by code, the first of which is chosen.
    choix: Mapping[str, str] = field(default_factory=dict)
    si: str = ""
    requis: str = ""
    largeur: str = ""
    titre_tu: bool = False
    # Kind of value that a browser may fill it with (``autocomplete``).
    remplissage: str = ""
    # Field of the file of which it is another answer.
    vaut: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of groups, one row for each."""

    chemin: str
    # Name of a row: « séance ».
    un: str
    # Words of the button that adds one.
    ajouter: str
    contenu: tuple[Field, ...]
    # Fields of a row that are folded.
    plus: tuple[Field, ...] = ()
    # Whether the form begins with one.
    premiere: bool = False
    si: str = ""
    titre: str = ""
    aide: str = ""


def _shape(value: object) -> str:
    # The class of a row of a table, by the key that it alone has.
    if not isinstance(value, Mapping):
        return "common"
    shapes = {"nom": "outside", "ajouter": "rows", "contenu": "fold"}
    return next((shape for key, shape in shapes.items() if key in value), "field")


def _spread(contents: tuple[Any, ...]) -> tuple[Any, ...]:
    # `contents`, where the name of common ones stands for them. Raises ``ValueError`` for a name
    # that there is not.
    common = _common().contenus if any(isinstance(row, str) for row in contents) else {}
    if lost := [row for row in contents if isinstance(row, str) and row not in common]:
        raise ValueError(f"« {lost[0]} » is not in common.yml")
    parts = (common[row] if isinstance(row, str) else (row,) for row in contents)
    return tuple(chain.from_iterable(parts))


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

    # Its key in anchors.
    cle: str
    titre: str
    contenu: Contents
    # Its name in the plan, where it is not its title.
    court: str = ""
    # What the form is opened for when this part is asked, and it alone (``data-pour``).
    pour: str = ""
    # Words that open it, where it is folded as the form opens: one may do without all it asks.
    pli: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What may be wrong with a published content, and the fields that tell it right: the form shows
    these alone to whoever mends it."""

    # Its key in addresses (``quoi=``).
    cle: str
    titre: str
    # Fields by their path or that of their group (``tarif``), controls outside the file after ``@``
    # (``@mode``); ``seances:etat=reprogramme`` is shown under that condition alone.
    champs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The form of a kind."""

    # What one may propose by it.
    presentation: str
    # Time that it takes.
    duree: str
    # Theme whose colour it has.
    theme: str
    parties: tuple[Part, ...]
    # What whoever mends a content is asked first.
    questions: tuple[Question, ...] = ()
    # Fields of the schema that it does not ask for, by path, and why.
    ecartes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Common:
    contenus: Mapping[str, Contents]
    ecartes: Mapping[str, str]


@cache
def _common() -> _Common:
    return table("forms/common", _Common)


@cache
def layout_of(kind: Kind) -> Layout:
    layout = own_layout(kind) or table(f"forms/{kind.name.lower()}", Layout)
    return replace(layout, ecartes={**_common().ecartes, **layout.ecartes})


def without(left: Collection[str], row: Any, above: str = "") -> Any:
    """A layout, or what one holds, without the fields ``left``, by path; ``None`` where they are
    all that it asks."""
    path = above + getattr(row, "chemin", "")
    if any(f"{path}.".startswith(f"{one}.") for one in left):
        return None
    ask = partial(without, left, above=f"{path}." * isinstance(row, Rows))
    kept = {}
    for name in ("parties", "contenu", "plus"):
        if rows := getattr(row, name, ()):
            kept[name] = tuple(filter(None, map(ask, rows)))
    if kept.get("contenu", True):
        return replace(row, **kept)
    return None


# Fields of all kinds, which the last parts of the form ask.
_IN_ALL = frozenset({"titre", "resume", "image", "themes", "publie_le"})


def own_layout(kind: Kind) -> Layout | None:
    """The form of a kind of the instance, made of its fields: those that it must have first."""
    genre = genres.of(kind)
    if genre is None:
        return None
    layout = table("forms/genre", Layout)
    asked = [name for name in genre.said.champs if name not in _IN_ALL]
    must = [name for name in asked if name in genre.model.obligatoires]
    first, rest, *last = layout.parties
    parts = [
        replace(first, contenu=(*first.contenu, *_controls(genre, must))),
        *((part for part in _events().parties if part.cle == "quand") if genre.dated else ()),
        replace(rest, contenu=_controls(genre, [name for name in asked if name not in must])),
        *last,
    ]
    said = genre.said.lead or f"{capital(genre.said.un)}."
    return replace(layout, presentation=said, parties=tuple(part for part in parts if part.contenu))


def _controls(genre: Genre, names: Iterable[str]) -> tuple[Any, ...]:
    rows: list[Any] = []
    for name in names:
        kind = genres.tables().types.get(genres.type_of(name, genre.said.champs[name]))
        if kind is None:  # an event has it: asked as of one, whatever else is said
            asked = (field for field in _flat(_events()) if field.chemin.partition(".")[0] == name)
            rows += [replace(field, si="", requis="", aide=None) for field in asked]
        elif kind.saisie == "acces":
            rows += [row for key in ("acces", "equipements") for row in _common().contenus[key]]
        else:
            title = genres.title_of(name, genre.said.champs[name])
            rows += [
                Field(
                    f"{name}.{part}", control, groupe=title, aide="" if control == "oui" else None
                )
                for part, control in kind.parts.items()
            ]
            rows += [Field(name, kind.saisie)] * bool(kind.saisie)
    return tuple(rows)


def _events() -> Layout:
    return layout_of(Kind.EVENT)


def _flat(layout: Layout) -> Iterator[Field]:
    for part in layout.parties:
        for row in part.contenu:
            inside = row.contenu if isinstance(row, Fold) else (row,)
            yield from (field for field in inside if isinstance(field, Field))


def file_of(kind: Kind) -> str:
    if genre := genres.of(kind):
        return f"{genres.FOLDER}/{genre.folder}/{genres.FILE}"
    return f"plugins/portail_contribuer/forms/{kind.name.lower()}.yml"
