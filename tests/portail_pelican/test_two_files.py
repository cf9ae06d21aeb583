"""Two proposals that give two files one address: what their authors, the trunk and readers see."""

import pytest

from commits import commit, git, merge, proposal
from plans import entry
from projects import Project, tree

pytestmark = pytest.mark.site

OLD, NEW = "content/articles/b/chouette.md", "content/articles/2020-01-01-chouette.md"
TEXTS = {OLD: entry("articles", titre="Ancienne"), NEW: entry("articles", titre="Nouvelle")}
LEFT = (
    "content/articles/2020-01-01-chouette.md:1:1 A509 Ce fichier n’est pas publié : l’adresse "
    "/articles/chouette/ est déjà celle de « content/articles/b/chouette.md », "
)


@pytest.fixture
def trunk(tmp_path):
    """A portal in a repository, with two proposals that know nothing of each other."""
    project = Project(tmp_path / "portail")
    project.write({"content/lieux/ici.md": entry("lieux")})
    (project.root / ".gitignore").write_text("output*\n.cache\n", encoding="utf-8")
    commit(project.root)
    for name, path in (("ancienne", OLD), ("nouvelle", NEW)):
        proposal(project.root, name, {path: TEXTS[path]}, day="2021-09-02")
    return project


def title(site):
    page = (site / "articles" / "chouette" / "index.html").read_text(encoding="utf-8")
    return page.partition("<h1")[2].partition("</h1>")[0].rpartition(">")[2]


def test_the_trunk_is_published_without_the_later_one(trunk):
    merge(trunk.root, "ancienne")
    trunk.does("build")
    merge(trunk.root, "nouvelle")
    first = trunk.portail("build")
    assert (first.code, title(trunk.output)) == (0, "Ancienne")
    assert LEFT + "venu avant lui dans l’historique de Git" in first.err.replace("\n", " ")
    trunk.does("build", "--output", "output-neuf", "--clean")
    assert tree(trunk.output) == tree(trunk.root / "output-neuf"), "incremental is clean"
    checked = trunk.portail("check")
    assert checked.code == 1 and "E501" in checked.out and NEW in checked.out
    assert trunk.portail("newsletter").code == 0, "the letter leaves"


def test_an_answer_is_not_given_again_of_what_git_may_change(trunk):
    for path, text in TEXTS.items():
        trunk.write({path: text})
    assert (trunk.portail("build").code, title(trunk.output)) == (0, "Nouvelle"), "by their names"
    git(trunk.root, "add", OLD)
    git(trunk.root, "commit", "-qm", "Une fiche")
    assert (trunk.portail("build").code, title(trunk.output)) == (0, "Ancienne")
    assert trunk.portail("check").out.count(f"{NEW}:1:1 E501") == 1


def test_a_preview_of_the_trunk_still_says_the_error(trunk):
    merge(trunk.root, "ancienne")
    merge(trunk.root, "nouvelle")
    shown = trunk.portail("build", PORTAIL_PREVIEW="1")
    assert shown.code == 1 and "E501" in shown.err and title(trunk.output) == "Ancienne"
