"""The tool of `make mutants`: what it changes, what it tries, what its table says."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import yaml

import mutants
from mutations import mutants as made

SOURCE = '''
import re
from dataclasses import dataclass
"""A word."""
BAD = {"a", "b"}
WORD = re.compile(r"\\d+x")

@dataclass(frozen=True)
class A:
    """Told."""
    size: int = 3

    @property
    def big(self) -> "bool":
        return self.size > 3 and self.size < 9

def judge(text: str, most: int = 2) -> list[str]:
    """Told."""
    if text.strip() not in BAD or len(text) > most:
        raise ValueError("no")
    return [one for one in text if one]
'''


def test_what_is_changed_is_what_code_does():
    found = {one.name: one for one in made(SOURCE)}
    assert found["judge: text.strip() → text"].in_function
    assert not found["BAD: without 'b'"].in_function
    for name in (
        "BAD: without 'b'", "WORD: '\\\\d+x' → '\\\\D+x'", "A: 3 → 4",
        "A.big: self.size > 3 and self.size < 9 → self.size < 9",
        "judge: 2 → 3", "judge: text.strip() → text", "judge: no raise ValueError('no')",
        "judge: if text.strip() not in BAD or len(text) > most → False",
        "judge: for … if one → all",
    ):  # fmt: skip
        assert name in found, [*found]
    assert not any("Told" in name or "frozen" in name or "bool" in name for name in found)


def test_each_mutant_differs_in_one_place_from_a_module_left_whole():
    whole = ast.unparse(ast.parse(SOURCE))
    every = [*made(SOURCE)]
    assert len({one.name for one in every}) == len(every)
    for one in every:
        text = ast.unparse(one.build())
        assert text != whole, one.name
        changed = zip(text.splitlines(), whole.splitlines(), strict=False)
        assert text.count("\n") == whole.count("\n"), one.name
        assert sum(a != b for a, b in changed) == 1, one.name
    assert ast.unparse(ast.parse(SOURCE)) == whole


def test_the_choice_outlives_an_edit_elsewhere(tmp_path):
    first, second = tmp_path / "a.py", tmp_path / "b.py"
    first.write_text(SOURCE, encoding="utf-8")
    second.write_text(SOURCE + "\n\ndef other():\n    pass\n", encoding="utf-8")
    names = [{one.name for one in mutants.drawn(str(at), 7).tried} for at in (first, second)]
    assert len(names[0]) == 7
    assert names[0] == names[1]


def test_the_table_names_files_and_mutants_that_there_are(racine):
    table = yaml.safe_load(mutants.TABLE.read_text(encoding="utf-8"))
    modules = [path for group in table["groups"] for path in group["modules"]]
    assert len(modules) == len(set(modules))
    tests = [one for group in table["groups"] for one in group["tests"]]
    assert [one for one in (*modules, *tests) if not (racine / one).exists()] == []
    for path, reasons in table["survivors"].items():
        assert path in modules
        names = {one.name for one in made((racine / path).read_text(encoding="utf-8"))}
        assert reasons.keys() <= names, path
        assert all(reasons.values())


def test_what_is_wrong_is_said():
    def outcomes(killed, left):
        rows = [(f"k{i}", True) for i in range(killed)] + [(f"l{i}", False) for i in range(left)]
        return [mutants.Outcome("a.py", 1, name, one) for name, one in rows]

    assert [*mutants.faults(outcomes(9, 1), {"a.py": {"l0": "why"}})] == []
    assert [*mutants.faults(outcomes(9, 1), {})] == ["a.py:1 l0"]
    assert len([*mutants.faults(outcomes(8, 2), {"a.py": {"l0": "why", "l1": "why"}})]) == 1
    assert [*mutants.faults(outcomes(9, 0), {"a.py": {"k1": "why"}})] == [
        "a.py k1: is killed, and listed"
    ]


ALL = """
import json, mutants
from pathlib import Path
mutants.ROOT = Path.cwd()
found = mutants.tried({"modules": ["plugins/small.py"], "tests": ["tests"]}, 0, [""], 2)
print(json.dumps({one.name: one.killed for one in found}))
"""


def test_tests_that_look_kill_and_tests_that_do_not_let_live(tmp_path):
    """A small project: a function, a table, a class; one function that no test looks at."""
    for folder in ("plugins", "tests"):
        (tmp_path / folder).mkdir()
    text = (
        "BAD = ('a', 'b')\n\n\nclass Kept:\n    size = 3\n\n\n"
        "def good(x):\n    return x not in BAD\n\n\ndef idle(x):\n    return x + 1\n"
    )
    (tmp_path / "plugins" / "small.py").write_text(text, encoding="utf-8")
    (tmp_path / "tests" / "test_small.py").write_text(
        "from small import BAD, Kept, good, idle\n\n"
        "def test_good():\n    assert good('c') and not good('a') and not good('b')\n\n"
        "def test_class():\n    assert good('c')\n    assert Kept.size == 3\n    idle(1)\n",
        encoding="utf-8",
    )
    paths = os.pathsep.join([str(tmp_path / "plugins"), str(Path(mutants.__file__).parent)])
    done = subprocess.run(
        [sys.executable, "-c", ALL],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    killed = {name for name, dead in said.items() if dead}
    left = said.keys() - killed
    assert {"BAD: without 'a'", "BAD: without 'b'", "good: x not in BAD → x in BAD"} <= killed
    assert "Kept: 3 → 4" in killed
    assert left == {"idle: x + 1 → x - 1", "idle: 1 → 2", "idle: return x + 1 → return None"}
