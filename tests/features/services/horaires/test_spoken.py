"""Opening hours in French: read strictly, and what our French says is read back."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doses import cases, dose
from horaires import written_hours
from portail.features.services.horaires.field import osm_hours
from portail.features.services.horaires.french import is_spoken, opening_lines
from portail.features.services.horaires.notation import Misread, read_opening_hours

YEAR = [date(2024, 1, 1) + timedelta(days=one) for one in range(366)]
READ = {
    "mardi à dimanche 10 h-18 h, fermé les jours fériés": "Tu-Su 10:00-18:00; PH off",
    "du mardi au vendredi de 10h à 12h et de 14h à 18h": "Tu-Fr 10:00-12:00,14:00-18:00",
    "tous les jours sauf le mardi, 10 h–18 h": "Mo,We-Su 10:00-18:00",
    "tous les jours 10h-18h sauf le mardi et les jours fériés": ("Mo,We-Su 10:00-18:00; PH off"),
    "d’avril à septembre : du mardi au dimanche 10h-19h": "Apr-Sep Tu-Su 10:00-19:00",
    "d´avril à septembre : du mardi au dimanche 10h-19h": "Apr-Sep Tu-Su 10:00-19:00",
    "fermé du 24 décembre au 2 janvier": "Dec 24-Jan 2 off",
    "sur rendez-vous": '"sur rendez-vous"',
    "Lundi, mercredi et vendredi : 9h30-12h30 / 14h-18h": "Mo,We,Fr 09:30-12:30,14:00-18:00",
    "lun-ven 9:00-17:00, sam. 10h-12h. Fermé dimanche": "Mo-Fr 09:00-17:00; Sa 10:00-12:00; Su off",
    "fermé le lundi, mardi à dimanche 10h-18h": "Mo off; Tu-Su 10:00-18:00",
    "Fermé les jours fériés ; du mardi au samedi 14h-18h": "Tu-Sa 14:00-18:00; PH off",
    "ouvert tous les jours de 10h à 18h, fermé le lundi et le 25 décembre": (
        "Mo-Su 10:00-18:00; Mo off; Dec 25 off"
    ),
    "le 1er et le 3e dimanche du mois, de 14 à 18h": "Su[1,3] 14:00-18:00",
    "pendant les vacances scolaires, du lundi au vendredi 10h-18h": "SH Mo-Fr 10:00-18:00",
    "le week-end et les jours fériés de 14h à minuit": "Sa-Su,PH 14:00-24:00",
    "24 h/24": "24/7",
    "de 10h à 18h du mardi au dimanche": "Tu-Su 10:00-18:00",
    "samedi à partir de 14 h": "Sa 14:00+",
    "mardi de mai à juin 10h-12h": "May-Jun Tu 10:00-12:00",
}


@cases("text", READ)
def test_what_people_write_is_read(text):
    assert is_spoken(text)
    assert osm_hours(text) == READ[text]


@cases(
    ("text", "place", "word", "reason"),
    [
        ("tous les jours sauf le mardi", 0, "tous les jours", "mots_manque"),
        ("mardi hors vacances 10h-12h", 6, "hors", "mots_inconnu"),
        ("mardi 10h", 9, "la fin", "mots_heure"),
        ("mardi 10h-12h, mardi 14h-18h", 15, "mardi", "mots_annule"),
        ("mardi 14h-18h, 10h-12h", 0, "mardi", "mots_annule"),
        ("fermé le 30 février", 0, "fermé", "mots_date"),
        ("du mardi au 12 mai 10h-12h", 12, "12", "mots_jour"),
        ("lundi à vendredi de 9h à 12h sauf mercredi après-midi", 43, "après-midi", "mots_inconnu"),
        ("", 0, "la fin", "mots_manque"),
    ],
)
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
