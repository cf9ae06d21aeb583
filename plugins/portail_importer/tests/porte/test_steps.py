"""Who reads the box does not write, who writes reads no word; what waits is on the desk."""

import io
import json
from base64 import b64encode
from email import message_from_bytes

import pytest

from checkout import ROOT
from doses import rows_of
from forge_runs import read
from plans import entry
from portail.diagnostics import DataError
from portail_importer.porte.guichet import application
from propositions import WITH_PICTURE, event, mail, photograph

BOX = ("IMAP", "SMTP", "UTILISATEUR", "MOT_DE_PASSE", "GARANT")


def without(*names):
    return {f"PORTAIL_PORTE_{name}": "" for name in names}


def test_three_steps_and_what_each_holds(door, tmp_path):
    folder = tmp_path / "recu"
    step = ("--dossier", str(folder), "--etape")
    door.boite.put(mail(event()), mail("Le 3 mai.", number=2))
    door.run(*step, "lire", **without("JETON"))
    assert len(door.answers) == 1 and door.branches == [] and len(door.waiting) == 1
    (order,) = folder.iterdir()
    text = order.read_text("utf-8")
    assert "camille" not in text.lower() and "propositions@" not in text
    long = ({"title": "x" * 300}, {"comment": "x" * 70_000})
    for rank, changed in enumerate((*rows_of("portail_importer/tests/porte/ordres.yml"), *long)):
        name = f"{rank:016x}"
        bad = json.loads(text) | {"message": name, "branch": f"courrier/{name}"} | changed
        (folder / f"{name}.json").write_text(json.dumps(bad), "utf-8")
    said = door.run(*step, "proposer", code=1, **without(*BOX))
    assert said.count("n’est pas ce que la relève écrit") == rank + 1
    assert len(door.branches) == len(door.forge.pulls) == 1 and len(door.answers) == 1
    door.run(*step, "repondre", **without("JETON"))
    assert len(door.answers) == 2 and "prêt" in door.said() and door.waiting == []


def test_what_waits_is_on_the_desk(door, tree):
    door.receive(mail(event()), mail(event(), number=2, sender="b@example.org"))
    door.receive(mail("Gagnez ! https://a.x https://b.x https://c.x", number=3))
    door.forge.say(40, "À la personne : est-ce gratuit ?")
    door.run()
    assert [one["Subject"].partition("\u00a0:")[0] for one in door.handed] == [
        "2 en attente",
        "Publicité sans doute",
    ]
    left = (door.portal / "courrier.json").read_bytes()
    assert b"@" not in left

    def section():
        view = tree.view("/redaction/", {"lieux/a": entry("lieux")}, preview=True)
        return next((each for each in view.sections if each.ancre == "Courrier"), None)

    assert section() is None
    (tree.root / "courrier.json").write_bytes(left)
    (table,) = section().tables
    rows = [
        [row.nom.texte, row.nom.url, *(cell[0].texte for cell in row.cellules)]
        for row in table.lignes
    ]
    about = ["9\u00a0octobre 2021", "Wizernes", "Courriel"]
    since, page = "27\u00a0septembre 2021", "https://forge.example.org/o/r/4"
    assert rows[:2] == [
        ["Atelier robots", f"{page}0", *about, "la personne doit répondre", since],
        ["Atelier robots", f"{page}1", *about, "", since],
    ]
    assert [row[1] for row in rows[2:]] == [""]
    (tree.root / "courrier.json").write_text('[{"url": "javascript:x"}]', "utf-8")
    with pytest.raises(DataError, match="n’est pas ce que"):
        section()


@pytest.mark.parametrize("forge", ["github", "forgejo"])
def test_no_step_of_a_job_has_the_box_and_a_token_that_writes(forge):
    folder = ROOT / f"modele/{forge}/_{forge}/workflows/courrier.yml"
    for job in read(folder)["jobs"].values():
        writes = "write" in job.get("permissions", {"contents": "write"}).values()
        for held in (str(step.get("env", "")) for step in job["steps"]):
            reads = "secrets.COURRIER_MOT" in held
            assert not (reads and writes and "github.token" in held)


def test_the_counter_puts_the_same_mail_in_the_box(door, monkeypatch):
    for name, value in door.environ(PORTAIL_PORTE_SANS_TLS="1").items():
        monkeypatch.setenv(name, value)
    photo = photograph()
    good = {"courriel": "camille@example.org", "sujet": "Proposition\r\nBcc: x@y.fr"}
    good |= {"texte": event(**{"format: atelier": WITH_PICTURE}), "nom": "robot.jpg"}
    good |= {"image": b64encode(photo).decode()}

    def sent(told, method="POST", length=None, **heads):
        data = told if isinstance(told, bytes) else json.dumps(told).encode()
        codes = []
        environ = {"REQUEST_METHOD": method, "wsgi.input": io.BytesIO(data), **heads}
        environ["CONTENT_LENGTH"] = str(len(data)) if length is None else length
        (said,) = application(environ, lambda code, heads: codes.append(code[:3]))
        return codes[0], said.decode()

    assert sent(good, "GET")[0] == "405" and sent(good, length="12000001")[0] == "413"
    for bad in (
        b"{", b"\xff", {}, good | {"courriel": "a@b.fr, c@d.fr"}, good | {"courriel": "a@b.fr\n"},
        good | {"nom": "../x.jpg"}, good | {"image": b64encode(b"<svg/>").decode()},
    ):  # fmt: skip
        assert sent(bad)[0] == "400", bad
    assert sent(good, HTTP_SEC_FETCH_SITE="cross-site")[0] == "403"
    code, number = sent(good)
    assert code == "201" and len(number) == 6 and len(door.waiting) == 1
    assert message_from_bytes(door.waiting[0])["Bcc"] is None
    door.run()
    (branch,) = door.branches
    assert ".jpg" in door.branch(branch) and door.answers[0][0] == "camille@example.org"
    monkeypatch.setenv("PORTAIL_PORTE_MOT_DE_PASSE", "faux")
    assert sent(good)[0] == "503"
