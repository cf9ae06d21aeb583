"""The public entry point of greffons: what an instance adds to its portal in Python.

Every name that this module imports ``as`` itself, or that a feature ``promises``, is promised until
the next major version.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.metadata import EntryPoint
from itertools import chain, product
from pathlib import Path, PurePosixPath
from traceback import extract_tb
from types import ModuleType
from typing import Any

from msgspec.structs import replace

from . import codes
from .agenda.occurrences import Occurrence as Occurrence
from .codes import Code
from .codes import diagnostic as diagnostic
from .diagnostics import ConfigError, PlanError
from .diagnostics import Diagnostic as Diagnostic
from .diagnostics import Position as Position
from .facts.base import Fact as Fact
from .facts.base import Value as Value
from .facts.base import mail_and_phone as mail_and_phone
from .facts.base import texts as texts
from .facts.when import days_text as days_text
from .facts.when import occurrence_phrase as occurrence_phrase
from .feature import CHANNELS, CHOSEN_CHANNELS
from .feature import Around as Around
from .feature import Derived as Derived
from .feature import FacetSpec as FacetSpec
from .feature import FactSpec as FactSpec
from .feature import Feature as Feature
from .feature import Finding as Finding
from .feature import Judges as Judges
from .feature import Keeping as Keeping
from .feature import Output as Output
from .feature import RuleSpec as RuleSpec
from .feature import Source as Source
from .features import CODE, FEATURES, GROUP, NAMED, PLACES
from .files import digest_of, files_below
from .geo.names import from_town as from_town
from .installed import entry_points, own_features
from .late import found
from .model.entry import Entry as Entry
from .model.event import Event as Event
from .model.kinds import KINDS
from .model.kinds import Kind as Kind
from .model.rules import Order as Order
from .model.rules import Within as Within
from .outputs.base import Artifact as Artifact
from .outputs.base import SitemapHint as SitemapHint
from .outputs.base import TemplatePage, TextFile
from .outputs.base import drawn as drawn
from .outputs.base import text_file as text_file
from .outputs.pages.frame import ACCUEIL, frame_of, linked_feeds
from .outputs.pages.slots import ABOUT as ABOUT
from .outputs.pages.slots import ASKED_FOR as ASKED_FOR
from .outputs.pages.slots import EXPLORE as EXPLORE
from .outputs.pages.slots import FINDABLE as FINDABLE
from .outputs.pages.slots import SESSION_NOTES as SESSION_NOTES
from .outputs.pages.slots import Findable as Findable
from .outputs.pages.views.shared import Fait as Fait
from .outputs.pages.views.shared import Lien as Lien
from .outputs.pages.views.shared import PageView as PageView
from .outputs.pictures import picture_of as picture_of
from .outputs.spreadsheets import written as written
from .resources import rows
from .site.draft import Draft as Draft
from .site.greffons import NO_GREFFONS, Greffons, keep
from .site.item import Item as Item
from .site.memo import answer as answer
from .site.memo import per_site as per_site
from .site.redirections import is_owned
from .site.site import Site as Site
from .site.subscriptions import Address as Address
from .site.subscriptions import Ways as Ways
from .text.dates import jour as jour
from .text.normalise import fold as fold
from .text.normalise import is_number, is_slug
from .text.suggest import meant
from .text.typography import inside as inside

_SETTING = "PORTAIL_GREFFONS"
_NO_SLUG = "ne convient pas à une adresse : minuscules, chiffres, traits d’union"
_kept: dict[tuple[tuple[str, ...], Path], Greffons] = {}
_reached: list[str] = []


def __getattr__(name: str) -> Any:
    """What a feature promises. Raises ``AttributeError`` for any other name."""
    for feature in FEATURES:
        if name in feature.promises:
            return found(feature.promises[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def load(names: Sequence[str], root: Path) -> Greffons:
    """The greffons that an instance names, read again when their files change. Raises
    ``ConfigError``.
    """
    key = (tuple(names), root)
    known = _kept.get(key)
    if known and _digest(known.folders) == known.digest:
        return keep(known)
    for former in _kept.values():
        _forget(sys.modules, [folder for folder in former.folders if folder not in CODE])
    _kept.clear()
    if not names:
        return keep(NO_GREFFONS)
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
    features = []
    modules = {}
    folders: dict[Path, None] = {}
    brought = {feature.name: feature for feature in FEATURES if feature.name in NAMED}
    for name in names:
        if name in brought:
            features.append(brought[name])
            modules[name] = Path(str(sys.modules[PLACES[name]].__file__))
            folders[_folder(PLACES[name], modules[name])] = None
            continue
        target, attribute = _target(name)
        with _unwritten():
            module = _imported(name, target, root)
        feature = getattr(module, attribute, None)
        if not isinstance(feature, Feature):
            raise ConfigError(
                f"{_SETTING} : le module {target} ne définit pas « {attribute} = Feature(…) »."
            )
        if feature.name in modules:
            raise ConfigError(f"{_SETTING} : deux greffons ont le même nom, « {feature.name} ».")
        features.append(feature)
        modules[feature.name] = Path(str(module.__file__))
        folders[_folder(target, modules[feature.name])] = None
    folders |= dict.fromkeys(_beside(before, root, folders))
    _check_features(features)
    judged = (_with_judged_outputs(feature, modules[feature.name]) for feature in features)
    return Greffons(tuple(judged), modules, tuple(folders), _digest(folders))


def _target(name: str) -> tuple[str, str]:
    for entry in _of_others(name=name):
        return entry.module, entry.attr or "feature"
    return name, "feature"


def _of_others(**wanted: str) -> list[EntryPoint]:
    # Features of packages that are not ours: none is loaded that the setting does not name.
    ours = own_features()
    return [entry for entry in entry_points(group=GROUP, **wanted) if entry not in ours]


@contextmanager
def _unwritten() -> Iterator[None]:
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
    files = [file.relative_to(root).with_suffix("") for file in root.glob("greffons/*.py")]
    known = [".".join(file.parts) for file in files]
    known += [other.name for other in _of_others()]
    place = f"{name.replace('.', '/')}.py"
    return (
        f"{_SETTING} : « {name} » n’est ni un module de l’instance ({place}), ni le greffon d’un "
        f"paquet installé.{meant(name, known)}"
    )


def _broken(name: str, error: Exception, root: Path) -> str:
    # The sentence for a module that cannot be imported, with the last place that is its own.
    places = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        places.append((error.filename or "", error.lineno))
    in_root = [(file, line) for file, line in places if Path(file).is_relative_to(root)]
    file, line = (in_root or places)[-1]
    reason = error.msg if isinstance(error, SyntaxError) else error
    return (
        f"{_SETTING} : « {name} » ne peut pas être lu ({Path(file).name}, ligne {line}) : "
        f"{type(error).__name__} : {reason}"
    )


def _folder(target: str, file: Path) -> Path:
    depth = target.count(".") + (file.name == "__init__.py")
    if depth:
        return file.parents[depth - 1]
    return file


def _beside(before: set[str], root: Path, folders: Iterable[Path]) -> Iterator[Path]:
    searched = [*folders, Path(sys.prefix)]
    for name in sorted(set(sys.modules) - before):
        file = Path(getattr(sys.modules[name], "__file__", None) or "/")
        if file.is_relative_to(root) and not any(map(file.is_relative_to, searched)):
            yield file


def _forget(names: Iterable[str], folders: Collection[Path]) -> None:
    codes.ADDED.clear()
    while _reached:
        sys.path.remove(_reached.pop())
    for name in [*names]:
        module = sys.modules[name]
        files = [getattr(module, "__file__", None), *(getattr(module, "__path__", None) or ())]
        places = [Path(file) for file in files if file]
        if any(place.is_relative_to(folder) for place, folder in product(places, folders)):
            del sys.modules[name]


def _digest(folders: Iterable[Path]) -> str:
    parts: list[str | bytes] = []
    for folder in folders:
        for file in sorted(files_below(folder, ("__pycache__",))) if folder.is_dir() else [folder]:
            if file.is_file():
                parts += [file.relative_to(folder).as_posix(), file.read_bytes()]
    return digest_of(*parts)


def _check_features(features: Sequence[Feature]) -> None:
    keys: set[str] = set()
    parts = set(chain.from_iterable(_part_names(one) for one in FEATURES if one.name not in NAMED))
    judges = (_named, _shape, _settled, _outputs, _asks, _facts, _rules, partial(_facets, keys))
    for feature in features:
        for judge in (*judges, partial(_parts, parts)):
            for fault in judge(feature):
                raise ConfigError(f"Le greffon « {feature.name} » : {fault}.")


_FIELDS: Mapping[str, type] = {
    "outputs": Output,
    "reads": Source,
    "derives": Derived,
    "rules": object,
    "facts": FactSpec,
    "facets": FacetSpec,
    "keeps": Keeping,
}


def _named(feature: Feature) -> Iterator[str]:
    if not is_slug(str(feature.name)):
        yield f"son nom {_NO_SLUG}"


def _shape(feature: Feature) -> Iterator[str]:
    for key, kind in _FIELDS.items():
        values = getattr(feature, key)
        if not isinstance(values, tuple | list) or not all(
            isinstance(value, kind) for value in values
        ):
            wanted = "fonctions" if kind is object else kind.__name__
            yield f"« {key} » attend un tuple de {wanted}"


def _settled(feature: Feature) -> Iterator[str]:
    # What is asked before settings are run is brought by a package that they name, written out.
    for name in ("settings", "commands", "kinds", "needs", "promises"):
        if getattr(feature, name) and feature.name not in NAMED:
            yield (
                f"« {name} » s’apporte par un paquet installé, qui le déclare ({GROUP}), et que "
                f'pelicanconf.py nomme en toutes lettres : {_SETTING} = ["{feature.name}"]'
            )


def _parts(known: set[str], feature: Feature) -> Iterator[str]:
    for name in _part_names(feature):
        if name in known:
            yield f"« {name} » est déjà le nom de ce que lit une autre fonctionnalité"
        known.add(name)


def _part_names(feature: Feature) -> Iterator[str]:
    yield from (source.name for source in feature.reads)
    yield from (derived.name for derived in feature.derives)


def _facts(feature: Feature) -> Iterator[str]:
    kinds = {kind.folder for kind in KINDS.values()}
    for fact in feature.facts:
        if fact.kind not in kinds:
            yield f"« {fact.kind} » n’est pas un genre de contenus ({', '.join(sorted(kinds))})"
        channels = (*CHANNELS, *CHOSEN_CHANNELS)
        if wrong := [channel for channel in fact.channels if channel not in channels]:
            yield f"« {wrong[0]} » n’est pas un canal ({', '.join(channels)})"


def _asks(feature: Feature) -> Iterator[str]:
    known = rows("facultatifs")
    for path in feature.asks:
        if path not in known:
            yield f"« {path} » n’est pas un champ facultatif ({', '.join(known)})"


def _facets(keys: set[str], feature: Feature) -> Iterator[str]:
    for facet in feature.facets:
        if wrong := [value for value in (facet.key, *facet.values) if not is_slug(value)]:
            yield f"« {wrong[0]} » {_NO_SLUG}"
        if facet.key in keys or is_owned(f"/agenda/{facet.key}/"):
            yield f"la facette « {facet.key} » existe déjà"
        keys.add(facet.key)


def _rules(feature: Feature) -> Iterator[str]:
    for rule in rules_of(feature):
        kind = rule.code[:2]
        number = rule.code[2:]
        if kind not in ("EX", "AX", "CX") or len(number) != 2 or not is_number(number):
            yield f"« {rule.code} » n’est pas un code : E, A ou C, puis X et deux chiffres (AX01)"
        if rule.code in codes.ADDED:
            yield f"le code {rule.code} est déjà pris"
        codes.ADDED[rule.code] = Code(rule.code, rule.title, rule.message, rule.remedy)


def rules_of(feature: Feature) -> Iterator[RuleSpec]:
    return (rule for rule in feature.rules if isinstance(rule, RuleSpec))


def _outputs(feature: Feature) -> Iterator[str]:
    for output in feature.outputs:
        if "<" in getattr(output.plan, "__qualname__", "<>"):
            yield "une sortie est une fonction du module"


# Their outputs are planned as ours are; what they give is judged.


def _with_judged_outputs(feature: Feature, file: Path) -> Feature:
    source = PurePosixPath(file.parent.name, file.name)
    outputs = (
        output._replace(plan=partial(_judged, plan=output.plan, name=feature.name, source=source))
        for output in feature.outputs
    )
    return replace(feature, outputs=tuple(outputs))


def _judged(
    site: Site,
    *addresses: str,
    plan: Callable[..., Iterable[Any]],
    name: str,
    source: PurePosixPath,
) -> Iterator[Artifact]:
    # The artifacts of an output; their source is its file, so that a report names it. Raises
    # ``PlanError`` for what is no artifact, or could not be made again by the next build.
    who = f"Le greffon « {name} »"
    for made in plan(site, *addresses):
        if not isinstance(made, Artifact):
            raise PlanError(f"{who} planifie ce qui n’est pas un fichier : {made!r}")
        if "<" in _maker_name(made):
            raise PlanError(
                f"{who}, {made.path} : donnez une fonction du module, ni « lambda » ni fonction "
                "d’une fonction."
            )
        yield replace(made, source=made.source or source)


def _maker_name(made: Artifact) -> str:
    # The name of the function that makes an artifact, where it is found again by its name.
    if isinstance(made, TemplatePage):
        return made.shown.name
    produce = made.produce if isinstance(made, TextFile) else None
    if isinstance(produce, partial):
        return getattr(produce.func, "__qualname__", "")
    return ""


def page(site: Site, url: str, titre: str, description: str) -> dict[str, Any]:
    """What every page says of itself, for a dataclass of the family ``PageView``."""
    trail = (ACCUEIL,)
    feeds = linked_feeds(site, url) if site.ways(url).feeds else ()
    head = {"titre": titre, "description": description, "url": url, "fil": trail, "flux": feeds}
    return {"cadre": frame_of(site), **head}
