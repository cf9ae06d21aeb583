from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agenda_cases import run, seance
from doses import cases
from portail.agenda.occurrences import Occurrence, local
from portail.agenda.programme import Programme
from portail.agenda.weeks import Week
from strategies import Horaires, Periode, days, hours

S39 = Week(2021, 39)
DAY = timedelta(days=1)


def programme(**events):
    return Programme(events.items())


def made(*args, **kwargs):
    found = run(*args, **kwargs)
    assert isinstance(found, tuple), found
    return found


def shown(found, week=S39):
    """« 27 a b », day by day, days without anything left out."""
    return [
        f"{day.jour.day} {' '.join(one.ref for one in day.rendez_vous)}"
        for day in found.week(week).jours
        if day.rendez_vous
    ]


def test_each_day_in_order_of_time():
    found = programme(
        tard=made("2021-09-28 20:00"),
        tot=made("2021-09-28 09:30", "2021-09-28 10:30"),
        journee=made("2021-09-28"),
        salon=made("2021-09-27", "2021-09-29"),
        avant=made("2021-09-26 10:00"),
    )
    assert shown(found) == ["27 salon", "28 journee salon tot tard", "29 salon"]
    assert [day.nombre for day in found.week(S39).jours] == [1, 4, 1, 0, 0, 0, 0]
    assert found.week(S39).nombre == 4
    assert found.weeks == (Week(2021, 38), S39)


def test_a_night_belongs_to_its_eve():
    nuit = made("2021-10-03 21:00", "2021-10-04 02:00")
    assert programme(nuit=nuit).weeks == (S39,)


@cases("etat", ["annule", "reporte"])
def test_what_does_not_take_place_is_shown_not_counted(etat):
    found = programme(
        un=made("2021-09-28 20:00", etat=etat), deux=made("2021-09-28 21:00", etat="complet")
    )
    day = found.week(S39).jours[1]
    assert [(one.ref, one.etat, one.maintained) for one in day.rendez_vous] == [
        ("un", etat, False), ("deux", "complet", True),
    ]  # fmt: skip
    assert (day.nombre, found.week(S39).nombre) == (1, 1)


def test_several_times_a_day_is_one_rendez_vous_for_each_state():
    hours = ("10:00", "14:00", "16:00")
    seances = tuple(
        seance(f"2021-09-28 {hour}", etat="complet" if hour == "14:00" else None) for hour in hours
    )
    day = programme(un=made(seances=seances)).week(S39).jours[1]
    assert [
        (one.etat, [f"{each.debut:%H}" for each in one.occurrences]) for one in day.rendez_vous
    ] == [("programme", ["10", "16"]), ("complet", ["14"])]
    assert day.nombre == 1


def test_what_lasts_is_apart():
    found = programme(
        expo=made("2021-09-01", "2021-11-30"),
        semaine=made("2021-09-27", "2021-10-03"),
        huit=made("2021-09-27", "2021-10-04"),
    )
    week = found.week(S39)
    assert [(one.ref, one.du.day, one.au.day) for one in week.durables] == [
        ("expo", 1, 30), ("huit", 27, 4),
    ]  # fmt: skip
    assert {one.ref for day in week.jours for one in day.rendez_vous} == {"semaine"}
    assert found.weeks == (Week(2021, 35), S39, Week(2021, 40), Week(2021, 48))
    assert [one.ref for one in found.week(Week(2021, 44)).durables] == ["expo"]


def test_opening_hours_are_something_that_lasts():
    open_days = ("mercredi", "vendredi", "samedi", "dimanche")
    closed = (Periode(date(2021, 10, 25), date(2021, 11, 7)), Periode(*[date(2021, 12, 4)] * 2))
    timetable = Horaires(
        date(2021, 9, 15), date(2021, 12, 15), open_days, time(14), time(18), closed
    )
    found = programme(expo=made(horaires=timetable))
    assert [tuple(one) for one in found.week(S39).durables] == [
        (date(2021, 9, 15), date(2021, 12, 15), "expo", "programme")
    ]
    assert shown(found) == []
    assert found.week(Week(2021, 43)).durables == ()
    assert found.weeks == (Week(2021, 37), Week(2021, 50))


