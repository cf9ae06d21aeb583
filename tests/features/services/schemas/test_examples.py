"""Examples of a new portal: whole files, accepted in every region, on every day."""

from datetime import date, timedelta

import pytest

from plans import result_of
from portail.config import SiteConfig
from portail.day import Day
from portail.features.services.schemas.examples import example_files
from portail.geo.places import read_tables
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.pipeline import Tables
from portail.resources import data_dir
from portail.terminal.readable import one_line

COUNTRY = read_tables(data_dir())
REGIONS = ["", *(row[1] for row in COUNTRY.regions)]
SAMPLE = ("", "La Réunion", "Pays de la Loire")


def checked(folder, region, today):
    """What is said of the examples of ``region`` as a portal of their own, but that they are."""
    tables = Tables.load(data_dir(), region)
    for name, text in example_files(tables.geography.place, today).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    assert {path.parent.name for path in folder.rglob("*.md")} == {kind.value for kind in Kind}
    config, day = SiteConfig(region=region), Day(today, pinned=True)
    report = result_of(folder, config, day, tables=tables, plans=False).report
    assert [item.code for item in report].count("C521") == 1
    return [one_line(item) for item in report if item.code != "C521"]


@pytest.mark.parametrize(
    "region",
    [pytest.param(one, marks=() if one in SAMPLE else pytest.mark.long) for one in REGIONS],
)
def test_examples_are_accepted_in_every_region(tmp_path, region):
    assert checked(tmp_path, region, date(2026, 11, 22)) == []


@pytest.mark.parametrize("days", [*range(7), *range(7, 400, 23)])
def test_examples_are_accepted_on_every_day(tmp_path, days):
    assert checked(tmp_path, "Normandie", date(2026, 12, 7) + timedelta(days)) == []


def test_examples_are_at_home_and_say_that_they_are_invented():
    for region, departement in (("La Réunion", "974"), ("Normandie", "76")):
        place = Geography(COUNTRY, region).place
        files = example_files(place, date(2026, 3, 1))
        assert (place.departement, place.code[: len(departement)]) == (departement, departement)
        assert place.commune in files["lieux/fabrique-de-sainte-fiction.md"]
        assert all("exemple: true" in text for text in files.values())
        assert all("PORTAIL_EXEMPLES = False" in text for text in files.values())
        assert "2027" not in "".join(files.values())
        assert "publie_le: 2026-02-23" in files["events/fabriquer-un-spectroscope.md"]
