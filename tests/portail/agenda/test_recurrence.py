from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda_cases import refused, run, seance, told
from doses import rows_of
from portail.agenda.occurrences import exists
from portail.agenda.recurrence import MAX_OCCURRENCES
from portail.clock import PARIS
from strategies import JOURS, Horaires, Periode, days, horaires, seances

TABLES = rows_of("portail/agenda/recurrence.yml")


class TestOne:
    """``debut`` and ``fin`` alone."""

    @pytest.mark.parametrize(("debut", "fin", "expected"), TABLES["is_one_occurrence"])
    def test_is_one_occurrence(self, debut, fin, expected):
        assert told(run(debut, fin)) == [expected]

    @pytest.mark.parametrize(("debut", "fin", "code", "loc", "message"), TABLES["or_one_fault"])
    def test_or_one_fault(self, debut, fin, code, loc, message):
        assert refused(run(debut, fin)) == [(code, loc, message)]

    def test_carries_the_state_of_the_event(self):
        (one,) = run("2021-10-09", etat="annule")
        assert (one.etat, one.rang, one.source) == ("annule", 0, None)
        assert run() == (), "nothing said is no occurrence"


class TestSeances:
    """``seances``."""

    def test_are_put_in_the_order_of_time_with_their_state_and_source(self):
        result = run(
            seances=(
                seance("2021-10-09 16:00"),
                seance("2021-10-09", etat="complet"),
                seance("2021-10-02 14:00", "2021-10-02 15:00", etat="annule"),
            )
        )
        assert told(result) == [
            "2021-10-02 14:00+0200..02 15:00+0200", "2021-10-09..2021-10-09",
            "2021-10-09 16:00+0200",
        ]  # fmt: skip
        assert [(one.rang, one.source, one.etat) for one in result] == [
            (0, 2, "annule"), (1, 1, "complet"), (2, 0, "programme"),
        ]  # fmt: skip

    def test_all_faults_are_told_at_once(self):
        result = run(
            seances=(
                seance("2021-10-09 16:00", "2021-10-11 15:00"),
                seance("2021-03-28 02:15"),
                seance("2021-10-10 16:00"),
                seance("2021-10-10 16:00"),
                seance("2021-10-11 16:00", "2021-10-13 16:00"),
            )
        )
        assert [(code, loc) for code, loc, _ in refused(result)] == [
            ("E229", "seances.0.fin"), ("E238", "seances.3"), ("E229", "seances.4.fin"),
            ("E228", "seances.1.debut"),
        ]  # fmt: skip
        assert refused(result)[1][2] == "« 2021-10-10 16:00 » est écrit deux fois dans « seances »."

    def test_at_the_same_hour_are_two_if_they_differ(self):
        both = (seance("2021-10-09 14:00"), seance("2021-10-09 14:00", etat="complet"))
        assert [one.source for one in run(seances=both)] == [0, 1]

    def test_are_at_most_800(self):
        many = [seance(f"2021-{1 + rank // 20 % 12:02}-{1 + rank % 20:02} {rank // 240 + 8:02}:00")
                for rank in range(MAX_OCCURRENCES + 1)]  # fmt: skip
        assert isinstance(run(seances=tuple(many[:-1])), tuple)
        assert [(code, loc) for code, loc, _ in refused(run(seances=tuple(many)))] == [
            ("E232", "seances")
        ]

    def test_span_at_most_three_years(self):
        assert told(run(seances=(seance("2019-01-01"), seance("2022-01-01"))))
        far = run(seances=(seance("2019-01-01"), seance("2021-12-31", "2022-01-02")))
        assert [(code, loc) for code, loc, _ in refused(far)] == [("E232", "seances")]

    def test_a_whole_day_comes_before_its_first_minute(self):
        both = (seance("2021-10-09 00:00"), seance("2021-10-09"))
        assert told(run(seances=both)) == told(run(seances=both[::-1]))

    @given(
        st.lists(
            seances(days(date(2020, 1, 1), date(2022, 11, 30))), min_size=1, max_size=8, unique=True
        )
    )
    def test_nothing_is_lost_and_order_does_not_count(self, given_):
        hours = [
            (one.jour, one.heure)
            for each in given_
            for one in (each.debut, each.fin)
            if one is not None and one.heure is not None
        ]
        result = run(seances=tuple(given_))
        backwards = run(seances=tuple(reversed(given_)))
        if not all(exists(day, hour) for day, hour in hours):
            assert {code for code, _, _ in refused(result)} == {"E228"}
            return
        assert told(result) == told(backwards)
        assert [one.rang for one in result] == list(range(len(given_)))
        for one in result:
            written = given_[one.source or 0]
            assert one.debut.date() == written.debut.jour
            assert one.journee is (written.debut.heure is None)
            assert one.debut.time() == (written.debut.heure or time())
            assert one.over_at >= one.debut


