"""The reports for programs: GitHub's commands, JSON, and the stream they are written on."""

import io
import json
import re
from pathlib import Path, PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from portail.cli import programs
from portail.cli.programs import FORMATS, write_as
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position, Report
from portail.terminal.readable import Voice, _State, source_lines, write_report
from portail.terminal.text import Run

PLACE = Position(PurePosixPath("content/articles/a,b.md"), 3, 5, 4)
REPORT = Report(
    [
        diagnostic(
            "E204",
            PLACE,
            cle="tarrif",
            remede="Vouliez-vous dire « tarif » ?",
            paste="tarif: 5 %\nx: y",
        ),
        diagnostic("C208", Position(PurePosixPath("content/articles/b.md"))),
    ]
)


def test_github():
    assert programs.render_github(REPORT, Run(2, 0.1)) == (
        "::error file=content/articles/a%2Cb.md,line=3,col=5,endColumn=9,title=E204 Clé inconnue"
        "::content/articles/a,b.md:3 La clé « tarrif » n’existe pas."
        "%0A→ Vouliez-vous dire « tarif » ?%0Atarif: 5 %25%0Ax: y\n"
        "::notice file=content/articles/b.md,line=1,col=1,endColumn=2,title=C208 Brouillon"
        "::content/articles/b.md:1 Ce contenu est un brouillon : "
        "il ne paraît que dans les aperçus."
        "%0A→ Écrivez « statut: publie » quand il est prêt.\n"
        "1 erreur, 1 conseil ; 2 fichiers. Rien n’a été publié : le site en ligne est inchangé.\n"
    )


def test_json():
    text = programs.render_json(REPORT, Run(2, 0.1))
    assert json.loads(text) == {
        "version": 1,
        "fichiers_lus": 2,
        "publie": False,
        "corrections_possibles": 0,
        "erreurs": 1,
        "avertissements": 0,
        "conseils": 1,
        "diagnostics": [
            {
                "code": "E204",
                "gravite": "erreur",
                "titre": "Clé inconnue",
                "fichier": "content/articles/a,b.md",
                "ligne": 3,
                "colonne": 5,
                "longueur": 4,
                "message": "La clé « tarrif » n’existe pas.",
                "remede": "Vouliez-vous dire « tarif » ?",
                "a_ecrire": "tarif: 5 %\nx: y",
                "etiquette": "",
            },
            {
                "code": "C208",
                "gravite": "conseil",
                "titre": "Brouillon",
                "fichier": "content/articles/b.md",
                "ligne": 1,
                "colonne": 1,
                "longueur": 0,
                "message": "Ce contenu est un brouillon : il ne paraît que dans les aperçus.",
                "remede": "Écrivez « statut: publie » quand il est prêt.",
                "a_ecrire": "",
                "etiquette": "",
            },
        ],
    }
    assert "« tarrif »" in text


def test_gitlab():
    first, second = json.loads(programs.render_gitlab(REPORT, Run(2)))
    assert first == {
        "description": "La clé « tarrif » n’existe pas.\n→ Vouliez-vous dire « tarif » ?\n"
        "tarif: 5 %\nx: y",
        "check_name": "E204",
        "fingerprint": first["fingerprint"],
        "severity": "critical",
        "location": {"path": "content/articles/a,b.md", "lines": {"begin": 3}},
    }
    assert (second["severity"], second["location"]["lines"]["begin"]) == ("info", 1)
    assert json.loads(programs.render_gitlab(Report(), Run(2))) == []


def prints(*lines):
    """Fingerprints of the same mistake on these lines of a file."""
    path = PurePosixPath("content/articles/a.md")
    report = Report(diagnostic("E204", Position(path, it), cle="x", remede="") for it in lines)
    return [row["fingerprint"] for row in json.loads(programs.render_gitlab(report, Run(1)))]


def test_a_mistake_keeps_its_fingerprint_when_lines_above_move():
    assert prints(3, 9) == prints(5, 11)
    assert len({*prints(3, 9)}) == 2


ESCAPES = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


def commands(log):
    """The commands of a log as GitHub's runner reads them (actions/runner, ActionCommand.cs)."""
    found = []
    for line in re.split(r"\r\n|\r|\n", log):
        if not line.startswith("::"):
            continue
        head, _, message = line[2:].partition("::")
        name, _, given = head.partition(" ")
        properties = dict(pair.split("=", 1) for pair in given.split(",") if pair)
        for escape, sign in ESCAPES:
            message = message.replace(escape, sign) if escape not in ("%3A", "%2C") else message
            properties = {key: text.replace(escape, sign) for key, text in properties.items()}
        found.append((name, properties, message))
    return found


