"""Relaxed sessions: on the page, in lists, feeds, the filter; announced in a note alone."""

import json
from datetime import date

import pytest

from doses import rows_of
from plans import box, entry, said
from portail.agenda.programme import RendezVous
from portail.facts.base import text_of
from portail.facts.channels import added
from portail.feature import IN_SEARCH
from portail.features.services.agenda.filter import agenda_text
from portail.outputs.pages.cards import card_of
from portail.text.typography import typeset

LATER = "2021-10-16 10:30"


def event(**fields):
    return {"events/visite": entry("events", **fields)}


def rows(tree, **fields):
    view = tree.view("/evenements/visite/", event(**fields))
    return [text.replace("\u00a0", " ") for text in box(view).get("Séances douces", ())]


def test_one_session_among_several_says_its_day_and_what_makes_it_calmer(tree):
    sessions = [{"debut": "2021-10-09 14:00"}, {"debut": LATER, "douce": ["lumiere", "sorties"]}]
    (text,) = rows(tree, seances=sessions)
    day, comforts = text.split(" : ")
    assert day == "samedi 16 octobre 2021, à 10 h 30"
    assert comforts == "jamais dans le noir, on sort et on revient quand on veut"


def test_all_sessions_say_it_once(tree):
    assert rows(tree, douce=["son"], seances=[{"debut": "2021-10-09 14:00"}, {"debut": LATER}]) == [
        "Son plus bas"
    ]


def test_a_phone_does_not_fold_it(tree):
    way = {"arret": "Gare d’Exemple", "retour": "Train de 22 h 48"}
    view = tree.view("/evenements/visite/", event(douce=["son"], sans_voiture=way))
    assert {"Séances douces", "Sans voiture"} <= {row.libelle for row in view.faits}


def lines(view):
    """What is said after the place, by day."""
    rows = ((day.jour, row) for day in view.jours for group in day.groupes for row in group.lignes)
    return {str(day): " · ".join(row.carte.details[2:]) for day, row in rows}


def test_what_is_of_some_days_is_told_on_their_lines_alone(tree):
    """On each line of the agenda, those that its script draws, the home page; on the card of the
    whole event, the days that are left."""
    relaxed = [{"debut": f"{day} 10:30", "douce": ["son"]} for day in ("2021-09-12", "2021-10-09")]
    coach = {"places": 3, "depart": "Doullens", "jour": "2021-10-02", "courriel": "a@exemple.org"}
    files = event(
        seances=[*relaxed, {"debut": "2021-10-02 14:00"}, {"debut": "2021-10-30 14:00"}],
        groupes={"niveaux": ["CM1"], "car": coach},
    )
    pages = tree.pages(files)
    told = lines(pages["/agenda/"].view())
    seats = "Car à partager\u00a0: 3 places au départ de Doullens"
    assert told == {"2021-10-02": seats, "2021-10-09": "Séance douce", "2021-10-30": ""}
    site = tree.site(files)
    whole = card_of(site, "events/visite").details
    assert whole[2:] == ("Séance douce samedi 9\u00a0octobre", f"{seats}, samedi 2\u00a0octobre")
    document = json.loads("".join(agenda_text(site)))
    texts, moments = document["textes"], document["moments"]
    ((*_, (slots), _),) = document["lignes"]
    place = texts[document["lignes"][0][4]]
    drawn = [texts[moments[one][3]].removeprefix(place) for one, *_ in slots]
    assert drawn == [typeset(f" · {seats}"), " · Séance douce", ""]
    later = tree.site(files, day=date(2021, 10, 20))
    assert card_of(later, "events/visite").details[2:] == ()
    over = tree.site(files, day=date(2021, 11, 20))
    assert "12\u00a0septembre" in card_of(over, "events/visite").details[2]


def test_a_relaxed_session_that_is_cancelled_is_none(tree):
    gone = {"debut": LATER, "douce": ["son"], "etat": "annule"}
    assert rows(tree, seances=[{"debut": "2021-10-09 14:00"}, gone]) == []


