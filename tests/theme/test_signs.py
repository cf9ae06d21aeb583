"""Signs that style sheets draw are for the eyes: screen readers pass over them."""

import re

from drawn_pages import theme_files

CONTENT = re.compile(r"(?<![\w-])content:\s*([^;}]+)")
READ = "©"
"""Signs that say something which no word beside them says."""


def test_signs_are_not_read():
    """Each has an empty alternative, after the sign alone: a browser that does not know
    alternatives leaves out the whole declaration."""
    found = 0
    for sheet in theme_files("static/css/*.css").values():
        source = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        for rule in re.findall(r"\{([^{}]*)\}", source):
            told = [one.strip() for one in CONTENT.findall(rule)]
            signs = [one for one in told if re.fullmatch(r'"[^"\w]*[^"\w\s][^"\w]*"', one)]
            for sign in (one for one in signs if one.strip('" ') not in READ):
                assert told == [sign, f'{sign} / ""'], (sheet.name, rule.strip())
                found += 1
    assert found >= 10


def test_no_first_letter_is_drawn_apart():
    """WebKit keeps the letter that was first when a script shows words before it."""
    sheets = theme_files("static/css/*.css").values()
    assert [one.name for one in sheets if "::first-letter" in one.read_text("utf-8")] == []
