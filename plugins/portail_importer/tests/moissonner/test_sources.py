"""Sources that answer badly, or are written badly: one French line for each, the others go on."""

import gzip
import re
import socket
import ssl
import time
from pathlib import Path

import pytest
import trustme
import yaml

from arrivages import DAY, Happening, ics
from checkout import ROOT
from doses import rows_of
from liars import Liar, to
from portail.cli import main
from portail_importer.importer import meeting
from portail_importer.moissonner.sources import Source

from .conftest import events

asking = pytest.importorskip("portail_liens.asking")
CASES = rows_of("portail_importer/tests/moissonner/adresses.yml")
GUIDE = (
    "nom adresse accord lieu organisateur licence avec genre annee colonnes lieux valeurs garder "
    "images dort"
).split()


def slow(handler):
    time.sleep(3)


def huge(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", str(10**9))
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(bytes(1_000_000))


BAD = [
    *CASES["pannes"],
    (slow, "Le site n’a pas répondu à temps."),
    (lambda handler: None, "Le site est injoignable"),
    (
        {"Content-Encoding": "gzip", "data": gzip.compress(bytes(60_000_000))},
        "Le fichier pèse plus de 20 Mo.",
    ),
    (huge, "Le fichier pèse plus de 20 Mo."),
    (to("http://nulle-part.invalid/x.ics"), "Le site est injoignable"),
    (to("/mauvaise"), "L’adresse renvoie sans fin d’une page à l’autre."),
]


@pytest.mark.parametrize(("answer", "said"), BAD)
def test_a_source_that_answers_badly_is_told(field, answer, said):
    field.source("Bonne", data=ics(*events(2)))
    field.source("Mauvaise", "/mauvaise")
    if isinstance(answer, dict):
        field.serve(path="/mauvaise", **answer)
    else:
        field.liar.routes["/mauvaise"] = answer
    assert field.run("--attente", "2") == 1
    assert field.counts() == {"new": 2}
    [line] = [row for row in field.output.splitlines() if row.startswith("Mauvaise")]
    assert said in line
    assert not (field.folder / "content/events/mauvaise").exists()
    before = field.files()
    assert field.run("--attente", "2", "--source", "Mauvaise") == 1
    assert field.files() == before


def test_a_fault_of_ours_stops_one_source_alone(field, monkeypatch):
    """What it had begun to write is not there for the next, which tells the same."""
    rows = events(2)
    field.source("Fautive", "/a.ics", ics(*rows))
    field.source("Bonne", "/b.ics", ics(*rows))
    create = meeting.remember

    def remember(request, run):
        if run.origin.slug == "fautive" and request.number > 1:
            raise KeyError(request.number)
        create(request, run)

    monkeypatch.setattr(meeting, "remember", remember)
    assert field.run() == 1
    assert field.counts(1) == {"new": 2}
    assert "Fautive : Une faute de programme l’arrête (KeyError)" in field.output
    assert not (field.folder / "content/events/fautive").exists()


def test_an_address_that_is_a_key_is_in_the_environment(field, monkeypatch):
    """Named when it is not there, and said nowhere."""
    field.source("Agenda privé", "/private-a1b2/a.ics", ics(*events(2)))
    field.source("Autre", "/private-c3d4/a.ics",
                 ics(*events(2, 40)).replace("UID:v", "UID:w"))  # fmt: skip
    monkeypatch.setenv("MUSEE", field.sources[0]["adresse"])
    monkeypatch.setenv("CLE", "private-c3d4")
    field.sources[0]["adresse"] = "${MUSEE}"
    field.sources[1]["adresse"] = f"{field.liar.url}/${{CLE}}/a.ics"
    field.listed()
    assert field.run() == 0 and field.counts() == field.counts(1) == {"new": 2}
    assert main(["check", "--date", f"{DAY}"]) == 0
    files = [one.read_text("utf-8") for one in field.folder.parent.glob("rapport.*")]
    for text in (*files, *(one.decode() for one in field.files().values()), field.output):
        assert "a1b2" not in text and "c3d4" not in text
    monkeypatch.setenv("MUSEE", "agenda-a1b2")
    monkeypatch.delenv("CLE")
    assert field.run() == 1 and "a1b2" not in field.output
    assert (
        "« MUSEE » n’est pas une adresse" in field.output and "« CLE » est absente" in field.output
    )


def secrets_of(field, address="https://a.example/a.ics", who="la direction du musée"):
    field.sources = []
    field.source(accord={"le": "2026-10-01", "de": who})
    field.sources[0]["adresse"] = address
    field.listed()
    field._capsys.readouterr()
    main(["check", "--date", f"{DAY}"])
    said = "".join(field._capsys.readouterr())
    return [row for row in said.splitlines() if " A339 " in row and row.startswith("sources.yml:")]


def test_secrets_and_persons_of_the_table_are_told_as_those_of_contents(field):
    for address in CASES["cles"]:
        (row,) = secrets_of(field, address=address)
        assert address[-20:] not in row
    for who in CASES["personnes"]:
        assert len(secrets_of(field, who=who)) == 1, who
    for address in CASES["ouvertes"]:
        assert secrets_of(field, address=address) == [], address
    for who in CASES["structures"]:
        assert secrets_of(field, who=who) == []
    field.sources[0]["adresse"] = "https://moi:motdepasse@a.example/a.ics"
    field.listed()
    assert main(["check", "--date", f"{DAY}"]) == 1
    assert "motdepasse" not in "".join(field._capsys.readouterr())


def test_one_that_breaks_keeps_what_it_gave_and_since_when_is_remembered(calendar):
    before = calendar.files()
    assert b"en_panne" not in before["moisson.json"]
    calendar.serve("", status=500)
    assert calendar.run() == 1
    after = calendar.files()
    assert b'"en_panne_depuis": "2026-11-25"' in after["moisson.json"]
    assert after | {"moisson.json": before["moisson.json"]} == before
    calendar.serve(ics(*events(4)))
    assert calendar.run() == 0
    assert calendar.files() == before


def test_one_that_has_not_changed_need_not_say_it_again(field):
    asked = []

    def answer(handler):
        asked.append(handler.headers["If-None-Match"])
        known = asked[-1] == '"a"'
        body = b"" if known else ics(*events(2)).encode()
        return 304 if known else 200, {"ETag": '"a"'}, body

    field.source()
    field.liar.routes["/agenda.ics"] = answer
    assert field.run() == 0
    before = field.files()
    assert field.run() == 0
    assert (asked, field.counts(), field.files()) == ([None, '"a"'], {"same": 2}, before)


def test_one_that_moved_is_followed(field):
    field.source("Musée des vents", "/avant", ics(*events(2)))
    field.liar.routes["/apres"] = field.liar.routes["/avant"]
    field.liar.routes["/avant"] = to("/apres")
    assert field.run() == 0
    assert field.counts() == {"new": 2}


def test_robots_are_obeyed_and_what_they_close_is_said_once_with_what_to_send(field):
    field.source(data=ics(*events(2)))
    field.source("Autre salle", "/autre.ics", ics(*events(2)))
    field.liar.routes["/robots.txt"] = (200, {}, b"User-agent: Portail-moisson\nDisallow: /")
    assert field.run() == 1
    assert field.output.count("Demandez-lui son accord") == 1
    assert "Autre salle : Son site la ferme aux programmes (robots.txt), comme «" in field.output
    assert not [path for _, path, _ in field.liar.asked if path.endswith(".ics")]
    said = (field.folder.parent / "rapport.md").read_text("utf-8")
    [sentence] = re.findall("^> .*", said, re.MULTILINE)
    assert "agenda.ics" in sentence and "Portail-moisson" in sentence
    assert field.run("--demander", "--source", "Musée des vents") == 0
    assert "Objet : annoncer vos sorties" in field.output


def test_a_private_network_is_asked_only_where_one_says_so(field, capsys):
    field.source(data=ics(*events(2)))
    assert main(["moissonner", "--site-url", "https://p.example", "--delai", "0"]) == 1
    assert "réseau privé" in capsys.readouterr().out


@pytest.mark.parametrize(
    "inside",
    [
        "10.0.0.1",
        "169.254.169.254",
        "127.0.0.2",
        "[::ffff:10.0.0.1]",
        "[fd00::1]",
        "interne.example",
    ],
)
def test_an_address_that_leads_to_a_private_network_is_not_followed(
    field, monkeypatch, capsys, inside
):
    """A source of the web, which this machine plays, sends its reader inside."""
    real = asking.is_public
    monkeypatch.setattr(asking, "is_public", lambda ip: ip in ("127.0.0.1", "::1") or real(ip))
    hidden = Liar()
    hidden.routes["/agenda.ics"] = (200, {}, ics(*events(2)).encode())
    resolved = socket.getaddrinfo

    def named(host, *more, **others):
        return resolved("10.0.0.1" if host == "interne.example" else host, *more, **others)

    monkeypatch.setattr(socket, "getaddrinfo", named)
    field.source("Dehors", "/dehors")
    field.source("Bonne", "/bonne.ics", ics(*events(2)))
    field.liar.routes["/dehors"] = to(f"http://{inside}:{hidden.server.server_port}/agenda.ics")
    given = ("--site-url", "https://p.example", "--delai", "0", "--date", f"{DAY}")
    assert main(["moissonner", *given]) == 1
    told = capsys.readouterr().out
    assert "Dehors : L’adresse mène à un réseau privé" in told
    assert hidden.asked == []
    assert not (field.folder / "content/events/dehors").exists()
    assert (field.folder / "content/events/bonne").is_dir()
    hidden.close()


def test_a_certificate_that_nobody_signed_is_refused(field):
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(secure)
    server = Liar(secure)
    field.source()
    field.sources[0]["adresse"] = f"{server.url}/agenda.ics"
    field.source("Autre", "/autre.ics", ics(*events(2)))
    assert field.run() == 1
    assert "Le certificat du site est refusé" in field.output
    server.close()


def test_a_host_that_asks_to_wait_is_left_alone(field):
    for rank in range(3):
        field.source(f"Source {rank}", f"/{rank}.ics")
        field.liar.routes[f"/{rank}.ics"] = (429, {"Retry-After": "60"}, b"")
    assert field.run() == 1
    assert len([path for _, path, _ in field.liar.asked if path.endswith(".ics")]) == 1


def test_scripts_and_marks_are_words(field):
    """In files as in the report, where nobody is notified either."""
    rows = [Happening("a@x.example", "<script>alert(1)</script> @everyone [x](http://y.example)",
                      events(1)[0].day, text="<img src=x onerror=alert(1)>Bonjour.")]  # fmt: skip
    field.source(data=ics(*rows))
    assert field.run() == 0
    assert main(["check"]) == 0
    text = (field.folder.parent / "rapport.md").read_text(encoding="utf-8")
    read = re.sub("`[^`]+`", "", text)
    assert [mark for mark in ("<script", "@everyone", "](http://y") if mark in read] == []


@pytest.mark.parametrize(("rows", "said"), CASES["mal_ecrites"])
def test_what_is_written_badly_is_told_with_its_line(field, capsys, rows, said):
    for row in rows:
        field.source(**{"name": row["nom"], **row})
    field.serve(ics(*events(1)))
    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert said in out and "sources.yml:" in out
    assert field.run() == 2
    assert "portail check" in field.output


def test_a_licence_that_forbids_and_a_source_that_sleeps_are_not_asked(field):
    field.source(data=ics(*events(1)), licence="CC-BY-ND-4.0")
    field.source("Endormie", dort=True)
    assert field.run() == 1
    assert "Sa licence ne permet pas" in field.output
    assert field.liar.asked == []
    assert field.run("--source", "Musé des vents") == 2
    assert "Vouliez-vous dire « Musée des vents »" in field.output


def test_what_the_source_never_says_is_given_once(field):
    field.source(data=ics(*events(1)), licence="CC-BY-4.0", lieu="musee")
    assert field.run() == 0
    text = field.file("les-vents-numero-0").read_text()
    assert "licence: CC-BY-4.0" in text and "organisateurs: [musee]" in text


@pytest.mark.parametrize("last", [1, 2, 4])
def test_a_run_that_is_killed_leaves_whole_files(calendar, monkeypatch, last):
    """The next one finishes."""
    rows = events(6)
    calendar.serve(ics(*[one._replace(text="Autre.") for one in rows]))
    done = []

    def put(*given):
        done.append(given)
        if len(done) == last:
            raise KeyboardInterrupt
        real(*given)

    from portail import files

    real = files._put
    monkeypatch.setattr(files, "_put", put)
    with pytest.raises(BaseException):  # noqa: B017
        assert calendar.run() == 0
    monkeypatch.undo()
    monkeypatch.chdir(calendar.folder)
    assert main(["check"]) == 0
    assert calendar.run() == 0
    after = calendar.files()
    assert sum(b"resume: Autre." in data for data in after.values()) == 6
    assert calendar.run() == 0
    assert calendar.files() == after


def test_a_place_that_is_not_in_the_directory_is_told(field, capsys):
    field.source(data=ics(*events(1)), lieu="muse")
    assert main(["check"]) == 1
    assert "Vouliez-vous dire « musee »" in capsys.readouterr().out
    assert field.run() == 1
    assert "« lieu: muse » n’est pas dans l’annuaire" in field.output


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> moisson\n", ":1:1 E143"),
        (lambda text: text[:-9], " E127"),
        (lambda text: text.replace('"version": 1', '"version": 9'), ":1:1 E127"),
        (lambda text: "[]", ":1:1 E127"),
        (lambda text: text, ""),
    ],
)
def test_a_record_that_does_not_read_is_told_before_the_harvest(field, capsys, change, said):
    field.source(data=ics(*events(1)))
    assert field.run() == 0
    record = Path("moisson.json")
    record.write_text(change(record.read_text(encoding="utf-8")), encoding="utf-8")
    capsys.readouterr()
    assert main(["check"]) == bool(said)
    assert (f"moisson.json{said}" if said[:1] == ":" else said) in capsys.readouterr().out
    assert field.run() == 2 * bool(said)


