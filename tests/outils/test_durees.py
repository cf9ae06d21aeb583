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
    assert found == {"tests/a/test_b.py::test_c": 2.5, "tests/a/test_b.py::test_e": 1.5}
    (told,) = durees.faults(found, 2, {})
    assert told.startswith("tests/a/test_b.py::test_c: 2.5 s")
    assert [*durees.faults(found, 2, {"tests/a/test_b.py::test_c": "why"})] == []
    assert [*durees.faults(found, 3, {"gone": "why"})] == ["gone: no longer there"]
