"""The ephemerides say what almanacs say, and charts show what they compute.

Expected values are those that the IMCCE, the NASA and the International Meteor Organization
published for 2022 and 2023, written here to the precision that is asked of the script.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

import pytest
import yaml
from lxml import etree

a = pytest.importorskip("astronomy")

import ciel_calculs as calculs  # noqa: E402
import ciel_cartes  # noqa: E402
from ciel_calculs import CITIES, Happening, day_start, instant  # noqa: E402
from ciel_cartes import CHARTS, EVENTS, Chart  # noqa: E402
from ciel_disques import Discs, sunward  # noqa: E402
from ciel_etoiles import STARS, figures, stars  # noqa: E402
from ciel_papier import GROUND, HIGH, WIDE  # noqa: E402
from ciel_vue import View  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"
START, END = day_start(calculs.START), day_start(calculs.END)


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each chart is drawn once for the tests that look at its sum."""
    monkeypatch.setattr(ciel_cartes, "total", TOTAL)


TOTAL = cache(ciel_cartes.total)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def near(found: a.Time, expected: str, **tolerance: float) -> bool:
    return abs(calculs.civil(found) - utc(expected)) <= timedelta(**tolerance)


def only(happenings: list[Happening], words: str) -> a.Time:
    (found,) = [one.at for one in happenings if words in one.what]
    return found


def test_civil_time_changes_on_30_october() -> None:
    assert calculs.civil(instant(datetime(2022, 10, 30, 0, 30, tzinfo=UTC))).hour == 2
    assert calculs.civil(instant(datetime(2022, 10, 30, 1, 30, tzinfo=UTC))).hour == 2
    assert calculs.civil(instant(datetime(2022, 10, 30, 2, 30))).hour == 2


def test_full_moons_are_those_of_almanacs() -> None:
    full = [one.at for one in calculs.phases(START, END) if one.what == "pleine Lune"]
    expected = "2022-10-09 20:55,2022-11-08 11:02,2022-12-08 04:08,2023-01-06 23:08"
    expected += ",2023-02-05 18:29,2023-03-07 12:40"
    assert len(full) == 6
    for found, moment in zip(full, expected.split(","), strict=True):
        assert near(found, moment, minutes=2)


def test_seasons() -> None:
    found = list(calculs.seasons(START, END))
    assert near(only(found, "solstice de décembre"), "2022-12-21 21:48", minutes=2)
    assert near(only(found, "équinoxe de mars"), "2023-03-20 21:24", minutes=2)
    assert len(found) == 2


def test_oppositions() -> None:
    found = list(calculs.oppositions(START, END))
    assert near(only(found, "Jupiter"), "2022-09-26 19:33", minutes=10)
    assert near(only(found, "Mars"), "2022-12-08 05:42", minutes=10)
    assert near(only(found, "Uranus"), "2022-11-09 08:26", minutes=15)
    assert len(found) == 3


def test_elongations_of_mercury() -> None:
    words = {calculs.civil(one.at).date(): one.what for one in calculs.elongations(START, END)}
    assert "18.0°, matin" in words[date(2022, 10, 8)]
    assert "20.1°, soir" in words[date(2022, 12, 21)]
    assert "25.0°, matin" in words[date(2023, 1, 30)]


def test_the_eclipse_of_25_october() -> None:
    paris = calculs.eclipse(calculs.PARIS_OBSERVATORY, START)
    assert near(paris.greatest, "2022-10-25 10:02", minutes=1)
    assert near(paris.begins, "2022-10-25 09:12", minutes=2)
    assert paris.hidden == pytest.approx(0.14, abs=0.01)
    shares = {name: calculs.eclipse(city, START).magnitude for name, city in CITIES.items()}
    assert max(shares, key=shares.__getitem__) == "Lille"
    assert all(0.24 < share < 0.29 for share in shares.values())