def test_the_guide_and_the_example_say_the_keys_of_the_model(field):
    guide = (ROOT / "plugins/portail_importer/docs/redaction/moisson.md").read_text(
        encoding="utf-8"
    )
    assert re.findall(r"^\| `(\w+)` \|", guide, re.MULTILINE) == [*GUIDE]
    assert {*GUIDE} == {*Source.model_fields}
    example = (ROOT / "modele/commun/sources.yml").read_text(encoding="utf-8")
    rows = [row.removeprefix("# ") for row in example.splitlines()[3:]]
    told = yaml.safe_load("\n".join(rows))["sources"]
    assert {key for source in told for key in source} == {*GUIDE}
    (field.folder / "sources.yml").write_text("\n".join(rows).replace("musee-exemple", "musee"))
    assert main(["check"]) == 0


def test_a_plain_list_is_that_of_its_sources_and_needs_no_address_of_the_portal(field):
    field.source(data=ics(*events(2)))
    text = (field.folder / "sources.yml").read_text("utf-8").partition("\n")[2]
    (field.folder / "sources.yml").write_text(f"# Nos sources\n{text}", "utf-8")
    assert main(["moissonner", "--reseaux-prives", "--delai", "0", "--date", f"{DAY}"]) == 0
    assert len([*field.folder.glob("content/events/*/*.md")]) == 2
