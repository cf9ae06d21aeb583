"""Opening hours as a grid: what it holds is all that they say."""

import re

from hypothesis import given

from doses import cases, rows_of
from horaires import written_hours
from portail.features.services.horaires.notation import Misread, read_opening_hours
from portail_contribuer.contribuer.files import grid_of

WEEK = "Mo Tu We Th Fr Sa Su".split()


def written(grid):
    """A grid, plainly, as OpenStreetMap writes each of its days."""
    note = f' "{grid["note"]}"' if grid["note"] else ""
    opened = any(grid["jours"].values())
    rules = []
    for day, hours in grid["jours"].items():
        pairs = zip(hours[::2], hours[1::2], strict=True)
        told = ",".join(f"{a}-{b.replace('00:00', '24:00')}" if b else f"{a}+" for a, b in pairs)
        rules.append(f"{day} {told or 'off'}{note if told or not opened else ''}")
    return "; ".join(rules) or note.strip()


def meant(hours):
    """What a day of the week, or holiday, says at the end of all rules."""
    told = {}
    for rule in hours.regles:
        days = [WEEK[day] for one in rule.jours for day in one.jours]
        names = [*days, *rule.feries] or WEEK
        told |= {name: [*rule.heures, rule.ferme, rule.note] for name in names}
    return told


@cases(("osm", "grid"), rows_of("portail_contribuer/tests/contribuer/hours_grid.yml"))
def test_a_grid_of_hours(osm, grid):
    assert grid_of(read_opening_hours(osm)) == grid


@cases(
    "osm",
    [
        "Apr-Sep Tu-Su 10:00-18:00",
        "Dec 25 off",
        "Su[1] 10:00-18:00",
        "SH Mo-Fr 10:00-18:00",
        "Mo-Fr 10:00-12:00, Sa 14:00-16:00",
        "Mo 08:00-09:00,10:00-11:00,12:00-13:00",
        'Mo 10:00-12:00 "a"; Tu 10:00-12:00',
        'Mo 10:00-12:00; Tu "sur rendez-vous"',
        'Mo 10:00-12:00; Tu off "congé"',
        "PH off; SH 10:00-12:00",
    ],
)
def test_what_no_grid_holds(osm):
    assert grid_of(read_opening_hours(osm)) is None


@given(written_hours())
def test_a_grid_says_all_that_the_hours_do(rules):
    try:
        hours = read_opening_hours("; ".join(one.text for one in rules))
    except Misread:
        return
    grid = grid_of(hours)
    plain = not any(one.dates or one.croise for one in hours.regles)
    ranked = any(one.rangs for rule in hours.regles for one in rule.jours)
    if grid is None:
        order = [name for one in hours.regles for name in one.feries]
        assert not plain or ranked or order.index("PH") < order.index("SH")
        return
    assert re.fullmatch("(Mo)?(Tu)?(We)?(Th)?(Fr)?(Sa)?(Su)?(SH)?(PH)?", "".join(grid["jours"]))
    again = read_opening_hours(written(grid))
    assert meant(again) == meant(hours)
