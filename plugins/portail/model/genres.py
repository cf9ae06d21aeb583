"""Kinds that an instance brings, once read (``portail.source.genres``): the types of their fields,
the row and the model that follow from these."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, NamedTuple

from msgspec import Struct, convert, structs
from pydantic import create_model

from portail.diagnostics import Diagnostic
from portail.late import expression
from portail.resources import rows
from portail.text.normalise import fold
from portail.text.typography import capital

from . import collections, entry, event, fields, parts
from .entry import Entry
from .event import Event
from .fields import Liste, Ref, Terme
from .kinds import Kind, KindInfo
from .rules import Abroad, OneOf, Rule
from .scalars import champ

FOLDER = "genres"
FILE = "genre.yml"
PAGE = "page.html"
LIST = "liste.html"
MODEL = "modele.py"
KEY = expression(r"[a-z][a-z0-9_]{0,39}")


class Type(Struct, frozen=True, forbid_unknown_fields=True):
    """A type of field, a row of ``data/genres.yml``."""

    annotation: str = ""
    saisie: str = ""
    exemple: Any = None
    aide: str = ""
    plusieurs: int = 0
    liste: bool = False
    parts: Mapping[str, str] = {}
    nom: str = ""


class Tables(Struct, frozen=True, forbid_unknown_fields=True):
    """``data/genres.yml``, which says each."""

    types: Mapping[str, Type]
    autres: Mapping[str, str]
    connus: Mapping[str, str]
    quand: tuple[str, ...]
    evenements: tuple[str, ...]
    canaux: tuple[str, ...]
    genre: Mapping[str, Any]
    fini: Mapping[str, Any]
    date: Mapping[str, Any]


@cache
def tables() -> Tables:
    return convert(rows("genres"), Tables)


@dataclass(frozen=True, slots=True)
class Champ:
    """A field of a kind, as ``genre.yml`` says it."""

    type: str = ""
    titre: str = ""
    aide: str = ""
    exemple: Any = None
    obligatoire: bool = False
    # The controlled list of a ``terme``, the folder of the kind of a ``contenu``.
    liste: str = ""
    genre: str = ""
    # Where it is told, besides the box of its page.
    dans: tuple[str, ...] = ("flux",)
    # What a ``nombre`` counts: « € », « places ».
    unite: str = ""
    # Whether lists are narrowed by it: a ``terme``.
    facette: bool = False
    # Whether a content is over after that day.
    termine: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What ``genre.yml`` says, in its words."""

    nom: str
    pluriel: str
    article: str
    champs: Mapping[str, Champ] = field(default_factory=dict)
    # Its place in addresses, where it is not its folder.
    adresse: str = ""
    # Those that it had, the oldest first.
    anciennes_adresses: tuple[str, ...] = ()
    rubrique: str = ""
    lead: str = ""
    opendata: str = ""
    action: str = ""
    schema: str = ""
    # Order of its list, where it is not by its dates.
    tri: str = ""
    menu: int = 0
    explore: int = 2
    news: int = 0

    @property
    def un(self) -> str:
        return f"{self.article} {self.nom}"


class Genre(Struct, frozen=True):
    """A kind of the instance."""

    folder: str
    said: Said
    model: type[Entry]
    # Its template for pages, for its list; empty where it has none.
    page: str = ""
    list: str = ""

    @property
    def dated(self) -> bool:
        return issubclass(self.model, Event)


class Genres(NamedTuple):
    """Those of an instance, and what is wrong with them."""

    root: Path | None = None
    every: Mapping[str, Genre] = {}
    faults: tuple[Diagnostic, ...] = ()
    # Folders of the kinds that cannot be read: their contents are left out, and not told.
    broken: frozenset[str] = frozenset()
    digest: str = ""


_now = Genres()


def keep(genres: Genres) -> None:
    global _now
    _now = genres


def current() -> Genres:
    return _now


