"""The jobs of a new portal, run on the three forges: publication, proposal, settings, letter."""

import os

import pytest

from doses import dose
from forge_runs import FORGE, Caches, Run, git
from installation import run

pytestmark = [pytest.mark.xdist_group("packaging"), pytest.mark.site, pytest.mark.long]

ADDRESS = "https://sciences.example.org"
EVENT = """---
titre: Nuit des étoiles de papier
resume: Une soirée fictive pour regarder le ciel et plier des planètes.
publie_le: 2027-02-20
format: atelier
debut: 2027-03-20 18:00
fin: 2027-03-20 20:00
adresse: {commune: Rouen}
---

On apporte sa curiosité.
"""
FAULTY = EVENT.replace("18:00", "25:00")
JUDGED = pytest.mark.parametrize(("text", "code"), [(EVENT, 0), (FAULTY, 1)])


def committed(folder, message):
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


@pytest.fixture
def machine(installed, wheel, lent, tmp_path):
    """Gives a machine for one run of a portal that is in a bare repository, ``depot.git``."""
    portal, depot = tmp_path / "portail", tmp_path / "depot.git"
    done = run(installed, tmp_path, "portail", "init", "portail", "--region", "Normandie",
               "--source", str(wheel), "--date", "2027-03-01")  # fmt: skip
    assert done.returncode == 0, done.stderr
    git(portal, "init", "-q", "-b", "main")
    committed(portal, "Notre portail")
    git(tmp_path, "clone", "-q", "--bare", str(portal), str(depot))
    for one in ("allowAnySHA1InWant", "allowFilter"):
        git(depot, "config", f"uploadpack.{one}", "true")
    caches = Caches(tmp_path / "caches")

    def made(**words):
        folder = tmp_path / f"execution-{len([*tmp_path.glob('execution-*')])}"
        return Run(folder, lent, depot, caches, words)

    return made


def proposed(one, text):
    """Propose an event, as the merge request 7; the commit of its base."""
    portal = one.depot.parent / "portail"
    base = git(portal, "rev-parse", "HEAD")
    git(portal, "checkout", "-q", "-B", "nuit", "main")
    (portal / "content/events/nuit.md").write_text(text, encoding="utf-8")
    committed(portal, "La nuit")
    git(portal, "push", "-q", "-f", str(one.depot), "nuit", "nuit:refs/pull/7/head",
        "nuit:refs/pull/7/merge")  # fmt: skip
    git(portal, "checkout", "-q", "main")
    return base


def merged(one, path, text):
    """A content merged into the branch that is published."""
    portal = one.depot.parent / "portail"
    (portal / path).parent.mkdir(parents=True, exist_ok=True)
    (portal / path).write_text(text, encoding="utf-8")
    committed(portal, "La nuit, relue")
    git(portal, "push", "-q", str(one.depot), "main")


def text_of(one, path):
    return (one.work / path).read_text(encoding="utf-8")


def published(site):
    """The files of a site; whether each was written by its run: a cache gives whole seconds."""
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {name: path.stat().st_mtime_ns % 10**9 != 0 for name, path in found.items()}


def judge_nothing_drawn(first, second, site):
    """The second run has the site of the first, all of it from the cache. A build of more than 200
    pages counts those that it draws, be they as they were."""
    assert "Pages : " in first.told and "Pages : " not in second.told, second.told
    before, after = published(first.work / site), published(second.work / site)
    assert "index.html" in before and len(before) > 300
    assert before.keys() == after.keys()
    assert all(before.values()) and not any(after.values())
    assert first.told.splitlines()[-1] == second.told.splitlines()[-1], "the same digest"


GITLAB = {
    "CI_PAGES_URL": ADDRESS, "CI_PIPELINE_SOURCE": "push", "CI_MERGE_REQUEST_IID": "7",
    "CI_JOB_URL": "https://gitlab.example.org/-/jobs/1",
}  # fmt: skip


