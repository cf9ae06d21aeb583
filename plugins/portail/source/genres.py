"""Reading the kinds that an instance brings: ``genres/<folder>/genre.yml``, templates, a model."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path, PurePosixPath
from traceback import extract_tb
from typing import Any

import yaml
from pydantic import ValidationError

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.files import digest_of, files_below
from portail.late import expression
from portail.model import kinds
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.genres import (
    FILE,
    FOLDER,
    KEY,
    LIST,
    MODEL,
    PAGE,
    Champ,
    Genre,
    Genres,
    Said,
    current,
    info_of,
    is_dated,
    is_reserved,
    keep,
    model_of,
    tables,
    type_of,
)
from portail.model.kinds import BY_FOLDER, KINDS, RESERVED_PAGE_SLUGS, Kind, KindInfo
from portail.resources import UniqueKeys, brought, checked, line_of, over, readable
from portail.text.normalise import fold, is_slug
from portail.text.suggest import meant

_MOST = 10
"""Kinds that an instance may bring: a menu and a form that offer more are no longer read."""
_LONGEST = 20_000
"""Signs of ``genre.yml``: nobody writes as many."""
# What runs in a page, and what the policy of pages forbids: the theme alone brings scripts.
_SCRIPT = expression(r"<\s*(?:script|iframe|object|embed)\b|\son[a-z]+\s*=|javascript:", re.I)


def bring_kinds(root: Path) -> Genres:
    """Read ``genres/`` of the instance in ``root``: its kinds are now those of the portal, with
    ours. Those of another instance go."""
    folder = root / FOLDER
    digest = ""
    if folder.is_dir():
        files = sorted(files_below(folder, ("__pycache__",)))
        names = [file.relative_to(folder).as_posix() for file in files]
        digest = digest_of(*names, *(file.read_bytes() for file in files))
    if digest == current().digest and (root == current().root or not digest):
        return current()
    kinds.bring({})
    keep(Genres(root, digest=digest))
    kinds.renew()
    if digest:
        folders = sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] != ".")
        keep(_Reader(root, folders, digest).read())
        kinds.renew()
    return current()


class _Reader:
    """Reads the kinds of some folders: a step for all of them, then the next."""

    def __init__(self, root: Path, folders: Sequence[Path], digest: str) -> None:
        self.root = root
        self.folders = folders
        self.digest = digest
        self.said: dict[str, Said] = {}
        self.infos: dict[str, KindInfo] = {}
        self.genres: dict[str, Genre] = {}

    def read(self) -> Genres:
        """The kinds; none of them where one is wrong, and their contents are not told."""
        kinds.OWN_LISTS.clear()
        for step in (self._say, self._judge, self._follow, self._make):
            if faults := [*self._wrong(step)]:
                kinds.bring({})
                kinds.OWN_LISTS.update(file.stem for file in (self.root / "data").glob("*.yml"))
                names = frozenset(folder.name for folder in self.folders)
                return Genres(self.root, faults=tuple(faults), broken=names, digest=self.digest)
        return Genres(self.root, self.genres, digest=self.digest)

    def _wrong(self, step: Callable[[Path], None]) -> Iterator[Diagnostic]:
        for folder in self.folders:
            try:
                step(folder)
            except _Wrong as wrong:
                path = PurePosixPath(FOLDER, folder.name, wrong.file)
                line = wrong.line
                if wrong.keys:
                    line = _line_of(folder / FILE, wrong.keys)
                yield diagnostic(wrong.code, Position(path, line), **wrong.values)

    def _say(self, folder: Path) -> None:
        if folder in self.folders[_MOST : _MOST + 1]:
            raise _Wrong("E546", nombre=len(self.folders), limite=_MOST)
        self.said[folder.name] = _said(folder)

    def _follow(self, folder: Path) -> None:
        said = self.said[folder.name]
        _references(said, [*(kind.value for kind in Kind), *self.said])
        self._lists(said)
        self.infos[folder.name] = info_of(folder.name, said, _templates(folder))

    def _judge(self, folder: Path) -> None:
        # Raise ``_Wrong`` for a name or an address that is taken, for a field that cannot be.
        said = self.said
        said_of_folder = said[folder.name]
        for name in ("nom", "pluriel"):
            if not getattr(said_of_folder, name).strip():
                raise _Wrong("E542", keys=(name,), raison=f"« {name} » est vide")
        segment = said_of_folder.adresse or folder.name
        said_before = {name: other for name, other in said.items() if name < folder.name}
        taken = {other.adresse or name: name for name, other in said_before.items()}
        if folder.name in BY_FOLDER or folder.name == "medias":
            raise _Wrong("E543", quoi="nom", valeur=folder.name)
        key = ("adresse" if said_of_folder.adresse else "nom",)
        if not is_slug(segment):
            raise _Wrong("E542", keys=key, raison=f"« {segment} » n’est pas une adresse")
        if segment in RESERVED_PAGE_SLUGS or segment in taken:
            raise _Wrong("E543", keys=key, quoi="adresse", valeur=f"/{segment}/")
        taken |= {other.adresse or name: name for name, other in said.items()}
        for former in said_of_folder.anciennes_adresses:
            key = ("anciennes_adresses",)
            if not is_slug(former):
                raise _Wrong("E542", keys=key, raison=f"« {former} » n’est pas une adresse")
            if former in RESERVED_PAGE_SLUGS or former in taken:
                raise _Wrong("E543", keys=key, quoi="ancienne adresse", valeur=f"/{former}/")
            taken[former] = folder.name
        names = {fold(info.nom): info.folder for info in KINDS.values()}
        names |= {fold(other.nom): name for name, other in said_before.items()}
        if fold(said_of_folder.nom) in names:
            raise _Wrong("E543", keys=("nom",), quoi="nom", valeur=said_of_folder.nom)
        if said_of_folder.article not in ("un", "une"):
            raise _Wrong("E542", keys=("article",), raison="« article » attend « un » ou « une »")
        if said_of_folder.tri not in ("", "newest", "name"):
            raise _Wrong("E542", keys=("tri",), raison="« tri » attend « newest » ou « name »")
        _judge_fields(said_of_folder)

    def _lists(self, said: Said) -> None:
        # Raise ``_Wrong`` for a controlled list that is in no ``data/``.
        data = over(brought("data"), self.root / "data")
        for name, champ in said.champs.items():
            if champ.liste and not (
                is_slug(champ.liste) and (data / f"{champ.liste}.yml").is_file()
            ):
                reason = f"data/{champ.liste}.yml n’existe pas"
                raise _Wrong("E542", keys=("champs", name, "liste"), raison=reason)
            kinds.OWN_LISTS.update({champ.liste} - {""})

    def _make(self, folder: Path) -> None:
        if not self.genres:
            kinds.bring(self.infos, self.digest)
        name = folder.name
        said = self.said[name]
        model = model_of(Kind(name), said, _own_base(folder))
        page, listed = _templates(folder)
        self.genres[name] = Genre(name, said, model, page=page, list=listed)


def _said(folder: Path) -> Said:
    if not is_slug(folder.name):
        raise _Wrong("E542", "", raison="son nom sera une adresse : minuscules et tirets")
    file = folder / FILE
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise _Wrong("E541", raison="le fichier manque") from error
    except UnicodeDecodeError as error:
        raise _Wrong("E541", raison="il n’est pas en UTF-8") from error
    if len(text) > _LONGEST:
        raise _Wrong("E541", raison=f"il est trop long (plus de {_LONGEST} signes)")
    try:
        value = yaml.load(readable(text), Loader=UniqueKeys)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _Wrong("E541", line=mark.line + 1 if mark else 1, raison=_reason(error)) from error
    if not isinstance(value, dict):
        raise _Wrong("E541", raison="il ne contient pas de clés (« nom: … »)")
    try:
        return checked(value, Said)
    except ValidationError as error:
        first = error.errors()[0]
        keys = tuple(str(step) for step in first["loc"][1:])
        raise _Wrong("E542", keys=keys, raison=_judged(first, keys)) from error


def _templates(folder: Path) -> tuple[str, str]:
    templates = []
    for name in (PAGE, LIST):
        file = folder / name
        text = ""
        if file.is_file():
            text = file.read_text(encoding="utf-8", errors="replace")
        if match := _SCRIPT.search(text):
            line = text.count("\n", 0, match.start()) + 1
            raise _Wrong("E544", name, line=line, valeur=match[0].strip())
        templates.append(f"{folder.name}/{name}" if text else "")
    return templates[0], templates[1]


class _Wrong(Exception):
    """What is wrong with a kind: a code and what fills its sentence; where in which file."""

    def __init__(
        self,
        code: str,
        file: str = FILE,
        *,
        keys: tuple[str, ...] = (),
        line: int = 1,
        **values: Any,
    ) -> None:
        super().__init__(code)
        if "raison" in values and not values["raison"].endswith((".", "?")):
            values["raison"] += "."
        self.code = code
        self.file = file
        self.keys = keys
        self.line = line
        self.values: dict[str, Any] = values


def _reason(error: yaml.MarkedYAMLError) -> str:
    if "twice" in (error.problem or ""):
        return "une clé y est deux fois"
    if "nested" in (error.problem or "") or "« * »" in (error.problem or ""):
        return "une valeur commence par « & », « * » ou « ! », ou les groupes s’emboîtent sans fin"
    return "ce n’est pas du YAML"


_EXPECTED = {
    "string_type": "un texte",
    "bool_type": "true ou false",
    "bool_parsing": "true ou false",
    "int_type": "un nombre entier",
    "int_parsing": "un nombre entier",
    "tuple_type": "une liste",
}


def _judged(fault: Any, keys: tuple[str, ...]) -> str:
    key = keys[-1] if keys else FILE
    shape = Champ if len(keys) > 2 else Said
    if fault["type"] == "missing":
        return f"la clé « {key} » manque"
    if fault["type"] == "unexpected_keyword_argument":
        return f"la clé « {key} » n’existe pas.{meant(key, shape.__dataclass_fields__)}"
    return f"« {key} » attend {_EXPECTED.get(fault['type'], 'un groupe de clés')}"


def _judge_fields(said: Said) -> None:
    dated = is_dated(said)
    for name, champ in said.champs.items():
        for keys, reason in wrong_field(name, champ, dated=dated):
            raise _Wrong("E542", keys=("champs", name, *keys), raison=reason)
    ends = [name for name, champ in said.champs.items() if champ.termine]
    if len(ends) > 1 or (ends and dated):
        reason = "une seule date termine un contenu"
        raise _Wrong("E542", keys=("champs", ends[-1], "termine"), raison=reason)


def wrong_field(name: str, said: Champ, *, dated: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is wrong with a field: the key that says so, a sentence."""
    named = type_of(name, said)
    known = tables()
    if not KEY.fullmatch(name):
        yield (), f"« {name} » : une clé n’a que des lettres minuscules, des chiffres et « _ »"
    elif name in Entry.model_fields:
        if said.type:
            yield ("type",), f"« {name} » est un champ de tout genre, et n’a pas de type à dire"
    elif dated and name in Event.model_fields and name not in known.connus:
        if said.type or name not in known.evenements:
            yield (), f"« {name} » est un champ des événements : il se nomme sans type"
    elif not said.type and name not in known.connus:
        yield (), f"« {name} » n’a pas de « type »"
    elif named not in known.types or not known.types[named].aide:
        yield ("type",), f"« {said.type} » n’est pas un type.{meant(said.type, known.types)}"
    elif named != known.connus.get(name, named):
        yield ("type",), f"« {name} » est de type « {known.connus[name]} »"
    elif known.types[named].nom not in ("", name):
        yield (), f"un champ de ce type s’appelle « {known.types[named].nom} »"
    elif is_reserved(name):
        yield (), f"« {name} » est un mot réservé"
    elif said.unite and named != "nombre":
        yield ("unite",), "seul un « nombre » a une unité"
    elif named in ("terme", "termes") and not said.liste:
        yield (), f"« {name} » attend « liste » : le nom d’une liste de data/, sans « .yml »"
    elif said.facette and named not in ("terme", "termes"):
        yield ("facette",), "seul un « terme » est une facette"
    elif said.termine and named != "jour":
        yield ("termine",), "seul un « jour » termine un contenu"
    elif lost := [where for where in said.dans if where not in known.canaux]:
        yield ("dans",), f"« {lost[0]} » n’est pas parmi : {', '.join(known.canaux)}"


