"""The page of what greffons may use is that of the code."""

import promises


def test_the_page_says_what_the_code_promises():
    text = promises.PAGE.read_text(encoding="utf-8")
    assert promises.page() == text, "outils/promises.py --write"


def test_each_name_has_its_row():
    rows = [*promises.rows()]
    assert [row for row in rows if row.endswith((": .", "``"))] == []
    told = " ".join(rows)
    assert all(f"**{name}**" in told or f"`{name}`" in told for name in promises.names())
