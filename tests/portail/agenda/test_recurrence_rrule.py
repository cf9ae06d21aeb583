from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from agenda_cases import refused, run, told
from doses import rows_of
from portail.agenda.recurrence import expand
from portail.clock import PARIS
from strategies import Moment, days
from work import calls


class TestRule:
    """``rrule``."""

    def test_keeps_its_hour_and_length_when_clocks_change(self):
        result = run("2021-10-24 22:00", "2021-10-25 01:00", rrule="FREQ=WEEKLY;COUNT=3")
        assert told(result) == [
            "2021-10-24 22:00+0200..25 01:00+0200", "2021-10-31 22:00+0100..01 01:00+0100",
            "2021-11-07 22:00+0100..08 01:00+0100",
        ]  # fmt: skip

    def test_of_whole_days(self):
        result = run("2021-10-02", "2021-10-03", rrule="FREQ=MONTHLY;BYDAY=1SA;UNTIL=20211231")
        assert told(result) == [
            "2021-10-02..2021-10-03", "2021-11-06..2021-11-07", "2021-12-04..2021-12-05",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("until", "count"),
        [("20211013T140000", 2), ("20211013T135959", 1), ("20211013", 2), ("20211013T120000Z", 2),
         ("20211013T115959Z", 1)],
    )  # fmt: skip
    def test_its_end_is_included_to_the_second(self, until, count):
        assert len(told(run("2021-10-06 14:00", rrule=f"FREQ=WEEKLY;UNTIL={until}"))) == count

    def test_leaves_its_exclusions_out(self):
        rule = "RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:20211013T140000,20211020"
        assert told(run("2021-10-06 14:00", rrule=rule)) == [
            "2021-10-06 14:00+0200", "2021-10-27 14:00+0200",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("rule", "code", "message"), rows_of("portail/agenda/recurrence_rrule.yml")
    )
    def test_faults(self, rule, code, message):
        assert refused(run("2021-10-06 14:00", rrule=rule)) == [(code, "rrule", message)]

    def test_the_skipped_hour_is_refused_wherever_it_falls(self):
        result = run("2021-03-21 02:30", "2021-03-21 03:30", rrule="FREQ=WEEKLY;COUNT=3")
        assert refused(result) == [
            ("E228", "debut",
             ("Le 28\u00a0mars 2021, l’heure 2\u00a0h\u00a030 n’existe pas : "
             "on passe à l’heure d’été.")),
        ]  # fmt: skip

    def test_a_faulty_end_and_a_faulty_rule_are_told_together(self):
        result = run("2021-10-06 14:00", "2021-10-08 13:00", rrule="FREQ=WEEKLY")
        assert [(code, loc) for code, loc, _ in refused(result)] == [
            ("E229", "fin"),
            ("E231", "rrule"),
        ]

    @pytest.mark.parametrize("count", [1, 799, 800])
    def test_up_to_800_occurrences(self, count):
        assert len(told(run("2021-10-06 14:00", rrule=f"FREQ=DAILY;COUNT={count}"))) == count

    @given(
        days(date(2015, 1, 1), date(2035, 1, 1)),
        st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
        st.integers(1, 4),
        st.integers(1, 20),
        st.sampled_from([time(0), time(9), time(14, 30), time(23, 45)]),
        st.integers(0, 1440),
    )
    def test_instants_are_those_of_dateutil(self, day, freq, interval, count, hour, minutes):
        text = f"FREQ={freq};INTERVAL={interval};COUNT={count}"
        debut = datetime.combine(day, hour)
        fin = debut + timedelta(minutes=minutes)
        result = expand(
            Moment(debut.date(), debut.time()), Moment(fin.date(), fin.time()), (), None, text, ""
        )
        theirs = list(rrulestr(text, dtstart=debut))
        if isinstance(result, list):
            codes = {fault.code for fault in result}
            beyond = theirs[-1] + (fin - debut) >= debut + timedelta(days=1095)
            skipped = any(2 <= (each + (fin - debut)).hour < 3 for each in theirs)
            assert set() < codes <= {*["E232"] * beyond, *["E228"] * skipped}
            return
        assert [one.debut.replace(tzinfo=None) for one in result] == theirs
        for one in result:
            assert one.fin.replace(tzinfo=None) - one.debut.replace(tzinfo=None) == fin - debut
            assert one.debut.astimezone(UTC).astimezone(PARIS) == one.debut

    @pytest.mark.parametrize(
        "rule",
        [
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=800",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=99991231",
            "FREQ=DAILY;UNTIL=99991231",
            "FREQ=DAILY;INTERVAL=0;COUNT=5",
            "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1;COUNT=800",
            "FREQ=DAILY;COUNT=800 EXDATE:" + ",".join(["20211007"] * 100),
            "FREQ=DAILY;COUNT=" + "9" * 900,
        ],
    )
    def test_hostile_rules_are_answered_at_once(self, rule):
        assert calls(lambda: run("2021-10-06 14:00", rrule=rule)) < 80_000
