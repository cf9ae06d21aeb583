"""The job that answers a proposal, its script run for real before a forge that lies."""

from __future__ import annotations

import io
import json
import os
import subprocess
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from checkout import ROOT

WORKFLOW = ROOT / ".github/workflows/commentaire.yml"
JOB = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["repondre"]
(STEP,) = JOB["steps"]
MARK = JOB["env"]["MARQUE"]

# What « gh api » does, from a folder of answers: jq filters are applied by jq itself.
GH = """#!/bin/sh
shift; method=; filter=.; path=; field=
while [ $# -gt 0 ]; do case "$1" in
  --method) method=$2; shift 2;;
  --jq) filter=$2; shift 2;;
  --paginate) shift;;
  -f|-F) field=$2; shift 2;;
  *) path=$1; shift;;
esac; done
[ -n "$method" ] || { [ -n "$field" ] && method=POST || method=GET; }
name=$(printf %s "${path%%\\?*}" | tr '/ %' '___')
case "$path" in */labels) [ ! -e "$FORGE/sans-etiquette" ] || exit 1;; esac
case "$method $field" in
  GET*) case "$path" in *zip) cat "$FORGE/$name";; *) jq -r "$filter" "$FORGE/$name";; esac;;
  *=@*) cat "${field#*=@}" > "$FORGE/envoi-$method-$name";;
  *) printf '%s' "$field" > "$FORGE/envoi-$method-$name";;
esac
"""


@dataclass
class Forge:
    """A forge that answers from files, and keeps what it is asked to write."""

    folder: Path
    files: list[str] = field(default_factory=lambda: ["content/events/a.md"])
    comment: str = f"{MARK}\n### Merci !\n"
    head: str = "c0ffee"
    now: str = "c0ffee"
    size: int = 900
    comments: list[dict[str, Any]] = field(default_factory=list)
    changed: int = 1
    end: str = "success"

    def answers(self):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as piece:
            piece.writestr("commentaire.md", self.comment)
        told = {
            "repos_o_r_pulls": [{"number": 7, "head": {"sha": self.head}}],
            "repos_o_r_pulls_7": {"head": {"sha": self.now}, "changed_files": self.changed},
            "repos_o_r_pulls_7_files": [{"filename": name} for name in self.files],
            "repos_o_r_actions_runs_1_artifacts": {
                "artifacts": [{"name": "commentaire", "size_in_bytes": self.size, "id": 3}]
            },
            "repos_o_r_issues_7_comments": self.comments,
        }
        for name, one in told.items():
            (self.folder / name).write_text(json.dumps(one), encoding="utf-8")
        (self.folder / "repos_o_r_actions_artifacts_3_zip").write_bytes(archive.getvalue())

    def run(self):
        """The exit code of the script, and what was written on the forge."""
        self.answers()
        tools, work = self.folder / "bin", self.folder / "travail"
        for one in (tools, work):
            one.mkdir(exist_ok=True)
        (tools / "gh").write_text(GH)
        (tools / "gh").chmod(0o755)
        environ = {"PATH": f"{tools}:{os.environ['PATH']}", "FORGE": str(self.folder)}
        environ |= {"DEPOT": "o/r", "EXECUTION": "1", "COMMIT": "c0ffee", "AUTEUR": "elle"}
        environ |= {"FIN": self.end, "JOURNAL": "https://forge.example.org/journal/1"}
        environ |= {"BRANCHE": "$(touch piege)", "MARQUE": MARK, "ETIQUETTE": "touche au code"}
        done = subprocess.run(["bash", "-e", "-c", STEP["run"]], cwd=work, env=environ)
        assert not (work / "piege").exists()
        sent = {one.name: one.read_text("utf-8") for one in self.folder.glob("envoi-*")}
        return done.returncode, sent


@pytest.fixture
def forge(tmp_path):
    return Forge(tmp_path)


def said(sent):
    """The comment that was posted or written again."""
    (body,) = [text for name, text in sent.items() if "comments" in name]
    return body


def test_a_first_push_posts_one_comment(forge):
    code, sent = forge.run()
    assert (code, said(sent)) == (0, forge.comment)
    assert "envoi-POST-repos_o_r_issues_7_comments" in sent


def test_the_next_one_writes_it_again(forge):
    forge.comments = [
        {"id": 1, "user": {"type": "User"}, "body": f"{MARK}\nC’est moi le robot."},
        {"id": 2, "user": {"type": "Bot"}, "body": "Autre robot."},
        {"id": 5, "user": {"type": "Bot"}, "body": f"{MARK}\nAvant."},
    ]
    code, sent = forge.run()
    assert (code, said(sent)) == (0, forge.comment)
    assert "envoi-PATCH-repos_o_r_issues_comments_5" in sent


@pytest.mark.parametrize("name", [".github/workflows/x.yml", "theme/base.html", "contents/a.md"])
def test_code_has_a_label_and_a_text_that_nobody_else_wrote(forge, name):
    forge.files = ["content/events/a.md", name]
    forge.comment = f"{MARK}\nFélicitations, @tous : cliquez ici."
    code, sent = forge.run()
    assert code == 0 and "touche au code" in said(sent) and "@tous" not in said(sent)
    assert sent["envoi-POST-repos_o_r_issues_7_labels"] == "labels[]=touche au code"


def test_files_that_the_forge_does_not_list_may_be_code(forge):
    forge.changed = 3_001
    code, sent = forge.run()
    assert code == 0 and "touche au code" in said(sent)
    assert "envoi-POST-repos_o_r_issues_7_labels" in sent


@pytest.mark.parametrize(("end", "answers"), [("failure", 1), ("timed_out", 1), ("cancelled", 0)])
def test_a_run_that_could_not_judge_is_said(forge, end, answers):
    forge.end, forge.size = end, 300_000  # its comment is not one to take
    code, sent = forge.run()
    texts = [text for name, text in sent.items() if "comments" in name]
    assert code == 0 and len(texts) == answers
    for text in texts:
        assert text.startswith(f"{MARK}\n") and "Ce n’est pas une faute de votre texte" in text
        assert "https://forge.example.org/journal/1" in text


def test_a_label_that_cannot_be_put_keeps_no_comment_back(forge):
    """The right to answer a proposal makes no label: GitHub refuses with 403."""
    forge.files = ["plugins/x.py"]
    (forge.folder / "sans-etiquette").touch()
    code, sent = forge.run()
    assert code == 0 and "touche au code" in said(sent)
    assert [name for name in sent if "labels" in name] == []


def test_a_text_that_is_not_ours_is_not_posted(forge):
    forge.comment = "Félicitations !"
    code, sent = forge.run()
    assert code == 1 and not [name for name in sent if "comments" in name]


@pytest.mark.parametrize("change", [{"head": "autre"}, {"now": "autre"}, {"size": 300_000}])
def test_another_commit_or_too_large_a_piece_is_not_answered(forge, change):
    for key, one in change.items():
        setattr(forge, key, one)
    code, sent = forge.run()
    assert code == 0 and not [name for name in sent if "comments" in name]


def test_a_comment_is_cut(forge):
    forge.comment = f"{MARK}\n" + "é" * 50_000
    _, sent = forge.run()
    assert len(said(sent).encode()) <= 60_000 and said(sent).endswith("é")


def test_the_label_is_among_what_is_set_up():
    forges = WORKFLOW.parents[2] / "docs" / "technique" / "forges.md"
    assert f"create « {JOB['env']['ETIQUETTE']} »" in forges.read_text(encoding="utf-8")
