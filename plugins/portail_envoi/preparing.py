"""Preparation of a sending: the issue, frozen and built by other processes, without the secrets of
the sending, then read back and compared with the frozen file.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from http.client import HTTPException
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from msgspec import Struct
from pydantic import ValidationError

from portail.agenda.weeks import Week
from portail.cli.contents import literal_settings
from portail.clock import portal_zone
from portail.config import SiteConfig
from portail.day import build_day
from portail.diagnostics import ConfigError
from portail.features import configured
from portail.features.channels.lettre.addresses import LEAVE, issue_of
from portail.features.channels.lettre.command import frozen_file
from portail.features.channels.lettre.issue import Frozen, Issue
from portail.features.channels.lettre.sent import other_masthead
from portail.files import digest_bytes
from portail.machine import KILLED
from portail.terminal.text import safe
from portail.text.dates import jour
from portail.text.typography import EXEMPLE

from . import settings
from .delivery import Delivery, begin, deliver, personal, to_list
from .journal import Journal, SendingError, Start, counted, forget, outcome
from .mails import Copy, Mail, read_mail
from .smtp import SmtpServer
from .subscribers import Roll, Subscriber


class Portal(Struct, frozen=True):
    """The instance of a folder: its contents, its settings, its day."""

    folder: Path
    content: Path
    config: SiteConfig
    day: date

    def frozen_file(self, week: Week) -> Path:
        return frozen_file(self.content, week)


def portal(folder: Path, environ: Mapping[str, str]) -> Portal:
    literals = literal_settings(folder)
    content = (folder / str(literals.get("PATH") or "content")).resolve()
    if not content.is_dir():
        raise ConfigError("Il n’y a pas de contenus ici : placez-vous dans le dossier du portail.")
    siteurl = environ.get("SITEURL") or str(literals.get("SITEURL") or "")
    config = configured(literals, siteurl=siteurl.rstrip("/"), contenu=content.name)
    today = datetime.now(portal_zone()).date()
    day = build_day(None, environ, literals.get("PORTAIL_DATE"), today)
    return Portal(folder, content, config, day.date)


def check_thursday(week: Week, day: date) -> None:
    """Refuse a week whose issue leaves after ``day``. Raises ``ConfigError``."""
    if week.thursday > day:
        raise ConfigError(
            f"Le numéro de {week.slug} part le {jour(week.thursday)} : --essai ADRESSE l’envoie à "
            "une seule adresse avant ce jour."
        )


def built(order: Order, ahead: Path | None = None) -> Path:
    """The folder of the site, built unless it is already; that of the Thursday of the letter is
    built in ``ahead``. Raises ``SendingError``."""
    output = ahead or Path(order.options.sortie).resolve()
    if ahead or not order.options.deja_construit:
        fault = "Le site n’a pas pu être construit"
        print_now("Le site se construit…")
        day = ["--date", f"{order.week.thursday}"] if ahead else []
        report = _run(order, ["build", "--output", str(output), *day], fault, shown=False)
        # Who sends has read them: the report of each build would hide what the sending says.
        if many := len(_advice(report)):
            words = "avertissement ou conseil", "avertissements ou conseils"
            print_now(f"Il est prêt : {counted(many, *words)} que « portail check » redit.")
    return output


def _advice(report: str) -> list[str]:
    """The lines of a report that are advice or warnings: a place, then a code."""
    rows = (line.split(" ", 2) for line in report.splitlines())
    return [row[1] for row in rows if len(row) > 2 and row[1][:1] in ("A", "C") and ":" in row[0]]


"""A line of a report on no terminal that is no error."""


def _run(order: Order, arguments: list[str], fault: str, *, shown: bool = True) -> str:
    sys.stdout.flush()
    command = [sys.executable, "-m", "portail", *arguments]
    environ = settings.without_secrets(order.environ)
    out = None if shown else subprocess.PIPE
    done = subprocess.run(
        command,
        cwd=order.place.folder,
        env=environ,
        stdout=out,
        stderr=subprocess.STDOUT if out else None,
        text=True,
        errors="replace",
        check=False,
    )
    output = done.stdout or ""
    if done.returncode:
        sys.stderr.write(output)
        killed = done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
        raise SendingError(f"{fault}{f' ({KILLED})' if killed else ''} : rien n’est envoyé.")
    return output


def read_frozen(place: Portal, week: Week) -> Frozen:
    path = place.frozen_file(week)
    try:
        frozen = Frozen.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise SendingError(
            f"{path.name} ne se lit pas : « portail check » dit pourquoi."
        ) from error
    if frozen.semaine != week.slug:
        raise SendingError(f"{path.name} parle d’une autre semaine, {safe(frozen.semaine)}.")
    for key, value in other_masthead(frozen, place.config):
        name = safe(str(getattr(frozen.enseigne, key)))
        raise SendingError(
            f"{path.name} n’est pas à l’enseigne de ce site : « {key} » y est « {name} », les "
            f"réglages disent « {value} ». Rien n’est envoyé."
        )
    if EXEMPLE in frozen.model_dump_json():
        raise SendingError(
            f"{path.name} contient des exemples inventés, que personne ne doit recevoir : "
            "supprimez ce fichier et relancez, la lettre se figera sans eux."
        )
    return frozen


_NO_ADDRESS = "construisez le site avec son adresse (SITEURL)"


def mail_of(output: Path, week: str, code: str, page: str, issue: Issue | None = None) -> Mail:
    """The mail of one edition; ``page`` is the URL of the page to unsubscribe. With ``issue``, the
    file beside it must hold that very issue, as sent. Raises ``SendingError``."""
    folder = output / issue_of(week, code).strip("/")
    try:
        mail = read_mail((folder / "courriel.eml").read_bytes(), code, page)
        selection = json.loads((folder / _SELECTION).read_bytes()) if issue else None
    except FileNotFoundError as error:
        known = urlsplit(page).scheme
        why = "elle n’a rien à dire, ou sa semaine est passée" if known else _NO_ADDRESS
        raise SendingError(
            f"Pas de courriel de l’édition « {code} » ({folder}) : {why}."
        ) from error
    except (OSError, ValueError) as error:
        raise SendingError(f"{folder} ne se lit pas : reconstruisez le site.") from error
    if issue and not _holds(selection, issue, mail):
        raise SendingError(
            f"{folder} montre autre chose que ce qui a été figé : reconstruisez le site."
        )
    return mail


def _holds(selection: Any, issue: Issue, mail: Mail) -> bool:
    return (
        isinstance(selection, dict)
        and selection.get("etat") == "envoye"
        and selection.get("numero") == issue.model_dump(mode="json")
        and mail.message_id[0] == f"{issue.semaine}.{issue.edition}.{selection.get('empreinte')}"
    )


def outside(path: Path, place: Portal, subject: str) -> Path:
    """``path``, resolved; out of the repository: it names people. Raises ``ConfigError``."""
    real = Path(os.path.realpath(path))
    above = [place.folder.resolve(), *place.folder.resolve().parents]
    root = next((folder for folder in above if (folder / ".git").exists()), above[0])
    if real.is_relative_to(root):
        raise ConfigError(
            f"{subject} est dans le dépôt ({root}) : il nomme des personnes, sa place est ailleurs."
        )
    return real


# Wait for the site to show an issue: its mail has a picture and links that must be there.

_EVERY = 20.0
_TIMEOUT = 20.0
_LARGEST = 5_000_000
_SELECTION = "selection.json"


def wait_online(
    frozen: Frozen,
    output: Path,
    codes: Iterable[str],
    minutes: int,
    pause: Callable[[float], None] = sleep,
    clock: Callable[[], float] = monotonic,
) -> None:
    """Wait until each edition is online as built in ``output``. Raises ``SendingError`` when an
    edition is not after ``minutes``."""
    end = clock() + minutes * 60
    for code in codes:
        place = issue_of(frozen.semaine, code)
        built = _state(json.loads((output / place.strip("/") / _SELECTION).read_bytes()))
        while _state(_published(f"{frozen.enseigne.siteurl}{place}{_SELECTION}")) != built:
            if clock() >= end:
                raise SendingError(
                    f"{frozen.enseigne.siteurl}{place} ne montre pas encore ce numéro : rien n’est "
                    "envoyé. Relancez la même commande quand il y sera."
                )
            pause(_EVERY)


def _state(selection: Any) -> tuple[object, object] | None:
    if not isinstance(selection, dict):
        return None
    return selection.get("etat"), selection.get("empreinte")


def _published(url: str) -> Any:
    # The URL is that of the site: http(s), checked when the frozen file was written.
    request = Request(url, headers={"Cache-Control": "no-cache"})  # noqa: S310
    try:
        with urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
            return json.loads(answer.read(_LARGEST))
    except (OSError, HTTPException, ValueError):
        return None


# Steps that every way of sending has: the journal of the week, the guard, the issue.


# Values of ``--vers`` that are services of letters, which remember their campaigns.
SERVICES = ("listmonk", "brevo")


class Order(Struct, frozen=True):
    """A command: its options, the portal, the week, the environment."""

    options: argparse.Namespace
    place: Portal
    week: Week
    environ: Mapping[str, str]

    def server(self) -> SmtpServer:
        """The mail server of the options and of the environment. Raises ``ConfigError``."""
        timeout = float(self.options.delai or 60)
        return settings.smtp_server(self.environ, plain=self.options.sans_tls, timeout=timeout)


def print_now(text: str) -> None:
    sys.stdout.write(f"{text.rstrip()}\n")
    sys.stdout.flush()


def journal_path(order: Order, name: str = "") -> Path:
    """The journal of the week or of ``name``, outside the repository, where those of the site that
    are too old are removed. Raises ``ConfigError``."""
    place = order.place
    folder = outside(settings.journal_folder(order.environ), place, "Le journal des envois")
    host = place.config.siteurl.partition("://")[2].replace("/", "_").replace(":", "_")
    if not host:
        raise ConfigError("Il manque l’adresse du site (SITEURL) : un courriel en est plein.")
    forget(folder, host)
    return folder / f"{host}-{name or order.week.slug}.jsonl"


def guard(order: Order, journal: Journal) -> None:
    """Refuse to send an issue that may be sent already. Raises ``SendingError``."""
    options = order.options
    week = order.week
    start = journal.start
    if start and start.digests and start.way != options.vers:
        raise SendingError(
            f"Le numéro de {week.slug} est déjà parti par une autre voie ({start.way}) : "
            f"--vers {options.vers} l’enverrait deux fois aux mêmes personnes."
        )
    mark = _mark(order)
    # A service remembers by itself the campaigns that it has, whoever asks.
    sure = options.premier_envoi or options.vers in SERVICES
    if mark and not sure and (start is None or start.frozen != mark):
        raise SendingError(
            f"Le numéro de {week.slug} est figé, et rien ne dit ici s’il a été envoyé : le journal "
            f"{journal.path} ne le connaît pas. S’il n’est parti de nulle part ailleurs, ajoutez "
            "--premier-envoi."
        )


def _mark(order: Order) -> str:
    path = order.place.frozen_file(order.week)
    return digest_bytes(path.read_bytes()) if path.is_file() else ""


def prepared(
    order: Order, wanted: Collection[str], journal: Journal
) -> tuple[Frozen, dict[str, Mail]]:
    """Freeze, build, and wait for the site if asked; the mails of the editions that are not
    empty.
    """
    options = order.options
    place = order.place
    week = order.week
    if not place.frozen_file(week).is_file():
        _run(order, ["newsletter", "figer", week.slug], "Le numéro n’a pas pu être figé")
    frozen = read_frozen(place, week)
    mark = _mark(order)
    start = journal.start
    if start is None or start.frozen != mark or start.way != options.vers:
        journal.begin(Start(options.vers, mark, start.digests if start else {}))
    output = built(order)
    page = f"{frozen.enseigne.siteurl}{LEAVE}"
    mails = {
        code: mail_of(output, frozen.semaine, code, page, issue)
        for code, issue in frozen.editions.items()
        if code in wanted
    }
    begin(journal, options.vers, mails, frozen)
    if options.attendre:
        wait_online(frozen, output, sorted(mails), options.attendre)
    return frozen, mails


def hand_in(
    order: Order, roll: Roll, server: SmtpServer, mails: Mapping[str, Mail], journal: Journal
) -> int:
    """Deliver ``mails`` to those who lack theirs; the exit code. Raises ``PortailError``."""
    options = order.options
    environ = order.environ
    copy: Callable[[Subscriber], Copy] = to_list
    if options.vers == "abonnes":
        copy = partial(personal, settings.leaving(environ, order.place.config.courriel))
    sender = settings.return_path(environ, next(iter(mails.values())).sender)
    pace = 60 / options.debit if options.debit else 0.0
    delivery = Delivery(server.connect, journal, sender, pace)
    try:
        tried = deliver(delivery, mails, roll, copy, again=options.renvoyer_incertains)
    except SendingError:
        print_now(outcome(journal, delivery.accepted)[0])
        raise
    text, whole = outcome(journal, delivery.accepted)
    print_now(text)
    # A sending that is finished stays so: those whom the server refused were named then.
    return 0 if whole or not (tried or journal.entries("incertain")) else 1