def test_mars_goes_behind_the_moon_on_8_december() -> None:
    hours = calculs.occultation(a.Body.Mars, CITIES["Lille"], instant(utc("2022-12-08")))
    assert hours
    assert near(hours[0], "2022-12-08 05:02:30", minutes=1)
    assert near(hours[1], "2022-12-08 06:00:40", minutes=1)
    miss = calculs.occultation(a.Body.Mars, CITIES["Lille"], instant(utc("2023-01-03")))
    assert miss is None


def test_venus_passes_jupiter_and_saturn() -> None:
    start, end = day_start(date(2023, 1, 20)), day_start(date(2023, 3, 5))
    pairs = {
        (one, other): (at, gap)
        for at, one, other, gap in calculs.conjunctions(start, end)
        if one is a.Body.Venus
    }
    at, gap = pairs[a.Body.Venus, a.Body.Saturn]
    assert near(at, "2023-01-22 22:13", hours=1)
    assert gap == pytest.approx(0.34, abs=0.02)
    at, gap = pairs[a.Body.Venus, a.Body.Jupiter]
    assert near(at, "2023-03-02 05:00", hours=1)
    assert gap == pytest.approx(0.49, abs=0.02)


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("Orionides", "2022-10-21 18:00"),
        ("Léonides", "2022-11-17 23:00"),
        ("Géminides", "2022-12-14 13:00"),
        ("Ursides", "2022-12-22 22:00"),
        ("Quadrantides", "2023-01-04 03:00"),
    ],
)
def test_showers_are_at_their_best_when_their_calendar_says(name: str, moment: str) -> None:
    (shower,) = [one for one in calculs.SHOWERS if one.name == name]
    assert near(calculs.maximum(shower, START), moment, hours=1)


def test_the_pole_star_is_as_high_as_the_latitude() -> None:
    (polaris,) = [one for one in stars().values() if one.name == "l’Étoile polaire"]
    for name, city in CITIES.items():
        place = calculs.star(polaris.right_ascension, polaris.declination, START, city)
        assert place.altitude == pytest.approx(city.latitude, abs=0.8), name
        assert place.wind == "nord"


def test_the_catalogue_holds_bright_stars_and_every_figure() -> None:
    assert sum(star.magnitude <= 3.5 for star in stars().values()) > 180
    assert set(STARS.values()) <= {one.name for one in stars().values()}
    for name, paths in figures().items():
        assert all(hip in stars() for path in paths for hip in path), name


def test_pictures_are_the_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    assert ciel_cartes.main(["--check"]) == 0
    assert capsys.readouterr().out == f"{len(CHARTS)} charts are the script's.\n"


def test_a_change_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    later = Chart("2022-09-26-jupiter-au-plus-pres", "Lille", datetime(2022, 9, 26, 23), 120)
    monkeypatch.setattr(ciel_cartes, "CHARTS", (later, *CHARTS[1:]))
    assert [*ciel_cartes.check()] == [
        "content/events/2022-09-26-jupiter-au-plus-pres/carte.png: not what the script draws."
    ]


def test_a_chart_is_straight_at_the_horizon_and_true_to_directions() -> None:
    chart = Chart("essai", "Lille", datetime(2022, 9, 26, 22), 120, wide=110)
    view = View(chart)
    east, south = (view.point(calculs.Place(azimuth, 0)) for azimuth in (90, 150))
    assert east and south
    assert east[1] == south[1] == GROUND
    assert WIDE - south[0] == pytest.approx(east[0])
    high = view.point(calculs.Place(120, 40))
    assert high and high[0] == WIDE / 2 and high[1] < GROUND


