"""A mail brings a spreadsheet, a calendar or an export: what an import makes of it is deposited."""

import shutil
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP

import pytest
import yaml

import saisons
import tableurs
from arrivages import Happening, agenda, content, front
from plans import entry, write
from portail.cli import main
from tableurs import tables_read_once  # noqa: F401 (a fixture)

TYPES = {
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": ("application", "vnd.oasis.opendocument.spreadsheet"),
    "csv": ("text", "csv"),
    "ics": ("text", "calendar"),
    "json": ("application", "json"),
}
NIGHT = Happening("7", "La nuit des vents", date(2021, 10, 9), 18)
FILES = {
    **{f"automne.{form}": make(saisons.spreadsheet()) for form, make in tableurs.FORMATS.items()},
    "saison.ics": saisons.calendar(3),
    "agenda.json": agenda(NIGHT).encode(),
}
MADE = dict.fromkeys(FILES, 10) | {"saison.ics": 4, "agenda.json": 1}
GIVEN = ("--avec", "format=atelier")


@pytest.fixture
def site(tmp_path, monkeypatch):
    write(tmp_path, {"lieux/musee": entry("lieux", titre="Musée", commune="Amiens")})
    (tmp_path / "pelicanconf.py").write_text('PORTAIL_REGION = "Hauts-de-France"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def mail(*names, **files):
    """A mail as programs write it: a text and its HTML, a logo, then the files."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "Musée <musee@example.org>", "redaction@example.org"
    message["Subject"] = "Notre programme d’automne"
    message.set_content("Bonjour,\n\nVoici notre programme.\n\n-- \nLe musée\n")
    message.add_alternative("<p>Bonjour,</p><img src='cid:logo@x'>", subtype="html")
    message.add_attachment(b"\x89PNG logo", "image", "png", filename="logo.png", cid="<logo@x>")
    for name, data in ({name: FILES[name] for name in names} | files).items():
        kind, subtype = TYPES.get(name.rpartition(".")[2], ("application", "octet-stream"))
        message.add_attachment(data, kind, subtype, filename=name)
    return message.as_bytes()


def drop(site, data, *options, name="recu.eml"):
    (site / name).write_bytes(data)
    return main(["deposer", name, "--date", "2021-09-27", *options])


def events(site):
    names = [path.stem for path in sorted((site / "content/events").rglob("*.md"))]
    return {name: front(site, f"events/{name}", yaml.BaseLoader) for name in names}


def state(site):
    found = (site / "content").rglob("*.md")
    return {one.relative_to(site).as_posix(): one.read_bytes() for one in found}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_attachment_becomes_files(site, capsys, name):
    assert drop(site, mail(name), *GIVEN) == 0, capsys.readouterr().out
    assert len(events(site)) == MADE[name]
    assert f"{MADE[name]} nouveau" in capsys.readouterr().out
    assert main(["check", "--date", "2021-09-27"]) == 0
    capsys.readouterr()
    before = state(site)
    assert drop(site, mail(name), *GIVEN) == 0, "once more changes nothing"
    assert "inchangé" in capsys.readouterr().out
    assert state(site) == before


@pytest.mark.parametrize("name", FILES)
def test_the_file_alone_is_the_same(site, name):
    """As ``portail importer`` makes it."""
    assert drop(site, FILES[name], *GIVEN, name=name) == 0
    alone = state(site)
    shutil.rmtree(site / "content/events")
    assert main(["importer", name, "--date", "2021-09-27", *GIVEN]) == 0
    assert state(site) == alone


def test_a_faulty_cell_is_named_and_nothing_is_written(site, capsys):
    faulty = tableurs.xlsx(saisons.spreadsheet("03/04/21"))
    before = state(site)
    data = mail(**{"programme.xlsx": faulty, "nuit.md": entry("events", titre="Nuit").encode()})
    assert drop(site, data) == 1
    said = capsys.readouterr().out
    assert "programme.xlsx:7:4" in said and "Colonne « Date » (D)" in said
    assert "Rien n’a été déposé" in said
    assert state(site) == before


def test_a_mail_may_hold_several_kinds(site, capsys):
    text = entry("events", titre="Nuit de la fiche").encode()
    data = mail("automne.ods", "agenda.json", "saison.ics", **{"nuit.md": text})
    assert drop(site, data, *GIVEN) == 0, capsys.readouterr().out
    assert len(events(site)) == 10 + 1 + 4 + 1
    said = capsys.readouterr().out.split("\n")
    heads = [said.index(f"{name} :") for name in ("automne.ods", "agenda.json", "saison.ics")]
    folder = content(site, "events/la-nuit-des-vents").parent.relative_to(site).as_posix()
    assert said[heads[0] + 1].startswith(f"ligne 5 : {folder}/rendez-vous-fictif-1.md")
    assert said[heads[1] + 1].startswith(f"élément 1 : {folder}/la-nuit-des-vents.md")
    assert folder.startswith("content/events/courriel-"), "no name nor address"
    before = state(site)
    assert drop(site, mail("automne.ods", "agenda.json", "saison.ics")) == 0
    assert state(site) == before


def test_what_is_not_ready_is_a_draft(site, capsys):
    lost = agenda(NIGHT).replace("Amiens", "Ailleurs").replace("80000", "")
    assert drop(site, mail("saison.ics", **{"agenda.json": lost.encode()})) == 1
    assert "→ Complétez ces brouillons" in capsys.readouterr().out
    drafts = {name for name, it in events(site).items() if it.get("statut") == "brouillon"}
    assert drafts == {"la-nuit-des-vents"} and len(events(site)) == 5


def test_an_update_waits_until_it_is_asked_for(site, capsys):
    assert drop(site, mail("agenda.json"), *GIVEN) == 0
    later = agenda(NIGHT._replace(text="Le vent, la nuit."))
    changed = mail(**{"agenda.json": later.encode()})
    before = state(site)
    assert drop(site, changed, *GIVEN) == 0
    assert "portail deposer … --remplacer" in capsys.readouterr().out
    assert state(site) == before
    assert drop(site, changed, *GIVEN, "--remplacer") == 0
    assert events(site)["la-nuit-des-vents"]["resume"] == "Le vent, la nuit."


def test_an_invitation_is_there_twice_and_taken_once(site):
    """As calendars send it: in the words of the mail, then as a file."""
    message = EmailMessage(policy=SMTP)
    message.set_content("Invitation")
    message.add_alternative(FILES["saison.ics"].decode(), subtype="calendar")
    message.add_attachment(FILES["saison.ics"], "application", "ics", filename="invite.ics")
    assert drop(site, message.as_bytes(), *GIVEN) == 0
    assert len(events(site)) == 4


def test_unknown_columns_are_refused(site, capsys):
    before = state(site)
    assert drop(site, mail(**{"autre.csv": b"a;b\n1;2\n"})) == 2
    assert "« autre.csv » : aucune " in capsys.readouterr().err
    assert state(site) == before


def test_two_files_of_one_mail_that_say_the_same_are_one(site, capsys):
    assert drop(site, mail("automne.ods", "automne.csv"), *GIVEN) == 0
    assert "10 lus : 10 inchangés." in capsys.readouterr().out and len(events(site)) == 10


def test_a_table_that_a_text_names_is_its_data(site):
    text = entry("articles") + "\n[Les mesures](mesures.csv)\n"
    data = mail(**{"un.md": text.encode(), "mesures.csv": b"jour;vent\n1;12\n"})
    assert drop(site, data, "--genre", "article") == 0
    assert (site / "content/articles/un/mesures.csv").is_file()


def test_what_is_not_read_is_counted_and_a_meeting_is_no_content(site, capsys):
    data = mail("agenda.json", **{"plan.docx": b"PK\x03\x04", "smime.p7s": b"x"})
    assert drop(site, data, *GIVEN) == 0
    said = capsys.readouterr().out
    assert "Pièces jointes qui ne sont pas reprises\u00a0: 1 .docx." in said
    assert drop(site, mail(**{"reunion.ics": invitation(("METHOD", "REQUEST"))})) == 2


def invitation(*rows):
    """As calendars mail it: it calls itself nothing."""
    given = {"METHOD": "PUBLISH", "UID": "u1@musee", "SUMMARY": "La nuit des vents",
             "DTSTART": "20211009T180000", "DESCRIPTION": "Un texte.",
             "LOCATION": "Musée"} | dict(rows)  # fmt: skip
    lines = [f"{key}:{value}" for key, value in given.items()]
    text = ["BEGIN:VCALENDAR", lines[0], "BEGIN:VEVENT", *lines[1:], "END:VEVENT", "END:VCALENDAR"]
    return "\r\n".join([*text, ""]).encode()


def invited(sender, *rows):
    return mail(**{"invite.ics": invitation(*rows)}).replace(b"musee@ex", sender + b"@ex")


CANCELLED = ("STATUS", "CANCELLED")
LATER = ("DTSTART", "20211010T180000")


@pytest.mark.parametrize("changed", [CANCELLED, LATER, ("DESCRIPTION", "D’autres mots.")])
@pytest.mark.parametrize("first", ["musee", "file"])
def test_the_mail_of_somebody_else_changes_nothing(site, capsys, changed, first):
    """Even when updates are accepted; who the event is of is not forgotten for them."""
    if first == "musee":
        assert drop(site, invited(b"musee"), *GIVEN) == 0
    else:
        (site / "a.ics").write_bytes(invitation())
        assert main(["importer", "a.ics", "--date", "2021-09-27", *GIVEN]) == 0
    before = state(site)
    for more in ((), ("--remplacer",)):
        capsys.readouterr()
        drop(site, invited(b"other", changed), *GIVEN, *more)
        said = capsys.readouterr().out
        assert "Courriel de other@example.org." in said and "laissé, déjà là" in said
        assert ("demandé par other@example.org" in said) is (changed[0] != "DESCRIPTION"), said
        assert state(site) == before
    if first == "musee":
        assert drop(site, invited(b"MUSEE", changed), *GIVEN, "--remplacer") == 0
        assert state(site) != before


@pytest.mark.parametrize("changed", [CANCELLED, LATER])
def test_a_mail_that_sends_people_to_a_closed_door_is_to_be_verified(site, capsys, changed):
    assert drop(site, invited(b"musee"), *GIVEN) == 0
    before = state(site)
    for more in ((), ("--remplacer",)):
        assert drop(site, invited(b"musee", changed), *GIVEN, *more) == 0
        assert "vérifiez auprès de qui l’organise" in capsys.readouterr().out
        assert (state(site) == before) is not more
    text = content(site, "events/la-nuit-des-vents").read_bytes()
    words = text.replace(b"Un texte.", b"Des mots.")
    for data, doubtful in ((words, False), (words.replace(b"18:00", b"19:30"), True)):
        assert drop(site, mail(**{"la-nuit-des-vents.md": data}), "--remplacer") == 0
        assert ("vérifiez auprès" in capsys.readouterr().out) is doubtful


def test_tables_of_two_senders_are_two(site):
    """Each sends a « programme.csv » whose rows are numbered from 1."""

    def sent(word, sender):
        rows = [f"{n};{word} {n};Une phrase.;0{n}/12/2021;10h;visite;Musée" for n in range(1, 4)]
        table = "\n".join(["Identifiant;Titre;Résumé;Date;Heure;Format;Lieu", *rows, ""])
        return mail(**{"programme.csv": table.encode()}).replace(b"musee@", sender.encode() + b"@")

    for word, sender in (("Visite", "jean"), ("Atelier", "marie"), ("Visite", "jean")):
        assert drop(site, sent(word, sender), "--remplacer") == 0
        assert all("etat" not in one for one in events(site).values())
    assert len(events(site)) == 6


def test_a_table_of_a_stranger_is_a_stranger_s_whatever_its_columns(site):
    rows = ("Identifiant;Nom officiel;Adresse;Code Postal;Ville;URL",
            "M1;Musée inventé;2 place;80000;Amiens;https://ailleurs.test/b",
            "M2;Musée;1 place;80000;Amiens;https://ailleurs.test/a")  # fmt: skip
    before = (site / "content/lieux/musee.md").read_bytes()
    assert drop(site, mail(**{"l.csv": "\n".join(rows).encode()}), "--remplacer") in (0, 1)
    assert (site / "content/lieux/musee.md").read_bytes() == before
    for file in site.glob("content/lieux/courriel-*/*.md"):
        text = file.read_text("utf-8")
        assert "statut: brouillon" in text
        assert not any(word in text for word in ("Muséofile", "Musée de France", "verifie_le"))
