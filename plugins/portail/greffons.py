"""The public entry point of greffons: what an instance adds to its portal in Python.

A module of the instance (``greffons/podcasts.py``), or of an installed package, imports from here
all that it needs and defines ``greffon = Greffon(…)``; ``PORTAIL_GREFFONS`` names it. Every name
that this module imports ``as`` itself is promised until the next major version.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path, PurePosixPath
from traceback import extract_tb
from types import ModuleType
from typing import Any

from msgspec.structs import replace

from portail import codes
from portail.codes import Code
from portail.diagnostics import ConfigError, PlanError
from portail.facts.base import Fact as Fact
from portail.facts.base import Value as Value
from portail.facts.base import texts as texts
from portail.files import digest_of, files_below
from portail.model.articles import Annonce as Annonce
from portail.model.articles import Article as Article
from portail.model.event import Event as Event
from portail.model.kinds import KINDS
from portail.model.kinds import Kind as Kind
from portail.model.lieu import Lieu as Lieu
from portail.model.ressource import Ressource as Ressource
from portail.outputs.base import Artifact as Artifact
from portail.outputs.base import SitemapHint as SitemapHint
from portail.outputs.base import TemplatePage, TextFile
from portail.outputs.base import drawn as drawn
from portail.outputs.base import text_file as text_file
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.views.shared import Lien as Lien
from portail.outputs.pages.views.shared import PageView as PageView
from portail.outputs.parts import part
from portail.site.draft import Draft as Draft
from portail.site.greffons import AUCUN, CANAUX, Greffons, keep
from portail.site.greffons import Facette as Facette
from portail.site.greffons import Fait as Fait
from portail.site.greffons import Faute as Faute
from portail.site.greffons import Greffon as Greffon
from portail.site.greffons import Regle as Regle
from portail.site.item import Item as Item
from portail.site.memo import answer as answer
from portail.site.memo import per_site as per_site
from portail.site.redirections import is_owned
from portail.site.site import Site as Site
from portail.site.urls import HOME
from portail.text.normalise import is_slug
from portail.text.opening_hours_text import read_opening_hours as read_opening_hours
from portail.text.suggest import meant

GROUP = "portail.greffons"
"""Entry points of this group are greffons of installed packages: modules, or their ``Greffon``.
None is loaded that ``PORTAIL_GREFFONS`` does not name."""

_SETTING = "PORTAIL_GREFFONS"
_NO_SLUG = "ne convient pas à une adresse : minuscules, chiffres, traits d’union"
_CODE = re.compile(r"[EAC]X[0-9]{2}")
_kept: dict[tuple[tuple[str, ...], Path], Greffons] = {}
"""Those that this process has read last."""
_reached: list[str] = []
"""What they have added to ``sys.path``."""


def load(names: Sequence[str], root: Path) -> Greffons:
    """The greffons that an instance names, from ``root``, its folder, or installed; read again when
    their files change. Raises ``ConfigError`` for what is not found, not read, or wrong."""
    key = (tuple(names), root)
    known = _kept.get(key)
    if known and _digest(known.dossiers) == known.empreinte:
        return keep(known)
    for former in _kept.values():
        _forget(sys.modules, former.dossiers)
    _kept.clear()
    if not names:
        return keep(AUCUN)
    before = set(sys.modules)
    if str(root) not in sys.path:
        sys.path.append(str(root))
        _reached.append(str(root))
    try:
        _kept[key] = made = _read(names, root, before)
    except ConfigError:
        _forget(set(sys.modules) - before, [root])
        raise
    return keep(made)


def _read(names: Sequence[str], root: Path, before: set[str]) -> Greffons:
    found: list[Greffon] = []
    modules: dict[str, Path] = {}
    folders: dict[Path, None] = {}
    for name in names:
        target, attribute = _target(name)
        with _unwritten():
            module = _imported(name, target, root)
        one = getattr(module, attribute, None)
        if not isinstance(one, Greffon):
            raise ConfigError(
                f"{_SETTING} : le module {target} ne définit pas « {attribute} = Greffon(…) »."
            )
        if one.nom in modules:
            raise ConfigError(f"{_SETTING} : deux greffons ont le même nom, « {one.nom} ».")
        found.append(one)
        modules[one.nom] = Path(str(module.__file__))
        folders[_folder(target, modules[one.nom])] = None
    folders |= dict.fromkeys(_beside(before, root, folders))
    _check_greffons(found)
    return Greffons(tuple(found), modules, tuple(folders), _digest(folders))


def _target(name: str) -> tuple[str, str]:
    """The module and the attribute that a name of the settings stands for."""
    for entry in entry_points(group=GROUP, name=name):
        return entry.module, entry.attr or "greffon"
    return name, "greffon"


@contextmanager
def _unwritten() -> Iterator[None]:
    """No ``__pycache__`` is left in the folder of an instance."""
    former = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.dont_write_bytecode = former


def _imported(name: str, target: str, root: Path) -> ModuleType:
    if not all(part.isidentifier() for part in target.split(".")):
        raise ConfigError(_missing(name, root))
    try:
        return import_module(target)
    except ModuleNotFoundError as error:
        if error.name and f"{target}.".startswith(f"{error.name}."):
            raise ConfigError(_missing(name, root)) from error
        raise ConfigError(_broken(name, error, root)) from error
    except Exception as error:
        raise ConfigError(_broken(name, error, root)) from error


def _missing(name: str, root: Path) -> str:
    files = [one.relative_to(root).with_suffix("") for one in root.glob("greffons/*.py")]
    known = [".".join(one.parts) for one in files]
    known += [one.name for one in entry_points(group=GROUP)]
    place = f"{name.replace('.', '/')}.py"
    return (
        f"{_SETTING} : « {name} » n’est ni un module de l’instance ({place}), ni le greffon d’un "
        f"paquet installé.{meant(name, known)}"
    )


def _broken(name: str, error: Exception, root: Path) -> str:
    """The sentence for a module that cannot be imported, with the last place that is its own."""
    places = [(one.filename, one.lineno) for one in extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        places.append((error.filename or "", error.lineno))
    own = [(file, line) for file, line in places if Path(file).is_relative_to(root)]
    file, line = (own or places)[-1]
    what = error.msg if isinstance(error, SyntaxError) else error
    return (
        f"{_SETTING} : « {name} » ne peut pas être lu ({Path(file).name}, ligne {line}) : "
        f"{type(error).__name__} : {what}"
    )


def _folder(target: str, file: Path) -> Path:
    """All the code of a greffon: the folder of its package, or its one file."""
    depth = target.count(".") + (file.name == "__init__.py")
    return file.parents[depth - 1] if depth else file


def _beside(before: set[str], root: Path, folders: Iterable[Path]) -> Iterator[Path]:
    """Files of the instance that greffons have imported from elsewhere than their folders."""
    held = [*folders, Path(sys.prefix)]
    for name in sorted(set(sys.modules) - before):
        file = Path(getattr(sys.modules[name], "__file__", None) or "/")
        if file.is_relative_to(root) and not any(map(file.is_relative_to, held)):
            yield file


def _forget(names: Iterable[str], folders: Collection[Path]) -> None:
    """Have the modules of these names that are in these folders imported again."""
    codes.ADDED.clear()
    while _reached:
        sys.path.remove(_reached.pop())
    for name in [*names]:
        module = sys.modules[name]
        files = [getattr(module, "__file__", None), *(getattr(module, "__path__", None) or ())]
        if any(Path(it).is_relative_to(one) for it in files if it for one in folders):
            del sys.modules[name]


def _digest(folders: Iterable[Path]) -> str:
    """Digest of all files of some folders, but what Python compiles."""
    parts: list[str | bytes] = []
    for folder in folders:
        for file in sorted(files_below(folder, ("__pycache__",))) if folder.is_dir() else [folder]:
            if file.is_file():
                parts += [file.relative_to(folder).as_posix(), file.read_bytes()]
    return digest_of(*parts)


def _check_greffons(found: Sequence[Greffon]) -> None:
    """Raise ``ConfigError`` for what a greffon says wrong; know its codes."""
    keys: set[str] = set()
    for one in found:
        for judge in (_shape, _outputs, _facts, _rules, partial(_facets, keys)):
            for fault in judge(one):
                raise ConfigError(f"Le greffon « {one.nom} » : {fault}.")


def _shape(one: Greffon) -> Iterator[str]:
    if not is_slug(str(one.nom)):
        yield f"son nom {_NO_SLUG}"
    kinds = {"sorties": object, "faits": Fait, "facettes": Facette, "regles": Regle}
    for name, kind in kinds.items():
        held = getattr(one, name)
        if not isinstance(held, tuple | list) or not all(isinstance(it, kind) for it in held):
            wanted = "fonctions" if kind is object else kind.__name__
            yield f"« {name} » attend un tuple de {wanted}"


def _facts(one: Greffon) -> Iterator[str]:
    kinds = {kind.folder for kind in KINDS.values()}
    for fait in one.faits:
        if fait.genre not in kinds:
            yield f"« {fait.genre} » n’est pas un genre de contenus ({', '.join(sorted(kinds))})"
        if wrong := [canal for canal in fait.canaux if canal not in CANAUX]:
            yield f"« {wrong[0]} » n’est pas un canal ({', '.join(CANAUX)})"


def _facets(keys: set[str], one: Greffon) -> Iterator[str]:
    for facette in one.facettes:
        if wrong := [it for it in (facette.cle, *facette.valeurs) if not is_slug(it)]:
            yield f"« {wrong[0]} » {_NO_SLUG}"
        if facette.cle in keys or is_owned(f"/agenda/{facette.cle}/"):
            yield f"la facette « {facette.cle} » existe déjà"
        keys.add(facette.cle)


def _rules(one: Greffon) -> Iterator[str]:
    for regle in one.regles:
        if not _CODE.fullmatch(regle.code):
            yield f"« {regle.code} » n’est pas un code : E, A ou C, puis X et deux chiffres (AX01)"
        if regle.code in codes.ADDED:
            yield f"le code {regle.code} est déjà pris"
        codes.ADDED[regle.code] = Code(regle.code, regle.titre, regle.message, regle.remede)


def _outputs(one: Greffon) -> Iterator[str]:
    for plan in one.sorties:
        if not callable(plan) or "<" in getattr(plan, "__qualname__", "<"):
            yield "une sortie est une fonction du module"


# Their outputs, planned as parts of the plan.


def plan_added(site: Site) -> Iterator[Artifact]:
    """What the outputs of greffons plan."""
    for one in site.greffons.tous:
        for rank, plan in enumerate(one.sorties):
            name = f"greffon {one.nom} {plan.__qualname__}"
            yield from part(site, name, _own, one.nom, str(rank))


def _own(site: Site, nom: str, rank: str) -> Iterator[Artifact]:
    """The artifacts of an output; their source is its file, so that a report names it. Raises
    ``PlanError`` for what is no artifact, or could not be made again by the next build."""
    one = next(it for it in site.greffons.tous if it.nom == nom)
    file = site.greffons.modules[nom]
    source = PurePosixPath(file.parent.name, file.name)
    for made in one.sorties[int(rank)](site):
        if not isinstance(made, Artifact):
            raise PlanError(f"Le greffon « {nom} » planifie ce qui n’est pas un fichier : {made!r}")
        if "<" in _maker_name(made):
            raise PlanError(
                f"Le greffon « {nom} », {made.path} : donnez une fonction du module, ni « lambda » "
                "ni fonction d’une fonction."
            )
        yield replace(made, source=made.source or source)


def _maker_name(made: Artifact) -> str:
    """The name of the function that makes an artifact, where it is found again by its name."""
    if isinstance(made, TemplatePage):
        return made.shown.name
    produce = made.produce if isinstance(made, TextFile) else None
    return getattr(produce.func, "__qualname__", "") if isinstance(produce, partial) else ""


def page(site: Site, url: str, titre: str, description: str) -> dict[str, Any]:
    """What every page says of itself, for a view that is a dataclass of the family ``PageView``:
    ``MaVue(**page(site, url, "Titre", "Description."), …)``."""
    trail = (Lien("Accueil", HOME),)
    head = {"titre": titre, "description": description, "url": url, "fil": trail}
    return {"cadre": frame_of(site), **head}
