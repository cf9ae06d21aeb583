"""What was received is placed, checked, or refused: then nothing at all is written."""

import stat
import zipfile
from email.message import EmailMessage

import pytest

from pictures import drawing, picture
from plans import entry, write
from portail.cli import main
from portail.files import atomic_write
from tableurs import archive as zipped

EVENT = entry("events", titre="La nuit : chouettes")
PHOTO = picture("JPEG", drawing(60, 40))
PICTURED = entry(
    "events", titre="Nuit", image={"fichier": "chouette.jpg", "alt": "Une chouette", "credit": "X"}
)


@pytest.fixture
def site(tmp_path, monkeypatch):
    root = tmp_path / "portail"
    write(root, {"lieux/musee": entry("lieux", titre="Musée")})
    (root / "recu").mkdir()
    monkeypatch.chdir(root)
    return root


def tree(site):
    found = (one for one in (site / "content").rglob("*") if one.is_file())
    return {one.relative_to(site).as_posix(): one.read_bytes() for one in found}


def received(site, name, data):
    path = site / "recu" / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def drop(*arguments):
    return main(["deposer", *arguments, "--date", "2021-09-27"])


def test_the_archive_of_the_form(site, capsys):
    folder = "content/events/nuit/"
    data = zipped({f"{folder}index.md": PICTURED, f"{folder}chouette.jpg": PHOTO})
    assert drop(received(site, "nuit.zip", data)) == 0
    found = tree(site)
    assert found[f"{folder}index.md"] == PICTURED.encode()
    assert found[f"{folder}chouette.jpg"] == PHOTO
    assert len(found) == 3
    assert f"{folder}index.md : déposé." in capsys.readouterr().out
    assert not list((site / ".cache").glob("depot-*"))
    assert main(["check", "--date", "2021-09-27"]) == 0


def test_what_an_import_said_of_a_file_is_not_published(site):
    contact = "« 06 12 34 56 78 » est un numéro de mobile."
    notes = f"# À compléter : {contact}\n# À compléter : Le champ « format » manque.\n"
    own = EVENT.replace("---\n", "---\n# Le mien.\n", 1)
    told = own.replace("---\n", f"---\n{notes}", 1)
    name = received(site, "nuit.md", f"{told}\n# À compléter : plus tard\n")
    assert drop(name) == 1, "the title of the body is a fault of its own"
    received(site, "nuit.md", told)
    assert drop(name) == 0
    assert tree(site)["content/events/nuit.md"].decode() == own
    assert drop(name) == 0, "placed already"


@pytest.mark.parametrize(
    ("name", "placed"),
    [
        ("nuit.md", "nuit"),
        ("nuit (1).md", "la-nuit-chouettes"),
        ("2021-10-09-nuit.md", "2021-10-09-nuit"),
    ],
)  # fmt: skip
def test_a_text_alone_is_named_and_its_kind_guessed(site, name, placed):
    assert drop(received(site, name, EVENT)) == 0
    assert tree(site)[f"content/events/{placed}.md"] == EVENT.encode()


def test_a_kind_that_is_not_told(site, capsys):
    file = received(site, "un.md", entry("communautes"))
    before = tree(site)
    assert drop(file) == 2
    said = capsys.readouterr().err
    assert "quel genre" in said and "--genre" in said
    assert tree(site) == before
    assert drop(file, "--genre", "communauté") == 0
    assert "content/communautes/un.md" in tree(site)


def test_two_versions_of_a_merge_are_told_before_the_kind(site, capsys):
    versions = "<<<<<<< HEAD\nUn.\n=======\nDeux.\n>>>>>>> chouette\n"
    file = received(site, "nuit.md", EVENT + versions)
    before = tree(site)
    assert drop(file) == 2
    line = EVENT.count("\n") + 1
    assert f"« nuit.md », ligne {line} : Deux versions se suivent ici" in capsys.readouterr().err
    assert drop(file, "--genre", "événement") == 1
    assert f"nuit.md:{line}:1 E143" in capsys.readouterr().out
    assert tree(site) == before


@pytest.mark.parametrize("more", ["", "pubics: [familles]\n"])
def test_the_kind_is_told_by_the_keys_whatever_their_values(site, capsys, more):
    wrong = EVENT.replace(
        'debut: "2021-10-09 14:00"', f'debut: "2021-02-30 14:00"\n{more}'.rstrip()
    )
    assert wrong != EVENT
    assert drop(received(site, "un.md", wrong)) == 1
    assert "E210" in capsys.readouterr().out


def mail(attached):
    message = EmailMessage()
    message["Subject"] = "Proposition"
    message.set_content("Bonjour,\n\nLe fichier est joint.\n")
    for name, data in attached.items():
        message.add_attachment(data, "application", "octet-stream", filename=name)
    return message.as_bytes()


def test_a_mail_and_what_it_has_attached(site):
    folder = "content/events/nuit"
    data = zipped({f"{folder}/index.md": PICTURED, f"{folder}/chouette.jpg": PHOTO})
    assert drop(received(site, "a.eml", mail({"nuit.zip": data}))) == 0
    assert f"{folder}/chouette.jpg" in tree(site)
    both = mail({"jour.md": PICTURED.encode(), "chouette.jpg": PHOTO})
    assert drop(received(site, "b.eml", both)) == 0
    assert {"content/events/jour/index.md", "content/events/jour/chouette.jpg"} <= tree(site).keys()


