"""The report of a terminal and of a log, on the files of the prototype and on any text."""

import re
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position, Report
from portail.terminal import readable
from portail.terminal.text import Run, cells
from remake import replace

ATELIER = PurePosixPath("content/events/atelier-robotique.md")
VEILLEE = PurePosixPath("content/events/veillee-sous-les-etoiles.md")
CONSEIL = PurePosixPath("content/articles/bientot.md")
SOURCES = {
    ATELIER: (
        "---",
        "titre: Atelier robotique",
        "resume: Un robot à monter.",
        "publie_le: 2021-09-20",
        "format: atelier",
        "",
        "debut: 2021-10-06 15:00",
        "fin: 2021-10-06 14:00",
        "lieu: fabrique-de-sainte-fiction",
        "tarrif: {gratuit: true}",
    ),
    VEILLEE: ("---", 'titre: "Veillée sous les étoiles"', "lieu: mediatheque-saint-exemple"),
    CONSEIL: ("---", "publie_le: 2021-10-03"),
}
REPORT = Report(
    [
        diagnostic(
            "E213",
            Position(ATELIER, 8, 6, 16),
            label="avant « debut »",
            fin="6 octobre 2021, 14 h",
            debut="15 h",
            cle="fin",
        ),
        diagnostic(
            "E204",
            Position(ATELIER, 10, 1, 6),
            paste="tarif: {gratuit: true}",
            cle="tarrif",
            remede="Vouliez-vous dire « tarif » ?",
        ),
        diagnostic(
            "E411",
            Position(VEILLEE, 3, 7, 25),
            valeur="mediatheque-saint-exemple",
            remede="Le plus proche : « mediatheque-de-saint-exemple ». "
            "Il n’y est pas encore ? Écrivez adresse: {commune: …} à la place.",
        ),
        diagnostic("C207", Position(CONSEIL, 2, 12, 10), jour="3 octobre 2021"),
    ]
)
RUN = Run(264, 0.42, command="portail check", subject="content/  au 27 septembre 2021")


def lines(path):
    return SOURCES.get(path, ())


GROUPED = """\
portail check  content/  au 27 septembre 2021

content/events/atelier-robotique.md  « Atelier robotique »

  ✗ Erreur E213  ligne 8
    La fin (6 octobre 2021, 14 h) est avant le début (15 h).
    7 │ debut: 2021-10-06 15:00
    8 │ fin: 2021-10-06 14:00
      │      ^^^^^^^^^^^^^^^^ avant « debut »
    9 │ lieu: fabrique-de-sainte-fiction
    → Vérifiez les deux dates, ou supprimez « fin » si vous ne la connaissez
      pas.

  ✗ Erreur E204  ligne 10
    La clé « tarrif » n’existe pas.
    10 │ tarrif: {gratuit: true}
       │ ^^^^^^
    → Vouliez-vous dire « tarif » ?
      tarif: {gratuit: true}

content/events/veillee-sous-les-etoiles.md  « Veillée sous les étoiles »

  ✗ Erreur E411  ligne 3
    Le lieu « mediatheque-saint-exemple » n’est pas dans l’annuaire.
    3 │ lieu: mediatheque-saint-exemple
      │       ^^^^^^^^^^^^^^^^^^^^^^^^^
    → Le plus proche : « mediatheque-de-saint-exemple ».
      Il n’y est pas encore ?
      Écrivez adresse: {commune: …} à la place.

content/articles/bientot.md

  i Conseil C207  ligne 2
    Ce contenu paraîtra le 3 octobre 2021 ; il n’est pas encore publié.
    2 │ publie_le: 2021-10-03
      │            ^^^^^^^^^^
    → Rien à faire, si c’est voulu.

──────────────────────────────────────────────────────────────────────────
3 erreurs, 1 conseil dans 3 fichiers, sur 264 lus en 0,4 s.
Rien n’a été publié : le site en ligne est inchangé.
→ Un code expliqué : portail check --expliquer E213
"""


def test_grouped_by_file_those_with_errors_first():
    assert readable.render_text(REPORT, lines, RUN, colour=False) == GROUPED


