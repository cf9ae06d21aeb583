"""Promised sequels: the day and its file, links both ways, the advice of what is late."""

from datetime import date

import icalendar
import pytest

from plans import box_rows, entry, said
from portail.outputs.base import TextFile

DAY = "2021-11-15"
FIRST = {"articles/question": entry("articles", titre="La question", suite=DAY)}
ANSWER = {"articles/reponse": entry("articles", titre="La réponse", suite_de="question")}
FILE = "/articles/question/suite.ics"


def facts(tree, url, label, **options):
    found = [row for row in box_rows(tree.view(url, **options)) if row.libelle == label]
    return [
        (value.texte.replace("\u00a0", " "), value.url) for row in found for value in row.valeurs
    ]


def file_of(tree, **options):
    plan = tree.run(**options).plan
    files = [one for one in plan if isinstance(one, TextFile) and one.url == FILE]
    return "".join("".join(one.produce()) for one in files)


def test_a_promise_says_its_day_and_offers_to_remember_it(tree):
    tree.run(FIRST)
    assert facts(tree, "/articles/question/", "La suite") == [
        ("Promise pour le 15 novembre 2021", ""), ("M’en souvenir", FILE),
    ]  # fmt: skip
    (event,) = icalendar.Calendar.from_ical(file_of(tree)).walk("VEVENT")
    assert (event["DTSTART"].dt, event["TRANSP"]) == (date(2021, 11, 15), "TRANSPARENT")
    assert "La question" in event["SUMMARY"]


def test_once_kept_both_pages_lead_to_each_other(tree):
    tree.run(FIRST | ANSWER)
    assert facts(tree, "/articles/question/", "La suite") == [("La réponse", "/articles/reponse/")]
    assert facts(tree, "/articles/reponse/", "La suite de") == [
        ("La question", "/articles/question/")
    ]
    assert file_of(tree) == ""


def test_an_event_continues_an_article(tree):
    tree.run(FIRST | {"events/soir": entry("events", titre="Le soir", suite_de="question")})
    assert facts(tree, "/articles/question/", "La suite") == [("Le soir", "/evenements/soir/")]


@pytest.mark.parametrize("kept", [True, False])
def test_what_is_late_is_said_until_it_is_kept(tree, *, kept):
    late = {"articles/question": entry("articles", suite="2021-09-22")}
    result = tree.run(late | (ANSWER if kept else {}), plans=False)
    lines = [line for line in said(result.report) if "C543" in line]
    assert len(lines) == (not kept)
    assert all("suite_de: question" in line for line in lines)


def test_a_sequel_to_nothing_is_refused(tree):
    (line,) = said(tree.run(ANSWER, plans=False).report)
    assert "E412" in line
