"""The order of a sending: what is checked before anything is frozen, what is frozen before anything
is sent."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from portail.agenda.weeks import Week
from portail.cli.newsletter.weeks import asked_week
from portail.config import PARIS, REGION
from portail.errors import ConfigError
from portail.site.urls import LEAVE
from portail_envoi import settings
from portail_envoi.addresses import AddressFault, Mailbox, mailbox
from portail_envoi.delivery import Delivery
from portail_envoi.errors import SendingError
from portail_envoi.journal import Journal
from portail_envoi.mails import Copy, Mail
from portail_envoi.preparing import Portal, build, mail_of, outside, portal, week_to_send
from portail_envoi.report import counted, outcome, told
from portail_envoi.sending import begin, deliver, list_roll, personal, read_subscribers, to_list
from portail_envoi.services import by_listmonk
from portail_envoi.smtp import Deferred, Lost, Refused, SenderRefused, SmtpServer, Uncertain
from portail_envoi.steps import Order, guard, journal_path, prepared, say, wait
from portail_envoi.subscribers import Roll
from portail_envoi.urgent import read_urgent, send_errata

__all__ = ["is_time", "send"]

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
    options, environ = order.options, order.environ
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
    leaving = settings.leaving(environ, frozen.enseigne.courriel)
    copy: partial[Copy] = partial(to_list)
    if options.vers == "abonnes":
        copy = partial(personal, leaving)
    sender = settings.return_path(environ, next(iter(mails.values())).sender)
    pace = 60 / options.debit if options.debit else 0.0
    delivery = Delivery(server.connect, journal, sender, pace)
    try:
        tried = deliver(delivery, mails, roll, copy, again=options.renvoyer_incertains)
    except SendingError:
        say(outcome(journal, delivery.accepted)[0])
        raise
    said, whole = outcome(journal, delivery.accepted)
    say(said)
    # A sending that is finished stays so: those whom the server refused were told of then.
    return 0 if whole or not (tried or journal.entries("incertain")) else 1


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
