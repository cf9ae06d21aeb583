"""``portail check --corriger``: what it writes, what it shows, what it leaves."""

import json
import os
from importlib.metadata import EntryPoints
from pathlib import Path
from unittest.mock import Mock

import pytest

from portail import cli
from portail_relecture.corriger import files as repairing

NAME = "content/articles/nuit.md"
FAULTY = """\
---
title: La nuit
resume: Une sortie.
publie_le: 20/09/2021
---

# Où

Voir [le musée](www.example.org).
"""
MENDED = """\
---
titre: La nuit
resume: Une sortie.
publie_le: 2021-09-20
---

## Où

Voir [le musée](https://www.example.org).
"""
DIFF = """\
content/articles/nuit.md  C205, E210, E313, E316
--- a/content/articles/nuit.md
+++ b/content/articles/nuit.md
@@ -1,9 +1,9 @@
 ---
-title: La nuit
+titre: La nuit
 resume: Une sortie.
-publie_le: 20/09/2021
+publie_le: 2021-09-20
 ---
 ~
-# Où
+## Où
 ~
-Voir [le musée](www.example.org).
+Voir [le musée](https://www.example.org).

""".replace(" ~", " ")


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    """Each test in its own folder, without a store."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("portail.cli.contents.entry_points", lambda **_: EntryPoints())


def now():
    return Path(NAME).read_bytes().decode()


def check(*options):
    return cli.main(["check", "--date", "2021-09-27", *options])


def test_files_are_mended_and_shown(arbre, capsys):
    root = arbre({NAME: FAULTY, "content/articles/sain.md": MENDED})
    (root / NAME).chmod(0o640)
    sound = (root / "content/articles/sain.md").stat()
    assert check("--corriger") == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{DIFF}4 corrections dans 1 fichier.\n\nTout est bon.")
    assert now() == MENDED
    assert (root / NAME).stat().st_mode & 0o777 == 0o640
    after = (root / "content/articles/sain.md").stat()
    assert (after.st_ino, after.st_mtime_ns) == (sound.st_ino, sound.st_mtime_ns)
    assert sorted(one.name for one in (root / "content/articles").iterdir()) == [
        "nuit.md",
        "sain.md",
    ]
    assert check("--corriger") == 0
    assert capsys.readouterr().out.startswith("Rien ne se corrige sans vous.\n\nTout est bon.")


def test_a_trial_writes_nothing(arbre, capsys):
    arbre({NAME: FAULTY})
    assert check("--corriger", "--simuler") == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{DIFF}4 corrections dans 1 fichier ; rien n’est écrit.\n\n")
    assert out.endswith("\n4 corrections possibles : portail check --corriger\n")
    assert now() == FAULTY


def test_a_report_counts_what_can_be_mended(arbre, capsys):
    left = FAULTY.replace("20/09/2021", "30/02/2021")
    arbre({NAME: FAULTY, "content/articles/autre.md": left})
    assert check() == 1
    assert capsys.readouterr().out.endswith("7 corrections possibles : portail check --corriger\n")
    assert check("--format", "json", "--simuler") == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["corrections_possibles"] == 7
    assert "7 corrections dans 2 fichiers ; rien n’est écrit." in said.err


def test_a_file_that_changes_meanwhile_is_left(arbre, capsys, monkeypatch):
    arbre({NAME: FAULTY})
    shown = repairing._shown

    def changing(*arguments):
        Path(NAME).write_text(f"{FAULTY}\nUn ajout.\n", encoding="utf-8")
        return shown(*arguments)

    monkeypatch.setattr(repairing, "_shown", changing)
    assert check("--corriger") == 1
    out = capsys.readouterr().out
    assert f"{NAME} a changé entre-temps : il est laissé tel quel.\n" in out
    assert "4 corrections dans 1 fichier, dont 1 laissé tel quel." in out
    assert now() == f"{FAULTY}\nUn ajout.\n"


def test_links_are_not_followed(arbre):
    root = arbre({"ailleurs/nuit.md": FAULTY, "content/articles/.gitkeep": b""})
    (root / "content/articles/nuit.md").symlink_to(root / "ailleurs/nuit.md")
    (root / "content/pages").symlink_to(root / "ailleurs", target_is_directory=True)
    assert check("--corriger") == 1
    assert (root / "ailleurs/nuit.md").read_bytes() == FAULTY.encode()


def test_a_file_that_cannot_be_written_is_said(arbre, capsys, monkeypatch):
    arbre({NAME: FAULTY})
    refused = PermissionError(13, "refused")
    monkeypatch.setattr(repairing, "atomic_write", Mock(side_effect=refused))
    assert check("--corriger") == 1
    assert f"{NAME} ne peut pas être écrit : " in capsys.readouterr().out
    assert now() == FAULTY


def test_hostile_text_cannot_drive_the_terminal(arbre, capsys, monkeypatch):
    arbre({NAME: FAULTY.replace("Une sortie.", "Une\u200b sor\u2067tie\x9b2J").encode()})
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setitem(os.environ, "TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    check("--corriger")
    out = capsys.readouterr().out
    assert "\x1b[1;31m-resume: Une\\u200b sor\\u2067tie\\u009b2J\x1b[0m" in out
    assert not {"\u200b", "\u2067", "\x9b"} & set(out)


def test_the_page_of_a_code_says_that_it_can_be_mended(capsys):
    for code, mended in (("E210", True), ("E213", False)):
        assert cli.main(["check", "--expliquer", code]) == 0
        assert ("portail check --corriger" in capsys.readouterr().out) is mended


def test_the_extension_that_an_editor_hides_goes(arbre, capsys):
    arbre({"content/articles/nuit.md.txt": MENDED})
    assert cli.main(["check", "--corriger", "--date", "2026-11-25"]) == 0
    assert capsys.readouterr().out.startswith("content/articles/nuit.md.txt → nuit.md  E112\n")
    assert Path(NAME).read_text("utf-8") == MENDED


def test_texts_that_a_day_told_apart_have_two_addresses(arbre, capsys):
    """The day goes into the name of those that came second; each has the address it had."""
    texts = {
        f"content/articles/{day}-semaine.{suffix}":
            f"---\ntitre: La semaine {rank}\npublie_le: {day}\nresume: Court.\n---\n\nUn texte.\n"
        for rank, day, suffix in (
            (12, "2025-11-20", "md"), (13, "2025-11-27", "md"), (14, "2025-12-04", "markdown"),
        )
    }  # fmt: skip
    arbre(texts)
    assert cli.main(["check", "--simuler", "--date", "2026-11-25"]) == 1
    assert {one.as_posix() for one in Path("content/articles").iterdir()} == {*texts}
    capsys.readouterr()
    assert cli.main(["check", "--corriger", "--date", "2026-11-25"]) == 0
    assert capsys.readouterr().out.startswith(
        "content/articles/2025-12-04-semaine.markdown → 2025-12-04-semaine.md  E112\n"
        "content/articles/2025-11-27-semaine.md → semaine-2025-11-27.md  E501\n"
        "content/articles/2025-12-04-semaine.md → semaine-2025-12-04.md  E501\n"
    )
    there = sorted(Path("content/articles").iterdir())
    assert [one.name for one in there] == [
        "2025-11-20-semaine.md", "semaine-2025-11-27.md", "semaine-2025-12-04.md",
    ]  # fmt: skip
