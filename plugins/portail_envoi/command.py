"""``portail newsletter envoyer``: freeze the issue, build the site, send the mail that it made.

Exit codes: 0 everything is sent (or was), 1 some recipients are refused, deferred or uncertain, 2
usage or environment.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from portail.agenda.weeks import Week
from portail.cli import CRASH, CRASHED
from portail.cli.arguments import Parser, choice
from portail.clock import portal_zone
from portail.diagnostics import ConfigError
from portail.features.channels.lettre.addresses import LEAVE, urgent_of
from portail.features.channels.lettre.command import asked_week
from portail.features.channels.lettre.issue import Erratum, Issue
from portail.features.channels.lettre.settings import REGION, letter_of
from portail.files import digest_bytes
from portail.terminal.text import error_sentence
from portail.text.typography import EXEMPLE

from . import preparing, settings
from .campaigns import by_service
from .delivery import list_roll, read_subscribers
from .journal import Journal, SendingError, Start, counted, listing, outcome, scrubbed
from .mails import Copy, Mail, read_mail
from .preparing import SERVICES, Order, built, hand_in, journal_path, print_now
from .smtp import Deferred, Lost, Refused, SenderRefused, SmtpServer, Uncertain
from .subscribers import AddressFault, Roll, mailbox

# The order of a sending: what is checked before anything is frozen, what is frozen before
# anything is sent.


def send(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Do what the options ask; returns the exit code. Raises ``PortailError``."""
    place = preparing.portal(Path.cwd(), environ)
    if options.si_jeudi and not is_time(datetime.now(portal_zone())):
        print_now("Ce n’est pas l’heure : la lettre part le jeudi, dès 8 h, à l’heure du portail.")
        return 0
    codes = [edition.code for edition in letter_of(place.config).editions]
    if options.edition and options.edition not in codes:
        raise ConfigError(
            f"L’édition « {options.edition} » n’existe pas. Éditions : {', '.join(codes)}."
        )
    if not options.essai and not options.vers:
        raise ConfigError(
            "Dites par où : --vers liste, --vers abonnes, --vers listmonk ou --vers brevo."
        )
    week = asked_week(options.semaine) if options.semaine else Week.of(place.day)
    order = Order(options, place, week, environ)
    if options.essai:
        return _send_trial(order)
    if options.erratum:
        return _send_errata(order, codes)
    preparing.check_thursday(week, place.day)
    return by_service(order, codes) if options.vers in SERVICES else _send(order, codes)


def is_time(now: datetime) -> bool:
    """Whether it is Thursday from 8 o'clock: a job that starts late still sends."""
    return now.isoweekday() == 4 and now.hour >= 8


def _roll(order: Order, codes: Collection[str]) -> Roll:
    options = order.options
    environ = order.environ
    if options.vers == "liste":
        roll = list_roll(settings.lists(environ, codes))
    else:
        file = options.abonnes or environ.get("PORTAIL_ENVOI_ABONNES", "")
        if not file:
            raise ConfigError("Il manque le fichier d’abonnés : --abonnes FICHIER")
        path = preparing.outside(Path(file).expanduser(), order.place, "Le fichier d’abonnés")
        roll = read_subscribers(path, codes)
    if not options.edition:
        return roll
    if not (readers := roll.of(options.edition)):
        raise ConfigError(f"Personne ne reçoit l’édition « {options.edition} ».")
    return roll._replace(subscribers=readers)


def _simulate(order: Order, roll: Roll, server: SmtpServer, path: Path) -> int:
    options = order.options
    week = order.week
    frozen = order.place.frozen_file(week).is_file()
    way = "aux listes" if options.vers == "liste" else "aux abonnés"
    rows = [
        f"Simulation : {week.slug}, {way}, par {server.host}:{server.port}. Rien n’est fait.",
        "Le numéro est figé." if frozen else "Le numéro serait figé, puis le site construit.",
    ]
    if frozen and not path.exists() and not options.premier_envoi:
        rows.append("Rien ne dit ici s’il a déjà été envoyé : il faudrait --premier-envoi.")
    for code in roll.editions():
        people = roll.of(code)
        rows.append(f"  {code} : {counted(len(people), 'destinataire')}")
        if options.vers == "liste":
            rows += [f"    {person.mailbox}" for person in people]
    print_now("\n".join(rows))
    if roll.doubles:
        print_now(listing("Lignes en double, servies une fois :", roll.doubles))
    if path.exists():
        with Journal(path) as journal:
            print_now(outcome(journal, 0)[0])
    return 0


