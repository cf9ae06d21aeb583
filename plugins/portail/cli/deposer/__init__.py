"""``portail deposer FICHIER…``: contents received by mail or by hand, placed and checked."""

from __future__ import annotations

import sys
from pathlib import Path

from portail.cli.arguments import Parser
from portail.cli.contents import content_folder, tables_of
from portail.cli.deposer.parcels import parcels_of
from portail.cli.deposer.placing import Refused, place, written
from portail.cli.deposer.trial import tried
from portail.cli.new.names import kind_named
from portail.cli.reporting import write_report
from portail.cli.settings import literal_settings
from portail.cli.terminal import safe
from portail.config import site_config
from portail.errors import ConfigError
from portail.geo.territories import Geography
from portail.model.fields import Reading
from portail.model.vocabulary import Vocabularies
from portail.source.loader import list_content

__all__ = ["main"]


def main(argv: list[str]) -> int:
    """Place contents and say what ``portail check`` says of them; returns 0, 1 when one has an
    error (nothing is written then), 2 when a file cannot be taken."""
    parser = Parser("deposer", "Place dans content/ des contenus reçus, et les vérifie.")
    parser.add("fichiers", nargs="+", metavar="FICHIER", help=".md, .zip du formulaire, ou .eml")
    parser.add("--genre", metavar="GENRE", help="event, lieu, article… si le fichier ne le dit pas")
    parser.add("--remplacer", action="store_true", help="met à jour un contenu qui existe")
    parser.add("--content", metavar="DOSSIER", help="dossier des contenus (content)")
    parser.add("--date", metavar="AAAA-MM-JJ", help="jour pour lequel vérifier")
    options = parser.parse_args(argv)
    kind = kind_named(options.genre) if options.genre else None
    content = content_folder(options.content, "portail deposer")
    settings = literal_settings(Path.cwd())
    ours = {name: value for name, value in settings.items() if name.startswith("PORTAIL_")}
    config = site_config(ours, siteurl="", contenu=content.name)
    data = tables_of(content)
    reading = Reading(Vocabularies.load(data), Geography.load(data, config.region))
    listing = list_content(content, tuple(map(str, settings.get("STATIC_PATHS") or ())))
    try:
        parcels = [one for name in options.fichiers for one in parcels_of(Path(name))]
        files = place(parcels, kind, listing, content, reading, replace=options.remplacer)
    except Refused as refused:
        raise ConfigError(str(refused)) from None
    with tried(files, content, options.date) as (report, run, root):
        write_report(report, sys.stdout, root, run)
    if report.has_errors:
        return 1
    for line in written(files, content):
        sys.stdout.write(f"{safe(line)}\n")
    return 0
