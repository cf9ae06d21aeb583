"""Tests that take too long are told by their names, from the report of a run."""

from xml.etree import ElementTree

import durees

REPORT = ElementTree.fromstring("""<testsuite>
<testcase classname="tests.a.test_b" name="test_c[1]@group"><properties>
<property name="processor" value="2.5"/></properties></testcase>
<testcase classname="tests.a.test_b.TestD" name="test_e[x@y]"><properties>
<property name="processor" value="1.5"/></properties></testcase></testsuite>""")


def test_what_takes_too_long_is_told_unless_it_is_named():
    found = durees.taken(REPORT)
    assert found == {"tests/a/test_b.py::test_c": [2.5], "tests/a/test_b.py::test_e": [1.5]}
    refused, told = durees.faults(found, {"most": 2, "whole": 4, "named": {}})
    assert not refused and told[0].startswith("tests/a/test_b.py::test_c: 2.5 s, more than 2.0")
    named = {"tests/a/test_b.py::test_c": "why"}
    assert durees.faults(found, {"most": 2, "whole": 4, "named": named}) == ([], [])
    refused, told = durees.faults(found, {"most": 1.2, "whole": 4, "named": {"gone": "why"}})
    assert [line.partition(":")[0] for line in refused] == ["gone", "tests/a/test_b.py"]
    assert len(told) == 1


def test_a_slow_machine_is_given_what_it_needs():
    found = durees.taken(REPORT)
    assert durees.faults(found, {"most": 1.3, "whole": 2, "named": {}}) == ([], [])
