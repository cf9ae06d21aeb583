"""Mails that propose an event, as people send them."""

import io
from base64 import urlsafe_b64encode
from email.message import EmailMessage
from textwrap import wrap
from zlib import crc32

from PIL import Image

EVENT = """\
---
titre: Atelier robots
resume: On construit un robot, puis on le programme.
publie_le: 2021-09-20
debut: 2021-10-09 14:00
fin: 2021-10-09 {fin}
format: atelier
adresse: {{commune: Wizernes}}
---

Tout le matériel est prêté.
"""
WITH_PICTURE = "format: atelier\nimage: {fichier: robot.jpg, alt: Un robot à roues, credit: Zoé}"
"""In the place of ``format: atelier``."""


def carried(head, text):
    """The block of a text, as ``js/contribuer-sorties.js`` writes it."""
    signs = urlsafe_b64encode(f"{head}\n{text}".encode()).decode().rstrip("=")
    return "\n".join(
        ["[portail:", *wrap(signs, 60, break_on_hyphens=False), f":{crc32(signs.encode()):08x}]"]
    )


def letter(text, head="Fichier : content/events/atelier-robots.md"):
    """What the form writes around it, and what a mail program adds."""
    block = carried(head, text)
    end = "Me répondre à : a@example.org\n\n-- \nCamille Exemple\ncamille@example.org\n"
    return f"Bonjour,\n\nUne proposition.\n\n{block}\n\n{end}"


def event(fin="16:00", **changes):
    """The mail of an event; ``changes`` are texts in the place of others."""
    text = EVENT.format(fin=fin)
    for old, new in changes.items():
        text = text.replace(old, new)
    return letter(text)


def mail(text, *, sender="camille@example.org", number=1, subject="Proposition", **heads):
    message = EmailMessage()
    message["From"] = f"Camille Exemple <{sender}>"
    message["To"] = "propositions@portail.example.org"
    message["Subject"] = subject
    message["Message-ID"] = f"<m{number}@example.org>"
    for name, value in heads.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def photograph():
    """A picture that was taken lying, at a place that it tells."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (50.0, 42.0, 1.0)
    kept = io.BytesIO()
    Image.effect_noise((1200, 800), 40).convert("RGB").save(kept, "JPEG", exif=exif)
    return kept.getvalue()
