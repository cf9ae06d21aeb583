"""Bodies made fit for another site."""

import re
from pathlib import PurePosixPath

from doses import cases, rows_of
from portail.body.portable import ImageTarget, portable, resolve
from portail.body.render import render_body

ALLOWED = re.compile(
    r'<(?:a href="[^"]*"|abbr title="[^"]*"|ol start="\d+"|th scope="col"|[\w/]+)>'
)


PICTURE = ImageTarget(
    "/p.jpg", sources=(("image/avif", "/p.avif 9w"), ("image/webp", "/p.webp 9w")), animation="/g"
)
"""With all that a picture may have around it."""


def absolute(href):
    return f"https://exemple.org/articles/a/{href}" if href.startswith("#") else href


def of(text):
    """The portable HTML of a Markdown text whose links go to /x/ and pictures to /p.jpg."""
    body = render_body(text, PurePosixPath("content/articles/a.md"))
    facts = body.facts
    links = {one.target: "https://exemple.org/x/" for one in facts.links}
    html = resolve(body.html.html, links, {one.source: PICTURE for one in facts.images})
    return portable(html, absolute)


@cases(("text", "expected"), rows_of("portail/body/portable.yml"))
def test_each_form(text, expected):
    assert of(text) == expected


def test_nothing_of_our_site_is_left():
    text = (
        "## T\n\nK ~~b~~ `c`[^n] https://j.org\n\n*[K]: kilo\n\n> [!NOTE]\n> p\n\n> q\n\n"
        "- [ ] r\n\n| u |\n|:-:|\n| 1 |\n\nTerme\n: sens\n\n---\n\n```\ni\n```\n\n"
        "[^n]: j <l@m.org>\n"
    )
    html = of(text)
    assert ALLOWED.sub("", html).count("<") == 0, html
