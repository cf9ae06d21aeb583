"""Send an erratum that does not wait for the next letter: a short message to the same readers.

The build makes it from the letters that were sent (``outputs/newsletter/urgent.py``). Each edition
has a journal of its own for each state of its errata: the same changes are not told twice, on
whatever day the command is run again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from portail.files import digest_bytes
from portail.model.issue import Erratum, Issue
from portail.site.urls import LEAVE, urgent_of
from portail_envoi.journal import Journal, SendingError, Start
from portail_envoi.mails import Mail, read_mail
from portail_envoi.preparing import Order, build, hand_in, journal_path, say
from portail_envoi.report import counted
from portail_envoi.smtp import SmtpServer
from portail_envoi.subscribers import Roll


class Urgent(NamedTuple):
    """The erratum of one edition: its mail, what it tells."""

    mail: Mail
    issue: Issue


def send_errata(order: Order, roll: Roll, server: SmtpServer) -> int:
    """Send to everyone of ``roll`` what changed and was not told yet; returns the exit code.
    Raises ``PortailError``."""
    output = Path(order.options.sortie).resolve()
    if not order.options.deja_construit:
        build(order.place, output, order.environ)
    wanted = dict.fromkeys(one.edition for one in roll.subscribers)
    found = {code: one for code in wanted if (one := read_urgent(order, output, code))}
    if not found:
        say("Rien d’annoncé n’a changé avant la prochaine lettre : il n’y a pas d’erratum.")
        return 0
    codes = [_one(order, roll, server, code, one) for code, one in found.items()]
    return max(codes)


def read_urgent(order: Order, output: Path, code: str) -> Urgent | None:
    """What the build wrote for an edition; ``None`` when it has nothing to tell. Raises
    ``SendingError``."""
    folder = output / urgent_of(order.week.slug, code).strip("/")
    page = f"{order.place.config.siteurl}{LEAVE}"
    try:
        told = json.loads((folder / "selection.json").read_bytes())
        issue = Issue.model_validate(told["numero"])
        mail = read_mail((folder / "courriel.eml").read_bytes(), code, page)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, ValidationError) as error:
        raise SendingError(f"{folder} ne se lit pas : reconstruisez le site.") from error
    if (issue.edition, issue.jour) != (code, order.place.day):
        raise SendingError(f"{folder} n’est pas d’aujourd’hui : reconstruisez le site.")
    return Urgent(mail, issue)


def _one(order: Order, roll: Roll, server: SmtpServer, code: str, urgent: Urgent) -> int:
    """Send the erratum of one edition, and say what becomes of it."""
    marks = {_mark(one): one.ref for one in urgent.issue.errata}
    name = digest_bytes("\n".join(sorted(marks)).encode())[:12]
    path = journal_path(order, f"erratum-{code}-{name}")
    people = [one for one in roll.subscribers if one.edition == code]
    say(f"{code}, {counted(len(people), 'destinataire')} : {urgent.mail.subject}")
    for one in urgent.issue.errata:
        say(f"  {one.mot} : {one.titre}. {one.texte}")
    if not path.exists() and marks.keys() <= _told(path):
        say("  Tout cela est déjà dit : rien à envoyer.")
        return 0
    if order.options.simuler:
        say("  Simulation : rien n’est envoyé.")
        return 0
    with Journal(path) as journal:
        if journal.start and journal.start.way != order.options.vers:
            raise SendingError(
                f"Cet erratum est déjà parti par une autre voie ({journal.start.way})."
            )
        if journal.start is None:
            journal.begin(Start(order.options.vers, "", marks))
        return hand_in(order, roll, server, {code: urgent.mail}, journal)


def _mark(one: Erratum) -> str:
    """What an erratum tells, whatever the day on which it is said: not the days still announced,
    of which some may be over since."""
    said = one.texte.rpartition("Annoncé dans")[2]
    return digest_bytes(f"{one.ref}\n{one.mot}\n{said}".encode())[:16]


def _told(path: Path) -> set[str]:
    """What other errata of the same edition told."""
    stem = path.name.rpartition("-")[0]
    found: set[str] = set()
    for other in path.parent.glob(f"{stem}-*.jsonl") if path.parent.is_dir() else ():
        with Journal(other) as journal:
            found |= set(journal.start.digests) if journal.start else set()
    return found
