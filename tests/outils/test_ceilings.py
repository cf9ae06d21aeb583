"""A total over its ceiling only falls, and code is squeezed no more than it may be."""

import subprocess

import pytest

import ceilings


@pytest.mark.parametrize(
    ("weight", "before", "told"),
    [
        (100, {}, False),
        (101, {}, True),
        (101, {"plugins": 102}, False),
        (103, {"plugins": 102}, True),
        (100, {"plugins": 90}, False),
    ],
)
def test_a_total_over_its_ceiling_may_only_fall(weight, before, told):
    faults = [*ceilings.judged({"plugins": weight}, before, {"plugins": 100})]
    assert len(faults) == told


def test_what_is_weighed_and_what_has_a_ceiling_are_the_same():
    assert [*ceilings.judged({"a": 1}, {}, {"b": 1})] == ["a: has no ceiling", "b: no longer there"]


def test_how_squeezed_code_is():
    text = "import a, b\nx = [c for d in e for c in d]\ny = f(1, 2, 3, 4) if x else 0\n"
    assert [*ceilings.squeezed([text, "import a\n"]).values()] == [1, 25.0, 25.0, 1.5]


def test_what_work_is_compared_with(tmp_path, monkeypatch):
    for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        monkeypatch.delenv(name, raising=False)

    def git(*arguments):
        told = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
        return subprocess.run(
            told, cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout.strip()

    git("init", "-q", "-b", "main")
    assert ceilings.base(tmp_path) == ""
    (tmp_path / "outils").mkdir()
    commits = []
    for code in ("A = 1", "A = 1 + 1"):
        (tmp_path / "outils/a.py").write_text(code)
        git("add", "-A")
        git("commit", "-qm", "a")
        commits.append(git("rev-parse", "HEAD"))
    assert ceilings.base(tmp_path) == commits[0], "on the branch, the commit before"
    git("switch", "-qc", "work")
    git("commit", "-qm", "b", "--allow-empty")
    git("commit", "-qm", "c", "--allow-empty")
    assert ceilings.base(tmp_path) == commits[1], "on another, where it left"
    assert [ceilings.weighed_at(commit, tmp_path)["outils, tokens"] for commit in commits] == [3, 5]


def test_what_is_weighed(tmp_path):
    files = {
        "plugins/portail/features/pages/carte/page.py": '"""Drawn."""\nB = f(2, 3)  # why\n',
        "plugins/portail_envoi/smtp.py": 'import re\nA = re.compile("a")\n',
        "tests/features/pages/carte/test_page.py": "A = 1\n",
        "outils/bench.py": "A = 1\n",
        "docs/technique/tests.md": "Aujourd’hui, deux mots.\n",
        "plugins/portail_ciel/tests/nuit.md": "Un contenu.\n",
        "theme/static/js/a.js": "a()\nb()\n",
        "tests/features/pages/carte/rows.yml": "- a\n- b\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    weights = ceilings.units(tmp_path)
    assert weights["plugins/portail/features/pages/carte"] == 5
    assert ceilings.totals(tmp_path, weights) == {
        "core, tokens": 5,
        "documents, words": 3,
        "outils, tokens": 3,
        "plugins, tokens": 13,
        "scripts, lines": 2,
        "tests, lines of YAML": 2,
        "tests, tokens": 3,
    }