def templates() -> tuple[Path, ...]:
    """The folder from which their templates are named (« stages/page.html »), if they have any."""
    shown = any(genre.page or genre.list for genre in _now.every.values())
    if shown and _now.root:
        return (_now.root.resolve() / FOLDER,)
    return ()


def by_folder() -> Mapping[str, Genre]:
    return _now.every


def by_kind() -> Mapping[Kind, Genre]:
    return {Kind(folder): genre for folder, genre in _now.every.items()}


def of(kind: Kind) -> Genre | None:
    """What an instance says of a kind; ``None`` of one of ours."""
    return _now.every.get(kind.value)


def type_of(name: str, said: Champ) -> str:
    """The type of a field: what it says, else that of its name; ``""`` for none."""
    written = fold(said.type).replace("_", "-").replace(" ", "-")
    known = tables()
    if said.type:
        return known.autres.get(written, written)
    return known.connus.get(name, "")


def is_reserved(name: str) -> bool:
    """Whether the portal works out something of that name of any content."""
    return hasattr(Event, name) and name not in Event.model_fields


def is_dated(said: Said) -> bool:
    return any(type_of(name, declared) == "dates" for name, declared in said.champs.items())


# From what a file says to the row of a kind.


def info_of(folder: str, said: Said, templates: tuple[str, str] = ("", "")) -> KindInfo:
    known = tables()
    ends = any(declared.termine for declared in said.champs.values())
    more: Mapping[str, Any] = {}
    if is_dated(said):
        more = known.date
    elif ends:
        more = known.fini
    e = "e" * (said.article == "une")
    words = {"nom": said.nom, "pluriel": said.pluriel, "Pluriel": capital(said.pluriel), "e": e}
    usual = {
        key: value.format_map(words) if isinstance(value, str) else value
        for key, value in {**known.genre, **more}.items()
    }
    own = {key: value for key, value in asdict(said).items() if value and key in KEPT}
    segment = said.adresse or folder
    facets = [
        (name, title_of(name, declared), declared)
        for name, declared in said.champs.items()
        if declared.facette
    ]
    row = {
        **usual,
        **own,
        "folder": folder,
        "class_name": folder,
        "segment": segment,
        "listing": f"/{segment}/",
        "former": said.anciennes_adresses,
        "explore": said.explore * (not said.menu),
        "sheets": (folder,),
        # Of one value, a sort.
        "sort": next(
            (
                {"label": title, "codes": declared.liste, "field": name}
                for name, title, declared in facets
                if type_of(name, declared) == "terme"
            ),
            None,
        ),
        "facets": [
            {"cle": "theme", "titre": "Thème"},
            *(
                {"cle": name.replace("_", "-"), "titre": title, "liste": declared.liste}
                for name, title, declared in facets
            ),
            *([{"cle": "public", "titre": "Public"}] * ("publics" in said.champs)),
            {"cle": "departement", "titre": "Département"},
            {"cle": "epci", "titre": "Intercommunalité"},
        ],
    }
    if templates[0]:
        row["template"] = templates[0]
    if said.tri:
        row["order"] = said.tri
    return convert(row, KindInfo)


# What a file says that the row of its kind says as it is.
KEPT = frozenset("nom pluriel article rubrique lead opendata action schema menu news".split())


def _named_by(rule: Rule) -> set[str]:
    # The fields that a rule names.
    names = set[str]()
    for value in structs.asdict(rule).values():
        if isinstance(value, tuple):
            names.update(value)
        elif isinstance(value, str):
            names.add(value)
    if isinstance(rule, Abroad):
        names.add("adresse")
    return names


