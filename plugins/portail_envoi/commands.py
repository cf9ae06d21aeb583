"""``portail newsletter envoyer``: freeze the issue, build the site, send the mail that it made.

Exit codes: 0 everything is sent (or was), 1 someone is refused, put off or uncertain, and named, 2
usage or environment, nothing more was sent than what is told.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from portail.agenda.weeks import Week
from portail.cli.arguments import Parser, choice
from portail.cli.newsletter import asked_week
from portail.config import PARIS, REGION
from portail.diagnostics import ConfigError, PortailError
from portail.site.urls import LEAVE
from portail_envoi import settings
from portail_envoi.delivery import begin, list_roll, read_subscribers
from portail_envoi.journal import Journal, SendingError
from portail_envoi.listmonk import by_listmonk
from portail_envoi.mails import Copy, Mail
from portail_envoi.preparing import (
    Order,
    Portal,
    build,
    guard,
    hand_in,
    journal_path,
    mail_of,
    outside,
    portal,
    prepared,
    say,
    wait,
    week_to_send,
)
from portail_envoi.report import Secret, counted, outcome, scrubbed, told
from portail_envoi.settings import check_names, secrets
from portail_envoi.smtp import Deferred, Lost, Refused, SenderRefused, SmtpServer, Uncertain
from portail_envoi.subscribers import AddressFault, Mailbox, Roll, mailbox
from portail_envoi.urgent import read_urgent, send_errata

# The order of a sending: what is checked before anything is frozen, what is frozen before
# anything is sent.

_THURSDAY, _HOUR = 4, 8


def send(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Do what the options ask; returns the exit code. Raises ``PortailError``."""
    place = portal(Path.cwd(), environ)
    if options.si_jeudi and not is_time(datetime.now(PARIS)):
        say("Ce n’est pas l’heure : la lettre part le jeudi, dès 8 h, heure de Paris.")
        return 0
    codes = [edition.code for edition in place.config.lettre.editions]
    if options.edition and options.edition not in codes:
        raise ConfigError(
            f"L’édition « {options.edition} » n’existe pas. Éditions : {', '.join(codes)}."
        )
    if options.essai:
        return _try(options, place, environ)
    if not options.vers:
        raise ConfigError("Dites par où : --vers liste, --vers abonnes ou --vers listmonk.")
    if options.erratum:
        return _erratum(options, place, environ, codes)
    week = week_to_send(options.semaine, place.day)
    if options.vers == "listmonk":
        return by_listmonk(Order(options, place, week, environ), codes)
    roll = _roll(options, place, environ, codes)
    server = _server(options, environ)
    order = Order(options, place, week, environ)
    path = journal_path(order)
    if options.simuler:
        return _simulate(order, roll, server, path)
    with Journal(path) as journal:
        return _send(order, roll, server, journal)


def _erratum(
    options: argparse.Namespace, place: Portal, environ: Mapping[str, str], codes: list[str]
) -> int:
    """Send what does not wait for the next letter; it is always of today."""
    if options.vers == "listmonk":
        raise ConfigError("Un erratum part vers une liste ou vers les abonnés d’un fichier.")
    week = Week.of(place.day)
    if options.semaine and asked_week(options.semaine) != week:
        raise ConfigError(f"Un erratum dit ce qui est faux aujourd’hui, en {week.slug}.")
    roll = _roll(options, place, environ, codes)
    return send_errata(Order(options, place, week, environ), roll, _server(options, environ))


def is_time(now: datetime) -> bool:
    """Whether it is Thursday from 8 o'clock: a job that starts late still sends."""
    return now.isoweekday() == _THURSDAY and now.hour >= _HOUR


def _server(options: argparse.Namespace, environ: Mapping[str, str]) -> SmtpServer:
    return settings.smtp_server(environ, plain=options.sans_tls, timeout=float(options.delai or 60))


