"""From an issue to a proposal: both jobs of the workflow, their scripts run for real before a forge
that is a bare repository, in a small portal."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from forge_runs import git
from plans import entry, write

pytest.importorskip("portail_importer")
from issues import EVENT, issue_body
from portail_importer.deposer.reply import MARKER

WORKFLOW = Path(__file__).resolve().parent.parent / ".github" / "workflows" / "formulaire.yml"
FLOW = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
READ = next(step for step in FLOW["jobs"]["lire"]["steps"] if "deposer" in step.get("run", ""))
(PROPOSE,) = FLOW["jobs"]["proposer"]["steps"]
PATH = "content/events/la-nuit-des-papillons.md"
BRANCH = "formulaire/12"


@dataclass
class Forge:
    """A portal on its forge; a run has a folder of its own."""

    folder: Path
    runs: int = 0

    @property
    def depot(self):
        return self.folder / "depot.git"

    def script(self, step, work, **environ):
        """The exit code of the script of a step."""
        clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        clean |= {"PATH": f"{self.folder / 'bin'}:{clean['PATH']}", "FORGE": str(self.folder)}
        clean |= {"DEPOT": "o/r", "GITHUB_REPOSITORY": "o/r", "NUMERO": "12", "GITHUB_RUN_ID": "1"}
        clean |= {"PORTAIL_DATE": "2021-09-27", "RUNNER_TEMP": str(work.parent)} | environ
        done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=work, env=clean, check=False)
        assert not [*self.folder.rglob("piege")]
        return done.returncode

    def read(self, body):
        """Run the first job; its exit code."""
        told = {"number": 12, "title": "`touch piege`", "body": body}
        (self.folder / "issue-12.json").write_text(json.dumps(told), encoding="utf-8")
        self.runs += 1
        work = self.folder / f"execution-{self.runs}" / "projet"
        work.parent.mkdir()
        git(self.folder, "clone", "-q", str(self.depot), str(work))
        (work / ".venv/bin").mkdir(parents=True)
        broken = f"[ ! -e {self.folder}/panne ] || exit 137\n"
        program = f'#!/bin/sh\n{broken}exec "{sys.executable}" -m portail "$@"\n'
        (work / ".venv/bin/portail").write_text(program, encoding="utf-8")
        (work / ".venv/bin/portail").chmod(0o755)
        code = self.script(READ, work)
        shutil.rmtree(self.folder / "piece", ignore_errors=True)
        shutil.copytree(work / "sortie", self.folder / "piece")
        return code

    def propose(self):
        """Run the second job; its exit code."""
        work = self.folder / f"execution-{self.runs}" / "proposer"
        work.mkdir(parents=True)
        words = {"PROPRIETAIRE": "o", "BASE": "main", "BRANCHE": BRANCH, "MARQUE": MARKER}
        return self.script(PROPOSE, work, **words, PAGE="https://forge.example.org/o/r")

    def send(self, **changed):
        """Send the form, or edit it; the reply that is under it."""
        assert self.read(issue_body(EVENT | changed)) == 0
        return self.answered()

    def piece(self, path=PATH, text="Un texte.\n"):
        """The reply to what the first job would have made, a file or nothing (``path`` empty)."""
        shutil.rmtree(self.folder / "piece", ignore_errors=True)
        (self.folder / "piece").mkdir()
        made = {"reponse.md": f"{MARKER}\n\nMerci !\n", "chemin": f"{path}\n" if path else ""}
        for name, said in (made | ({"contenu": text} if path else {})).items():
            (self.folder / "piece" / name).write_text(said, encoding="utf-8")
        self.runs += 1
        return self.answered()

    def answered(self):
        """The one reply, once the second job has run."""
        assert self.propose() == 0
        (comment,) = self.kept("comments")
        return str(comment["body"])

    def kept(self, name):
        file = self.folder / f"{name}.json"
        return json.loads(file.read_text("utf-8")) if file.exists() else []

    def changes(self):
        """What the branch of the proposal changes; empty without it."""
        if not git(self.depot, "branch", "--list", BRANCH):
            return ""
        return git(self.depot, "diff", "--name-status", "main", BRANCH)


@pytest.fixture
def forge(tmp_path):
    portal = tmp_path / "portail"
    write(portal, {"lieux/musee": entry("lieux", titre="Musée")})
    (portal / ".gitignore").write_text(".cache/\n.venv/\n", encoding="utf-8")
    git(portal, "init", "-q", "-b", "main")
    git(portal, "add", "-A")
    git(portal, "commit", "-qm", "Notre portail")
    git(tmp_path, "clone", "-q", "--bare", str(portal), str(tmp_path / "depot.git"))
    (tmp_path / "bin").mkdir()
    fake = Path(__file__).parent / "helpers/fausse_forge.py"
    (tmp_path / "bin/gh").write_text(f'#!/bin/sh\nexec "{sys.executable}" -IS "{fake}" "$@"\n')
    (tmp_path / "bin/gh").chmod(0o755)
    return Forge(tmp_path)


HOSTILE = "$(touch piege) `touch piege` ${{ secrets.X }}"
TEXT = "Un drap blanc suffit.\n\n'; touch piege; '\n\n$(touch piege)\n\n::set-output name=x::y"
NAME = "touch-piege-touch-piege-secrets-x"


def a_form_becomes_a_proposal_and_is_answered(forge):
    """What its text commands is a text."""
    before = git(forge.depot, "rev-parse", "main")
    said = forge.send(Titre=HOSTILE, Texte=TEXT)
    assert said.startswith(MARKER) and "prêt pour la relecture" in said and "#40" in said
    assert forge.changes() == f"A\tcontent/events/{NAME}.md"
    assert git(forge.depot, "rev-parse", "main") == before
    (pull,) = forge.kept("pulls")
    assert (pull["head"], pull["base"]) == (BRANCH, "main")
    assert pull["title"] == f"Proposition : {NAME}" and "closes #12" in pull["body"]
    text = git(forge.depot, "show", f"{BRANCH}:content/events/{NAME}.md")
    assert HOSTILE in text and text.endswith(TEXT)


def an_edit_changes_its_proposal(forge):
    said = forge.piece()
    assert forge.changes() == f"A\t{PATH}"
    assert len(git(forge.depot, "log", "--format=%H", f"main..{BRANCH}").split()) == 1
    assert len(forge.kept("pulls")) == 1 and "#40" in said


def mistakes_of_an_edit_leave_the_proposal(forge):
    before = git(forge.depot, "rev-parse", BRANCH)
    assert "reste telle qu’elle était" in forge.piece("")
    assert git(forge.depot, "rev-parse", BRANCH) == before


def what_somebody_has_read_is_not_changed_behind_them(forge, by):
    reviews = forge.folder / "reviews.json"
    if by == "review":
        reviews.write_text(json.dumps([{"id": 1, "state": "APPROVED"}]), encoding="utf-8")
    else:
        reviews.unlink()
        work = forge.folder / "relecture"
        git(forge.folder, "clone", "-q", "-b", BRANCH, str(forge.depot), str(work))
        (work / PATH).write_text("relu", encoding="utf-8")
        git(work, "commit", "-qam", "Relu")
        git(work, "push", "-q", "origin", BRANCH)
    before = git(forge.depot, "rev-parse", BRANCH)
    assert "déjà relue" in forge.piece(text="Achetez mes montres.\n")
    assert git(forge.depot, "rev-parse", BRANCH) == before


def test_a_message_and_its_edits_until_somebody_reads_them(forge):
    said = forge.send(Date="bientôt")
    assert "à corriger" in said and "Champ « Date »" in said
    assert forge.changes() == "" and forge.kept("pulls") == [], "mistakes propose nothing"
    a_form_becomes_a_proposal_and_is_answered(forge)
    an_edit_changes_its_proposal(forge)
    mistakes_of_an_edit_leave_the_proposal(forge)
    what_somebody_has_read_is_not_changed_behind_them(forge, "review")
    what_somebody_has_read_is_not_changed_behind_them(forge, "commit")


def test_a_tool_that_fails_blames_no_text(forge):
    (forge.folder / "panne").touch()
    said = forge.send()
    assert said.startswith(MARKER) and "ce n’est pas une faute de votre texte" in said
    assert forge.changes() == "" and forge.kept("pulls") == []


def test_where_jobs_open_no_proposal_its_branch_is_linked(forge):
    (forge.folder / "sans-proposition").touch()
    said = forge.piece()
    assert f"compare/main...{BRANCH}?expand=1" in said
    assert forge.changes() == f"A\t{PATH}"


NOT_WRITTEN = (
    ("chemin", ".github/workflows/x.yml\n"),
    ("chemin", "content/events/../../x.md\n"),
    ("chemin", "content/newsletters/2021-s39.envoi.html\n"),
    ("contenu", "x" * 200_001),
    ("reponse.md", "Félicitations, @tous !\n"),
)


def test_what_the_first_job_would_not_write_is_not_taken(forge):
    piece = forge.folder / "piece"
    piece.mkdir()
    good = {"chemin": f"{PATH}\n", "contenu": "x", "reponse.md": f"{MARKER}\nMerci !\n"}

    def taken(name, text):
        for file, said in (good | {name: text}).items():
            (piece / file).write_text(said, encoding="utf-8")
        forge.runs += 1
        done = forge.propose() == 0, bool(forge.kept("comments")), bool(forge.changes())
        assert len({*done}) == 1, (name, text[:80], done)
        return done[0]

    for name, text in NOT_WRITTEN:
        assert not taken(name, text), (name, text[:80])
    assert taken("chemin", "content/events/a.md\ncontent/events/b.md x\n"), "its first line alone"


def test_nobody_reads_a_message_and_may_write():
    reading, writing = (FLOW["jobs"][name] for name in ("lire", "proposer"))
    assert reading["permissions"] == {"contents": "read", "issues": "read"}
    assert not [step for step in writing["steps"] if "uses" in step]
    for job in (reading, writing):
        told = json.dumps({**job, "if": ""}, ensure_ascii=False)
        assert "issue.body" not in told and "issue.title" not in told and "secrets." not in told
    assert FLOW["concurrency"]["group"] == "formulaire-${{ github.event.issue.number }}"
