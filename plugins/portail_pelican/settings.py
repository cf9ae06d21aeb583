"""From Pelican's settings to the portal's, and the session of a preview."""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pelican
from blinker import ANY, NamedSignal
from jinja2 import StrictUndefined
from msgspec import Struct, field
from pelican import signals

from portail.clock import portal_zone
from portail.config import SiteConfig
from portail.day import Day, build_day
from portail.diagnostics import ConfigError, Diagnostic, Severity
from portail.features import configured, dressing
from portail.model import genres
from portail.outputs.base import TemplatePage
from portail.pipeline import Tables, domain_salt, greffons_of
from portail.resources import Folder, brought, folders_of, over, theme_dir
from portail.settings import root_of
from portail.site.greffons import Greffons
from portail.site.site import Site
from portail.source.genres import bring_kinds
from portail.terminal.readable import inform
from portail.terminal.text import error_sentence, has_place, safe
from portail_publication.workers import cores

from .staging import staging_of

# What still happens here: the other signals tell of articles, pages and feeds that Pelican makes.
_SENT = ("initialized", "get_", "generator_init", "static_generator_", "finalized")


def unheard(plugins: Iterable[object]) -> Iterator[str]:
    """A sentence for each plug-in of Pelican that waits for signals which tell nothing here; one
    that is no module has no name to be told by."""
    for plugin in plugins:
        if not isinstance(plugin, ModuleType):
            continue
        heard = {
            name
            for name, signal in vars(signals).items()
            if isinstance(signal, NamedSignal)
            for receiver in signal.receivers_for(ANY)
            if f"{receiver.__module__}.".startswith(f"{plugin.__name__}.")
        }
        if waits := [name for name in sorted(heard) if not name.startswith(_SENT)]:
            name = plugin.__name__.rpartition(".")[2]
            effect = "tout son effet" if len(waits) < len(heard) else "d’effet"
            yield (
                f"PLUGINS : « {name} » n’a pas {effect} : il attend {', '.join(waits)}, et les "
                "contenus sont lus par Portail."
            )


# Pelican's own generators are given nothing to read: one fault would drop a file with a log line.
_FEEDS = """FEED_ALL_ATOM FEED_ALL_RSS CATEGORY_FEED_ATOM TRANSLATION_FEED_ATOM AUTHOR_FEED_ATOM
    AUTHOR_FEED_RSS TAG_FEED_ATOM"""
_STARVED: Mapping[str, Any] = {
    **{name: [] for name in ("ARTICLE_PATHS", "PAGE_PATHS", "DIRECT_TEMPLATES")},
    "TEMPLATE_PAGES": {},
    **dict.fromkeys(_FEEDS.split()),
    **dict.fromkeys(("DELETE_OUTPUT_DIRECTORY", "LOAD_CONTENT_CACHE", "CACHE_CONTENT"), False),
}

_OURS = {"PORTAIL_INSTANCE", "PORTAIL_GENERATOR"}


# What previews of this process were told.
_told: set[str] = set()


class Instance(Struct, frozen=True):
    """The surroundings of a build."""

    config: SiteConfig
    day: Day
    # The folder of the portal, which what it names is from.
    root: Path
    content: Path
    data: Folder
    theme: Folder
    # Folders of the theme whose files are published, the last one first to be read.
    statics: tuple[Path, ...]
    overrides: tuple[Path, ...]
    output: Path
    cache: Path
    staging: Path
    in_place: bool
    verify: bool
    clean: bool
    # The site may take the place of a folder of something else.
    replaces: bool
    workers: int
    greffons: Greffons


def prepare(host: Any) -> None:
    """Adapt a new Pelican: starve its generators, point it to our staging folder. ``SystemExit(2)``
    after one sentence for a wrong or unsafe setting.
    """
    try:
        _prepare(host)
    except Exception as error:
        sentence = error_sentence(error)
        if not sentence:
            raise
        sys.stderr.write(f"{sentence}\n")
        raise SystemExit(2) from error


