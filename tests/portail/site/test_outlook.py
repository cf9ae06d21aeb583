"""What is on from a day on, of everything and of each value of a facet."""

from plans import entry, event


def refs(outlook):
    told = ([row[1].ref for row in outlook.rows], [one.ref for one in outlook.lasting])
    return tuple([ref.partition("/")[2] for ref in some] for some in told)


FILES = {
    "events/demain": event("2021-09-28", themes=["numerique"], publics=["familles"]),
    "events/hier": event("2021-09-26", themes=["vivant-sante"]),
    "events/expo": event("2021-09-01", fin="2021-12-01", themes=["numerique"]),
    "events/plus-tard": event("2021-11-01", fin="2021-12-01", tarif={"gratuit": True}),
    "temps-forts/fete": entry(
        "temps-forts",
        themes=["numerique"],
        editions={2021: {"du": "2021-10-01", "au": "2021-10-11"}},
    ),
}


def test_a_value_holds_its_coming_events_and_what_lasts(tree):
    ahead = tree.site(FILES).ahead
    assert refs(ahead.all) == (["demain", "plus-tard"], ["expo", "fete"])
    assert refs(ahead.of(("theme", "numerique"))) == (["demain"], ["expo"])
    assert refs(ahead.of(("gratuit", "oui"))) == (["plus-tard"], [])
    assert refs(ahead.of(("departement", "pas-de-calais")))[1] == ["expo"]


def test_a_value_of_past_events_only_has_no_page(tree):
    site = tree.site(FILES)
    assert ("theme", "vivant-sante") in site.facets.refs
    assert not site.ahead.of(("theme", "vivant-sante"))
    assert site.ahead.page_of(("theme", "vivant-sante")) == ""
    assert site.ahead.page_of(("public", "familles")) == "/agenda/public/familles/"