def test_nothing_is_replaced_unless_it_is_asked(site, capsys):
    write(site, {"events/2021-10-09-nuit": EVENT})
    new = received(site, "nuit.md", EVENT.replace("Une phrase.", "Une autre."))
    before = tree(site)
    assert drop(new) == 2
    assert "content/events/2021-10-09-nuit.md" in capsys.readouterr().err
    assert tree(site) == before
    assert drop(new, "--remplacer") == 0
    after = tree(site)
    assert after.keys() == before.keys()
    assert b"Une autre." in after["content/events/2021-10-09-nuit.md"]


def test_an_error_writes_nothing_at_all(site, capsys):
    good = received(site, "bon.md", EVENT)
    bad = received(site, "faux.md", entry("events", format="rien-de-tel", lieu="inconnu"))
    before = tree(site)
    assert drop(good, bad, "--genre", "event") == 1
    said = capsys.readouterr().out
    assert "E203" in said and "content/events/faux.md" in said
    assert tree(site) == before
    assert not list((site / ".cache").glob("depot-*"))


def test_a_picture_that_is_none_is_said_and_another_is_not_overwritten(site, capsys):
    data = zipped({"nuit/index.md": PICTURED, "nuit/chouette.jpg": b"%PDF-1.7"})
    assert drop(received(site, "nuit.zip", data)) == 1
    assert "E120" in capsys.readouterr().out
    write(site, {"events/nuit": PICTURED, "events/chouette.jpg": PHOTO})
    other = picture("JPEG", drawing(80, 50))
    data = zipped({"content/events/nuit.md": PICTURED, "content/events/chouette.jpg": other})
    assert drop(received(site, "nuit.zip", data), "--remplacer") == 2
    assert "une autre image" in capsys.readouterr().err
    assert tree(site)["content/events/chouette.jpg"] == PHOTO


def linked():
    info = zipfile.ZipInfo("content/events/nuit.md")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped({info: "/etc/passwd"})


HOSTILE = [
    ({"../../evil.md": EVENT}, "refusé"),
    ({"content/events/../../evil.md": EVENT}, "refusé"),
    ({"/etc/evil.md": EVENT}, "absolu"),
    ({"C:\\evil.md": EVENT}, "refusé"),
    ({"..\\..\\evil.md": EVENT}, "refusé"),
    ({"content/events/aux.md": EVENT}, "réservé"),
    (linked(), "lien"),
    ({"a/index.md": EVENT, "a/b.csv": b"0" * 30_000_000}, "trop lourd"),
    ({"a.md": b"a" * 2_000_000}, "trop lourd"),
    ({f"a/{rank}.md": EVENT for rank in range(201)}, "plus de 200"),
    ({"a.md": EVENT, "a.exe": b"MZ"}, "n’a pas sa place"),
    ({"a.md": EVENT, "a.svg": b"<svg/>"}, "n’a pas sa place"),
    ({"a.jpg": PHOTO}, "aucun texte"),
    ({"a/index.md": EVENT, "b/x.jpg": PHOTO}, "à quel texte"),
    ({"a/Nuit.md": EVENT, "a/nuit.md": EVENT}, "deux fois"),
    (zipped({"a.md": EVENT})[:-30], "abîmé"),
    (b"PK\x03\x04" + b"\0" * 50, "abîmé"),
    (zipped({"a.md": EVENT}) + zipped({"b.md": EVENT}), "un seul zip"),
    ({"content/pages/mentions-legales.md": EVENT}, "--genre"),
    ({"content/newsletters/2021-s40.md": EVENT}, "--genre"),
    ({"content/territoires/somme.md": EVENT}, "--genre"),
]
"""Files of an archive, or its bytes, and why it is refused."""


@pytest.mark.parametrize(("files", "reason"), HOSTILE)
def test_hostile_archives(site, capsys, files, reason):
    before = tree(site)
    data = files if isinstance(files, bytes) else zipped(files)
    assert drop(received(site, "recu.zip", data)) == 2
    assert reason in capsys.readouterr().err
    assert tree(site) == before
    assert not list(site.parent.rglob("evil*"))


def test_other_files(site, capsys):
    assert drop(received(site, "texte.docx", b"\xd0\xcf\x11\xe0")) == 2
    assert "ni un fichier .md" in capsys.readouterr().err
    assert drop(str(site / "absent.md")) == 2
    assert "absent.md" in capsys.readouterr().err
    assert drop(str(site)) == 2
    assert "fichier ordinaire" in capsys.readouterr().err
    assert drop(received(site, "rien.eml", b"Subject: x\n\nBonjour.\n")) == 2
    assert "pièce jointe" in capsys.readouterr().err


def test_what_a_mac_adds_is_left(site):
    data = zipped({"nuit.md": EVENT, "__MACOSX/._nuit.md": b"\0", ".DS_Store": b"\0"})
    assert drop(received(site, "nuit.zip", data)) == 0
    assert "content/events/nuit.md" in tree(site)


@pytest.mark.parametrize("before", [1, 2, 3])
def test_the_same_command_ends_a_deposit_that_was_killed(site, monkeypatch, before):
    """Killed before its n-th file, of two contents with a picture."""
    files = {
        f"content/events/{name}/{file}": data
        for name in ("nuit", "soir")
        for file, data in {"index.md": PICTURED, "chouette.jpg": PHOTO}.items()
    }
    archive, calls = received(site, "deux.zip", zipped(files)), []

    def killed(path, data, **how):
        calls.append(path)
        if len(calls) > before:
            raise KeyboardInterrupt
        atomic_write(path, data, **how)

    with monkeypatch.context() as patch:
        patch.setattr("portail.files.atomic_write", killed)
        assert drop(archive) == 130
    assert len(tree(site)) == before + 1
    assert drop(archive) == 0
    assert len(tree(site)) == len(files) + 1
