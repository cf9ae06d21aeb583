"""``portail newsletter``: what the letter of a week tells and why, its draft, its freezing.

Sending opens connections: it belongs to another package, found by its entry point.
"""

from __future__ import annotations

import sys
from importlib.metadata import entry_points

from portail.cli import GROUP
from portail.cli.arguments import Parser, choice
from portail.cli.contents import read_contents
from portail.cli.newsletter.draft import write_draft
from portail.cli.newsletter.figer import figer
from portail.cli.newsletter.shown import as_json, as_text
from portail.cli.newsletter.weeks import asked_week, open_week
from portail.cli.reporting import write_report
from portail.cli.terminal import safe
from portail.errors import ConfigError
from portail.site.site import Site
from portail.text.suggest import nearest

__all__ = ["SENDING", "main"]

SENDING = "newsletter.envoyer"
"""The entry point of ``portail newsletter envoyer``."""

_SUMMARY = (
    "Montre ce que dit la lettre d’une semaine, et pourquoi. « portail newsletter figer SEMAINE » "
    "l’arrête pour l’envoi ; « portail newsletter envoyer SEMAINE » l’envoie."
)


def main(argv: list[str]) -> int:
    """Show, draft, freeze or send the letter of a week; returns 0, 1 when the contents have an
    error; raises ``ConfigError`` for what makes no sense."""
    if argv[:1] == ["envoyer"]:
        return _send(argv[1:])
    freezing = argv[:1] == ["figer"]
    command = f"newsletter{' figer' * freezing}"
    parser = Parser(command, _SUMMARY)
    parser.add("semaine", nargs="?", metavar="SEMAINE", help="2021-s39 (celle du jour)")
    parser.add("--content", metavar="DOSSIER", help="dossier des contenus (content)")
    parser.add("--date", metavar="AAAA-MM-JJ", help="jour où se placer")
    if freezing:
        parser.add("--force", action="store_true", help="même une semaine passée depuis longtemps")
    else:
        parser.add("--edition", metavar="CODE", help="une autre édition que celle de la région")
        parser.add(
            "--format", type=choice(("text", "json")), default="text", metavar="FORME",
            help="text ou json",
        )  # fmt: skip
        parser.add(
            "--brouillon", action="store_true",
            help="écrit le fichier où la rédaction met son mot, épingle et exclut",
        )  # fmt: skip
    options = parser.parse_args(argv[1:] if freezing else argv)
    asked = asked_week(options.semaine) if options.semaine else None
    read = read_contents(options.content, options.date, f"portail {command}")
    site = read.result.site
    if site is None:
        write_report(read.result.report, sys.stdout, read.content.parent, read.run, "text")
        return 1
    if freezing:
        return figer(site, asked, read.content, forced=options.force)
    week = open_week(asked, site)
    if options.brouillon:
        return write_draft(site, week, read.content)
    codes = _codes(site, options.edition, options.format)
    show = as_json if options.format == "json" else as_text
    sys.stdout.write(show(site, week, codes))
    return 0


def _codes(site: Site, asked: str | None, form: str) -> tuple[str, ...]:
    """Editions to show: the one that is asked; else that of the region, all of them as data."""
    known = [one.code for one in site.config.lettre.editions]
    if asked is None:
        return tuple(known if form == "json" else known[:1])
    if asked not in known:
        near = nearest(asked, known, limit=1)
        told = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
        raise ConfigError(
            f"L’édition « {safe(asked)} » n’existe pas.{told} Éditions : {', '.join(known)}."
        )
    return (asked,)


def _send(argv: list[str]) -> int:
    found = next(iter(entry_points(group=GROUP, name=SENDING)), None)
    if found is None:
        raise ConfigError("L’envoi de la lettre n’est pas installé ici. Réinstallez Portail.")
    code: int = found.load()(argv)
    return code
