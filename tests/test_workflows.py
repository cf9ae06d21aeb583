"""Workflows and forms of the forge: their schemas, who may do what, what their scripts do."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

from checkout import ROOT
from doses import cases
from forge_runs import git, read
from portail import cli

GITHUB = ROOT / ".github"
EXAMPLES = ROOT / "docs/technique/exemples"
MODEL = ROOT / "modele"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))

SCHEMAS = {
    "vendor.github-workflows": [*WORKFLOWS, *ROOT.glob(".forgejo/workflows/*.yml")],
    "vendor.github-issue-forms": sorted((GITHUB / "ISSUE_TEMPLATE").glob("[0-9]*.yml")),
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "vendor.dependabot": [GITHUB / "dependabot.yml"],
    "vendor.gitlab-ci": [MODEL / "gitlab" / "_gitlab-ci.yml", ROOT / ".gitlab-ci.yml"],
}

SHARED = {
    "make .venv/.portail-run": "sh installer.sh",
}
"""What is not the same in the workflows of this repository and in those of a new portal."""

WRITES = {
    ("audit", "signaler"): {"issues"},
    ("commentaire", "repondre"): {"pull-requests"},
    ("courrier", "proposer"): {"contents", "issues", "pull-requests"},
    ("lettre", "figer"): {"contents"},
    ("lettre", "publier"): {"actions"},
    ("moisson", "proposer"): {"contents", "pull-requests"},
    ("publication", "publier"): {"pages", "id-token"},
    ("vitrine", "publier"): {"pages", "id-token"},
    ("version", "image"): {"packages"},
    ("version", "index"): {"id-token"},
    ("version", "publier"): {"attestations", "contents", "id-token"},
}
"""Jobs that may write, and what: nobody else."""
SECRETS = {("courrier", "lire"), ("courrier", "repondre"), ("lettre", "envoyer")}
"""Jobs that are given secrets."""
FOREIGN = re.compile(r"pull/|head[._](?:ref|sha|repo)|workflow_run|GITHUB_HEAD_REF")
RUNS = re.compile(r"(?:^|[|;&]\s*)(?:bash|sh|source|\.|python3?|node|eval|make)\s", re.MULTILINE)


def jobs():
    """Every job: its workflow, its name, itself, its workflow whole."""
    flows = [(path.stem, read(path)) for path in WORKFLOWS]
    return [(flow, name, job, all_) for flow, all_ in flows for name, job in all_["jobs"].items()]


def privileged(job, flow):
    """Whether a job can change something, or knows something that others do not."""
    rights = {**flow["permissions"], **job.get("permissions", {})}
    return (
        "write" in rights.values()
        or "secrets." in str(job)
        or bool({"workflow_run", "pull_request_target"} & {*flow[True]})
    )


def reads_a_proposal(job, flow):
    """Whether a job takes files of a proposal, or of an issue, or runs what it is given."""
    asked = {"pull_request", "pull_request_target", "workflow_run", "issues"} & {*flow[True]}
    for step in job["steps"]:
        use, run = step.get("uses", ""), step.get("run", "")
        if asked and (use or RUNS.search(run) or re.search(r"git\s+(clone|fetch|checkout)", run)):
            return True
        if "checkout" in use and FOREIGN.search(str(step.get("with", {}))):
            return True
    return False


@cases("schema", SCHEMAS)
def test_each_file_follows_the_schema_of_its_forge(schema):
    judged(schema, *SCHEMAS[schema])


def judged(schema, *files):
    """The command ``check-jsonschema``, in this process."""
    assert files
    done = CliRunner().invoke(check_jsonschema, ["--builtin-schema", schema, *map(str, files)])
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """The repository of a new portal, for every forge."""
    pytest.importorskip("portail_init")
    folder = tmp_path_factory.mktemp("portail")
    assert cli.main(["init", str(folder), "--region", "Normandie"]) == 0
    return folder


def test_the_demonstration_has_the_workflows_and_forms_of_a_new_portal(portal):
    files = [path for path in (portal / ".github").rglob("*.yml") if path.stem != "dependabot"]
    assert {path.stem for path in files} > {"proposition", "commentaire", "publication", "lettre"}
    for path in files:
        ours = (ROOT / path.relative_to(portal)).read_text(encoding="utf-8")
        for here, there in SHARED.items():
            ours = ours.replace(here, there)
        assert path.read_text(encoding="utf-8") == ours, path


def test_files_of_a_new_portal_follow_the_schemas_of_its_forges(portal):
    forms = ".github/ISSUE_TEMPLATE"
    for schema, pattern in {
        "vendor.github-workflows": ".[gf]*/workflows/*.yml",
        "vendor.github-issue-forms": f"{forms}/[0-9]*.yml",
        "vendor.github-issue-config": f"{forms}/config.yml",
        "vendor.dependabot": ".github/dependabot.yml",
        "vendor.gitlab-ci": ".gitlab-ci.yml",
    }.items():
        judged(schema, *portal.glob(pattern))


def test_forgejo_gives_the_words_of_others_by_the_environment_alone(portal):
    flows = {path.stem: read(path) for path in portal.glob(".forgejo/workflows/*.yml")}
    assert flows.keys() == {"courrier", "moisson", "proposition", "publication"}
    for name, flow in flows.items():
        for job in flow["jobs"].values():
            assert name == "courrier" or "secrets." not in str(job)
            held = [step for step in job["steps"] if "secrets." in str(step)]
            assert not [step for step in held if "github.token" in str(step)]
            assert not [step for step in job["steps"] if "${{" in step.get("run", "")]
    # What may be written is written where no proposal starts it.
    assert set(flows["publication"][True]) == {"push", "schedule", "workflow_dispatch"}
    for name in ("courrier", "moisson"):
        assert set(flows[name][True]) == {"schedule", "workflow_dispatch"}
    assert "push" not in str(flows["proposition"]["jobs"])


def test_the_proposal_on_forgejo_is_merged_and_judged_by_the_base(portal, tmp_path):
    """The script, run on a repository whose proposal also brings a script of its own."""
    depot, work = tmp_path / "depot", tmp_path / "travail"
    (depot / "content").mkdir(parents=True)
    work.mkdir()

    def commit(**files):
        for name, text in files.items():
            (depot / name.replace("__", "/")).write_text(text, encoding="utf-8")
        git(depot, "add", "-A")
        git(depot, "commit", "-qm", "x")
        return git(depot, "rev-parse", "HEAD")

    git(depot, "init", "-qb", "main")
    commit(content__a="avant", installer="base")
    git(depot, "checkout", "-qb", "p")
    hiding = {"content__.gitattributes": "d export-ignore\n.gitattributes export-ignore\n"}
    head = commit(content__b="proposé", content__d="caché", installer="piège", **hiding)
    git(depot, "update-ref", "refs/pull/7/head", head)
    git(depot, "checkout", "-q", "main")
    commit(content__c="depuis")
    flow = read(portal / ".forgejo/workflows/proposition.yml")
    script = flow["jobs"]["contenu"]["steps"][0]["run"]
    words = {"DEPOT": f"file://{depot}", "BASE": "main", "NUMERO": "7", "JETON": "x"}
    subprocess.run(["bash", "-e", "-c", script], cwd=work, env={**os.environ, **words}, check=True)
    assert (work / "installer").read_text(encoding="utf-8") == "base"
    assert {path.name for path in (work / "content").iterdir()} == {
        "a", "b", "c", "d", ".gitattributes",
    }  # fmt: skip
    assert {path.name for path in (work / "avant").iterdir()} == {"a", "c"}


def test_rights_are_given_one_by_one():
    for flow, name, job, whole in jobs():
        rights = job.get("permissions", {})
        assert {key for key, one in rights.items() if one == "write"} == WRITES.get(
            (flow, name), set()
        ), (flow, name)
        assert ("secrets." in str(job)) is ((flow, name) in SECRETS), (flow, name)
        assert whole["permissions"] == {"contents": "read"}, flow
        assert "timeout-minutes" in job, (flow, name)


def test_the_letter_reads_the_history_that_the_site_reads():
    checkouts = [
        (flow, step["with"].get("fetch-depth"))
        for flow, _, job, _ in jobs()
        for step in job["steps"]
        if flow in ("lettre", "publication") and "checkout" in step.get("uses", "")
    ]
    assert {*checkouts} == {("lettre", 0), ("publication", 0)}


PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
IMAGE = re.compile(r"(?:image: |PORTAIL_IMAGE: |PORTAIL_IMAGE \|\| '|FROM )([^'$\s]+)")


def files_with_pins():
    """Workflows of this repository and of new portals, and documents that show some."""
    found = [*GITHUB.rglob("*.yml"), *MODEL.rglob("*.yml"), *ROOT.glob(".forgejo/workflows/*.yml")]
    found += [ROOT / ".gitlab-ci.yml"]
    found += [*(ROOT / "docs").rglob("*.md"), *(path for path in EXAMPLES.rglob("*.y*ml"))]
    return sorted(path for path in found if path.is_file())


def test_actions_and_images_are_those_that_were_read():
    """By their commit or their digest: a tag may lead elsewhere tomorrow."""
    seen, versions, images = 0, set(), {*IMAGE.findall((ROOT / "Containerfile").read_text("utf-8"))}
    for path in files_with_pins():
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        for use in re.findall(r"^\s*(?:- )?uses: *(\S.*)$", text, re.MULTILINE):
            seen += 1
            assert PINNED.fullmatch(use), (name, use)
        versions.update(re.findall(r"uses: *([\w./-]+)@([0-9a-f]{40})", text))
        if "docs/" not in name:
            images.update(IMAGE.findall(text))
    assert seen > 15
    assert len({action for action, _ in versions}) == len(versions), "one version everywhere"
    (image,) = images
    assert re.fullmatch(r"[\w./:-]+@sha256:[0-9a-f]{64}", image), "one image everywhere"


def test_nothing_starts_with_rights_at_the_word_of_a_proposal(portal):
    theirs = sorted(portal.glob(".[gf]*/workflows/*.yml"))
    assert len(theirs) > 5
    for path in [*WORKFLOWS, *theirs]:
        flow = read(path)
        assert "pull_request_target" not in flow[True], path
        for name, job in flow["jobs"].items():
            if "pull_request" in flow[True]:
                rights = {**flow.get("permissions", {}), **job.get("permissions", {})}
                assert "write" not in rights.values() and "secrets." not in str(job), (path, name)


def test_new_versions_wait_a_week_and_come_for_all_that_is_locked():
    ours = read(GITHUB / "dependabot.yml")["updates"]
    assert {one["package-ecosystem"] for one in ours} == {"github-actions", "uv", "npm"}
    theirs = read(MODEL / "github/_github/dependabot.yml")["updates"]
    for one in [*ours, *theirs]:
        assert one["cooldown"]["default-days"] >= 7


def test_what_each_night_and_each_week_asks_for_are_targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    matrix = read(GITHUB / "workflows/audit.yml")["jobs"]["preuve"]["strategy"]["matrix"]
    targets = {*re.findall(r"^([a-z]+):.*\n\t", makefile, re.MULTILINE)}
    night, week = ({*json.loads(told)} for told in re.findall(r"\[.*?\]", matrix["cible"]))
    assert night == {"endurance"} and night < week <= targets


def test_each_target_of_make_has_one_recipe_that_a_shell_can_read():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*\n\t", text, re.MULTILINE)
    assert sorted(targets) == sorted({*targets})
    for recipe in re.findall(r"^[a-z]+:.*\n((?:\t.*\n)+)", text, re.MULTILINE):
        lines = recipe.replace("\\\n", " ").splitlines()
        script = "\n".join(line.strip().lstrip("@") for line in lines).replace("$$", "$")
        plain = re.sub(r"\$\((?:[^()]|\([^()]*\))*\)", "x", script)
        done = subprocess.run(["bash", "-n", "-c", plain], capture_output=True, text=True)
        assert done.returncode == 0, (recipe, done.stderr)


def test_no_job_with_rights_reads_the_code_of_a_proposal():
    seen = [(flow, name) for flow, name, job, all_ in jobs() if privileged(job, all_)]
    assert set(seen) == {*WRITES, *SECRETS}
    guilty = [
        (flow, name)
        for flow, name, job, all_ in jobs()
        if privileged(job, all_) and reads_a_proposal(job, all_)
    ]
    assert guilty == []


def test_scripts_are_given_words_of_others_by_their_environment_alone():
    """An expression inside a script would be read as a part of it (script injection)."""
    for flow, name, job, _ in jobs():
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), (flow, name)


def test_a_proposal_leaves_nothing_that_the_base_would_read():
    """What a build keeps is read again, templates as code: a proposal reads it, and keeps none."""
    for flow, name, job, whole in jobs():
        if {"pull_request", "pull_request_target"} & set(whole[True]):
            uses = [
                step["uses"] for step in job["steps"] if "actions/cache" in step.get("uses", "")
            ]
            assert all("/restore@" in one for one in uses), (flow, name)


def taking(steps):
    """The script that puts the contents of a proposal in place of ours."""
    (script,) = (step["run"] for step in steps if "prendre les" in step.get("name", ""))
    return str(script)


def test_the_contents_of_a_proposal_are_judged_by_the_code_of_the_base():
    steps = read(GITHUB / "workflows" / "proposition.yml")["jobs"]["contenu"]["steps"]
    base, proposal = (step["with"] for step in steps if "checkout" in step.get("uses", ""))
    assert base["ref"] == "${{ github.event.pull_request.base.ref }}" and "path" not in base
    assert (proposal["path"], proposal["sparse-checkout"]) == ("proposition", "content")
    taken = taking(steps)
    assert "rm -rf proposition" in taken and "mv content avant" in taken
    (checked,) = (step["run"] for step in steps if step.get("id") == "verifier")
    assert "portail check --avant avant " in checked, "letters that were sent do not change"


def test_a_proposal_without_a_folder_of_contents_is_refused(tmp_path):
    taken = taking(read(GITHUB / "workflows" / "proposition.yml")["jobs"]["contenu"]["steps"])
    for case in ("rien", "lien", "bon"):
        folder = tmp_path / case
        (folder / "content").mkdir(parents=True)
        (folder / "proposition").mkdir()
        if case == "lien":
            (folder / "proposition" / "content").symlink_to("/etc")
        elif case == "bon":
            (folder / "proposition" / "content" / "events").mkdir(parents=True)
        done = subprocess.run(["bash", "-e", "-c", taken], cwd=folder, capture_output=True)
        assert (done.returncode == 0) is (case == "bon")
        assert (folder / "content" / "events").is_dir() is (case == "bon")


def test_the_hook_of_git_refuses_a_faulty_content(tmp_path):
    git(tmp_path, "init", "-q")
    hook = tmp_path / ".git/hooks/pre-commit"
    shutil.copy(EXAMPLES / "pre-commit", hook)
    (tmp_path / "content/lieux").mkdir(parents=True)
    portail = tmp_path / "portail"
    portail.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m portail "$@"\n')
    portail.chmod(0o755)
    environ = {**os.environ, "PORTAIL": str(portail)}

    def commit(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        git(tmp_path, "add", name)
        run = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", name]
        return subprocess.run(run, cwd=tmp_path, env=environ, capture_output=True).returncode

    whole = "---\ntitre: Ici\nresume: Un lieu.\ntype: musee\ncommune: Lille\n---\nTexte.\n"
    assert commit("README.md", "Rien à vérifier.\n") == 0
    assert commit("content/lieux/ici.md", whole.replace("musee", "muse")) == 1
    assert commit("content/lieux/ici.md", whole) == 0
