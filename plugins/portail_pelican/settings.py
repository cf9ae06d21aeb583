"""From Pelican’s settings to the portal’s; what would work against us is refused."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pelican
from jinja2 import StrictUndefined

from portail.config import PARIS, Day, SiteConfig, build_day, site_config
from portail.errors import ConfigError, PortailError
from portail.resources import data_dir, theme_dir

__all__ = ["STAGING", "Instance", "autoreload", "instance_of", "prepare"]

logger = logging.getLogger(__name__)

# Pelican's own generators are given nothing to read: one fault would drop a file with a log line.
_STARVED: Mapping[str, Any] = {
    "ARTICLE_PATHS": [],
    "PAGE_PATHS": [],
    "DIRECT_TEMPLATES": [],
    "TEMPLATE_PAGES": {},
    "FEED_ALL_ATOM": None,
    "FEED_ALL_RSS": None,
    "CATEGORY_FEED_ATOM": None,
    "TRANSLATION_FEED_ATOM": None,
    "AUTHOR_FEED_ATOM": None,
    "AUTHOR_FEED_RSS": None,
    "TAG_FEED_ATOM": None,
    "DELETE_OUTPUT_DIRECTORY": False,
    "LOAD_CONTENT_CACHE": False,
    "CACHE_CONTENT": False,
}

STAGING = "statique-"
"""What the folders where Pelican leaves its files begin with, below the cache."""

_OURS = {"PORTAIL_INSTANCE", "PORTAIL_GENERATOR"}


@dataclass(frozen=True, slots=True)
class Instance:
    """All that a build needs to know of its surroundings."""

    config: SiteConfig
    day: Day
    content: Path
    data: Path
    theme: Path
    overrides: tuple[Path, ...]
    output: Path
    cache: Path
    staging: Path
    in_place: bool
    verify: bool
    clean: bool
    workers: int


def prepare(host: Any) -> None:
    """Adapt a new Pelican instance: starve its generators, point it to our staging folder.

    Raises ``SystemExit(2)`` after one sentence on stderr for a setting that is wrong or unsafe.
    """
    try:
        _prepare(host)
    except PortailError as error:
        sys.stderr.write(f"{error}\n")
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
    for name, value in _STARVED.items():
        if settings.get(name) != value and name in settings.get("_portail_typed", ()):
            logger.warning("%s est ignoré : les contenus sont lus par Portail.", name)
        settings[name] = value
    if settings["THEME"] == pelican.settings.DEFAULT_CONFIG["THEME"]:
        settings["THEME"] = str(theme_dir())
        host.theme = settings["THEME"]
    if settings["RELATIVE_URLS"]:
        raise ConfigError(
            "RELATIVE_URLS n’est pas nécessaire : les adresses suivent SITEURL. Retirez-le."
        )
    instance = instance_of(settings, Path(host.output_path))
    settings["PORTAIL_INSTANCE"] = instance
    host.output_path = str(instance.staging)


def instance_of(settings: Mapping[str, Any], output: Path) -> Instance:
    """Read the settings of an instance. Raises ``ConfigError``."""
    content = Path(settings["PATH"]).resolve()
    root = (
        Path(settings["CACHE_PATH"]).resolve().parent
        if settings.get("CACHE_PATH")
        else content.parent
    )
    cache = Path(os.environ.get("PORTAIL_CACHE") or root / ".cache")
    own = {name: value for name, value in settings.items() if name not in _OURS}
    config = site_config(
        own,
        siteurl=str(settings["SITEURL"] or "").rstrip("/"),
        contenu=content.name,
        apercu=_flag("PORTAIL_PREVIEW"),
        statiques=tuple(settings["STATIC_PATHS"]),
    )
    day = build_day(None, os.environ, settings.get("PORTAIL_DATE"), datetime.now(PARIS).date())
    data = Path(settings["PATH"]).parent / "data"
    return Instance(
        config=config,
        day=day,
        content=content,
        data=data if data.is_dir() else data_dir(),
        theme=Path(settings["THEME"]).resolve(),
        overrides=tuple(Path(one).resolve() for one in settings["THEME_TEMPLATES_OVERRIDES"]),
        output=output.resolve(),
        cache=cache,
        # Of this process alone: a build that another one refuses takes nothing of its files away.
        staging=cache / f"{STAGING}{os.getpid()}",
        in_place=_flag("PORTAIL_EN_PLACE"),
        verify=_flag("PORTAIL_VERIFIER") or _flag("CI"),
        clean=_flag("PORTAIL_NEUF"),
        workers=_workers(),
    )


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in ("1", "true", "oui")


def _workers() -> int:
    asked = os.environ.get("PORTAIL_PROCESSUS", "")
    return int(asked) if asked.isdecimal() and int(asked) > 0 else len(os.sched_getaffinity(0))


def autoreload() -> bool:
    """Whether this process was started as ``pelican -r``, which must survive a refused build."""
    program = Path(sys.argv[0])
    if {program.name, program.parent.name}.isdisjoint({"pelican", "portail_pelican"}):
        return False
    try:
        return bool(pelican.parse_arguments(sys.argv[1:]).autoreload)
    except SystemExit:
        return False
