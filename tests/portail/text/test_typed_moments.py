from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from portail.text.typed_moments import When, read_when
from strategies import wild_texts

TODAY = date(2021, 9, 27)


@pytest.mark.parametrize(
    ("typed", "debut", "fin"),
    [
        ("9/10/2021 14h-16h", "2021-10-09 14:00", "2021-10-09 16:00"),
        ("samedi 9 octobre à 14 h", "2021-10-09 14:00", ""),
        ("Samedi 9 octobre 2021, de 14 h à 17 h 30", "2021-10-09 14:00", "2021-10-09 17:30"),
        ("9 octobre 2021 14:00–16:00", "2021-10-09 14:00", "2021-10-09 16:00"),
        ("9 octobre 14-16h", "2021-10-09 14:00", "2021-10-09 16:00"),
        ("2021-10-09", "2021-10-09", ""),
        ("2021-10-09T14:00:00+02:00", "2021-10-09 14:00", ""),
        ("2021-10-09 14:00 - 2021-10-09 16:00", "2021-10-09 14:00", "2021-10-09 16:00"),
        ("2021-10-09 14:00..16:00", "2021-10-09 14:00", "2021-10-09 16:00"),
        ("du 9 au 11 octobre 2021", "2021-10-09", "2021-10-11"),
        ("9 et 10 octobre", "2021-10-09", "2021-10-10"),
        ("du 30 septembre au 2 octobre 2022", "2022-09-30", "2022-10-02"),
        ("du 20 décembre au 3 janvier", "2021-12-20", "2022-01-03"),
        ("3 janvier", "2022-01-03", ""),
        ("09/10/21 9h", "2021-10-09 09:00", ""),
        ("le 1er octobre à midi", "2021-10-01 12:00", ""),
        ("9 oct. 2021 20h-2h", "2021-10-09 20:00", "2021-10-10 02:00"),
        ("9/10/2021 18 h à minuit", "2021-10-09 18:00", "2021-10-10 00:00"),
        # A mistake stays one: the end is not taken for the next day's.
        ("9/10/2021 16h-14h", "2021-10-09 16:00", "2021-10-09 14:00"),
    ],
)
def test_what_people_type(typed: str, debut: str, fin: str) -> None:
    assert read_when(typed, TODAY) == When(debut, fin)


@pytest.mark.parametrize(
    "typed",
    [
        "", "samedi", "bonjour", "14h", "31/02/2021", "9/10/2021 25h", "9999-12-31 23h-1h",
        "9/10/2021 14h-16h et 10/10", "du 31 au 2 novembre 2021", "03 21 00 00 00",
        "9/10/2021 " * 50,
    ],
)  # fmt: skip
def test_what_is_not_sure(typed: str) -> None:
    assert read_when(typed, TODAY) is None


def test_a_day_of_the_week_that_is_not_the_right_one() -> None:
    assert read_when("dimanche 9 octobre 2021", TODAY) == When("2021-10-09", faux="samedi")


@given(wild_texts())
def test_it_never_fails(text: str) -> None:
    found = read_when(text, TODAY)
    assert found is None or date.fromisoformat(found.debut[:10])
