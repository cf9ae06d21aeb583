"""``portail empreinte``: the digest of a published site, by which two people compare a build.

It is the SHA-256 of what ``sha256sum`` says of its files, named from the root, in the order of
their bytes (docs/technique/commands.md). Exit codes: 0; 2, usage or environment.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from stat import S_ISREG

from portail.cli.arguments import Parser
from portail.diagnostics import ConfigError
from portail.machine import reason_of
from portail.terminal.readable import say
from portail.terminal.text import safe
from portail.text.typography import nombre

from . import trees

_SUMMARY = "L’empreinte d’un site publié : deux personnes comparent ce qu’elles ont construit."
_SIGNS = ("\n", "\r", "\\")  # sha256sum writes such names in another way


def empreinte(argv: Sequence[str]) -> int:
    parser = Parser("empreinte", _SUMMARY)
    parser.add("site", "SITE", "dossier du site (output)", nargs="?", default="output")
    parser.flag("--detail", "dit l’empreinte de chaque fichier, comme sha256sum")
    options = parser.parse_args(list(argv))
    rows = [*lines(Path(options.site))]
    shown = rows if options.detail else _digest_lines(options.site, rows)
    say("".join(f"{safe(row)}\n" for row in shown), sys.stdout)
    return 0


def lines(site: Path) -> Iterator[str]:
    try:
        for path in sorted(trees.scan(site).files, key=os.fsencode):
            if any(sign in path for sign in _SIGNS):
                raise ConfigError(f"Un nom de fichier a un signe interdit : « {safe(path)} ».")
            if not S_ISREG((site / path).lstat().st_mode):
                raise ConfigError(
                    f"« {safe(str(site / path))} » est un lien, ou n’est pas un fichier : un site "
                    "n’en a pas."
                )
            yield f"{hashlib.sha256((site / path).read_bytes()).hexdigest()}  {path}"
    except (FileNotFoundError, NotADirectoryError):
        raise ConfigError(
            f"« {safe(str(site))} » n’est pas le dossier d’un site. → Construisez le site (portail "
            "build), ou donnez son dossier : portail empreinte DOSSIER"
        ) from None
    except OSError as error:
        name = safe(str(error.filename or site))
        raise ConfigError(f"« {name} » ne peut pas être lu : {reason_of(error)}.") from error


def digest(rows: Sequence[str]) -> str:
    return hashlib.sha256(b"".join(os.fsencode(f"{row}\n") for row in rows)).hexdigest()


def _digest_lines(name: str, rows: Sequence[str]) -> Iterator[str]:
    yield f"Empreinte de {name} : {digest(rows)}"
    yield f"{nombre(len(rows))} {'fichiers' if len(rows) > 1 else 'fichier'}."
