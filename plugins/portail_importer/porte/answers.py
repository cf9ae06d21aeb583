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

from portail.codes import code_of
from portail.diagnostics import Diagnostic
from portail.resources import rows
from portail.text.normalise import one_line

# Signs of an address that carries words, of words to paste; faults that an answer tells.
CARRIED = 4_000
_PASTED = 20_000
_MOST = 12
_LONGEST = 400
_URL = re.compile(r"https?://[^\s<>]+")
_SUBJECT = 150
_BEFORE = re.compile(r"^(?:(?:re|ré|fwd?|tr|rv|fw|sv|aw)\s*:\s*)+", re.IGNORECASE)

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


URL = "@@proposition@@"
"""Stands in an answer for the address of the proposal, which is not made yet."""
_TOO_LONG = (
    "Votre texte est trop long pour un lien. Ouvrez le formulaire, et collez dans « Coller pour "
    "remplir » ce qui suit :\n{}"
)
# Words of those who keep the files, which say nothing to who writes a mail.
_INNER = re.compile(
    r"content/|\.md\b|[Cc]olonne|portail |[Cc]hamp|en-tête|[Ff]ichier|\b\w+: |« \w+ »"
)
_NO_PICTURE = "E415"
MISSING = "E201"


def for_person(fault: Diagnostic) -> str:
    """What is wrong, in words of who writes a mail."""
    if fault.code == _NO_PICTURE:
        return "L’image manque : joignez-la à votre réponse."
    if fault.code == MISSING:
        key = fault.paste.partition(":")[0]
        return str(rows("phrases").get(f"demande_{key}", f"Il manque : {key}."))
    row = code_of(fault.code)
    own = [*row.person] if row and not any("{" in text for text in row.person) else []
    kept = [text for text in own or [fault.message, fault.hint] if not _INNER.search(text)]
    return one_line(" ".join(kept) or fault.message.split(":")[0])[:_LONGEST]


def received(faults: Sequence[Diagnostic], form: Answer) -> Answer:
    """What is to be mended in a content, which is proposed."""
    how = "Répondez à ce message par la bonne réponse"
    how += ", ou corrigez dans le formulaire." if form else "."
    if form and len(faults) > 1:
        how = "Corrigez-les dans le formulaire."
    return (*faulty(faults), how, *form)


def faulty(faults: Sequence[Diagnostic]) -> Answer:
    things = "Une chose à corriger"
    if len(faults) > 1:
        things = f"{len(faults)} choses à corriger"
    lines = [f"– {for_person(fault)}" for fault in faults[:_MOST]]
    more = len(faults) - _MOST
    return (
        f"Reçu, merci. {things} :",
        "\n".join([*lines, *[f"– … et {more} de plus."] * (more > 0)]),
    )


def handed(delay: str) -> Answer:
    return (f"Reçu. Une personne de la rédaction a votre message, et vous répond sous {delay}.",)


def known() -> Answer:
    return ("Reçu, merci. Le portail dit déjà tout cela : rien n’est à changer.",)


def drafted(form: Answer) -> Answer:
    faster = " Pour aller plus vite :" * bool(form)
    return (f"Reçu. La rédaction vous lit.{faster}", *form)


def filled(form: str, text: str) -> Answer:
    """The address of ``form``, if there is one, that carries ``text``, where no server sees it;
    beside it, what is too long for an address."""
    if not form:
        return ()
    link = form_link(form, text)
    if link == form:
        return (f"Le formulaire :\n{form}",)
    if len(link) <= CARRIED:
        return (f"Le formulaire, rempli de ce qui s’y lit :\n{link}",)
    return (
        _TOO_LONG.format(form),
        text[:_PASTED] + "\n[…] La suite n’est pas dans ce message." * (len(text) > _PASTED),
    )


def bare_subject(subject: str) -> str:
    """A subject without what programs put before it.

    >>> bare_subject("Fwd: RE : Bal")
    'Bal'
    """
    return _BEFORE.sub("", subject).strip()


def too_heavy(link: str) -> Answer:
    return (
        (
            "Votre message est arrivé, mais il est trop lourd pour être lu ici (40 Mo au plus) : "
            "une personne de la rédaction le regardera."
        ),
        *((f"Pour aller plus vite, le formulaire réduit les images :\n{link}",) if link else ()),
    )


def ready(card: Iterable[str], delay: str, notes: Sequence[str]) -> Answer:
    return (
        "C’est prêt pour la relecture. Voici ce qui sera publié :",
        "\n".join(card),
        "\n".join(
            f"– {one_line(note)[:_LONGEST]}" for note in notes[:_MOST] if not _INNER.search(note)
        ),
        (
            f"Une personne relit sous {delay}, et vous recevrez sa réponse. La proposition, "
            f"publique, se suit ici :\n{URL}"
        ),
        ("Pour changer quelque chose, répondez à ce message."),
    )


def passed_on(url: str) -> Answer:
    return (f"Reçu, merci : la rédaction, qui relit cette proposition, a votre message.\n{url}",)


def question(text: str, url: str) -> Answer:
    return (
        "La rédaction relit votre proposition, et vous pose une question :",
        text.strip(),
        (f"Répondez simplement à ce message. La proposition, publique, se suit ici :\n{url}"),
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
        return f"{form}#coller={quote(text, safe='')}"
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
