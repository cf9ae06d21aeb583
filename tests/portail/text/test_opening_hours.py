from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portail.text.opening_hours import opening_hours

NB = "\u00a0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mo-Su 09:00-18:00", ["Tous les jours : de 9 h à 18 h"]),
        ("We,Sa 10:00-18:00", ["Mercredi et samedi : de 10 h à 18 h"]),
        ("Mo,We,Fr 09:30-12:00", ["Lundi, mercredi et vendredi : de 9 h 30 à 12 h"]),
        (
            "Tu-Fr 10:00-12:00,14:00-18:00; Sa-Su 14:00-19:00; Dec 25 off; PH off",
            [
                "Du mardi au vendredi : de 10 h à 12 h et de 14 h à 18 h",
                "Samedi et dimanche : de 14 h à 19 h", "25 décembre : fermé",
                "Jours fériés : fermé",
            ],
        ),
        ("Mo 08:00-12:00, 13:30-17:00", ["Lundi : de 8 h à 12 h et de 13 h 30 à 17 h"]),
        ("Apr-Sep Sa,Su 14:00-18:00", ["D’avril à septembre, samedi et dimanche : de 14 h à 18 h"]),
        ("May-Jun 10:00-17:00", ["De mai à juin : de 10 h à 17 h"]),
        ("Jul,Aug: Mo-Su 10:00-24:00", ["Juillet et août, tous les jours : de 10 h à 24 h"]),
        ("Dec 24-Jan 1 off", ["Du 24 décembre au 1er janvier : fermé"]),
        ("Dec 24-26 closed", ["Du 24 au 26 décembre : fermé"]),
        ("Su[1] 14:00+", ["Premier dimanche du mois : à partir de 14 h"]),
        ("SH Mo-Fr 10:00-12:00", None),
        ("SH,Sa 10:00-12:00", ["Vacances scolaires et samedi : de 10 h à 12 h"]),
        ("24/7", ["Ouvert en permanence"]),
        ('Mo "sur rendez-vous"', ["Lundi : (sur rendez-vous)"]),
        ('Mo 09:00-12:00 "sur rendez-vous"', ["Lundi : de 9 h à 12 h (sur rendez-vous)"]),
        ('"sur rendez-vous"', ["(sur rendez-vous)"]),
        ("Tous les jours sauf le lundi", None),
        ("Mo-Fr 10:00-12:00; quand il fait beau", None),
        ("Mo", None),
        ("Mo 25:00-26:00", None),
        ("week 1-10 Mo 10:00-12:00", None),
    ],
)  # fmt: skip
def test_in_french(text: str, expected: list[str] | None) -> None:
    lines = [line.replace(NB, " ") for line in opening_hours(text)]
    assert lines == (expected or [text])


@given(st.text(max_size=60))
def test_anything_else_is_said_as_it_is(text: str) -> None:
    found = opening_hours(text)
    assert found
    assert all(isinstance(line, str) for line in found)


DAYS = st.sampled_from(("Mo", "Tu-Fr", "Sa,Su", "PH", "Apr-Sep", "Dec 25", "Su[-1]"))
HOURS = st.sampled_from(("10:00-12:00", "09:30-12:00,14:00-18:00", "off", "18:00+"))


@given(st.lists(st.tuples(DAYS, HOURS).map(" ".join), min_size=1, max_size=4))
def test_each_rule_is_a_line_without_code(rules: list[str]) -> None:
    lines = opening_hours("; ".join(rules))
    assert len(lines) == len(rules)
    assert not any(code in line for line in lines for code in ("Mo", "off", "-", "+", "["))
