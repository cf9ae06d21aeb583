"""What is said in a line ends without a full stop: « 6 € la soirée, composants compris, dès
16 ans », in every file that a reader opens, by whatever door the value came."""

import re

import pytest
from lxml import html

pytestmark = [pytest.mark.site]

SHORT = "janv févr avr juill sept oct nov déc etc env cf av".split()
WHOLE = "".join(rf"(?<!\b{word})" for word in SHORT)
STOPPED = re.compile(rf"{WHOLE}(?<=\w{{3}})\.(?=\s?[,;·])")
AMONG_TAGS = re.compile(r"\.(?:\s|<[^>]*>|&\w+;)*[,;·]")
"""Where a file may hold one, whatever its elements are: the others are not read as pages."""
INLINE = {"a", "abbr", "b", "em", "i", "small", "span", "strong", "sup", "time"}
AS_IT_IS = {"code", "pre", "script", "style", "textarea", "template"}


def stopped(text):
    """Where a full stop stands before what goes on with the line."""
    for found in STOPPED.finditer(text):
        yield text[max(0, found.start() - 30) : found.end() + 20]


def told(node):
    """What a reader sees of a page, the elements of a line as it, others parted."""
    if isinstance(node.tag, str) and node.tag not in AS_IT_IS:
        around = "" if node.tag in INLINE else " | "
        yield f"{around}{node.text or ''}"
        for child in node:
            yield from told(child)
            yield child.tail or ""
        yield around


@pytest.mark.long  # at each change, the cases of each view: their own tests
def test_no_value_of_a_line_ends_with_a_full_stop(built):
    output = built("demonstration")
    found = []
    for path in sorted(output.rglob("*.*")):
        name = path.relative_to(output).as_posix()
        if path.suffix == ".html":
            written = path.read_text("utf-8")
            body = html.fromstring(written).find("body") if AMONG_TAGS.search(written) else None
            text = "".join(told(body)) if body is not None else ""
        elif path.suffix in (".ics", ".txt", ".xml"):
            text = path.read_text("utf-8").replace("\n ", "").replace("\\,", ",")
        else:
            continue
        found += [f"{name}: {one}" for one in stopped(text)]
    assert found == []
