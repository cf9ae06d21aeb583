"""HTML of others as the Markdown of a body: what it keeps, and that nothing in it harms."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from checkout import ROOT
from doses import cases, dose, ends, heavy, rows_of
from portail.body.render import render_body
from portail_importer.importer.sources.cleaning import tree_of
from portail_importer.importer.sources.writing import BODY_BYTES, markdown_of

CASES = rows_of("portail_importer/tests/importer/markdown.yml")
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


@cases(("html", "expected"), CASES["gardees"])
def test_what_is_kept(html, expected):
    assert markdown_of(html, PAGE).markdown.strip("\u00a0") == expected
    assert errors(expected) == []


@cases("line", CASES["lignes"])
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


@cases("parts", rows_of("portail_importer/tests/importer/hostiles.yml")["html"])
def test_hostile_pages_are_read(parts):
    with ends():
        markdown = markdown_of(heavy(parts)).markdown
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