def test_gitlab_publishes_and_draws_nothing_again(machine):
    first = machine()
    first.clone()
    assert first.gitlab("pages", GITLAB) == 0, first.told
    assert first.uploaded == ["public"]
    second = machine()
    second.clone()
    assert second.gitlab("pages", GITLAB) == 0, second.told
    judge_nothing_drawn(first, second, "public")


def gitlab_request(one):
    """What GitLab says of the merge request of a branch of this portal."""
    return {
        "CI_MERGE_REQUEST_PROJECT_URL": str(one.depot).removesuffix(".git"),
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_JOB_TOKEN": "jeton",
    }


@JUDGED
def test_gitlab_judges_a_proposal(machine, text, code):
    one = machine()
    proposed(one, text)
    one.clone("nuit")
    assert one.gitlab("proposition", GITLAB | gitlab_request(one)) == code, one.told
    assert one.uploaded == ["apercu.html", "commentaire.md"]
    comment = text_of(one, "commentaire.md")
    assert "Nuit des étoiles de papier" in text_of(one, "apercu.html")
    assert ("25&#58;00" in comment) is (code == 1), comment
    assert ("E2" in one.told) is (code == 1)


def test_gitlab_judges_beside_what_was_merged_since(machine):
    """The second of two proposals for one address learns it before it is merged."""
    one = machine()
    proposed(one, EVENT)
    merged(one, "content/events/nuit/index.md", EVENT)
    one.clone("nuit")
    assert one.gitlab("proposition", GITLAB | gitlab_request(one)) == 1, one.told
    assert "content/events/nuit.md:1:1 E501" in one.told, one.told
    comment = text_of(one, "commentaire.md")
    assert "content/events/nuit/index.md" in comment, comment


