"""How a setting that is a dictionary is read: each value by its own rule, faults as sentences."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, NamedTuple, TypeAlias, TypeVar, get_type_hints

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo

from .diagnostics import ConfigError, Position
from .resources import checked
from .text.addresses import is_address
from .text.suggest import meant

BASEMAP = "PORTAIL_FOND_DE_CARTE"
MENU = "PORTAIL_MENU"
PORTEUR = "PORTAIL_PORTEUR"
CONTRIBUTIONS = "PORTAIL_CONTRIBUER"
EXAMPLES = {
    CONTRIBUTIONS: '{"voie": "courriel"}',
    BASEMAP: '{"adresse": "https://…/{z}/{x}/{y}.png", …}',
    MENU: '{"entete": {"Agenda": "/agenda/", "Lieux": "/lieux/"}}',
    PORTEUR: '{"nom": "Ombelliscience", "lien": "https://www.example.org"}',
}

T = TypeVar("T")


class Setting(NamedTuple):
    """A setting of ``pelicanconf.py`` that one feature reads."""

    name: str
    # What is kept of its value, in ``SiteConfig.added``. Raises ``ConfigError``.
    read: Callable[[Any], object]
    default: object

    @property
    def key(self) -> str:
        return self.name.removeprefix("PORTAIL_").lower()


def only(valid: Callable[[str], object], sentence: str) -> AfterValidator:
    """Refusal of a value that is not `valid`; `sentence` may name it ``{value}``, and its key."""

    def check(value: str, info: ValidationInfo) -> str:
        if not valid(value):
            raise ValueError(sentence.format(key=info.field_name, value=value))
        return value

    return AfterValidator(check)


def among(unknown: str, *choices: str) -> AfterValidator:
    """Refusal of a value that is none of ``choices``; ``unknown`` is as for ``only``."""
    return only(choices.__contains__, f"{unknown} Choisissez : {', '.join(choices)}.")


# A text on one line.
Text: TypeAlias = Annotated[str, Field(strict=True, pattern=r"\A[^\x00-\x1f]*\z")]
Url = Annotated[Text, only(is_address, "{key} « {value} » n’est pas une adresse http(s) complète.")]


# What pydantic may refuse in a dictionary, the first to be read first.
_FAULTS = "unexpected_keyword_argument string_type string_pattern_mismatch missing value_error"


def read(shape: type[T], value: object, place: str, example: str = "") -> T:
    """A dictionary as `shape`; `place` names it: a key of ``EXAMPLES``. Raises ``ConfigError``."""
    known = _keys(shape)
    if isinstance(value, Mapping):
        value = {
            key: field_value
            for key, field_value in value.items()
            if key not in known or field_value != ""
        }
    try:
        return checked(value, shape)
    except ValidationError as error:
        faults = {error["type"]: error for error in reversed(error.errors())}
        empty = [
            f"« {error['loc'][-1]} »" for error in error.errors() if error["type"] == "missing"
        ]
    word = next((word for word in _FAULTS.split() if word in faults), "")
    if faults.keys() - set(_FAULTS.split()):
        raise ConfigError(f"{no_dictionary(place, example)} {_choices(known)}")
    key = str(faults[word]["loc"][-1])
    match word:
        case "unexpected_keyword_argument":
            raise ConfigError(no_key(place, key, _keys(shape, *faults[word]["loc"][:-1])))
        case "missing":
            raise ConfigError(f"{place} : il manque {', '.join(empty)}. {_choices(known)}")
        case "value_error":
            fault = faults[word]["ctx"]["error"]
            raise fault if isinstance(fault, ConfigError) else ConfigError(f"{place} : {fault}")
    raise ConfigError(f"{place} : « {key} » attend un texte entre guillemets.")


def _keys(shape: Any, *steps: int | str) -> list[str]:
    for step in steps:
        step_type = get_type_hints(shape).get(str(step))
        if is_dataclass(step_type):
            shape = step_type
    return [field.name for field in fields(shape)]


def _choices(keys: Iterable[str]) -> str:
    return f"Ses clés : {', '.join(keys)}."


def no_key(place: str, key: str, known: Collection[str]) -> str:
    """The sentence for a ``key`` that is none of those ``known`` at ``place``."""
    return f"{place} : la clé « {key} » n’existe pas.{meant(key, known)} {_choices(known)}"


def no_dictionary(place: str, example: str = "") -> str:
    example = example or EXAMPLES[place.partition(",")[0]]
    return f"{place} attend un dictionnaire, par exemple {example}."


def read_flag(name: str) -> Callable[[object], bool]:
    """What reads the setting ``name``, true or false. Raises ``ConfigError``."""

    def read_it(value: object) -> bool:
        if not isinstance(value, bool):
            raise ConfigError(f"Le réglage {name} attend True ou False.")
        return value

    return read_it


def read_text(name: str) -> Callable[[object], str]:
    """What reads the setting ``name``, a text. Raises ``ConfigError``."""

    def read_it(value: object) -> str:
        if not isinstance(value, str):
            raise ConfigError(f"Le réglage {name} attend un texte entre guillemets.")
        return value

    return read_it


def read_list(name: str, example: str) -> Callable[[object], tuple[str, ...]]:
    """What reads the setting ``name``, a list of texts such as ``example``. Raises
    ``ConfigError``."""

    def read_it(value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple) or not all(isinstance(text, str) for text in value):
            raise ConfigError(
                f"Le réglage {name} attend une liste de textes, par exemple {example}."
            )
        return tuple(value)

    return read_it


# Name of the file, beside the settings, where ``portail init`` writes its version down.
RECORD = ".portail.json"


# Name of the settings file of an instance, beside its contents.
FILE = "pelicanconf.py"


def root_of(content: Path) -> Path:
    """The folder of a portal, from which its settings name greffons, a logo, a theme.

    The current one when the settings are there, since what lies beside proposed contents is theirs.
    """
    here = Path.cwd()
    if (here / FILE).is_file():
        return here
    return content.parent


def place_of(folder: Path, setting: str, *keys: str) -> Position:
    """Where ``folder`` sets ``setting``, or what it has at ``keys``, as far as it is written out
    there; the beginning of the file for what is not."""
    node: ast.AST | None = None
    with suppress(OSError, SyntaxError, ValueError):
        for statement in ast.parse((folder / FILE).read_bytes()).body:
            if isinstance(statement, ast.Assign) and any(
                isinstance(name, ast.Name) and name.id == setting for name in statement.targets
            ):
                node = statement.value
    path = PurePosixPath(FILE)
    if node is None:
        return Position(path)
    for key in keys:
        members = _members(node)
        node = members.get(key, node)
    start = getattr(node, "col_offset", 0)
    end = getattr(node, "end_col_offset", 0)
    line = getattr(node, "lineno", 1)
    wide = 0
    if getattr(node, "end_lineno", line) == line:
        wide = end - start
    return Position(path, line, start + 1, wide)


def _members(node: ast.AST) -> Mapping[str, ast.AST]:
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {
            str(key.value): value_node for key, value_node in pairs if isinstance(key, ast.Constant)
        }
    rows = node.elts if isinstance(node, ast.List | ast.Tuple) else ()
    return {str(row.value): row for row in rows if isinstance(row, ast.Constant)}
