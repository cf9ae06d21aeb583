"""What a build costs is counted stage by stage, and compared with a list changed by hand."""

import re
import sys

import pytest

import counted
from cost import judged, leaping, rewritten, since

HERE = "{}.{}".format(*sys.version_info)


def prices(**lines):
    """A price list of this Python."""
    return {"python": HERE, "prices": lines}


@pytest.mark.parametrize(
    ("now", "code", "said"),
    [
        ({"files": 101}, 0, ""),
        ({"files": 103}, 1, "files: 100 → 103\n"),
        ({"files": 90}, 0, "files: 100 → 90 (write it in the list)\n"),
        ({}, 1, "files: no longer measured\n"),
        ({"files": 100, "kB": 3}, 1, "kB: not in the price list\n"),
    ],
)
def test_a_line_that_rises_by_more_than_two_per_cent_has_to_be_written(now, code, said, capsys):
    """What falls is told; what only one of the two has is a fault of the list."""
    assert judged(now, prices(files=100)) == code
    assert capsys.readouterr().out == said


def test_a_few_calls_in_a_stage_that_has_next_to_none_are_no_price():
    """Twenty calls for each content are let pass, twenty-five of two are not."""
    name = "cold: imports, for each content"
    assert judged({name: 21}, prices(**{name: 2})) == 0
    assert judged({name: 27}, prices(**{name: 2})) == 1


def test_small_steps_add_up_to_what_a_month_may_cost(capsys):
    """Each edit beside one commit; what a line says the reason of may be paid."""
    paid = [["body", 200, "a map"], ["body", 50, "its scale"]]
    month = {"commit": "9ff9", "calls": {"cold": 5_000_000, "body": 1_000_000}, "paid": paid}
    assert since({"cold": 5_100_000, "body": 1_270_000}, {"month": month}) == 0
    assert "+2.0%\n" in capsys.readouterr().out
    assert since({"cold": 4_000_000, "body": 1_270_001}, {"month": month}) == 1
    cold, body = capsys.readouterr().out.splitlines()[-2:]
    assert "-20.0%" in cold and "too many" not in cold and "too many" in body


def test_prices_of_another_python_are_not_compared(capsys):
    """It counts calls in another way, and says so."""
    assert judged({"files": 200}, {"python": "2.7", "prices": {"files": 100}}) == 0
    assert "those of Python 2.7" in capsys.readouterr().out


def test_new_prices_are_written_in_the_place_of_the_old_ones():
    """Order and reasons stay; what is no longer measured goes, what is new comes last."""
    text = '# Why.\npython: "3.11"\nprices:\n  "a, b": -1_000  # the map\n  "gone": 2\n'
    assert rewritten(text, {"new": 3, "a, b": -2000}) == (
        '# Why.\npython: "3.11"\nprices:\n  "a, b": -2_000  # the map\n  "new": 3\n'
    )


def test_calls_are_of_the_stage_that_is_innermost():
    """Each stage has its own calls; calls into expressions are counted apart."""
    ledger = counted.Ledger()

    def inner():
        for _ in range(50):
            abs(1)

    def outer():
        for _ in range(30):
            re.compile("a").search("b")
        charged()

    charged = ledger.charge(inner, "inside")
    ledger.charge(outer, "outside")()
    table = ledger.table()
    assert 50 <= table["stages"]["inside"] <= 60
    assert table["functions"]["<built-in method builtins.abs>"] == 50
    assert table["re"] == 30


def test_signs_given_to_expressions_are_counted():
    """By whichever method; what is asked of the expression itself still answers."""
    before = counted.Counted.signs
    pattern = counted.Counted(re.compile("a+"), __name__)
    assert pattern.sub("-", "baab", count=1) == "b-b"
    assert pattern.search("xyz") is None
    assert pattern.split("1a2") == ["1", "2"]
    assert pattern.pattern == "a+"
    assert counted.Counted.signs - before == 10


def test_an_expression_that_tries_every_place_is_told_by_its_name(monkeypatch, capsys):
    """Beside the median one, by its quickest turn. What finds something, what reads few signs and
    short texts are not judged."""
    turns = {"~!": iter((90, 12)), "#!": iter((4, 3)), "%!": iter((2, 9))}
    monkeypatch.setattr(counted.Counted, "signs", 0)
    monkeypatch.setattr(counted.Counted, "every", [])
    monkeypatch.setattr(counted, "TURNS", 2)
    monkeypatch.setattr(counted.Counted, "turn", lambda one: next(turns[one.pattern]))
    text = "une phrase où rien n’est à trouver, de plus de signes que de raison. " * 200
    for pattern in turns:
        assert not counted.Counted(re.compile(pattern), __name__).search(text)
    assert counted.Counted(re.compile("phrase"), __name__).search(text)
    for _ in range(5_000):
        counted.Counted(re.compile("@"), __name__).search("bref")
    counted.Counted(re.compile("&"), __name__).match(text)
    slow = counted.slowness()
    assert slow == {f"{__name__} ~!": 4.0, f"{__name__} #!": 1.0, f"{__name__} %!": 0.7}
    assert leaping(slow) == 0
    assert leaping({**slow, f"{__name__} ~!": 4.1}) == 1
    assert capsys.readouterr().out == f"{__name__} ~!: 4.1 times the median\n"
