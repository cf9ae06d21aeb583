"""What a body may not do, one barrier at a time: each of these fails when that barrier is gone."""

from pathlib import PurePosixPath

from doses import cases, rows_of
from portail.body.render import render_body

PATH = PurePosixPath("content/articles/essai.md")


def shown(text):
    """The HTML of a body and the codes of what is told of it."""
    body = render_body(text, PATH)
    return body.html.html, [one.code for one in body.diagnostics]


@cases(("text", "codes"), rows_of("portail/body/barriers.yml"))
def test_what_makes_no_link(text, codes):
    html, found = shown(text)
    assert "<a" not in html
    assert [one for one in found if one in {"E311", "E312", "E315", "E323"}] == codes


@cases(
    ("text", "href"),
    [
        ("<https://exemple.org>", "https://exemple.org"),
        ("<nom@exemple.org>", "mailto:nom@exemple.org"),
        ("<nom@un.exemple.org>", "mailto:nom@un.exemple.org"),
        ("(https://exemple.org/a)", "https://exemple.org/a"),
        ("https://exemple.org/a_(b), c", "https://exemple.org/a_(b)"),
        ("www.exemple.org.", "http://www.exemple.org"),
    ],
)
def test_what_makes_one(text, href):
    html, codes = shown(text)
    assert f'<a href="{href}">' in html
    assert codes == []


@cases("raw", ["<?php **x** ?>", "<!-- **x** -->", "<![CDATA[**x**]]>", "<!DOCTYPE **x**>"])
def test_what_a_comment_holds_is_no_markdown(raw):
    html, codes = shown(f"a {raw} **b**")
    assert "**x**" in html
    assert "<strong>b</strong>" in html
    assert codes == ["E312"]


@cases(
    ("text", "href"),
    [
        ("[nom](https://exemple.org/a|b'c)", "https://exemple.org/a%7Cb%27c"),
        ("[nom](<https://exemple.org/a^b>)", "https://exemple.org/a%5Eb"),
        ("[nom](<mailto:a@exemple.org?subject=un deux>)",
         "mailto:a@exemple.org?subject=un%20deux"),
    ],
)  # fmt: skip
def test_a_link_is_published_as_it_was_judged(text, href):
    html, codes = shown(text)
    assert f'href="{href}"' in html
    assert codes == []


@cases(
    ("tag", "paste"),
    [
        ('<img src="photo.jpg" alt="b">', "![b](photo.jpg)"),
        ('<img src="photo.jpg">', "![Description](photo.jpg)"),
        ('<img src="//exemple.net/photo.jpg" alt="b">', ""),
        ('<img src="https://exemple.net/photo.jpg" alt="b">', ""),
        ('<img src="javascript:x" alt="b">', ""),
        ('<a href="javascript:x">b</a>', ""),
        ('<a href="https://exemple.org/">b</a>', "[b](https://exemple.org/)"),
        ("<h2>b</h2>", "## b"),
        ("<h6>b</h6>", "###### b"),
        ("<h7>b</h7>", ""),
    ],
)
def test_what_is_proposed_in_the_place_of_a_tag_is_safe(tag, paste):
    body = render_body(tag, PATH)
    (told,) = [one for one in body.diagnostics if one.code == "E311"]
    assert told.paste == paste


def test_what_a_word_processor_wrote_is_told_once():
    body = render_body(
        'Un <b>mot</b>.\n\n<p class="MsoNormal"><b>A</b> <i>b</i></p>\n\n<p class=MsoNormal>c</p>',
        PATH,
    )
    (told,) = [one for one in body.diagnostics if one.code == "E311"]
    assert (told.position.line, told.paste) == (3, "")
    assert told.hint.startswith("Ce texte vient d’un traitement de texte")