class _Dated(Event):
    """A kind of an instance that takes place on days: an event, of which it opens some fields."""

    # Whether it has a day as soon as it is written.
    must: ClassVar[bool] = True

    @classmethod
    def every_rule(cls) -> Iterator[Rule]:
        for rule in super().every_rule():
            names = _named_by(rule)
            if not names & cls.closed:
                yield rule
            elif isinstance(rule, OneOf):
                remaining = tuple(name for name in rule.champs if name not in cls.closed)
                known = rule.code == "E215" and not cls.must
                if remaining and not known and not {*remaining} & {*cls.obligatoires}:
                    yield structs.replace(rule, champs=remaining)


def model_of(kind: Kind, said: Said, own: type[Entry] | None = None) -> type[Entry]:
    """The model of a kind, below ``own``, the class of its ``modele.py``, if it has one."""
    dated = is_dated(said)
    base: type[Entry] = _Dated if dated else Entry
    made = {}
    within = [*_TYPED]
    if own:
        within.append(sys.modules[own.__module__])
    required = [
        name
        for name in ("titre", "resume")
        if name == "titre" or name not in said.champs or said.champs[name].obligatoire
    ]
    given: list[str] = []
    for name, declared in said.champs.items():
        if declared.obligatoire and type_of(name, declared) != "dates" and name not in required:
            required.append(name)
        if type_of(name, declared) == "dates":
            given += tables().quand
            continue
        given.append(name)
        if name in Entry.model_fields or (
            name in Event.model_fields and dated and not declared.type
        ):
            continue
        made[name] = _field(name, declared, within)
    bases: Any = own or base
    if own and not issubclass(own, base):
        bases = (own, base)
    make: Any = create_model
    name = f"{CLASS}{kind.value}"
    model: type[Entry] = make(name, __base__=bases, __module__=_KEEPER, **made)
    model.kind = kind
    if not (own and "obligatoires" in vars(own)):
        model.obligatoires = tuple(required)
    model.ends = next(
        (name for name, declared in said.champs.items() if declared.termine), model.ends
    )
    if issubclass(model, _Dated):
        inner = set(Event.model_fields) - set(Entry.model_fields) - set(given)
        model.must = any(
            declared.obligatoire
            for name, declared in said.champs.items()
            if type_of(name, declared) == "dates"
        )
        model.closed = frozenset(inner)
    return model


def model_said(kind: Kind, info: KindInfo, own: type[Entry] | None = None) -> type[Entry]:
    """The model of one of our kinds, of the fields that its row says."""
    said = {name: Champ(**declared) for name, declared in info.champs.items()}
    return model_of(kind, Said(info.nom, info.pluriel, info.article, champs=said), own)


CLASS = "genre-"
"""How the names of these classes begin, as no name of a module does."""
# Where what was kept of a content looks for them.
_KEEPER = f"{__package__}.registry"
# Where annotations of types are.
_TYPED = (fields, parts, entry, collections, event, collections)


def _field(name: str, one: Champ, within: Iterable[Any]) -> tuple[Any, Any]:
    kind = tables().types[type_of(name, one)]
    annotation: Any = Annotated[str, Terme(one.liste)]
    if one.genre:
        annotation = Annotated[str, Ref(Kind(one.genre))]
    elif kind.annotation:
        annotation = next(
            vars(model)[kind.annotation] for model in within if kind.annotation in vars(model)
        )
    if kind.plusieurs:
        annotation = Annotated[tuple[annotation, ...], Liste(kind.plusieurs)]
    example = kind.exemple
    if one.exemple is not None:
        example = one.exemple
    said = title_of(name, one), one.aide or kind.aide, _texts(example)
    if kind.plusieurs or kind.liste:
        return annotation, champ(*said, default=())
    return annotation | None, champ(*said)


def title_of(name: str, said: Champ) -> str:
    return said.titre or capital(name.replace("_", " "))


def _texts(value: Any) -> Any:
    # An example as a file writes it: all that YAML reads in it is text.
    if isinstance(value, dict):
        return {str(key): _texts(text) for key, text in value.items()}
    if isinstance(value, list):
        return [_texts(text) for text in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return None
    return str(value)
