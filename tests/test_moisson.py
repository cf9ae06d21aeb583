"""The weekly harvest on three forges: the scripts of their jobs, run before a bare repository."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from arrivages import DAY, Happening, ics
from checkout import ROOT
from forge_runs import git
from plans import entry, write

pytest.importorskip("portail_importer")

GITHUB = yaml.safe_load((ROOT / "modele/github/_github/workflows/moisson.yml").read_text("utf-8"))
FORGEJO = yaml.safe_load(
    (ROOT / "modele/forgejo/_forgejo/workflows/moisson.yml").read_text("utf-8")
)
GITLAB = yaml.safe_load((ROOT / "modele/gitlab/_gitlab-ci.yml").read_text("utf-8"))
GH = """#!/bin/sh
case "$*" in
  *state=open*) cat "$FORGE/proposition" 2> /dev/null || true ;;
  "run download"*) cp -r "$FORGE/piece" "$7" ;;
  *"/comments "*) echo comment >> "$FORGE/said" ;;
  *) echo 7 > "$FORGE/proposition"; echo opened >> "$FORGE/said" ;;
esac
"""
CURL = """#!/bin/sh
if [ -e "$FORGE/proposition" ]; then printf 409; exit; fi
echo 7 > "$FORGE/proposition"; printf 201
"""


class Forge:
    """A portal on a forge, whose source is on a server of this machine."""

    def __init__(self, name, folder, liar):
        self.name, self.folder, self.liar, self.runs = name, folder, liar, 0
        self.depot = folder / "depot.git"
        self.told = ""
        portal = folder / "portail"
        write(portal, {"lieux/musee": entry("lieux", titre="Le Musée des vents", commune="Amiens")})
        source = {"nom": "Musée", "adresse": f"{liar.url}/a.ics",
                  "accord": {"le": "2026-10-01", "de": "la direction"},
                  "avec": ["format=conference", "publics=adultes"]}  # fmt: skip
        (portal / "sources.yml").write_text(yaml.safe_dump({"sources": [source]}), "utf-8")
        (portal / ".gitignore").write_text(
            ".venv\n.cache\nsortie\nnoms\narbre\n*.tar\nrapport.md\n"
        )
        git(portal, "init", "-qb", "main")
        git(portal, "add", "-A")
        git(portal, "commit", "-qm", "x")
        git(folder, "clone", "-q", "--bare", str(portal), str(self.depot))
        git(self.depot, "config", "receive.advertisePushOptions", "true")
        git(self.depot, "config", "uploadpack.allowAnySHA1InWant", "true")
        tools = folder / "bin"
        tools.mkdir()
        for tool, text in {"gh": GH, "curl": CURL}.items():
            (tools / tool).write_text(text)
            (tools / tool).chmod(0o755)

    def serve(self, *days):
        rows = [
            Happening(f"v{day}@x.example", f"Les vents, numéro {day}", date(2026, 12, day))
            for day in days
        ]
        self.liar.routes["/a.ics"] = (200, {}, ics(*rows).encode())

    def work(self):
        """A clone, where the program of the portal is told the day."""
        self.runs += 1
        work = self.folder / f"execution-{self.runs}" / "projet"
        work.parent.mkdir()
        git(self.folder, "clone", "-q", str(self.depot), str(work))
        return self.equipped(work)

    def equipped(self, work):
        (work / ".venv/bin").mkdir(parents=True)
        more = f"--reseaux-prives --delai 0 --date {DAY} --site-url https://p.example"
        (work / ".venv/bin/portail").write_text(
            f'#!/bin/sh\nexec "{sys.executable}" -m portail "$@" {more}\n'
        )
        (work / ".venv/bin/portail").chmod(0o755)
        (work / "installer.sh").write_text("")
        return work

    def shell(self, script, work, *options, **environ):
        clean = {key: it for key, it in os.environ.items() if key not in ("PYTHONPATH", "SITEURL")}
        clean |= {"PATH": f"{self.folder / 'bin'}:{clean['PATH']}", "FORGE": str(self.folder)}
        clean |= {"GITHUB_REPOSITORY": "o/r", "GITHUB_RUN_ID": "1", "RUNNER_TEMP": str(work.parent)}
        clean |= {"GITHUB_OUTPUT": str(work.parent / "out"), "JETON": "x", "BASE": "main",
                  "GITHUB_STEP_SUMMARY": str(work.parent / "resume"), "CI_DEFAULT_BRANCH": "main",
                  "CI_PAGES_URL": "https://p.example", "PROPRIETAIRE": "o"}  # fmt: skip
        done = subprocess.run(["bash", "-e", *options, "-c", script], cwd=work, env=clean | environ,
                              capture_output=True, text=True)  # fmt: skip
        self.told += done.stdout + done.stderr
        return done.returncode

    def week(self):
        """Run the whole workflow; its exit code."""
        return getattr(self, f"_{self.name}")()

    def _github(self):
        work = self.work()
        for step in GITHUB["jobs"]["lire"]["steps"]:
            if "id" in step and (code := self.shell(step["run"], work)):
                return code
        shutil.rmtree(self.folder / "piece", ignore_errors=True)
        shutil.copytree(work / "sortie", self.folder / "piece")
        rows = (work.parent / "out").read_text().splitlines()
        words = {key.upper(): value for key, _, value in (row.partition("=") for row in rows)}
        if words.get("CHANGE") != "oui":
            return 0
        return self.shell(GITHUB["jobs"]["proposer"]["steps"][1]["run"], self.work(), **words)

    def _gitlab(self):
        code, pieces = 0, self.folder / "piece"
        pieces.mkdir(exist_ok=True)
        for name in ("moisson", "proposer"):
            work = self.work()
            for piece in pieces.iterdir() if name == "proposer" else ():
                shutil.copy(piece, work)
            job = GITLAB[name]
            script = "\n".join([*job.get("before_script", ()), *job["script"]])
            words = {"CI_PROJECT_URL": str(self.depot).removesuffix(".git")}
            code = code or self.shell(script, work, "-o", "pipefail", **words)
            for path in job.get("artifacts", {}).get("paths", []):
                shutil.copy(work / path, pieces) if (work / path).exists() else None
        return code

    def _forgejo(self):
        self.runs += 1
        work = self.folder / f"execution-{self.runs}" / "projet"
        work.mkdir(parents=True)
        words = {"DEPOT": f"file://{self.depot}", "COMMIT": git(self.depot, "rev-parse", "main")}
        for step in FORGEJO["jobs"]["moissonner"]["steps"]:
            if "name" not in step:
                self.equipped(work)
            elif code := self.shell(step["run"], work, **words):
                return code
        return 0

    def names(self, branch="moisson"):
        """The events of a branch."""
        rows = git(self.depot, "ls-tree", "-r", "--name-only", branch, "content/events/").split()
        return [Path(row).stem.removeprefix("les-vents-numero-") for row in rows]

    def change(self, script):
        """What an editor does in the proposal."""
        work = self.folder / f"relecture-{self.runs}"
        git(self.folder, "clone", "-qb", "moisson", str(self.depot), str(work))
        script(work)
        git(work, "commit", "-qam", "relu")
        git(work, "push", "-q", "origin", "moisson")


@pytest.fixture(
    params=["github", *(pytest.param(one, marks=pytest.mark.long) for one in ("gitlab", "forgejo"))]
)
def forge(request, tmp_path, liar):
    return Forge(request.param, tmp_path, liar)


def test_one_proposal_is_added_to_and_what_was_taken_away_stays_away(forge):
    forge.serve(10, 11)
    assert forge.week() == 0, forge.told
    assert forge.names() == ["10", "11"]
    first = git(forge.depot, "rev-parse", "moisson")
    assert forge.week() == 0, forge.told
    assert git(forge.depot, "rev-parse", "moisson") == first, "nothing new"
    forge.change(lambda work: (work / "content/events/musee/les-vents-numero-10.md").unlink())
    forge.serve(10, 11, 12)
    assert forge.week() == 0, forge.told
    assert forge.names() == ["11", "12"]
    assert git(forge.depot, "ls-tree", "-r", "--name-only", "main", "content/events/") == ""
    changed = git(forge.depot, "diff", "--name-only", "main...moisson").split()
    assert {path.split("/")[0] for path in changed} == {"content", "moisson.json"}


def test_what_answers_a_question_is_accepted_with_the_proposal(forge):
    rows = "Date;Nom;Lieu\n12/12/2026;Les vents;Hall du Musée des vents, sauf avis\n"
    forge.liar.routes["/a.ics"] = (200, {}, rows.encode())
    assert forge.week() == 0, forge.told
    changed = git(forge.depot, "diff", "main...moisson", "--", "sources.yml")
    assert "+    Hall du Musée des vents, sauf avis: musee" in changed.replace('"', "")
    forge.change(lambda work: git(work, "checkout", "-q", "origin/main", "--", "sources.yml"))
    assert forge.week() == 0, forge.told
    assert git(forge.depot, "diff", "main...moisson", "--", "sources.yml") == ""


def test_without_sources_nothing_is_proposed(forge):
    (forge.folder / "portail/sources.yml").write_text("", "utf-8")
    git(forge.folder / "portail", "commit", "-qam", "y")
    git(forge.folder / "portail", "push", "-q", str(forge.depot), "main")
    assert forge.week() == 0, forge.told
    assert git(forge.depot, "branch", "--format=%(refname:short)").split() == ["main"]


def test_what_is_merged_is_left_out_of_the_next_one(forge):
    forge.serve(10)
    assert forge.week() == 0, forge.told
    git(forge.depot, "update-ref", "refs/heads/main", "moisson")
    git(forge.depot, "update-ref", "-d", "refs/heads/moisson")
    (forge.folder / "proposition").unlink(missing_ok=True)
    assert forge.week() == 0, forge.told
    branches = git(forge.depot, "branch", "--format=%(refname:short)").split()
    assert branches == ["main"]


@pytest.mark.parametrize(
    "forge", ["github", pytest.param("gitlab", marks=pytest.mark.long)], indirect=True
)
@pytest.mark.parametrize("path", ["installer.sh", "content/../x.md", "content/events/x.md", "lien"])
def test_files_that_go_elsewhere_are_refused(forge, path, monkeypatch):
    """The first job may have been taken over by what it read."""
    forge.serve(10)
    bad = forge.folder / "bad"
    bad.mkdir()
    if path == "lien":
        (bad / "content/events/a").mkdir(parents=True)
        (bad / "content/events/a/x.md").symlink_to("/etc/passwd")
        path = "content/events/a/x.md"
    else:
        (bad / "content/events").mkdir(parents=True)
        (bad / path).write_text("x")
    real = forge.work

    def work():
        made = real()
        for file in (forge.folder / "piece").glob("fichiers.tar"):
            subprocess.run(["tar", "-P", "-cf", file, path], cwd=bad, check=True)
        return made

    monkeypatch.setattr(forge, "work", work)
    assert forge.week() == 1
    assert "n’iraient pas à leur place" in forge.told
    assert "moisson" not in git(forge.depot, "branch", "--format=%(refname:short)").split()
