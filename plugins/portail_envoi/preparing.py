"""Preparation of a sending: the issue, frozen and built by other processes, without the secrets of
the sending, then read back and compared with the frozen file.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from http.client import HTTPException
from pathlib import Path
from time import monotonic, sleep
from urllib.request import Request, urlopen

from msgspec import Struct

from portail.agenda.weeks import Week
from portail.cli.contents import literal_settings
from portail.clock import portal_zone
from portail.config import SiteConfig
from portail.day import build_day
from portail.diagnostics import ConfigError
from portail.features import configured
from portail.files import digest_bytes
from portail.source.genres import bring_kinds
from portail.text.typography import EXAMPLE_NAME, EXEMPLE
from portail_lettre.command import asked_week, frozen_file
from portail_lettre.issue import Frozen, Letter
from portail_lettre.mails import LEAVE, issue_of
from portail_lettre.sent import other_masthead, read_frozen
from portail_poste.smtp import SendingError

from .journal import Journal, forget
from .mails import Mail, read_mail
from .settings import without_secrets

# Where a build writes, below the folder of the portal.
_OUTPUT = "output"
_SELECTION = "selection.json"
# Seconds between two looks at the site on line, and for each.
_EVERY = 20.0
_LARGEST = 5_000_000


class Order(Struct, frozen=True):
    """A command: its options and the environment, the portal of a folder and its day, the week."""

    options: argparse.Namespace
    environ: Mapping[str, str]
    folder: Path
    frozen_file: Path
    config: SiteConfig
    day: date
    week: Week

    @property
    def mark(self) -> str:
        """The digest of the frozen file, ``""`` without any."""
        if self.frozen_file.is_file():
            return digest_bytes(self.frozen_file.read_bytes())
        return ""


def order_of(options: argparse.Namespace, environ: Mapping[str, str]) -> Order:
    """The order given in the current folder. Raises ``ConfigError``."""
    folder = Path.cwd()
    literals = literal_settings(folder)
    content = (folder / str(literals.get("PATH") or "content")).resolve()
    if not content.is_dir():
        raise ConfigError("Il n’y a pas de contenus ici : placez-vous dans le dossier du portail.")
    siteurl = (environ.get("SITEURL") or str(literals.get("SITEURL") or "")).rstrip("/")
    if not siteurl:
        raise ConfigError("Il manque l’adresse du site (SITEURL) : un courriel en est plein.")
    bring_kinds(folder)
    config = configured(literals, siteurl=siteurl, contenu=content.name)
    today = datetime.now(portal_zone()).date()
    day = build_day(None, environ, literals.get("PORTAIL_DATE"), today).date
    week = asked_week(options.semaine) if options.semaine else Week.of(day)
    return Order(
        options=options,
        environ=environ,
        folder=folder,
        frozen_file=frozen_file(content, week),
        config=config,
        day=day,
        week=week,
    )


def outside(path: Path, order: Order, subject: str) -> Path:
    """``path``, resolved; out of the repository: it names people. Raises ``ConfigError``."""
    real = path.expanduser().resolve()
    above = [order.folder, *order.folder.parents]
    root = next((folder for folder in above if (folder / ".git").exists()), above[0])
    if real.is_relative_to(root):
        raise ConfigError(
            f"{subject} est dans le dépôt ({root}) : il nomme des personnes, sa place est ailleurs."
        )
    return real


def journal_path(order: Order) -> Path:
    """The journal of the week, outside the repository, where those of the site that are too old are
    removed. Raises ``ConfigError``."""
    place = order.environ.get("PORTAIL_JOURNAL") or "~/.local/state/portail"
    folder = outside(Path(place), order, "Le journal des envois")
    host = order.config.siteurl.partition("://")[2].replace("/", "_").replace(":", "_")
    forget(folder, host)
    return folder / f"{host}-{order.week.slug}.jsonl"


def prepared(order: Order, journal: Journal) -> tuple[Frozen, dict[str, Mail]]:
    """Freeze, build, and wait for the site if asked; the mails of the editions that are not empty.
    Raises ``SendingError``, also for an issue that may be sent already."""
    options = order.options
    week = order.week.slug
    if journal.entries and journal.way != options.vers:
        raise SendingError(
            f"Le numéro de {week} est déjà parti par une autre voie ({journal.way})."
        )
    # Listmonk remembers by itself the campaigns that it has, whoever asks.
    sure = options.premier_envoi or options.vers == "listmonk"
    if order.mark and journal.frozen != order.mark and not sure:
        raise SendingError(
            f"Le numéro de {week} est figé, et le journal {journal.path} ne le connaît pas. S’il "
            "n’est parti de nulle part ailleurs, ajoutez --premier-envoi."
        )
    if not order.mark:
        _run(order, ["newsletter", "figer", week])
    frozen = frozen_of(order)
    journal.begin(options.vers, order.mark)
    output = built(order)
    mails = {code: mail_of(order, output, code, issue) for code, issue in frozen.editions.items()}
    if options.attendre:
        wait_online(frozen, output, options.attendre)
    return frozen, mails


def built(order: Order) -> Path:
    """The folder of the site, built unless it is already. Raises ``SendingError``."""
    output = order.folder / _OUTPUT
    if not order.options.deja_construit:
        _run(order, ["build", "-q", "--output", str(output)])
    return output


def _run(order: Order, arguments: Sequence[str]) -> None:
    command = [sys.executable, "-m", "portail", *arguments]
    environ = without_secrets(order.environ)
    if subprocess.run(command, cwd=order.folder, env=environ, check=False).returncode:
        raise SendingError(f"« portail {' '.join(arguments)} » a échoué : rien n’est envoyé.")


def frozen_of(order: Order) -> Frozen:
    name = order.frozen_file.name
    try:
        text = order.frozen_file.read_text(encoding="utf-8")
        frozen = read_frozen(text)
    except (OSError, ValueError, TypeError) as error:
        raise SendingError(f"{name} ne se lit pas : « portail check » dit pourquoi.") from error
    for key, value in other_masthead(frozen, order.config):
        raise SendingError(
            f"{name} n’est pas à l’enseigne de ce site : les réglages disent « {value} » pour "
            f"« {key} ». Rien n’est envoyé."
        )
    if EXEMPLE in text or f"{EXAMPLE_NAME}</" in text:
        raise SendingError(
            f"{name} contient des exemples inventés, que personne ne doit recevoir : "
            "supprimez ce fichier et relancez, la lettre se figera sans eux."
        )
    return frozen


def mail_of(order: Order, output: Path, code: str, issue: Letter | None = None) -> Mail:
    """The mail of one edition. With ``issue``, the file beside it must hold that very issue, as
    sent. Raises ``SendingError``."""
    folder = output / issue_of(order.week.slug, code).strip("/")
    try:
        data = (folder / "courriel.eml").read_bytes()
        selection = json.loads((folder / _SELECTION).read_bytes())
    except (OSError, ValueError) as error:
        raise SendingError(
            f"Pas de courriel de l’édition « {code} » dans {folder} : elle n’a rien à dire, ou le "
            "site est à construire avec son adresse (SITEURL)."
        ) from error
    mail = read_mail(data, code, f"{order.config.siteurl}{LEAVE}")
    if issue is None:
        return mail
    name = f"{issue.semaine}.{code}.{selection['empreinte']}@"
    key = (selection["etat"], selection["numero"])
    frozen = ("envoye", issue.model_dump(mode="json"))
    if key != frozen or not mail.message_id.startswith(name):
        raise SendingError(
            f"{folder} montre autre chose que ce qui a été figé : reconstruisez le site."
        )
    return mail


def wait_online(frozen: Frozen, output: Path, minutes: int) -> None:
    """Wait until the site on line shows each edition as it was built: its mail has pictures and
    links that must be there. Raises ``SendingError`` when it does not after ``minutes``."""
    end = monotonic() + minutes * 60
    for code in frozen.editions:
        place = f"{issue_of(frozen.semaine, code)}{_SELECTION}"
        while _published(f"{frozen.enseigne.siteurl}{place}") != (output / place[1:]).read_bytes():
            if monotonic() >= end:
                raise SendingError(
                    f"{frozen.enseigne.siteurl}{place} ne montre pas encore ce numéro : rien n’est "
                    "envoyé. Relancez la même commande quand il y sera."
                )
            sleep(_EVERY)


def _published(url: str) -> bytes:
    # The URL is that of the site: http(s), checked when the frozen file was written.
    request = Request(url, headers={"Cache-Control": "no-cache"})  # noqa: S310
    try:
        with urlopen(request, timeout=_EVERY) as answer:  # noqa: S310
            return bytes(answer.read(_LARGEST))
    except (OSError, HTTPException, ValueError):
        return b""