class TestHoraires:
    """``horaires``."""

    def test_keep_their_hour_when_clocks_change(self):
        weekly = Horaires(
            date(2021, 10, 20), date(2021, 11, 17), ("mercredi",), time(14), time(16),
            (Periode(date(2021, 11, 1), date(2021, 11, 7)),),
        )  # fmt: skip
        assert told(run(horaires=weekly)) == [
            "2021-10-20 14:00+0200..20 16:00+0200",
            "2021-10-27 14:00+0200..27 16:00+0200",
            "2021-11-10 14:00+0100..10 16:00+0100",
            "2021-11-17 14:00+0100..17 16:00+0100",
        ]

    def test_without_names_are_every_day_and_without_hours_whole_days(self):
        assert told(run(horaires=Horaires(date(2021, 10, 9), date(2021, 10, 10)))) == [
            "2021-10-09..2021-10-09", "2021-10-10..2021-10-10",
        ]  # fmt: skip

    def test_hours_past_midnight_end_on_the_next_day(self):
        nights = Horaires(date(2021, 10, 9), date(2021, 10, 10), (), time(20), time(1, 30))
        assert told(run(horaires=nights)) == [
            "2021-10-09 20:00+0200..10 01:30+0200", "2021-10-10 20:00+0200..11 01:30+0200",
        ]  # fmt: skip

    def test_names_of_days_may_be_plural_or_capital(self):
        week = Horaires(date(2021, 10, 4), date(2021, 10, 10), ("Mardis", "DIMANCHE"), time(9))
        assert told(run(horaires=week)) == ["2021-10-05 09:00+0200", "2021-10-10 09:00+0200"]

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            (Horaires(date(2021, 10, 8), date(2021, 10, 9), ("mercerdi",)),
             ("E203", "horaires.tous_les.0", "« mercerdi » n’est pas une valeur de « tous_les ».")),
            (Horaires(date(2021, 10, 4), date(2021, 10, 5), ("mercredi",)),
             ("E239", "horaires", "Ces horaires ne donnent aucune séance.")),
            (Horaires(date(2021, 10, 4), date(2024, 10, 5), ("lundi",)),
             ("E232", "horaires.au",
              "Cet événement compte plus de 800 séances ou s’étend sur plus de 3 ans.")),
            (Horaires(date(2021, 10, 4), date(2024, 10, 3)),
             ("E232", "horaires",
              "Cet événement compte plus de 800 séances ou s’étend sur plus de 3 ans.")),
            (Horaires(date(2021, 3, 26), date(2021, 3, 28), (), time(20), time(2)),
             ("E228", "horaires.a",
              "Le 28\u00a0mars 2021, l’heure 2\u00a0h n’existe pas : on passe à l’heure d’été.")),
            (Horaires(date(2021, 3, 27), date(2021, 3, 29), (), time(2), time(4)),
             ("E228", "horaires.de",
              "Le 28\u00a0mars 2021, l’heure 2\u00a0h n’existe pas : on passe à l’heure d’été.")),
        ],
    )  # fmt: skip
    def test_faults(self, written, expected):
        assert refused(run(horaires=written)) == [expected]

    @given(horaires())
    def test_are_the_days_that_a_naive_reading_finds(self, written):
        wanted = []
        day = written.du
        while day <= written.au:
            named = not written.tous_les or JOURS[day.weekday()] in written.tous_les
            out = any(period.du <= day <= period.au for period in written.sauf)
            if named and not out:
                wanted.append(day)
            day += timedelta(days=1)
        result = run(horaires=written)
        if isinstance(result, list):
            assert {fault.code for fault in result} <= {"E228", "E239"}
            assert bool(wanted) is ({fault.code for fault in result} == {"E228"})
            return
        assert [one.debut.date() for one in result] == wanted
        for one in result:
            assert one.journee is (written.de is None)
            assert one.debut.tzinfo is PARIS
            assert one.debut.time() == (written.de or time())
            assert (one.fin.time() if one.fin else None) == (written.a if written.de else time())
