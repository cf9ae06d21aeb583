"""The editor's word: what is left of HTML, and its pieces of text."""

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import etree, fragment_fromstring

from doses import cases
from portail.features.channels.lettre.editorial import Piece, blocks
from portail.features.channels.lettre.word_html import simple_html


def test_paragraphs_lists_and_links():
    word = (
        "Avant <p>Un <strong>mot</strong>, <em>deux <b>mots</b></em><br>et\n un "
        '<a href="https://exemple.org/?a=1&amp;b=2">lien <i>ici</i></a>.</p>'
        "<ul><li>un</li><li><p>deux</p></li></ul><ul><li>autre</li></ul><ol><li>1</li></ol>Fin"
    )
    found = blocks(word)
    assert [bloc.genre for bloc in found] == ["p", "p", "ul", "ul", "ol", "p"]
    assert [len(bloc.elements) for bloc in found] == [1, 1, 2, 1, 1, 1]
    assert found[1].elements[0] == (
        Piece("Un "), Piece("mot", fort=True), Piece(", "), Piece("deux ", italique=True),
        Piece("mots", fort=True, italique=True), Piece("\n"), Piece("et un "),
        Piece("lien ", "https://exemple.org/?a=1&b=2"),
        Piece("ici", "https://exemple.org/?a=1&b=2", italique=True), Piece("."),
    )  # fmt: skip


def test_nothing_that_runs_goes_through():
    word = (
        "<p onclick=x>a<script>alert(1)</script><!-- non --><style>p{}</style>"
        '<a href="javascript:alert(1)">b</a><img src=x onerror=y><a href=" data:x">c</a>'
        '<a href="https://a.example/"onclick=x">d</a></p>'
    )
    (bloc,) = blocks(word)
    assert "".join(piece.texte for piece in bloc.elements[0]) == "abcd"
    assert {piece.url for piece in bloc.elements[0]} <= {"", "https://a.example/"}


def test_nothing_for_nothing():
    assert blocks("") == blocks(" \n") == blocks("<p> </p><ul></ul>") == ()


@given(st.text(st.sampled_from("<>/pulia b=\"'&;é\n") | st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_read_as_html_is(text):
    try:
        tree = fragment_fromstring(text, create_parent="div")
    except (ValueError, etree.ParserError):
        return
    for dropped in tree.xpath(
        "//script|//style|//template|//head|//title|//svg|//math|//comment()"
    ):
        dropped.drop_tree()
    said = "".join(p.texte for b in blocks(text) for e in b.elements for p in e)
    assert "".join(said.split()) == "".join(tree.text_content().split())


@cases(
    ("html", "clean"),
    [
        ("<p>a</p><ul><li>b</li></ul><ol><li>c</li></ol>", None),
        ("<em>a</em><strong>b</strong><br>", None),
        *((f'<a href="{url}">a</a>', None) for url in (
            "https://exemple.org/a", "http://exemple.org", "mailto:a@exemple.org", "/agenda/",
            "/", "/a?b#c",
        )),
        *((f'<a href="{url}">a</a>', "<a>a</a>") for url in (
            "javascript:a", "data:text/html,a", "tel:12", "ftp://a", "//exemple.net/", "/\\exemple",
            "a", "#a", "?a", "", "/a b", "../a", "/a\\b", "\\\\exemple.net",
        )),
        ('<a href="/a" title="b" onclick="c" target="_blank">a</a>', '<a href="/a">a</a>'),
        ('<p class="a" id="b" style="c">d</p>', "<p>d</p>"),
        ("a<script>b</script>c<style>d</style>", "ac"),
        ("<b>a</b><img src=x onerror=y><iframe src=z>c</iframe><!-- d -->", "ac"),
        ("<h2>a</h2><svg><a href='/x'>b</a></svg>", "a"),
        ("a&nbsp;b", "a\u00a0b"),
    ],
)  # fmt: skip
def test_the_word_of_a_letter_holds_a_few_elements(html, clean):
    assert simple_html(html) == (html if clean is None else clean)
    assert simple_html(simple_html(html)) == simple_html(html)
