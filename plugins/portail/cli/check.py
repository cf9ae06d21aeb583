"""``portail check``: read everything, publish nothing, say every mistake."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import entry_points
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from portail.cli.arguments import Parser, choice
from portail.cli.reporting import FORMATS, Run, write_report
from portail.cli.settings import literal_settings
from portail.config import PARIS, Day, build_day, site_config
from portail.errors import ConfigError
from portail.resources import data_dir
from portail.text.dates import jour

if TYPE_CHECKING:
    from portail.source.store import Store

__all__ = ["STORES", "main"]

STORES = "portail.stores"
"""Group of the entry point ``default``: a callable ``(cache folder, salt) -> Store``."""


def main(argv: list[str]) -> int:
    """Check the contents; returns 0, 1 when one has an error, 2 when nothing could be checked."""
    parser = Parser("check", "Vérifie les contenus et dit, en une fois, tout ce qui ne va pas.")
    parser.add("--content", metavar="DOSSIER", help="dossier des contenus (content)")
    parser.add(
        "--format", type=choice(FORMATS), default="text", metavar="FORME",
        help="text, github (annotations d’une proposition) ou json",
    )  # fmt: skip
    parser.add("--date", metavar="AAAA-MM-JJ", help="jour pour lequel vérifier")
    parser.add("--expliquer", metavar="CODE", help="explique un code, par exemple E213")
    options = parser.parse_args(argv)
    if options.expliquer:
        from portail.cli.explain import explain

        return explain(options.expliquer, sys.stdout)
    return _check(options.content, options.format, options.date)


def _check(asked: str | None, form: str, date: str | None) -> int:
    started = perf_counter()
    settings = literal_settings(Path.cwd())
    content = Path(asked or str(settings.get("PATH") or "content")).resolve()
    if not content.is_dir():
        shown = asked or "content"
        raise ConfigError(
            f"Le dossier « {shown} » n’existe pas. Placez-vous dans le dossier du portail, "
            "ou donnez celui des contenus : portail check --content DOSSIER"
        )
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
    data = content.parent / "data"
    data = data if data.is_dir() else data_dir()

    from portail.pipeline import run
    from portail.source.mailing_lists import stray_lists

    result = run(content, data, config, day, _store(content, data, config.region, os.environ))
    report = result.report + stray_lists(content.parent, content)
    about = Run(
        read=result.read,
        seconds=perf_counter() - started,
        command="portail check",
        subject=_subject(asked, content, day),
    )
    write_report(report, sys.stdout, content.parent, about, form)
    return 1 if report.has_errors else 0


def _subject(asked: str | None, content: Path, day: Day) -> str:
    return f"{(asked or content.name).rstrip('/')}/  au {jour(day.date, semaine=False)}"


def _store(content: Path, data: Path, region: str, environ: Mapping[str, str]) -> Store:
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
