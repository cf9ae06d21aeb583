"""A counter beside the host: what the form sends becomes a mail of the box, and a number. It keeps
nothing. WSGI: ``gunicorn portail_importer.porte.guichet:application``, behind a server that counts
callers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Any

from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import decode

from portail.clock import portal_zone
from portail.diagnostics import PortailError
from portail.files import digest_bytes, unsafe_reason
from portail.source.medias import PICTURES
from portail.source.signatures import FORMATS, format_of
from portail.text.mail import mailboxes
from portail.text.normalise import one_line

from . import settings
from .box import Box

_MOST = 12_000_000
_SUBJECT = 200


class Sending(Struct, frozen=True):
    """What the form sends: who is answered, a subject, the words of a mail, a picture."""

    courriel: str
    sujet: str
    texte: str
    nom: str = ""
    image: bytes = b""


def application(request: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Take a POST of JSON: 201 and a number; 400, 403, 405, 413, or 503 when the box is shut."""
    code, said = _answer(request)
    start(code, [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")])
    return [said.encode()]


def _answer(request: dict[str, Any]) -> tuple[str, str]:
    if request["REQUEST_METHOD"] != "POST":
        return "405 Method Not Allowed", "Le formulaire envoie ici ce qu’il propose."
    if request.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
        return "403 Forbidden", "Le formulaire de ce portail seul envoie ici."
    length = request.get("CONTENT_LENGTH") or ""
    if not length.isdecimal() or int(length) > _MOST:
        return "413 Content Too Large", "L’envoi pèse plus de 12 Mo."
    try:
        sending = decode(request["wsgi.input"].read(int(length)), type=Sending)
    except (DecodeError, ValidationError, UnicodeError):
        return "400 Bad Request", "Cet envoi n’est pas celui du formulaire."
    make = format_of(sending.image) or ""
    suffixes = [end for end in PICTURES if FORMATS[end] == make]
    fits = not sending.image or (suffixes and not unsafe_reason(sending.nom))
    if mailboxes(sending.courriel) != (sending.courriel.lower(),) or not fits:
        return "400 Bad Request", "L’adresse ou l’image ne convient pas."
    try:
        message = _message(sending, settings.box_address(os.environ), make)
        # A box of this machine may be open without TLS.
        plain = os.environ.get("PORTAIL_PORTE_SANS_TLS") == "1"
        with closing(Box(settings.imap_server(os.environ, plain=plain))) as box:
            box.deliver(message.as_bytes())
    except (PortailError, OSError):
        return "503 Service Unavailable", "La boîte ne répond pas : réessayez, ou écrivez-nous."
    return "201 Created", digest_bytes(str(message["Message-ID"]).encode())[:6].upper()


def _message(sending: Sending, box: str, make: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = sending.courriel
    message["To"] = box
    message["Subject"] = one_line(sending.sujet)[:_SUBJECT]
    message["Date"] = format_datetime(datetime.now(portal_zone()))
    message["Message-ID"] = make_msgid(domain=box.rpartition("@")[2])
    message.set_content(sending.texte)
    if sending.image:
        message.add_attachment(
            sending.image, maintype="image", subtype=make.lower(), filename=sending.nom
        )
    return message
