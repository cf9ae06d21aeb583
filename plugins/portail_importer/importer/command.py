"""``portail importer SOURCE``: contents that exist elsewhere become files.

Exit codes: 0; 1, something has an error (all that is ready is written, but of loans); 2, usage,
environment, or a source that cannot be read.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from functools import partial
from pathlib import Path, PurePosixPath
from time import perf_counter

from msgspec.structs import replace

from portail.cli.arguments import Parser, choice
from portail.cli.contents import place_here, read_contents
from portail.diagnostics import ConfigError, Refused
from portail.features.services.arrets.near import FILE
from portail.files import atomic_write
from portail.machine import reason_of
from portail.model.vocabulary import Vocabularies
from portail.resources import brought, over
from portail.source.genres import bring_kinds
from portail.terminal.readable import inform, say, stage, write_report
from portail.terminal.text import Run, safe
from portail_importer.tableurs.columns import NAMES, forms
from portail_importer.tableurs.models import template
from portail_importer.trying import faults_among, written

from .base import Base
from .ground import Ground, ground_of, judged
from .imports import BUILT, Import, from_the_web, import_source
from .lists import ANY, names
from .report import lines_of, tally
from .sources.addresses import subscribed
from .sources.places import Portal
from .stops import StopTable, stop_table

_COMMAND = "portail importer"
_NOTHING = "Rien n’a été importé : les contenus sont inchangés."
_REST = "Les lignes qui n’ont pas d’erreur sont importées ; les autres sont à corriger."


def main(argv: list[str]) -> int:
    bring_kinds(Path.cwd())
    options = _parser().parse_args(argv)
    if options.modele:
        return _write_template(options.modele, options.source)
    if not options.source:
        raise ConfigError("Donnez ce qu’il faut importer : portail importer programme.ods")
    started = perf_counter()
    read = read_contents(options.vers, options.date, _COMMAND, drafts=True)
    site = read.result.site
    if read.result.report.has_errors or site is None:
        sys.stderr.write(f"Les contenus ont des erreurs : « portail check » les dit. {_NOTHING}\n")
        return 1
    try:
        portal = Portal.of(site, read.day.date)
        base = Base(read.content, subscribed(options.source), site.items, portal)
        if stops := stop_table(base, options.avec):
            return _keep_stops(stops, read.content, simulated=options.simuler)
        ground = ground_of(base, read.result.report, from_the_web)
        with stage("Lecture de la source"):
            source = _import(base, ground, options)
        trial = partial(faults_among, content=read.content, date=options.date)
        harvests = [source.harvest] if source.is_blocked else judged([source.harvest], trial, base)
        done = replace(source, harvest=harvests[0])
    except Refused as refused:
        raise ConfigError(str(refused)) from None
    inform("\n".join([*done.heading, ""]), sys.stdout)
    if len(done.report):
        outcome = _NOTHING if done.is_blocked else _REST
        run = Run(read=1, seconds=perf_counter() - started, command=_COMMAND, refused=outcome)
        write_report(
            done.report, sys.stdout, read.content / "-", replace(run, subject=done.subject)
        )
    if done.is_blocked:
        say(f"{tally(done)} Rien n’est écrit.\n", sys.stdout)
        return 1
    if not options.simuler:
        [*written(done.harvest.files, read.content)]
    lines = lines_of(done, simulated=options.simuler)
    inform("".join(f"{line}\n" for line in lines), sys.stdout)
    return int(done.is_partial or done.report.has_errors)


# What stands in the sources of a site: of Pelican, Jekyll, Hugo, Zola, MkDocs, Nikola, Eleventy,
# Astro.
_SETTINGS = (
    "pelicanconf.py _config.yml hugo.toml hugo.yaml hugo.json config.toml config.yaml config "
    "mkdocs.yml conf.py .eleventy.js eleventy.config.js astro.config.mjs"
).split()


def _import(base: Base, ground: Ground, options: Namespace) -> Import:
    # What the source comes to. Raises ``ConfigError`` for the sources of a site, which hold what
    # its readers never saw.
    folder = Path(base.source)
    if any((folder / name).exists() for name in _SETTINGS):
        built = next((name for name in BUILT if (folder / name).is_dir()), "")
        given = folder / (built or "DOSSIER")
        raise ConfigError(
            f"« {folder} » tient les sources d’un site : construisez-le avec l’outil qui l’a fait, "
            f"puis donnez le dossier qu’il écrit ({', '.join(BUILT)}…), où est ce que voient ses "
            f"lecteurs : portail importer {given}"
        )
    return import_source(base, ground, options)


def _keep_stops(stops: StopTable, content: Path, *, simulated: bool) -> int:
    end = ["Rien n’est écrit."] if simulated else []
    inform("\n".join([*stops.lines, *end, ""]), sys.stdout)
    if not simulated:
        [*written({PurePosixPath("data", FILE): stops.data}, content)]
    return int(stops.is_faulty)


def _write_template(name: str, path: str | None) -> int:
    file = Path(path or f"modele-{name}.xlsx")
    if file.exists():
        raise ConfigError(f"« {file} » existe déjà : donnez un autre nom au modèle.")
    try:
        lists = Vocabularies.load(over(brought("data"), Path("data")))
        atomic_write(file, template(forms(lists)[name], place_here()))
    except OSError as error:
        raise ConfigError(f"« {file} » ne peut pas être écrit : {reason_of(error)}.") from error
    sys.stdout.write(f"{safe(str(file))} est écrit.\n")
    return 0


def _parser() -> Parser:
    parser = Parser("importer", "Fait des fichiers de ce qui existe ailleurs.")
    sources = (
        "tableur ou liste ouverte (.ods, .xlsx, .csv), export d’OpenAgenda, calendrier .ics, flux, "
        "page, dossier d’un site construit ou enregistré, ou leur adresse"
    )
    parser.add("source", "SOURCE", sources, nargs="?")
    parser.add("--vers", "DOSSIER", "dossier des contenus (content)")
    form = f"ce que dit un tableur : {', '.join(NAMES)} (selon ses colonnes)"
    parser.add("--type", "TYPE", form, type=choice(NAMES))
    parser.add("--feuille", "NOM", "la feuille à lire (la première qui convient)")
    unsaid = "ce que la source ne dit pas : format=conference, lieu=notre-musee"
    parser.add("--avec", "CHAMP=VALEUR", unsaid, default=[], action="append")
    known = "dit d’une liste ouverte qu’elle en vient"
    parser.add("--liste", "LISTE", known, type=choice((*names(), ANY)))
    parser.flag("--images", "prend aussi les images dont le crédit est dit")
    parser.flag("--simuler", "dit ce qui serait fait, n’écrit rien")
    parser.add("--nom", "NOM", "la source, si elle ne se nomme pas elle-même")
    parser.flag("--confirmer", "écrit aussi ce qu’une source change d’un coup")
    parser.add("--modele", "TYPE", "écrit le tableur à remplir", type=choice(NAMES))
    parser.add("--date", "AAAA-MM-JJ", "jour de l’import (celui du site)")
    parser.voice()
    return parser
