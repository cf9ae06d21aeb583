"""``portail newsletter envoyer``: freeze the issue, build the site, send the mail that it made.

Exit codes: 0 everything is sent (or was), 1 some recipients are refused, deferred or uncertain, 2
usage or environment.
"""

from __future__ import annotations

import argparse
import os
import smtplib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from secrets import token_hex
from time import sleep
from urllib.parse import quote

from portail.cli.arguments import Parser, choice
from portail.diagnostics import ConfigError
from portail.files import digest_bytes
from portail.terminal.text import counted, refusals
from portail.text.dates import jour
from portail_lettre.settings import REGION, letter_of
from portail_poste.settings import check_names, report_failure
from portail_poste.smtp import Lost, SendingError, SmtpServer, Stage, hand_in

from . import settings
from .journal import Journal
from .mails import Mail
from .preparing import Order, built, journal_path, mail_of, order_of, outside, prepared
from .subscribers import Subscriber, mailbox, read_roll

# Delivery of messages one by one over one connection: the journal, losses, second attempts.

# Seconds before each new attempt at a connection.
RECONNECTING = (1.0, 5.0, 20.0, 60.0)
# Seconds before those who were deferred are tried again (greylisting asks for minutes).
PATIENCE = (15.0, 60.0, 300.0)


class Delivery:
    """A sending, over one connection at a time; ``message`` makes that of a recipient when their
    turn comes."""

    def __init__(
        self,
        connect: Callable[[], smtplib.SMTP],
        journal: Journal,
        message: Callable[[Subscriber], tuple[str, bytes]],
    ) -> None:
        self._connect = connect
        self._journal = journal
        self._message = message
        self._smtp: smtplib.SMTP | None = None
        # Connections since the last message that was taken, and why the last was lost.
        self._tried = 0
        self._why = ""

    def run(self, people: Iterable[Subscriber], *, again: bool) -> None:
        """Serve whoever has not received their edition, the uncertain ones ``again`` if asked;
        those who were never tried come first.

        Raises ``SendingError`` when the server cannot be reached, or refuses the sender.
        """
        served: set[Stage | None] = {"envoye"} if again else {"envoye", "incertain"}
        stage = self._journal.stage
        waiting = [person for person in people if stage(person) not in served]
        waiting.sort(key=lambda person: stage(person) is not None)
        try:
            for wait in (0.0, *PATIENCE):
                if not waiting:
                    break
                sleep(wait)
                self._tried = 0
                waiting = self._round(waiting)
                self._leave()
        finally:
            self._leave()

    def _round(self, people: Sequence[Subscriber]) -> list[Subscriber]:
        # One attempt for each; those who are deferred.
        deferred = []
        for person in people:
            record = partial(self._journal.record, person)
            smtp = self._connected()
            sender, data = self._message(person)
            stage, reply = hand_in(
                smtp, sender, person.address, data=data, intend=partial(record, "intention")
            )
            record(stage, reply)
            if stage == "envoye":
                self._tried = 0
            elif stage == "differe":
                deferred.append(person)
            self._why = reply
        return deferred

    def _connected(self) -> smtplib.SMTP:
        # Wait before each connection, longer each time; a server that goes on is left.
        while self._smtp is None or self._smtp.sock is None:
            if self._tried > len(RECONNECTING):
                raise SendingError(
                    f"Le serveur de courriel ne répond pas, ou raccroche ({self._why}). Relancez "
                    "la même commande plus tard : elle reprend où elle s’est arrêtée."
                )
            if self._tried:
                sleep(RECONNECTING[self._tried - 1])
            self._tried += 1
            try:
                self._smtp = self._connect()
            except Lost as error:
                self._why = str(error)
        return self._smtp

    def _leave(self) -> None:
        if self._smtp is not None:
            with suppress(OSError):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None


say = partial(print, flush=True)


