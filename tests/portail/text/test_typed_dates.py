from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.text.dates import (
    heure,
    jour,
    jour_court,
    moment_phrase,
    suggested_date,
    suggested_time,
)
from strategies import days, hours, wild_texts


@cases(("typed", "iso"), rows_of("portail/text/typed_dates.yml"))
def test_what_people_type(typed, iso):
    assert suggested_date(typed) == iso


@cases(
    "typed",
    [
        "", "demain", "9 octobre", "octobre 2021", "2021", "30/02/2021", "2021-02-30", "9/13/2021",
        "0/10/2021", "9 octembre 2021", "9 jui 2021", "9/10/2021 25h", "9/10/2021 14h75",
        "9/10/2021 24h30", "9/10/2021 de 14h à 16h", "9/10/2021 ou 10/10/2021", "9999-12-31 24:00",
        "1/2/3", "2021-10-091", "9/10/2021 " * 100, "٩/10/2021",
    ],
)  # fmt: skip
def test_nothing_is_proposed_when_unsure(typed):
    assert suggested_date(typed) is None


@cases(
    ("typed", "hour"),
    [
        ("14h30", "14:30"), ("14 h", "14:00"), ("9 heures", "09:00"), ("9H05", "09:05"),
        ("14:30:00", "14:30"), ("midi", "12:00"), ("Minuit", "00:00"), ("24h", None),
        ("24:30", None), ("14h60", None), ("14", None), ("h30", None), ("quatorze", None),
        ("1" * 70, None),
    ],
)  # fmt: skip
def test_hours_that_people_type(typed, hour):
    assert suggested_time(typed) == hour


@given(days(), hours())
def test_what_the_site_prints_is_understood(day, hour):
    moment = datetime.combine(day, hour)
    assert suggested_date(jour(day)) == suggested_date(jour_court(day)) == day.isoformat()
    assert suggested_date(moment_phrase(moment)) == f"{moment:%Y-%m-%d %H:%M}"
    assert suggested_time(heure(hour)) == f"{hour:%H:%M}"


@given(wild_texts() | st.from_regex(r"\d{1,4}[-/. ]\d{1,3}[-/. ]\d{1,4}[ T]?\d{0,3}[h:]?\d{0,3}"))
def test_a_proposal_is_always_a_real_date(typed):
    proposed = suggested_date(typed)
    if proposed is not None:
        form = "%Y-%m-%d %H:%M" if " " in proposed else "%Y-%m-%d"
        assert datetime.strptime(proposed, form).strftime(form).lstrip("0") == proposed.lstrip("0")
