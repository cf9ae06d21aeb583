"""Killed again and again, rounds answer each mail once."""

from collections import Counter
from email.message import EmailMessage
from html import escape

from boite import FOLDERS
from doses import dose
from propositions import letter

KILLED = """
import os, signal, socket, subprocess, sys
from datetime import timedelta
from portail_importer.porte import command, post
post.PATIENCE = timedelta(0)
left = [int(sys.argv.pop(1))]

def counted(act):
    def acts(*arguments, **options):
        left[0] -= 1
        if left[0] == 0 and after: act(*arguments, **options)
        if left[0] <= 0: os.kill(os.getpid(), signal.SIGKILL)
        return act(*arguments, **options)
    after = left[0] % 2
    return acts

socket.socket.sendall = counted(socket.socket.sendall)
subprocess.run = counted(subprocess.run)
sys.exit(command.main(sys.argv[1:]))
"""
"""A round that dies before, or just after, it says something for the Nth time to the box, the mail
server, the forge or git."""
KILLS = dose(4, 12)
TEXT = """\
---
titre: Atelier {number}
resume: Un atelier où l’on construit un robot, pour les élèves et leurs parents.
publie_le: 2021-09-20
debut: 2021-10-09 14:00
format: atelier
adresse: {{commune: Wizernes}}
---

Le matériel est prêté.
"""
PROSE = "Nous faisons un atelier n° {number} le 9 octobre à 14 h, à Wizernes."
ENCODINGS = (
    {"cte": "quoted-printable"}, {"cte": "base64"}, {"cte": "8bit"},
    {"cte": "quoted-printable", "charset": "cp1252"},
    {"cte": "8bit", "params": {"format": "flowed"}},
)  # fmt: skip


def _html(text):
    rows = (
        f"<div>{escape(row).replace('  ', '&nbsp; ') or '<br>'}</div>" for row in text.split("\n")
    )
    return f'<div dir="ltr">{"".join(rows)}</div>'


def _plain(message, text, how):
    message.set_content(text, **how)


def _hypertext(message, text, how):
    message.set_content(_html(text), subtype="html", **how)


def _both(message, text, how):
    message.set_content(text, **how)
    message.add_alternative(_html(text), subtype="html", cte="base64")


def _attached(message, text, how):
    message.set_content(PROSE.format(number=0), **how)
    if text.startswith("---"):
        message.add_attachment(text.encode(), maintype="text", subtype="markdown", filename="a.md")
    else:
        message.set_content(text, **how)


LAYOUTS = (_plain, _hypertext, _both, _attached)


def mails():
    """Those of twenty programs, two of each: a content, and words alone."""
    programs = [(layout, how) for layout in LAYOUTS for how in ENCODINGS][:: dose(4, 1)]
    for number, (layout, how) in enumerate(programs):
        for text in (TEXT, PROSE):
            message = EmailMessage()
            name = f"p{number}.{'a' if text is TEXT else 'b'}"
            message["From"] = f"Zoé Exemple <{name}@example.org>"
            message["Subject"] = "Un atelier"
            message["Message-ID"] = f"<{name}@example.org>"
            said = text.format(number=number)
            if text is TEXT and layout is not _attached:
                said = letter(said, f"Fichier : content/events/atelier-{number}.md")
            layout(message, said, how)
            yield message


def test_forty_mails_twelve_kills(door):
    sent = [*mails()]
    door.boite.put(*sent)
    for kill in range(KILLS):
        door.killed(KILLED, str(21 + dose(3, 13) * kill))
    for _ in range(3):
        door.run()
    assert door.waiting == []
    people = Counter(to for to, _ in door.answers)
    assert {*people.values()} == {1} and len(people) == len(sent)
    assert len(door.branches) == len(door.forge.pulls) == len(sent)
    assert len({answer["Message-ID"] for _, answer in door.answers}) == len(sent)
    before = [door.boite.flags(folder) for folder in FOLDERS]
    heads = door.history()
    door.run()
    assert [door.boite.flags(folder) for folder in FOLDERS] == before and heads == door.history()
    assert "\\Draft" not in str(before) and len(door.answers) == len(sent)
    assert "@example.org" not in heads.replace("x@example.org", "")
