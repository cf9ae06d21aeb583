"""The contents of the folder a command is called in, read as a build reads them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import entry_points
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from portail.cli.settings import literal_settings
from portail.cli.summary import Run
from portail.config import PARIS, Day, SiteConfig, build_day, site_config
from portail.errors import ConfigError
from portail.resources import data_dir
from portail.text.dates import jour

if TYPE_CHECKING:
    from portail.pipeline import Result
    from portail.source.store import Store

__all__ = ["STORES", "Contents", "content_folder", "read_contents", "store_of", "tables_of"]

STORES = "portail.stores"
"""Group of the entry point ``default``: a callable ``(cache folder, salt) -> Store``."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What was read: the folder, the settings, the day, the result; ``run`` for its report."""

    content: Path
    config: SiteConfig
    day: Day
    result: Result
    run: Run


def content_folder(asked: str | None, command: str) -> Path:
    """The folder of the contents: the one that is ``asked``, else that of the settings. Raises
    ``ConfigError`` when it is not there."""
    settings = literal_settings(Path.cwd())
    content = Path(asked or str(settings.get("PATH") or "content")).resolve()
    if not content.is_dir():
        raise ConfigError(
            f"Le dossier « {asked or 'content'} » n’existe pas. Placez-vous dans le dossier du "
            f"portail, ou donnez celui des contenus : {command} --content DOSSIER"
        )
    return content


def tables_of(content: Path) -> Path:
    """The folder of the reference tables: beside the contents, else those of the installation."""
    data = content.parent / "data"
    return data if data.is_dir() else data_dir()


def read_contents(asked: str | None, date: str | None, command: str) -> Contents:
    """Read everything and plan the site; ``asked`` is the folder, ``date`` the day, as options
    give them, ``command`` what was typed. Raises ``ConfigError``."""
    started = perf_counter()
    settings = literal_settings(Path.cwd())
    content = content_folder(asked, command)
    ours = {name: value for name, value in settings.items() if name.startswith("PORTAIL_")}
    siteurl = os.environ.get("SITEURL") or str(settings.get("SITEURL") or "")
    config = site_config(
        ours,
        siteurl=siteurl.rstrip("/"),
        contenu=content.name,
        statiques=tuple(map(str, settings.get("STATIC_PATHS") or ())),
    )
    today = datetime.now(PARIS).date()
    day = build_day(date, os.environ, settings.get("PORTAIL_DATE"), today)
    data = tables_of(content)

    from portail.pipeline import run

    result = run(content, data, config, day, store_of(content, data, config.region, os.environ))
    about = Run(
        read=result.read,
        seconds=perf_counter() - started,
        command=command,
        subject=f"{(asked or content.name).rstrip('/')}/  au {jour(day.date, semaine=False)}",
    )
    return Contents(content, config, day, result, about)


def store_of(content: Path, data: Path, region: str, environ: Mapping[str, str]) -> Store:
    """What the last run remembered, beside ``content`` as a build does; else nothing."""
    factory = next(iter(entry_points(group=STORES, name="default")), None)
    if factory is None:
        from portail.source.store import MemoryStore

        return MemoryStore()
    from portail.salt import domain_salt

    cache = Path(environ.get("PORTAIL_CACHE") or content.parent / ".cache")
    verify = any(_said(environ, name) for name in ("CI", "PORTAIL_VERIFIER"))
    store: Store = factory.load()(cache, domain_salt(data, region), verify=verify)
    return store


def _said(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").lower() in ("1", "true", "oui")
