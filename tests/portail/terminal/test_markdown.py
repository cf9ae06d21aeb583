"""Text of strangers in Markdown, read back by an independent parser of CommonMark."""

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from doses import cases
from portail.terminal.markdown import block, code, inline, link

HOSTILE = (
    "@redaction et @octo-org/equipe",
    "voir #12, GH-12, octo/depot#12, !34, $5, ~urgent, %v1, &3",
    "a@exemple.org et www.exemple.org, http://exemple.org/x",
    "[lien](https://exemple.org) ![image](https://exemple.org/x.png)",
    "[lien][1]\n\n[1]: https://exemple.org",
    "<img src=x onerror=alert(1)> <script>alert(1)</script> <!-- caché -->",
    "</details></td></tr></table><h1>Accepté</h1>",
    "-->\n\n# Approuvé par la rédaction",
    "| a | b |\n|---|---|",
    "```\nfin du bloc\n```\n@redaction",
    "~~~\n@redaction",
    "` `` ``` ````",
    "**gras** _souligné_ ~~barré~~ $x$ ==marqué==",
    "\\*\\@ &amp;#64; &#64;redaction &commat;redaction",
    "a\u202egnp.exe\u2066 b\u200b\u2028c\x1b[2J\x00",
    "/close\n/approve\n/merge",
    "- [ ] tâche\n1. un\n> cité\n# titre\n***",
    ":tada: :+1: :warning:",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "<https://exemple.org> <a@exemple.org>",
    "^[note] [^1] [[wiki]] {{ 7*7 }} {% include x %}",
)
"""What a contributor may write in a title or a front matter."""

CALLS = re.compile(
    r"@[\w]|[#!$~%&^]\d|#\w|GH-\d|www\.|https?://|\w@\w|:[\w+-]+:|\b[0-9a-f]{7,40}\b", re.ASCII
)
"""What GitHub and GitLab make a link or a call of, once the HTML is made."""


def tokens(text):
    """Every token of ``text``, those of lines included; tables and HTML as forges read them."""
    found = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    return [each for one in found for each in (one, *(one.children or ()))]


def prose(found):
    """What is read outside of code."""
    return "".join(one.content for one in found if one.type == "text")


@cases("text", HOSTILE)
def test_a_hostile_text_is_text(text):
    """Within a line or a cell: neither markup, nor link, nor call, nor another line."""
    written = inline(text)
    assert "\n" not in written
    for context in (f"**x** : {written}", f"- *{written}*", f"### {written}"):
        found = tokens(context)
        allowed = {"inline", "text", "text_special", "strong_open", "strong_close", "em_open",
                   "em_close", "softbreak", "code_inline"}  # fmt: skip
        blocks = {"paragraph", "heading", "bullet_list", "list_item"}
        kinds = {one.type for one in found} - allowed
        assert kinds <= {f"{name}_{end}" for name in blocks for end in ("open", "close")}
        assert not CALLS.search(prose(found))
    found = tokens(f"| a | b |\n|---|---|\n| **{written}** | c |\n")
    assert sum(one.type == "td_open" for one in found) == 2
    assert not [one for one in found if one.type.startswith(("html", "link", "image", "fence"))]


@cases("text", HOSTILE)
def test_a_block_holds_its_text(text):
    found = tokens(f"avant\n\n{block(text)}\n\naprès")
    assert [one.type for one in found if one.type != "text"] == [
        "paragraph_open", "inline", "paragraph_close", "fence",
        "paragraph_open", "inline", "paragraph_close",
    ]  # fmt: skip
    (fence,) = (one for one in found if one.type == "fence")
    assert fence.info == "yaml"
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00\x1b\u2028]", fence.content)


@given(st.text(alphabet=st.sampled_from("@#a1`*_[]()<>!|\\\n :/.-w~$&;"), max_size=40))
def test_whatever_is_written_is_text(text):
    found = tokens(f"x {inline(text)}")
    assert {one.type for one in found} <= {
        "paragraph_open", "paragraph_close", "inline", "text", "text_special", "code_inline",
    }  # fmt: skip
    assert not CALLS.search(prose(found))
    span = tokens(f"x {code(text)} y")
    assert [one.type for one in span][2:5] == ["text", "code_inline", "text"]
    fences = [one for one in tokens(block(text)) if one.type == "fence"]
    assert len(fences) == 1
    assert len(tokens(block(text))) == 1


def shown(text):
    """What one reads, and copies, of a line of Markdown."""
    kinds = ("text", "text_special", "code_inline")
    return "".join(one.content for one in tokens(text) if one.type in kinds)


@given(st.text(alphabet=st.sampled_from("@#a1`*_[]()<>!|\\ :/.-w~$&;«»,é\u00a0"), max_size=40))
def test_what_is_shown_is_what_was_written(text):
    """Nothing that is not seen goes with what people copy."""
    assert shown(f"«{inline(text)}»") == f"«{re.sub(' +', ' ', text).strip()}»"


@cases(
    ("text", "written"),
    [
        (
            "« https://www.musee.fr » ne mène nulle part : écrivez « contact@musee.fr ».",
            "« `https://www.musee.fr` » ne mène nulle part : écrivez « `contact@musee.fr` ».",
        ),
        ("(voir @redaction), #12.", "(voir `@redaction`), `#12`."),
        ("Du 2021-10-02 au 2021-10-09", "Du 2021-10-02 au 2021-10-09"),
        ("a|b@c.fr|d", "a&#124;`b@c.fr`&#124;d"),
    ],
)
def test_what_would_call_is_in_code(text, written):
    assert inline(text) == written


def test_words_stay_readable():
    text = "« Atelier » : où ? À l’école, 15 h – 17 h (62) !"
    assert inline(text).replace("&#8211;", "–") == text
    (shown,) = [one.content for one in tokens(inline("Noël * 2")) if one.type == "inline"]
    assert shown == "Noël &#42; 2"


def test_long_texts_are_cut():
    assert len(inline("é" * 1_000, 120)) == 120
    assert inline("é" * 1_000, 120).endswith("…")


def test_only_plain_addresses_are_links():
    assert link("ici", "https://exemple.org/a#L8") == "[ici](https://exemple.org/a#L8)"
    for address in ("", "javascript:alert(1)", "https://a/)b", "https://a/ b", "https://a/<b>"):
        assert link("ici", address) == "ici"


def test_what_is_to_be_copied_is_one_piece_of_code():
    assert inline("Écrivez : **mots importants**.") == "Écrivez : `**mots importants**`."