def _prepare(host: Any) -> None:
    settings = host.settings
    environment = settings["JINJA_ENVIRONMENT"]
    if environment.get("autoescape") is not True:
        raise ConfigError(
            'JINJA_ENVIRONMENT doit contenir « "autoescape": True » : sans lui, le titre d’un '
            "contributeur pourrait exécuter du code chez les lecteurs."
        )
    environment["undefined"] = StrictUndefined
    for sentence in unheard(host.plugins):
        if current is None or sentence not in _told:  # a preview is built again and again
            inform(f"{safe(sentence)}\n", sys.stderr)
            _told.add(sentence)
    settings.update(_STARVED)
    # Asked at each run: a preview is relative, the published site knows its address.
    settings["SITEURL"] = settings["SITEURL"] or os.environ.get("SITEURL", "")
    if settings["RELATIVE_URLS"]:
        raise ConfigError(
            "RELATIVE_URLS n’est pas nécessaire : les adresses suivent SITEURL. Retirez-le."
        )
    instance = instance_of(settings, Path(host.output_path))
    settings["PORTAIL_INSTANCE"] = instance
    host.output_path = str(instance.staging)
    _lay(instance, settings)
    host.theme = settings["THEME"]


def _lay(instance: Instance, settings: dict[str, Any]) -> None:
    # Have Pelican look for templates in the instance's theme, then in ours, which is the theme that
    # « !theme » names, and show the static files of both to other plug-ins.
    layers = folders_of(instance.theme)
    settings["THEME"] = str(layers[0])
    folders = [str(layer / "templates") for layer in reversed(layers[1:])]
    settings["THEME_TEMPLATES_OVERRIDES"] = [*map(str, instance.overrides), *folders]
    settings["THEME_STATIC_PATHS"] = [*map(str, instance.statics)] if others_of(settings) else []


def others_of(settings: Mapping[str, Any]) -> list[str]:
    """Plug-ins of Pelican that are not ours."""
    return [name for name in settings["PLUGINS"] if name != "portail_pelican"]


def _theme(settings: Mapping[str, Any], greffons: Greffons) -> Folder:
    # That of the instance over those of its greffons, over ours.
    ours = brought("theme")
    for module in greffons.modules.values():
        if module.name == "__init__.py":
            ours = over(ours, module.parent)
    theme = settings["THEME"]
    if theme in (pelican.settings.DEFAULT_CONFIG["THEME"], str(theme_dir())):
        # Of the current folder, as the settings: what lies beside contents that someone proposes
        # is theirs, and a template is a program.
        return over(ours, Path("theme"))
    folder = Path(theme)
    if not any((folder / name).is_dir() for name in ("templates", "static")):
        raise ConfigError(
            f"THEME : « {folder.name} » ne contient ni templates/ ni static/, donc rien qui prenne "
            "la place d’un fichier du thème. → Rangez-y les fichiers comme dans theme/, par "
            f"exemple {folder.name}/static/css/tokens.css."
        )
    return over(ours, folder)


def _overrides(settings: Mapping[str, Any]) -> tuple[Path, ...]:
    written = settings["THEME_TEMPLATES_OVERRIDES"]
    folders = [Path(path) for path in ([written] if isinstance(written, str) else written)]
    for path in folders:
        if not path.is_dir():
            raise ConfigError(
                f"THEME_TEMPLATES_OVERRIDES : le dossier « {path} » n’existe pas. → Écrivez une "
                'liste de dossiers de gabarits, par exemple ["gabarits"].'
            )
    return tuple(path.resolve() for path in folders)


def instance_of(settings: Mapping[str, Any], output: Path) -> Instance:
    content = Path(settings["PATH"]).resolve()
    cache = _cache(settings, content)
    root = root_of(content)
    kept = {name: value for name, value in settings.items() if name not in _OURS}
    bring_kinds(root)
    config = configured(
        kept,
        siteurl=str(settings["SITEURL"] or "").rstrip("/"),
        contenu=content.name,
        apercu=_flag("PORTAIL_PREVIEW"),
        statiques=tuple(settings["STATIC_PATHS"]),
    )
    day = build_day(
        None, os.environ, settings.get("PORTAIL_DATE"), datetime.now(portal_zone()).date()
    )
    greffons = greffons_of(config, root)
    processes = os.environ.get("PORTAIL_PROCESSUS", "")
    data = over(brought("data"), Path(settings["PATH"]).parent / "data")
    theme = _theme(settings, greffons)
    if dresses := dressing():
        theme = dresses.dressed(theme, data, config, root, cache)
    names = settings["THEME_STATIC_PATHS"]
    return Instance(
        config=config,
        day=day,
        root=root,
        content=content,
        data=data,
        theme=theme,
        statics=tuple(layer / name for layer in folders_of(theme) for name in names),
        overrides=(*_overrides(settings), *genres.templates()),
        output=_beside(output, content),
        cache=cache,
        # Of this process alone: a build that another one refuses takes nothing of its files away.
        staging=staging_of(cache, os.getpid()),
        in_place=_flag("PORTAIL_EN_PLACE"),
        verify=_flag("PORTAIL_VERIFIER") or _flag("CI"),
        clean=_flag("PORTAIL_NEUF"),
        replaces=_flag("PORTAIL_REMPLACER"),
        greffons=greffons,
        workers=int(processes) if processes.isdecimal() and int(processes) else cores(),
    )


