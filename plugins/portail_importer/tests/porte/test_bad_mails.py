"""What no round may take for a proposal, answer, or stop at."""

import io
import os
import subprocess
import sys
import zipfile

import pytest
import trustme
from PIL import Image, PngImagePlugin

from boite import PASSWORD, USER
from forge_runs import git
from portail.diagnostics import Refused
from portail_importer.porte.pictures import anew
from propositions import WITH_PICTURE, event, mail, photograph

PROGRAMS = """\
Auto-Submitted: auto-replied
Auto-Submitted: auto-generated
X-Autoreply: yes
Precedence: auto_reply
Return-Path: <>
Precedence: list
Precedence: bulk
List-Id: <x.example.org>
"""


def test_programs_are_never_answered(door):
    heads = [dict([line.split(": ")]) for line in PROGRAMS.splitlines()]
    absent = (
        "Absence du bureau : Re: x",
        "Réponse automatique : x",
        "Out of office",
        "Risposta automatica: x",
        "Respuesta automática: x",
        "Undeliverable: x",
    )
    put = [mail(event(), number=n, **one) for n, one in enumerate(heads)]
    put += [mail("Absente.", number=20 + n, subject=one) for n, one in enumerate(absent)]
    put.append(mail("x", number=40, sender=USER))
    put.append(mail(event(), number=41, sender="no-reply@example.org"))
    report = mail("x", number=42)
    report.make_mixed()
    report.replace_header("Content-Type", "multipart/report; report-type=delivery-status")
    door.receive(*put, report)
    door.run()
    assert door.answers == [] and door.waiting == []
    # What may not be answered may be proposed: of a list, thrice; of who reads no answer.
    assert len(door.branches) == 2 and len(door.boite.all("Traités")) == 17


def test_one_address_has_three_answers_an_hour_whatever_comes(door):
    forged = {"Authentication_Results": "mx.example.org; dmarc=fail header.from=example.org"}
    door.receive(
        *(mail("GAGNEZ le 3 mai.", number=n, subject="GAGNEZ", **forged) for n in range(9))
    )
    assert [to for to, _ in door.answers] == ["camille@example.org"] * 3
    assert "GAGNEZ" not in str([bytes(answer) for _, answer in door.answers])
    assert len(door.aside) == 9 and door.waiting == []


