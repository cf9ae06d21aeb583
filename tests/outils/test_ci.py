""".ci/run, with programs and tests that stand in for the true ones: what a second run is worth, and
by which turn tests run."""

import json
import os
import re
import shutil
import subprocess
from itertools import chain
from types import SimpleNamespace

import pytest

from doses import twelfth

MAKEFILE = """\
test:
\t@mkdir -p .pytest_cache/v/cache; [ "$(PYTEST_ARGS)" ] || {{ \\
\t  echo '{failed}' > .pytest_cache/v/cache/lastfailed; exit {first}; }}
\t@echo '{{}}' > .pytest_cache/v/cache/lastfailed; exit {second}
.venv/.portail-dev check cost pages readme endurance:
\t@echo "$@ is run$(DOUZIEME:%= for turn %)"; [ "$@" != "$(WRONG)" ]
"""
PROGRAMS = (
    "chromium chromium-headless-shell dovecot firefox-esr java npm unzip uv WebKitWebDriver "
    "xvfb-run"
)
LATE = "tests/test_a.py::test_late[a family — in a hurry]"


@pytest.fixture
def ci(racine, tmp_path):
    """A project whose tests do what the Makefile says, on a machine that lacks nothing."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(racine / ".ci/run", tmp_path / ".ci/run")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/seconde_fois.txt").write_text(f"# — no test\n{LATE} — a loaded machine\n")
    programs = tmp_path / "programmes"
    programs.mkdir()
    scripts = dict.fromkeys(PROGRAMS.split(), "")
    scripts |= {"ldconfig": "", "id": '[ "$1" = -u ] && echo 1000 || echo moi'}
    for name, text in scripts.items():
        (programs / name).write_text(f"#!/bin/sh\n{text}\n")
        (programs / name).chmod(0o755)
    return tmp_path


def run(ci, *failed, first=1, second=0, turn="0", wrong=""):
    """Run it where these tests fail first, and ``make test`` ends by ``second`` afterwards; the
    stage ``wrong`` fails too."""
    told = json.dumps(dict.fromkeys(failed, True), ensure_ascii=False)
    text = MAKEFILE.format(failed=told, first=first, second=second)
    (ci / "Makefile").write_text(text, encoding="utf-8")
    ours = (
        "CHROME_BIN",
        "DOUZIEME",
        "MAKEFLAGS",
        "MAKEOVERRIDES",
        "PYTEST_ARGS",
    )  # of who runs these tests
    env = {name: value for name, value in os.environ.items() if name not in ours}
    path = f"{ci / 'programmes'}:{env['PATH']}"
    return subprocess.run(
        [ci / ".ci/run"], env={**env, "PATH": path, "TURN": turn, "WRONG": wrong, "TWELFTH": "7"},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_what_passes_only_the_second_time_is_a_fault(ci):
    done = run(ci, "tests/test_a.py::test_a", LATE)
    assert done.returncode == 1
    assert "Passed only the second time" in done.stderr
    assert done.stderr.splitlines()[-2:] == ["tests/test_a.py::test_a", "Failed: test (2)"]
    assert "readme is run" in done.stdout


def test_unless_the_list_names_it(ci):
    done = run(ci, LATE)
    assert done.returncode == 0, done.stderr
    assert "what failed, once more" in done.stdout


def test_what_fails_twice_is_a_fault_whatever_the_list_says(ci):
    assert run(ci, LATE, second=1).returncode == 1


@pytest.mark.parametrize("wrong", ["check", "readme", "pages", "endurance"])
def test_every_stage_is_run_and_told(ci, wrong):
    done = run(ci, first=0, wrong=wrong)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == f"Failed: {wrong} (2)"
    said = re.findall(r"^(\S+) is run(.*)$", done.stdout, re.MULTILINE)
    names = [".venv/.portail-dev", "check", "cost", "readme", "pages"]
    assert said == [*((name, "") for name in names), ("endurance", " for turn 7")]


def test_each_long_test_has_its_turn_among_twelve():
    items = [SimpleNamespace(nodeid=f"tests/test_a.py::test_{rank}") for rank in range(600)]
    turns = [twelfth(items, turn) for turn in range(12)]
    assert sorted(chain(*turns), key=items.index) == items
    assert all(len(one) > 25 for one in turns)


@pytest.mark.parametrize(("turn", "browser"), [("2", "chromium-headless-shell"), ("3", "chromium")])
def test_each_browser_has_its_turn(ci, turn, browser):
    done = run(ci, first=0, turn=turn)
    assert f"Turn {turn}: {ci}/programmes/{browser}; tests as moi\n" in done.stdout
    assert done.returncode == 0 and "once more" not in done.stdout


def test_the_list_names_tests_that_are_there_and_why(racine):
    text = (racine / "tests/seconde_fois.txt").read_text(encoding="utf-8")
    for row in (row for row in text.splitlines() if not row.startswith("#")):
        found = re.fullmatch(r"((?:tests|plugins)/[\w/]+\.py)::(\w+)(?:\[.*\])? — \S.*", row)
        assert found and f"def {found[2]}(" in (racine / found[1]).read_text("utf-8"), row
