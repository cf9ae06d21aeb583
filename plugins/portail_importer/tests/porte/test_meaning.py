"""What a mail wants: each row of the table, as the seven programs write it."""

import re
from datetime import date
from email.message import EmailMessage
from html import escape

import pytest

from doses import rows_of
from plans import entry, write
from portail.cli.contents import settings_of
from portail_importer.porte.letters import Names, Reader, letter_of
from portail_importer.porte.orders import Order
from portail_importer.porte.outcome import DRAFT, Case, Desk, Handed, answer_to, outcome
from propositions import EVENT, letter, mail

CASES = rows_of("portail_importer/tests/porte/courriels.yml")
SETTINGS = """
PATH = "content"
SITEURL = "https://portail.example.org"
PORTAIL_NOM = "Portail d’exemple"
PORTAIL_REGION = "Hauts-de-France"
"""
READER = Reader("propositions@portail.example.org", "mx", {}, Names("a", "b"))


@pytest.fixture
def desk(tmp_path, monkeypatch):
    ball = entry("events", titre="Bal", debut="2026-12-12 14:00", fin="2026-12-12 16:00")
    write(tmp_path, {"lieux/musee": entry("lieux", titre="Musée"), "events/bal": ball})
    (tmp_path / "pelicanconf.py").write_text(SETTINGS, "utf-8")
    monkeypatch.chdir(tmp_path)
    content, config, _ = settings_of(None, "portail relever")
    return Desk(content, config, date(2026, 11, 27))


def forward(row):
    if "transmis" not in row:
        return ""
    return f"\n\n---------- Forwarded message ---------\nDe : Accueil <a@v.example>\nDate: jeu. 26 nov. 2026 à 11:40\nSubject: x\n\n\n{row['transmis']}\n"  # noqa: E501


def gmail(message, text):
    message.set_content(text, cte="quoted-printable")
    rows = "".join(f"<div>{escape(row) or '<br>'}</div>" for row in text.split("\n"))
    message.add_alternative(f'<div dir="ltr">{rows}</div>', subtype="html")


def outlook(message, text):
    rows = "".join(
        f"<p class=MsoNormal>{escape(row) or '&nbsp;'}<o:p></o:p></p>\r\n"
        for row in text.split("\n")
    )
    message.set_content(f"<html><body lang=FR>{rows}</body></html>", subtype="html", cte="base64")


def thunderbird(message, text):
    message.set_content(text, cte="8bit")
    message.set_param("format", "flowed")


def iphone(message, text):
    message.set_content(f"{text}\n\nEnvoyé de mon iPhone", charset="utf-8", cte="quoted-printable")


def orange(message, text):
    message.set_content(
        escape(text).replace("\n", "<br>\n"),
        subtype="html",
        charset="iso-8859-15",
        cte="quoted-printable",
    )


PROGRAMS = (gmail, outlook, thunderbird, iphone, orange)


def made(row, program):
    message = EmailMessage()
    message["From"] = "Lucie Modèle <lucie.modele@example.org>"
    message["To"] = "propositions@portail.example.org"
    message["Subject"] = row["sujet"]
    message["Message-ID"] = "<a@example.org>"
    text = f"{row['dit']}{forward(row)}"
    if program is orange:
        text = text.replace("’", "'").replace("–", "-").replace("—", "-").replace("·", "-")
    program(message, text)
    return message


def read(desk, data, before=(), proposal=None):
    letter = letter_of(data, READER)
    case = Case(data, letter, desk, branch=letter.conversation, proposal=proposal, before=before)
    return outcome(case), answer_to(case, "https://forge.example/1")


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_row(desk, program):
    for row in CASES["attendu"]:
        done, told = read(desk, made(row, program).as_bytes())
        if row.get("sort") == "rien":
            assert done == (), row
        elif "sort" in row:
            assert isinstance(done, Handed) and done.sort == row["sort"], (row, done)
        else:
            assert isinstance(done, Order) and done.sort == DRAFT, (row, done)
            texts = [data.decode() for path, data in done.files.items() if path.endswith(".md")]
            whole = "\n".join(texts)
            assert len(texts) == row.get("nombre", 1), (row, whole)
            days = re.findall(r"(?:debut|fin|du|au): (\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)", whole)
            assert days == [str(it)[:16] for it in row["jours"]], (row, whole)
            assert re.findall(r"commune: ([^(\n]+?) \(", whole) == [row["commune"]] * len(texts), (
                row,
                whole,
            )
            assert row.get("titre", "") in whole
            assert "statut: brouillon" in whole
            assert not re.search(r"cordialement|\bnous\b|lucie", whole, re.IGNORECASE), whole
            assert "La rédaction vous lit" in told[0]


def test_the_value_of_an_answer_is_read_in_its_sentence(desk):
    for row in CASES["reponses"]:
        text = letter(
            EVENT.format(fin="16:00")
            .replace("2021-10-09", "2026-12-12")
            .replace(row["juste"], row["faux"])
        )
        before = mail(text).as_bytes()
        done, told = read(desk, before)
        assert done.files and "Une chose à corriger" in told[0]
        for said in row["dits"]:
            done, _ = read(desk, mail(said, number=2, In_Reply_To="<x@y>").as_bytes(), [before])
            files = getattr(done, "files", {})
            assert bool(files) == bool(row["tient"]), said
            assert not files or str(row["tient"]) in next(iter(files.values())).decode(), said


def test_a_page_that_is_named_is_changed(desk):
    page = "https://portail.example.org/evenements/bal/"
    for said in CASES["ambigus"]:
        done, _ = read(desk, mail(said.replace("PAGE", page)).as_bytes())
        assert isinstance(done, Handed), said
    for row in CASES["pages"]:
        said = row["dit"].replace("PAGE", page)
        done, told = read(desk, mail(said).as_bytes())
        assert isinstance(done, Order) and done.sort, row
        assert told[1].replace("\u00a0", " ").startswith(row["carte"]), (row, told)