def test_spam_is_looked_at_and_files_that_nothing_reads_are_handed(door):
    spam = "Gagnez ! https://a.example https://b.example https://c.example"
    poster = mail("Voici notre affiche.", number=2)
    poster.add_attachment(
        b"%PDF-1.4", maintype="application", subtype="pdf", filename="affiche.pdf"
    )
    poster.add_attachment(b"\0" * 99, maintype="image", subtype="heic", filename="IMG_1.HEIC")
    poster.add_attachment(b"x", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    poster.add_attachment(b"x", maintype="image", subtype="png", filename="logo.png", cid="<l@x>")
    door.receive(mail(spam), poster, mail("", number=3))
    assert len(door.aside) == len(door.handed) == 3 and door.branches == []
    assert len(door.answers) == 2 and "Une personne de la rédaction" in door.said()


def test_folders_below_the_inbox_as_many_hosts_have_them(doors):
    door = doors(prefix="INBOX.")
    door.receive(mail(event()))
    assert len(door.branches) == len(door.answers) == 1
    assert door.waiting == [] and len(door.boite.all("Traités")) == 1


def test_the_same_message_twice_and_another_of_its_name(door):
    door.receive(mail(event()), mail(event()))
    door.receive(mail(event()), mail("Le 9 octobre : un mot de plus."))
    assert len(door.answers) == 2 and len(door.branches) == len(door.forge.pulls) == 1


def test_two_people_and_a_stranger_who_read_the_name_of_a_branch(door):
    door.receive(mail(event()))
    (first,) = door.branches
    before = git(door.depot, "rev-parse", first)
    ours = f"<{first.partition('/')[2]}.0123456789abcdef@portail.example.org>"
    told = {"In_Reply_To": ours, "References": f"<m1@example.org> {ours}"}
    door.receive(
        mail(event("17:00"), number=5, sender="collegue@example.org", **told),
        mail("Annulez tout.", number=6, sender="intrus@example.org", **told),
    )
    assert git(door.depot, "rev-parse", first) == before and len(door.branches) == 2
    assert [to for to, _ in door.answers[1:]] == ["intrus@example.org", "collegue@example.org"]
    assert not door.forge.pulls[0]["comments"]


@pytest.mark.parametrize("how", ["commit", "approved"])
def test_what_a_moderator_works_on_is_not_changed(door, how):
    door.receive(mail(event()))
    (branch,) = door.branches
    if how == "commit":
        here = door.folder / "relecture"
        git(door.folder, "clone", "-q", "-b", branch, str(door.depot), str(here))
        (here / "content/events/atelier-robots.md").write_text("relu", "utf-8")
        git(here, "commit", "-qam", "Relu")
        git(here, "push", "-q")
    else:
        door.forge.pulls[0]["approved"] = True
    before = git(door.depot, "rev-parse", branch)
    answer = door.answers[0][1]["Message-ID"]
    door.receive(mail(event("17:00"), number=2, In_Reply_To=answer))
    assert git(door.depot, "rev-parse", branch) == before
    (comment,) = door.forge.pulls[0]["comments"]
    assert "17:00" in comment["body"] and "a votre message" in door.said()


def test_who_changes_what_is_published_must_be_vouched_for(door):
    door.receive(mail(event()))
    door.forge.merge(40)
    door.run()
    count = len(door.answers)
    passed = "mx.example.org; dmarc=pass header.from=example.org"
    forged = ("evil.example; dmarc=pass header.from=example.org",
              "mx.example.org; dmarc=pass header.from=autre.example")  # fmt: skip
    for number, told in enumerate((passed, *forged), 2):
        text = event(f"1{number + 5}:00")
        door.receive(mail(text, number=number, Authentication_Results=told))
    titles = [pull["title"].partition(" :")[0] for pull in door.forge.pulls]
    assert titles == ["Courriel", "Courriel", "Non vérifié", "Non vérifié"]
    assert "Expéditeur non vérifié" in door.forge.pulls[-1]["body"]
    assert len(door.answers) == count + 2 and door.waiting == []
    assert "proposée par une autre adresse" not in str(door.forge.pulls)
    told = "mx.example.org; dmarc=pass header.from=autre.example"
    other = {"sender": "b@autre.example", "Authentication_Results": told}
    text = f"Fichier : content/events/atelier-robots.md\n\n{event('18:00')}"
    door.receive(mail(text, number=9, **other))
    assert "proposée par une autre adresse" in door.forge.pulls[-1]["body"]


def test_reasons_of_a_refusal(door):
    door.receive(*(mail(event(), number=n, sender=f"p{n}@example.org") for n in range(3)))
    for one in door.forge.pulls:
        one["state"] = "closed"
    door.forge.pull(40)["labels"] = ["refus : hors région"]
    door.forge.say(41, "Trop long.\nÀ la personne : nous l’avons déjà annoncé lundi.")
    door.run()
    said = sorted(door.said(rank).split("retenue : ")[1].split("\r\n")[0] for rank in (3, 4, 5))
    assert said == [
        "cela ne se passe pas dans la région de ce portail.",
        "la rédaction n’a pas dit pourquoi.",
        "nous l’avons déjà annoncé lundi.",
    ]


def zipped(files):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return kept.getvalue()


def attached(kind, name, *contents):
    message = mail("Voici.", number=2, sender="z@example.org")
    for content in contents:
        main, _, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return bytes(message)


TEXT = "---" + event().partition("---")[2].rpartition("--")[0]
LARGE = (b"a;b\n" + b"a;1\n" * 5_000_000)[:18_500_000]
ZIP = "application/zip"
ICS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
DTSTART:20211009T140000
SUMMARY:Bal
LOCATION:Wizernes
END:VEVENT
END:VCALENDAR
"""
ROWS = "".join(f"Bal {n};2021-10-09 14:00;Wizernes;atelier\n" for n in range(500))
TABLE = f"titre;debut;commune;format\n{ROWS}".encode()
LIE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\xff\xff\xff\0\xff\xff\xff\x08\x06\0\0\0"
PART = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
HEADS = b"""From: =?x?q?=ff?= <z@example.org>
Subject: =?utf-8?b?/////?=
Content-Type: text/plain; charset="x\0y"
Content-Transfer-Encoding: base64

%%%"""


def archives(count, tables, text):
    """A mail of several archives, each an event with its tables."""
    return attached(ZIP, "a.zip", *(
        zipped({f"e{k}/index.md": TEXT} | {f"e{k}/t{n}.csv": text for n in range(tables)})
        for k in range(count)
    ))  # fmt: skip


POISONS = {
    "many files": lambda: archives(3, 198, "a;b"),
    "a bomb": lambda: archives(4, 3, LARGE),
    "a long table": lambda: attached("text/csv", "a.csv", TABLE),
    "no description": lambda: attached("text/calendar", "a.ics", ICS.encode()),
    "a quoted end": lambda: bytes(mail("> " + TEXT.replace("\n", "\n> ") + "> ---", number=2)),
    "parts without end": lambda: PART % (0, 0) + b"--b0\r\n\r\na\r\n" * 6_000,
    "parts in parts": lambda: b"".join(PART % (n, n) for n in range(900)),
    "no heads": lambda: b"\r\n\xff\xfe\x00",
    "strange heads": lambda: HEADS,
    "a long name": lambda: attached("text/markdown", f"{'x' * 400}.md", TEXT.encode()),
    "a picture that lies": lambda: attached("image/png", "a.png", LIE),
    "yaml": lambda: bytes(mail("---\ntitre: &a [*a, *a]\nage: '#'\n---\n", number=2)),
}
"""What once stopped a round, or was like it."""


@pytest.mark.parametrize("kind", POISONS)
def test_after_a_poison_an_honest_one_passes(door, kind):
    door.boite.put(POISONS[kind](), mail(event(), number=9))
    for _ in range(2):
        door.run(code=None)
    assert "camille@example.org" in [to for to, _ in door.answers] and door.waiting == []
    assert len(door.forge.pulls) + len(door.aside) >= 2


def test_a_message_takes_no_more_than_its_room(door, tmp_path):
    door.boite.put(POISONS["a bomb"]())
    script = """
import resource, sys
from portail_importer.porte import command, rounds
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
command.main(sys.argv[1:])
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) // 1024)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, "--sans-tls"], cwd=door.portal, text=True,
        env=os.environ | door.environ(), capture_output=True, check=True,
    )  # fmt: skip
    assert int(done.stdout.split()[-1]) < 150, done.stdout