def _references(said: Said, names: Iterable[str]) -> None:
    for name, champ in said.champs.items():
        if type_of(name, champ).startswith("contenu") and champ.genre not in names:
            reason = f"« {name} » attend « genre », le dossier d’un genre"
            keys = ("champs", name, "genre")
            raise _Wrong("E542", keys=keys, raison=f"{reason}.{meant(champ.genre, [*names])}")


def _own_base(folder: Path) -> type[Entry] | None:
    # The class of ``modele.py``: one that descends from ``Entry``.
    file = folder / MODEL
    if not file.is_file():
        return None
    name = f"genres_{folder.name.replace('-', '_')}_modele"
    spec = spec_from_file_location(name, file)
    assert spec and spec.loader
    module = module_from_spec(spec)
    former, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        lines = [
            frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == str(file)
        ]
        if isinstance(error, SyntaxError):
            lines.append(error.lineno)
        line = next(filter(None, reversed(lines)), 1)
        raise _Wrong(
            "E545", MODEL, line=line, raison=f"{type(error).__name__} : {error}"
        ) from error
    finally:
        sys.dont_write_bytecode = former
    models = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Entry) and value.__module__ == name
    ]
    if len(models) != 1:
        raise _Wrong(
            "E545", MODEL, line=1, raison="il attend une classe, et une seule, qui descend de Entry"
        )
    sys.modules[name] = module
    return models[0]


