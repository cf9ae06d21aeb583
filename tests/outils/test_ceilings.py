"""Totals only fall, and code is squeezed no more than it was."""

import subprocess

import pytest

import ceilings
from ceilings import Ceilings

HELD = Ceilings({"plugins": 1_000}, {}, {"two for": 3})


@pytest.mark.parametrize(
    ("weight", "fault"),
    [
        (1_000, ""),
        (1_001, "plugins: 1,001, over its ceiling of 1,000"),
        (999, "plugins: 999, its ceiling of 1,000 has to follow (--write)"),
    ],
)
def test_one_token_more_is_refused_and_one_less_is_taken_along(weight, fault):
    assert [*ceilings.judged({"plugins": weight}, {}, HELD)] == ([fault] if fault else [])


def test_what_is_to_be_added_is_taken_from_its_room():
    held = HELD._replace(room={"plugins": 50})
    assert [*ceilings.judged({"plugins": 1_051}, {}, held)] == [
        "plugins: 1,051, over its ceiling of 1,000"
    ]
    assert ceilings.followed({"plugins": 1_020}, {}, held)[:2] == (
        {"plugins": 1_020}, {"plugins": 30},
    )  # fmt: skip
    assert ceilings.followed({"plugins": 990}, {}, held)[:2] == ({"plugins": 990}, {"plugins": 50})


def test_code_that_is_squeezed_more_is_told_and_what_fell_is_kept():
    assert [*ceilings.judged({"plugins": 1_000}, {"two for": 4}, HELD)] == [
        "two for: 4, more than the 3 there were"
    ]
    assert ceilings.followed({"plugins": 1_000}, {"two for": 2}, HELD).squeezed == {"two for": 2}


def test_how_squeezed_code_is():
    text = "import a, b\nx = [c for d in e for c in d]\ny = f(1, 2, 3, 4) if x else 0\n"
    assert [*ceilings.squeezed([text, "import a\n"]).values()] == [1, 25.0, 25.0, 1.5]


@pytest.fixture
def project(tmp_path):
    """A repository whose ceilings one writes, with another file or alone."""
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "outils").mkdir()

    def write(total, room, *, code="", commit=True):
        held = Ceilings({"plugins": total}, {"plugins": room} if room else {}, {})
        (tmp_path / ceilings.LIST).write_text(ceilings.written(held, "# Why.\n"))
        (tmp_path / "a.py").write_text(code)
        if commit:
            subprocess.run([*git, "add", "-A"], cwd=tmp_path, check=True)
            subprocess.run([*git, "commit", "-qm", "a"], cwd=tmp_path, check=True)
        return [*ceilings.history(tmp_path)]

    write(100, 0)
    return write


def test_a_total_rises_in_a_commit_of_its_own_alone(project):
    assert project(90, 0, code="b") == []
    assert project(90, 30, code="b") == []
    assert project(120, 0, code="c") == []
    told = ["plugins: may weigh 121, and history allows 120"]
    assert project(121, 0, code="d", commit=False) == told
    assert project(121, 0, code="d") == told
    assert project(121, 0, code="e") == told, "a second commit does not make it right"
    assert project(120, 0, code="f") == []


def test_what_is_weighed(tmp_path):
    files = {
        "plugins/portail/features/pages/carte/page.py": '"""Drawn."""\nB = f(2, 3)  # why\n',
        "plugins/portail_envoi/smtp.py": 'import re\nA = re.compile("a")\n',
        "tests/features/pages/carte/test_page.py": "A = 1\n",
        "outils/bench.py": "A = 1\n",
        "docs/technique/tests.md": "Aujourd’hui, deux mots.\n",
        "theme/static/js/a.js": "a()\nb()\n",
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
        "tests, tokens": 3,
    }