def test_two_rounds_at_once_answer_once(door):
    door.boite.put(*(mail(event(), number=n, sender=f"p{n}@example.org") for n in range(4)))
    script = (
        "import sys; from portail_importer.porte.command import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", script, "--sans-tls"]
    both = [
        subprocess.Popen(command, cwd=door.portal, env=os.environ | door.environ())
        for _ in range(2)
    ]
    assert [one.wait(120) for one in both] == [0, 0]
    assert len({to for to, _ in door.answers}) == len(door.answers) == len(door.forge.pulls) == 4


def test_a_heavy_message_and_a_hostile_one(door):
    heavy = mail("x", number=1)
    heavy.add_attachment(b"\0" * 45_000_000, maintype="application", subtype="octet-stream")
    head = b"From: z@example.org\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    endless = head + b"--x\r\n\r\na\r\n" * 6_000
    broken = b'From: =?utf-8?q?=ff?= <y@example.org>\r\nMessage-ID: <a"b@c>\r\n\r\nLe \xff mai.'
    injected = mail("Le 3 mai.", number=4, subject="x")
    injected.replace_header("Message-ID", "<a@b> Bcc: victime@example.org")
    door.receive(heavy, endless, broken, injected)
    assert "trop lourd" in door.said(0) and "Une personne" in door.said(1)
    assert {to for to, _ in door.answers} <= {
        "camille@example.org", "z@example.org", "y@example.org",
    }  # fmt: skip
    assert door.waiting == [] and len(door.aside) == 4


def test_no_picture_says_where_it_was_taken(door):
    text = event(**{"format: atelier": WITH_PICTURE})
    message = mail(text)
    photo = photograph()
    message.add_attachment(photo, maintype="image", subtype="jpeg", filename="robot.jpg")
    door.receive(message)
    (branch,) = door.branches
    (path,) = (row[2:] for row in door.branch(branch).split("\n") if row.endswith(".jpg"))
    assert "robot" not in path.rpartition("/")[2].removeprefix("atelier-robots-")
    assert path.rpartition("/")[2] in door.show(branch, "content/events/atelier-robots/index.md")


@pytest.mark.parametrize("make", ["JPEG", "PNG", "GIF", "WebP", "AVIF"])
def test_a_picture_is_its_points_and_colours(make):
    kept = io.BytesIO()
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "SECRET")
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "SECRET"
    exif.get_ifd(0x8825)[2] = (50.0, 42.0, 1.0)
    told = {"exif": exif, "comment": b"SECRET", "pnginfo": texts, "xmp": b"SECRET"}
    Image.effect_noise((120, 80), 40).convert("RGB").save(kept, make, **told)
    data, _ = anew(kept.getvalue() + b"ftypmp42SECRET", "x")
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size in ((80, 120), (120, 80)) and not picture.getexif()
    assert b"SECRET" in kept.getvalue() and b"SECRET" not in data
    with pytest.raises(Refused, match="x"):
        anew(data[:60], "x")


