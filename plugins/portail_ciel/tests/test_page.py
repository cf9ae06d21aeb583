"""The page of the sky, its line on the home page: every region has one, whatever the day."""

from datetime import date

import pytest

from doses import cases, dose
from lettres import below, words
from plans import Tree, entry
from portail.agenda.weeks import Week
from portail.diagnostics import ConfigError
from portail.features import configured
from portail.memory import Memory
from portail.outputs.base import reader_of
from portail_ciel import place
from portail_ciel.page import plan_sky
from portail_lettre.issues import draft_of
from portail_lettre.settings import letter_of
from portail_publication.traces import Traces
from tables import places

FILES = {"articles/sel": entry("articles", titre="Le goût du sel")}

DAYS = (date(2026, 12, 15), date(2027, 6, 21), date(2027, 11, 29))
# The others have no commune whose place is known.
REGIONS = [region.nom for region in places().regions if len(region.code) == 2]


def test_the_portal_looks_from_its_largest_commune(tree):
    view = tree.view("/ciel/", FILES, ciel=True, day=date(2022, 9, 28))
    assert "Vu de Lille" in view.chapo
    # From today on.
    assert len(view.soirees) == 5
    assert view.soirees[0].jour == "mer. 28\xa0sept."
    assert not [day for day, _ in view.semaines[0].faits if day.startswith(("Lundi", "Mardi"))]
    assert [one.titre for one in view.semaines][::3] == [
        "Du 26\xa0septembre au 2\xa0octobre 2022", "Du 17 au 23\xa0octobre 2022",
    ]  # fmt: skip
    assert "Vu de Amiens" not in view.chapo
    other = Tree(tree.root).view("/ciel/", FILES, ciel="Saint-Omer", day=date(2022, 9, 28))
    assert "Saint-Omer" in other.chapo
    assert other.soirees != view.soirees


@pytest.mark.parametrize("settings", [{"ciel": False}, {"ciel": True, "region": ""}])
def test_without_the_setting_or_a_place_nothing_is_told(tree, settings):
    pages = tree.pages(FILES, **settings)
    assert "/ciel/" not in pages
    assert pages["/"].view().soir is None


@pytest.mark.parametrize("region", REGIONS[:: dose(9, 1)])
def test_the_home_of_every_region_has_its_evening(tmp_path, region):
    for day in DAYS:
        view = Tree(tmp_path).view("/", FILES, ciel=True, day=day, region=region)
        assert view.soir.texte.startswith("Ce soir : ")


def test_another_day_of_the_week_computes_its_evening_alone(tree, tmp_path, monkeypatch):
    views, counts = [], []
    asked = []
    made = place.Almanac
    monkeypatch.setattr(place, "Almanac", lambda *found: asked.append(found) or made(*found))
    for day in (date(2022, 9, 19), date(2022, 9, 25)):
        traces = Traces(
            reader_of(tree.site(FILES, ciel=True, day=day)), Memory(tmp_path / "memoire.sqlite")
        )
        traces.load()
        traces.reader.remember(traces)
        (one,) = plan_sky(traces.reader)
        view, found = traces.drawn(one)
        views.append(view)
        traces.take(one.path, found)
        traces.save({one.path: "octets"})
        counts.append(len(asked))
    # What has taken place is left out.
    assert views[0].semaines[0].faits[-1:] == views[1].semaines[0].faits
    assert views[0].semaines[1:] == views[1].semaines[1:]
    assert views[0].directions == views[1].directions
    assert counts[1] - counts[0] == 1 < counts[0]


@cases("value", [12, "", ["Lille"]])
def test_the_setting_is_a_commune_or_yes_or_no(value):
    with pytest.raises(ConfigError, match="PORTAIL_CIEL attend True, False"):
        configured({"PORTAIL_CIEL": value})


def test_an_unknown_commune_is_refused(tree):
    with pytest.raises(ConfigError, match="« Xanadu » n’est pas une commune connue"):
        tree.run(FILES, ciel="Xanadu")


def sky_of(tree, day, files, **settings):
    """The sections of the letter of a week, and what its sky says."""
    site = tree.site(files, ciel=True, day=day, **settings)
    issue = draft_of(site, Week.of(day), letter_of(site.config).editions[0]).letter
    rows = words(below(issue, "section[@class='ciel']/p[not(@class)]"))
    return below(issue, "section/@class"), rows


EVENT = {"events/atelier": entry("events", debut="2022-12-10 14:00", publie_le="2022-12-05")}


def test_the_letter_has_three_lines_of_sky_which_open_a_quiet_week(tree):
    day = date(2022, 12, 8)
    keys, lines = sky_of(tree, day, EVENT)
    assert keys == ["faire", "ciel", "encore"]
    assert [line.partition(" :")[0] for line in lines[:2]] == ["Soleil", "Jeudi soir"]
    assert lines[2].startswith("Mercredi 14 décembre · Géminides, étoiles filantes")
    quiet = {"articles/neuf": entry("articles", publie_le="2022-12-05")}
    assert sky_of(Tree(tree.root / "calme"), day, quiet)[0][0] == "ciel"
