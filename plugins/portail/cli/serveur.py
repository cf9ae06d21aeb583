"""``portail serveur``: the configuration of a web server, for the site that was built.

Exit codes: 0 written on the standard output, 2 usage or environment.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from portail.cli.arguments import Parser, choice
from portail.cli.contents import literal_settings
from portail.cli.servers import SERVERS, told
from portail.diagnostics import ConfigError
from portail.outputs.headers import HEADERS
from portail.site.urls import REDIRECTS

_SUMMARY = (
    "Écrit à l’écran la configuration d’un serveur (nginx, Apache, Caddy) pour le site construit : "
    "en-têtes, types, redirections, page 404, compression. À refaire après chaque publication : la "
    "politique de sécurité suit les pages."
)
_HEAD = "# Écrit par « portail serveur {} » d’après _headers et _redirects : ne pas modifier.\n"
_FOLDER = re.compile(r"/[\w./-]*")
_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?:/[\w.~/-]*)?", re.ASCII)


def main(argv: list[str]) -> int:
    """Run the command and return its exit code."""
    parser = Parser("serveur", _SUMMARY)
    parser.add("serveur", metavar="SERVEUR", type=choice(SERVERS), help="nginx, apache ou caddy")
    parser.add("--output", metavar="DOSSIER", default="output", help="site construit (output)")
    parser.add("--url", metavar="ADRESSE", help="adresse publique (celle des réglages)")
    parser.add(
        "--racine",
        metavar="DOSSIER",
        default="/srv/portail",
        help="dossier, sur le serveur, de ce qui répond à / (/srv/portail)",
    )
    options = parser.parse_args(argv)
    if not _FOLDER.fullmatch(options.racine):
        parser.error("--racine attend un chemin absolu, sans espace : /srv/portail")
    site = told(_address(options.url), options.racine, *_files(Path(options.output)))
    sys.stdout.write(_HEAD.format(options.serveur))
    sys.stdout.writelines(SERVERS[options.serveur](site))
    return 0


def _address(asked: str | None) -> str:
    """The address of the site, without final slash. Raises ``ConfigError``."""
    settings = literal_settings(Path.cwd())
    url = (asked or os.environ.get("SITEURL") or str(settings.get("SITEURL") or "")).rstrip("/")
    parts = urlsplit(url)
    if not _ADDRESS.fullmatch(url) or not parts.hostname:
        raise ConfigError(
            "L’adresse publique du site est nécessaire : écrivez SITEURL dans pelicanconf.py, ou "
            "lancez : portail serveur … --url https://exemple.org"
        )
    return url


def _files(output: Path) -> tuple[str, str]:
    """The texts of ``_headers`` and of ``_redirects``, the second one if there is one. Raises
    ``ConfigError``."""
    try:
        headers = (output / HEADERS).read_text(encoding="utf-8")
        redirects = output / REDIRECTS
        return headers, redirects.read_text(encoding="utf-8") if redirects.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"Le dossier « {output} » n’a pas de fichier {HEADERS} lisible : construisez d’abord "
            "le site (portail build), ou donnez son dossier : --output DOSSIER"
        ) from error
