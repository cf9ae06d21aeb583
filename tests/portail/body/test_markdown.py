"""What a text means on GitHub is what it means here.

The examples stand in ``exemples.txt``: a name after ``@@``, the text, ``@@=``, the HTML expected,
without what only serves presentation. There ⍽ is a no-break space, ⇥ a tab, ␣ a space at
the end of a line, ␍ a carriage return.
"""

import re
from pathlib import Path, PurePosixPath

import pytest

from portail.body.render import render_body

PATH = PurePosixPath("content/articles/essai.md")
SHOWN = str.maketrans({"⍽": "\u00a0", "⇥": "\t", "␣": " ", "␍": "\r"})
PRESENTATION = re.compile(
    r' (?:loading|decoding|tabindex|role|scope|id|aria-label|aria-labelledby)="[^"]*"'
)


def examples():
    """Name → text, HTML."""
    text = Path(__file__).with_name("exemples.txt").read_text("utf-8").translate(SHOWN)
    found = {}
    for example in ("\n" + text.rstrip("\n")).split("\n@@ ")[1:]:
        head, expected = example.split("\n@@=\n")
        name, source = head.split("\n", 1)
        found[name] = source, expected
    return found


EXAMPLES = examples()
assert len(EXAMPLES) >= 90


def meaning(text):
    """HTML of `text` without presentation, and without line ends between tags."""
    html = PRESENTATION.sub("", render_body(text, PATH).html.html)
    return re.sub(r">\n+<", "><", html.strip()).replace(">\n", ">").replace("\n<", "<")


@pytest.mark.parametrize(("text", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_meaning(text, expected):
    assert meaning(text) == expected
