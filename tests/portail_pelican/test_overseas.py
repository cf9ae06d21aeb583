"""A portal of La Réunion in a real browser: « près de chez moi »."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from plans import entry
from projects import Project
from serving import served
from tabs import shared

pytestmark = [pytest.mark.site, pytest.mark.chromium]

TOWNS = {"Saint-Denis": "25", "Saint-Pierre": "26", "Cilaos": "27", "Saint-Paul": "28"}
"""Communes whose names others have on the mainland, but for one; a day of November 2026."""
SETTINGS = (
    'PORTAIL_REGION = "La Réunion"\nTIMEZONE = "Indian/Reunion"\nPORTAIL_DATE = "2026-11-23"\n'
    "PORTAIL_CIEL = False\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("reunion"), SETTINGS)
    files = {}
    for rank, (town, day) in enumerate(TOWNS.items()):
        place = entry("lieux", titre=f"Observatoire, {town}", commune=town)
        evening = entry("events", titre=f"Soirée à {town}", debut=f"2026-11-{day} 19:00",
                        publie_le="2026-11-01", lieu=f"lieu-{rank}")  # fmt: skip
        files |= {
            f"content/lieux/lieu-{rank}.md": place,
            f"content/events/soiree-{rank}.md": evening,
        }
    project.write(files)
    done = project.pelican()
    assert (done.code, done.err) == (0, "")
    return project.output


@pytest.fixture(scope="module")
def tab(browser, site):
    here = {
        "timezone_id": "Indian/Reunion",
        "geolocation": {"latitude": -21.33, "longitude": 55.47},
        "permissions": ["geolocation"],
    }
    size = {"width": 390, "height": 844}
    with served(site) as host, shared(browser, host, viewport=size, **here) as one:
        yield one


def test_near_a_commune_of_the_island(page):
    """By its name, which is that of others on the mainland, and by where the reader is."""
    page.goto("/agenda/#pres=Saint-Denis&rayon=20")
    shown = page.locator("#Resultats .carte-titre")
    expect(page.locator("#Statut")).to_contain_text("événement")
    assert shown.all_text_contents() == ["Soirée à Saint-Denis"]
    page.get_by_role("button", name="Autour de moi").click()
    expect(page.locator("#Commune")).to_have_value("Saint-Pierre")
    expect(shown).to_have_text(["Soirée à Saint-Pierre"])
    assert "pres=Saint-Pierre" in urlsplit(page.url).fragment
    page.goto("/agenda/?pres=97413")
    expect(page.locator("#Commune")).to_have_value("Cilaos")
