"""Mails that propose an event, as people send them."""

import io
from email.message import EmailMessage

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


def event(fin="16:00"):
    return f"Bonjour,\n\n{EVENT.format(fin=fin)}\n-- \nCamille Exemple\ncamille@example.org\n"


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
