"""Our answers, in French: one text, and the same with links to press."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from typing import TypeAlias
from urllib.parse import quote

from portail.diagnostics import Diagnostic
from portail.text.normalise import one_line

# Signs of the words that an address carries, and faults that an answer tells.
CARRIED = 3_000
_MOST = 12
_LONGEST = 400
_URL = re.compile(r"https?://[^\s<>]+")
_SUBJECT = 150

REASONS = {
    "refus : hors sujet": "ce n’est pas de la culture scientifique, technique ou industrielle.",
    "refus : hors région": "cela ne se passe pas dans la région de ce portail.",
    "refus : déjà là": "le portail l’annonce déjà.",
    "refus : déjà passé": "c’est déjà passé.",
    "refus : incomplet": "il manque de quoi s’y rendre : un jour, un lieu, ou auprès de qui "
    "s’inscrire.",
    "refus : publicité": "c’est une annonce commerciale.",
}
"""What labels of a closed proposal say to who made it."""


Answer: TypeAlias = tuple[str, ...]
"""The paragraphs of an answer."""


def received(faults: Sequence[Diagnostic], link: str) -> Answer:
    """What is to be mended in a content."""
    things = "Une chose à corriger"
    how = "répondez à ce message par la bonne réponse, ou ouvrez ce lien"
    if len(faults) > 1:
        things = f"{len(faults)} choses à corriger"
        how = "ouvrez ce lien"
    rows = [_said(fault) for fault in faults[:_MOST]]
    more = len(faults) - _MOST
    listed = "\n".join([*(f"– {row}" for row in rows), *[f"– … et {more} de plus."] * (more > 0)])
    return (
        f"Reçu, merci. {things} :",
        listed,
        f"{how[0].upper()}{how[1:]} : le formulaire est rempli.\n{link}",
    )


def refused(reason: str, link: str) -> Answer:
    return (
        "Reçu, merci. Cela ne peut pas être repris tel quel :",
        one_line(reason)[:_LONGEST],
        f"Ouvrez ce lien, le formulaire est rempli de ce qui se lit dans votre message :\n{link}",
    )


def prose(link: str, notes: Sequence[str]) -> Answer:
    lines = "\n".join(f"– {one_line(note)[:_LONGEST]}" for note in notes[:_MOST])
    return (
        (
            "Reçu, merci. Votre message est déjà dans le formulaire : ouvrez ce lien, complétez, "
            f"envoyez.\n{link}"
        ),
        lines,
    )


def too_heavy(link: str) -> Answer:
    return (
        (
            "Votre message est arrivé, mais il est trop lourd pour être lu ici (40 Mo au plus) : "
            "une personne de la rédaction le regardera."
        ),
        f"Pour aller plus vite, le formulaire réduit les images :\n{link}",
    )


def ready(card: Iterable[str], url: str, delay: str, *, notes: Sequence[str]) -> Answer:
    return (
        "C’est prêt pour la relecture. Voici ce qui sera publié :",
        "\n".join(card),
        "\n".join(f"– {one_line(note)[:_LONGEST]}" for note in notes[:_MOST]),
        (
            f"Une personne relit sous {delay}, et vous recevrez sa réponse. La proposition, "
            f"publique, se suit ici :\n{url}"
        ),
        (
            "Pour changer quelque chose, répondez à ce message : vos mots seront joints à la "
            "proposition."
        ),
    )


def passed_on(url: str) -> Answer:
    return (
        f"Reçu, merci : votre message est joint à la proposition que la rédaction relit.\n{url}",
    )


def question(text: str, url: str) -> Answer:
    return (
        "La rédaction relit votre proposition, et vous pose une question :",
        text.strip(),
        (
            f"Répondez simplement à ce message : vos mots seront joints à la proposition, qui est "
            f"publique.\n{url}"
        ),
    )


def published(pages: Sequence[Sequence[str]]) -> Answer:
    """``pages``: lines of each page that is published."""
    return (
        "Publié, merci ! La page est en ligne d’ici une heure.",
        *("\n".join(page) for page in pages),
    )


def declined(reason: str) -> Answer:
    return (
        f"Votre proposition n’est pas retenue : {reason}",
        "Si c’est un malentendu, répondez à ce message.",
    )


def form_link(form: str, text: str) -> str:
    """The address of ``form`` that carries ``text`` where no server sees it.

    >>> form_link("https://p.example/contribuer/evenement/", "Atelier : le 3 mai")
    'https://p.example/contribuer/evenement/#coller=Atelier%20%3A%20le%203%20mai'
    """
    if text.strip():
        return f"{form}#coller={quote(text[:CARRIED], safe='')}"
    return form


def mail_of(
    answer: Answer,
    *,
    sender: str,
    name: str,
    to: str,
    subject: str,
    message_id: str,
    thread: Sequence[str],
    when: datetime,
) -> bytes:
    """The mail of an ``answer``; ``thread`` are the messages that it answers, oldest first."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = to
    if not subject.lower().startswith(("re:", "re :", "ré:")):
        subject = f"Re: {subject or 'votre message'}"
    message["Subject"] = subject[:_SUBJECT]
    message["Date"] = format_datetime(when)
    message["Message-ID"] = message_id
    if thread:
        message["In-Reply-To"] = thread[-1]
        message["References"] = " ".join(
            # Our own too: some servers give another name to what they send.
            dict.fromkeys([thread[0], *thread[-8:], message_id])
        )
    message["Auto-Submitted"] = "auto-replied"
    paragraphs = ["Bonjour,", *filter(None, answer), name]
    message.set_content("\n\n".join(paragraphs) + "\n", cte="quoted-printable")
    shown = "\n".join(f"<p>{_linked(paragraph)}</p>" for paragraph in paragraphs)
    message.add_alternative(f"{shown}\n", subtype="html", cte="quoted-printable")
    return message.as_bytes()


def _linked(text: str) -> str:
    # A paragraph in HTML; an address that carries a text is shown by what it leads to.
    pieces = []
    end = 0
    for match in _URL.finditer(text):
        url = escape(match[0])
        shown = "Ouvrir le formulaire rempli" if "#coller=" in url else url
        pieces += [escape(text[end : match.start()]), f'<a href="{url}">{shown}</a>']
        end = match.end()
    return "".join([*pieces, escape(text[end:])]).replace("\n", "<br>\n")


def _said(fault: Diagnostic) -> str:
    return one_line(f"{fault.message} {fault.hint}".strip())[:_LONGEST]
