"""Hours of the sky beside those of almanacs, and what is told of places where it is odd."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from doses import cases
from portail_ciel.chart import chart
from portail_ciel.sky import LOW, Almanac, Place
from portail_ciel.words import direction, evening_lines, moon_path, sun, tonight

PARIS = ZoneInfo("Europe/Paris")
LILLE = Place(50.6311, 3.0468, PARIS)
AMIENS = Place(49.8987, 2.2847, PARIS)
SAINT_DENIS = Place(-20.9329, 55.4461, ZoneInfo("Indian/Reunion"))
TROMSO = Place(69.6496, 18.956, ZoneInfo("Europe/Oslo"))
UTC = ZoneInfo("UTC")
OBSERVATORY = Place(48.8364, 2.3365, UTC)
SLACK = timedelta(minutes=2)


def week(place, day):
    day = date.fromisoformat(day)
    return Almanac(place).week(day - timedelta(days=day.weekday()))


def night(place, day):
    return week(place, day).nuits[date.fromisoformat(day).weekday()]


def found(place, day, sort):
    return [one for one in week(place, day).faits if one.sorte == sort]


def near(one, text):
    return abs(one - datetime.fromisoformat(text)) <= SLACK


@cases(
    "day, rise, set_",
    [  # U. S. Naval Observatory, 60° north, 0°, 2019, in universal time
        ("2019-01-01", "09:02", "15:05"),
        ("2019-03-21", "06:00", "18:16"),
        ("2019-06-21", "02:36", "21:28"),
        ("2019-09-26", "05:53", "17:49"),
        ("2019-12-21", "09:02", "14:54"),
    ],
)
def test_the_sun_rises_and_sets_as_almanacs_say(day, rise, set_):
    one = night(Place(60, 0, UTC), day)
    assert near(one.lever, f"{day} {rise}")
    assert near(one.coucher, f"{day} {set_}")


@cases(
    "day, dusk, dark",
    [  # U. S. Naval Observatory, Orlando, in universal time
        ("2021-11-07", "2021-11-07 23:28", "2021-11-07 23:56"),
        ("2022-03-01", "2022-03-02 00:16", "2022-03-02 00:43"),
        ("2022-09-01", "2022-09-02 00:38", "2022-09-02 01:07"),
    ],
)
def test_it_is_dark_when_almanacs_say(day, dusk, dark):
    one = night(Place(28.538, -81.379, UTC), day)
    assert near(one.crepuscule, dusk)
    assert near(one.noir, dark)


@cases(
    "day, rise, set_",
    [  # IMCCE, Paris 2010, in universal time
        ("2010-01-01", "17:08", "08:17"),
        ("2010-01-02", "18:35", "08:52"),
        ("2010-01-03", "20:01", "09:19"),
        ("2010-01-04", "21:24", "09:42"),
        ("2010-01-05", "22:44", "10:02"),
    ],
)
def test_the_moon_rises_and_sets_as_the_imcce_says(day, rise, set_):
    one = night(OBSERVATORY, day)
    assert near(one.lune_lever, f"{day} {rise}")
    assert near(one.lune_coucher, f"{day} {set_}")


@cases(
    "place, day, hours, share",
    [
        (LILLE, "2022-10-25", ("11:09", "12:02", "12:57"), 17),
        (AMIENS, "2022-10-25", ("11:10", "12:02", "12:55"), 15),
        # The Sun rises at 6:31, and the eclipse has begun.
        (SAINT_DENIS, "2023-04-20", ("06:31", "06:33", "07:01"), 4),
    ],
)
def test_an_eclipse_of_the_sun_is_that_of_the_place(place, day, hours, share):
    (one,) = found(place, day, "eclipse-soleil")
    told = (one.debut, one.quand, one.fin)
    assert all(near(at, f"{day} {hour}") for at, hour in zip(told, hours, strict=True))
    assert one.valeur == share


# Shares that the IMCCE gave of that eclipse.
@cases(
    "lat, lon, share",
    [(48.573, 7.752, 19.5), (48.857, 2.352, 13.7), (43.296, -0.371, 3.5), (43.71, 7.262, 11.7)],
)
def test_the_share_of_the_disc_is_that_of_the_imcce(lat, lon, share):
    (one,) = found(Place(lat, lon, PARIS), "2022-10-25", "eclipse-soleil")
    assert one.valeur == pytest.approx(share, abs=0.5)


@cases(
    "day, sort, name, at",
    [
        ("2022-09-26", "opposition", "Jupiter", "2022-09-26 21:33"),
        ("2026-12-17", "quartier-1", "", "2026-12-17 06:43"),
        ("2025-06-21", "saison-1", "", "2025-06-21 04:42"),
        # IMO, Meteor Shower Calendar 2022: 22 April 19 h, 13 August 1 h, 14 December 13 h UT.
        ("2022-04-22", "meteores", "Lyrides", "2022-04-22 21:00"),
        ("2022-08-13", "meteores", "Perséides", "2022-08-13 03:00"),
        ("2022-12-14", "meteores", "Géminides", "2022-12-14 14:00"),
    ],
)
def test_what_happens_is_told_on_its_day(day, sort, name, at):
    (one,) = [one for one in found(LILLE, day, sort) if name in (*one.noms, "")]
    slack = timedelta(minutes=40) if sort in ("opposition", "meteores") else SLACK
    assert abs(one.quand - datetime.fromisoformat(at)) <= slack


def test_an_eclipse_of_the_moon_is_told_where_the_moon_is_up():
    (one,) = found(LILLE, "2022-05-16", "eclipse-lune-totale")
    assert near(one.debut, "2022-05-16 04:28")
    assert not found(LILLE, "2022-11-08", "eclipse-lune-totale")


def test_two_lights_that_meet_are_both_seen():
    meetings = found(LILLE, "2022-12-08", "rapprochement")
    assert [(one.noms, one.valeur < 1) for one in meetings] == [(("la Lune", "Mars"), True)]


def test_in_june_tromso_has_no_night():
    one = night(TROMSO, "2026-06-18")
    assert (one.lever, one.coucher, one.crepuscule, one.noir, one.planetes) == (None,) * 4 + ((),)
    assert "ne se couche pas" in sun(one)
    assert "il n’y a pas de nuit" in tonight(one)


def test_in_december_tromso_has_no_day_but_planets():
    one = night(TROMSO, "2026-12-18")
    assert one.lever is None
    assert "ne se lève pas" in sun(one)
    assert "Jupiter" in {planet.nom for planet in one.planetes}


def test_in_june_lille_is_never_dark():
    assert night(LILLE, "2026-06-24").noir is None
    assert "pas de nuit noire" in sun(night(LILLE, "2026-06-24"))


def test_no_planet_is_told_below_the_roofs():
    for day in ("2022-09-26", "2023-01-18", "2026-06-24"):
        planets = night(LILLE, day).planetes
        assert planets
        assert all(one.point.hauteur >= LOW for one in planets)


def test_an_evening_is_three_lines_and_one():
    one = night(LILLE, "2022-09-26")
    assert tonight(one) == "Jupiter à l’est dès 20\xa0h\xa048, Lune en premier croissant"
    assert [*evening_lines(one, "Mardi : une éclipse")] == [
        "Soleil : lever 7\xa0h\xa040, coucher 19\xa0h\xa037, nuit noire dès 21\xa0h\xa028",
        "Jeudi soir : Jupiter à l’est, Saturne au sud-est, Lune en premier croissant",
        "Mardi : une éclipse",
    ]


@cases("phase, side", [(45, 1), (135, 1), (225, 0), (315, 0)])
def test_the_moon_is_lit_on_the_side_of_the_sun(phase, side):
    assert f"A10 10 0 0 {side} 0 10" in moon_path(phase, south=False)
    assert f"A10 10 0 0 {1 - side} 0 10" in moon_path(phase, south=True)


@cases("phase, edge", [(60, "A5.0 10"), (90, "A0.0 10"), (135, "A7.1 10"), (300, "A5.0 10")])
def test_as_much_of_the_moon_is_lit_as_the_sun_lights(phase, edge):
    assert f"10{edge}" in moon_path(phase, south=False)


def test_the_same_week_is_the_same():
    assert week(LILLE, "2022-09-26") == week(LILLE, "2022-09-26")
    assert week(LILLE, "2022-09-26") != week(SAINT_DENIS, "2022-09-26")


def test_what_is_up_is_named_where_it_is():
    up = chart(Almanac(LILLE), datetime(2022, 9, 29, 20, 41))
    assert {"Jupiter", "Saturne"} <= {*dict(up.mobiles)}
    assert "Grande Ourse" in dict(up.haut) and "Croix du Sud" not in dict(up.haut)
    assert direction(dict(up.haut)["Grande Ourse"].azimut) == "au nord-ouest"
    south = chart(Almanac(SAINT_DENIS), datetime(2022, 4, 28, 19, 0))
    assert "Croix du Sud" in dict(south.haut) and "Petite Ourse" not in dict(south.haut)
