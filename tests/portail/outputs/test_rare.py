"""Values that too few contents have: no list of their own, and nothing that leads nowhere."""

import re

import pytest

from plans import entry

FEW = {"region": "Hauts-de-France", "siteurl": "https://exemple.org", "seuil_listes": 3}


def event(day, theme, **fields):
    return entry("events", debut=f"2021-10-{day:02} 14:00", themes=[theme], **fields)


@pytest.fixture
def tree(tree):
    tree.site({
        **{f"events/n{day}": event(day, "numerique", format="atelier") for day in range(1, 10)},
        "events/rare": event(10, "vivant-sante", format="atelier"),
        "events/rare-aussi": event(11, "vivant-sante", format="atelier"),
    })  # fmt: skip
    return tree


def planned(tree, **options):
    result = tree.run(**{**FEW, **options})
    return {f"/{one.path}".removesuffix("index.html"): one for one in result.plan}


def rules(plan):
    file = plan["/_redirects"]
    lines = "".join(file.produce()).splitlines()
    return {(line.split()[0], line.split()[1]) for line in lines}


def test_an_address_that_moved_leads_in_one_step(tree):
    there = {f"events/e{day}": event(day, "numerique", lieu="seul") for day in (5, 12)}
    tree.site({"lieux/seul": entry("lieux", commune="Laon"), **there})
    led = dict(rules(planned(tree)))
    assert "/agenda/epci/ca-pays-de-laon/" in led, "a value without a page"
    assert {target.partition("?")[0] for target in led.values()}.isdisjoint(led)


def test_a_value_of_few_events_has_no_page(tree):
    plan = planned(tree)
    often, seldom = "/agenda/theme/numerique/", "/agenda/theme/vivant-sante/"
    assert plan[often].template == "agenda.html"
    assert seldom not in plan, "nobody was ever given it"
    assert (seldom, "/agenda/?theme=vivant-sante") in rules(plan)
    values = {one.code: one.url for one in facet(plan["/agenda/"].view(), "theme")}
    assert values == {"numerique": often, "vivant-sante": ""}, "still offered, in place"


def test_the_frame_of_few_events_leads_to_those_that_are(tree):
    town = {"adresse": {"nom": "Salle", "commune": "Laon"}}
    tree.site({"events/loin": event(12, "numerique", **town)})
    plan = planned(tree)
    led = dict(rules(plan))
    near, far = (f"/agenda/departement/{name}/" for name in ("pas-de-calais", "aisne"))
    assert {f"{near}agenda.ics", f"/embarquer{near}"} <= plan.keys()
    assert f"{far}agenda.ics" not in plan
    assert led[f"/embarquer{far}"] == "/embarquer/agenda/"


def facet(view, cle):
    return next(one.valeurs for one in view.facettes.facettes if one.cle == cle)


def test_what_is_over_counts(tree):
    """An address does not go when an event is over or called off."""
    tree.site({"events/vieux": entry("events", debut="2021-03-01", themes=["vivant-sante"])})
    plan = planned(tree)
    assert plan["/agenda/theme/vivant-sante/"].template == "agenda.html"
    tree.site({"events/rare": event(10, "vivant-sante", etat="annule")})
    assert planned(tree)["/agenda/theme/vivant-sante/"].template == "agenda.html"


def test_a_value_that_nothing_to_come_has_is_kept_from_engines(tree):
    """No page leads to it until the next season."""
    past = {"debut": "2021-03-01", "themes": ["terre-environnement"]}
    tree.site({f"events/vieux{rank}": entry("events", **past) for rank in range(3)})
    plan = planned(tree)
    for theme, waits in (("terre-environnement", True), ("numerique", False)):
        page = plan[f"/agenda/theme/{theme}/"]
        assert page.view().noindex is (page.sitemap is None) is waits


def test_the_feed_of_a_theme_of_few_contents(tree):
    plan = planned(tree)
    assert "/themes/numerique/flux.xml" in plan
    assert "/themes/vivant-sante/flux.xml" not in plan
    led = dict(rules(plan))
    assert led["/themes/vivant-sante/flux.xml"] == "/flux.xml"
    assert {"/flux.json", "/atom.xml"} == {
        one for one in plan if re.search("(flux.json|atom.xml)$", one)
    }


def test_a_lieu_of_few_events_has_neither_calendar_nor_frame(tree):
    lieux = {"lieux/musee": entry("lieux"), "lieux/parc": entry("lieux")}
    past = {f"events/vu{day}": event(day, "numerique", lieu="musee") for day in (1, 2)}
    tree.site({**lieux, **past, "events/au-parc": event(6, "numerique", lieu="parc"),
               "events/vieux": entry("events", debut="2019-05-04", lieu="musee")})  # fmt: skip
    plan = planned(tree)
    pages = ("/lieux/musee/agenda.ics", "/embarquer/lieux/musee/")
    assert set(pages) <= plan.keys()
    assert not [one for one in pages if one.replace("musee", "parc") in plan]
    parc = plan["/lieux/parc/"].view()
    assert parc.calendrier == parc.embarquer == ""


def test_a_list_that_facets_narrow(tree):
    texts = {f"articles/a{rank}": entry("articles", genre="actualite") for rank in range(8)}
    tree.site({**texts, "articles/autre": entry("articles", genre="portrait")})
    plan = planned(tree)
    assert "/articles/genre/actualite/" in plan
    assert dict(rules(plan))["/articles/genre/portrait/"] == "/articles/?genre=portrait"
    values = {one.code: one.url for one in facet(plan["/articles/"].view(), "genre")}
    assert values == {"actualite": "/articles/genre/actualite/", "portrait": ""}
