"""The editor's word: what is left of HTML."""

from doses import cases
from portail_lettre.fragment import cleaned


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
        ("<h4>a</h4><svg><a href='/x'>b</a></svg>", "a"),
        ("a&nbsp;b", "a\u00a0b"),
    ],
)  # fmt: skip
def test_the_word_of_a_letter_holds_a_few_elements(html, clean):
    assert cleaned(html) == (html if clean is None else clean)
    assert cleaned(cleaned(html)) == cleaned(html)
