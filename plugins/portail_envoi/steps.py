"""Steps that every way of sending has: the journal of the week, the guard, the issue."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from portail.agenda.weeks import Week
from portail.errors import ConfigError
from portail.files import digest_bytes
from portail.model.issue import Frozen
from portail_envoi import settings
from portail_envoi.errors import SendingError
from portail_envoi.journal import Journal, Start
from portail_envoi.mails import Mail
from portail_envoi.online import wait_online
from portail_envoi.preparing import Portal, build, freeze, mails_of, outside, read_frozen

__all__ = ["Order", "guard", "journal_path", "prepared", "say", "wait"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked: the options of the command, the portal, the week, the environment."""

    options: argparse.Namespace
    place: Portal
    week: Week
    environ: Mapping[str, str]


def say(text: str) -> None:
    """Write ``text`` on the standard output, at once."""
    sys.stdout.write(f"{text.rstrip()}\n")
    sys.stdout.flush()


def journal_path(order: Order, name: str = "") -> Path:
    """The journal of the week, or of what ``name`` says, outside the repository. Raises
    ``ConfigError``."""
    place = order.place
    folder = outside(settings.journal_folder(order.environ), place, "Le journal des envois")
    host = place.config.siteurl.partition("://")[2].replace("/", "_").replace(":", "_")
    if not host:
        raise ConfigError("Il manque l’adresse du site (SITEURL) : un courriel en est plein.")
    return folder / f"{host}-{name or order.week.slug}.jsonl"


def guard(order: Order, journal: Journal) -> None:
    """Refuse what might send an issue twice. Raises ``SendingError``.

    Listmonk remembers by itself what it was given, whoever asks.
    """
    options, week, start = order.options, order.week, journal.start
    if start and start.digests and start.way != options.vers:
        raise SendingError(
            f"Le numéro de {week.slug} est déjà parti par une autre voie ({start.way}) : "
            f"--vers {options.vers} l’enverrait deux fois aux mêmes personnes."
        )
    mark = _mark(order)
    sure = options.premier_envoi or options.vers == "listmonk"
    if mark and not sure and (start is None or start.frozen != mark):
        raise SendingError(
            f"Le numéro de {week.slug} est figé, et rien ne dit ici s’il a été envoyé : le journal "
            f"{journal.path} ne le connaît pas. S’il n’est parti de nulle part ailleurs, ajoutez "
            "--premier-envoi."
        )


def _mark(order: Order) -> str:
    """The digest of the frozen file; ``""`` for a week that is not frozen."""
    path = order.place.frozen_file(order.week)
    return digest_bytes(path.read_bytes()) if path.is_file() else ""


def prepared(
    order: Order, wanted: Collection[str], journal: Journal
) -> tuple[Frozen, dict[str, Mail]]:
    """Freeze and build when it is not done; returns the mails of the editions that are wanted and
    that have something to tell. Raises ``SendingError``."""
    options, place, week = order.options, order.place, order.week
    if not place.frozen_file(week).is_file():
        freeze(place, week, order.environ)
    frozen, mark, start = read_frozen(place, week), _mark(order), journal.start
    if start is None or start.frozen != mark or start.way != options.vers:
        journal.begin(Start(options.vers, mark, start.digests if start else {}))
    output = Path(options.sortie).resolve()
    if not options.deja_construit:
        build(place, output, order.environ)
    return frozen, mails_of(frozen, output, [one for one in frozen.editions if one in wanted])


def wait(order: Order, frozen: Frozen, mails: Collection[str]) -> None:
    """Wait for the site to show the issue, when it is asked for. Raises ``SendingError``."""
    if order.options.attendre:
        output = Path(order.options.sortie).resolve()
        wait_online(frozen, output, sorted(mails), order.options.attendre)
