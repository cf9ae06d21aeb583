"""``portail liens``: check the addresses of other sites that contents write.

What opens connections is another package, found by the entry point ``default`` of the group
``portail.liens``: a callable ``(addresses, records known, Manner, save) -> (records, how many were
asked)``.

Exit codes: 0 no dead address is known, 1 some are (or the contents have an error: nothing was
asked), 2 usage or environment, 130 interrupted, what was found being kept.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path, PurePosixPath

from portail.cli.arguments import Parser, day
from portail.cli.contents import Contents, read_contents
from portail.cli.liens.report import Finding, Tally, as_json, as_lines, as_text, is_fault
from portail.cli.reporting import wants_colour
from portail.cli.summary import counted
from portail.config import PARIS, is_siteurl
from portail.errors import ConfigError
from portail.files import atomic_write
from portail.model.liens import AGENT, Etat, Manner, Releve, due
from portail.site.outside import Written, outside_of, place_of
from portail.source.liens import liens_text, read_liens

__all__ = ["GROUP", "main"]

GROUP = "portail.liens"
"""Group of the entry point of what asks."""

Found = Mapping[str, tuple[Written, ...]]


def main(argv: list[str]) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(argv)
    read = read_contents(options.content, None, "portail liens")
    if read.result.site is None:
        sys.stderr.write("Les contenus ont des erreurs : « portail check » les dit. Rien n’a été "
                         "demandé.\n")  # fmt: skip
        return 1
    found = outside_of(read.result.site)
    file = read.content.parent / (options.fichier or read.config.liens)
    known = {url: one for url, one in (read_liens(file) or {}).items() if url in found}
    wanted = sorted(found) if options.tout else due(found, known, _today(options))
    if options.simuler:
        _preview(wanted, len(found), file)
        return 0
    try:
        records, asked = _checked(options, read, wanted, known, file)
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrompu. La même commande reprend où celle-ci s’est arrêtée.\n")
        return 130
    tally = Tally(len(found), asked, len(wanted) - asked, _today(options), file)
    _report(options, read, found, records, tally)
    return int(any(map(is_fault, records.values())))


def _checked(
    options: argparse.Namespace,
    read: Contents,
    wanted: list[str],
    known: Mapping[str, Releve],
    file: Path,
) -> tuple[Mapping[str, Releve], int]:
    """What is known afterwards, and how many were asked. Raises ``ConfigError``."""
    factory = next(iter(entry_points(group=GROUP, name="default")), None)
    if factory is None:
        raise ConfigError(
            "Ce qui ouvre les connexions n’est pas installé : réinstallez le portail (make)."
        )
    manner = Manner(
        day=_today(options),
        agent=_agent(options.site_url or read.config.siteurl),
        pause=options.delai,
        seconds=options.attente,
        minutes=options.duree,
        private=options.reseaux_prives,
    )
    done: tuple[Mapping[str, Releve], int] = factory.load()(
        wanted, known, manner, partial(_save, file)
    )
    return done


def _today(options: argparse.Namespace) -> date:
    """The day of the check: never that of the settings, which may be pinned in the past."""
    asked: date | None = options.date
    return asked or datetime.now(PARIS).date()


def _save(file: Path, records: Mapping[str, Releve]) -> None:
    """Write the file. Raises ``ConfigError``."""
    try:
        atomic_write(file, liens_text(records).encode())
    except OSError as error:
        raise ConfigError(f"Le relevé {file} ne s’écrit pas : {error.strerror}.") from error


def _agent(siteurl: str) -> str:
    """How we present ourselves: a site whose links are checked may ask whom it has to thank."""
    if not is_siteurl(siteurl.rstrip("/")):
        raise ConfigError(
            "Donnez l’adresse du portail, que les sites demandés liront : "
            "portail liens --site-url https://portail.example.org"
        )
    return f"{AGENT}/1 (+{siteurl.rstrip('/')}/)"


def _preview(wanted: list[str], total: int, file: Path) -> None:
    addresses = counted(len(wanted), ("adresse", "adresses"))
    rows = [
        f"Simulation : {addresses} à demander, sur {total}. Rien n’est ouvert ni écrit.",
        *(f"  {url}" for url in wanted),
        f"Relevé : {file}",
    ]
    sys.stdout.write("\n".join([*rows, ""]))


def _report(
    options: argparse.Namespace,
    read: Contents,
    found: Found,
    records: Mapping[str, Releve],
    tally: Tally,
) -> None:
    told = _findings(read, found, records)
    if options.json:
        text = as_json(told, records, tally)
    elif sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        colour = wants_colour(sys.stdout, os.environ)
        text = as_text(told, records, tally, colour=colour)
    else:
        text = as_lines(told, records, tally)
    sys.stdout.write(text)


def _findings(read: Contents, found: Found, records: Mapping[str, Releve]) -> list[Finding]:
    """Where each address that is not good is written: only those files are read again."""
    site, root = read.result.site, read.content.parent
    assert site is not None

    def bytes_of(path: PurePosixPath) -> bytes:
        return (root / path).read_bytes()

    return [
        Finding(place_of(one, site.items[one.ref].entry.source, bytes_of), one.texte, record)
        for url, record in records.items()
        if record.etat is not Etat.BONNE
        for one in found[url]
    ]


def _parser() -> Parser:
    parser = Parser("liens", "Demande aux autres sites si les adresses que l’on cite répondent.")
    parser.add("--content", metavar="DOSSIER", help="dossier des contenus (content)")
    parser.add("--site-url", metavar="URL", default="", help="adresse du portail, dite aux sites")
    parser.add("--fichier", metavar="FICHIER", help="le relevé (réglage PORTAIL_LIENS)")
    parser.add("--json", action="store_true", help="écrit le rapport en JSON")
    parser.add("--simuler", action="store_true", help="dit quelles adresses, n’ouvre rien")
    parser.add("--tout", action="store_true", help="redemande aussi ce qui vient de l’être")
    parser.add(
        "--duree", type=_number, default=15.0, metavar="MINUTES",
        help="s’arrête au bout de ce temps (15) ; la suite, à la prochaine fois",
    )  # fmt: skip
    parser.add(
        "--delai", type=_number, default=1.0, metavar="SECONDES",
        help="entre deux demandes à un même site (1)",
    )  # fmt: skip
    parser.add(
        "--attente", type=_number, default=15.0, metavar="SECONDES",
        help="laissées à un site pour répondre (15)",
    )  # fmt: skip
    parser.add("--date", type=day, metavar="AAAA-MM-JJ", help="jour du relevé (aujourd’hui)")
    parser.add(
        "--reseaux-prives", action="store_true",
        help="demande aussi aux adresses privées (intranet, essais)",
    )  # fmt: skip
    return parser


def _number(text: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = -1.0
    if 0 <= number <= 10_000:
        return number
    raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre")
