"""HTML of others as the Markdown of a body: what it keeps, and that nothing in it harms."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from checkout import ROOT
from doses import cases, dose, ends
from portail.body.render import render_body
from portail_importer.importer.sources.cleaning import tree_of
from portail_importer.importer.sources.writing import BODY_BYTES, markdown_of

COLLAGES = sorted((ROOT / "tests/data/collages").glob("*.html"))
PAGE = "https://portail-imaginaire.example.org/articles/la-lune"


def errors(markdown):
    """Codes of what a body refuses."""
    found = render_body(markdown, PurePosixPath("a.md")).diagnostics
    return [one.code for one in found if one.code[0] == "E"]


def shown(markdown):
    """The text that a reader of the site sees, blanks being one."""
    html = render_body(markdown, PurePosixPath("a.md")).html.html
    root = lxml_html.fragment_fromstring(html, create_parent=True) if html else None
    text = "" if root is None else " ".join(piece for piece in root.itertext())
    return " ".join(text.split())


@pytest.mark.parametrize("sample", COLLAGES, ids=lambda path: path.stem)
def test_a_paste_and_an_import_say_the_same(sample):
    expected = sample.with_suffix(".md").read_text("utf-8").strip()
    assert markdown_of(sample.read_text("utf-8")).markdown == expected


@cases(
    ("html", "expected"),
    [
        ("<h1>Un</h1><h3>Deux</h3><h5>Trois</h5>", "## Un\n\n### Deux\n\n#### Trois"),
        ("<h3>Un</h3><h2>Deux</h2>", "## Un\n\n## Deux"),
        ("<h2></h2><p>&nbsp;</p><p>Un</p>", "Un"),
        ("<h2><b>Un</b><br>deux</h2>", "## Un deux"),
        ("<p>un<br><br>deux</p>", "un\n\ndeux"),
        ("<p>L’énergie de 10<sup>6</sup> J, du CO<sub>2</sub></p>", "L’énergie de 10⁶ J, du CO₂"),
        ("<p><b>Lundi </b>et<i> mardi</i></p>", "**Lundi** et *mardi*"),
        ("<p><b>a</b><b>b</b></p>", "**ab**"),
        ("<p>in<b>(croy)</b>able</p>", "in(croy)able"),
        ('<p><a href="/b?x=1&utm_medium=m">b</a></p>',
         "[b](https://portail-imaginaire.example.org/b?x=1)"),
        ('<p>Fin !<a href="/b">b</a></p>',
         "Fin \\![b](https://portail-imaginaire.example.org/b)"),
        (('<p><a href="javascript:alert(1)">a</a> <a href="data:text/html,x">b</a> '
         '<a href="#bas">c</a> <a href="tel:+33300000000">d</a></p>'), "a b c d"),
        ('<p><a href="mailto:a@example.org?bcc=b@example.org">a</a></p>', "a"),
        ("<ol start=3><li>un</li><li><p>deux</p><ul><li>deux bis</li></ul></li></ol>",
         "3. un\n4. deux\n   - deux bis"),
        ("<ul><li><p>un</p><p>suite</p></li></ul>", "- un\n\n  suite"),
        ("<blockquote><p>un</p><p>deux</p></blockquote>", "> un\n>\n> deux"),
        (("<table><tr><th>Jour</th><th>Heure</th></tr><tr><td>lundi<br>matin</td><td>9|10</td></tr>"
         "</table>"), "| Jour | Heure |\n| --- | --- |\n| lundi matin | 9\\|10 |"),
        ("<table><tr><td><p>Un</p><p>deux</p></td></tr></table>", "Un\n\ndeux"),
        ("<dl><dt>Durée</dt><dd>une heure</dd></dl>", "Durée\n: une heure"),
        ("<pre>a\n  b ```</pre>", "````\na\n  b ```\n````"),
        ("<p>Un <code>a`b</code></p>", "Un ``a`b``"),
        ('<iframe src="//www.youtube.com/embed/aqz-KE-bpKQ?rel=0"></iframe>',
         ("[https://www.youtube.com/watch?v=aqz-KE-bpKQ]"
         "(https://www.youtube.com/watch?v=aqz-KE-bpKQ)")),
        (('<figure><img src="a.jpg" alt="Un panneau"><figcaption>© Atelier fictif</figcaption>'
         "</figure><p>Un</p>"), "Un"),
        ("<p>Un [gallery ids=\"1,2\"][contact-form-7 id=\"1\"] mot [video][1]</p>",
         "Un mot \\[video\\]\\[1\\]"),
        ("<p>[vc_row a=\"1\"]Un[/vc_row] [gallery ids=\"1,2\"] mot [sic]</p>", "Un mot \\[sic\\]"),
        (('<nav>Menu</nav><div class="sharedaddy">Partager</div><form>Nom</form><p>Le texte</p>'
         '<div id="cookie-notice">Cookies</div>'), "Le texte"),
        ("<p>https://moi:mot@a.example.org, www.b@c.example.org</p>",
         "https\\://moi:mot\\@a.example.org, www\\.b\\@c.example.org"),
        ("<p>https://<i>a</i>@b.example.org <code>https://a@b.example.org</code></p>",
         "https\\://*a*\\@b.example.org `https://a@b.example.org`"),
        ("<p>&nbsp;&nbsp;La&nbsp;ville&nbsp;: 14&nbsp;h</p>", "La ville\u00a0: 14\u00a0h"),
    ],
)  # fmt: skip
def test_what_is_kept(html, expected):
    assert markdown_of(html, PAGE).markdown.strip("\u00a0") == expected
    assert errors(expected) == []


@cases(
    "line",
    ["# pas un titre", "1. pas une liste", "- non", "+ non", "> non", "=====", "-----", "~~~",
     "!!! note", ": non", "| a | b |", "[a]: https://example.org", "[^1] note", "*[EPCI]: non",
     "&lt;script&gt;alert(1)&lt;/script&gt;", "a &amp;amp; b", "{: .classe}", "* * *", "___", "```",
     "[lien](https://example.org)", "![image](a.jpg)", "2*3*4", "a_b_ c", "1) non", "\\[ ~~a~~"],
)  # fmt: skip
def test_no_line_is_markdown_by_accident(line):
    plain = lxml_html.fragment_fromstring(f"<p>{line}</p>").text_content()
    for html in (f"<p>{line}</p>", f"<p>avant<br>{line}</p>", f"<ul><li>{line}</li></ul>"):
        markdown = markdown_of(html).markdown
        body = render_body(markdown, PurePosixPath("a.md"))
        assert [one.code for one in body.diagnostics] == []
        told = shown(markdown).replace("\u00a0", " ").removeprefix("avant ")
        assert told.replace(" ", "") == plain.replace(" ", "")


def test_pictures_are_listed_with_their_credit():
    text = markdown_of(
        '<figure><img data-src="/photos/a.jpg" src="data:image/gif;base64,R0" alt="Une loupe">'
        "<figcaption>À l’atelier. Crédit photo : Camille Fictive (CC BY-SA 4.0)</figcaption>"
        '</figure><img src="https://traceur.example.org/p.gif" width="1">'
        '<iframe src="https://x.example.org/"></iframe>',
        PAGE,
    )
    (picture,) = text.pictures
    assert picture.source == "https://portail-imaginaire.example.org/photos/a.jpg"
    assert (picture.alt, picture.licence) == ("Une loupe", "CC BY-SA 4.0")
    assert picture.credit.startswith("Camille Fictive")
    assert not text.markdown


LESS = dose(30, 1)
HOSTILE = {
    "nested": "<div>" * (10_000 // LESS) + "x",
    "nested bold": "<b>" * (10_000 // LESS) + "x",
    "nested quotes": "<blockquote>" * (2_000 // LESS) + "x",
    "nested lists": "<ul><li>" * 300 + "x",
    "nested tables": "<table><tr><td>" * (3_000 // LESS) + "x",
    "signs": "<" * (1_000_000 // LESS),
    "paragraphs": "<p>x" * (300_000 // LESS),
    "one word": "<p>" + "x" * (5_000_000 // LESS),
    "one paragraph": "<p>" + "mot " * (1_250_000 // LESS),
    "attribute": f'<a href="https://a.example.org/{"x" * (1_000_000 // LESS)}">y</a>',
    "cells": "<table>" + ("<tr>" + "<td>a|b" * 50) * (3_000 // LESS) + "</table>",
    "breaks": "a<br>" * (100_000 // LESS),
    "marks": "<p>" + "*_`~[" * (50_000 // LESS),
    "styles": "<p>" + "<b>a</b><i>b</i>" * (30_000 // LESS),
    "headings": "".join(f"<h{rank % 6 + 1}>T</h{rank % 6 + 1}>" for rank in range(20_000 // LESS)),
    "code": "<pre>" + "```\n" * (100_000 // LESS),
    "accents": "<p>e" + "\u0301" * (100_000 // LESS),
    "nul": "<p>a\0b\ufeff\u202ec</p>",
    "shortcodes": '<p>[a b="' * (20_000 // LESS),
    "word": '<p style="mso-list:l0 level1 lfo1">x</p>' * (20_000 // LESS),
    "definitions": "<dl>" + "<dt>a<dd>b" * (20_000 // LESS),
    "widgets": '<div class="share">' * (5_000 // LESS) + "x",
}


def test_what_runs_is_not_in_the_tree():
    """What writes Markdown of it would write none of that anyway: it never sees it."""
    tree = tree_of(
        "<p onclick=x>a<script>b</script><iframe srcdoc=c></iframe><object data=f>g</object>"
        '<a href="javascript:d" onfocus=h>e</a><form action=i><input formaction=j></form>'
        "<style>k</style><svg><script>l</script></svg><base href=m><meta http-equiv=n></p>"
    )
    assert tree is not None
    text = etree.tostring(tree, encoding="unicode")
    for one in ("<script", "on", "srcdoc", "<object", "javascript", "action", "<style", "<svg",
                "<base", "<meta"):  # fmt: skip
        assert one not in text, text


@cases("name", HOSTILE)
def test_hostile_pages_are_read(name):
    with ends():
        markdown = markdown_of(HOSTILE[name]).markdown
    assert len(markdown.encode()) <= BODY_BYTES
    assert errors(markdown) == []


TAGS = "p div span b i em strong a h1 h2 h4 ul ol li table tr td th blockquote pre code br hr "
TAGS += "dl dt dd figure figcaption img iframe script style nav form sup sub q del svg math"
WORDS = st.sampled_from(
    ["mot", " ", "\n", "# ", "1. ", "- ", "> ", "*", "_", "`", "~~", "[", "]", "](", "(", ")", "!",
     "<", "&", "&amp;", "&#39;", "|", "---", "===", ":", "\u00a0", "\u200b", "é", "\\", "{:", "https://",
     "www.a.example.org", "a@b.example.org", "[^1]", "\U000f0041", "\x01", "«", "🔬",
     "e\u0301\u0301\u0301"]
)  # fmt: skip
ATTRIBUTES = st.sampled_from(
    ["", ' href="https://a.example.org/(b)"', ' href="javascript:x"', ' href="/c d"', " hidden",
     ' href="mailto:a@b.example.org"', ' style="font-weight:700"', ' style="mso-list:l0 level2 l"',
     ' class="share"', ' src="https://youtu.be/aqz-KE-bpKQ"', ' src="a.jpg" alt="b"',
     ' colspan="3"', ' width="²" colspan="{}"'.format("9" * 5000),
     ' start="7"', ' href="https://a\u0430.example.org"', ' title="# x"', ' role="search"',
     ' href="'],
)  # fmt: skip
PIECES = st.one_of(
    WORDS,
    st.text(max_size=6),
    st.builds("<{}{}>".format, st.sampled_from(TAGS.split()), ATTRIBUTES),
    st.builds("</{}>".format, st.sampled_from(TAGS.split())),
)


@settings(max_examples=dose(25, 100))
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_html_gives_a_body_without_an_error(html):
    markdown = markdown_of(html, PAGE).markdown
    assert errors(markdown) == []
    body = render_body(markdown, PurePosixPath("a.md")).html.html
    assert "javascript:" not in body
    assert "<script" not in body


def test_what_is_left_out_stays_so_however_deep():
    html = f"{'<div>' * 600}<script>alerte</script><p>mot</p><svg><text>dessin</text></svg>"
    assert markdown_of(html).markdown == "mot"
