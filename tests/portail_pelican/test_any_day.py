"""Both sites built for a later day: nothing past is told as to come, on any page."""

import re
import shutil
from datetime import date

import pytest
from lxml import html

from pages import LOCAL_ADDRESS
from portail.text.dates import days_named
from projects import Project
from whole_sites import CONTENTS

pytestmark = pytest.mark.site

RECORDS = re.compile(
    r"newsletter/|agenda/\d{4}|agenda/archives|temps-forts/[^/]+/\d{4}|evenements/[^/]+/programme"
)
"""Pages of a week, of a month, of a letter, of an edition that were: they tell their own days."""
OVER = re.compile("Passé|Terminé|Annulé|Reporté|reprogrammé|D’abord annoncé|n’a pas eu lieu", re.I)
SPAN = re.compile(r"\d+(?:er)? \S+(?: \d{4})? – ")
"""The first day of « 18 mai – 10 déc. »."""
ROWS = "//main//*[self::article or self::li][not(.//article or .//li)][not(ancestor::template)]"
TOLD = ".//*[contains(@class, 'meta') or contains(@class, 'etiq') or contains(@class, 'dates')]"
WHAT = re.compile("/(?:evenements|annonces)/.")


def ends(page):
    """The last days until which something is told."""
    shown = page.xpath("//*[@data-fin][not(ancestor::template)]")
    return [one.get("data-fin")[:10] for one in shown]


def rows(page, today):
    """Days named by the rows of what takes place or waits for an answer, that do not say that it
    is over."""
    for row in page.xpath(ROWS):
        if any(map(WHAT.match, row.xpath(".//a/@href"))) and not OVER.search(row.text_content()):
            words = " ".join(" ".join(one.text_content().split()) for one in row.xpath(TOLD))
            lasts = SPAN.sub("", words)
            yield from ((day, words) for day in days_named(lasts, today))


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("vitrine", date(2021, 10, 20)),
        pytest.param("demonstration", date(2022, 10, 27), marks=pytest.mark.long),
        pytest.param("demonstration", date(2026, 11, 28), marks=pytest.mark.long),
    ],
)
def test_nothing_past_is_told_as_to_come(racine, tmp_path, name, day):
    shutil.copytree(racine / CONTENTS[name], tmp_path / "content")
    if name == "demonstration":
        shutil.copytree(racine / "genres", tmp_path / "genres")
    project = Project(tmp_path, 'PORTAIL_REGION = "Hauts-de-France"\n')
    project.build(SITEURL=LOCAL_ADDRESS, PORTAIL_DATE=f"{day}")
    wrong = []
    told = 0
    for file in sorted(project.output.rglob("*.html")):
        place = file.relative_to(project.output).as_posix()
        page = html.document_fromstring(file.read_bytes())
        wrong += [(place, end) for end in ends(page) if end < f"{day}"]
        if not RECORDS.match(place):
            found = [*rows(page, day)]
            told += len(found)
            wrong += [(place, words) for named, words in found if named < day]
    assert wrong == []
    assert told > 10 or day.year == 2026, "by then all is over"
