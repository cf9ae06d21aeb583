"""Send an erratum that does not wait for the next letter: a short message to the same readers.

The build makes it from the letters that were sent (``outputs/newsletter/urgent.py``). Each edition
has a journal of its own for each state of its errata: the same changes are not sent twice, on
whatever day the command is run again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from portail.files import digest_bytes
from portail.model.issue import Erratum, Issue
from portail.site.urls import LEAVE, urgent_of
from portail_envoi.journal import Journal, SendingError, Start
from portail_envoi.mails import Mail, read_mail
from portail_envoi.preparing import Order, built, hand_in, journal_path, print_now
from portail_envoi.report import counted
from portail_envoi.smtp import SmtpServer
from portail_envoi.subscribers import Roll


class Urgent(NamedTuple):
    """The erratum of one edition."""

    mail: Mail
    issue: Issue


def send_errata(order: Order, roll: Roll, server: SmtpServer) -> int:
    """Send to everyone of ``roll`` the changes that were not announced yet; returns the exit code.
    Raises ``PortailError``."""
    output = built(order)
    read = {code: read_urgent(order, output, code) for code in roll.editions()}
    urgents = {code: urgent for code, urgent in read.items() if urgent}
    if not urgents:
        print_now("Rien d’annoncé n’a changé avant la prochaine lettre : il n’y a pas d’erratum.")
        return 0
    return max([_send(order, roll, server, code, urgent) for code, urgent in urgents.items()])


def read_urgent(order: Order, output: Path, code: str) -> Urgent | None:
    """The erratum of an edition as the build wrote it, ``None`` without any. Raises
    ``SendingError``."""
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
    return Urgent(mail, issue)


def _send(order: Order, roll: Roll, server: SmtpServer, code: str, urgent: Urgent) -> int:
    marks = {_mark(erratum): erratum.ref for erratum in urgent.issue.errata}
    name = digest_bytes("\n".join(sorted(marks)).encode())[:12]
    path = journal_path(order, f"erratum-{code}-{name}")
    print_now(f"{code}, {counted(len(roll.of(code)), 'destinataire')} : {urgent.mail.subject}")
    for erratum in urgent.issue.errata:
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
        return hand_in(order, roll, server, {code: urgent.mail}, journal)


def _mark(erratum: Erratum) -> str:
    """A digest that is the same every day: without the days still announced, some of which pass."""
    text = erratum.texte.rpartition("Annoncé dans")[2]
    return digest_bytes(f"{erratum.ref}\n{erratum.mot}\n{text}".encode())[:16]


def _announced(path: Path) -> set[str]:
    """Marks of the other errata of the same edition."""
    marks: set[str] = set()
    for other in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.jsonl"):
        with Journal(other) as journal:
            marks |= set(journal.start.digests) if journal.start else set()
    return marks
