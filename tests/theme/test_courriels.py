"""Mails: their HTML by itself, and beside their text."""

import re
from itertools import pairwise

import pytest
from courriels import WITNESSES, long_issue, mail, tree, witnesses

from lettres import DIX, EN_COURS, ENSEIGNE, HOSTILE, NUMERO
from portail_publication.output_check import OutputChecker, OutputPolicy

mail_view = pytest.importorskip("portail_lettre.mails").mail_view
mail_text = pytest.importorskip("portail_lettre.output").mail_text

CHECKER = OutputChecker(OutputPolicy(ENSEIGNE.siteurl, letters="newsletter/x/courriel.html"))
LOURD = 80_000
"""Bytes: readers of mail cut what is over 102 kB (Gmail), the rest of the message counts too."""
ADDRESS = re.compile(r" +(?:https?://|\S+@)\S+")
each = pytest.mark.parametrize(
    "issue",
    [DIX, NUMERO, HOSTILE, EN_COURS],
    ids=["dix", "numero", "hostile", "en-cours"],
)


def text_of(issue):
    return "".join(mail_text(mail_view(issue, ENSEIGNE)))


@each
def test_the_gate_lets_it_through(issue):
    assert CHECKER.findings(mail(issue), "newsletter/x/courriel.html") == ()
    assert CHECKER.findings(mail(issue), "newsletter/x/index.html") != ()


@each
def test_styles_are_on_elements_headings_leave_no_gap_and_rows_are_as_wide(issue):
    page = tree(issue)
    (sheet,) = page.xpath("//style/text()")
    assert set(re.findall(r"@[\w-]+ \([\w-]+", sheet)) == {
        "@media (max-width", "@media (prefers-color-scheme",
    }  # fmt: skip
    assert not page.xpath("//link|//script|//form|//iframe|//*[@data-css-inline]")
    for element in page.xpath("//p|//h1|//h2|//h3|//h4"):
        assert "font-family" in element.get("style", ""), element.text_content()
    assert all(table.get("role") == "presentation" for table in page.iter("table"))
    levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in page.iter("table"):
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        assert len({sum(int(cell.get("colspan", 1)) for cell in row) for row in rows}) == 1


def test_it_is_light():
    assert len(mail(NUMERO)) < 30_000
    assert len(mail(long_issue())) < LOURD


@each
def test_html_and_text_lead_to_the_same_places_and_away_once(issue):
    html = {str(url).removeprefix("mailto:") for url in tree(issue).xpath("//a/@href")}
    text = {line.strip() for line in text_of(issue).split("\n") if ADDRESS.fullmatch(line)}
    assert html == text
    assert all(url.startswith(f"{ENSEIGNE.siteurl}/") or "@" in url for url in html)
    assert mail(issue).count(b"/newsletter/desabonnement/") == 1


def words(text):
    return set(re.findall(r"\w+", text.lower()))


@each
def test_html_and_text_say_the_same(issue):
    """But for the words around addresses, and what the list of messages shows before opening."""
    body = tree(issue).find("body")
    for hidden in body.find_class("cache"):
        hidden.drop_tree()
    parts = words(" ".join(body.itertext()))
    lines = (line for line in text_of(issue).split("\n") if not ADDRESS.fullmatch(line))
    told = words("\n".join(lines).replace("M\n   M", "MM"))
    assert parts - told <= {"lire", "écrire"}
    told -= {str(rank) for rank in range(20)}
    assert told - parts <= {"le", "puis", "cette", "en", "l", "agenda", "de", "ces", "jours"}


def test_words_are_quoted():
    page = tree(HOSTILE)
    assert "<script>" in page.findtext(".//title")
    assert [image.get("alt") for image in page.iter("img")] == [""]
    assert "]]></script>" in page.xpath("string(//body)")


def test_a_sent_mail_is_drawn_the_same_for_ever():
    """Issues that were sent are drawn again from their frozen file: same bytes.

    Once a letter was sent with it, a look stays: ``courriels.py`` writes the witnesses again when
    the frame of mails changes, which is seen here.
    """
    for name, data in witnesses().items():
        assert (WITNESSES / name).read_bytes() == data, name
