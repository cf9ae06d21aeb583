"""The workflow of Thursday: its hours, its lock, who is given what. Its script is run for real."""

import os
import subprocess
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from checkout import ROOT
from forge_runs import git, read

WORKFLOW = ROOT / ".github/workflows/lettre.yml"
TOLD = read(WORKFLOW)
FREEZE, SEND = TOLD["jobs"]["figer"], TOLD["jobs"]["envoyer"]
SCRIPT = next(step["run"] for step in FREEZE["steps"] if step.get("id") == "figer")
KNOWN = next(step["run"] for step in SEND["steps"] if step.get("id") == "reconnaitre")
PORTAIL = '#!/bin/sh\n[ "$2" = figer ] && echo "{}" > "content/newsletters/$3.envoi.html"\n'


@pytest.fixture
def forge(tmp_path):
    """A bare repository with one commit, which clones push to."""
    forge, first = tmp_path / "forge.git", tmp_path / "premier"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(forge))
    git(tmp_path, "clone", "-q", str(forge), str(first))
    (first / "content" / "newsletters").mkdir(parents=True)
    (first / "content" / "newsletters" / "2021-s38.envoi.html").write_text("{}\n")
    git(first, "checkout", "-q", "-B", "main")
    git(first, "add", "-A")
    git(first, "commit", "-qm", "Contenus")
    git(first, "push", "-q", "origin", "main")
    return forge


def clone(forge, name):
    """What a run checks out."""
    folder = forge.parent / name
    git(forge.parent, "clone", "-q", "-b", "main", str(forge), str(folder))
    command = folder / ".venv" / "bin" / "portail"
    command.parent.mkdir(parents=True)
    command.write_text(PORTAIL)
    command.chmod(0o755)
    return folder


def played(script, folder, **environ):
    """Run a script of the workflow as GitHub does, « bash -e »; its exit code."""
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder,
        env=os.environ | {"JETON": "jeton-secret"} | environ,
        capture_output=True,
        text=True,
    )
    assert "jeton-secret" not in done.stdout + done.stderr
    assert (done.returncode == 0) is ("::error::" not in done.stdout)
    return done.returncode


def run(folder, utc):
    """Run the script as it is ``utc``; its exit code and what it hands to the next job."""
    stub = folder.parent / "bin"
    stub.mkdir(exist_ok=True)
    (stub / "date").write_text(f'#!/bin/sh\nexec /bin/date -d "{utc} UTC" "$@"\n')
    (stub / "date").chmod(0o755)
    output = folder.parent / f"sortie-{folder.name}"
    output.write_text("")
    code = played(
        SCRIPT,
        folder,
        PATH=f"{stub}:{os.environ['PATH']}",
        GITHUB_OUTPUT=str(output),
        BRANCHE="main",
        GITHUB_RUN_ID=folder.name,
        GITHUB_RUN_ATTEMPT="1",
    )
    return code, output.read_text()


def known(folder, week="2021-s39"):
    """Whether the job that sends takes the file of ``week`` for one that may be sent."""
    return played(KNOWN, folder, SEMAINE=week) == 0


def merged(forge, text):
    """A proposal that brings, changes or takes out the file of the week, merged by mistake."""
    folder = forge.parent / "proposition"
    if not folder.exists():
        git(forge.parent, "clone", "-q", "-b", "main", str(forge), str(folder))
    git(folder, "pull", "-q", "--ff-only", "origin", "main")
    file = folder / "content" / "newsletters" / "2021-s39.envoi.html"
    file.unlink() if text is None else file.write_text(text)
    git(folder, "add", "-A")
    # Its author and its words are those of the job: anyone writes them.
    forged = ["-c", "user.name=La lettre", "-c", "user.email=lettre@users.noreply.github.com"]
    git(folder, *forged, "commit", "-qm", "La lettre de la semaine 2021-s39", "-m", "Exécution 1-1")
    git(folder, "push", "-q", "origin", "HEAD:main")


