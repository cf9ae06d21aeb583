"""Whether a content that must have a text has one that a reader sees."""

from pathlib import Path, PurePosixPath

from doses import cases
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir
from portail.site.draft import read_document
from portail.source.loader import SourceFile
from portail.source.store import Stamp

PATH = PurePosixPath("content/articles/essai.md")
HEAD = "---\ntitre: Essai\nresume: Un essai.\npublie_le: 2021-09-20\n---\n"


def codes(body):
    """Codes of what is said of an article."""
    data = data_dir()
    reading = Reading(Vocabularies.load(data), Geography.load(data, "Hauts-de-France"))
    file = SourceFile(PATH, Path("y.md"), Kind.ARTICLE, "essai", Stamp(0, 0))
    loaded, _ = read_document(f"{HEAD}{body}".encode(), file, reading)
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
