"""``portail deposer FICHIER…``: contents received by mail or by hand, placed and checked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from portail.cli.arguments import Parser
from portail.cli.contents import content_folder, literal_settings, read_contents, tables_of
from portail.cli.deposer.parcels import parcels_of
from portail.cli.deposer.placing import Files, place, written
from portail.cli.new import kind_named
from portail.cli.reporting import write_report
from portail.cli.terminal import Run, safe
from portail.config import site_config
from portail.diagnostics import ConfigError, Report
from portail.geo.territories import Geography
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.source.loader import list_content
from portail.workbooks.grid import Refused

_REFUSED = "Rien n’a été déposé : les contenus sont inchangés."


@contextmanager
def tried(files: Files, content: Path, date: str | None) -> Iterator[tuple[Report, Run, Path]]:
    """Report of ``files`` among the contents, and the folder that they stand in meanwhile."""
    near = content.parent / ".cache"
    near.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="depot-", dir=near) as folder:
        root = Path(folder)
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)
        proposed = root / content.name
        read = read_contents(
            str(content), date, "portail deposer", proposed=proposed, before=content
        )
        own = Report(one for one in read.result.report if one.position.path in files)
        run = replace(read.run, read=len(files), subject="", refused=_REFUSED)
        yield own, run, root


def main(argv: list[str]) -> int:
    """Check contents, then place them; returns 1 when one has an error and nothing is written."""
    parser = Parser("deposer", "Place dans content/ des contenus reçus, et les vérifie.")
    parser.add("fichiers", "FICHIER", ".md, .zip du formulaire, ou .eml", nargs="+")
    parser.add("--genre", "GENRE", "event, lieu, article… si le fichier ne le dit pas")
    parser.flag("--remplacer", "met à jour un contenu qui existe")
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.add("--date", "AAAA-MM-JJ", "jour pour lequel vérifier")
    options = parser.parse_args(argv)
    kind = kind_named(options.genre) if options.genre else None
    content = content_folder(options.content, "portail deposer")
    settings = literal_settings(Path.cwd())
    config = site_config(settings, siteurl="", contenu=content.name)
    data = tables_of(content)
    reading = Reading(Vocabularies.load(data), Geography.load(data, config.region))
    listing = list_content(content, tuple(map(str, settings.get("STATIC_PATHS") or ())))
    try:
        parcels = [parcel for name in options.fichiers for parcel in parcels_of(Path(name))]
        files = place(parcels, kind, listing, content, reading, replace=options.remplacer)
    except Refused as refused:
        raise ConfigError(str(refused)) from None
    sys.stdout.writelines(f"{safe(line)}\n" for one in parcels for line in one.notes)
    with tried(files, content, options.date) as (report, run, root):
        write_report(report, sys.stdout, root, run)
    if report.has_errors:
        return 1
    sys.stdout.writelines(f"{safe(line)}\n" for line in written(files, content))
    return 0