def test_rendez_vous_that_come_back_are_not():
    timetable = Horaires(date(2021, 9, 1), date(2021, 12, 15), ("mercredi", "samedi"))
    few = tuple(seance(f"2021-09-{day}") for day in range(20, 30, 2))
    found = programme(club=made(horaires=timetable), serie=made(seances=few))
    assert shown(found) == ["28 serie", "29 club", "2 club"]
    assert found.week(S39).durables == ()


def test_a_day_cancelled_during_what_lasts_is_shown():
    rows = tuple(
        seance(f"2021-09-{day}", etat="annule" if day == 28 else None) for day in range(20, 31)
    )
    found = programme(expo=made(seances=rows))
    assert shown(found) == ["28 expo"]
    assert [one.etat for one in found.week(S39).durables] == ["programme"]
    assert found.week(S39).nombre == 0


def test_all_cancelled():
    timetable = Horaires(date(2021, 9, 1), date(2021, 12, 15))
    found = programme(expo=made(horaires=timetable, etat="annule"))
    assert (shown(found), [one.etat for one in found.week(S39).durables]) == ([], ["annule"])


def test_editions_of_highlights_last_even_when_short():
    found = Programme((), [("fete", date(2021, 10, 1), date(2021, 10, 4))])
    assert [one.ref for one in found.week(S39).durables] == ["fete"]
    assert found.weeks == (S39, Week(2021, 40))


def occurrences():
    """Those of an event of autumn 2021, in order of time."""

    def one(day, hour, length, etat):
        if hour is None:
            return Occurrence(local(day), local(day + length * DAY), True, etat, 0)
        start = local(day, hour)
        return Occurrence(
            start, start + timedelta(hours=length) if length else None, False, etat, 0
        )

    around = days(date(2021, 9, 13), date(2021, 10, 17))
    states = st.sampled_from(["programme", "programme", "complet", "annule", "reporte"])
    some = st.builds(one, around, st.none() | hours(), st.integers(0, 12), states)
    return st.lists(some, max_size=12).map(
        lambda found: tuple(sorted(found, key=lambda one: one.debut))
    )


@given(st.lists(occurrences(), max_size=5))
def test_nothing_is_lost_nothing_is_said_twice(events):
    found = Programme((str(number), some) for number, some in enumerate(events))
    weeks = [Week.of(date(2021, 9, 6) + number * 7 * DAY) for number in range(9)]
    assert set(found.weeks) <= {*weeks}
    for week in map(found.week, weeks):
        assert [day.jour for day in week.jours] == [*week.week.days]
        lasting = {
            (one.ref, one.etat if one.etat in ("annule", "reporte") else "programme")
            for one in week.durables
        }
        for day in week.jours:
            told = [(one.ref, one.etat) for one in day.rendez_vous]
            assert len(set(told)) == len(told)
            for number, some in enumerate(events):
                for one in some:
                    if one.is_on(day.jour):
                        state = "programme" if one.maintained else one.etat
                        apart = (str(number), state) in lasting
                        assert apart or (str(number), one.etat) in told
            for each in day.rendez_vous:
                assert all(one.is_on(day.jour) for one in each.occurrences)
                assert not any(one.is_long for one in each.occurrences)
            midnight = datetime.combine(day.jour, time())
            starts = [
                max(one.occurrences[0].debut.replace(tzinfo=None), midnight)
                for one in day.rendez_vous
            ]
            assert starts == sorted(starts)
            assert day.nombre <= len(told)
        for one in week.durables:
            assert one.du <= week.week.last and one.au >= week.week.first
            assert (one.au - one.du).days >= 7
        assert week.nombre == len({
            one.ref for day in week.jours for one in day.rendez_vous if one.maintained
        })  # fmt: skip
        if any(day.rendez_vous for day in week.jours):
            assert week.week in found.weeks
