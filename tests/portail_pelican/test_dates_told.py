"""Dates of both sites as they are heard: each once, the first of a month as one says it."""

import re
from datetime import date
from html import unescape as html_unescape

import pytest
from lxml import html

from portail.text.dates import JOURS, MOIS, MOIS_COURTS, jour

pytestmark = pytest.mark.site

HIDDEN = "ancestor-or-self::*[@aria-hidden='true' or self::template]"
LEAF = "contains(concat(' ', @class, ' '), ' eph ')"
_MONTHS = "|".join(map(re.escape, (*MOIS, *MOIS_COURTS)))
FIRST = re.compile(rf"(?<![\d,.:/-])1\s+(?:{_MONTHS})(?!\w)|(?i:{'|'.join(JOURS)})\s1(?![\der])")


def documents(output, wanted):
    """Pages whose source is ``wanted``: most are not worth reading."""
    for file in sorted(output.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        if file.name != "courriel.html" and wanted(text):
            yield file.relative_to(output).as_posix(), html.document_fromstring(text)


def heard(element):
    """The text of an element, without what nobody hears."""
    texts = element.xpath(f".//text()[not(parent::script or parent::style or {HIDDEN})]")
    return " ".join("".join(texts).split())


@pytest.mark.long
def test_a_leaf_is_silent_beside_its_date(each_site):
    found = 0
    for place, page in documents(each_site, lambda text: 'class="eph' in text):
        for leaf in page.xpath(f"//*[{LEAF}][@data-jour or @datetime][not(ancestor::template)]"):
            day = date.fromisoformat(leaf.get("data-jour") or leaf.get("datetime"))
            (around,) = leaf.xpath("(ancestor::*[self::article or self::li or self::main])[last()]")
            whole = around if leaf.getparent().tag != "div" else page.find(".//main")
            words = "" if whole is None else heard(whole)
            full = jour(day, semaine=False, annee=False).replace("\u00a0", " ")
            short = full.split(" ")[0]
            said = re.search(rf"\b({full}|{short} (au|et))\b", words, re.IGNORECASE) is not None
            silent = leaf.get("aria-hidden") == "true"
            found += silent
            if silent:
                assert said, (place, full, words[:300])
            else:
                # Headings; issues of the letter, and lines that do not say the day; announcements,
                # whose leaf may say it in full (« 31 août »).
                assert not said or leaf.xpath(
                    "starts-with(normalize-space(), 'jusqu’au') or ancestor::h2"
                    " or ancestor::div[@class='numero']"
                    " or ancestor::li[contains(@class, 'breve')]"
                ), place
    assert found > 100


def test_the_first_of_a_month_is_said_so(each_site):
    def wanted(source):
        return FIRST.search(html_unescape(re.sub(r"<[^>]+>", "", source)))

    for place, page in documents(each_site, wanted):
        assert not FIRST.search(heard(page.find("body"))), place
