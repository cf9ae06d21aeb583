"""When an event takes place, as its page tells it."""

from datetime import date

from plans import entry

NB = "\u00a0"


def event(tree, day=date(2021, 9, 27), **fields):
    return tree.view("/evenements/essai/", {"events/essai": entry("events", **fields)}, day=day)


def test_one(tree):
    view = event(tree, debut="2021-10-09 14:00", fin="2021-10-09 16:00")
    (one,) = view.dates
    assert one.phrase == f"Samedi 9{NB}octobre 2021, de 14{NB}h à 16{NB}h"
    assert (one.passee, one.seances) == (False, (view.quand,))
    assert (view.quand.debut_iso, view.quand.fin_iso) == (
        "2021-10-09T14:00:00+02:00", "2021-10-09T16:00:00+02:00",
    )  # fmt: skip
    assert (view.quand.note, view.quand.etiquettes, view.quand.barree) == ("", (), False)
    assert view.periode == ""


def test_without_end_and_whole_days(tree):
    one = event(tree, debut="2021-12-09 14:00").quand
    assert (one.debut_iso, one.fin_iso) == ("2021-12-09T14:00:00+01:00", "")
    one = event(tree, debut="2021-10-09", fin="2021-10-11").quand
    assert (one.debut_iso, one.fin_iso) == ("2021-10-09", "2021-10-11")


def test_past_states_and_notes(tree):
    view = event(
        tree,
        seances=[
            {"debut": "2021-09-20 14:00", "note": "en LSF"},
            {"debut": "2021-10-01 14:00", "etat": "annule"},
            {
                "debut": "2021-10-08 14:00", "etat": "reprogramme", "note": "en plein air",
                "ancien_debut": "2021-10-02 14:00",
            },
            {"debut": "2021-10-09 14:00", "etat": "complet"},
            {"debut": "2021-10-10 14:00", "etat": "reporte", "ancien_debut": "2021-10-10 14:00"},
        ],
    )  # fmt: skip
    assert [one.passee for one in view.dates] == [True, False, False, False, False]
    seances = [one.seances[0] for one in view.dates]
    assert [one.note for one in seances] == [
        "En LSF", "", f"En plein air, d’abord annoncée le 2{NB}octobre 2021 à 14{NB}h", "", "",
    ]  # fmt: skip
    codes = [[label.code for label in one.etiquettes] for one in seances]
    assert codes == [[], ["annule"], ["reprogramme"], ["complet"], ["reporte"]]
    assert [one.barree for one in seances] == [False, True, False, False, True]
    assert [one.feuille.etat for one in view.dates] == ["", "annule", "", "", "reporte"]
    assert view.etiquettes == ()  # the event itself goes on
    assert view.feuille.jour == date(2021, 10, 8)


def test_what_is_over_today_is_past_tomorrow(tree):
    fields = {"seances": [{"debut": "2021-09-27 09:00"}, {"debut": "2021-09-28 09:00"}]}
    assert not any(one.passee for one in event(tree, **fields).dates)
    after = event(tree, date(2021, 9, 28), **fields)
    assert [one.passee for one in after.dates] == [True, False]


def test_séances_of_one_day_are_told_together(tree):
    view = event(
        tree,
        seances=[
            {"debut": "2021-10-09 10:00", "fin": "2021-10-09 11:00"},
            {"debut": "2021-10-09 14:30", "etat": "complet"},
            {"debut": "2021-10-09 22:00", "fin": "2021-10-10 09:00"},
            {"debut": "2021-10-10 10:00"},
        ],
    )
    assert [one.phrase for one in view.dates] == [
        f"Samedi 9{NB}octobre 2021",
        f"Samedi 9{NB}octobre 2021, de 22{NB}h à 9{NB}h le lendemain",
        f"Dimanche 10{NB}octobre 2021, à 10{NB}h",
    ]
    assert [one.phrase for one in view.dates[0].seances] == [
        f"De 10{NB}h à 11{NB}h", f"À 14{NB}h{NB}30",
    ]  # fmt: skip
    assert [one.code for one in view.dates[0].seances[1].etiquettes] == ["complet"]
    assert view.quand.phrase == f"Samedi 9{NB}octobre 2021, de 10{NB}h à 11{NB}h"


def test_a_timetable_and_a_rule_have_a_period(tree):
    weekly = {"du": "2021-10-01", "au": "2021-11-30", "tous_les": ["lundi"]}
    assert event(tree, horaires=weekly).periode == f"Du 4{NB}octobre au 29{NB}novembre 2021"
    rule = {"rrule": "FREQ=DAILY;COUNT=3", "debut": "2021-10-01 20:00"}
    assert event(tree, **rule).periode == f"Du 1er au 3{NB}octobre 2021"
    assert event(tree, seances=[{"debut": "2021-10-09"}, {"debut": "2021-10-10"}]).periode == ""