def test_gitlab_tries_other_settings(machine):
    one = machine()
    one.clone()
    with (one.work / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write('\nPORTAIL_ACCENT = "vert"\n')
    assert one.gitlab("reglages", GITLAB) != 0
    assert "PORTAIL_ACCENT" in one.told
    git(one.work, "checkout", "-q", "pelicanconf.py")
    assert one.gitlab("reglages", GITLAB) == 0, one.told


GITHUB = {
    "github.sha": "c0ffee", "vars.SITEURL": ADDRESS, "github.event_name": "push",
    "vars.SITEURL || steps.pages.outputs.base_url": ADDRESS,
    "hashFiles('requirements*.txt', 'bibliotheques.txt')": "0a1b",
    "github.server_url": FORGE, "github.repository": "o/r",
    "github.run_id": "1", "github.token": "jeton", "github.event.pull_request.number": "7",
    "github.event.pull_request.head.repo.html_url": "https://github.example.org/elle/r",
    "github.event.pull_request.head.ref": "nuit",
    "github.event.pull_request.head.label": "elle:nuit", "github.repository_owner": "o",
    "github.event.repository.default_branch": "main",
    "github.event.pull_request.base.ref": "main",
}  # fmt: skip


def test_github_publishes_and_draws_nothing_again(machine, installed, monkeypatch):
    publication = ".github/workflows/publication.yml"
    first = machine(**GITHUB)
    portal = first.depot.parent / "portail"
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2027-03-02T12:00:00Z")
    for text in (EVENT, EVENT.replace("18:00", "19:00")):
        (portal / "content/events/nuit.md").write_text(text, encoding="utf-8")
        committed(portal, "La nuit")
    git(portal, "push", "-q", str(first.depot), "main")
    assert first.actions(publication, "construire") == 0, first.told
    assert first.uploaded == ["output"]
    calendar = text_of(first, "output/evenements/nuit/evenement.ics")
    assert "LAST-MODIFIED:20270302T120000Z" in calendar
    desk = machine()
    git(desk.folder, "clone", "-q", str(desk.depot), str(desk.work))
    build = f"portail build --site-url {ADDRESS} && portail empreinte"
    assert desk.shell(build, "-e", {"PATH": f"{installed}:{os.environ['PATH']}"}) == 0, desk.told
    assert desk.told.splitlines()[-1] == first.told.splitlines()[-1], "the same site on a desk"
    second = machine(**GITHUB | {"github.run_id": "2"})
    assert second.actions(publication, "construire") == 0, second.told
    judge_nothing_drawn(first, second, "output")


@JUDGED
def test_github_judges_a_proposal(machine, text, code):
    one = machine(**GITHUB)
    one.words["github.event.pull_request.base.sha"] = proposed(one, text)
    one.tool("gh", "#!/bin/sh\necho content/events/nuit.md\n")
    environ = {"GITHUB_REPOSITORY": "o/r"}
    assert one.actions(".github/workflows/proposition.yml", "contenu", environ) == code, one.told
    assert one.uploaded == ["sortie/apercu.html", "sortie/commentaire.md"]
    comment = text_of(one, "sortie/commentaire.md")
    assert ("25&#58;00" in comment) is (code == 1), comment
    assert ("::error" in one.told) is (code == 1)
    assert not one.caches.kept, "a proposal keeps nothing that the base would read"


def test_github_freezes_the_letter(machine):
    one = machine(**GITHUB)
    merged(one, "content/events/nuit.md", EVENT)
    environ = {"GITHUB_RUN_ID": "1", "GITHUB_RUN_ATTEMPT": "1"}
    assert one.actions(".github/workflows/lettre.yml", "figer", environ) == 0, one.told
    assert one.words["steps.figer.outputs.semaine"] == "2027-s09"
    shown = git(one.depot, "show", "--stat", "main")
    assert "content/newsletters/2027-s09.envoi.html" in shown
    assert git(one.depot, "rev-parse", "lettre/2027-s09") == git(one.depot, "rev-parse", "main")


@pytest.mark.parametrize(
    "forge",
    ["forgejo", *(pytest.param(one, marks=pytest.mark.long) for one in ("github", "gitlab"))],
)
def test_a_tool_that_fails_blames_no_text(machine, forge):
    one = machine(**GITHUB)
    portal = one.depot.parent / "portail"
    settings = portal / "pelicanconf.py"
    settings.write_text(f"{settings.read_text('utf-8')}PORTAIL_ACCENT = 'vert'\n", "utf-8")
    committed(portal, "Une couleur qui n’en est pas une")
    git(portal, "push", "-q", str(one.depot), "main")
    one.words["github.event.pull_request.base.sha"] = proposed(one, EVENT)
    if forge == "gitlab":
        one.clone("nuit")
        code = one.gitlab("proposition", GITLAB | gitlab_request(one))
    else:
        one.tool("gh", "#!/bin/sh\necho content/events/nuit.md\n")
        path = f".{forge}/workflows/proposition.yml"
        code = one.actions(path, "contenu", {"GITHUB_REPOSITORY": "o/r"})
    assert code not in (0, 70) and "PORTAIL_ACCENT" in one.told
    assert "Il reste des fautes" not in one.told and not one.uploaded
    assert forge == "github" or "ce n’est pas une faute de votre texte" in one.told


def test_forgejo_publishes_in_its_branch(machine):
    publication = ".forgejo/workflows/publication.yml"
    trees = set()
    for _ in range(dose(1, 2)):
        one = machine(**GITHUB)
        one.words["github.sha"] = git(one.depot, "rev-parse", "main")
        assert one.actions(publication, "publier") == 0, one.told
        trees.add(git(one.depot, "rev-parse", "pages^{tree}"))
    assert len(trees) == 1, "the same site"
    assert "index.html" in git(one.depot, "ls-tree", "--name-only", "pages").split()


@JUDGED
def test_forgejo_judges_a_proposal(machine, text, code):
    one = machine(**GITHUB)
    one.words["github.event.pull_request.base.sha"] = proposed(one, text)
    assert one.actions(".forgejo/workflows/proposition.yml", "contenu") == code, one.told
    assert ("content/events/nuit.md:6:" in one.told) is (code == 1)
    assert ("Il reste des fautes" in one.told) is (code == 1)