@pytest.mark.parametrize(
    "chart",
    [
        pytest.param(one, marks=pytest.mark.long if rank % 4 else (), id=one.event)
        for rank, one in enumerate(CHARTS)
    ],
)
def test_words_of_a_chart_stay_inside(chart: Chart | Discs) -> None:
    root = etree.fromstring(chart.svg().encode())
    assert root.findtext(f"{SVG}title")
    for node in root.iter(f"{SVG}text"):
        size, words = float(node.get("font-size")), node.text or ""
        x, y, long = float(node.get("x")), float(node.get("y")), len(words) * size * 0.56
        anchor = {"start": 0.0, "middle": 0.5, "end": 1.0}[node.get("text-anchor")]
        assert x - anchor * long > -10 and x + (1 - anchor) * long < WIDE + 10, words
        assert 0 < y < HIGH, words


def test_the_lit_side_of_the_moon_is_the_suns() -> None:
    """A young Moon in the evening is lit from below on the right."""
    turn = sunward(instant(datetime(2023, 3, 23, 19, 45)), CITIES["Arras"])
    assert 0 < math.degrees(turn) < 90


# ── What the contents say ────────────────────────────────────────────────────────────────

ROW = re.compile(r"^\| (\w+) \| ([^|]+ h \d\d) \| (.+) \|$", re.MULTILINE)


def written(name: str) -> tuple[dict[str, Any], str]:
    """The front matter and the body of an event."""
    text = (EVENTS / name / "index.md").read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2)
    return yaml.safe_load(head), body


def shown(moment: a.Time) -> str:
    found = calculs.minute(moment)
    return f"{found.hour} h {found.minute:02}"


def test_the_table_of_the_eclipse_is_what_is_computed() -> None:
    rows = ROW.findall(written("2022-10-25-eclipse-partielle-de-soleil")[1])
    assert len(rows) == len(CITIES)
    for name, begins, rest in rows:
        sun = calculs.eclipse(CITIES[name], START)
        cells = [shown(sun.greatest), shown(sun.ends)]
        cells += [f"{sun.magnitude:.0%}", f"{sun.hidden:.0%}"]
        assert [begins, *rest.replace(" %", "%").split(" | ")] == [shown(sun.begins), *cells], name


@pytest.mark.parametrize("chart", [one for one in CHARTS if "derriere" in one.event])
def test_the_table_of_an_occultation_is_what_is_computed(chart: Discs) -> None:
    rows = ROW.findall(written(chart.event)[1])
    assert len(rows) == len(CITIES)
    for name, goes, comes in rows:
        both = calculs.occultation(chart.body, CITIES[name], instant(chart.when))
        assert both and (goes, comes) == tuple(map(shown, both)), name


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.event)
def test_an_evening_is_dark_enough_and_its_chart_is_of_its_town(chart: Chart | Discs) -> None:
    head, _ = written(chart.event)
    town = head["adresse"]["commune"]
    assert town == getattr(chart, "city", town)
    for start, end in windows(head):
        assert start <= chart.when.replace(tzinfo=None) <= end or start.date() != chart.when.date()
        if getattr(chart, "body", None) is not a.Body.Sun and "equinoxe" not in chart.event:
            for moment in (start, end):
                sun = calculs.seen(a.Body.Sun, instant(moment), CITIES[town])
                assert sun.altitude < -1, moment
    assert any(start <= chart.when.replace(tzinfo=None) <= end for start, end in windows(head))


def windows(head: dict[str, Any]) -> list[tuple[datetime, datetime]]:
    """When one may look: the sessions of an event."""
    if "horaires" in head:
        every = head["horaires"]
        first, last = (clock(every[key]) for key in ("de", "a"))
        count = (every["au"] - every["du"]).days + 1
        days = [every["du"] + timedelta(days=rank) for rank in range(count)]
        return [(datetime.combine(day, first), datetime.combine(day, last)) for day in days]
    pairs = [(one["debut"], one["fin"]) for one in head.get("seances", [head])]
    return [tuple(map(datetime.fromisoformat, pair)) for pair in pairs]


def clock(value: str | int) -> time:
    """An hour, as YAML 1.1 reads it: 06:50 is a text, 19:30 is 1170."""
    return time(*divmod(value, 60)) if isinstance(value, int) else time.fromisoformat(value)