@pytest.mark.parametrize(("session", "found"), rows_of("features/kinds/seancesdouces/sessions.yml"))
def test_the_filter_finds_a_relaxed_session_that_is_to_come(tree, session, found):
    pages = tree.pages(event(seances=[session, {"debut": "2021-10-23 14:00"}]))
    assert ("/agenda/seances-douces/" in pages) == found


def test_the_search_knows_the_words_of_those_concerned(tree):
    def words(**session):
        site = tree.site(event(seances=[{"debut": LATER, **session}]))
        facts = added(site, IN_SEARCH, site.items["events/visite"])
        return " ".join(f"{fact.label} {text_of(fact.values)}" for fact in facts)

    told = words(douce=["son"])
    for query in ("autiste", "autisme", "TSA", "Relax", "séance douce"):
        assert query in told
    assert words() == "", "another event has none of them"


def test_a_note_that_announces_one_is_told_of_the_field(tree):
    def advice(note):
        result = tree.run(event(seances=[{"debut": LATER, "note": note}]), plans=False)
        return [line for line in said(result.report) if "C540" in line]

    for note in ("Séance Relax", "séance adaptée aux personnes autistes"):
        (told,) = advice(note)
        assert note in told
        assert "douce: [lumiere" in told
    assert advice("en LSF") == []


def test_what_is_no_comfort_is_refused_with_those_that_are(tree):
    result = tree.run(event(douce=["lumieres"]), plans=False)
    (error,) = said(result.report)
    assert "lumieres" in error
    assert "lumiere" in error.partition("→")[2]


def test_the_page_of_relaxed_sessions_tells_no_other(tree):
    sessions = [
        {"debut": "2021-10-02 14:00"},
        {"debut": LATER, "douce": ["son"]},
        {"debut": "2021-10-16 15:00"},
        {"debut": "2021-10-23 14:00"},
    ]
    site = tree.site(event(seances=sessions))
    rows = site.ahead.of(("seances-douces", "oui")).rows
    assert [str(day) for day, _ in rows] == ["2021-10-16"]
    (row,) = (each for _, each in rows if isinstance(each, RendezVous))
    assert [f"{session.debut:%H:%M}" for session in row.occurrences] == ["10:30"]


def test_one_among_the_opening_hours_of_months_is_told_on_its_day(tree):
    days = [f"2021-10-{day:02d}" for day in range(1, 29)]
    sessions = [{"debut": f"{day} 10:00", "fin": f"{day} 18:00"} for day in days]
    sessions[9]["douce"] = ["son"]
    site = tree.site(event(seances=sessions))
    outlook = site.ahead.of(("seances-douces", "oui"))
    assert [str(day) for day, _ in outlook.rows] == ["2021-10-10"]
    assert outlook.lasting == ()


def test_the_filter_is_told_of_the_times_that_are_relaxed(tree):
    sessions = [{"debut": "2021-10-02 14:00"}, {"debut": LATER, "douce": ["son"]}]
    document = json.loads("".join(agenda_text(tree.site(event(seances=sessions)))))
    ((row, (moment, _, more, day)),) = document["seances"]["seances-douces"]
    assert (row, more, day) == (0, 0, 19)
    assert document["moments"][moment][1] == "10\u00a0h\u00a030"
    plain = json.loads("".join(agenda_text(tree.site(event(seances=[{"debut": LATER}])))))
    assert "seances" not in plain


def test_dates_say_which_one_is_relaxed(tree):
    sessions = [{"debut": "2021-10-02 14:00"}, {"debut": LATER, "douce": ["son"], "note": "en LSF"}]
    view = tree.view("/evenements/visite/", event(seances=sessions))
    notes = [session.note for day in view.dates for session in day.seances]
    assert notes == ["", "Séance douce, en LSF"]
    view = tree.view("/evenements/visite/", event(douce=["son"], seances=[{"debut": LATER}]))
    assert not view.quand or not view.quand.note