TEXTS = st.text() | st.sampled_from(
    ["a::b", "%0A::error::x", "x,line=9", "a\r\n::set-output name=a::b", "\u2028::stop-commands::x"]
)
REPORTS = st.lists(
    st.builds(
        Diagnostic,
        st.sampled_from(["E204", "A322", "C207", "E999"]),
        st.builds(
            Position,
            TEXTS.filter(lambda text: text.strip("/.")).map(PurePosixPath),
            *[st.integers(1, 99)] * 2,
            st.integers(0, 99),
        ),
        *[TEXTS] * 4,
    ),
    max_size=4,
).map(Report)


@given(REPORTS)
def test_no_content_can_forge_a_command(report):
    read = commands(programs.render_github(report, Run(1)))
    assert len(read) == len(report)
    for item, (name, properties, message) in zip(report, read, strict=True):
        assert name in ("error", "warning", "notice")
        assert list(properties) == ["file", "line", "col", "endColumn", "title"]
        assert properties["line"] == str(item.position.line)
        if item.message.isprintable() and "%" not in item.message:
            assert item.message in message


@given(REPORTS)
def test_json_keeps_every_text_and_prints_safely(report):
    text = programs.render_json(report, Run(1))
    assert all(sign.isprintable() or sign == "\n" for sign in text)
    rows = json.loads(text)["diagnostics"]
    assert [
        (row["code"], row["fichier"], row["message"], row["remede"], row["a_ecrire"])
        for row in rows
    ] == [(i.code, str(i.position.path), i.message, i.hint, i.paste) for i in report]


@given(REPORTS)
def test_gitlab_prints_safely(report):
    text = programs.render_gitlab(report, Run(1))
    assert all(sign.isprintable() or sign == "\n" for sign in text)
    json.loads(text)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def written(stream, form="text", **environ):
    if form == "text":
        write_report(REPORT, stream, Path("nowhere"), Run(2, 0.1), environ)
    else:
        write_as(form, REPORT, stream, Path("nowhere"), Run(2, 0.1))
    return stream.getvalue()


def test_a_terminal_is_painted_unless_told_otherwise():
    assert "\x1b[1;31m✗ Erreur E204" in written(Terminal(), TERM="xterm")
    assert "  ✗ Erreur E204" in written(Terminal(), TERM="xterm", NO_COLOR="1")
    plain = written(Terminal(), TERM="dumb")
    assert plain == written(io.StringIO())
    assert plain.startswith("content/articles/a,b.md:3:5 E204 ")


def test_forms_do_not_depend_on_the_terminal():
    for form in FORMATS[1:]:
        assert written(Terminal(), form, TERM="xterm") == written(io.StringIO(), form)
    assert set(FORMATS) == {"text", "github", "gitlab", "json"}


def test_a_quiet_command_tells_errors_alone(monkeypatch):
    monkeypatch.setattr(_State, "voice", Voice.QUIET)
    told = written(io.StringIO())
    assert [line.split()[1] for line in told.splitlines()[:-2]] == ["E204"]
    assert "conseil" not in told
    stream = io.StringIO()
    advice = Report(item for item in REPORT if item.code == "C208")
    write_report(advice, stream, Path("nowhere"), Run(2), {})
    assert stream.getvalue() == ""
    assert len(json.loads(written(io.StringIO(), "json"))["diagnostics"]) == 2


def test_a_brief_run_counts_its_advices_in_one_line():
    stream = io.StringIO()
    advice = Report(item for item in REPORT if item.code == "C208")
    write_report(advice, stream, Path("nowhere"), Run(2, brief=True), {})
    assert stream.getvalue() == "1 conseil : portail check les montre.\n"
    write_report(REPORT, stream, Path("nowhere"), Run(2, brief=True), {})
    said = stream.getvalue().splitlines()[1:]
    assert [line.split()[1] for line in said[:-2]] == ["conseil", "E204"]


def test_a_console_without_utf8_still_gets_its_report():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="latin-1", write_through=True)
    write_report(REPORT, stream, Path("nowhere"), Run(2), {})
    assert "La clé « tarrif » n\\u2019existe pas.".encode("latin-1") in raw.getvalue()


def test_lines_are_read_as_contents_are(tmp_path):
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfun\r\ndeux\rtrois\xe9\n")
    (tmp_path / "lien.md").symlink_to(tmp_path / "a.md")
    lines = source_lines(tmp_path)
    assert lines(PurePosixPath("a.md")) == ["un", "deux", "trois\ufffd", ""]
    for absent in ("lien.md", "rien.md", ".", "a\0b"):
        assert lines(PurePosixPath(absent)) == ()
