import html
import re

from hypothesis import given

from doses import cases, rows_of
from portail.text.typography import SafeHtml, inline_html, plain, typeset
from strategies import inline_texts


@cases(("text", "stripped", "rendered"), rows_of("portail/text/inline.yml"))
def test_both_readings(text, stripped, rendered):
    assert plain(text) == stripped
    assert inline_html(text) == rendered


def test_the_result_is_marked_as_html():
    result = inline_html("*a* & b")
    assert isinstance(result, SafeHtml)
    assert result.__html__() == "<em>a</em> &amp; b"


@given(inline_texts())
def test_html_holds_italics_alone_and_balanced(text):
    rendered = inline_html(text)
    tags = re.findall(r"<[^>]*>", rendered)
    assert tags == ["<em>", "</em>"] * (len(tags) // 2)
    assert not set(re.sub(r"</?em>", "", rendered)) & set("<>\"'")


@given(inline_texts())
def test_html_and_plain_say_the_same(text):
    shown = html.unescape(re.sub(r"</?em>", "", inline_html(text)))
    expected = plain(typeset(text))
    assert shown == expected


def test_many_asterisks_cost_little():
    hostile = "*a " * 50_000
    assert plain(hostile) == hostile
    assert plain("*" + "\\*" * 50_000).startswith("***")
