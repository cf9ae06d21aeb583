"""``portail deposer FICHIER…``: contents received by mail or by hand, placed and checked."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from msgspec.structs import replace

from portail.cli.arguments import Parser
from portail.cli.contents import content_folder, literal_settings, read_contents, tables_of
from portail.cli.deposer.placing import Files, parcels_of, place, written
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
    """Report of ``files`` among the contents, and where their copy stands meanwhile."""
    near = content.parent / ".cache"
    near.mkdir(exist_ok=True)
    root = Path(mkdtemp(prefix="depot-", dir=near))
    try:
        copy = root / content.name
        shutil.copytree(content, copy, copy_function=_linked, symlinks=True)
        # The cache of the other contents serves here too: they are not read again.
        for name in ("data", ".cache"):
            if (content.parent / name).is_dir():
                _reached(content.parent / name, root / name)
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)  # a link: the file itself must not change
            target.write_bytes(text)
        read = read_contents(str(copy), date, "portail deposer", before=content)
        own = Report(one for one in read.result.report if one.position.path in files)
        run = replace(read.run, read=len(files), subject="", refused=_REFUSED)
        yield own, run, root
    finally:
        # Not TemporaryDirectory, which changes the mode of what it cannot remove: through links,
        # that of the contents.
        shutil.rmtree(root, ignore_errors=True)


def _reached(folder: Path, link: Path) -> None:
    """Windows lets few people make links: tables are then copied, and a cache is done without."""
    try:
        link.symlink_to(folder, target_is_directory=True)
    except OSError:
        if folder.name != ".cache":
            shutil.copytree(folder, link)


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(source, target, follow_symlinks=False)
    return target


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
    with tried(files, content, options.date) as (report, run, root):
        write_report(report, sys.stdout, root, run)
    if report.has_errors:
        return 1
    sys.stdout.writelines(f"{safe(line)}\n" for line in written(files, content))
    return 0
