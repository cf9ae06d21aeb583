"""The table of barriers: each row finds its barrier and its test; how a test must fail."""

import re

import pytest

import barrieres
from barrieres import Copy, Row, faults, rows

TEST = "def test_it():\n    from p import inside\n    assert inside(4) == 0\n"
CODE = "class A:\n    pass\n\ndef inside(n):\n    if n > 3:\n        return 0\n    return n\n"


def test_every_barrier_is_there_once_and_has_a_test():
    assert faults(rows()) == []


def test_the_document_tells_the_doors_of_the_table():
    text = (barrieres.ROOT / "docs/technique/securite.md").read_text(encoding="utf-8")
    doors = dict.fromkeys(row.door for row in rows())
    assert re.findall(r"^### (.+)$", text, re.MULTILINE) == list(doors)


def tree(folder):
    """A project of one module and one test."""
    for name, text in {"plugins/p.py": CODE, "tests/test_p.py": TEST}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


ROW = Row("A door", "one", "Too much", "plugins/p.py", "if n > 3:", "if False:",
          "tests/test_p.py::test_it")  # fmt: skip


def test_what_no_longer_holds_of_a_row_is_told(tmp_path):
    root = tree(tmp_path)
    assert faults([ROW], root) == []
    wrong = [ROW._replace(find="n"), ROW._replace(name="b", test="tests/test_p.py::test_that")]
    wrong += [ROW._replace(name="c", file="plugins/q.py"), ROW._replace(name="c", put=ROW.find)]
    told = "\n".join(faults(wrong, root))
    for one in ("found 6 times in plugins/p.py", "b: tests/test_p.py::test_that is no test",
                "found 0 times in plugins/q.py", "c: twice", "c: changes nothing"):  # fmt: skip
        assert one in told


@pytest.mark.parametrize(
    ("put", "verdict"),
    [
        ("if False:", (False, True)),
        ("if n > 2:", (True, False)),
        ("if n > 3", (False, False)),
        ("if nothing:", (False, False)),
    ],
)
def test_a_test_must_fail_by_an_assertion(tmp_path, monkeypatch, put, verdict):
    """Neither a barrier that nobody misses nor a change that breaks the code is a proof; the tree
    is whole again afterwards."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    root = tree(tmp_path / "tree")
    copy = Copy.__new__(Copy)
    copy.folder = root
    with copy.without(ROW._replace(put=put)):
        said = copy.run([ROW.test], "-x", f"--rootdir={root}")
    assert (said.passed, said.asserted) == verdict, said.said
    assert (root / ROW.file).read_text(encoding="utf-8") == CODE
