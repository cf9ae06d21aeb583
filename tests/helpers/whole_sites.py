"""Fixtures: the two sites of the repository, read or built once for every test that only looks at
them, and tabs of a browser there."""

import fcntl
import os
import shutil
from contextlib import ExitStack
from functools import cache

import pytest

import demonstration
from checkout import ROOT
from doses import LONG

CONTENTS = {"demonstration": "content", "vitrine": "tests/sites/vitrine/content"}
"""Where the contents of each site are."""
DAYS = {"demonstration": demonstration.TODAY.isoformat(), "vitrine": "2021-09-27"}
"""The day of each site."""
LEAST = {"demonstration": 3, "vitrine": 1}
"""Contents that a value needs for a list: few of the showcase have one in common."""


@pytest.fixture(
    scope="session",
    params=[pytest.param("demonstration", marks=pytest.mark.long), "vitrine"],
)
def whole_site(request):
    """The showcase, which has every state, or the demonstration in the long run, with an
    address."""
    from plans import day_of, result_of
    from portail.config import SiteConfig
    from portail.day import Day

    config = SiteConfig(
        region="Hauts-de-France",
        siteurl="https://portail.example.org",
        etiquette="exemple.org,2021",
    )
    content = ROOT / CONTENTS[request.param]
    day = Day(day_of(content), pinned=True)
    return result_of(content, config, day, demonstration.store_of(content)).site


@pytest.fixture(scope="session")
def built(tmp_path_factory, racine):
    """The demonstration and the showcase, of Hauts-de-France, published at ``LOCAL_ADDRESS``.

    Each is built when first asked for, by one of the processes that run the tests, for all.
    """
    from pages import LOCAL_ADDRESS
    from projects import Project

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def one(name):
        root = shared / f"site-{name}"
        with (shared / f"{name}.verrou").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (root / "fait").exists():
                shutil.copytree(racine / CONTENTS[name], root / "content")
                settings = (
                    f'PORTAIL_REGION = "Hauts-de-France"\nPORTAIL_SEUIL_LISTES = {LEAST[name]}\n'
                )
                if name == "demonstration":
                    settings += 'PORTAIL_LETTRE = {"expediteur": "lettre@portail.example.org"}\n'
                    settings += "PORTAIL_HORS_LIGNE = True\n"
                    settings += f"PORTAIL_GREFFONS = {demonstration.GREFFONS}\n"
                    for folder in ("genres", "greffons"):
                        shutil.copytree(racine / folder, root / folder)
                if name == "demonstration" and not LONG:
                    from pictures import made_small

                    made_small(root)  # half of its time: the showcase has true ones
                project = Project(root, settings)
                project.build(SITEURL=LOCAL_ADDRESS, PORTAIL_DATE=DAYS[name])
                (root / "fait").touch()
        return root / "output"

    return one


@pytest.fixture(scope="session")
def hosted(built):
    """The two sites, each served on this machine from when it is first asked for."""
    from serving import served

    with ExitStack() as stack:
        yield cache(lambda name: stack.enter_context(served(built(name))))


@pytest.fixture
def phone(built, browser):
    """A page of a telephone, on the demonstration."""
    from audit_axe import file_of
    from pages import LOCAL_ADDRESS

    site = built("demonstration")

    def serve(route):
        path = file_of(site, LOCAL_ADDRESS, route.request.url)
        route.abort() if path is None else route.fulfill(path=path)

    context = browser.new_context(locale="fr-FR", viewport={"width": 390, "height": 844})
    context.route("**/*", serve)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def tab(request, hosted, browser):
    """A tab at the published showcase, on the ``SCREEN`` that the file of the tests names."""
    from tabs import shared

    screen = getattr(request.module, "SCREEN", {"width": 1280, "height": 720})
    with shared(browser, hosted("vitrine"), viewport=screen) as one:
        yield one


@pytest.fixture
def page(tab):
    """The page of the tab, for one test."""
    with tab.visited() as page:
        yield page
