"""What commands that ask other sites share: options, manner, what opens connections."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from portail.clock import portal_zone
from portail.config import SiteConfig, is_siteurl
from portail.diagnostics import ConfigError
from portail.installed import entry_points

from .arguments import Parser, day


class Manner(Struct, frozen=True):
    """How addresses are asked: the day, who says to be asking (``User-Agent``), seconds between two
    requests to one host, seconds that one may take, minutes for all, whether private networks may
    be asked (intranets, tests)."""

    day: date
    agent: str
    pause: float
    seconds: float
    minutes: float
    private: bool = False


def add_options(parser: Parser, minutes: float, seconds: float) -> None:
    """Options of ``manner_of``; ``minutes`` for all requests, ``seconds`` for one."""
    for name, unit, default, sentence in (
        ("--duree", "MINUTES", minutes, "s’arrête au bout de ce temps"),
        ("--delai", "SECONDES", 1.0, "entre deux demandes à un même site"),
        ("--attente", "SECONDES", seconds, "laissées à un site pour répondre"),
    ):
        parser.add(name, unit, f"{sentence} ({default:g})", type=_number, default=default)
    parser.add("--site-url", "URL", "adresse du portail, dite aux autres sites", default="")
    parser.add("--date", "AAAA-MM-JJ", "jour du relevé (aujourd’hui)", type=day)
    parser.flag("--reseaux-prives", "demande aussi aux adresses privées (intranet, essais)")


def manner_of(
    options: argparse.Namespace,
    config: SiteConfig,
    name: str,
    command: str,
    *,
    may_be_nobody: bool = False,
) -> Manner:
    """How ``command`` asks, under ``name``. The day is never that of the settings, which may be
    pinned in the past. Raises ``ConfigError`` when sites could not be told who asks, unless those
    who are asked agreed."""
    siteurl = (options.site_url or config.siteurl).rstrip("/")
    nobody = may_be_nobody and not siteurl
    if not (nobody or is_siteurl(siteurl)):
        raise ConfigError(
            "Donnez l’adresse du portail, que les sites demandés liront : "
            f"{command} --site-url https://portail.example.org"
        )
    return Manner(
        day=options.date or datetime.now(portal_zone()).date(),
        agent=f"{name}/1" if nobody else f"{name}/1 (+{siteurl}/)",
        pause=options.delai,
        seconds=options.attente,
        minutes=options.duree,
        private=options.reseaux_prives,
    )


def opener(group: str) -> Any:
    """The callable ``default`` of a group of entry points. Raises ``ConfigError``."""
    factory = next(iter(entry_points(group=group, name="default")), None)
    if factory is None:
        raise ConfigError(
            "Ce qui ouvre les connexions n’est pas installé : réinstallez le portail (make)."
        )
    return factory.load()


def _number(text: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = -1.0
    if 0 <= number <= 10_000:
        return number
    raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre")
