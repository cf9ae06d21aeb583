"""What is asked of the message of a commit, before Git keeps it and after."""

import subprocess

import yaml

import messages
from checkout import ROOT
from doses import cases

WHY = "\n\nWhat it is for."


@cases(
    ("message", "lines", "told"),
    [
        ("x" * 72, 49, ""),
        ("x" * 73 + WHY, 1, "72 signs at most, not 73"),
        ("Subject" + WHY, 5_000, ""),
        ("Subject", 50, "50 lines are changed, and no body says why"),
        ("Subject\n\n \n", 50, "no body"),
        ("Subject\nand more", 1, "a line is left empty"),
    ],
)
def test_each_fault_of_a_message_is_told(message, lines, told):
    found = [*messages.faults(message, lines)]
    assert len(found) == bool(told)
    assert told in "".join(found)


def git(folder, *words):
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_messages_are_judged_before_git_keeps_them_and_after(tmp_path):
    """Renames count for nothing; comments of Git and the diff below its scissors are no body."""
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "long.txt").write_text("line\n" * 60, "utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "One")
    git(tmp_path, "checkout", "-qb", "other")
    git(tmp_path, "mv", "long.txt", "moved.txt")
    file = tmp_path / ".git/MESSAGE"
    file.write_text(
        "Moved\n\n# of Git\n# ------------------------ >8 ------------------------\n+a\n"
    )
    assert not [*messages.about_to_be_kept(file, tmp_path)]
    git(tmp_path, "commit", "-qm", "Moved")
    (tmp_path / "moved.txt").unlink()
    git(tmp_path, "add", ".")
    assert [*messages.about_to_be_kept(file, tmp_path)] == [
        "60 lines are changed, and no body says why"
    ]
    git(tmp_path, "commit", "-qm", "Taken away")
    (told,) = messages.kept(tmp_path)
    assert told.endswith("Taken away: 60 lines are changed, and no body says why")


def test_hooks_run_what_the_environment_of_the_project_has():
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert repo["repo"] == "local"
    for hook in repo["hooks"]:
        assert hook["language"] == "system" and hook["entry"].startswith(".venv/bin/")