def _send(order: Order, codes: Collection[str]) -> int:
    roll = _roll(order, codes)
    server = order.server()
    path = preparing.journal_path(order)
    if order.options.simuler:
        return _simulate(order, roll, server, path)
    with Journal(path) as journal:
        preparing.guard(order, journal)
        _, mails = preparing.prepared(order, roll.editions(), journal)
        if roll.doubles:
            print_now(listing("Lignes en double, servies une fois :", roll.doubles))
        for code in sorted(set(roll.editions()) - mails.keys()):
            print_now(
                f"L’édition « {code} » n’a rien à dire cette semaine : personne ne la reçoit."
            )
        return preparing.hand_in(order, roll, server, mails, journal) if mails else 0


def _send_trial(order: Order) -> int:
    options = order.options
    try:
        to = mailbox(options.essai)
    except AddressFault as fault:
        raise ConfigError(f"--essai : l’adresse ne convient pas, {fault}.") from None
    server = order.server()
    if options.simuler:
        print_now(f"Simulation : un essai de {order.week.slug} à {to}. Rien n’est fait.")
        return 0
    mail = _tried(order, options.edition or REGION)
    sender = settings.return_path(order.environ, mail.sender)
    data = mail.copy(Copy(to, left_at=datetime.now(portal_zone())))
    try:
        with closing(server.connect()) as connection:
            reply = connection.deliver(sender, to, data, lambda: None)
    except (Deferred, Lost, Refused, SenderRefused, Uncertain) as error:
        raise SendingError(f"L’essai n’est pas parti : {error}.") from None
    print_now(f"Essai remis au serveur pour {to} ({reply}).")
    return 0


def _tried(order: Order, code: str) -> Mail:
    today = Week.of(order.place.day)
    if order.week > today.next:
        raise ConfigError(
            f"La lettre de {order.week.slug} est trop loin : la dernière qui s’essaie est celle de "
            f"{today.next.slug}."
        )
    with TemporaryDirectory() as folder:
        output = built(order, Path(folder, "site") if order.week > today else None)
        mail = _trial_mail(order, output, code)
    examples = EXEMPLE in mail.text.replace("\u00a0", " ")
    if examples:
        print_now("Les exemples de cette lettre n’iront à personne : l’envoi se fait sans eux.")
    return mail.tried(examples=examples)


def _trial_mail(order: Order, output: Path, code: str) -> Mail:
    if not order.options.erratum:
        page = f"{order.place.config.siteurl}{LEAVE}"
        return preparing.mail_of(output, order.week.slug, code, page)
    urgent = read_urgent(order, output, code)
    if urgent is None:
        raise ConfigError(f"L’édition « {code} » n’a pas d’erratum à essayer.")
    return urgent[0]


def main(argv: Sequence[str]) -> int:
    """Run the command and return its exit code; no secret is in what it prints."""
    hidden: tuple[SecretStr, ...] = ()
    try:
        options = _parser().parse_args([*argv])
        hidden = settings.secrets(os.environ)
        settings.check_names(os.environ)
        return send(options, os.environ)
    except SystemExit as leaving:
        # argparse leaves this way: 0 after --help, 2 after a mistake that it has printed.
        return leaving.code if isinstance(leaving.code, int) else 2
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrompu. La même commande reprend où celle-ci s’est arrêtée.\n")
        return 130
    except Exception as error:
        sentence = error_sentence(error)
        # A fault of ours: printed whole, but for what a library may have quoted.
        with suppress(ConfigError):
            hidden = hidden or settings.secrets(os.environ)
        text = f"{sentence}\n" if sentence else f"{traceback.format_exc()}{CRASHED}"
        sys.stderr.write(scrubbed(text, hidden))
        return 2 if sentence else CRASH


