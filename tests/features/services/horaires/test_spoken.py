"""Opening hours in French: read strictly, and what our French says is read back."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doses import cases, dose, rows_of
from horaires import written_hours
from portail.features.services.horaires.field import osm_hours
from portail.features.services.horaires.french import is_spoken, opening_lines
from portail.features.services.horaires.notation import Misread, read_opening_hours

TABLES = rows_of("features/services/horaires/spoken.yml")

YEAR = [date(2024, 1, 1) + timedelta(days=one) for one in range(366)]
READ = TABLES["read"]


@cases("text", READ)
def test_what_people_write_is_read(text):
    assert is_spoken(text)
    assert osm_hours(text) == READ[text]


@cases(("text", "place", "word", "reason"), TABLES["what_is_not_understood_is_said_where_it_is"])
def test_what_is_not_understood_is_said_where_it_is(text, place, word, reason):
    with pytest.raises(Misread) as caught:
        osm_hours(text)
    assert (caught.value.signe, caught.value.trouve, caught.value.raison) == (place, word, reason)


@settings(max_examples=dose(75, 300), deadline=None)
@given(st.text(st.sampled_from("mardi 10h-8,;:()àfer\u00a0n/é." + "\n"), max_size=40))
def test_anything_is_read_or_refused(text):
    try:
        read_opening_hours(osm_hours(text))
    except Misread as error:
        assert 0 <= error.signe <= len(text)
        assert error.raison.startswith("mots_")


def meaning(hours):
    """Each rule by what it says, however its days are grouped."""
    found = []
    for one in hours.regles:
        dates = frozenset(day for day in YEAR if any(day in span for span in one.dates))
        days = frozenset(day for span in one.jours if not span.rangs for day in span.jours)
        ranked = frozenset((span.du, rank) for span in one.jours for rank in span.rangs)
        every = not one.feries and not ranked and len(days) == 7
        found.append((dates, frozenset() if every else days, ranked, frozenset(one.feries),
                      one.croise, one.heures, one.ferme, one.note, one.ajoute))  # fmt: skip
    return found


@settings(max_examples=dose(100, 400), deadline=None)
@given(
    written_hours(),
    st.sampled_from(("", "+", ' "sur rendez-vous"', ' "dernière entrée à 17 h"')),
    st.booleans(),
)
def test_what_our_french_says_is_read_back(rules, more, adds):
    text = (", " if adds else "; ").join(one.text for one in rules)
    if more == "+" and rules[-1].hours:
        text = text.rpartition("-")[0] + more
    elif more != "+":
        text += more
    try:
        hours = read_opening_hours(text)
    except Misread:
        return
    french = " ; ".join(opening_lines(hours))
    assert meaning(read_opening_hours(osm_hours(french))) == meaning(hours), (text, french)


@cases(
    "text",
    ["24/7", "SH We 14:00-17:00", "PH,SH Mo-Fr off", "Su[-1] 14:00-18:00", "Su[-3],Mo[2] off",
     "Jul,Aug 10:00-12:00", "Dec-Jan off", "May 3-5 off", "Feb 29 off", '"sur rendez-vous"',
     'Apr-Oct Su 14:00-18:00; SH We 14:00-17:00 "sur rendez-vous"',
     "Mo 08:00-12:00, We 20:00-02:00"],
)  # fmt: skip
def test_rare_hours_are_read_back(text):
    hours = read_opening_hours(text)
    french = " ; ".join(opening_lines(hours))
    assert meaning(read_opening_hours(osm_hours(french))) == meaning(hours), french