def test_what_fails_is_tried_again(doors):
    door = doors(room="40k")
    door.boite.put(mail(event()))
    door.forge.down = 503
    assert "503" in door.run(code=1)
    assert len(door.waiting) == 1 and door.answers == []
    door.forge.down = 0
    wrong = door.run(code=2, PORTAIL_PORTE_MOT_DE_PASSE="faux")
    assert "n’ouvre pas" in wrong
    assert "ne s’ouvre pas" in door.run(code=2, PORTAIL_PORTE_IMAP="localhost:1")
    door.run(code=1, PORTAIL_PORTE_SMTP="localhost:1")
    assert len(door.branches) == 1 and len(door.waiting) == 1
    filling = mail("x" * 38_200, number=9)
    door.boite.put(filling, folder="Traités")
    assert "refuse" in door.run(code=1) and door.answers == []
    with door.boite.opened() as imap:
        imap.select('"Trait&AOk-s"')
        imap.store("1", "+FLAGS", "\\Deleted")
        imap.expunge()
    door.run()
    assert len(door.answers) == 1 and door.waiting == [] and len(door.forge.pulls) == 1


def test_a_certificate_that_is_not_valid(doors, tmp_path):
    ca, other = trustme.CA(), trustme.CA()
    files = []
    one = ca.issue_cert("localhost")
    for name, pem in (("cert", one.cert_chain_pems[0]), ("key", one.private_key_pem)):
        pem.write_to_path(str(tmp_path / name))
        (tmp_path / name).chmod(0o644)
        files.append(str(tmp_path / name))
    door = doors(certificate=files)
    for who, told in ((other, "certificat n’est pas valable"), (ca, "SMTP")):
        who.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        where = {"PORTAIL_PORTE_IMAP": f"localhost:{door.boite.secure}"}
        said = door.run(
            "--etape", "lire", "--dossier", str(tmp_path / "x"), plain=False,
            code=2 if who is other else 0, SSL_CERT_FILE=str(tmp_path / "ca.pem"), **where,
        )  # fmt: skip
        assert told in said or who is ca


def test_an_answer_that_does_not_arrive_is_said(door):
    door.receive(mail(event()))
    report = bytes(mail("x", number=2, Return_Path="<>"))
    report += f"Message-ID: {door.answers[0][1]['Message-ID']}\n".encode()
    challenge = mail("Cliquez ici.", number=3, subject="MailInBlack", sender="robot@x.fr")
    door.receive(report, challenge)
    door.run()
    (comment,) = door.forge.pulls[0]["comments"]
    assert "ne parvient pas" in comment["body"] and "Message-ID" not in comment["body"]
    assert len(door.answers) == 1 and door.waiting == [] and len(door.aside) == 1


def test_a_quiet_round_asks_little(door):
    door.receive(*(mail(event(), number=n, sender=f"p{n}@x.fr") for n in range(3)))
    door.run()
    door.forge.calls.clear()
    door.run()
    assert len(door.forge.calls) <= 3 * 3
    door.forge.down, door.forge.said = 403, "API rate limit exceeded"
    assert "trop de demandes" in door.run(code=None)


def test_nobody_at_the_other_end_is_not_tried_again(door):
    door.office.refused = ("camille@example.org",)
    door.receive(mail("Un atelier le 3 mai."))
    door.run()
    assert door.answers == [] and door.waiting == [] and len(door.aside) == 1


def test_a_person_has_the_very_bytes_once(doors):
    door = doors()
    sent = mail("Gagnez ! https://a.x https://b.x https://c.x", subject="Bcc : été")
    door.receive(bytes(sent) + b"\xe9\r\n.\r\n")
    door.run()
    (handed,) = door.handed
    assert handed["Reply-To"] == "camille@example.org" and handed["Subject"].endswith(": Bcc : été")
    carried = next(part for part in handed.walk() if part.get_content_type() == "message/rfc822")
    assert carried.get_payload(0)["Message-ID"] == "<m1@example.org>"
    whole = next(data for to, data in door.office.received if to.startswith("redaction@"))
    assert door.aside[0].rstrip() in whole and len(door.aside) == 1 and door.waiting == []


@pytest.mark.long
def test_more_than_a_hundred_messages(door):
    door.receive(*(mail(f"Le {n} mai.", number=n, sender=f"p{n}@x.example") for n in range(120)))
    assert len({to for to, _ in door.answers}) == len(door.answers) == 120 and door.waiting == []


def test_no_secret_is_told(door):
    said = door.run(code=2, PORTAIL_PORTE_MOT_DE_PASS="x", SITEURL="https://x.example")
    assert "PORTAIL_PORTE_MOT_DE_PASSE" in said and PASSWORD not in said
