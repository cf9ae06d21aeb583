"""Files of the package (theme, data, documents), its tables, and its memory.

Nothing else builds a path to ``theme/``, ``data/`` or ``docs/``. An instance lays its own
``theme/`` and ``data/`` over them, never the tables of ``plugins/portail/data/``.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import yaml
from msgspec import Struct

from .diagnostics import DataError
from .files import UNMERGED, unmerged
from .installed import features, folder_of, packages

T = TypeVar("T")
_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_ressources"
_CHECKOUT = _PACKAGE.parent.parent


def theme_dir() -> Path:
    """The folder of ``templates/`` and ``static/``. Raises `DataError` when it is missing."""
    return _folder("theme")


def data_dir() -> Path:
    return _folder("data")


def docs_dir() -> Path:
    return _folder("docs")


def brought(name: str) -> Folder:
    """The folder ``theme``, ``data`` or ``docs``, under those of packages, beside their code."""
    folder: Folder = _folder(name)
    for package in packages():
        if (package / name).is_dir():
            folder = over(folder, package / name)
    return folder


class Layers(Struct, frozen=True):
    """A folder of the package, and one of an instance’s that lies over it."""

    base: Folder
    own: Path

    @property
    def folders(self) -> tuple[Path, ...]:
        below = folders_of(self.base)
        if self.own.is_dir():
            return (*below, self.own)
        return below

    def __truediv__(self, name: str) -> Path:
        file = self.own / name
        if file.exists():
            return file
        return self.base / name


# Where ``folder / "name"`` is a file.
Folder: TypeAlias = "Path | Layers"


def over(base: Folder, layer: Path) -> Folder:
    layer = layer.resolve()
    if layer in [folder.resolve() for folder in folders_of(base)]:
        return base
    return Layers(base, layer)


def folders_of(folder: Folder) -> tuple[Path, ...]:
    """The folders that one is made of, the last one first to be read."""
    if isinstance(folder, Layers):
        return folder.folders
    return (folder,)


# The sheet of tokens, below ``static/`` of a theme.
TOKENS = "css/tokens.css"


def tokens_of(theme: Folder) -> str:
    """The sheets of tokens of a theme: that of an instance, last, changes what it says, and keeps
    the rest of ours."""
    sheets = (folder / "static" / TOKENS for folder in folders_of(theme))
    present = (sheet for sheet in sheets if sheet.is_file())
    return "".join(sheet.read_text(encoding="utf-8").rstrip() + "\n" for sheet in present)


def within(folder: Folder, name: str) -> Folder:
    if isinstance(folder, Layers):
        return Layers(within(folder.base, name), folder.own / name)
    return folder / name


def own_of(folder: Folder) -> Path:
    """The folder of the instance’s own: what is not there is not the package’s either."""
    if isinstance(folder, Layers):
        return folder.own
    return folder


def model_dir() -> Path:
    """The skeleton of an instance (``portail init``). Raises `DataError` when it is missing."""
    return _folder("modele")


def compiled_dir() -> Path:
    if is_checkout():
        return _CHECKOUT / "build/gabarits"
    return _INSTALLED / "gabarits"


@cache
def is_checkout() -> bool:
    """Whether this code runs from its repository, rather than from site-packages."""
    return _PACKAGE.parent.name == "plugins" and (_CHECKOUT / "pyproject.toml").is_file()


def _folder(name: str) -> Path:
    folder = (_CHECKOUT if is_checkout() else _INSTALLED) / name
    if not folder.is_dir():
        raise DataError(f"Le dossier « {name} » manque : {folder}. Réinstallez Portail.")
    return folder


def rows(name: str) -> Any:
    """Content of ``plugins/portail/data/<name>.yml``, or of that of a package, unchecked: to be
    read only, several ask. Raises `DataError` where it is not YAML or a key stands twice."""
    return _loaded(*_table(name))


def shared(name: str) -> Any:
    """The same, of a list of ``data/`` as the package has it."""
    path = data_dir() / f"{name}.yml"
    return _loaded(path, path.read_text(encoding="utf-8"))


def rows_of(feature: str, name: str) -> Any:
    """The same, of ``<name>.yml`` in the folder of a feature, named with its street
    (« kinds.lieux »), or with its package when it is another (« portail_importer.importer »)."""
    return _loaded(*_table(name, feature))


def rows_of_packages(name: str) -> Iterator[Any]:
    """The same, of those of packages that have it."""
    for package in packages():
        file = package / f"{name}.yml"
        if file.is_file():
            yield _loaded(file, file.read_text(encoding="utf-8"))


def tables_of_features(name: str) -> list[str]:
    """Modules of the features whose folder has a ``<name>.yml``: ours in alphabetical order, then
    those of packages."""
    folders = sorted(path.parent for path in _PACKAGE.glob(f"features/*/*/{name}.yml"))
    ours = [f"portail.features.{folder.parent.name}.{folder.name}" for folder in folders]
    others = [entry.module for entry in features() if _path(entry.module, f"{name}.yml").is_file()]
    return ours + others


@lru_cache(64)
def _loaded(path: Path, text: str) -> Any:
    try:
        return yaml.load(text, Loader=UniqueKeys)  # noqa: S506
    except yaml.YAMLError as error:
        raise DataError(f"{path}: {error}") from error


def table(name: str, shape: type[T], feature: str = "") -> T:
    """A table of the kernel, or of a feature, checked by pydantic. Raises `DataError`."""
    from pydantic import ValidationError  # here: codes are read without it, and it costs 40 ms

    try:
        return checked(_loaded(*_table(name, feature)), shape)
    except ValidationError as error:
        first = error.errors()[0]
        path, text = _table(name, feature)
        line = line_of(yaml.compose(text, Loader=yaml.CSafeLoader), first["loc"][1:])
        raise DataError(f"{path}:{line}: {first['loc'][-1]}: {first['msg']}") from error


def checked(value: object, shape: type[T]) -> T:
    """`value`, of dictionaries and lists, as `shape`, a dataclass: an unknown key is an error.
    Raises ``ValidationError`` of pydantic, where the first step of each place is ``0``."""
    validated: T = _reader(shape).validate_python([value])[0]  # type: ignore[arg-type]
    return validated


@cache
def _reader(shape: type) -> Any:
    # What reads one ``shape`` in a list, since a dataclass takes no configuration from outside.
    from pydantic import ConfigDict, TypeAdapter

    return TypeAdapter(list[shape], config=ConfigDict(extra="forbid"))  # type: ignore[valid-type]


def text_of_feature(feature: str, name: str) -> str:
    """A file of the folder of a feature, named as ``rows_of`` does, or by its package."""
    return _path(feature, name).read_text(encoding="utf-8")


def _table(name: str, feature: str = "") -> tuple[Path, str]:
    path = _path(feature, f"{name}.yml") if feature else _PACKAGE / "data" / f"{name}.yml"
    if not (feature or path.is_file()):  # a form of a kind that a package brings
        path = next(filter(Path.is_file, (one / f"{name}.yml" for one in packages())), path)
    return path, path.read_text(encoding="utf-8")


def _path(feature: str, name: str) -> Path:
    street = feature.removeprefix("portail.features.").replace(".", "/")
    folder = _PACKAGE / "features" / street
    if not folder.is_dir():  # of another package
        folder = folder_of(feature) or folder
    return folder / name


def line_of(node: Any, steps: tuple[int | str, ...]) -> int:
    """Line of what `steps` lead to from `node`; names of types among them lead nowhere."""
    line = node.start_mark.line
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            rows = {key.value: (key, value) for key, value in node.value}
        else:
            rows = dict(enumerate(zip(node.value, node.value, strict=True)))
        if step in rows:
            key, node = rows[step]
            line = key.start_mark.line
    return int(line) + 1


# Groups inside one another in a table: libyaml’s reader crashes at thousands of them.
_DEEPEST = 50
_TEXT = "tag:yaml.org,2002:str"


def readable(text: str) -> str:
    """``text``, which YAML can read without harm. Raises ``yaml.MarkedYAMLError`` for aliases,
    tags, deep nesting or a merge conflict.
    """
    depth = 0
    try:
        for start, _ in unmerged(text):
            mark = yaml.Mark(
                "", start, text.count("\n", 0, start), column=0, buffer=None, pointer=0
            )
            raise yaml.MarkedYAMLError(problem=UNMERGED, problem_mark=mark)
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            odd = isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None)
            if odd or depth > _DEEPEST:
                said = "« * » or « ! » begins a value" if odd else "groups nested without end"
                raise yaml.MarkedYAMLError(problem=said, problem_mark=event.start_mark)  # type: ignore[arg-type]
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
        mark = yaml.Mark("", error.position, line, column=0, buffer=None, pointer=0)
        raise yaml.MarkedYAMLError(problem=error.reason, problem_mark=mark) from error
    return text


class UniqueKeys(yaml.CSafeLoader):
    """Loader that refuses a key that stands twice. It reads what is neither tagged nor recursive,
    directly: YAML's own way takes twice as long."""

    def construct_document(self, node: yaml.Node) -> Any:
        """What a node holds. Raises ``MarkedYAMLError`` for keys that are not all different."""
        value_of = self.construct_document
        if isinstance(node, yaml.SequenceNode):
            return [value_of(child) for child in node.value]
        if not isinstance(node, yaml.MappingNode):
            if node.tag == _TEXT:
                return node.value
            return self.construct_object(node)
        keys = [key.value if isinstance(key, yaml.ScalarNode) else None for key, _ in node.value]
        if None in keys or len(set(keys)) < len(keys):
            said = "a key is a group" if None in keys else "a key stands twice"
            raise yaml.MarkedYAMLError(problem=said, problem_mark=node.start_mark)
        self.flatten_mapping(node)
        return {value_of(key): value_of(value) for key, value in node.value}


# Python's garbage collector, kept quiet where it would only cost.

_OBJECTS = 50_000
# Thresholds to come back to, those of the outermost context first.
_inside = list[tuple[int, int, int]]()


@contextmanager
def frozen_gc() -> Iterator[None]:
    """What is there before is left alone by garbage collection inside: it stays, and forked
    processes share it. Collection looks at what is made less often: nearly all of it is freed."""
    threshold = gc.get_threshold()
    _inside.append(threshold)
    gc.freeze()
    gc.set_threshold(_OBJECTS, *threshold[1:])
    try:
        yield
    finally:
        gc.set_threshold(*_inside.pop())
        if not _inside:
            gc.unfreeze()


@contextmanager
def quiet_gc() -> Iterator[None]:
    """No garbage collection inside: thousands of objects are being made, and they stay."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            with frozen_gc():  # all is of the oldest generation, else it would be visited at once
                gc.enable()
