"""The editor's word: pieces of text, whatever HTML is in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from portail.features.channels.lettre.editorial import Piece, blocks


def test_paragraphs_lists_and_links() -> None:
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


def test_nothing_that_runs_goes_through() -> None:
    word = (
        "<p onclick=x>a<script>alert(1)</script><!-- non --><style>p{}</style>"
        '<a href="javascript:alert(1)">b</a><img src=x onerror=y><a href=" data:x">c</a>'
        '<a href="https://a.example/"onclick=x">d</a></p>'
    )
    (bloc,) = blocks(word)
    assert "".join(piece.texte for piece in bloc.elements[0]) == "abcd"
    assert {piece.url for piece in bloc.elements[0]} <= {"", "https://a.example/"}


def test_nothing_for_nothing() -> None:
    assert blocks("") == blocks(" \n") == blocks("<p> </p><ul></ul>") == ()


@given(st.text(st.sampled_from("<>/pulia b=\"'&;é\n") | st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_read_as_html_is(text: str) -> None:
    try:
        tree = html.fragment_fromstring(text, create_parent="div")
    except (ValueError, html.etree.ParserError):
        return
    for dropped in tree.xpath(
        "//script|//style|//template|//head|//title|//svg|//math|//comment()"
    ):
        dropped.drop_tree()
    said = "".join(p.texte for b in blocks(text) for e in b.elements for p in e)
    assert "".join(said.split()) == "".join(tree.text_content().split())
