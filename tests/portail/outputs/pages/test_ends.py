"""When what pages tell is over: last days, following dates, what is said the day after."""

from datetime import date

import pytest

from doses import rows_of
from plans import entry

EVENT = "/evenements/essai/"


def view_of(tree, folder="events", day=date(2021, 9, 27), **fields):
    url = EVENT if folder == "events" else f"/{folder}/essai/"
    return tree.view(url, {f"{folder}/essai": entry(folder, **fields)}, day=day)


def october(*days):
    return tuple(date(2021, 10, day) for day in days)


@pytest.mark.parametrize(("fields", "fin", "suite"), rows_of("portail/outputs/pages/ends.yml"))
def test_the_last_day_and_the_dates_that_follow(tree, fields, fin, suite):
    view = view_of(tree, **fields)
    assert (view.fin, view.suite) == (date(2021, 10, fin), october(*suite))


def test_what_is_over_says_so_already(tree):
    view = view_of(tree, debut="2021-09-26")
    assert (view.fin, view.suite, view.apres) == (None, (), None)
    assert view.message.titre == "Cet événement est passé"


def test_what_is_said_the_day_after(tree):
    later = view_of(tree, day=date(2021, 10, 10), debut="2021-10-09 14:00")
    before = view_of(tree, debut="2021-10-09 14:00")
    assert (before.message, before.apres) == (None, later.message)
    full = view_of(tree, debut="2021-10-09 14:00", etat="complet")
    assert full.message.titre == "Complet"
    assert full.apres == later.message
    called_off = view_of(tree, debut="2021-10-09 14:00", etat="annule")
    assert called_off.apres is None, "it still is called off"


def test_an_announcement_ends_on_its_deadline(tree):
    contact = {"url": "https://a.org/"}
    view = view_of(tree, "annonces", echeance="2021-10-05", contact=contact)
    over = view_of(tree, "annonces", date(2021, 10, 6), echeance="2021-10-05", contact=contact)
    assert (view.fin, view.message, view.apres) == (date(2021, 10, 5), None, over.message)
    assert [one.fin for one in view.boutons] == [date(2021, 10, 5)]


@pytest.mark.parametrize(
    ("deadline", "until"), [(None, 9), ("2021-10-05 12:00", 5), ("2021-10-30", 9)]
)
def test_booking_ends_on_its_deadline(tree, deadline, until):
    booking = {"regime": "obligatoire", "url": "https://a.org/"}
    if deadline:
        booking["avant_le"] = deadline
    view = view_of(tree, debut="2021-10-09 14:00", inscription=booking)
    booked, calendar = view.boutons
    assert (booked.fin, calendar.fin) == (date(2021, 10, until), date(2021, 10, 9))


def test_lists_of_what_is_to_come_say_so(tree):
    files = {
        "events/essai": entry("events", debut="2021-10-02 10:00", lieu="musee"),
        "events/expo": entry("events", debut="2021-09-01", fin="2021-10-20"),
        "lieux/musee": entry("lieux"),
        "annonces/a": entry("annonces", echeance="2021-10-05"),
        "articles/a": entry("articles"),
    }
    home = tree.view("/", files)
    assert all(bloc.avenir for bloc in (home.agenda, home.en_ce_moment, home.annonces))
    assert home.en_ce_moment.fins == october(20)[: len(home.en_ce_moment.cartes)]
    assert [bloc.avenir for bloc in tree.view("/annonces/").blocs] == [True]
    assert [bloc.avenir for bloc in tree.view("/articles/").blocs] == [False]
    lieu = {bloc.code: bloc.avenir for bloc in tree.view("/lieux/musee/").blocs}
    assert lieu["agenda"]


def test_a_resource_that_closes(tree):
    fields = {"type": "financement", "echeance": "2021-10-05"}
    tree.pages({"ressources/a": entry("ressources", **fields)})
    (card,) = (one for bloc in tree.view("/ressources/").blocs for one in bloc.cartes)
    assert card.fin == date(2021, 10, 5)