def _parser() -> Parser:
    parser = Parser("newsletter envoyer", "Envoie le numéro de la semaine, une seule fois.")
    parser.add("semaine", "SEMAINE", "2027-s39 ; celle du jour sinon", nargs="?")
    help_text = "liste (adresse d’une liste), abonnes (fichier), listmonk ou brevo"
    parser.add("--vers", "VOIE", help_text, type=choice(("liste", "abonnes", *SERVICES)))
    parser.add("--abonnes", "FICHIER", "fichier d’abonnés, hors du dépôt")
    parser.add("--edition", "CODE", "une seule édition")
    help_text = "ce qui a changé depuis la lettre et n’attend pas la prochaine, aux mêmes lecteurs"
    parser.flag("--erratum", help_text)
    parser.add("--sortie", "DOSSIER", "dossier du site construit", default="output")
    parser.flag("--deja-construit", "ne reconstruit pas le site")
    parser.add("--essai", "ADRESSE", "un seul message, « [Essai] », à cette adresse")
    parser.flag("--simuler", "dit ce qui serait fait, sans rien ouvrir")
    parser.flag("--lancer", "Listmonk, Brevo : lance la campagne créée")
    parser.flag("--premier-envoi", "ce numéro, figé ailleurs, n’a encore été envoyé à personne")
    parser.flag("--renvoyer-incertains", "renvoie à ceux qui l’ont peut-être déjà reçu")
    help_text = "n’envoie que le jeudi, dès 8 h à l’heure du portail, et une seule fois"
    parser.flag("--si-jeudi", help_text)
    help_text = "attend que le site montre le numéro, au plus N minutes"
    parser.add("--attendre", "N", help_text, type=_count, default=0)
    parser.add("--debit", "N", "messages par minute (300)", type=_count, default=300)
    parser.add("--delai", "N", "secondes par réponse (60)", type=_count, default=60)
    parser.flag("--sans-tls", "vers cette machine seulement")
    return parser


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 7:
        return int(text)
    raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre entier")


# An erratum that does not wait for the next letter, as the build makes it. Each edition has a
# journal for each state of its errata: the same changes are not sent twice.


def _send_errata(order: Order, codes: Collection[str]) -> int:
    if order.options.vers in SERVICES:
        raise ConfigError("Un erratum part vers une liste ou vers les abonnés d’un fichier.")
    today = Week.of(order.place.day)
    if order.week != today:
        raise ConfigError(f"Un erratum dit ce qui est faux aujourd’hui, en {today.slug}.")
    roll = _roll(order, codes)
    server = order.server()
    output = built(order)
    urgents = {code: read_urgent(order, output, code) for code in roll.editions()}
    if not any(urgents.values()):
        print_now("Rien d’annoncé n’a changé avant la prochaine lettre : il n’y a pas d’erratum.")
        return 0
    every = [(code, *urgent) for code, urgent in urgents.items() if urgent]
    return max([_send_edition(order, roll, server, *urgent) for urgent in every])


def read_urgent(order: Order, output: Path, code: str) -> tuple[Mail, Issue] | None:
    """The erratum of an edition, ``None`` without any. Raises ``SendingError``."""
    folder = output / urgent_of(order.week.slug, code).strip("/")
    page = f"{order.place.config.siteurl}{LEAVE}"
    try:
        selection = json.loads((folder / "selection.json").read_bytes())
        issue = Issue.model_validate(selection["numero"])
        mail = read_mail((folder / "courriel.eml").read_bytes(), code, page)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError) as error:
        raise SendingError(f"{folder} ne se lit pas : reconstruisez le site.") from error
    if (issue.edition, issue.jour) != (code, order.place.day):
        raise SendingError(f"{folder} n’est pas d’aujourd’hui : reconstruisez le site.")
    return mail, issue


def _send_edition(
    order: Order, roll: Roll, server: SmtpServer, code: str, mail: Mail, issue: Issue
) -> int:
    marks = {_mark(erratum): erratum.ref for erratum in issue.errata}
    name = digest_bytes("\n".join(sorted(marks)).encode())[:12]
    path = journal_path(order, f"erratum-{code}-{name}")
    print_now(f"{code}, {counted(len(roll.of(code)), 'destinataire')} : {mail.subject}")
    for erratum in issue.errata:
        print_now(f"  {erratum.mot} : {erratum.titre}. {erratum.texte}")
    if not path.exists() and marks.keys() <= _announced(path):
        print_now("  Tout cela est déjà dit : rien à envoyer.")
        return 0
    if order.options.simuler:
        print_now("  Simulation : rien n’est envoyé.")
        return 0
    with Journal(path) as journal:
        if journal.start and journal.start.way != order.options.vers:
            raise SendingError(
                f"Cet erratum est déjà parti par une autre voie ({journal.start.way})."
            )
        if journal.start is None:
            journal.begin(Start(order.options.vers, "", marks))
        return hand_in(order, roll, server, {code: mail}, journal)


def _mark(erratum: Erratum) -> str:
    # A digest that is the same every day: without the days still announced, some of which pass.
    text = erratum.texte.rpartition("Annoncé dans")[2]
    return digest_bytes(f"{erratum.ref}\n{erratum.mot}\n{text}".encode())[:16]


def _announced(path: Path) -> set[str]:
    marks: set[str] = set()
    for sibling in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.jsonl"):
        with Journal(sibling) as journal:
            marks |= set(journal.start.digests) if journal.start else set()
    return marks
