"""``make vite``: the tests of what was changed, and no others."""

import subprocess
import time

import pytest

import vite
from checkout import ROOT
from doses import cases


@cases(
    ("path", "first", "beside"),
    [
        ("plugins/portail/site/lists.py", "portail/site/test_lists.py", True),
        (
            "plugins/portail/features/services/agenda/rrule.py",
            "features/services/agenda/test_",
            True,
        ),
        ("plugins/portail/text/a/new/one.py", "portail/text/test_", True),
        ("tests/portail/site/lists.yml", "portail/site/test_lists.py", True),
        ("tests/test_docs.py", "test_docs.py", False),
        ("theme/static/js/commun.js", "theme/test_", True),
        ("outils/vite.py", "outils/test_vite.py", True),
    ],
)
def test_tests_of_a_folder_are_run_the_nearest_first(path, first, beside):
    found = [one.relative_to(ROOT / "tests").as_posix() for one in vite.chosen([path])]
    assert found[0].startswith(first), found
    assert (len(found) > 1) is beside
    assert {one.parent for one in vite.chosen([path])} == {(ROOT / "tests" / first).parent}


def test_what_has_no_tests_of_its_own_runs_none():
    assert vite.chosen(["Makefile", "docs/technique/theme.md", "content/pages/index.md"]) == []


def git(folder, *words):
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_the_work_tree_and_the_commits_of_the_branch_are_what_was_changed(tmp_path):
    names = ("main.py", "kept.py", "branch.py", "edited.py", "à côté.py")
    git(tmp_path, "init", "-q", "-b", "main")
    for name in names[:2]:
        (tmp_path / name).write_text("one", "utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    git(tmp_path, "checkout", "-qb", "other")
    (tmp_path / "branch.py").write_text("two", "utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "two")
    git(tmp_path, "checkout", "-q", "main")
    (tmp_path / "main.py").write_text("of others", "utf-8")
    git(tmp_path, "commit", "-qam", "three")
    git(tmp_path, "checkout", "-q", "other")
    (tmp_path / "kept.py").write_text("edited", "utf-8")
    (tmp_path / "à côté.py").write_text("new", "utf-8")
    assert vite.changed(tmp_path) == ["branch.py", "kept.py", "à côté.py"]


@pytest.mark.parametrize(("seconds", "said"), [(60, "2 passed"), (-1, "2 tests are left")])
def test_none_is_begun_once_it_is_late(tmp_path, capsys, seconds, said):
    file = tmp_path / "test_one.py"
    file.write_text("def test_one():\n    pass\n\n\ndef test_two():\n    pass\n", "utf-8")
    hurry = vite.Hurry([file], time.monotonic() + seconds)
    alone = ("-p", "no:cacheprovider", "-c", "/dev/null", "--import-mode=importlib")
    pytest.main(["-q", *alone, str(file)], plugins=[hurry])
    assert said in capsys.readouterr().out