def test_thursday_at_eight_whatever_the_season(forge):
    """Both lines of cron, in summer and in winter: one run sends, at 8:00."""
    lines = [line["cron"] for line in TOLD[True]["schedule"]]
    hours = [int(line.split()[1]) for line in lines]
    assert all(line.split()[2:] == ["*", "*", "4"] for line in lines)
    for day in ("2021-07-15", "2021-12-16"):
        sent = []
        for hour in hours:
            folder = clone(forge, f"{day}-{hour}")
            code, told = run(folder, f"{day} {hour:02}:00")
            assert code == 0
            sent += [f"{day} {hour:02}:00"] if told else []
        assert len(sent) == 1
        moment = datetime.fromisoformat(f"{sent[0]}+00:00").astimezone(ZoneInfo("Europe/Paris"))
        assert moment.hour == 8


@pytest.mark.parametrize("utc", ["2021-09-29 06:00", "2021-10-01 06:00", "2021-09-30 05:59"])
def test_no_other_moment(forge, utc):
    assert run(clone(forge, "autre"), utc) == (0, "")


def test_the_frozen_file_is_pushed_before_anything_is_sent(forge):
    code, told = run(clone(forge, "un"), "2021-09-30 06:20")
    head = git(forge, "rev-parse", "main").strip()
    assert (code, told) == (0, f"semaine=2021-s39\ncommit={head}\n")
    assert "2021-s39.envoi.html" in git(forge, "show", "--stat", "main")


def test_who_cannot_push_sends_nothing(forge):
    late = clone(forge, "retard")
    assert run(clone(forge, "vite"), "2021-09-30 06:00")[1]
    code, told = run(late, "2021-09-30 06:00")
    assert code != 0 and told == ""


def test_a_file_that_the_job_did_not_write_is_no_letter_that_was_sent(forge):
    """Neither on Thursday, where it would stop the letter in silence, nor by hand."""
    merged(forge, "{}\n")
    code, told = run(clone(forge, "jeudi"), "2021-09-30 06:00")
    assert code != 0 and told == ""
    assert not known(clone(forge, "main"))
    editor = clone(forge, "redactrice")  # one who may write takes it for ours
    git(editor, "push", "-q", "origin", "HEAD:refs/tags/lettre/2021-s39")
    assert run(clone(forge, "apres"), "2021-09-30 07:00") == (0, "")
    assert known(clone(forge, "encore"))


@pytest.mark.parametrize("text", ['{"a": 1}\n', None])
def test_a_letter_that_was_sent_does_not_change(forge, text):
    assert run(clone(forge, "un"), "2021-09-30 06:00")[1]
    assert known(clone(forge, "envoi"))
    assert run(clone(forge, "deux"), "2021-09-30 07:00") == (0, "")
    merged(forge, text)
    code, told = run(clone(forge, "trois"), "2021-09-30 07:30")
    assert code != 0 and told == ""
    assert not known(clone(forge, "main"))


@pytest.mark.parametrize("week", ["2021-s38", "2021-s40", "", "../../main", "-x"])
def test_a_week_that_the_job_did_not_freeze_is_not_sent(forge, week):
    assert not known(clone(forge, "main"), week)


def test_the_site_is_asked_for_once_the_file_is_pushed():
    """The push of a run starts no other one; the sending waits for what it publishes."""
    job = TOLD["jobs"]["publier"]
    assert job["needs"] == "figer" and job["permissions"] == {"actions": "write"}
    assert "needs.figer.outputs.semaine != ''" in job["if"] and "PAGES" in job["if"]
    (step,) = job["steps"]
    assert step["run"].startswith("gh workflow run publication.yml ")
    publication = read(WORKFLOW.with_name("publication.yml"))
    assert "workflow_dispatch" in publication[True]
    assert "--attendre" in SEND["steps"][-1]["run"]


def test_secrets_are_given_to_the_sending_alone():
    assert "permissions" not in SEND
    assert set(TOLD[True]) == {"schedule", "workflow_dispatch"}, "no proposal starts it"
    assert "environment" not in FREEZE
    assert SEND["environment"] == "lettre"
    steps = SEND["steps"]
    (known,) = (rank for rank, step in enumerate(steps) if step.get("id") == "reconnaitre")
    (holder,) = (rank for rank, step in enumerate(steps) if "secrets." in str(step))
    assert known < holder, "the file is recognised before"
    assert "newsletter envoyer" in steps[holder]["run"]
    assert "abonnes" not in WORKFLOW.read_text("utf-8")
