"""Whether a content that must have a text has one that a reader sees."""

from doses import cases
from portail.site.draft import read_document
from reparations import reading, source

HEAD = "---\ntitre: Essai\nresume: Un essai.\npublie_le: 2021-09-20\n---\n"


def codes(body):
    """Codes of what is said of an article."""
    loaded, _ = read_document(f"{HEAD}{body}".encode(), source(), reading())
    return [one.code for one in loaded.diagnostics]


@cases(
    "body",
    ["", "\n\n", "\u200b", "\xad\u2060 \u3164\n\n\u2800", "**\u200b**", "> \u200b", "- \u200b",
     "[a]: https://a.example/", "*[CNRS]: Centre", "---", "\U000e0041\U000e007f"],
)  # fmt: skip
def test_a_text_that_nobody_sees(body):
    assert [code for code in codes(body) if code != "E102"] == ["E326"]


@cases(
    "body",
    ["Un mot.", "![Une luciole](a.jpg)", "👩🏽\u200d🔬", "שלום", "`x`", "| a |\n|---|\n| b |",
     "- a", "https://youtu.be/aqz-KE-bpKQ"],
)  # fmt: skip
def test_a_text_that_is_seen(body):
    assert codes(body) == []


def test_a_text_that_is_refused_says_why_alone():
    assert codes("<b>") == ["E311"]
