"""``portail pays public``: the front of the portals that are below ``public/regions/``.

Exit codes: 0; 1, a portal that cannot be read is left out, which is told; 2, none, usage.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from portail.cli.arguments import Parser, day
from portail.clock import portal_zone
from portail.diagnostics import ConfigError
from portail.geo.territories import Geography
from portail.resources import data_dir
from portail.terminal.readable import say

from .front import files_of
from .outings import read_portals


def main(argv: list[str]) -> int:
    parser = Parser("pays", "Écrit l’entrée de tous les portails qui sont sous SITE/regions/.")
    parser.add("site", "SITE", "dossier du site")
    parser.add("--date", "AAAA-MM-JJ", "jour où se placer", type=day)
    options = parser.parse_args(argv)
    today = options.date or datetime.now(portal_zone()).date()
    site = Path(options.site)
    portals, outings, faults = read_portals(site, today)
    say("".join(f"{fault}\n" for fault in faults), sys.stderr)
    if not portals:
        raise ConfigError(f"« {site} » n’a aucun portail sous regions/.")
    for name, data in files_of(Geography.load(data_dir()), portals, outings):
        (site / "regions" / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "regions" / name).write_bytes(data)
    say(f"{len(portals)} portails, {len(outings)} sorties.\n", sys.stdout)
    return int(bool(faults))
