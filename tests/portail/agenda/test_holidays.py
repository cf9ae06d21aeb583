"""School holidays: the table that is published, and those that are refused."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from doses import cases, rows_of
from portail.agenda.weeks import Holiday, SchoolHolidays
from portail.diagnostics import DataError
from portail.resources import data_dir

AUTUMN = Holiday(date(2021, 10, 23), date(2021, 11, 7), "vacances de la Toussaint")
TABLE = """zones: {A: ["84"], B: ["32", "53"]}
vacances:
  - {nom: hiver, zones: A, du: 2022-02-12, au: 2022-02-27}
  - {nom: Toussaint, zones: AB, du: 2021-10-23, au: 2021-11-07}
"""


def written(folder, text):
    (folder / "vacances.yml").write_text(text, encoding="utf-8")
    return folder


def test_the_region_decides_the_zone(tmp_path):
    read = SchoolHolidays.load(written(tmp_path, TABLE), "32")
    assert (read.zone, read.own) == ("B", (AUTUMN,))
    assert SchoolHolidays.load(tmp_path, "94").own == ()
    assert SchoolHolidays.load(tmp_path).zone == ""


def test_those_that_run_else_the_next(tmp_path):
    read = SchoolHolidays.load(written(tmp_path, TABLE))
    for day in (date(2021, 9, 27), AUTUMN.du, AUTUMN.au):
        assert read.holidays("A", day) == AUTUMN
    winter = read.holidays("A", AUTUMN.au + timedelta(days=1))
    assert winter.du == date(2022, 2, 12)
    assert read.holidays("B", winter.du) is read.holidays("C", winter.du) is None


def test_no_table_no_holidays(tmp_path):
    assert SchoolHolidays.load(tmp_path, "32") == SchoolHolidays()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"53"', '"84"'),  # a region in two zones
        ("hiver", "neige"),
        ("zones: A,", "zones: AC,"),
        ("2022-02-27", "2022-02-11"),  # ends before it begins
        ("2022-02-12", "2021-11-07"),  # in the holidays before
        ("2022-02-12", "février"),
        ("vacances:", "congés:"),
        (TABLE, "- rien"),
        (TABLE, "]"),
    ],
)
def test_a_broken_table_is_refused(tmp_path, old, new):
    with pytest.raises(DataError, match=r"vacances\.yml"):
        SchoolHolidays.load(written(tmp_path, TABLE.replace(old, new)))


def test_the_published_table():
    """Thirteen mainland regions but Corse; five holidays a year; term weeks between them."""
    read = SchoolHolidays.load(data_dir(), "32")
    assert read.zone == "B"
    assert [*read.zones][:3] == ["A", "B", "C"]
    for zone, some in [*read.zones.items()][:3]:
        assert len(some) == 7 * 5, zone
        assert [one.nom.split()[-1] for one in some[-5:]] == [
            "Toussaint", "Noël", "d’hiver", "printemps", "d’été",
        ]  # fmt: skip
        for one, after in pairwise(some):
            assert 24 <= (after.du - one.au).days <= 85, (zone, one)
        for one in some:
            shortest, longest = (54, 60) if one.nom.endswith("été") else (15, 17)
            assert shortest <= (one.au - one.du).days <= longest, (zone, one)
    # From one zone to the next, a week of difference at most two, in winter and spring.
    for three in zip(*[*read.zones.values()][:3], strict=True):
        assert max(one.du for one in three) - min(one.du for one in three) <= timedelta(days=14)


@cases(("region", "day", "name"), rows_of("portail/agenda/holidays.yml"))
def test_academies_with_a_calendar_of_their_own(region, day, name):
    read = SchoolHolidays.load(data_dir(), region)
    assert next((one.nom for one in read.own if day in one), "") == name


def test_their_holidays_begin_and_end_as_school_does():
    """As an academy publishes them: from the day after class to the eve of the return, which is no
    Saturday nor Sunday; a fortnight at least, but ten days in March."""
    read = SchoolHolidays.load(data_dir())
    for zone in ("Corse", "Martinique", "Réunion"):
        for one in read.zones[zone]:
            back = one.au + timedelta(days=1)
            assert back.weekday() < 5, (zone, one)
            assert 13 <= (one.au - one.du).days + 1 <= 60, (zone, one)
