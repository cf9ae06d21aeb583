"""``portail relever``: mails of one box become proposals, each answered once.

Exit codes: 0; 1 something is left for the next round; 2 usage or environment.
"""

from __future__ import annotations

import imaplib
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from portail.cli.arguments import Parser, choice
from portail.cli.contents import settings_of
from portail.clock import portal_zone
from portail.day import build_day
from portail.diagnostics import ConfigError
from portail.machine import try_lock
from portail.terminal.text import safe
from portail_poste.settings import check_names, report_failure

from . import settings
from .box import Box
from .branches import Branches
from .forge import Forge
from .letters import Names
from .outcome import Desk
from .post import Post
from .rounds import Round, propose
from .telling import Telling

_STEPS = ("lire", "proposer", "repondre")


def relever(options: Namespace, environ: Mapping[str, str]) -> int:
    """Do the round, or the step that is asked for. Raises ``PortailError``."""
    content, config, pinned = settings_of(options.content, "portail relever")
    if not config.siteurl:
        raise ConfigError("Il manque l’adresse du site (SITEURL) : les réponses y mènent.")
    today = datetime.now(portal_zone()).date()
    desk = Desk(content, config, build_day(options.date, environ, pinned, today=today).date)
    steps = [options.etape] if options.etape else _STEPS
    if options.etape and not options.dossier:
        raise ConfigError("--etape demande --dossier : par où une étape parle à la suivante.")
    forge = Forge(settings.forge_address(environ))
    with TemporaryDirectory() as temporary:
        folder = Path(options.dossier or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(content.parent) if options.etape != "proposer" else nullcontext():
            done = [_done(step, folder, desk, forge, options, environ) for step in steps]
    return int(not all(done))


def _done(
    step: str,
    folder: Path,
    desk: Desk,
    forge: Forge,
    options: Namespace,
    environ: Mapping[str, str],
) -> bool:
    branches = Branches(desk.content.parent, environ)
    if step == "proposer":
        return propose(folder, desk, forge=forge, branches=branches)
    plain = options.sans_tls
    server = settings.imap_server(environ, plain=plain)
    smtp = settings.smtp_server(environ, plain=plain)
    address = settings.box_address(environ)
    names = Names(address, server.password.get_secret_value())
    team = desk.config.courriel.lower()
    with (
        closing(Box(server)) as box,
        closing(Post(smtp, box, address=address, name=desk.config.nom, names=names)) as post,
    ):
        guarantor = environ.get("PORTAIL_PORTE_GARANT", "")
        team *= team != address
        around = Round(desk, box, post, forge=forge, guarantor=guarantor, team=team)
        if step == "lire":
            return around.read(folder, branches)
        done = around.answer()
        told = Telling(around, branches).tell()
        box.forget(datetime.now(portal_zone()).date())
        return done and told


@contextmanager
def _alone(portal: Path) -> Iterator[None]:
    # One round at a time on this machine: the second waits.
    cache = Path(os.environ.get("PORTAIL_CACHE") or portal / ".cache")
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "courrier.verrou").open("w") as lock:
        while try_lock(lock.fileno()) is False:
            sleep(1)
        yield


def main(argv: Sequence[str]) -> int:
    """Run the command and return its exit code; no secret is in what it prints."""
    options = _parser().parse_args([*argv])
    try:
        check_names(os.environ, settings.PREFIX, settings.NAMES)
        return relever(options, os.environ)
    except (imaplib.IMAP4.error, OSError) as error:
        sys.stderr.write(f"La boîte raccroche ({safe(str(error))[:200]}) : le reste attend.\n")
        return 1
    except Exception as error:
        return report_failure(error, settings.SECRETS)


def _parser() -> Parser:
    parser = Parser("relever", "Fait des courriels reçus des propositions, et répond à chacun.")
    steps = "lire, proposer ou repondre : une seule étape, dans une tâche à elle"
    parser.add("--etape", "ÉTAPE", steps, type=choice(_STEPS))
    parser.add("--dossier", "DOSSIER", "ce qu’une étape laisse à la suivante")
    parser.add("--content", "DOSSIER", "dossier des contenus (content)")
    parser.add("--date", "AAAA-MM-JJ", "jour pour lequel vérifier")
    parser.flag("--sans-tls", "vers cette machine seulement")
    return parser
