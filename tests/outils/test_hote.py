"""The versions of the host that come are judged by the tests that its decision names."""

import re


def test_what_is_replaced_has_its_tests(racine):
    text = (racine / "docs/decisions/0002-pelican-hote.md").read_text(encoding="utf-8")
    rows = text.partition("| what | why | test |")[2].strip().partition("\n\n")[0].splitlines()[1:]
    assert len(rows) > 2
    assert not [row for row in rows if "test_" not in row]
    names = re.findall(r"test_\w+\.py", text)  # those that « make hote » runs
    assert not [one for one in names if not (racine / "tests/portail_pelican" / one).is_file()]