# A field that has become required is told once, where it is, rather than in each file.
_MANY = 10


def gathered(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """``faults``, where those of a field that many contents of a kind of the instance lack are one,
    in the file of the kind (E547)."""
    every = [*faults]
    if not current().every:
        return every
    lacking = defaultdict[tuple[str, str], list[Diagnostic]](list)
    for fault in every:
        folder = (*fault.position.path.parts, "")[1]
        if fault.code == "E201" and folder in current().every and fault.fix.beside:
            lacking[folder, fault.fix.beside[0]].append(fault)
    for (folder, key), diagnostics in lacking.items():
        said = current().every[folder].said.champs
        if len(diagnostics) >= _MANY and key in said and said[key].obligatoire:
            every = [fault for fault in every if fault not in diagnostics]
            every.append(_gathered(folder, key, diagnostics))
    return every


def _gathered(folder: str, key: str, diagnostics: Sequence[Diagnostic]) -> Diagnostic:
    file = PurePosixPath(FOLDER, folder, FILE)
    root = current().root or Path()
    line = _line_of(root / file, ("champs", key, "obligatoire"))
    names = ", ".join(fault.position.path.name for fault in diagnostics[:3])
    return diagnostic(
        "E547",
        Position(file, line),
        paste=diagnostics[0].paste,
        cle=key,
        nombre=len(diagnostics),
        dossier=folder,
        exemples=names,
        ligne=diagnostics[0].paste,
    )


def _line_of(file: Path, keys: tuple[str, ...]) -> int:
    node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return line_of(node, keys)