def _roll(
    options: argparse.Namespace, place: Portal, environ: Mapping[str, str], codes: list[str]
) -> Roll:
    """Who receives the issue. Raises ``ConfigError`` with every fault at once."""
    if options.vers == "liste":
        roll = list_roll(settings.lists(environ, codes))
    else:
        told_path = options.abonnes or environ.get("PORTAIL_ENVOI_ABONNES", "")
        if not told_path:
            raise ConfigError("Il manque le fichier d’abonnés : --abonnes FICHIER")
        path = outside(Path(told_path).expanduser(), place, "Le fichier d’abonnés")
        roll = read_subscribers(path, codes)
    if not options.edition:
        return roll
    kept = tuple(one for one in roll.subscribers if one.edition == options.edition)
    if not kept:
        raise ConfigError(f"Personne ne reçoit l’édition « {options.edition} ».")
    return Roll(kept, roll.faults, roll.doubles)


def _simulate(order: Order, roll: Roll, server: SmtpServer, path: Path) -> int:
    """Say what would be done; opens no connection, writes nothing."""
    options, place, week = order.options, order.place, order.week
    frozen = place.frozen_file(week).is_file()
    way = "aux listes" if options.vers == "liste" else "aux abonnés"
    rows = [f"Simulation : {week.slug}, {way}, par {server.host}:{server.port}. Rien n’est fait."]
    rows.append(
        "Le numéro est figé." if frozen else "Le numéro serait figé, puis le site construit."
    )
    if frozen and not path.exists() and not options.premier_envoi:
        rows.append("Rien ne dit ici s’il a déjà été envoyé : il faudrait --premier-envoi.")
    for code in dict.fromkeys(one.edition for one in roll.subscribers):
        people = [one for one in roll.subscribers if one.edition == code]
        rows.append(f"  {code} : {counted(len(people), 'destinataire')}")
        if options.vers == "liste":
            rows += [f"    {one.mailbox}" for one in people]
    say("\n".join(rows))
    if roll.doubles:
        say(told("Lignes en double, servies une fois :", roll.doubles))
    if path.exists():
        with Journal(path) as journal:
            say(outcome(journal, 0)[0])
    return 0


def _send(order: Order, roll: Roll, server: SmtpServer, journal: Journal) -> int:
    guard(order, journal)
    options = order.options
    frozen, mails = prepared(order, {one.edition for one in roll.subscribers}, journal)
    begin(journal, options.vers, mails, frozen)
    wait(order, frozen, mails.keys())
    if roll.doubles:
        say(told("Lignes en double, servies une fois :", roll.doubles))
    without = {one.edition for one in roll.subscribers} - mails.keys()
    for code in sorted(without):
        say(f"L’édition « {code} » n’a rien à dire cette semaine : personne ne la reçoit.")
    if not mails:
        return 0
    return hand_in(order, roll, server, mails, journal)


def _try(options: argparse.Namespace, place: Portal, environ: Mapping[str, str]) -> int:
    """Send one message to one address; nothing is frozen, the journal is left alone."""
    try:
        to = mailbox(options.essai)
    except AddressFault as fault:
        raise ConfigError(f"--essai : l’adresse ne convient pas, {fault}.") from None
    week = asked_week(options.semaine) if options.semaine else Week.of(place.day)
    output = Path(options.sortie).resolve()
    server = _server(options, environ)
    if options.simuler:
        say(f"Simulation : un essai de {week.slug} à {to}. Rien n’est fait.")
        return 0
    if not options.deja_construit:
        build(place, output, environ)
    code = options.edition or REGION
    page = f"{place.config.siteurl}{LEAVE}"
    mail = _mail_to_try(Order(options, place, week, environ), output, code, page).tried()
    sender = settings.return_path(environ, mail.sender)
    reply = _attempt(server, sender, mail.copy(Copy(to, left_at=datetime.now(PARIS))), to)
    say(f"Essai remis au serveur pour {to} ({reply}).")
    return 0


def _mail_to_try(order: Order, output: Path, code: str, page: str) -> Mail:
    if not order.options.erratum:
        return mail_of(output, order.week.slug, code, page)
    found = read_urgent(order, output, code)
    if found is None:
        raise ConfigError(f"L’édition « {code} » n’a pas d’erratum à essayer.")
    return found.mail