def send(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Do what the options ask; returns the exit code. Raises ``PortailError``."""
    order = order_of(options, environ)
    codes = _codes(order)
    if options.edition not in (None, *codes):
        raise ConfigError(f"Cette édition n’existe pas. Éditions : {', '.join(codes)}.")
    if options.essai and not options.simuler:
        return _try(order)
    if not options.vers:
        raise ConfigError("Dites par où : --vers liste, --vers abonnes ou --vers listmonk.")
    if order.week.thursday > order.day:
        raise ConfigError(
            f"Le numéro de {order.week.slug} part le {jour(order.week.thursday)} : --essai ADRESSE "
            "l’envoie à une seule adresse avant ce jour."
        )
    if options.vers == "listmonk":
        return _by_listmonk(order)
    return _by_mail(order)


def _codes(order: Order) -> list[str]:
    return [edition.code for edition in letter_of(order.config).editions]


def _by_mail(order: Order) -> int:
    only = order.options.edition
    people = [person for person in _people(order) if only in (None, person.edition)]
    if not people:
        raise ConfigError("Personne ne reçoit cette lettre : donnez une adresse au moins.")
    server = _server(order)
    path = journal_path(order)
    if order.options.simuler:
        say(f"Simulation : {order.week.slug}, par {server.host}:{server.port}. Rien n’est fait.")
        for code, number in Counter(person.edition for person in people).items():
            say(f"  {code} : {counted(number, ('destinataire', 'destinataires'))}")
        if order.options.vers == "liste":
            say(", ".join(person.address for person in people))
        return 0
    with Journal(path) as journal:
        _, mails = prepared(order, journal)
        people = [person for person in people if person.edition in mails]
        delivery = Delivery(server.connect, journal, lambda one: _message(order, mails, one))
        try:
            delivery.run(people, again=order.options.renvoyer_incertains)
        finally:
            text, whole = journal.outcome()
            say(text)
        return int(not whole)


def _server(order: Order) -> SmtpServer:
    return settings.smtp_server(order.environ, plain=order.options.sans_tls)


def _people(order: Order) -> tuple[Subscriber, ...]:
    # The readers that the file names, or the address of the list of each edition.
    codes = _codes(order)
    if order.options.vers == "liste":
        lists = settings.lists(order.environ, codes)
        if not all(map(mailbox, lists.values())):
            raise ConfigError("PORTAIL_ENVOI_LISTES : ce ne sont pas des adresses de courriel.")
        return tuple(Subscriber(mailbox(address), code) for code, address in lists.items())
    if not order.options.abonnes:
        raise ConfigError("Il manque le fichier d’abonnés : --abonnes FICHIER")
    path = outside(Path(order.options.abonnes), order, "Le fichier d’abonnés")
    with refusals(f"{path} ne se lit pas"):
        roll = read_roll(path.read_bytes(), codes)
    if roll.faults:
        rows = "".join(f"\n  {fault}" for fault in roll.faults)
        raise ConfigError(f"{path} est fautif, rien n’est envoyé.{rows}")
    return roll.subscribers


def _message(order: Order, mails: Mapping[str, Mail], person: Subscriber) -> tuple[str, bytes]:
    # Its sender, and the copy of a person: a list writes by itself how one leaves it.
    mail = mails[person.edition]
    if order.options.vers == "liste":
        return mail.sender, mail.copy(person.address, listed=False)
    leave = person.leave
    if not leave and order.config.courriel:
        subject = quote(f"desabonnement {person.edition} {person.address}", safe="")
        leave = f"mailto:{quote(order.config.courriel, safe='@')}?subject={subject}"
    mark = digest_bytes("\n".join(person.key).encode())[:12]
    return mail.sender, mail.copy(person.address, leave=leave, mark=mark)


def _by_listmonk(order: Order) -> int:
    editions = {edition.code: edition.liste for edition in letter_of(order.config).editions}
    editions |= settings.lists(order.environ, _codes(order))
    only = order.options.edition
    names = {code: name for code, name in editions.items() if name and only in (None, code)}
    if not names:
        raise ConfigError("Aucune édition n’a de liste : PORTAIL_LETTRE en donne l’UUID.")
    service = settings.listmonk(order.environ)
    path = journal_path(order)
    if order.options.simuler:
        say(f"Simulation : {order.week.slug}, par {service.url}. Rien n’est fait.")
        for code, name in names.items():
            say(f"  {code} : liste {name}")
        return 0
    with Journal(path) as journal:
        template, numbers = service.prepare(names)
        frozen, mails = prepared(order, journal)
        fine = True
        for code in filter(names.get, mails):
            journal.record(Subscriber("listmonk", code), "intention")
            text, done = service.campaign(
                frozen,
                mails[code],
                template=template,
                number=numbers[code],
                launch=order.options.lancer,
            )
            say(f"{code} : la campagne {text}")
            fine = fine and done
    return int(not fine)


def _try(order: Order) -> int:
    # One mail of today's contents; nothing is frozen, the journal is left alone.
    to = mailbox(order.options.essai)
    if not to:
        raise ConfigError("--essai : ce n’est pas une adresse de courriel.")
    server = _server(order)
    mail = mail_of(order, built(order), order.options.edition or REGION).tried()
    data = mail.copy(to, mark=token_hex(6))
    try:
        with closing(server.connect()) as smtp:
            stage, reply = hand_in(smtp, mail.sender, to, data=data, intend=lambda: None)
    except Lost as error:
        stage = "differe"
        reply = str(error)
    if stage != "envoye":
        raise SendingError(f"L’essai n’est pas parti : {reply}.")
    say(f"Essai remis au serveur pour {to} ({reply}).")
    return 0


def main(argv: Sequence[str]) -> int:
    """Run the command and return its exit code; no secret is in what it prints."""
    try:
        options = _parser().parse_args([*argv])
        check_names(os.environ, settings.PREFIX, settings.NAMES)
        return send(options, os.environ)
    except SystemExit as leaving:
        # argparse leaves this way: 0 after --help, 2 after a mistake that it has printed.
        if isinstance(leaving.code, int):
            return leaving.code
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrompu. La même commande reprend où celle-ci s’est arrêtée.\n")
        return 130
    except Exception as error:
        return report_failure(error, settings.SECRETS)


def _parser() -> Parser:
    parser = Parser("newsletter envoyer", "Envoie le numéro de la semaine, une seule fois.")
    parser.add("semaine", "SEMAINE", "2027-s39 ; celle du jour sinon", nargs="?")
    help_text = "liste (adresse d’une liste), abonnes (fichier) ou listmonk"
    parser.add("--vers", "VOIE", help_text, type=choice(("liste", "abonnes", "listmonk")))
    parser.add("--abonnes", "FICHIER", "fichier d’abonnés, hors du dépôt")
    parser.add("--edition", "CODE", "une seule édition")
    parser.flag("--deja-construit", "ne reconstruit pas le site")
    parser.add("--essai", "ADRESSE", "un seul message, « [Essai] », à cette adresse")
    parser.flag("--simuler", "dit ce qui serait fait, sans rien ouvrir")
    parser.flag("--lancer", "Listmonk : lance la campagne créée")
    parser.flag("--premier-envoi", "ce numéro, figé ailleurs, n’a encore été envoyé à personne")
    parser.flag("--renvoyer-incertains", "renvoie à ceux qui l’ont peut-être déjà reçu")
    help_text = "attend que le site montre le numéro, au plus N minutes"
    parser.add("--attendre", "N", help_text, type=int, default=0)
    parser.flag("--sans-tls", "vers cette machine seulement")
    return parser
