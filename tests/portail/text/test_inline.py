import html
import re

from hypothesis import given

from doses import cases
from portail.text.typography import SafeHtml, inline_html, plain, typeset
from strategies import inline_texts


@cases(
    ("text", "stripped", "rendered"),
    [
        ("Titre simple", "Titre simple", "Titre simple"),
        ("*Bufo bufo* en ville", "Bufo bufo en ville", "<em>Bufo bufo</em> en ville"),
        ("L'*Astacus* d'ici", "L'Astacus d'ici", "L’<em>Astacus</em> d’ici"),
        ("« *A* » et *B*!", "« A » et B!",
         "«\u00a0<em>A</em>\u00a0» et <em>B</em>\u00a0!"),
        ("2*3*4 = 24", "2*3*4 = 24", "2*3*4 = 24"),
        ("a * b * c", "a * b * c", "a * b * c"),
        ("**gras**", "**gras**", "**gras**"),
        ("note\\* et \\*rien\\*", "note* et *rien*", "note* et *rien*"),
        ("*a\\*b*", "a*b", "<em>a*b</em>"),
        ("*seul", "*seul", "*seul"),
        ("R&D <b>*x*</b>", "R&D <b>x</b>", "R&amp;D &lt;b&gt;<em>x</em>&lt;/b&gt;"),
        ('*"x" onload=*', '"x" onload=', "<em>&quot;x&quot; onload=</em>"),
    ],
)  # fmt: skip
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
