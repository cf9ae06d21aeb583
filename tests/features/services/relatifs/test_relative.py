"""Words that are true of one day only: found, dated where it is sure."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.features.services.relatifs.relative import Reference, dated, relatives
from portail.text.dates import JOURS

MONDAY = Reference(date(2022, 9, 26))


@cases(
    ("text", "told"),
    [
        ("Ce soir, Jupiter", "Lundi 26 septembre au soir, Jupiter"),
        ("Le ciel de ce soir", "Le ciel du lundi 26 septembre au soir"),
        ("Dès ce soir", "Dès lundi 26 septembre au soir"),
        ("Cette nuit, à 1 h", "Dans la nuit du 26 au 27 septembre, à 1 h"),
        ("Les bruits de cette nuit", "Les bruits de la nuit du 26 au 27 septembre"),
        ("On vient ce matin", "On vient lundi 26 septembre au matin"),
        ("Demain soir et demain à 14 h", "Mardi 27 septembre au soir et mardi 27 septembre à 14 h"),
        ("Que faire ce week-end ?", "Que faire les 1er et 2 octobre ?"),
        ("Le programme de ce week-end", "Le programme des 1er et 2 octobre"),
        ("Dès cette semaine", "Dès la semaine du 26 septembre"),
        ("Jeudi matin, la Lune", "Jeudi 29 septembre au matin, la Lune"),
        ("Ce lundi, on compte", "Lundi 26 septembre, on compte"),
        ("à 22 h 47 mercredi", "à 22 h 47 mercredi 28 septembre"),
        ("Samedi ou dimanche", "Samedi 1er octobre ou dimanche 2 octobre"),
    ],
)
def test_the_date_stands_in_their_place(text, told):
    assert dated(text, MONDAY).replace("\u00a0", " ") == told
    assert relatives(dated(text, MONDAY), MONDAY) == (), "what is dated is found no more"


@cases(
    "text",
    [
        "Les métiers d’hier et de demain",
        "Le transport d’hier et d’aujourd’hui",
        "Le mardi, chaque samedi, un vendredi soir, du mercredi au dimanche",
        "Le premier dimanche est gratuit",
        "Lundi 26 septembre, avant l’aube du vendredi 18",
        "Le lundi de Pâques, Mardi gras",
        "Les relevés du mercredi",
        "Après-midi jeux",
    ],
)
def test_a_habit_is_left(text):
    assert relatives(text, MONDAY) == ()


@cases(
    ("text", "reference"),
    [
        ("D’où viendra le bois demain ?", MONDAY),
        ("Ce soir, Jupiter", Reference()),
        ("Ce soir, Jupiter", Reference(MONDAY.written, (date(2022, 10, 1), date(2022, 10, 8)))),
        ("Samedi, on compte", Reference(None, (date(2022, 10, 1), date(2022, 10, 8)))),
        ("Samedi, on compte", Reference(None, (date(2022, 10, 3),), lasts=True)),
    ],
)
def test_what_is_not_sure_is_found_and_left(text, reference):
    (one,) = relatives(text, reference)
    assert one.written is None and dated(text, reference) == text


def test_a_day_of_the_event_comes_before_the_one_of_writing():
    when = Reference(date(2022, 9, 1), (date(2022, 12, 8),))
    assert dated("Ce soir, Mars", when) == "Jeudi 8\u00a0décembre au soir, Mars"
    year = Reference(date(2022, 12, 31))
    assert dated("Cette nuit", year) == "Dans la nuit du 31\u00a0décembre au 1er\u00a0janvier"


@given(st.dates(date(2000, 1, 1), date(2099, 12, 1)), st.integers(0, 6))
def test_the_bare_name_of_a_day_is_the_next_one(written, number):
    found = Reference(written).weekday(number)
    assert found and found.weekday() == number and timedelta() <= found - written < timedelta(7)
    assert str(found.day) in dated(JOURS[number], Reference(written))


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    for one in relatives(text, MONDAY):
        assert text[one.start : one.end] == one.words
