"""Arguments of a command, read by argparse in French; those of commands that ask other sites, and
the manner in which these ask."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NoReturn

from msgspec import Struct

from portail.clock import portal_zone
from portail.config import SiteConfig, is_siteurl
from portail.diagnostics import ConfigError
from portail.installed import entry_points
from portail.terminal.readable import Voice, set_voice
from portail.text.normalise import iso_day
from portail.text.suggest import nearest

# Messages of argparse in all supported versions of Python.
_MESSAGES = (
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"unrecognized arguments: (.*)", r"argument inconnu : \1"),
    (r"argument (\S+): expected one argument", r"\1 attend une valeur"),
    (r"argument (\S+): expected at least one argument", r"\1 attend une valeur"),
    (r"argument (\S+): ignored explicit argument .*", r"\1 n’attend pas de valeur"),
    (r"argument (\S+): invalid int value: '(.*)'", r"\1 : « \2 » n’est pas un nombre entier"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 et \2 s’excluent"),
    (r"argument (\S+): (.*)", r"\1 : \2"),
)


class _Format(argparse.HelpFormatter):
    """Help whose first word is French."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, "Usage : " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose help and errors are French; an error leaves with 2, as argparse does."""

    def __init__(self, command: str, summary: str) -> None:
        super().__init__(
            prog=f"portail {command}",
            description=summary,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Format,
        )
        self._given = self.add_argument_group("arguments ")
        self._options = self.add_argument_group("options ")
        aide = ("-h", "--help", "--aide")
        self._options.add_argument(*aide, action="help", help="affiche cette aide")

    def add(self, name: str, value: str, sentence: str, **how: Any) -> None:
        group = self._options if name.startswith("-") else self._given
        group.add_argument(name, metavar=value, help=sentence, **how)

    def flag(self, name: str, sentence: str) -> None:
        self._options.add_argument(name, action="store_true", help=sentence)

    def voice(self) -> None:
        """Add ``-q`` and ``-v``, which ``parse_args`` obeys."""
        how = self._options.add_mutually_exclusive_group()
        quiet = ("-q", "--discret")
        full = ("-v", "--detaille")
        sentence = "ne dit que les erreurs"
        how.add_argument(
            *quiet, dest="voix", action="store_const", const=Voice.QUIET, help=sentence
        )
        sentence = "dit aussi ce qui est fait, et le temps pris"
        how.add_argument(*full, dest="voix", action="store_const", const=Voice.FULL, help=sentence)

    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        options = super().parse_args(args, namespace)
        voice: Voice | None = getattr(options, "voix", None)
        if voice is not None:
            set_voice(voice)
        return options

    def error(self, message: str) -> NoReturn:
        for pattern, french in _MESSAGES:
            match = re.fullmatch(pattern, message, re.DOTALL)
            if match:
                message = match.expand(french)
                break
        self.exit(2, f"{self.prog} : {message}.\n{self.format_usage()}")


def choice(values: Iterable[str]) -> Callable[[str], str]:
    """The type of an option that takes one of ``values``, with the nearest for another."""
    values = tuple(values)

    def read(text: str) -> str:
        if text in values:
            return text
        near = nearest(text, values, limit=1)
        hint = f"le plus proche est « {near[0]} »" if near else f"choisissez {', '.join(values)}"
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas admis, {hint}")

    return read


def day(text: str) -> date:
    """The type of an option that takes a day (AAAA-MM-JJ)."""
    if day := iso_day(text):
        return day
    raise argparse.ArgumentTypeError(f"« {text} » n’est pas un jour, écrivez AAAA-MM-JJ")


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
