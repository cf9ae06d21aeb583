"""Two versions that a merge left in a file are told at their place, and nothing else of the file.

Conflicts are those of Git itself, in each of its styles.
"""

import subprocess

import pytest

from commits import commit, git
from plans import entry
from reparations import mended

FILE = "content/articles/essai.md"
BODY = "Une phrase.\n\n- un\n- deux\n\n```text\ncode un\ncode deux\n```\n\nFin."
PLACES = {
    "title": ("titre: ", 2),
    "publie_le": ("publie_le: ", 4),
    "paragraph": ("Une phrase.", 7),
    "list": ("- deux", 10),
    "code": ("code un", 13),
    "last": ("Fin.", 17),
}
"""By name: how a line begins that two persons change, and its rank."""
STYLES = ("merge", "diff3", "zdiff3")


def conflicted(root, base, ours, theirs, style="merge"):
    """What Git leaves of a file that two branches changed."""
    (root / "content" / "articles").mkdir(parents=True)
    (root / "lisez-moi").write_text("Un portail.", encoding="utf-8")
    if base is not None:
        (root / FILE).write_text(base, encoding="utf-8", newline="")
    commit(root)
    for name, text in (("a", ours), ("b", theirs)):
        git(root, "checkout", "-qb", name, "main")
        (root / FILE).parent.mkdir(parents=True, exist_ok=True)
        (root / FILE).write_text(text, encoding="utf-8", newline="")
        commit(root)
    settings = ("-c", f"merge.conflictStyle={style}", "-c", "core.autocrlf=false")
    with pytest.raises(subprocess.CalledProcessError):
        git(root, *settings, "merge", "-q", "a")
    return (root / FILE).read_bytes().decode("utf-8")


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("place", PLACES)
def test_a_conflict_is_told_at_its_place_alone(place, style, ends, tmp_path, reported):
    begun, line = PLACES[place]
    base = entry("articles", BODY)
    rows = base.split("\n")
    assert rows[line - 1].startswith(begun)
    versions = []
    for word in ("chez nous", "chez eux"):
        changed = [*rows[: line - 1], f"{begun}{word}", *rows[line:]]
        versions.append(ends.join(changed))
    text = conflicted(tmp_path, base.replace("\n", ends), versions[0], versions[1], style)
    assert "=======" in text and ("|||||||" in text) is (style != "merge")
    (told,) = reported()
    assert told.startswith(f"articles/essai.md:{line}:1 E143 Deux versions se suivent ici")
    assert mended(text.encode()).data == text.encode(), "nothing is chosen for its authors"


def test_a_file_that_both_sides_bring(tmp_path, reported):
    versions = (entry("articles", "Un."), entry("articles", "Deux.", titre="Autre"))
    text = conflicted(tmp_path, None, *versions)
    marks = [rank for rank, row in enumerate(text.split("\n"), 1) if row.startswith("<<<<<<<")]
    told = reported()
    assert len(marks) == 2
    assert [row.partition(" Deux")[0] for row in told] == [
        f"articles/essai.md:{rank}:1 E143" for rank in marks
    ]


@pytest.mark.parametrize(
    "left",
    [
        "<<<<<<< HEAD\nUn.\n\nDeux.",
        "Un.\n\n=======\n\nDeux.\n>>>>>>> chouette",
        "Un.\n||||||| 1234567\nDeux.",
        "<<<<<<<\nUn.\n=======\nDeux.\n>>>>>>>",
    ],
)
def test_a_mark_that_was_forgotten_is_told(left, reported):
    (told,) = reported({"articles/a": entry("articles", left)})
    assert " E143 " in told


@pytest.mark.parametrize(
    "shown",
    [
        " ```text\n <<<<<<< HEAD\n Un.\n =======\n Deux.\n >>>>>>> chouette\n ```",
        "    <<<<<<< HEAD\n    =======\n    >>>>>>> chouette",
        "Écrivez `<<<<<<<` ou `>>>>>>>`.",
        "||||||| 12 |",
        "Un.\n\n-------\n\nDeux.",
        "<<<<<<<< huit",
        "> > > > > > > cité",
    ],
)
def test_what_shows_marks_on_purpose_is_published(shown, tree):
    site = tree.site({"articles/a": entry("articles", shown)})
    html = site.bodies.body(site.items["articles/a"].digest).html
    if "```" in shown:
        assert "<code>&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD\nUn.\n=======\n" in html, "at the margin"


def test_registers_and_tables_are_read_so_too(reported):
    hunk = "<<<<<<< HEAD\n{0}\n=======\n{0}\n>>>>>>> chouette\n"
    files = {
        "retraits.yml": "retraits:\n" + hunk.format("  - {ref: events/a, le: 2021-09-01}"),
        "medias/table.csv": "a,b\n" + hunk.format("1,2"),
    }
    told = reported(files)
    assert [row.partition(" Deux")[0] for row in told] == [
        "medias/table.csv:2:1 E143",
        "retraits.yml:2:1 E143",
    ]