def _attempt(server: SmtpServer, sender: str, data: bytes, to: Mailbox) -> str:
    """Hand in one message, once. Raises ``SendingError``."""
    try:
        connection = server.connect()
        try:
            return connection.deliver(sender, to, data, lambda: None)
        finally:
            connection.close()
    except (Deferred, Lost, Refused, SenderRefused, Uncertain) as error:
        raise SendingError(f"L’essai n’est pas parti : {error}.") from None


WAYS = ("liste", "abonnes", "listmonk")


def envoyer(argv: Sequence[str]) -> int:
    """Run the command and return its exit code. No secret is in what it says."""
    known: tuple[Secret, ...] = ()
    try:
        options = _parser().parse_args([*argv])
        known = secrets(os.environ)
        check_names(os.environ)
        return send(options, os.environ)
    except PortailError as error:
        sys.stderr.write(f"{scrubbed(str(error), known)}\n")
        return 2
    except SystemExit as leaving:
        # argparse leaves this way: 0 after --help, 2 after a mistake it has told.
        return leaving.code if isinstance(leaving.code, int) else 2
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrompu. La même commande reprend où celle-ci s’est arrêtée.\n")
        return 130
    except Exception:
        # A fault of ours: told whole, but for what a library may have quoted.
        sys.stderr.write(scrubbed(traceback.format_exc(), known or _raw(os.environ)))
        return 2


def _raw(environ: Mapping[str, str]) -> tuple[Secret, ...]:
    with suppress(ConfigError):
        return secrets(environ)
    return ()


def _parser() -> Parser:
    parser = Parser("newsletter envoyer", "Envoie le numéro de la semaine, une seule fois.")
    parser.add("semaine", nargs="?", metavar="SEMAINE", help="2021-s39 ; celle du jour sinon")
    parser.add(
        "--vers", type=choice(WAYS), metavar="VOIE",
        help="liste (adresse d’une liste), abonnes (fichier) ou listmonk",
    )  # fmt: skip
    parser.add("--abonnes", metavar="FICHIER", help="fichier d’abonnés, hors du dépôt")
    parser.add("--edition", metavar="CODE", help="une seule édition")
    parser.add(
        "--erratum", action="store_true",
        help="ce qui a changé depuis la lettre et n’attend pas la prochaine, aux mêmes lecteurs",
    )  # fmt: skip
    parser.add("--sortie", metavar="DOSSIER", default="output", help="dossier du site construit")
    parser.add("--deja-construit", action="store_true", help="ne reconstruit pas le site")
    parser.add("--essai", metavar="ADRESSE", help="un seul message, « [Essai] », à cette adresse")
    parser.add("--simuler", action="store_true", help="dit ce qui serait fait, sans rien ouvrir")
    parser.add("--lancer", action="store_true", help="Listmonk : lance la campagne créée")
    parser.add(
        "--premier-envoi", action="store_true",
        help="ce numéro, figé ailleurs, n’a encore été envoyé à personne",
    )  # fmt: skip
    parser.add(
        "--renvoyer-incertains", action="store_true",
        help="renvoie à ceux qui l’ont peut-être déjà reçu",
    )  # fmt: skip
    parser.add(
        "--si-jeudi", action="store_true",
        help="n’envoie que le jeudi, dès 8 h, heure de Paris, et une seule fois",
    )  # fmt: skip
    parser.add(
        "--attendre", type=_count, default=0, metavar="N",
        help="attend que le site montre le numéro, au plus N minutes",
    )  # fmt: skip
    parser.add("--debit", type=_count, default=300, metavar="N", help="messages par minute (300)")
    parser.add("--delai", type=_count, default=60, metavar="N", help="secondes par réponse (60)")
    parser.add("--sans-tls", action="store_true", help="vers cette machine seulement")
    return parser


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 7:
        return int(text)
    raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre entier")
