"""« Ouvert maintenant »: the script reads the rules as Python does, at the reader's clock."""

from datetime import date, timedelta
from random import Random

import pytest
from navigateur import ORIGIN, hold

from doses import rows_of
from horaires import opened, written
from portail.features.services.horaires.notation import Misread, read_opening_hours
from portail.features.services.horaires.rules import NATIONAL
from remake import replace

pytestmark = pytest.mark.chromium

MUSEUM = "/lieux/musee-exemple-des-sciences/"
SCHOOL = ("2021-10-23", "2021-11-07")
ASK = """async (cas) => {
  const { Horaires } = await import('/theme/js/ouvert.js');
  return cas.map(([regles, fermetures, vacances, feries, jour, minute]) => {
    const horaires = new Horaires(regles, fermetures, vacances, feries);
    return [horaires.etat(jour, minute).ouvert, horaires.heures(jour).map(([du, au]) => [du, au])];
  });
}"""
TELL = """async (cas) => {
  const { Horaires, dire } = await import('/theme/js/ouvert.js');
  return cas.map(([regles, fermetures, feries, jour, minute]) =>
    dire(new Horaires(regles, fermetures, [], feries).etat(jour, minute), jour, minute));
}"""


def vacances(day):
    return SCHOOL[0] <= day.isoformat() <= SCHOOL[1]


def cases():
    """Rules and instants for the script; for each, what two readings of ours say."""
    chance, asked, expected = Random(7), [], []
    while len(asked) < 1500:
        rules = written(chance)
        try:
            hours = read_opening_hours("; ".join(one.text for one in rules))
        except Misread:
            continue
        for _ in range(3):
            day = date(2020, 1, 1) + timedelta(days=chance.randrange(1400))
            minute = chance.randrange(1440)
            asked.append([hours.compact(), [], SCHOOL, NATIONAL, day.isoformat(), minute])
            spans = [one for rule in hours.of(day, vacances) for one in rule.heures]
            begun = sorted([one.debut, one.fin] for one in spans)
            expected.append([opened(rules, day, minute, vacances), begun])
    return asked, expected


@pytest.mark.long
def test_the_same_instants_are_open(opened):
    page = opened(1280)
    page.goto(f"{ORIGIN}/")
    asked, expected = cases()
    found = page.evaluate(ASK, asked)
    assert 300 < sum(one for one, _ in expected) < 1200
    other = [rows for rows in zip(asked, found, expected, strict=True) if rows[1] != rows[2]]
    assert other[:3] == [], len(other)


WEEK = "Tu-Fr 10:00-12:00,14:00-18:00; Sa-Su 14:00-19:00; PH off"
SHUT = ["2021-09-20", "2021-10-01", "2021-12-24", "2022-01-02"]


SAID = (
        (WEEK, [], "2021-09-28", "10:00", "Ouvert maintenant, jusqu’à 12 h"),
        (WEEK, [], "2021-09-28", "12:00", "Fermé en ce moment, ouvre à 14 h"),
        (WEEK, [], "2021-09-28", "09:59", "Fermé en ce moment, ouvre à 10 h"),
        (WEEK, [], "2021-09-28", "18:00", "Fermé en ce moment, ouvre demain à 10 h"),
        (WEEK, [], "2021-10-03", "19:30", "Fermé en ce moment, ouvre mardi à 10 h"),
        (WEEK, [], "2021-11-11", "11:00", "Fermé en ce moment, ouvre demain à 10 h"),
        (WEEK, SHUT, "2021-09-28", "11:00", "Fermé en ce moment, ouvre samedi à 14 h"),
        (WEEK, SHUT, "2021-12-24", "11:00",
         "Fermé en ce moment, ouvre le mardi 4 janvier 2022 à 10 h"),
        ("Apr-Sep Sa 14:00-18:30", [], "2021-10-01", "11:00",
         "Fermé en ce moment, ouvre le samedi 2 avril 2022 à 14 h"),
        ("Fr 22:00-02:30", [], "2021-10-02", "01:00", "Ouvert maintenant, jusqu’à 2 h 30"),
        ("Fr 22:00-02:30", [], "2021-10-02", "02:30", "Fermé en ce moment, ouvre vendredi à 22 h"),
        ("Fr 22:00-02:30", ["2021-10-02", "2021-10-02"], "2021-10-02", "01:00",
         "Ouvert maintenant, jusqu’à 2 h 30"),
        ("Mo-Su 08:00-24:00", [], "2021-10-02", "20:00", "Ouvert maintenant, jusqu’à minuit"),
        ("Mo-Su 00:00-20:00", [], "2021-10-02", "21:00",
         "Fermé en ce moment, ouvre demain à minuit"),
        ("Fr 20:00-24:00; Sa 00:00-03:00", [], "2021-10-01", "21:00",
         "Ouvert maintenant, jusqu’à 3 h"),
        ("24/7", [], "2021-10-02", "20:00", "Ouvert maintenant"),
        ("Su 14:00+", [], "2021-10-03", "20:00", "Ouvert maintenant, sans heure de fin annoncée"),
        ('Mo "sur rendez-vous"', [], "2021-09-27", "20:00", "Aujourd’hui : sur rendez-vous"),
        ('Mo 10:00-12:00 "sur rendez-vous"', [], "2021-09-27", "11:00",
         "Ouvert maintenant, jusqu’à 12 h (sur rendez-vous)"),
        ("Mo-Su off", [], "2021-09-27", "11:00", "Fermé en ce moment"),
)  # fmt: skip