def _cache(settings: Mapping[str, Any], content: Path) -> Path:
    cache_path = settings.get("CACHE_PATH")
    beside = Path(cache_path).resolve().parent if cache_path else content.parent
    cache = Path(os.environ.get("PORTAIL_CACHE") or beside / ".cache")
    if os.path.lexists(cache) and not cache.is_dir():
        raise ConfigError(f"« {cache} » n’est pas un dossier : le cache s’y range. → Supprimez-le.")
    return cache


def _beside(output: Path, content: Path) -> Path:
    output = output.resolve()
    if output.is_relative_to(content) or content.is_relative_to(output):
        raise ConfigError(
            f"« {output} » tient aux contenus : le site irait parmi eux, ou à leur place. "
            "→ Choisissez un dossier à côté : portail build --output output"
        )
    return output


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in ("1", "true", "oui")


def autoreload() -> bool:
    """Whether this process was started as ``pelican -r``, which must survive a refused build."""
    program = Path(sys.argv[0])
    if {program.name, program.parent.name}.isdisjoint({"pelican", "portail_pelican"}):
        return False
    try:
        return bool(pelican.parse_arguments(sys.argv[1:]).autoreload)
    except SystemExit:
        return False


class Session(Struct):
    """A build that ``portail serve`` asked for."""

    pages: frozenset[str]
    # A faulty site is reported and the last site stays.
    keep: bool
    # What changed, when nothing but texts did: a page may then be shown before the others are made.
    texts: frozenset[Path]
    send: Callable[[Mapping[str, Any]], None]
    faults: list[dict[str, Any]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    _drawn: set[str] = field(default_factory=set)

    def show_contents(self, site: Site, render: Callable[[TemplatePage], bytes]) -> None:
        """Draw the pages of contents that are looked at, before anything else is planned."""
        if self.texts:
            from portail.outputs.pages.entry.entries import content_pages  # a command needs it not

            refs = [ref for ref, item in site.items.items() if item.url in self.pages]
            self.show(content_pages(site, *refs), render)

    def show(self, pages: Iterable[TemplatePage], render: Callable[[TemplatePage], bytes]) -> None:
        """Draw those of ``pages`` that are looked at, each once."""
        for page in pages:
            if self.texts and page.url in self.pages and page.url not in self._drawn:
                self._drawn.add(page.url)
                self.send({"page": page.url, "bytes": b64encode(render(page)).decode()})

    def report(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the errors among ``diagnostics``, to be shown over the pages."""
        self.faults += [fault_of(item) for item in diagnostics if item.severity is Severity.ERREUR]


# The session of the build of this process, if someone looks at it.
current: Session | None = None

_tables: dict[tuple[Folder, str, str], tuple[str, Tables]] = {}


def tables_of(data: Folder, region: str) -> tuple[str, Tables]:
    """The salt of the domain (see ``domain_salt``) and the tables of ``data``, which a workshop
    keeps: another workshop is started when code or tables change."""
    key = (data, region, portal_zone().key)
    tables = _tables.get(key) or (domain_salt(data, region), Tables.load(data, region))
    if current is not None:
        _tables[key] = tables
    return tables


def fault_of(item: Diagnostic) -> dict[str, Any]:
    place = item.position
    where = f"{place.path}"
    if has_place(item):
        where += f", ligne {place.line}, colonne {place.column}"
    fault = {"ou": where, "code": item.code, "message": item.message}
    return fault | {"remede": item.hint, "coller": item.paste}
