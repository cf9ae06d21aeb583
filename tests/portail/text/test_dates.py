from datetime import date, datetime, time

import pytest
from hypothesis import given

from doses import cases, rows_of
from portail.text.dates import (  # fmt: skip
    MOIS,
    heure,
    jour,
    jour_court,
    mois,
    moment_phrase,
    periode,
)
from strategies import days, hours


def said(text):
    """The text with its no-break spaces made visible."""
    return text.replace("\u00a0", "~")


@cases(
    ("day", "full", "short"),
    [
        (date(2021, 10, 9), "samedi 9~octobre 2021", "sam. 9~oct. 2021"),
        (date(2021, 8, 1), "dimanche 1er~août 2021", "dim. 1er~août 2021"),
        (date(2024, 2, 29), "jeudi 29~février 2024", "jeu. 29~févr. 2024"),
    ],
)
def test_days(day, full, short):
    assert said(jour(day)) == full
    assert said(jour_court(day)) == short


def test_parts_of_a_day_are_left_out_on_demand():
    day = date(2021, 12, 1)
    assert said(jour(day, annee=False)) == "mercredi 1er~décembre"
    assert said(jour(day, semaine=False)) == "1er~décembre 2021"
    assert said(jour_court(day, semaine=False, annee=False)) == "1er~déc."
    assert mois(day) == "décembre 2021"


@cases(
    ("moment", "text"),
    [(time(14), "14~h"), (time(14, 30), "14~h~30"), (time(0), "0~h"), (time(9, 5, 59), "9~h~05")],
)
def test_hours(moment, text):
    assert said(heure(moment)) == text


@cases(("debut", "fin", "text"), rows_of("portail/text/dates.yml"))
def test_periods(debut, fin, text):
    assert said(periode(debut, fin)) == text


def test_a_period_may_name_days_and_leave_the_year_out():
    debut, fin = date(2021, 9, 27), date(2021, 10, 3)
    assert said(periode(debut, fin, semaine=True)) == (
        "du lundi 27~septembre au dimanche 3~octobre 2021"
    )
    assert said(periode(debut, fin, annee=False)) == "du 27~septembre au 3~octobre"
    across = periode(date(2021, 12, 31), date(2022, 1, 1), annee=False)
    assert said(across) == "du 31~décembre 2021 au 1er~janvier 2022"


def test_a_reversed_period_is_a_bug():
    with pytest.raises(ValueError, match="before it begins"):
        periode(date(2021, 10, 2), date(2021, 10, 1))


@cases(
    ("debut", "fin", "text"),
    [
        (datetime(2021, 10, 9, 14), datetime(2021, 10, 9, 16),
         "samedi 9~octobre 2021, de 14~h à 16~h"),
        (datetime(2021, 10, 9, 14), None, "samedi 9~octobre 2021, à 14~h"),
        (datetime(2021, 10, 9, 14), datetime(2021, 10, 9, 14), "samedi 9~octobre 2021, à 14~h"),
        (datetime(2021, 10, 9, 20, 30), datetime(2021, 10, 10, 2),
         "samedi 9~octobre 2021, de 20~h~30 à 2~h le lendemain"),
        (datetime(2021, 10, 8, 18), datetime(2021, 10, 10, 12),
         "du vendredi 8~octobre 2021 à 18~h au dimanche 10~octobre 2021 à 12~h"),
        (date(2021, 10, 9), None, "samedi 9~octobre 2021"),
        (date(2021, 10, 9), date(2021, 10, 9), "samedi 9~octobre 2021"),
        (date(2021, 10, 9), date(2021, 10, 10), "du samedi 9 au dimanche 10~octobre 2021"),
        (date(2021, 9, 15), date(2021, 12, 15), "du 15~septembre au 15~décembre 2021"),
    ],
)  # fmt: skip
def test_moments(debut, fin, text):
    assert said(moment_phrase(debut, fin)) == text


def test_a_moment_may_leave_the_year_out():
    phrase = moment_phrase(datetime(2021, 10, 3, 15), datetime(2021, 10, 3, 17), annee=False)
    assert said(phrase) == "dimanche 3~octobre, de 15~h à 17~h"


@cases(
    ("debut", "fin"),
    [
        (datetime(2021, 10, 9, 14), date(2021, 10, 9)),
        (date(2021, 10, 9), datetime(2021, 10, 9, 14)),
        (datetime(2021, 10, 9, 14), datetime(2021, 10, 9, 13)),
        (date(2021, 10, 9), date(2021, 10, 8)),
    ],
)
def test_a_moment_that_makes_no_sense_is_a_bug(debut, fin):
    with pytest.raises(ValueError, match=r"moment|whole day|period"):
        moment_phrase(debut, fin)


@given(days(), days(), hours())
def test_a_day_never_parts_from_its_month_nor_an_hour_from_its_sign(first, second, hour):
    debut, fin = sorted((first, second))
    for text in (jour(debut), periode(debut, fin), moment_phrase(datetime.combine(debut, hour))):
        words = text.split(" ")
        assert not set(words) & {*MOIS, "h"}
