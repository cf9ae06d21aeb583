"""The editor's word: what is left of HTML, and its pieces of text."""

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import etree, fragment_fromstring

from doses import cases
from portail.features.channels.lettre.word_html import mail_word, simple_html, word_tree


def test_a_mail_draws_paragraphs_lists_and_whole_links():
    word = (
        "Avant <p>Un <strong>mot</strong><br>et "
        '<a href="https://exemple.org/?a=1&amp;b=2">lien</a> <a href="/agenda/">ici</a>.</p>'
        "<ul><li>un</li></ul>Fin"
    )
    assert mail_word(word) == (
        '<p class="e">Avant</p>\n<p class="e">Un <strong>mot</strong><br>et '
        '<a href="https://exemple.org/?a=1&amp;b=2" class="e">lien</a> ici.</p>\n'
        '<ul><li class="e">un</li></ul>\n<p class="e">Fin</p>'
    )
    assert mail_word("") == mail_word(" \n") == ""


def test_nothing_that_runs_goes_through():
    word = (
        "<p onclick=x>a<script>alert(1)</script><!-- non --><style>p{}</style>"
        '<a href="javascript:alert(1)">b</a><img src=x onerror=y><a href=" data:x">c</a></p>'
    )
    assert mail_word(word) == '<p class="e">abc</p>'


@given(st.text(st.sampled_from("<>/pulia b=\"'&;é\n") | st.characters(codec="utf-8"), max_size=80))
def test_a_word_says_all_that_its_html_does(text):
    clean = simple_html(text)
    try:
        tree = fragment_fromstring(clean, create_parent="div")
    except (ValueError, etree.ParserError):
        return
    said = word_tree(clean).text_content()
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