# Hours, public holidays of the territory alone, day at 11:00.
ON_HOLIDAYS = rows_of("theme/ouvert.yml")


def test_in_words(opened):
    page = opened(1280)
    page.goto(f"{ORIGIN}/")
    asked = []
    for text, shut, day, hour, _ in SAID:
        hours, minutes = map(int, hour.split(":"))
        rules = read_opening_hours(text).compact()
        asked.append([rules, shut, NATIONAL, day, hours * 60 + minutes])
    for text, own, day, _ in ON_HOLIDAYS:
        rules = read_opening_hours(text).told.compact()
        asked.append([rules, [], f"{NATIONAL} {own}".strip(), day, 11 * 60])
    found = [one.replace("\u00a0", " ") for one in page.evaluate(TELL, asked)]
    assert found == [told for *_, told in (*SAID, *ON_HOLIDAYS)]


# Hours, a day, between which minutes, at which minute it is told.
NEXT = (
    (WEEK, "2021-09-28", None, None, "10 h – 12 h, 14 h – 18 h"),
    (WEEK, "2021-09-28", None, 13 * 60, "ouvre à 14 h"),
    (WEEK, "2021-09-28", None, 15 * 60, "jusqu’à 18 h"),
    (WEEK, "2021-09-28", None, 18 * 60, "fermé depuis 18 h"),
    (WEEK, "2021-09-28", [18 * 60, 24 * 60], None, ""),
    (WEEK, "2021-10-02", [18 * 60, 24 * 60], None, "14 h – 19 h"),
    (WEEK, "2021-11-11", None, None, ""),
    ("Mo-Su 10:00-18:00", "2021-11-11", None, None, ""),
    ('Tu 10:00-12:00 "sur rendez-vous"', "2021-09-28", None, None, ""),
    (WEEK, "2022-09-28", None, None, ""),
)
OPEN = """async (cas) => {
  const { deplier, dire, plages } = await import('/theme/js/ouverts.js');
  return cas.map(([regles, feries, jour, bornes, minute]) => {
    const lieu = ['/a/', 'A', 'Lens', [50, 2], 0, regles, [], feries, '2021-12-31'];
    const dites = plages(deplier({ vacances: [], lieux: [lieu] })[0], jour, bornes ?? undefined);
    return dites.length ? dire(dites, minute ?? undefined) : '';
  });
}"""


def test_the_hour_that_one_needs_next(opened):
    page = opened(1280)
    page.goto(f"{ORIGIN}/")
    asked = [[read_opening_hours(text).told.compact(), NATIONAL, *rest] for text, *rest, _ in NEXT]
    found = [one.replace("\u00a0", " ") for one in page.evaluate(OPEN, asked)]
    assert found == [told for *_, told in NEXT]


def test_the_page_tells_it_and_marks_the_day(opened, rendu, changed):
    place = changed(MUSEUM)[1].lieu
    hours = replace(place.horaires, fermetures="")
    hold("/ouvert", rendu(*changed(MUSEUM, lieu=replace(place, horaires=hours))))
    page = opened(390)  # its pinned day is a Monday, when it is closed
    page.goto(f"{ORIGIN}/ouvert")
    told = page.locator(".ouvert")
    assert told.inner_text().replace("\u00a0", " ") == "Fermé en ce moment, ouvre demain à 10 h"
    page.locator(".horaires summary").click()
    row = page.locator("tr[aria-current=date]")
    assert row.locator("th").inner_text() == "Lundi"
    assert "reste" in row.locator("xpath=ancestor::table/caption").inner_text()


def test_without_a_script_nothing_is_claimed(opened):
    page = opened(390, java_script_enabled=False)
    page.goto(f"{ORIGIN}{MUSEUM}")
    assert page.locator(".horaires tr").count() == 14
    assert page.locator("tr[aria-current]").count() == 0
    text = page.locator("main").inner_text()
    assert "ouvert maintenant" not in text.lower() and "en ce moment" not in text.lower()
