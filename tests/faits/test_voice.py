"""The demonstration speaks to its reader: where its facts come from is said once, at the foot."""

import re

import pytest

from demonstration import ROOT, contents, every_content

read_frozen = pytest.importorskip("portail_lettre.sent").read_frozen

REPORT = re.compile(r"rapports? d.activités?", re.IGNORECASE)
DEFINITION = re.compile(r"> \[!TIP\]\n> (?P<first>.*)")
SENTENCE = re.compile(r"[.?!…](?=\s|$)")
END = re.compile(r"(?<=[.?!…])[\s»]+")
WORD = re.compile(r"[\w’-]+")
SHORT = 5
"""Words of a short sentence. One is an accent; a row of them sounds made by a machine."""
FEW = 0.09
YEARLY = re.compile(r".+, bilan de l’année \d{4}")
ABOUT = "content/pages/a-propos.md"
"""The page that gives the full title of what the others cite by a short name."""
LETTERS = sorted((ROOT / "content/newsletters").glob("*.envoi.html"))
TEXTS = [*sorted((ROOT / "content").rglob("*.md")), *LETTERS]


def test_only_the_about_page_names_the_administrative_documents():
    named = {str(one.relative_to(ROOT)) for one in TEXTS if REPORT.search(one.read_text("utf-8"))}
    assert named == {ABOUT}


def test_a_source_cited_by_a_short_name_is_described_there():
    references = [source for one in contents().values() for source in one.entry.references]
    cited = {one.titre for one in references if YEARLY.fullmatch(one.titre)}
    text = (ROOT / ABOUT).read_text("utf-8")
    assert cited and {title for title in cited if f"| {title} |" not in text} == set()


def test_an_article_is_summed_up_in_two_sentences():
    articles = [one.entry for ref, one in every_content().items() if ref.startswith("articles/")]
    long = [one.slug for one in articles if len(SENTENCE.findall(one.resume or "")) > 2]
    assert articles and long == []


def test_a_box_of_definition_begins_with_its_term():
    boxes = [found for one in TEXTS for found in DEFINITION.finditer(one.read_text("utf-8"))]
    assert boxes and [box["first"] for box in boxes if not box["first"].startswith("**")] == []


def sentences(corps):
    """How many words each sentence has; a line that does not end as one is a heading."""
    told = [line for line in corps.split(" · ") if SENTENCE.search(line)]
    return [len(WORD.findall(one)) for line in told for one in END.split(line) if one]


def test_a_signed_article_is_no_row_of_short_sentences():
    signed = {
        ref: sentences(one.corps)
        for ref, one in every_content().items()
        if ref.startswith("articles/") and one.entry.exemple and one.entry.auteurs
    }
    assert signed
    short = {ref: sum(n <= SHORT for n in counts) / len(counts) for ref, counts in signed.items()}
    assert {ref: f"{share:.0%}" for ref, share in short.items() if share > FEW} == {}


@pytest.mark.parametrize("letter", LETTERS, ids=lambda one: one.name)
def test_a_letter_names_nothing_that_was_not_written_yet(letter):
    sent = read_frozen(letter.read_text("utf-8"))
    named = {ref for letter in sent.editions.values() for ref in letter.refs}
    known = {ref: one.entry.publie_le for ref, one in every_content().items() if ref in named}
    assert {ref for ref, day in known.items() if day and day > sent.fige_le} == set()
