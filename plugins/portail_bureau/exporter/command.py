"""``portail exporter lieux/la-coupole``: what the portal has of one structure, for its own site;
``--tout``: the portal itself, to take elsewhere.

Exit codes: 0 done, 1 the contents have an error, 2 usage or environment.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from portail.cli.arguments import Parser, choice
from portail.cli.contents import read_contents
from portail.diagnostics import ConfigError
from portail.model.kinds import PLACES
from portail.terminal.readable import give
from portail.terminal.text import safe
from portail_donnees.donnees.output import (
    contents_of,
    events_text,
    whole_text,
)

from ..chiffres.command import find

COMMAND = "portail exporter"
FORMATS = {"json": whole_text, "csv": events_text}
_SUMMARY = "Tout ce que le portail a d’une structure, pour son propre site."


def main(argv: list[str]) -> int:
    parser = Parser("exporter", _SUMMARY)
    parser.add("lieu", "LIEU", "sa fiche : lieux/musee-exemple", nargs="?")
    parser.flag("--tout", "le portail entier : son dépôt, avec et sans l’histoire")
    parser.add("--vers", "DOSSIER", "où écrire le fichier (sinon, à l’écran)")
    formats = "json (tout), csv (ses événements)"
    parser.add("--format", "FORME", formats, type=choice(tuple(FORMATS)), default="json")
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.add("--date", "AAAA-MM-JJ", "jour où se placer")
    options = parser.parse_args(argv)
    if options.tout:
        return _whole(Path(options.vers or "."))
    if not options.lieu:
        parser.error("donnez une fiche, ou --tout")
    read = read_contents(options.content, options.date, COMMAND, plans=False, publishes=True)
    site = read.result.site
    if site is None:
        sys.stderr.write("Les contenus ont des erreurs : « portail check » les dit.\n")
        return 1
    item = find(site, PLACES, options.lieu)
    made = "".join(FORMATS[options.format](site, item.ref)).encode()
    file = None
    if options.vers:
        file = Path(options.vers, f"{item.entry.slug}.{options.format}")
    give(made, file)
    if file:
        sys.stdout.write(f"{safe(str(file))} : {len(contents_of(site, item.ref))} contenus.\n")
    return 0


def _whole(folder: Path) -> int:
    # What was committed, as the forge has it: « git clone portail.bundle » gives its history.
    made = {"portail.bundle": ["bundle", "create"], "portail.zip": ["archive", "--output"]}
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in made.items():
        command = ["git", *words, f"{folder.resolve() / name}", "HEAD"]
        if subprocess.run(command, check=False).returncode:
            raise ConfigError("Ce dossier n’est pas un dépôt git où quelque chose est déposé.")
        sys.stdout.write(f"{safe(str(folder / name))}\n")
    return 0