def test_colours_only_add_to_the_text():
    painted = readable.render_text(REPORT, lines, RUN, colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == GROUPED
    assert set(re.findall(r"\x1b\[([0-9;]*)m", painted)) == {"0", "1", "2", "1;31", "1;32", "1;36"}


def test_success_is_one_line():
    assert readable.render_text(Report(), lines, Run(264, 0.42), colour=False) == (
        "✓ Tout est bon. 264 fichiers lus en 0,4 s, 0 erreur, 0 avertissement.\n"
    )
    assert readable.render_lines(Report(), Run(1)) == (
        "Tout est bon. 1 fichier lu, 0 erreur, 0 avertissement.\n"
    )


def test_one_line_each_in_a_log():
    assert (
        readable.render_lines(REPORT, RUN)
        == """\
content/articles/bientot.md:2:12 C207 Ce contenu paraîtra le 3 octobre 2021 ; \
il n’est pas encore publié. → Rien à faire, si c’est voulu.
content/events/atelier-robotique.md:8:6 E213 La fin (6 octobre 2021, 14 h) est avant le début \
(15 h). → Vérifiez les deux dates, ou supprimez « fin » si vous ne la connaissez pas.
content/events/atelier-robotique.md:10:1 E204 La clé « tarrif » n’existe pas. → Vouliez-vous dire \
« tarif » ?
content/events/veillee-sous-les-etoiles.md:3:7 E411 Le lieu « mediatheque-saint-exemple » n’est \
pas dans l’annuaire. → Le plus proche : « mediatheque-de-saint-exemple ». Il n’y est pas encore ? \
Écrivez adresse: {commune: …} à la place.
3 erreurs, 1 conseil dans 3 fichiers, sur 264 lus en 0,4 s.
Rien n’a été publié : le site en ligne est inchangé.
"""
    )


def test_an_announced_remedy_is_given_on_the_line():
    place = Position(CONSEIL, 1, 1, 5)
    item = diagnostic(
        "E115", place, paste="---\ntitre: A\n---", cle="Title", manque="", remede="Écrivez :"
    )
    assert readable.one_line(item).endswith("→ Écrivez : --- ⏎ titre: A ⏎ ---")
    rows = ["---", *(f"cle_{rank}: {'x' * 60}" for rank in range(9)), "---"]
    told = readable.one_line(replace(item, paste="\n".join(rows)))
    whole = told.partition("Écrivez : ")[2].split(" ⏎ ")
    assert whole == [*rows[:3], "…"]  # never cut in the middle of a line


def test_what_becomes_of_the_site():
    advice = Report([diagnostic("C207", Position(CONSEIL, 2, 12, 10), jour="3 octobre 2021")])
    told = readable.render_lines(advice, Run(1)).splitlines()[-1]
    assert told == "Rien n’empêche la publication."
    told = readable.render_lines(REPORT, Run(3, published=True)).splitlines()[-1]
    assert told == "Le reste est visible dans cet aperçu ; ces fichiers en sont absents."


def only(item, *source):
    """The report of one mistake, without its first and last lines."""
    text = readable.render_text(Report([item]), lambda path: source, Run(1), colour=False)
    return text.split("\n")[4:-6]


def test_a_line_named_far_above_is_shown_too():
    source = ("---", "debut: 2021-10-06", *["a: b"] * 5, "fin: 2021-10-01", "---")
    item = Diagnostic("E213", Position(ATELIER, 8, 6, 10), "Fin.", label="avant « debut »")
    assert only(item, *source)[2:] == [
        "    2 │ debut: 2021-10-06",
        "      ⋮",
        "    7 │ a: b",
        "    8 │ fin: 2021-10-01",
        "      │      ^^^^^^^^^^ avant « debut »",
    ]


def test_a_long_line_is_clipped_around_the_mistake():
    line = "mots " * 40 + "FAUTE" + " suite" * 40
    shown = only(Diagnostic("E311", Position(ATELIER, 1, 201, 5), "Là."), line)
    assert shown[2].count("…") == 2
    assert cells(shown[2]) == 78
    assert shown[2].index("FAUTE") == shown[3].index("^^^^^")


def test_carets_follow_the_width_of_what_is_shown():
    shown = only(Diagnostic("E311", Position(ATELIER, 1, 6, 2), "Là."), "日本\t\x1b[x]")
    assert shown[2] == "    1 │ 日本    \\u001b[x]"
    assert shown[3] == "      │ " + " " * len("xxxx    \\u001b[") + "^^"


def test_a_mistake_of_the_whole_file_has_no_line():
    item = diagnostic("E116", Position(ATELIER), genre="event")
    assert only(item, "") == [
        "  ✗ Erreur E116",
        "    Ce fichier est vide.",
        "    → Partez du modèle : portail new event.",
    ]


def test_what_is_to_be_pasted_is_said_once():
    line = "resume: Une phrase."
    item = Diagnostic("E201", Position(ATELIER), "Il manque.", f"Ajoutez une ligne : {line}", line)
    assert only(item) == [
        "  ✗ Erreur E201",
        "    Il manque.",
        "    → Ajoutez une ligne :",
        "      resume: Une phrase.",
    ]


def test_a_file_that_changed_meanwhile_is_not_quoted():
    assert only(Diagnostic("E311", Position(ATELIER, 9, 1, 2), "Là."), "une ligne") == [
        "  ✗ Erreur E311  ligne 9",
        "    Là.",
    ]


TEXTS = st.text(max_size=120) | st.sampled_from(
    ["\x1b[2J", "::set-output name=a::b", "\u202eabc", "a\r\nb", "\ud800", "mot " * 60, "M" * 200]
)
PLACES = st.builds(
    Position,
    st.sampled_from(["a.md", "b\n::error::c.md", "\udce9.md", "日" * 90]).map(PurePosixPath),
    st.integers(1, 12),
    st.integers(1, 300),
    st.integers(0, 300),
)
ITEMS = st.builds(
    Diagnostic,
    st.sampled_from(["E105", "E213", "A322", "C207", "E999"]),
    PLACES,
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS,
)
REPORTS = st.lists(ITEMS, max_size=5).map(Report)
FILES = st.lists(st.text(max_size=300), max_size=12)


@given(REPORTS, FILES, st.booleans())
def test_no_content_can_drive_a_terminal(report, source, colour):
    text = readable.render_text(report, lambda path: source, Run(2, 1.0), colour=colour)
    plain = re.sub(r"\x1b\[(0|1|2|1;3[1236])m", "", text) if colour else text
    allowed = {"\u00a0", "\u202f", "\u200d", "\ufe0f", "\n"}
    assert {sign for sign in plain if not sign.isprintable()} <= allowed
    pasted = {f"      {row}" for item in report for row in readable.remedy(item)[1]}
    names = {str(item.position.path) for item in report}
    for line in plain.split("\n"):
        assert cells(line) <= 78 or line in pasted or any(name in line for name in names)


@given(REPORTS)
def test_a_log_has_one_line_each(report):
    rows = readable.render_lines(report, Run(2)).split("\n")
    assert rows[-1] == ""
    assert len(rows) == (len(report) + 3 if len(report) else 2)
    for item, row in zip(report, rows, strict=False):
        assert f" {item.code} " in row
        assert not row.startswith("::")
